"""The server's settings, read once at start and handed to whoever needs them."""

from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Final

from sync.records.media import FILE_MAX
from sync.server.permit_rules import TakeoutRules

LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a long poll is kept open, in seconds, how often other processes' pushes are looked for, and how long
    pushes of one school are gathered before those who wait are told of them together.
    """

    wait_min_s: float = 25.0
    wait_max_s: float = 50.0
    look_s: float = 0.5
    gather_s: float = 0.2


@dataclass(frozen=True, slots=True)
class TokenTimes:
    """How long tokens live, in seconds (security.md 9.1, 9.3)."""

    access_s: int = 300
    refresh_s: int = 7 * 86_400
    absolute_s: int = 14 * 86_400
    retry_s: int = 60


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What attached files may take: bytes of one, bytes a member of staff may have here that no record of theirs refers
    to, and for how many days a file is kept that nothing refers to any more.

    kept_days is longer than devices keep what they have said, so that what is undone, decided or told again after a
    restore finds its files.
    """

    largest: int = FILE_MAX
    unused: int = 5 * FILE_MAX
    kept_days: int = 60
    idle_days: int = 7


@dataclass(frozen=True, slots=True)
class DeskHours:
    """How long a device may be used without the server, in hours, and when: while schools are open, by the clock of
    Japan, and for some minutes after each contact (security.md 4, 15).
    """

    hours: int = 24
    most_hours: int = 96
    opens: time = time(7)
    closes: time = time(19)
    after_contact_min: int = 60


@dataclass(frozen=True, slots=True)
class Settings:
    """What one server process is told.

    data: folder of the embedded database. database: URL of another one. demo: the demo's own identity provider exists
    and bearer tokens are taken; only on this very computer, only with a sample school. address: where clients reach
    this server, without a slash at the end. keys: folder of the keys that sign leases; without it none are given.
    takeout: what the board allows in take-outs.
    """

    data: Path
    database: str | None = None
    demo: bool = False
    address: str = "http://127.0.0.1"
    patience: Patience = field(default_factory=Patience)
    tokens: TokenTimes = field(default_factory=TokenTimes)
    files: FileLimits = field(default_factory=FileLimits)
    desk: DeskHours = field(default_factory=DeskHours)
    keys: Path | None = None
    takeout: TakeoutRules = field(default_factory=TakeoutRules)


class Refusal(Exception):
    """The server will not start like this; the text says why."""


def check_demo(database: str | None, host: str) -> None:
    """Refuse a demo that others could reach or that could meet real data. Raises Refusal."""
    if database is not None:
        raise Refusal("--demo works on its own embedded database only, never on --database")
    if host not in LOOPBACK:
        raise Refusal(f"--demo listens on this computer only, not on {host}")
