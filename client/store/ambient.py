"""What a store takes from the computer it runs on: the time, and ids nobody else makes."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from time import time_ns

from sync.records.ids import v7

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The computer's clock, in UTC."""
    return datetime.now(UTC)


def fresh_id() -> str:
    """A new UUIDv7 from the clock and the system's random source."""
    return v7(time_ns() // 1_000_000, secrets.randbits(80))
