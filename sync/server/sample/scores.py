"""Results of children, with the gaps of a teacher's book: missed, excused, not handed in, not entered yet."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from typing import Any, Final

from sync.server.sample.attendance import Marked
from sync.server.sample.children import Child
from sync.server.sample.evidence import Item, Part, is_demo
from sync.server.sample.premise import Premise, SampleRecord
from sync.server.sample.staffing import Lesson
from sync.server.sample.talent import Talents, points
from sync.server.sample.words import table

AWAY: Final = frozenset({"ABSENT_SICK", "ABSENT_ACCIDENT", "SUSPEND", "MOURNING", "EXEMPT_PRESENT"})
HANDED_IN: Final = frozenset({"work", "notes", "reflection"})
ENTERED: Final = (0.0, 0.45, 0.8, 0.95)
"""Share of a class entered so many school days after the day itself; all of it later."""


@dataclass(frozen=True, slots=True)
class Result:
    """What stands in a cell: a state, and a value scaled by 100 where it is scored."""

    part: Part
    child: Child
    state: str
    value: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """What a teacher's entries depend on besides the lesson."""

    premise: Premise
    marked: Marked
    talents: Talents


def results(book: Book, lesson: Lesson, sitting: tuple[Child, ...], made: tuple[Item, ...]) -> Iterator[Result]:
    """Every filled cell of a course, item by item, children by number. A child not enrolled on the day has none."""
    chance = book.premise.chance("scores", lesson.code)
    for item in made:
        hardness = chance.gauss(0.0, 0.7)
        here = [child for child in sitting if child.here(item.day)]
        for child in _entered(book.premise, lesson, item, here, chance):
            skills = book.talents.skills(child, lesson.subject)
            gap = _gap(book, item, child, skills, chance)
            for part in item.parts:
                if gap == "":
                    value = points(skills[part.viewpoint], item, part, hardness, chance)
                    yield Result(part, child, "scored", value, _note(lesson, child, item, book.marked, chance))
                else:
                    yield Result(part, child, gap)


def score_records(premise: Premise, lesson: Lesson, entered: Iterable[Result]) -> Iterator[SampleRecord]:
    """Filled cells as records."""
    code = lesson.code
    for result in entered:
        fields: dict[str, Any] = {"evidence_part": result.part.id, "pupil": result.child.id, "@lesson": code}
        fields["state"] = result.state
        if result.value is not None:
            fields["value"] = result.value
        if result.note is not None:
            fields["note"] = result.note
        yield premise.keyed_on_wire("score", fields)


def _entered(premise: Premise, lesson: Lesson, item: Item, here: list[Child], chance: Random) -> list[Child]:
    """Children whose cell has been filled: none before the day, then from the top of the list down."""
    if item.day >= premise.today:
        return []
    days = premise.calendar.days
    since = bisect_left(days, premise.today) - bisect_right(days, item.day)
    if is_demo(lesson):
        return [child for child in here if since or child.number not in _awaited()]
    share = 1.0 if since >= len(ENTERED) else min(1.0, ENTERED[since] + chance.uniform(-0.1, 0.1))
    return here[: round(len(here) * max(0.0, share))]


def _awaited() -> frozenset[int]:
    return frozenset(int(row["number"]) for row in table("class_3_2") if row["awaits"])


def _gap(book: Book, item: Item, child: Child, skills: Mapping[str, float], chance: Random) -> str:
    """The state that stands where there is no result; empty where there is one."""
    throw = chance.random()
    if _away(book.marked, child, item.day):
        recent = (book.premise.today - item.day).days <= 10
        made_up = 0.12 if child.habit == "long_absent" else 0.0 if recent else 0.7
        return "" if throw < made_up else "pending" if recent and throw > 0.5 else "absent"
    if item.kind in HANDED_IN:
        careless = 0.05 if skills["attitude"] < -1.0 else 0.006
        return "not_submitted" if throw < careless else "pending" if throw > 0.998 else ""
    if child.group and item.title.startswith("漢字"):
        return "excluded" if throw < 0.4 else ""
    return "excluded" if throw < 0.001 else "not_done" if throw > 0.9985 else ""


def _away(marked: Marked, child: Child, day: date) -> bool:
    mark = marked[child.id].get(day)
    return mark is not None and mark.mark in AWAY


def _note(lesson: Lesson, child: Child, item: Item, marked: Marked, chance: Random) -> str | None:
    if _away(marked, child, item.day):
        return "別の日に実施" if chance.random() < 0.6 else None
    if chance.random() > 0.004 or not _notes(lesson.subject, item.kind):
        return None
    return chance.choice(_notes(lesson.subject, item.kind))


@cache
def _notes(subject: str, kind: str) -> Sequence[str]:
    rows = [row for row in table("notes") if row["kind"] == "score" and kind in row["of"].split()]
    return [row["text"] for row in rows if not row["subject"] or subject in row["subject"].split()]
