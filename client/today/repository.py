"""Reads from the local store what a day asks of whoever works here: few queries, none of them over all rows."""

import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from client.grades.record import Lesson, Term
from client.grades.repository import GradeBook
from client.today.record import OwnClass, Results, Work
from client.today.rules import is_school_day
from client.workspace import ScopeState, SyncStatus, Workspace
from sync.records.attendance import TAKERS
from sync.records.ids import keyed_id
from sync.records.scopes import RW
from sync.records.year import school_year, term_code

OF_CLASSES: Final = frozenset({"grant", "class", "group", "course", "subject", "membership"})
OF_GRADES: Final = OF_CLASSES | {"term", "evidence", "evidence_part", "score", "viewpoint_grade", "viewpoint_set"}
OF_ATTENDANCE: Final = OF_CLASSES | {"term", "attendance_day", "school_day", "closure"}

_HERE = 'member."from" <= :day AND (member."to" IS NULL OR member."to" >= :day)'
_ASKED = "(work.date IS NULL OR here.since <= work.date)"
"""Of whom a work is asked: nobody makes up for what was before they came."""
_LABELS = """
SELECT year || ':' || "key" AS code, label FROM "class" UNION ALL SELECT year || ':' || "key", name FROM "group"
"""
_PUPILS = f"""
SELECT member."class" AS code, count(DISTINCT member.pupil) AS pupils FROM membership AS member
WHERE member."class" IN (SELECT value FROM json_each(:codes)) AND {_HERE} GROUP BY member."class"
"""  # noqa: S608  no value of a person in it
_TERM = """
SELECT no, name, start, "end" FROM term WHERE year = :year AND no > 0
ORDER BY start > :day, CASE WHEN start > :day THEN start END, start DESC LIMIT 1
"""
_TERMS = 'SELECT start, "end" FROM term WHERE no > 0'
_SCHOOL_DAY = "SELECT kind FROM school_day WHERE date = ?"
_CLOSED = "SELECT \"class\" FROM closure WHERE date = ? AND coalesce(part, 'day') = 'day'"
_WORKS = f"""
WITH here AS MATERIALIZED (
  SELECT course."@lesson" AS lesson, member.pupil, min(member."from") AS since FROM course
  JOIN membership AS member ON member."class" = course."class" AND {_HERE}
  WHERE course."@lesson" IN (SELECT value FROM json_each(:lessons)) GROUP BY course."@lesson", member.pupil
), work AS MATERIALIZED (
  SELECT part."@lesson" AS lesson, part.id AS part, evidence.title, coalesce(evidence.unit_name, '') AS unit,
         evidence.date FROM evidence JOIN evidence_part AS part ON part.evidence = evidence.id
  WHERE evidence."@lesson" IN (SELECT value FROM json_each(:lessons)) AND evidence.term = :term
    AND evidence.closed IS NOT 1
), done AS MATERIALIZED (
  SELECT work.part, count(*) AS filled FROM score JOIN work ON work.part = score.evidence_part
  JOIN here ON here.lesson = score."@lesson" AND here.pupil = score.pupil
  WHERE score."@lesson" IN (SELECT value FROM json_each(:lessons)) AND score.state IS NOT NULL AND {_ASKED}
  GROUP BY work.part
)
SELECT work.*, (SELECT count(*) FROM here WHERE here.lesson = work.lesson AND {_ASKED}) AS pupils,
       coalesce(done.filled, 0) AS filled
FROM work LEFT JOIN done ON done.part = work.part
"""  # noqa: S608  as above
_WITHOUT = f"""
SELECT pupil.id, pupil.family || ' ' || pupil.given AS name FROM membership AS member
JOIN course ON course."class" = member."class" JOIN pupil ON pupil.id = member.pupil
WHERE course."@lesson" = :lesson AND {_HERE} AND (:date IS NULL OR member."from" <= :date) AND pupil.id NOT IN (
  SELECT pupil FROM score WHERE "@lesson" = :lesson AND evidence_part = :part AND state IS NOT NULL)
GROUP BY pupil.id ORDER BY member.number IS NULL, member.number LIMIT :most
"""  # noqa: S608  as above
_VIEWPOINTS = """
SELECT course."@lesson" AS lesson, items FROM course JOIN viewpoint_set ON viewpoint_set.id = course.viewpoint_set
"""
_LETTERS = f"""
SELECT course AS lesson, count(*) AS done FROM viewpoint_grade AS letter
WHERE letter.course IN (SELECT value FROM json_each(:lessons)) AND letter.term = :term
  AND (letter.value IS NOT NULL OR letter.unrated IS NOT NULL)
  AND EXISTS (SELECT 1 FROM membership AS member JOIN course AS held ON held."class" = member."class"
              WHERE held."@lesson" = letter.course AND member.pupil = letter.pupil AND {_HERE})
GROUP BY course
"""  # noqa: S608  as above


class Day:
    """All that the first page asks of the store. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._book = workspace, GradeBook(workspace)

    def status(self) -> SyncStatus:
        """How things stand."""
        return self._workspace.status()

    def lessons(self, day: date) -> list[Lesson]:
        """The courses this person enters grades for, whole on this PC."""
        return [lesson for lesson in self._book.lessons(day) if lesson.writable and lesson.live]

    def classes(self, day: date) -> list[OwnClass]:
        """One's own classes: those one takes attendance of first, then those one teaches, by code."""
        lessons: dict[str, list[Lesson]] = {}
        for lesson in self._book.lessons(day):
            lessons.setdefault(lesson.class_, []).append(lesson)
        own = self._taken_by_me(day)
        codes = [*sorted(own), *sorted(lessons.keys() - own)]
        labels = {row.code: row.label for row in self._workspace.rows(_LABELS)}
        counted = self._pupils(codes, day)
        return [
            OwnClass(
                code, labels.get(code, _key(code)), counted.get(code, 0), code in own, tuple(lessons.get(code, ()))
            )
            for code in codes
        ]

    def _taken_by_me(self, day: date) -> set[str]:
        """Classes whose attendance this person takes as their own, and all of which are here."""
        iso, states = day.isoformat(), self._workspace.scopes()
        mine = {role for role in TAKERS if role != "vice"}
        return {
            grant.scope.partition(":")[2]
            for grant in self._workspace.grants()
            if grant.scope.startswith("class:")
            and grant.role in mine
            and grant.rights == RW
            and grant.since <= iso
            and (grant.until is None or iso <= grant.until)
            and states.get(grant.scope) is ScopeState.LIVE
        }

    def _pupils(self, codes: Collection[str], day: date) -> dict[str, int]:
        asked = {"codes": json.dumps(list(codes)), "day": day.isoformat()}
        return {row.code: row.pupils for row in self._workspace.rows(_PUPILS, asked)}

    # -- attendance ---------------------------------------------------------------------------------------------------

    def not_taken(self, day: date) -> list[OwnClass]:
        """One's own classes whose attendance has not been taken on a day on which classes meet."""
        if not self._meets(day):
            return []
        school, iso = self._workspace.enrolment.school, day.isoformat()
        closed = {row["class"] for row in self._workspace.rows(_CLOSED, (iso,))}
        own = [each for each in self.classes(day) if each.homeroom and each.pupils and each.code not in closed]
        ids = {keyed_id(school, "attendance_day", class_.code, iso): class_ for class_ in own}
        sql = "SELECT id FROM attendance_day WHERE taken AND id IN (SELECT value FROM json_each(?))"
        taken = {row.id for row in self._workspace.rows(sql, (json.dumps(list(ids)),))}
        return [class_ for id_, class_ in ids.items() if id_ not in taken]

    def _meets(self, day: date) -> bool:
        """Whether classes meet on a day: as the school's calendar says, or where it has none, as weeks and terms do."""
        kinds = self._workspace.rows(_SCHOOL_DAY, (day.isoformat(),))
        if kinds:
            return kinds[0].kind != "holiday"
        if self._workspace.rows("SELECT 1 FROM school_day LIMIT 1"):
            return False
        return is_school_day(day, [(row.start, row.end) for row in self._workspace.rows(_TERMS)])

    # -- grades -------------------------------------------------------------------------------------------------------

    def term(self, day: date) -> Term | None:
        """The term of a day; between terms the one before, before all of them the first."""
        year = school_year(day)
        rows = self._workspace.rows(_TERM, {"year": year, "day": day.isoformat()})
        return next((Term(term_code(year, row.no), row.no, row.name, row.start, row["end"]) for row in rows), None)

    def works(self, lessons: Collection[str], term: str, day: date) -> list[Work]:
        """Open works of these courses in a term, with how many of those who are asked have anything in them."""
        asked = {"lessons": json.dumps(list(lessons)), "term": term, "day": day.isoformat()}
        return [Work(**dict(row)) for row in self._workspace.rows(_WORKS, asked)]

    def without(self, work: Work, day: date, most: int) -> list[tuple[str, str]]:
        """(pupil, name) of the first of those who have nothing in a work, in the order of the class list."""
        asked = {**_of(work), "day": day.isoformat(), "most": most}
        return [(row.id, row.name) for row in self._workspace.rows(_WITHOUT, asked)]

    def cell(self, work: Work, pupil: str) -> str:
        """The id of the score of a pupil in a work, whether it exists yet or not."""
        return keyed_id(self._workspace.enrolment.school, "score", work.part, pupil)

    def results(self, lessons: Mapping[str, str], term: str, day: date) -> list[Results]:
        """How far the letters of these courses have come. lessons: {course: its class}."""
        asked = {"lessons": json.dumps(list(lessons)), "term": term, "day": day.isoformat()}
        done = {row.lesson: row.done for row in self._workspace.rows(_LETTERS, asked)}
        each = {row.lesson: len(json.loads(row["items"])) for row in self._workspace.rows(_VIEWPOINTS)}
        pupils = self._pupils(frozenset(lessons.values()), day)
        return [
            Results(lesson, done.get(lesson, 0), each.get(lesson, 0) * pupils.get(class_, 0))
            for lesson, class_ in lessons.items()
        ]


def _of(work: Work) -> dict[str, str | None]:
    return {"part": work.part, "lesson": work.lesson, "date": work.date}


def _key(code: str) -> str:
    return code.partition(":")[2]
