"""What counts as due, and what is worth a word: pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from client.today.record import Work
from client.workspace import SyncStatus

RESULTS_DAYS: Final = 30
"""So long before a term ends the letters of its viewpoints are asked for."""
NOTICE_COUNT, NOTICE_AGE, ALARM_AGE = 50, timedelta(hours=24), timedelta(days=3)
"""From so many waiting changes, or after so long, they are told; after the last, loudly (ux.md 5.3)."""
SATURDAY: Final = 5


def due(works: Iterable[Work], day: date) -> list[Work]:
    """Works that should be filled by now: given on this day or before, or begun; the oldest first."""
    iso = day.isoformat()
    held = [work for work in works if work.begun or (work.date is not None and work.date <= iso)]
    return sorted(held, key=lambda work: (work.date or iso, work.unit, work.title, work.part))


def by_lesson(works: Iterable[Work]) -> Mapping[str, list[Work]]:
    """Works by course."""
    found: dict[str, list[Work]] = {}
    for work in works:
        found.setdefault(work.lesson, []).append(work)
    return found


def filled(works: Sequence[Work]) -> tuple[int, int]:
    """(cells with a value, cells) of these works."""
    return sum(work.filled for work in works), sum(work.pupils for work in works)


def is_term_near_end(end: str, day: date) -> bool:
    """Whether a term that ends on this ISO day is near its end, or over."""
    return day + timedelta(days=RESULTS_DAYS) >= date.fromisoformat(end)


def is_school_day(day: date, terms: Iterable[tuple[str, str]]) -> bool:
    """Whether classes may meet: a weekday inside a term, given as (first, last) ISO days."""
    iso = day.isoformat()
    return day.weekday() < SATURDAY and any(first <= iso <= last for first, last in terms)


def is_worth_telling(status: SyncStatus, now: datetime) -> bool:
    """Whether what waits is so much, or so old, that somebody should know."""
    return status.waiting >= NOTICE_COUNT or age(status, now) >= NOTICE_AGE


def is_alarming(status: SyncStatus, now: datetime) -> bool:
    """Whether something has waited for so long that somebody should act."""
    return age(status, now) >= ALARM_AGE


def age(status: SyncStatus, now: datetime) -> timedelta:
    """How long the oldest change has waited; nothing where none does."""
    if not status.waiting or status.oldest_waiting is None:
        return timedelta()
    return now - datetime.fromisoformat(status.oldest_waiting)
