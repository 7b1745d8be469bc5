"""Reads a sheet of grades from the local store and writes what was typed as one edit group."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from typing import Any, Final

from client.grades.record import (
    BLANK,
    LEVEL_POINTS,
    Change,
    ColumnKind,
    GradeCell,
    GradeColumn,
    GradeRow,
    Lesson,
    Mark,
    PastValue,
    Sheet,
    Term,
    Value,
)
from client.grades.rules import in_order, score_value
from client.register.repository import class_list
from client.workspace import MarkKind, Put, Row, Saved, ScopeState, Workspace, base_of
from sync.records.derive.subject_name import subject_name
from sync.records.ids import keyed_id
from sync.records.roles import Role
from sync.records.year import term_code

TYPES: Final = ("score", "viewpoint_grade", "course_grade")
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
_COLUMNS = """
SELECT evidence_part.id, evidence.id AS evidence, title, kind, date, coalesce(unit_name, '') AS unit, closed,
       viewpoint, max, weight
FROM evidence JOIN evidence_part ON evidence_part.evidence = evidence.id
WHERE evidence."@lesson" = ? AND evidence.term = ?
"""
_CODES = "SELECT \"set\", code, name, short, attrs FROM code_item WHERE \"set\" IN ('viewpoint', 'evidence')"
_VIEWPOINTS = """
SELECT items FROM viewpoint_set JOIN course ON course.viewpoint_set = viewpoint_set.id WHERE course."@lesson" = ?
"""
_SCORES = """
SELECT score.id, score.ver, score.fv, score.own, evidence_part, pupil, state, value, note
FROM score
WHERE "@lesson" = ? AND evidence_part IN (
  SELECT evidence_part.id FROM evidence JOIN evidence_part ON evidence_part.evidence = evidence.id
  WHERE evidence."@lesson" = ? AND evidence.term = ?)
"""
_LETTERS = """
SELECT id, ver, fv, own, pupil, viewpoint, value, unrated FROM viewpoint_grade WHERE course = ? AND term = ?
"""
_SOME_SCORES = """
SELECT id, ver, fv, own, state, value, note FROM score WHERE id IN (SELECT value FROM json_each(?))
"""
_SOME_LETTERS = """
SELECT id, ver, fv, own, value, unrated FROM viewpoint_grade WHERE id IN (SELECT value FROM json_each(?))
"""
_GRADES = "SELECT id, ver, fv, own, pupil, value, unrated FROM course_grade WHERE course = ? AND term = ?"
_CONFLICTS = """
SELECT base, current, incoming, state, choice, resolved_by FROM conflict WHERE target = ? AND unit = ?
"""

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

_MARKS = {
    MarkKind.WAITING: Mark.WAITING,
    MarkKind.AHEAD: Mark.WAITING | Mark.AHEAD,
    MarkKind.CONFLICT: Mark.CONFLICT,
    MarkKind.NOT_ACCEPTED: Mark.REFUSED,
}


class GradeBook:
    """All that the grade pages ask of the store. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._school = workspace.enrolment.school

    def lessons(self, today: date) -> tuple[Lesson, ...]:
        """The courses this teacher holds today, by class and the subjects' order."""
        held = self._held(today)
        states = self._workspace.scopes()
        classes = self._class_codes()
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

    def _class_codes(self) -> frozenset[str]:
        rows = self._workspace.rows('SELECT year, "key" FROM "class"')
        return frozenset(f"{row.year}:{row['key']}" for row in rows)

    def terms(self, year: int) -> tuple[Term, ...]:
        """The terms of a school year in order; the whole year stands last."""
        terms = [
            Term(term_code(year, row.no), row.no, row.name, row.start, row["end"])
            for row in self._workspace.rows(_TERMS, (year,))
        ]
        return tuple(sorted(terms, key=lambda term: (term.no == 0, term.no)))

    # -- one sheet ----------------------------------------------------------------------------------------------------

    def sheet(self, lesson: Lesson, term: Term, today: date) -> Sheet:
        """All of one course in one term. The class list is that of today, held inside the term."""
        columns = self._columns(lesson, term)
        day = min(max(today.isoformat(), term.start), term.end)
        listed = class_list(self._workspace, lesson.class_, day)
        classes = self._class_codes()
        filled = self._cells(lesson, term, columns)
        marks = self._marks()
        rows: list[GradeRow] = []
        for who in listed.rows:
            homes = [code for code in listed.classes[who.pupil] if code in classes and code != lesson.class_]
            home = homes[0] if who.guest and homes else lesson.class_
            cells = tuple(
                self._marked(filled.get((who.pupil, column.key)), column, who.pupil, lesson, term, marks)
                for column in columns
            )
            rows.append(GradeRow(who, home, cells))
        return Sheet(lesson, term, columns, tuple(rows))

    def renewed(self, sheet: Sheet, places: AbstractSet[tuple[str, str]]) -> Sheet:
        """The sheet with these cells, by (pupil, column key), read again: what an act on few of thousands needs."""
        columns = {at: column for at, column in enumerate(sheet.columns) if any(key == column.key for _, key in places)}
        wanted = {
            row.cells[at].id: column
            for row in sheet.rows
            for at, column in columns.items()
            if (row.id, column.key) in places
        }
        ids, marks = json.dumps(list(wanted)), self._marks()
        read: dict[str, GradeCell] = {}
        for row in self._workspace.rows(_SOME_SCORES, (ids,)):
            value = score_value(row.state, row.value, wanted[row.id])
            read[row.id] = GradeCell(row.id, value, exists=True, seen=base_of(row, "state"), note=row.note or "")
        for row in self._workspace.rows(_SOME_LETTERS, (ids,)):
            value = Value(letter=row.value, unrated=row.unrated)
            read[row.id] = GradeCell(row.id, value, exists=True, seen=base_of(row, "value"))

        def again(row: GradeRow, at: int, cell: GradeCell) -> GradeCell:
            if at not in columns or (row.id, columns[at].key) not in places:
                return cell
            held = read.get(cell.id, GradeCell(cell.id))
            return replace(held, marks=marks.get(cell.id, Mark.NONE))

        pupils = {pupil for pupil, _ in places}
        rows = (
            replace(row, cells=tuple(again(row, at, cell) for at, cell in enumerate(row.cells)))
            if row.id in pupils
            else row
            for row in sheet.rows
        )
        return replace(sheet, rows=tuple(rows))

    def _marked(
        self,
        cell: GradeCell | None,
        column: GradeColumn,
        pupil: str,
        lesson: Lesson,
        term: Term,
        marks: Mapping[str, Mark],
    ) -> GradeCell:
        if cell is None:
            cell = GradeCell(self._id_of(column, pupil, lesson, term))
        mark = marks.get(cell.id)
        if mark is None:
            return cell
        return GradeCell(cell.id, cell.value, cell.exists, cell.seen, mark, cell.note)

    def _id_of(self, column: GradeColumn, pupil: str, lesson: Lesson, term: Term) -> str:
        if column.kind is ColumnKind.VIEWPOINT:
            return keyed_id(self._school, "viewpoint_grade", pupil, lesson.code, term.code, column.key)
        if column.kind is ColumnKind.GRADE:
            return keyed_id(self._school, "course_grade", pupil, lesson.code, term.code)
        return keyed_id(self._school, "score", column.key, pupil)

    def _columns(self, lesson: Lesson, term: Term) -> tuple[GradeColumn, ...]:
        codes = {(row["set"], row.code): row for row in self._workspace.rows(_CODES)}
        items = self._viewpoints(lesson)
        order = {item["code"]: at for at, item in enumerate(items)}

        def short(viewpoint: str) -> str:
            named = codes.get(("viewpoint", viewpoint))
            whole = next((item["name"] for item in items if item["code"] == viewpoint), viewpoint)
            return (named.short or named.name) if named is not None else whole

        columns = [_part(row, codes, short) for row in self._workspace.rows(_COLUMNS, (lesson.code, term.code))]
        results = [
            GradeColumn(item["code"], ColumnKind.VIEWPOINT, short(item["code"]), "", item["code"], short(item["code"]))
            for item in items
        ]
        if self._workspace.rows(f"{_GRADES} LIMIT 1", (lesson.code, term.code)):
            results.append(GradeColumn("grade", ColumnKind.GRADE, "", "", "", ""))
        return (*in_order(columns, order), *results)

    def _viewpoints(self, lesson: Lesson) -> list[dict[str, Any]]:
        rows = self._workspace.rows(_VIEWPOINTS, (lesson.code,))
        items: list[dict[str, Any]] = json.loads(rows[0][0]) if rows else []
        return sorted(items, key=lambda item: item.get("order", 0))

    def _cells(self, lesson: Lesson, term: Term, columns: Sequence[GradeColumn]) -> dict[tuple[str, str], GradeCell]:
        """{(pupil, column key): cell} of what exists: one query a type."""
        by_key = {column.key: column for column in columns}
        cells: dict[tuple[str, str], GradeCell] = {}
        for row in self._workspace.rows(_SCORES, (lesson.code, lesson.code, term.code)):
            # By position: a sheet has thousands of these rows, and is opened between two key presses.
            id_, ver, fv, own, part, pupil, state, points, note = row
            seen = base_of(row, "state") if fv or own else ver
            value = score_value(state, points, by_key[part])
            cells[pupil, part] = GradeCell(id_, value, exists=True, seen=seen, note=note or "")
        for row in self._workspace.rows(_LETTERS, (lesson.code, term.code)):
            value = Value(letter=row.value, unrated=row.unrated)
            cells[row.pupil, row.viewpoint] = GradeCell(row.id, value, exists=True, seen=base_of(row, "value"))
        for row in self._workspace.rows(_GRADES, (lesson.code, term.code)):
            value = Value(grade=row.value, unrated=row.unrated)
            cells[row.pupil, "grade"] = GradeCell(row.id, value, exists=True, seen=base_of(row, "value"))
        return cells

    def _marks(self) -> dict[str, Mark]:
        marks: dict[str, Mark] = {}
        for mark in self._workspace.marks(*TYPES):
            other = marks.get(mark.id)
            marks[mark.id] = _MARKS[mark.kind] if other is None else other | _MARKS[mark.kind]
        return marks

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
        type_ = {ColumnKind.VIEWPOINT: "viewpoint_grade", ColumnKind.GRADE: "course_grade"}.get(column.kind, "score")
        unit = "state" if type_ == "score" else "value"
        known = [
            PastValue(value_of(column, past.after), None, past.at, "", past.outcome)
            for past in self._workspace.history(type_, cell.id, unit)
        ]
        for row in self._workspace.rows(_CONFLICTS, (cell.id, unit)):
            for name in ("current", "incoming"):
                side = json.loads(row[name]) if row[name] else None
                if side is not None:
                    held = value_of(column, side.get("value"))
                    known.append(PastValue(held, side.get("by"), side.get("at"), side.get("device") or "", name))
        return tuple(sorted(known, key=lambda past: past.at or "", reverse=True))

    def before(self, column: GradeColumn, cell: GradeCell) -> Value | None:
        """The value before this device's last edit of a cell; None where it made none."""
        type_ = "viewpoint_grade" if column.kind is ColumnKind.VIEWPOINT else "score"
        past = self._workspace.history(type_, cell.id, "value" if type_ == "viewpoint_grade" else "state")
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


def _part(row: Row, codes: Mapping[tuple[str, str], Row], short: Callable[[str], str]) -> GradeColumn:
    kind = codes.get(("evidence", row.kind))
    attrs: list[str] = json.loads(kind.attrs) if kind is not None and kind.attrs else []
    levels = "abc" in attrs and row.max == LEVEL_POINTS["A"]
    return GradeColumn(
        key=row.id,
        kind=ColumnKind.LEVELS if levels else ColumnKind.POINTS,
        title=row.title,
        unit=row.unit,
        viewpoint=row.viewpoint,
        viewpoint_short=short(row.viewpoint),
        date=row.date,
        maximum=row.max,
        weight=row.weight,
        closed=bool(row.closed),
    )
