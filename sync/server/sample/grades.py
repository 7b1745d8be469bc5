"""Letters and 評定 of finished terms, from results by the board's rule (domain.md 6; R08, R10-R12, R39, R40)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from typing import Final

from sync.records.assessment import highest_grade
from sync.records.derive.grading import Entry, Part, Rule, letter, rate, rule_of
from sync.server.masters import usual
from sync.server.sample.children import Child
from sync.server.sample.evidence import Item
from sync.server.sample.masters import STAGE
from sync.server.sample.premise import Premise, SampleRecord
from sync.server.sample.scores import Result
from sync.server.sample.staffing import Lesson
from sync.server.sample.words import table

VIEWPOINTS: Final = tuple(item["code"] for item in [*usual.viewpoint_sets()][-1][1]["items"])
OVERRIDDEN: Final = 0.04
WHOLE_YEAR: Final = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided for a child, term and viewpoint (or the subject as a whole, viewpoint empty)."""

    child: Child
    term: int
    viewpoint: str
    value: str | int | None
    proposed: str | int | None
    reason: str | None = None
    unrated: str | None = None


Reached = dict[tuple[str, int, str], list[Part]]
"""What a child has in a viewpoint: by pupil id, term (0 = the whole year) and viewpoint."""


def reached(made: Iterable[Item], entered: Iterable[Result]) -> Reached:
    """The cells of a course, gathered by what they count for."""
    term_of = {part.id: item.unit.term.no for item in made for part in item.parts}
    found: Reached = {}
    for result in entered:
        part = Part(result.state, result.value, result.part.max, result.part.weight)
        for term in (term_of[result.part.id], WHOLE_YEAR):
            found.setdefault((result.child.id, term, result.part.viewpoint), []).append(part)
    return found


@cache
def _rule(year: int, ways: str) -> Rule:
    return rule_of(usual.grading_rule(year, STAGE, ways)[1])


def decisions(premise: Premise, lesson: Lesson, sitting: Sequence[Child], found: Reached) -> Iterator[Decided]:
    """Letters, then 評定, of every finished term and, once the last is over, of the year."""
    if lesson.text_only:
        return
    for term, last in _periods(premise):
        chance = premise.chance("grades", lesson.code, term)
        for child in sitting:
            if child.here(last):
                yield from _of_child(lesson, (child, term), found, _rule(premise.year, premise.plan.ways), chance)


def grade_records(premise: Premise, lesson: Lesson, decided: Iterable[Decided]) -> Iterator[SampleRecord]:
    """Decisions as records."""
    for each in decided:
        own = {"viewpoint": each.viewpoint} if each.viewpoint else {}
        yield premise.keyed(
            "viewpoint_grade" if each.viewpoint else "course_grade",
            pupil=each.child.id,
            course=lesson.code,
            term=f"{premise.year}-{each.term}",
            at_class=each.child.home,
            value=each.value,
            basis="auto" if each.value is not None and each.value == each.proposed else "manual",
            proposed=each.proposed,
            reason=each.reason,
            unrated=each.unrated,
            rule_version=_rule(premise.year, premise.plan.ways).version,
            **own,
        )


def _periods(premise: Premise) -> Iterator[tuple[int, date]]:
    finished = premise.calendar.finished(premise.today)
    yield from ((term.no, term.days[-1]) for term in finished)
    if len(finished) == len(premise.calendar.terms):
        yield WHOLE_YEAR, finished[-1].days[-1]


def _of_child(
    lesson: Lesson, whose: tuple[Child, int], found: Reached, rule: Rule, chance: Random
) -> Iterator[Decided]:
    child, term = whose
    proposed = [letter(rate(found.get((child.id, term, viewpoint), ()), rule), rule) for viewpoint in VIEWPOINTS]
    graded = lesson.recorded == "abc_grade" and highest_grade((child.grade,)) > 0
    if None in proposed:
        why = (
            "long_absence" if child.habit == "long_absent" else "transferred_in" if child.entry != "first" else "other"
        )
        for viewpoint, told in zip(VIEWPOINTS, proposed, strict=True):
            yield Decided(child, term, viewpoint, None, told, unrated=why)
        if graded:
            yield Decided(child, term, "", None, None, unrated=why)
        return
    letters = list[str]()
    for viewpoint, told in zip(VIEWPOINTS, proposed, strict=True):
        assert told is not None
        value, reason = _overridden(told, chance)
        letters.append(value)
        yield Decided(child, term, viewpoint, value, told, reason)
    entry = rule.entry(letters) if graded else None
    if entry is not None:
        yield _grade(child, term, entry, chance)


def _overridden(told: str, chance: Random) -> tuple[str, str | None]:
    """The teacher's letter: mostly the proposal, sometimes a neighbour with a reason."""
    if chance.random() >= OVERRIDDEN:
        return told, None
    up = told == "C" or (told == "B" and chance.random() < 0.7)
    return chr(ord(told) + (-1 if up else 1)), _reason("override_up" if up else "override_down", chance)


def _grade(child: Child, term: int, entry: Entry, chance: Random) -> Decided:
    """評定 as the board's table has it; where two are allowed, now and then the other one."""
    default = entry.default
    others = [value for value in entry.allowed if value != default]
    if not others or chance.random() >= OVERRIDDEN:
        return Decided(child, term, "", default, default)
    return Decided(
        child, term, "", others[0], default, _reason("grade_up" if others[0] > default else "grade_down", chance)
    )


def _reason(kind: str, chance: Random) -> str:
    return chance.choice([row["text"] for row in table("notes") if row["kind"] == kind])
