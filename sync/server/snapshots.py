"""Snapshots at work: packing scope sets beside the requests, and giving chunks to whoever may read them.

No load waits for a chunk: what is not packed when it is looked for is read row by row, and packed for the next reader.
"""

import asyncio
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection

from sync.protocol.chunks import id_of, packed, text_of
from sync.protocol.errors import ChunkGone, Forbidden, ServerBusy
from sync.server.access import granted_to, readable
from sync.server.caller import Caller
from sync.server.clock import Clock, day
from sync.server.frames import Page
from sync.server.offers import Packed
from sync.server.storage import partitions
from sync.server.storage.intset import members
from sync.server.storage.names import Names
from sync.server.storage.pages import START, PlaceKey, Row
from sync.server.storage.partitions import Partition
from sync.server.storage.snapshots import Body
from sync.server.storage.store import Storage

_AT_ONCE: Final = 16
"""Sets packed in one transaction, for pushes wait meanwhile."""
_READ: Final = 2_000
_SCHOOLS_MAX: Final = 10_000
"""Schools whose sets wanted once are remembered; then it starts afresh."""
_SETTLE_S: Final = 0.2
"""A load asks for many sets within a short time."""

_Chunk = tuple[Any, ...]
"""Columns of a chunk's row in its table."""


def pack(storage: Storage, school: str, sets: Collection[int], clock: Clock) -> None:
    """Pack scope sets as they are now, unless that has just been done. Any number of processes may do so at once.

    Raises ServerBusy; what was packed before that stays.
    """
    numbers = sorted(sets)
    for start in range(0, len(numbers), _AT_ONCE):
        _pack(storage, school, numbers[start : start + _AT_ONCE], int(clock().timestamp() * 1000))


def _pack(storage: Storage, school: str, sets: Sequence[int], now: int) -> None:
    chunking = storage.chunking
    with storage.database.reading() as connection:
        partition = partitions.read(connection, school)
        if partition is None:
            return
        made = storage.snapshots.made(connection, school, partition.epoch, sets)
        due = [number for number in sets if made.get(number, 0) <= now - chunking.apart_s * 1000]
        names = storage.names.read(connection, partition)
        rows = [
            (school, number, partition.seq, *chunk[:2], partition.epoch, *chunk[2:-1], now, chunk[-1])
            for number in due
            for chunk in _chunks(storage, names, _rows(storage, connection, school, number))
        ]
    if rows:
        with storage.database.writing() as connection:
            storage.snapshots.store(connection, rows)
            storage.snapshots.forget(connection, school, partition.epoch, due, now - chunking.kept_s * 1000)


def _rows(storage: Storage, connection: Connection, school: str, number: int) -> Iterator[tuple[str, Row]]:
    """All rows of a set in the order in which they lie, each with its data class."""
    after: PlaceKey = (number, *START[1:])
    while True:
        found = storage.snapshots.rows(connection, school, after, _READ)
        for _, class_, row in found:
            yield class_, row
        if len(found) < _READ:
            return
        after = (number, found[-1][0], found[-1][2][2])


def _chunks(storage: Storage, names: Names, rows: Iterator[tuple[str, Row]]) -> Iterator[_Chunk]:
    """Part, class, id, last type and id, rows, bytes before and after compression, and the bytes of each chunk."""
    for number, part in enumerate(_parts(storage, rows)):
        layout, id_ = part[-1][1][1:3]
        last = (names.layouts[layout - 1].type, id_)
        for class_, group in groupby(sorted(part, key=itemgetter(0)), key=itemgetter(0)):
            page = Page(names)
            page.add(row for _, row in group)
            plain = text_of(page.texts())
            body = packed(plain)
            yield number, class_, id_of(body), *last, page.size, len(plain), len(body), body


def _parts(storage: Storage, rows: Iterator[tuple[str, Row]]) -> Iterator[list[tuple[str, Row]]]:
    """The rows, cut where a chunk is full."""
    part: list[tuple[str, Row]] = []
    text = 0
    for class_, row in rows:
        size = len(row[4].encode())
        if part and (len(part) == storage.chunking.rows or text + size > storage.chunking.text):
            yield part
            part, text = [], 0
        part.append((class_, row))
        text += size
    if part:
        yield part


@dataclass(slots=True)
class Packer:
    """Packs beside the requests of one process what these want. `run` must be running in the event loop."""

    storage: Storage
    clock: Clock
    _loop: asyncio.AbstractEventLoop | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _once: dict[str, set[int]] = field(default_factory=dict[str, set[int]])
    _wanted: dict[str, set[int]] = field(default_factory=dict[str, set[int]])
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def want(self, school: str, sets: Collection[int]) -> None:
        """Have scope sets packed soon, each at the second time it is wanted; from any thread.

        What one device alone loads would cost more to pack than to read.
        """
        if self._loop is None or self._loop.is_closed():
            return
        with self._guard:
            known = self._once.setdefault(school, set())
            again = known.intersection(sets)
            known.symmetric_difference_update(sets)
            if again:
                self._wanted.setdefault(school, set()).update(again)
            if len(self._once) > _SCHOOLS_MAX:
                self._once.clear()
        if again:
            self._loop.call_soon_threadsafe(self._news.set)

    async def run(self) -> None:
        """Pack what is wanted, one school after the other, until cancelled."""
        self._loop = asyncio.get_running_loop()
        while True:
            await self._news.wait()
            await asyncio.sleep(_SETTLE_S)
            self._news.clear()
            with self._guard:
                wanted, self._wanted = self._wanted, {}
            for school, sets in wanted.items():
                with suppress(ServerBusy):  # whoever loads next asks again
                    await asyncio.to_thread(pack, self.storage, school, sets, self.clock)


def give(storage: Storage, caller: Caller, school: str, ids: Collection[str], clock: Clock) -> dict[str, bytes]:
    """{id: bytes} of chunks, all of which this caller may read now.

    Raises Forbidden; ChunkGone where one is not kept any more, or where a row has left its set or was deleted since.
    """
    today = day(clock())
    return storage.read(school, lambda connection: _given(storage, connection, (caller, school, today), ids))


def _given(
    storage: Storage, connection: Connection, who: tuple[Caller, str, str], ids: Collection[str]
) -> dict[str, bytes]:
    caller, school, today = who
    partition = readable(connection, caller, school)
    granted = granted_to(storage, connection, partition, caller, today)
    names = storage.names.read(connection, partition)
    found = _newest(partition, storage.snapshots.bodies(connection, school, ids))
    for body in found.values():
        if granted.scopes.isdisjoint(names.scopes[number - 1] for number in members(names.sets[body.place - 1])):
            raise Forbidden
    seqs: dict[int, int] = {}
    for body in found.values():
        seqs[body.place] = min(body.seq, seqs.get(body.place, body.seq))
    sets = Packed(storage, connection, partition, names)
    if len(found) < len(set(ids)) or sets.gone(seqs, sets.bases(seqs)):
        raise ChunkGone
    return {id_: body.body for id_, body in found.items()}


def _newest(partition: Partition, bodies: Sequence[Body]) -> dict[str, Body]:
    """Of each id the newest that is of this epoch; the newest come first."""
    found: dict[str, Body] = {}
    for body in bodies:
        if body.epoch == partition.epoch and body.seq >= partition.tomb_floor:
            found.setdefault(body.id, body)
    return found
