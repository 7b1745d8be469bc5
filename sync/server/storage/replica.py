"""A streaming replica that pulls may be read from, whenever it knows of a school all that the database itself knows.

That is asked anew for every page, so that a reader always finds its own writes, whatever has woken it, and no right
that has ended; a page costs the database one row instead of thousands.
"""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from sync.protocol.errors import ServerBusy
from sync.server.storage import partitions
from sync.server.storage.engines import Database

AWAY_S: Final = 10.0
"""How long a replica that could not be reached is left alone: asking it costs every reader time."""


@dataclass(slots=True)
class Replica:
    """A read-only copy of `primary` that lags behind it. now: seconds that only move forward."""

    primary: Database
    database: Database
    now: Callable[[], float] = time.monotonic
    _away_until: float = 0.0

    @contextmanager
    def reading(self, school: str) -> Generator[Connection | None]:
        """One snapshot in which a partition is at least as new as in the database at this moment; None where it is not.

        Raises ServerBusy where the replica is not to be had; it is then left alone for a while.
        """
        if self.now() < self._away_until:
            yield None
            return
        with self.primary.reading() as connection:
            known = partitions.seq(connection, school)
        try:
            with self.database.reading() as connection:
                yield connection if _covers(partitions.seq(connection, school), known) else None
        except ServerBusy:
            self._away_until = self.now() + AWAY_S
            raise

    def close(self) -> None:
        """Close every connection."""
        self.database.close()


def _covers(here: tuple[str, int] | None, known: tuple[str, int] | None) -> bool:
    """Whether one state of a partition holds all of another; by epoch and seq."""
    return here is not None and known is not None and here[0] == known[0] and here[1] >= known[1]
