"""The year of the sample school: breaks, events, school days and terms (R24, R25)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sync.server.csv_tables import numbers
from sync.server.holidays import DAY, SATURDAY, national_holidays
from sync.server.masters import usual
from sync.server.sample.words import table


@dataclass(frozen=True, slots=True)
class Event:
    """A day children remember. `talk` says how a remark may speak of it: show, trip, meeting, or not at all."""

    day: date
    title: str
    grades: tuple[int, ...]
    talk: str
    on_saturday: bool


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term: `no` 1 and up; `days` are its school days."""

    no: int
    name: str
    start: date
    end: date
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SchoolCalendar:
    """One school year, told apart by identity. `days` are all school days; `terms` cover the year without a gap."""

    year: int
    days: tuple[date, ...]
    terms: tuple[TermSpan, ...]
    events: tuple[Event, ...]

    def term_of(self, day: date) -> TermSpan:
        """The term a day of the year lies in. Raises StopIteration for a day of another year."""
        return next(term for term in self.terms if term.start <= day <= term.end)

    def until(self, day: date) -> tuple[date, ...]:
        """School days before `day`."""
        return tuple(each for each in self.days if each < day)

    def finished(self, today: date) -> tuple[TermSpan, ...]:
        """Terms whose last school day lies behind."""
        return tuple(term for term in self.terms if term.days[-1] < today)


@cache
def calendar(year: int, term_count: int, ways: str = usual.USUAL) -> SchoolCalendar:
    """The school year `year` in two or three terms. ways: the folder of the board's tables."""
    events = tuple(_events(year))
    days = tuple(_school_days(year, events))
    terms = tuple(_span(fields, days) for _, fields in usual.terms(year, term_count, ways) if fields["no"])
    return SchoolCalendar(year, days, terms, events)


def _span(term: Mapping[str, Any], days: tuple[date, ...]) -> TermSpan:
    start, end = date.fromisoformat(term["start"]), date.fromisoformat(term["end"])
    return TermSpan(term["no"], term["name"], start, end, tuple(day for day in days if start <= day <= end))


def _within(year: int, month: int, day: int) -> date:
    """That day of the school year."""
    return date(year if month >= 4 else year + 1, month, day)


def _events(year: int) -> Iterator[Event]:
    """Events of the table; one of a Saturday moves to the Saturday before, any other to a working day before."""
    holidays = national_holidays(year) | national_holidays(year + 1)
    for row in table("events"):
        day = _within(year, int(row["month"]), int(row["day"]))
        on_saturday = row["saturday"] == "yes"
        while day in holidays or (day.weekday() != SATURDAY if on_saturday else day.weekday() >= SATURDAY):
            day -= DAY
        yield Event(day, row["title"], numbers(row["grades"]), row["talk"], on_saturday)


def _school_days(year: int, events: tuple[Event, ...]) -> Iterator[date]:
    closed = national_holidays(year) | national_holidays(year + 1)
    saturdays = {event.day for event in events if event.on_saturday}
    instead = set[date]()
    for saturday in saturdays:
        monday = saturday + 2 * DAY
        while monday in closed:
            monday += DAY
        instead.add(monday)
    breaks = [(_day(year, row["from"]), _day(year, row["to"])) for row in table("breaks")]
    day = date(year, 4, 1)
    while day <= date(year + 1, 3, 31):
        working = day.weekday() < SATURDAY and day not in closed and day not in instead
        if (working or day in saturdays) and not any(start <= day <= end for start, end in breaks):
            yield day
        day += DAY


def _day(year: int, month_day: str) -> date:
    month, day = month_day.split("-")
    return _within(year, int(month), int(day))
