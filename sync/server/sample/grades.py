"""Letters and 評定 of finished terms, from results by the board's rule (domain.md 6; R08, R10-R12, R39, R40)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from sync.server.masters import usual
from sync.server.sample.children import Child
from sync.server.sample.evidence import Item
from sync.server.sample.masters import STAGE
from sync.server.sample.premise import Premise, SampleRecord
from sync.server.sample.scores import Result
from sync.server.sample.staffing import Lesson
from sync.server.sample.words import table

WHOLE: Final = 30_000
"""A common multiple of all maxima in use (3, 10, 20, 50, 100 points, scaled by 100): shares stay whole numbers."""
VIEWPOINTS: Final = tuple(item["code"] for item in [*usual.viewpoint_sets()][-1][1]["items"])
OVERRIDDEN: Final = 0.04
WHOLE_YEAR: Final = 0


@dataclass(slots=True)
class Tally:
    """Weighted points reached, in parts of WHOLE, and the weights they count for."""

    reached: int = 0
    weight: int = 0

    def add(self, value: int, maximum: int, weight: int) -> None:
        """Counts one result."""
        self.reached += weight * value * (WHOLE // maximum)
        self.weight += weight

    def letter(self, cuts: tuple[int, int]) -> str | None:
        """A, B or C by the least percentages for A and B, scaled by 100; None when nothing is scored."""
        if not self.weight:
            return None
        share, whole = self.reached * 100_00, WHOLE * self.weight
        return "A" if share >= cuts[0] * whole else "B" if share >= cuts[1] * whole else "C"


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


Tallies = dict[tuple[str, int, str], Tally]
"""By pupil id, term (0 = the whole year) and viewpoint."""


def tallied(premise: Premise, made: Iterable[Item], entered: Iterable[Result]) -> Tallies:
    """Adds up the scored cells of a course; other states are left out, but for a rule that counts what was not handed
    in as nothing (domain.md 6.2).
    """
    zero = usual.counts_as_zero(STAGE, premise.plan.ways)
    term_of = {part.id: item.unit.term.no for item in made for part in item.parts}
    tallies: Tallies = {}
    for result in entered:
        value = 0 if zero and result.state == "not_submitted" else result.value
        if value is not None:
            part = result.part
            for term in (term_of[part.id], WHOLE_YEAR):
                key = (result.child.id, term, part.viewpoint)
                tally = tallies.get(key)
                if tally is None:
                    tally = tallies[key] = Tally()
                tally.add(value, part.max, part.weight)
    return tallies


def decisions(premise: Premise, lesson: Lesson, sitting: Sequence[Child], tallies: Tallies) -> Iterator[Decided]:
    """Letters, then 評定, of every finished term and, once the last is over, of the year."""
    if lesson.text_only:
        return
    for term, last in _periods(premise):
        chance = premise.chance("grades", lesson.code, term)
        for child in sitting:
            if child.here(last):
                yield from _of_child(lesson, (child, term), tallies, premise.plan.ways, chance)


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
            rule_version=usual.rule_version(STAGE, premise.plan.ways),
            **own,
        )


def _periods(premise: Premise) -> Iterator[tuple[int, date]]:
    finished = premise.calendar.finished(premise.today)
    yield from ((term.no, term.days[-1]) for term in finished)
    if len(finished) == len(premise.calendar.terms):
        yield WHOLE_YEAR, finished[-1].days[-1]


def _of_child(
    lesson: Lesson, whose: tuple[Child, int], tallies: Tallies, ways: str, chance: Random
) -> Iterator[Decided]:
    (child, term), cuts = whose, usual.cut_offs(STAGE, ways)
    proposed = [tallies.get((child.id, term, viewpoint), Tally()).letter(cuts) for viewpoint in VIEWPOINTS]
    graded = lesson.recorded == "abc_grade" and child.grade >= 3
    if None in proposed:
        why = (
            "long_absence" if child.habit == "long_absent" else "transferred_in" if child.entry != "first" else "other"
        )
        for viewpoint, letter in zip(VIEWPOINTS, proposed, strict=True):
            yield Decided(child, term, viewpoint, None, letter, unrated=why)
        if graded:
            yield Decided(child, term, "", None, None, unrated=why)
        return
    letters = list[str]()
    for viewpoint, letter in zip(VIEWPOINTS, proposed, strict=True):
        assert letter is not None
        value, reason = _overridden(letter, chance)
        letters.append(value)
        yield Decided(child, term, viewpoint, value, letter, reason)
    if graded:
        entry = usual.ratings(STAGE, ways)["".join(sorted(letters))]
        yield _grade(child, term, entry, chance)


def _overridden(letter: str, chance: Random) -> tuple[str, str | None]:
    """The teacher's letter: mostly the proposal, sometimes a neighbour with a reason."""
    if chance.random() >= OVERRIDDEN:
        return letter, None
    up = letter == "C" or (letter == "B" and chance.random() < 0.7)
    return chr(ord(letter) + (-1 if up else 1)), _reason("override_up" if up else "override_down", chance)


def _grade(child: Child, term: int, entry: tuple[int, tuple[int, ...]], chance: Random) -> Decided:
    """評定 as the board's table has it; where two are allowed, now and then the other one."""
    default, allowed = entry
    others = [value for value in allowed if value != default]
    if not others or chance.random() >= OVERRIDDEN:
        return Decided(child, term, "", default, default)
    return Decided(
        child, term, "", others[0], default, _reason("grade_up" if others[0] > default else "grade_down", chance)
    )


def _reason(kind: str, chance: Random) -> str:
    return chance.choice([row["text"] for row in table("notes") if row["kind"] == kind])
