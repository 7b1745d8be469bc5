"""Group D, assessment: evidence, scores, viewpoint grades, 評定 (domain.md 5, 6, 15.2 D)."""

from collections.abc import Iterable
from typing import Final

from sync.records.field import code, day, dec, enum, flag, integer, ref, text
from sync.records.record import Fields, Record
from sync.records.roles import Role

STATES = ("scored", "not_done", "not_submitted", "absent", "excluded", "pending")
"""What a score can be besides null = 未; absent (欠) is not zero."""
LETTERS = ("A", "B", "C")
"""十分満足できる, おおむね満足できる, 努力を要する (R11)."""
_UNGRADED: Final = 2
"""Up to this grade there is no 評定 (R08)."""
_ELEMENTARY: Final = 6


def highest_grade(grades: Iterable[int]) -> int:
    """The highest 評定 in a class of these grades 1-9, 0 where there is none at all (R08, R10).

    In a class of several grades it is what any of them may have: whose grade a pupil is in the class does not tell.
    """
    return max(0 if grade <= _UNGRADED else 3 if grade <= _ELEMENTARY else 5 for grade in grades)


class LessonRecord(Record):
    """What the teachers of a course share."""

    WRITERS = (Role.SUBJECT,)

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """The lesson's own."""
        return (f"lesson:{route['@lesson']}",)


class Evidence(LessonRecord):
    """評価材料: a test, a work, an observation of one course and term."""

    TYPE = "evidence"
    ROUTES = {"@lesson": "@lesson"}  # noqa: RUF012  a declaration, read once
    at_lesson = ref("course").needed()
    course = ref("course").needed()
    term = ref("term").needed()
    title = text(40).needed()
    kind = code("evidence").needed()
    date = day()
    unit_name = text(60)
    cos_code = text(16)
    closed = flag()

    @staticmethod
    def faults(fields: Fields) -> tuple[str, ...]:
        """It is routed to the lesson of its own course."""
        return () if fields["@lesson"] == fields["course"] else ("course",)


class EvidencePart(LessonRecord):
    """材料x観点: what the evidence counts for one viewpoint; maximum in points, weight in percent."""

    TYPE = "evidence_part"
    KEY = ("evidence", "viewpoint")
    ROUTES = {"@lesson": "@lesson"}  # noqa: RUF012  a declaration, read once
    evidence = ref("evidence").needed()
    viewpoint = code("viewpoint").needed()
    at_lesson = ref("course").needed()
    max = dec(6, 2).needed()
    weight = dec(5, 2, unit="max").needed()

    @staticmethod
    def faults(fields: Fields) -> tuple[str, ...]:
        """A maximum is above zero, a weight not below; the two may still be undecided."""
        wrong = () if fields.get("max") is None or fields["max"] > 0 else ("max",)
        return wrong if (fields.get("weight") or 0) >= 0 else (*wrong, "weight")


class Score(LessonRecord):
    """得点: one pupil's result in one part. 欠 absent, 免 excluded and null are three things, none of them zero."""

    TYPE = "score"
    KEY = ("evidence_part", "pupil")
    ROUTES = {"@lesson": "@lesson"}  # noqa: RUF012  a declaration, read once
    evidence_part = ref("evidence_part").needed()
    pupil = ref("pupil").needed()
    at_lesson = ref("course").needed()
    state = enum(*STATES).needed()
    value = dec(6, 2, unit="state")
    note = text(60)

    @staticmethod
    def faults(fields: Fields) -> tuple[str, ...]:
        """A value stands exactly where the state is scored, and is not negative."""
        value = fields.get("value")
        sound = (value is not None) == (fields.get("state") == "scored") and (value or 0) >= 0
        return () if sound else ("value",)


class ViewpointGrade(Record):
    """観点別: a letter for one viewpoint of a course in a term. `proposed` is the proposal when it was decided."""

    TYPE = "viewpoint_grade"
    KEY = ("pupil", "course", "term", "viewpoint")
    ROUTES = {"@lesson": "course", "@class": "@class"}  # noqa: RUF012  a declaration, read once
    WRITERS = (Role.SUBJECT,)
    pupil = ref("pupil").needed()
    course = ref("course").needed()
    term = ref("term").needed()
    viewpoint = code("viewpoint").needed()
    at_class = ref("class").needed()
    value = enum(*LETTERS)
    basis = enum("auto", "manual", unit="value").needed()
    proposed = enum(*LETTERS, unit="value")
    reason = text(100, unit="value")
    unrated = code("unrated", unit="value")
    rule_version = integer(0, unit="value")

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """The lesson's teachers and the class teacher's circle."""
        return (f"lesson:{route['@lesson']}", f"grades:{route['@class']}")


class CourseGrade(Record):
    """評定: a pupil's grade of a course in a term, 1-3 in elementary, 1-5 in junior high (R10)."""

    TYPE = "course_grade"
    KEY = ("pupil", "course", "term")
    ROUTES = {"@lesson": "course", "@class": "@class"}  # noqa: RUF012  a declaration, read once
    WRITERS = (Role.SUBJECT,)
    pupil = ref("pupil").needed()
    course = ref("course").needed()
    term = ref("term").needed()
    at_class = ref("class").needed()
    value = integer(1, 5)
    basis = enum("auto", "manual", unit="value").needed()
    proposed = integer(1, 5, unit="value")
    reason = text(100, unit="value")
    unrated = code("unrated", unit="value")
    rule_version = integer(0, unit="value")

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """The lesson's teachers and the class teacher's circle."""
        return (f"lesson:{route['@lesson']}", f"grades:{route['@class']}")
