"""What a course is judged by: tests, works, observations of each unit, and the viewpoints each counts for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sync.server.csv_tables import Row
from sync.server.sample.premise import Premise, SampleRecord, new_id
from sync.server.sample.roster import DEMO_CLASS
from sync.server.sample.staffing import Lesson
from sync.server.sample.units import Unit, spread, units
from sync.server.sample.words import table

DEMO_SUBJECT = "math"
SETTLED_DAYS = 4
"""School days a unit of the demo's course has run before it is the current one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One viewpoint of a piece of evidence; maximum and weight scaled by 100."""

    id: str
    viewpoint: str
    max: int
    weight: int

    @property
    def letters(self) -> bool:
        """Whether it is given as a letter: three, two or one of three points."""
        return self.max == 3_00


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of evidence of a unit on a day, its results in steps of `step` points."""

    id: str
    unit: Unit
    kind: str
    title: str
    day: date
    step: int
    parts: tuple[Part, ...]


def items(premise: Premise, lesson: Lesson) -> tuple[Item, ...]:
    """Evidence of all units up to the current one, whose columns are all there already, in order of days.

    At the start of a term, and in a break, the current unit is the one to come.
    """
    chance = premise.chance("evidence", lesson.code)
    laid = units(premise, lesson)
    demo = is_demo(lesson)
    begun = [unit for unit in laid if _has_begun(premise, unit, demo)]
    term = premise.calendar.term_of(premise.today)
    coming = [unit for unit in laid if unit.term.no >= term.no and unit not in begun][:1]
    if begun and begun[-1].term is term:
        coming = []
    made = [item for unit in begun + coming for item in _of_unit(premise, lesson, unit, chance)]
    if demo and begun and not coming:
        made = _brought_up(premise, made, begun[-1])
    return tuple(made)


def is_demo(lesson: Lesson) -> bool:
    """Whether it is the course the guided tour opens."""
    return lesson.room.key == DEMO_CLASS and lesson.subject == DEMO_SUBJECT


def evidence_records(premise: Premise, lesson: Lesson, made: tuple[Item, ...]) -> Iterator[SampleRecord]:
    """Evidence, then its parts. That of a finished term is closed."""
    finished = premise.calendar.finished(premise.today)
    for item in made:
        yield premise.made(
            "evidence",
            item.id,
            at_lesson=lesson.code,
            course=lesson.code,
            term=f"{premise.year}-{item.unit.term.no}",
            title=item.title,
            kind=item.kind,
            date=item.day.isoformat(),
            unit_name=item.unit.title,
            closed=item.unit.term in finished,
        )
    for item in made:
        for part in item.parts:
            yield premise.keyed(
                "evidence_part",
                evidence=item.id,
                viewpoint=part.viewpoint,
                at_lesson=lesson.code,
                max=part.max,
                weight=part.weight,
            )


def _has_begun(premise: Premise, unit: Unit, demo: bool) -> bool:
    if not demo:
        return unit.start <= premise.today
    return sum(day < premise.today for day in unit.days) >= SETTLED_DAYS or unit.days[-1] < premise.today


def _of_unit(premise: Premise, lesson: Lesson, unit: Unit, chance: Random) -> Iterator[Item]:
    rows = [row for row in table("assessments") if row["subject"] == lesson.subject and _fits(row, lesson, unit)]
    rows = [row for row in rows if chance.random() < float(row["rate"])]
    for row, day in zip(rows, spread(unit.days, len(rows)), strict=True):
        item_id = new_id(chance, min(day, premise.today) - timedelta(days=2))
        parts = tuple(_part(premise, item_id, cell) for cell in row["parts"].split())
        yield Item(item_id, unit, row["kind"], row["title"], day, int(row["step"]), parts)


def _fits(row: Row, lesson: Lesson, unit: Unit) -> bool:
    """Whether grade, month and kind of the unit are among those of the row; an empty cell means all."""
    facts = (("grades", str(lesson.room.grade)), ("months", str(unit.start.month)), ("units", unit.kind))
    return all(not row[column] or fact in row[column].split() for column, fact in facts)


def _part(premise: Premise, evidence: str, cell: str) -> Part:
    viewpoint, points, weight = cell.split(":")
    record = premise.keyed("evidence_part", evidence=evidence, viewpoint=viewpoint)
    return Part(record.id, viewpoint, int(points) * 100, int(weight) * 100)


def _brought_up(premise: Premise, made: list[Item], current: Unit) -> list[Item]:
    """Moves the current unit's test to the last school day: it is being entered, what follows is still to come."""
    past = premise.calendar.until(premise.today)
    later = [day for day in premise.calendar.days if day >= premise.today and day in current.term.days] or [past[-1]]
    test = next(place for place, item in enumerate(made) if item.unit is current and item.kind == "test")
    coming = [replace(item, day=later[min(place, len(later) - 1)]) for place, item in enumerate(made[test + 1 :])]
    return [*made[:test], replace(made[test], day=past[-1]), *coming]
