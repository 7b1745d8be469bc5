"""Reads from the local store what a course is summed up from, and what was decided there."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from client.configuration import repository as configured
from client.grades.record import Lesson, Mark, Term
from client.register.repository import class_list
from client.summing_up.record import (
    GRADE,
    TYPES,
    UNDECIDED,
    UNIT,
    Basis,
    Book,
    Cell,
    Decision,
    Line,
    Viewpoint,
    Work,
)
from client.workspace import MarkKind, Row, Workspace, base_of
from sync.records.assessment import highest_grade
from sync.records.derive.grading import Part, Rule, rule_of
from sync.records.ids import keyed_id

_COURSE = """
SELECT viewpoint_set.items, subject.recorded, subject.grades AS taught, course.rule
FROM course JOIN subject ON subject.code = course.subject
LEFT JOIN viewpoint_set ON viewpoint_set.id = course.viewpoint_set
WHERE course."@lesson" = ?
"""
_CLASSES = 'SELECT year || \':\' || "key" AS code, grades FROM "class" WHERE year = ?'
_WORKS = """
SELECT evidence_part.id, title, coalesce(unit_name, '') AS unit, viewpoint, date, max, weight
FROM evidence JOIN evidence_part ON evidence_part.evidence = evidence.id
WHERE evidence."@lesson" = ? AND evidence.term IN (SELECT value FROM json_each(?))
ORDER BY coalesce(date, '9999'), title, evidence_part.id
"""
_SCORES = """
SELECT evidence_part, pupil, state, value FROM score
WHERE "@lesson" = ? AND evidence_part IN (SELECT value FROM json_each(?))
"""
_FIELDS = "ver, fv, own, pupil, value, basis, proposed, reason, unrated, rule_version"
_LETTERS = f"SELECT id, viewpoint, {_FIELDS} FROM viewpoint_grade WHERE course = ? AND term = ?"  # noqa: S608  a constant
_GRADES = f"SELECT id, {_FIELDS} FROM course_grade WHERE course = ? AND term = ?"  # noqa: S608  as above
_EARLIER = "SELECT pupil, value FROM course_grade WHERE course = ? AND term = ?"

LETTER_SET, UNRATED_SET, VIEWPOINT_SET = "letter", "unrated", "viewpoint"
"""Sets of codes: how a board writes A, B and C; why something cannot be rated; the short names of viewpoints."""

_MARKS: Mapping[MarkKind, Mark] = {
    MarkKind.WAITING: Mark.WAITING,
    MarkKind.AHEAD: Mark.WAITING | Mark.AHEAD,
    MarkKind.UNCOPIED: Mark.WAITING | Mark.UNCOPIED,
    MarkKind.CONFLICT: Mark.CONFLICT,
    MarkKind.NOT_ACCEPTED: Mark.REFUSED,
}


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every line of a book stands on. classes: {code: grades}; terms: those whose evidence counts."""

    lesson: Lesson
    term: Term
    before: Term | None
    classes: Mapping[str, tuple[int, ...]]
    viewpoints: tuple[Viewpoint, ...]
    terms: tuple[str, ...]


class BookReader:
    """Reads books. `book` may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def book(self, lesson: Lesson, terms: Iterable[Term], term: Term, today: date) -> Book:
        """One course in one term; in the whole year all evidence of its terms counts. terms: of that year."""
        ask, year = self._workspace.rows, tuple(terms)
        course = ask(_COURSE, (lesson.code,))[0]
        classes = {row.code: _numbers(row.grades) for row in ask(_CLASSES, (lesson.year,))}
        counted = (term.code,) if term.no else tuple(each.code for each in year)
        ground = _Ground(lesson, term, _before(year, term), classes, self._viewpoints(course, today), counted)
        lines = tuple(self._lines(ground, today))
        here = classes.get(lesson.class_, ())
        return Book(
            lesson=lesson,
            term=term,
            viewpoints=ground.viewpoints,
            graded=course.recorded == "abc_grade" and any(line.highest for line in lines),
            taught=not here or not set(here).isdisjoint(_numbers(course.taught)),
            rule=self._rule(course.rule),
            lines=lines,
            symbols={code: fields["short"] or fields["name"] for code, fields in self._codes(LETTER_SET, today)},
            reasons={code: fields["name"] for code, fields in self._codes(UNRATED_SET, today)},
            before="" if ground.before is None else ground.before.name,
        )

    def _codes(self, set_: str, today: date) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The codes of a set with their fields, in order: the school's own before the board's."""
        for row in configured.codes(self._workspace, set_, day=today.isoformat()):
            yield row.code, dict(row)

    def _viewpoints(self, course: Row, today: date) -> tuple[Viewpoint, ...]:
        items: list[dict[str, Any]] = json.loads(course["items"] or "[]")
        codes = self._codes(VIEWPOINT_SET, today)
        short: dict[str, str] = {code: fields["short"] or fields["name"] for code, fields in codes}
        return tuple(
            Viewpoint(item["code"], item["name"], short.get(item["code"]) or item["name"])
            for item in sorted(items, key=lambda item: item.get("order", 0))
        )

    def _rule(self, id_: str | None) -> Rule | None:
        held = configured.rule(self._workspace, id_)
        return None if held is None else rule_of(held)

    # -- pupils -------------------------------------------------------------------------------------------------------

    def _lines(self, ground: _Ground, today: date) -> Iterator[Line]:
        lesson, term, classes = ground.lesson, ground.term, ground.classes
        day = min(max(today.isoformat(), term.start), term.end)
        listed = class_list(self._workspace, lesson.class_, day)
        decided, marks = dict(self._decided(lesson, term)), self._marks()
        basis = self._evidence(ground)
        earlier = self._earlier(ground)
        for who in listed.rows:
            homes = [code for code in listed.classes[who.pupil] if code in classes and code != lesson.class_]
            home = homes[0] if homes and (who.guest or lesson.class_ not in classes) else lesson.class_
            cells = {
                key: _marked(decided.get((who.pupil, key)) or Cell(self._id(who.pupil, ground, key)), marks)
                for key in (*(each.code for each in ground.viewpoints), GRADE)
            }
            highest = highest_grade(classes.get(home) or (0,))
            bases = {each.code: basis(who.pupil, each.code) for each in ground.viewpoints}
            yield Line(who, home, highest, cells, bases, earlier.get(who.pupil))

    def _id(self, pupil: str, ground: _Ground, key: str) -> str:
        """The id of a record that does not exist yet."""
        school, of = self._workspace.enrolment.school, (pupil, ground.lesson.code, ground.term.code)
        return keyed_id(school, "course_grade", *of) if key == GRADE else keyed_id(school, "viewpoint_grade", *of, key)

    def _earlier(self, ground: _Ground) -> dict[str, int | None]:
        """{pupil: the 評定 of the term before}."""
        if ground.before is None:
            return {}
        rows = self._workspace.rows(_EARLIER, (ground.lesson.code, ground.before.code))
        return {row.pupil: row.value for row in rows}

    def _decided(self, lesson: Lesson, term: Term) -> Iterator[tuple[tuple[str, str], Cell]]:
        of = (lesson.code, term.code)
        for row in self._workspace.rows(_LETTERS, of):
            yield (row.pupil, row.viewpoint), _cell(row)
        for row in self._workspace.rows(_GRADES, of):
            yield (row.pupil, GRADE), _cell(row)

    def _evidence(self, ground: _Ground) -> Callable[[str, str], Basis]:
        """What a pupil (first) has in a viewpoint (second). Works in which nobody has a score yet are left out."""
        works = [Work(*row) for row in self._workspace.rows(_WORKS, (ground.lesson.code, json.dumps(ground.terms)))]
        asked = (ground.lesson.code, json.dumps([work.id for work in works]))
        scores: dict[tuple[str, str], tuple[str | None, int | None]] = {
            (part, pupil): (state, value) for part, pupil, state, value in self._workspace.rows(_SCORES, asked)
        }
        begun = {part for (part, _), (state, _) in scores.items() if state is not None}

        def basis(pupil: str, viewpoint: str) -> Basis:
            own = (work for work in works if work.viewpoint == viewpoint and work.id in begun)
            blank = None, None
            return Basis(
                tuple((work, Part(*scores.get((work.id, pupil), blank), work.maximum, work.weight)) for work in own)
            )

        return basis

    def _marks(self) -> dict[str, Mark]:
        marks: dict[str, Mark] = {}
        for mark in self._workspace.marks(*TYPES):
            marks[mark.id] = marks.get(mark.id, Mark.NONE) | _MARKS[mark.kind]
        return marks


def _before(terms: Iterable[Term], term: Term) -> Term | None:
    """The term before in the same year; for the whole year there is none."""
    earlier = [each for each in terms if each.no and each.no < term.no]
    return max(earlier, key=lambda each: each.no, default=None)


def _cell(row: Row) -> Cell:
    decided = Decision(row.value, row.basis, row.proposed, row.reason or "", row.unrated, row.rule_version)
    return Cell(
        row.id, decided if row.value is not None or row.unrated is not None else UNDECIDED, True, base_of(row, UNIT)
    )


def _marked(cell: Cell, marks: Mapping[str, Mark]) -> Cell:
    mark = marks.get(cell.id)
    return cell if mark is None else replace(cell, marks=mark)


def _numbers(text: str | None) -> tuple[int, ...]:
    return tuple(json.loads(text)) if text else ()
