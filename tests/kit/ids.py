"""Ids that are new and in order, and the same in every run."""

import threading
from dataclasses import dataclass, field

from sync.records.ids import v7

FIRST_MS = 1_795_000_000_000


@dataclass(slots=True)
class CountedIds:
    """Call it for the next UUIDv7. `maker` sets the ids of two devices of one test apart."""

    maker: int = 0
    count: int = 0
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def __call__(self) -> str:
        """The next id."""
        with self._turn:
            self.count += 1
            return v7(FIRST_MS + self.count, self.maker << 64 | self.count)
