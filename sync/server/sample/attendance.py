"""A year of attendance: colds in runs, a wave of influenza in a class, a family's reasons, a child who hardly comes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from random import Random
from typing import Final

from sync.records.attendance import MARKS
from sync.server.masters import usual
from sync.server.sample.children import Child, Roster
from sync.server.sample.plan import Marks
from sync.server.sample.premise import Premise, SampleRecord, stamp
from sync.server.sample.schooldays import Closures
from sync.server.sample.staffing import Teacher

SEASON: Final = {4: 0.7, 5: 0.8, 6: 0.9, 7: 1.0, 8: 0.6, 9: 1.0, 10: 1.0, 11: 1.3, 12: 1.5, 1: 1.6, 2: 1.6, 3: 1.0}
"""How often a child falls ill in a month, against the mean."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is written for a child on a day."""

    mark: str
    late_at: str | None = None
    left_at: str | None = None
    source: str = "teacher"


PRESENT: Final = Mark("PRESENT")
Marked = Mapping[str, Mapping[date, Mark]]
"""Marks by pupil id and day; a day without one is a day at school."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a child is away: its mark, how likely it begins on a day, and how many school days it lasts."""

    mark: str
    chance: float
    lasts: tuple[int, ...]
    seasonal: bool = False
    from_grade: int = 1


CAUSES: Final = (
    Cause("ABSENT_SICK", 0.009, (1, 1, 1, 1, 2, 2, 3), seasonal=True),
    Cause("ABSENT_ACCIDENT", 0.0025, (1, 1, 1, 2)),
    Cause("SUSPEND", 0.0006, (3, 4, 5), seasonal=True),
    Cause("MOURNING", 0.0004, (1, 2, 3)),
    Cause("LATE", 0.004, (1,)),
    Cause("EARLY", 0.004, (1,), seasonal=True),
    Cause("LATE_EARLY", 0.0003, (1,)),
    Cause("EXEMPT_PRESENT", 0.0006, (1,), from_grade=4),
)
ANY: Final = sum(cause.chance for cause in CAUSES)
"""How likely anything begins on a day, before season and child."""


def marks(premise: Premise, roster: Roster) -> Marked:
    """Every mark of the school days before today, whatever the plan wants of them: tests are missed all the same."""
    days = premise.calendar.until(premise.today)
    waves = {room.code: tuple(_waves(premise, room.code, days)) for room in roster.rooms}
    return {child.id: _of_child(premise, child, days, waves[child.home]) for child in roster.children}


def attendance_records(premise: Premise, roster: Roster, marked: Marked, closed: Closures) -> Iterator[SampleRecord]:
    """Marks as records; with `Marks.EVERY_DAY` one for every pupil and past school day."""
    if premise.plan.marks is Marks.NONE:
        return
    days = premise.calendar.until(premise.today)
    for child in roster.children:
        own, classes = marked[child.id], child.classes
        wanted = [day for day in days if child.here(day)] if premise.plan.marks is Marks.EVERY_DAY else own
        shut = closed.get(child.home, {})
        for day in wanted:
            if day in shut:
                continue
            mark = own.get(day, PRESENT)
            yield premise.keyed(
                "attendance",
                pupil=child.id,
                date=day.isoformat(),
                at_classes=classes,
                mark=mark.mark,
                late_at=mark.late_at,
                left_at=mark.left_at,
                source=mark.source,
            )


def note_records(premise: Premise, roster: Roster, marked: Marked, closed: Closures) -> Iterator[SampleRecord]:
    """Reasons of marks, one that suits the mark; some were never told."""
    if premise.plan.marks is not Marks.KEPT:
        return
    reasons = [row for row in usual.table("codes") if row["set"] == "attendance_reason"]
    suits = {mark: [row["code"] for row in reasons if mark in row["attrs"].split()] for mark in MARKS}
    for child in roster.children:
        chance = premise.chance("reasons", child.home, child.number)
        for day, mark in marked[child.id].items():
            offered = suits[mark.mark]
            if day in closed.get(child.home, {}) or not offered or chance.random() < 0.25:
                continue
            reason = offered[min(chance.randrange(len(offered)), chance.randrange(len(offered)))]
            if child.habit == "long_absent" and mark.mark == "ABSENT_ACCIDENT":
                reason = "not_attending"
            heard = "app" if mark.source == "notice" else chance.choice(("phone", "visit"))
            yield premise.keyed(
                "attendance_note",
                pupil=child.id,
                date=day.isoformat(),
                at_classes=child.classes,
                reason=reason,
                heard_by=heard,
            )


def day_records(
    premise: Premise, roster: Roster, staff: Mapping[str, Teacher], closed: Closures
) -> Iterator[SampleRecord]:
    """Each class's past school days, taken in the morning by its teacher; today is still to be taken."""
    chance = premise.chance("taking")
    for room in roster.rooms:
        teacher = staff[room.key]
        shut = closed.get(room.code, {})
        for day in premise.calendar.until(premise.today):
            if day in shut:
                continue
            at = stamp(day, time(8, 30 + chance.randrange(25), chance.randrange(60)))
            yield premise.keyed(
                "attendance_day", class_=room.code, date=day.isoformat(), taken=True, by=teacher.id, at=at
            )


def _waves(premise: Premise, code: str, days: Sequence[date]) -> Iterator[tuple[date, float]]:
    """First days of infections in a class, with the share of children each catches."""
    chance = premise.chance("waves", code)
    for months, likely in (((6, 7), 0.2), ((11, 12), 0.6), ((1, 2), 0.7)):
        inside = [day for day in days if day.month in months]
        begins = chance.randrange(45)
        if chance.random() < likely and begins < len(inside):
            yield inside[begins], chance.uniform(0.08, 0.3)


def _of_child(
    premise: Premise, child: Child, days: Sequence[date], waves: tuple[tuple[date, float], ...]
) -> Mapping[date, Mark]:
    chance = premise.chance("attendance", child.home, child.number)
    here = [day for day in days if child.here(day)]
    if child.habit == "long_absent":
        return dict(_rarely(here, chance))
    own = dict[date, Mark]()
    frail, hurried = chance.gammavariate(2.0, 0.5), chance.gammavariate(1.5, 0.67)
    if child.habit == "late":
        hurried = 40.0
    for place, day in enumerate(here):
        cause = _begins(child.grade, day, frail, hurried, chance)
        if cause is not None and day not in own:
            for each in _run(here[place:], chance.choice(cause.lasts)):
                own[each] = _mark(cause.mark, chance)
    for first, share in waves:
        if chance.random() < share:
            later = [day for day in here if day >= first][chance.randrange(5) :]
            own |= dict.fromkeys(_run(later, chance.choice((3, 4, 4, 5))), Mark("SUSPEND"))
    if child.habit == "away_now":
        own |= {day: _mark("ABSENT_SICK", chance) for day in here[-3:]}
    return dict(sorted(own.items()))


def _run(days: Sequence[date], length: int) -> list[date]:
    """The first `length` of these school days, none more than a week after the first: an illness ends in a break."""
    return [day for day in days[:length] if (day - days[0]).days <= 7]


def _begins(grade: int, day: date, frail: float, hurried: float, chance: Random) -> Cause | None:
    """What keeps the child away from this day on, if anything: one throw for all causes."""
    throw = chance.random()
    season = SEASON[day.month] * frail
    if throw > ANY * max(1.0, season, hurried):
        return None  # on nearly every day
    for cause in CAUSES:
        likely = cause.chance * (season if cause.seasonal else 1.0)
        likely *= hurried if cause.mark == "LATE" else 1.0
        if throw < likely:
            return cause if grade >= cause.from_grade else None
        throw -= likely
    return None


def _rarely(here: Sequence[date], chance: Random) -> Iterator[tuple[date, Mark]]:
    """A child who stays away from some day of the first term on."""
    from_place = chance.randrange(40)
    for day in here[from_place:]:
        mark = chance.choices(("ABSENT_ACCIDENT", "LATE", "EXEMPT_PRESENT"), (90, 6, 4))[0]
        yield day, _mark(mark, chance)


def _mark(mark: str, chance: Random) -> Mark:
    late_at = _clock(chance, 8 * 60 + 35, 11 * 60) if mark in ("LATE", "LATE_EARLY") else None
    left_at = _clock(chance, 11 * 60 + 15, 14 * 60 + 40) if mark in ("EARLY", "LATE_EARLY") else None
    noticed = mark.startswith(("ABSENT", "LATE")) and chance.random() < 0.45
    return Mark(mark, late_at, left_at, "notice" if noticed else "teacher")


def _clock(chance: Random, first: int, last: int) -> str:
    """A time in five-minute steps; half of all come within the first hour."""
    minutes = first + min(chance.randrange(0, last - first, 5), chance.randrange(0, last - first, 5))
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
