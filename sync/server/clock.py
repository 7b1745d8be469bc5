"""The server's clock, handed in where it is needed, and the two forms of a moment that are stored and sent."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

Clock = Callable[[], datetime]
"""Gives the moment now, in UTC."""

TOKYO: Final = timezone(timedelta(hours=9), "Asia/Tokyo")
"""The zone whose days grants are counted in; Japan has had no summer time since 1951."""


def system_clock() -> datetime:
    """The moment by this machine's clock."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as it travels: UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def day(moment: datetime) -> str:
    """The day in Japan at that moment, `2026-11-25`."""
    return moment.astimezone(TOKYO).date().isoformat()


def unix_ms(moment: datetime) -> int:
    """Milliseconds since 1970: how sessions and tokens count time."""
    return int(moment.timestamp() * 1000)
