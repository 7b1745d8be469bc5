"""When a `desk` lease may be used: school hours of open days, so that an outage stops no school and a weekend is none.

Closed are Saturdays, Sundays and national holidays. A school's own closed days are no records yet.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sync.server.clock import TOKYO
from sync.server.holidays import DAY, SATURDAY, national_holidays
from sync.server.settings import DeskHours


class Span(NamedTuple):
    """From and until, Unix seconds."""

    since: int
    until: int


def is_open(day: date) -> bool:
    """Whether schools are open on this day."""
    return day.weekday() < SATURDAY and day not in national_holidays(day.year)


def desk_end(now: datetime, hours: DeskHours) -> datetime:
    """When a lease given now ends: carried over closed days to the end of the next open one, but not for ever."""
    end = now + timedelta(hours=hours.hours)
    day = end.astimezone(TOKYO).date()
    if not is_open(day):
        while not is_open(day):
            day += DAY
        end = datetime.combine(day, hours.closes, TOKYO)
    return min(end, now + timedelta(hours=hours.most_hours))


def desk_windows(now: datetime, end: datetime, hours: DeskHours) -> list[Span]:
    """When a lease given now may be used without the server, in order, none touching the next."""
    windows: list[Span] = []
    for since, until in sorted(_spans(now, end, hours)):
        span = Span(int(max(since, now).timestamp()), int(min(until, end).timestamp()))
        if span.since >= span.until:
            continue
        if windows and span.since <= windows[-1].until:
            windows[-1] = Span(windows[-1].since, max(windows[-1].until, span.until))
        else:
            windows.append(span)
    return windows


def _spans(now: datetime, end: datetime, hours: DeskHours) -> Iterator[tuple[datetime, datetime]]:
    yield now, now + timedelta(minutes=hours.after_contact_min)
    day = now.astimezone(TOKYO).date()
    while day <= end.astimezone(TOKYO).date():
        if is_open(day):
            yield datetime.combine(day, hours.opens, TOKYO), datetime.combine(day, hours.closes, TOKYO)
        day += DAY
