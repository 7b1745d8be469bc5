"""Reads a sheet of grades from the local store: its columns, its lines, and what every cell holds."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from typing import Any

from client.configuration import repository as configured
from client.grades.record import (
    LEVEL_POINTS,
    TYPES,
    ColumnKind,
    GradeCell,
    GradeColumn,
    GradeRow,
    Lesson,
    Mark,
    Sheet,
    Term,
    Value,
)
from client.grades.rules import in_order, score_value
from client.register.repository import class_list
from client.workspace import MarkKind, Row, Workspace, base_of
from sync.records.ids import keyed_id

Place = tuple[str, str]
"""(pupil, column key)."""

_COLUMNS = """
SELECT evidence_part.id, evidence.id AS evidence, title, kind, date, coalesce(unit_name, '') AS unit, closed,
       viewpoint, max, weight
FROM evidence JOIN evidence_part ON evidence_part.evidence = evidence.id
WHERE evidence."@lesson" = ? AND evidence.term = ?
"""
COLUMN_CODES = "evidence", "viewpoint"
"""Sets of codes: kinds of work, and viewpoints."""
_RULE = 'SELECT rule FROM course WHERE "@lesson" = ?'
_VIEWPOINTS = """
SELECT items FROM viewpoint_set JOIN course ON course.viewpoint_set = viewpoint_set.id WHERE course."@lesson" = ?
"""
_SCORES = "SELECT id, ver, fv, own, evidence_part, pupil, state, value, note FROM score"
_LETTERS = "SELECT id, ver, fv, own, pupil, viewpoint, value, unrated FROM viewpoint_grade"
_GRADES = "SELECT id, ver, fv, own, pupil, value, unrated FROM course_grade"
_OF_WORKS = """
WHERE "@lesson" = ? AND evidence_part IN (
  SELECT evidence_part.id FROM evidence JOIN evidence_part ON evidence_part.evidence = evidence.id
  WHERE evidence."@lesson" = ? AND evidence.term = ?)
"""
_OF_TERM = "WHERE course = ? AND term = ?"
_THESE = "WHERE id IN (SELECT value FROM json_each(?))"

_MARKS = {
    MarkKind.WAITING: Mark.WAITING,
    MarkKind.AHEAD: Mark.WAITING | Mark.AHEAD,
    MarkKind.UNCOPIED: Mark.WAITING | Mark.UNCOPIED,
    MarkKind.CONFLICT: Mark.CONFLICT,
    MarkKind.NOT_ACCEPTED: Mark.REFUSED,
}


class SheetReader:
    """Reads sheets. Both methods may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._school = workspace.enrolment.school

    def sheet(self, lesson: Lesson, term: Term, today: date) -> Sheet:
        """All of one course in one term. The class list is that of today, held inside the term."""
        columns = self._columns(lesson, term)
        day = min(max(today.isoformat(), term.start), term.end)
        listed = class_list(self._workspace, lesson.class_, day)
        classes = class_codes(self._workspace)
        filled, marks = self._filled(lesson, term, columns), self._marks()
        rows: list[GradeRow] = []
        for who in listed.rows:
            homes = [code for code in listed.classes[who.pupil] if code in classes and code != lesson.class_]
            home = homes[0] if who.guest and homes else lesson.class_
            cells = (
                filled.get((who.pupil, column.key)) or GradeCell(self._id_of(column, who.pupil, lesson, term))
                for column in columns
            )
            rows.append(GradeRow(who, home, tuple(_marked(cell, marks) for cell in cells)))
        return Sheet(lesson, term, columns, tuple(rows), self._cuts(lesson))

    def renewed(self, sheet: Sheet, places: AbstractSet[Place]) -> Sheet:
        """The sheet with these cells read again: what an act on few of thousands needs."""
        columns, pupils = {column.key: column for column in sheet.columns}, {pupil for pupil, _ in places}
        ids = json.dumps(
            [
                cell.id
                for row in sheet.rows
                if row.id in pupils
                for column, cell in zip(sheet.columns, row.cells, strict=True)
                if (row.id, column.key) in places
            ]
        )
        read = dict(_scores(self._workspace.rows(f"{_SCORES} {_THESE}", (ids,)), columns))
        read |= _letters(self._workspace.rows(f"{_LETTERS} {_THESE}", (ids,)))
        marks = self._marks()

        def again(row: GradeRow, column: GradeColumn, cell: GradeCell) -> GradeCell:
            place = row.id, column.key
            return _marked(read.get(place) or GradeCell(cell.id), marks) if place in places else cell

        rows = (
            replace(row, cells=tuple(map(again, [row] * len(row.cells), sheet.columns, row.cells)))
            if row.id in pupils
            else row
            for row in sheet.rows
        )
        return replace(sheet, rows=tuple(rows))

    def _cuts(self, lesson: Lesson) -> tuple[int, int] | None:
        ids = [row.rule for row in self._workspace.rows(_RULE, (lesson.code,))]
        held = configured.rule(self._workspace, ids[0]) if ids else None
        return (held["cut_a"], held["cut_b"]) if held and None not in (held["cut_a"], held["cut_b"]) else None

    # -- columns ------------------------------------------------------------------------------------------------------

    def _columns(self, lesson: Lesson, term: Term) -> tuple[GradeColumn, ...]:
        codes = {(row["set"], row.code): row for row in configured.codes(self._workspace, *COLUMN_CODES)}
        items = viewpoints_of(self._workspace, lesson)
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
        if self._workspace.rows(f"{_GRADES} {_OF_TERM} LIMIT 1", (lesson.code, term.code)):
            results.append(GradeColumn("grade", ColumnKind.GRADE, "", "", "", ""))
        return (*in_order(columns, order), *results)

    # -- cells --------------------------------------------------------------------------------------------------------

    def _filled(self, lesson: Lesson, term: Term, columns: Iterable[GradeColumn]) -> dict[Place, GradeCell]:
        """The cells of what exists: one query a type."""
        ask, of_term = self._workspace.rows, (lesson.code, term.code)
        by_key = {column.key: column for column in columns}
        cells = dict(_scores(ask(f"{_SCORES} {_OF_WORKS}", (lesson.code, *of_term)), by_key))
        cells |= _letters(ask(f"{_LETTERS} {_OF_TERM}", of_term))
        return cells | dict(_grades(ask(f"{_GRADES} {_OF_TERM}", of_term)))

    def _id_of(self, column: GradeColumn, pupil: str, lesson: Lesson, term: Term) -> str:
        """The id a record gets that does not exist yet."""
        if column.kind is ColumnKind.VIEWPOINT:
            return keyed_id(self._school, "viewpoint_grade", pupil, lesson.code, term.code, column.key)
        if column.kind is ColumnKind.GRADE:
            return keyed_id(self._school, "course_grade", pupil, lesson.code, term.code)
        return keyed_id(self._school, "score", column.key, pupil)

    def _marks(self) -> dict[str, Mark]:
        marks: dict[str, Mark] = {}
        for mark in self._workspace.marks(*TYPES):
            marks[mark.id] = marks.get(mark.id, Mark.NONE) | _MARKS[mark.kind]
        return marks


def viewpoints_of(workspace: Workspace, lesson: Lesson) -> list[dict[str, Any]]:
    """The viewpoints of a course in their order, each with `code` and `name`. Raises StoreError."""
    rows = workspace.rows(_VIEWPOINTS, (lesson.code,))
    items: list[dict[str, Any]] = json.loads(rows[0][0]) if rows else []
    return sorted(items, key=lambda item: item.get("order", 0))


def class_codes(workspace: Workspace) -> frozenset[str]:
    """The codes of all home classes; other codes a course may have are groups. Raises StoreError."""
    rows = workspace.rows('SELECT year, "key" FROM "class"')
    return frozenset(f"{row.year}:{row['key']}" for row in rows)


def _marked(cell: GradeCell, marks: Mapping[str, Mark]) -> GradeCell:
    mark = marks.get(cell.id)
    return cell if mark is None else replace(cell, marks=mark)


def _scores(rows: Iterable[Row], columns: Mapping[str, GradeColumn]) -> Iterator[tuple[Place, GradeCell]]:
    for row in rows:
        # By position: a sheet has thousands of these rows, and is opened between two key presses.
        id_, ver, fv, own, part, pupil, state, points, note = row
        seen = base_of(row, "state") if fv or own else ver
        value = score_value(state, points, columns[part])
        yield (pupil, part), GradeCell(id_, value, exists=True, seen=seen, note=note or "")


def _letters(rows: Iterable[Row]) -> Iterator[tuple[Place, GradeCell]]:
    for row in rows:
        value = Value(letter=row.value, unrated=row.unrated)
        yield (row.pupil, row.viewpoint), GradeCell(row.id, value, exists=True, seen=base_of(row, "value"))


def _grades(rows: Iterable[Row]) -> Iterator[tuple[Place, GradeCell]]:
    for row in rows:
        value = Value(grade=row.value, unrated=row.unrated)
        yield (row.pupil, "grade"), GradeCell(row.id, value, exists=True, seen=base_of(row, "value"))


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
