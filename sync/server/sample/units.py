"""When a class learns what: units of a subject laid into the school days of the year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Final

from sync.server.sample.calendar import SchoolCalendar, TermSpan
from sync.server.sample.premise import Premise
from sync.server.sample.staffing import Lesson
from sync.server.sample.words import table

END: Final = (date.max, "", "")
BEFORE_TERM_END: Final = 4
"""School days at the end of a term in which no new test is held: report cards are being written."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a subject. `kind` tells assessments and remarks what it is about; `days` are its school days."""

    title: str
    kind: str
    term: TermSpan
    days: tuple[date, ...]

    @property
    def start(self) -> date:
        """Its first day."""
        return self.days[0]


def units(premise: Premise, lesson: Lesson) -> tuple[Unit, ...]:
    """The year's units of a course in order; classes differ by a day or two."""
    chance = premise.chance("units", lesson.code)
    planned = _planned(lesson.subject, lesson.room.grade)
    starts = list[tuple[date, str, str]]()
    for month in dict.fromkeys(month for month, _, _ in planned):
        days = _days_of(premise.calendar, month)
        inside = [(kind, title) for each, kind, title in planned if each == month]
        for place, (kind, title) in enumerate(inside):
            starts.append(
                (days[min(len(days) - 1, len(days) * place // len(inside) + chance.randrange(3))], kind, title)
            )
    starts.sort()
    away = _away(premise.calendar, lesson.room.grade)
    laid = (
        _laid(premise.calendar, away, *each, end) for each, (end, *_) in zip(starts, [*starts[1:], END], strict=False)
    )
    return tuple(unit for unit in laid if len(unit.days) > 2)


@cache
def _planned(subject: str, grade: int) -> Sequence[tuple[int, str, str]]:
    rows = (row for row in table("units") if row["subject"] == subject and int(row["grade"]) == grade)
    return [(int(row["month"]), row["kind"], row["title"]) for row in rows]


@cache
def _days_of(calendar: SchoolCalendar, month: int) -> Sequence[date]:
    """School days of a month, without the first three of the year."""
    return [day for day in calendar.days[3:] if day.month == month]


@cache
def _away(calendar: SchoolCalendar, grade: int) -> frozenset[date]:
    """Days without lessons: a whole-school Saturday, a trip of the grade. Nobody is tested then."""
    events = (
        event for event in calendar.events if event.on_saturday or (event.talk == "trip" and grade in event.grades)
    )
    return frozenset(event.day for event in events)


def _laid(calendar: SchoolCalendar, away: frozenset[date], start: date, kind: str, title: str, end: date) -> Unit:
    term = calendar.term_of(start)
    last = term.days[-BEFORE_TERM_END]
    days = tuple(day for day in term.days if start <= day < end and day <= last and day not in away)
    return Unit(title, kind, term, days)


def spread(days: Sequence[date], count: int) -> list[date]:
    """`count` of these days, spread from about a third to the last, in order."""
    last = len(days) - 1
    places = [last if count == 1 else round(last * (0.3 + 0.7 * place / (count - 1))) for place in range(count)]
    assert all(a <= b for a, b in pairwise(places))
    return [days[place] for place in places]
