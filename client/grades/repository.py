"""The courses a teacher holds, their sheets, what is typed as one edit group, and what a cell was before."""

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from concurrent.futures import Future
from datetime import date
from typing import Any, Final

from client.grades.reading import Place, SheetReader, class_codes
from client.grades.record import (
    BLANK,
    TYPES,
    UNITS,
    Change,
    ColumnKind,
    GradeCell,
    GradeColumn,
    HeldNote,
    Lesson,
    Mark,
    PastValue,
    Sheet,
    Term,
    Value,
)
from client.grades.rules import score_value
from client.workspace import Put, Row, Saved, ScopeState, Workspace, base_of
from sync.records.derive.subject_name import subject_name
from sync.records.roles import Role
from sync.records.year import term_code

SHOWS: Final = frozenset(
    {*TYPES, "evidence", "evidence_part", "pupil", "membership", "enrolment", "conflict", "outbox"}
)
"""Record types whose change may change what a sheet shows."""

_LESSONS = """
SELECT course."@lesson" AS code, course."class", course.subject, course.viewpoint_set,
       coalesce("class".label, "group".name) AS label, "class".grades,
       subject.name, subject.grades AS taught, subject."order"
FROM course
JOIN subject ON subject.code = course.subject
LEFT JOIN "class" ON "class".year || ':' || "class"."key" = course."class"
LEFT JOIN "group" ON "group".year || ':' || "group"."key" = course."class"
WHERE course.text_only IS NOT 1 AND subject.recorded IN ('abc_grade', 'abc')
"""
_TERMS = 'SELECT no, name, start, "end" FROM term WHERE year = ? ORDER BY no'
_CONFLICTS = """
SELECT current, incoming, state FROM conflict WHERE target = ? AND unit = ?
"""
_NOTE = "SELECT id, ver, fv, own, note FROM score WHERE id = ?"

_UNSETTLED = Mark.SAVING | Mark.CONFLICT | Mark.REFUSED | Mark.WAITING
"""A cell with one of these shows what this device did last."""

_PLACES = {
    "score": """
        SELECT score."@lesson", evidence.term FROM score
        JOIN evidence_part ON evidence_part.id = score.evidence_part
        JOIN evidence ON evidence.id = evidence_part.evidence
        WHERE score.id = ?
        """,
    "viewpoint_grade": "SELECT course, term FROM viewpoint_grade WHERE id = ?",
    "course_grade": "SELECT course, term FROM course_grade WHERE id = ?",
}


class GradeBook:
    """All that the grade pages ask of the store. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._reader = SheetReader(workspace)

    def lessons(self, today: date) -> tuple[Lesson, ...]:
        """The courses this teacher holds today, by class and the subjects' order."""
        held = self._held(today)
        states = self._workspace.scopes()
        classes = class_codes(self._workspace)
        lessons = [
            _lesson(row, live=states.get(f"lesson:{row.code}") is ScopeState.LIVE, writable=held[row.code])
            for row in self._workspace.rows(_LESSONS)
            if row.code in held
        ]
        return tuple(sorted(lessons, key=lambda item: (item.class_ not in classes, item.class_, item.order)))

    def _held(self, today: date) -> dict[str, bool]:
        """{course: whether it may be written} of the lessons granted on that day."""
        held: dict[str, bool] = {}
        day = today.isoformat()
        for grant in self._workspace.grants():
            kind, _, code = grant.scope.partition(":")
            if kind == "lesson" and grant.since <= day and (grant.until is None or day <= grant.until):
                writes = grant.rights == "rw" and grant.role == Role.SUBJECT
                held[code] = held.get(code, False) or writes
        return held

    def terms(self, year: int) -> tuple[Term, ...]:
        """The terms of a school year in order; the whole year stands last."""
        terms = [
            Term(term_code(year, row.no), row.no, row.name, row.start, row["end"])
            for row in self._workspace.rows(_TERMS, (year,))
        ]
        return tuple(sorted(terms, key=lambda term: (term.no == 0, term.no)))

    def sheet(self, lesson: Lesson, term: Term, today: date) -> Sheet:
        """All of one course in one term, with the class list of today, held inside the term."""
        return self._reader.sheet(lesson, term, today)

    def renewed(self, sheet: Sheet, places: AbstractSet[Place]) -> Sheet:
        """The sheet with these cells, by (pupil, column key), read again."""
        return self._reader.renewed(sheet, places)

    # -- writing ------------------------------------------------------------------------------------------------------

    def post(self, sheet: Sheet, changes: Iterable[Change], cause: str) -> "Future[Saved]":
        """Write the cells of one act as one edit group. cause: the act's word, `typed`, `pasted`.

        The Future ends when all is on the disk, or with InvalidEdit, DiskFull or StoreDamaged: then nothing is.
        """
        puts = [put for change in changes if (put := self._put(sheet, change)) is not None]
        return self._workspace.post(f"grades.{cause}", puts, screen=screen_of(sheet))

    def _put(self, sheet: Sheet, change: Change) -> Put | None:
        column, cell = sheet.columns[change.column], change.row.cells[change.column]
        if change.value.blank and not cell.exists:
            return None
        # A cell whose own last edit is on its way is based on that edit, whatever its number will be.
        pending = bool(cell.marks & Mark.SAVING)
        if column.kind is ColumnKind.VIEWPOINT:
            fields = _letter_fields(sheet, change, column)
            return Put("viewpoint_grade", fields, seen=None if pending else {"value": cell.seen})
        key = {"evidence_part": column.key, "pupil": change.row.id, "@lesson": sheet.lesson.code}
        unit = {"state": change.value.state, "value": change.value.points}
        return Put("score", key | unit, seen=None if pending else {"state": cell.seen})

    def note(self, column: GradeColumn, cell: GradeCell) -> HeldNote | None:
        """The note beside a score; None where there is no score a note could stand beside."""
        rows = self._workspace.rows(_NOTE, (cell.id,)) if column.collected else []
        return HeldNote(rows[0].note or "", base_of(rows[0], "note")) if rows else None

    def put_note(self, sheet: Sheet, score: str, text: str, seen: int | str) -> Saved:
        """Write the note beside a score, empty for none. seen: of the note that was on screen. Raises InvalidEdit."""
        put = Put("score", {"note": text or None}, id=score, seen={"note": seen})
        return self._workspace.edit("grades.note", [put], screen=screen_of(sheet))

    def undo(self, sheet: Sheet) -> Saved | None:
        """Take back the last act on this sheet; None when there is none. Raises UndoRefused."""
        return self._workspace.undo(screen_of(sheet))

    def redo(self, sheet: Sheet) -> Saved | None:
        """Do the last act again that was taken back; None when there is none. Raises UndoRefused."""
        return self._workspace.redo(screen_of(sheet))

    def locate(self, type_: str, id_: str) -> tuple[str, str] | None:
        """(course, term) of the sheet a score or a result stands on; None where it is not held here."""
        sql = _PLACES.get(type_)
        rows = self._workspace.rows(sql, (id_,)) if sql is not None else []
        return (rows[0][0], rows[0][1]) if rows else None

    # -- what was before ----------------------------------------------------------------------------------------------

    def history(self, column: GradeColumn, cell: GradeCell) -> tuple[PastValue, ...]:
        """What this device and open or settled conflicts know of a cell, newest first."""
        type_, unit = UNITS[column.kind]
        sides = self._sides(column, cell, unit)
        own = [
            PastValue(value_of(column, past.after), None, past.at, "", past.outcome, past.kind.rpartition(".")[2])
            for past in self._workspace.history(type_, cell.id, unit)
            if past.outcome != "conflict_kept" or not sides  # the conflict tells it too, and by the school's clock
        ]
        told = sorted([*own, *sides], key=lambda past: past.at or "", reverse=True)
        if cell.exists and not cell.marks & _UNSETTLED and told and told[0].value != cell.value:
            told.insert(0, PastValue(cell.value, None, None, "", "current", received=True))
        return tuple(told)

    def _sides(self, column: GradeColumn, cell: GradeCell, unit: str) -> list[PastValue]:
        """Both values of every conflict of a cell."""
        told: list[PastValue] = []
        for row in self._workspace.rows(_CONFLICTS, (cell.id, unit)):
            kept = "conflict_kept" if row.state == "open" else "incoming"
            for name, outcome in (("current", "current"), ("incoming", kept)):
                side = json.loads(row[name]) if row[name] else None
                if side is not None:
                    held = value_of(column, side.get("value"))
                    told.append(PastValue(held, side.get("by"), side.get("at"), side.get("device") or "", outcome))
        return told

    def before(self, column: GradeColumn, cell: GradeCell) -> Value | None:
        """The value before this device's last edit of a cell; None where it made none."""
        type_, unit = UNITS[column.kind]
        past = self._workspace.history(type_, cell.id, unit)
        return value_of(column, past[0].before) if past else None


def screen_of(sheet: Sheet) -> str:
    """The undo stack of a sheet: nobody takes back what is not on the screen."""
    return f"grades.{sheet.lesson.code}.{sheet.term.code}"


def value_of(column: GradeColumn, fields: Mapping[str, Any] | None) -> Value:
    """A unit's fields as a value; None is blank."""
    if fields is None:
        return BLANK
    if column.kind is ColumnKind.VIEWPOINT:
        return Value(letter=fields.get("value"), unrated=fields.get("unrated"))
    if column.kind is ColumnKind.GRADE:
        return Value(grade=fields.get("value"), unrated=fields.get("unrated"))
    return score_value(fields.get("state"), fields.get("value"), column)


def _letter_fields(sheet: Sheet, change: Change, column: GradeColumn) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "pupil": change.row.id,
        "course": sheet.lesson.code,
        "term": sheet.term.code,
        "viewpoint": column.key,
        "@class": change.row.home,
        "value": change.value.letter,
        "unrated": change.value.unrated,
    }
    if change.value.blank:  # cleared whole: a proposal or a reason without a letter says nothing
        return fields | {"basis": None, "proposed": None, "reason": None, "rule_version": None}
    return fields | {"basis": "manual"}


def _lesson(row: Row, *, live: bool, writable: bool) -> Lesson:
    taught: list[int] = json.loads(row.taught)
    grades: list[int] = json.loads(row.grades) if row.grades else taught
    return Lesson(
        code=row.code,
        class_=row["class"],
        class_label=row.label or row["class"].partition(":")[2],
        subject=row.subject,
        subject_name=subject_name(row.name, taught, grades),
        order=row.order or 0,
        live=live,
        writable=writable,
    )
