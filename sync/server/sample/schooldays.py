"""What every date of the sample school's year is, and the days on which classes were closed (R04, R05, R25)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sync.server.holidays import DAY, SATURDAY, national_holidays
from sync.server.sample.children import Roster
from sync.server.sample.plan import Marks
from sync.server.sample.premise import Premise, SampleRecord
from sync.server.sample.roster import DEMO_CLASS
from sync.server.sample.words import table

TYPHOON: Final = (9, 10)
"""The whole school is closed on the first school day from here on."""
ILL_FOR, ILL_AGO = 2, 14
"""The class of the demo was closed for so many school days, so many school days ago."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a class had no school on a school day."""

    counts_as: str
    cause: str


Closures = Mapping[str, Mapping[date, Closed]]
"""By code of the class and date."""


def closures(premise: Premise, roster: Roster) -> Closures:
    """Closures before today; none where marks are not those a school keeps."""
    past = premise.calendar.until(premise.today)
    if premise.plan.marks is not Marks.KEPT:
        return {}
    stormy = [day for day in past if day >= date(premise.year, *TYPHOON)][:1]
    ill = past[-ILL_AGO:][:ILL_FOR] if len(past) > 3 * ILL_AGO else ()
    found: dict[str, dict[date, Closed]] = {}
    for room in roster.rooms:
        days = dict.fromkeys(stormy, Closed("less_school_days", "typhoon"))
        if room.key == DEMO_CLASS:
            days |= dict.fromkeys(ill, Closed("suspension", "influenza"))
        found[room.code] = days
    return found


def closure_records(premise: Premise, closed: Closures) -> Iterator[SampleRecord]:
    """閉鎖・休業, whole days."""
    for class_, days in closed.items():
        for day, why in days.items():
            yield premise.keyed(
                "closure",
                class_=class_,
                date=day.isoformat(),
                counts_as=why.counts_as,
                cause=why.cause,
                part="day",
            )


def school_day_records(premise: Premise) -> Iterator[SampleRecord]:
    """授業日: every date of the year, with what it is called where it has a name."""
    year, days = premise.year, frozenset(premise.calendar.days)
    titles = {event.day: event.title for event in premise.calendar.events}
    national = national_holidays(year) | national_holidays(year + 1)
    away = {day: row["title"] for row in table("breaks") for day in _between(year, row["from"], row["to"])}
    day = date(year, 4, 1)
    while day <= date(year + 1, 3, 31):
        if day in days:
            kind, title = ("makeup" if day.weekday() >= SATURDAY else "school_day"), titles.get(day)
        else:
            kind, title = "holiday", "祝日" if day in national else away.get(day)
        yield premise.keyed("school_day", date=day.isoformat(), kind=kind, title=title)
        day += DAY


def _between(year: int, first: str, last: str) -> Iterator[date]:
    day, end = _within(year, first), _within(year, last)
    while day <= end:
        yield day
        day += DAY


def _within(year: int, month_day: str) -> date:
    month, day = map(int, month_day.split("-"))
    return date(year if month >= 4 else year + 1, month, day)
