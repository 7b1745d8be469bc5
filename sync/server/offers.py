"""Which scope sets of a load can be given as chunks: only such as nothing has left, and that are not far behind.

What has changed in a set since it was packed comes with the merge, which therefore has to begin earlier, for all scopes
of the load. So a snapshot is worth it only while that brings far fewer rows again than it spares.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

from sqlalchemy import Connection

from sync.records.field import INT_MAX
from sync.server.reading import Place, Reading
from sync.server.storage.intset import members
from sync.server.storage.many import Stand
from sync.server.storage.names import Names
from sync.server.storage.partitions import Partition
from sync.server.storage.snapshots import Kept
from sync.server.storage.store import Storage

_LOOKED_AT: Final = 256
"""Chunks looked at for one page."""
_SETS: Final = 300
"""Sets they are looked for in."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A packed set. base: up to which seq it is known to be the state; parts: what is to come, in order."""

    base: int
    parts: Sequence[Sequence[Kept]]


@dataclass(frozen=True, slots=True)
class Offers:
    """{number of a set: what is offered of it}; of sets behind `last` nothing is known."""

    offers: Mapping[int, Offer]
    last: int


NOTHING: Final = Offers({}, INT_MAX)


def offers(reading: Reading, place: Place, sets: Sequence[int]) -> Offers:
    """What can be given of these sets, ascending, from the place on."""
    newest, last = _newest(reading, sets)
    packed = Packed(reading.storage, reading.connection, reading.partition, reading.names)
    seqs = {number: kept[0].seq for number, kept in newest.items()}
    bases = packed.bases(seqs)
    chosen = _worth_it(reading, place.top, newest, bases)
    gone = packed.gone({number: seqs[number] for number in chosen}, bases)
    found = {number: Offer(bases[number], _parts(newest[number])) for number in chosen if number not in gone}
    first = place.behind[0]
    if first in found and place.behind[1]:
        rest = _rest(found[first], place.behind[1:])
        if rest is None:
            del found[first]
        else:
            found[first] = rest
    return Offers(found, last)


@dataclass(frozen=True, slots=True)
class Packed:
    """What has become of packed sets, as one transaction sees it. seqs: {set: seq of its snapshot}.

    Whatever happens to a row is noted at all scopes of its set; so before the last of them was first touched, nothing
    has happened in the set.
    """

    storage: Storage
    connection: Connection
    partition: Partition
    names: Names

    def bases(self, seqs: Mapping[int, int]) -> dict[int, int]:
        """Up to which seq each snapshot is known to be the state of its set."""
        stands = self._stands(seqs)
        if not stands:
            return {}
        firsts = self.storage.snapshots.first_touched(self.connection, self.partition.school, stands)
        scopes = Counter(number for number, _, _ in stands)
        return {
            number: max(firsts[number]) - 1 if len(firsts[number]) == scopes[number] else self.partition.seq
            for number in seqs
        }

    def gone(self, seqs: Mapping[int, int], bases: Mapping[int, int]) -> set[int]:
        """The sets that a row has left, or in which one was deleted: nobody may read it here any more (I7)."""
        stands = self._stands({number: seq for number, seq in seqs.items() if bases[number] < self.partition.seq})
        return self.storage.snapshots.gone(self.connection, self.partition.school, stands) if stands else set()

    def _stands(self, seqs: Mapping[int, int]) -> list[Stand]:
        return [(number, scope, seq) for number, seq in seqs.items() for scope in members(self.names.sets[number - 1])]


def _newest(reading: Reading, sets: Sequence[int]) -> tuple[dict[int, list[Kept]], int]:
    """The newest snapshot of each set that has one, and the last set of which it is known."""
    partition, asked = reading.partition, sets[:_SETS]
    last = INT_MAX if len(asked) == len(sets) else asked[-1]
    state = (partition.epoch, partition.tomb_floor)
    chunks = reading.storage.snapshots.kept(reading.connection, partition.school, state, asked, _LOOKED_AT)
    found: dict[int, list[Kept]] = {}
    for number, group in groupby(chunks, key=attrgetter("place")):
        of_set = list(group)
        found[number] = [chunk for chunk in of_set if chunk.seq == of_set[0].seq]
    if len(chunks) == _LOOKED_AT:  # what was read of the last set may not be all of it
        number = chunks[-1].place
        del found[number]
        last = number - 1 if found else number
    return found, last


def _worth_it(reading: Reading, top: int, newest: Mapping[int, Sequence[Kept]], bases: Mapping[int, int]) -> list[int]:
    """The sets whose snapshots spare more than they cost. top: from where the load merges anyway."""
    refused = -1
    chosen: list[int] = []
    for number, kept in newest.items():
        base = bases[number]
        if base >= top:
            chosen.append(number)
        elif base > refused:
            most = sum(chunk.rows for chunk in kept) // reading.storage.chunking.spared
            again = reading.storage.snapshots.touched(
                reading.connection, reading.partition.school, reading.since, base, most + 1
            )
            if again <= most:
                chosen.append(number)
                top = base
            else:
                refused = base
    return chosen


def _parts(kept: Sequence[Kept]) -> list[list[Kept]]:
    """The chunks of each part."""
    return [list(group) for _, group in groupby(kept, key=attrgetter("part"))]


def _rest(offer: Offer, behind: tuple[str, str]) -> Offer | None:
    """What follows the part that ends at a key; None where none does: the page before was not cut by this snapshot."""
    for index, part in enumerate(offer.parts):
        if (part[-1].last_type, part[-1].last_id) == behind:
            return Offer(offer.base, offer.parts[index + 1 :])
    return None
