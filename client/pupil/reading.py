"""Reads the parts of a pupil's card from the local store."""

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from client.configuration import repository as configured
from client.pupil.record import (
    Attended,
    CourseLine,
    DayOf,
    Graded,
    Held,
    Remarked,
    RemarkText,
    Result,
    Tag,
    Term,
)
from client.workspace import ScopeState, Workspace
from sync.records.assessment import highest_grade
from sync.records.derive.attendance import PRESENT, USUAL, WHOLE_DAY, SchoolDates, Span, effective, totals
from sync.records.derive.subject_name import subject_name
from sync.records.year import term_code

_TERMS: Final = 'SELECT no, name, start, "end" FROM term WHERE year = ? ORDER BY no'
_DAYS = "SELECT date, kind FROM school_day WHERE date BETWEEN ? AND ? ORDER BY date"
_CLOSED = 'SELECT date, counts_as, part FROM closure WHERE "class" = ? AND date BETWEEN ? AND ?'
_TAKEN = 'SELECT date FROM attendance_day WHERE "class" = ? AND taken AND date BETWEEN ? AND ?'
_SPANS = 'SELECT "from", "to" FROM membership WHERE "class" = ? AND pupil = ?'
_MARKS = "SELECT date, mark FROM attendance WHERE pupil = ? AND mark IS NOT NULL AND date BETWEEN ? AND ?"
_LETTERS = "SELECT course, term, viewpoint, value, unrated FROM viewpoint_grade WHERE pupil = ?"
_GRADES = "SELECT course, term, value, unrated FROM course_grade WHERE pupil = ?"
_COURSES = """
SELECT course."@lesson" AS code, subject.name, subject.grades AS taught, subject.recorded, subject."order",
       "class".grades, viewpoint_set.items
FROM course JOIN subject ON subject.code = course.subject
LEFT JOIN viewpoint_set ON viewpoint_set.id = course.viewpoint_set
LEFT JOIN "class" ON "class".year || ':' || "class"."key" = course."class"
WHERE course."@lesson" IN (SELECT value FROM json_each(?))
"""
_REMARKS = "SELECT id, term, box, text, done FROM remark WHERE pupil = ? AND text IS NOT NULL"


class CardReader:
    """Reads parts. Every method may raise StoreError. today: ISO date of the reading."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def terms(self, year: int) -> tuple[Term, ...]:
        """The terms of a school year, the whole year last."""
        terms = [
            Term(term_code(year, row.no), row.no, row.name, row.start, row["end"])
            for row in self._workspace.rows(_TERMS, (year,))
        ]
        return tuple(sorted(terms, key=lambda term: (term.no == 0, term.no)))

    def words(self, set_: str) -> dict[str, Tag]:
        """The codes of a set in their order, with their words."""
        return {row.code: Tag(row.code, row.name) for row in configured.codes(self._workspace, set_)}

    def held(self, scope: str, today: str) -> Held:
        """Whether a scope is granted today and here."""
        granted = any(
            grant.scope == scope and grant.since <= today and (grant.until is None or today <= grant.until)
            for grant in self._workspace.grants()
        )
        if not granted:
            return Held.NOT_GRANTED
        return Held.HERE if self._workspace.scopes().get(scope) is ScopeState.LIVE else Held.LOADING

    def attended(self, class_: str, pupil: str, term: Term | None, today: str) -> Attended:
        """The days of a term until today."""
        held = self.held(f"class:{class_}", today)
        if held is not Held.HERE or term is None or term.start > today:
            return Attended(held)
        rows, span = self._workspace.rows, (term.start, min(term.end, today))
        dates = SchoolDates(
            kinds={row.date: row.kind for row in rows(_DAYS, span)},
            closures={r.date: r.counts_as for r in rows(_CLOSED, (class_, *span)) if r.part in (None, WHOLE_DAY)},
            taken={row.date for row in rows(_TAKEN, (class_, *span))},
        )
        spans = [Span(row["from"], row["to"]) for row in rows(_SPANS, (class_, pupil))]
        marks = {row.date: row.mark for row in rows(_MARKS, (pupil, *span))}
        symbols = configured.symbols(self._workspace, int(class_[:4]))
        days: list[DayOf] = []
        for date in dates.kinds:
            status = effective(date, spans, dates, marks.get(date))
            if status is not None:
                known = symbols.get(status)
                days.append(DayOf(date, status, known.symbol if known else "", known.name if known else status))
        counts: dict[str, AbstractSet[str]] = {**USUAL}
        for status, row in symbols.items():
            if row.counts is not None:
                counts[status] = frozenset(json.loads(row.counts))
        return Attended(held, tuple(days), totals((day.status for day in days), counts))

    def graded(self, class_: str, pupil: str, today: str) -> Graded:
        """Letters and 評定 of the class's year, of the courses that are held here."""
        held = self.held(f"grades:{class_}", today)
        if held is Held.LOADING:
            return Graded(held)
        results = self._results(pupil, f"{class_[:4]}-")
        lines = self._courses(results)
        if held is Held.NOT_GRANTED and lines:
            held = Held.IN_PART
        words = self.words("viewpoint")
        shorts = {row.code: row.short or row.name for row in configured.codes(self._workspace, "viewpoint")}
        return Graded(held, self.terms(int(class_[:4])), lines, tuple(shorts.get(code, code) for code in words))

    def _results(self, pupil: str, year: str) -> dict[str, dict[str, dict[str, Any]]]:
        """{course: {term: {viewpoint, or 評定 under the empty name: row}}}."""
        found: dict[str, dict[str, dict[str, Any]]] = {}
        for row in self._workspace.rows(_LETTERS, (pupil,)):
            if row.term.startswith(year):
                found.setdefault(row.course, {}).setdefault(row.term, {})[row.viewpoint] = row
        for row in self._workspace.rows(_GRADES, (pupil,)):
            if row.term.startswith(year):
                found.setdefault(row.course, {}).setdefault(row.term, {})[""] = row
        return found

    def _courses(self, results: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> tuple[CourseLine, ...]:
        lines: list[CourseLine] = []
        for row in self._workspace.rows(_COURSES, (json.dumps(sorted(results)),)):
            taught: list[int] = json.loads(row.taught)
            grades: list[int] = json.loads(row.grades) if row.grades else taught
            order = sorted(json.loads(row["items"] or "[]"), key=lambda item: item["order"])
            viewpoints = [item["code"] for item in order]
            lines.append(
                CourseLine(
                    code=row.code,
                    subject=subject_name(row.name, taught, grades),
                    order=row.order or 0,
                    top=highest_grade(grades) if row.recorded == "abc_grade" else 0,
                    results={term: _result(held, viewpoints) for term, held in results[row.code].items()},
                )
            )
        return tuple(sorted(lines, key=lambda line: line.order))

    def remarked(self, class_: str, pupil: str, today: str) -> Remarked:
        """The texts of the class's year; what belongs to other circles is left out where it is not held."""
        held = self.held(f"homeroom:{class_}", today)
        boxes, terms = self.words("box"), {term.code: term for term in self.terms(int(class_[:4]))}
        rows = [row for row in self._workspace.rows(_REMARKS, (pupil,)) if row.term in terms and row.text]
        rows.sort(key=lambda row: (-terms[row.term].no, list(boxes).index(row.box) if row.box in boxes else 99))
        texts = tuple(
            RemarkText(
                row.id,
                terms[row.term].name,
                boxes[row.box].name if row.box in boxes else row.box,
                row.text,
                bool(row.done),
            )
            for row in rows
        )
        return Remarked(Held.IN_PART if held is Held.NOT_GRANTED and texts else held, texts)


def _result(held: Mapping[str, Any], viewpoints: list[str]) -> Result:
    grade = held.get("")
    letters = tuple(held[code].value if code in held else None for code in viewpoints)
    unrated = next((row.unrated for row in held.values() if row.unrated), None)
    return Result(letters, None if grade is None else grade.value, unrated)


def is_usual(day: DayOf) -> bool:
    """Whether nothing is to be said of a day: the pupil was there."""
    return day.status == PRESENT
