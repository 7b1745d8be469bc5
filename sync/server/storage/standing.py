"""What a push looks up at its school each time and nearly never changes, as it stands at one seq."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sync.server.storage.partitions import Partition

Sums = Mapping[tuple[int, str], tuple[int, int]]
"""{(scope number, data class): (sum of row hashes, rows)}."""

_SCHOOLS_MAX: Final = 2_000
"""Schools of which one process remembers this; a few kB each."""


class Standing(NamedTuple):
    """What holds at exactly this seq of this epoch. sealed: school years; sums: of some of the scopes."""

    epoch: str
    seq: int
    sealed: frozenset[str]
    sums: Sums


class StandingCache:
    """What this process knows of schools since its last push to them; safe for threads, for nothing in it changes.

    Every change raises the seq, so that nothing remembered outlives a change, another process's either.
    """

    def __init__(self) -> None:
        self._schools: dict[str, Standing] = {}

    def read(self, partition: Partition) -> Standing | None:
        """What is known of a locked partition."""
        known = self._schools.get(partition.school)
        fits = known is not None and (known.epoch, known.seq) == (partition.epoch, partition.seq)
        return known if fits else None

    def remember(self, school: str, standing: Standing) -> None:
        """Keep what a transaction has left; only after its commit."""
        if len(self._schools) >= _SCHOOLS_MAX and school not in self._schools:
            self._schools.clear()
        self._schools[school] = standing
