"""Verify: what a scope holds in parts small enough to find a difference, and the rows of the parts that differ.

Promised here: no row without a valid grant; sums and rows of one answer are of one seq, the asked one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from sync.protocol.digest import bucket_of, row_sum
from sync.protocol.errors import Forbidden
from sync.protocol.messages import VerifyRequest
from sync.server.access import granted_to, readable
from sync.server.caller import Caller
from sync.server.clock import Clock, day
from sync.server.frames import BYTES_MAX, Page
from sync.server.storage import epochs
from sync.server.storage.names import Names
from sync.server.storage.pages import START, PlaceKey, Row
from sync.server.storage.partitions import Partition
from sync.server.storage.store import Storage

_CHUNK: Final = 2_000


@dataclass(frozen=True, slots=True)
class _Scope:
    """One scope in one snapshot. sets: numbers of the scope sets it is in."""

    storage: Storage
    connection: Connection
    partition: Partition
    names: Names
    sets: list[int]

    def rows(self) -> Iterator[Row]:
        """All of its rows."""
        for number in self.sets:
            behind: PlaceKey = (number, *START[1:])
            while True:
                span = (number, self.partition.seq)
                found = self.storage.pages.sweep(self.connection, self.partition.school, behind, span, _CHUNK)
                yield from found
                if len(found) < _CHUNK:
                    break
                _, layout, id_ = found[-1][:3]
                behind = (number, self.names.layouts[layout - 1].type, id_)

    def sums(self) -> dict[str, tuple[str, int]]:
        """{bucket: (sum, count)}."""
        found: dict[int, list[int]] = {}
        for id_, h in self.storage.pages.hashes(self.connection, self.partition.school, self.sets):
            found.setdefault(bucket_of(id_), []).append(h)
        return {str(bucket): (row_sum(hashes), len(hashes)) for bucket, hashes in found.items()}


def verify(storage: Storage, caller: Caller, school: str, request: VerifyRequest, clock: Clock) -> dict[str, Any]:
    """Sums of all parts, or rows of those asked for, in wire form; its frames are ready texts.

    Raises EpochChanged, Forbidden, ServerBusy; a repeat is safe.
    """
    with storage.database.reading() as connection:
        partition = readable(connection, caller, school)
        if request.epoch != partition.epoch:
            raise epochs.changed(connection, partition, request.epoch)
        granted = granted_to(storage, connection, partition, caller, day(clock()))
        if request.grants != granted.hash:
            return {"epoch": partition.epoch, "grants": {"hash": granted.hash, "rows": granted.rows}}
        if request.scope not in granted.scopes:
            raise Forbidden
        answer: dict[str, Any] = {"epoch": partition.epoch, "cursor": partition.seq}
        if request.cursor != partition.seq:
            return answer
        names = storage.names.read(connection, partition)
        number = names.scope_numbers.get(request.scope)
        sets = [] if number is None else names.sets_with({number})
        scope = _Scope(storage, connection, partition, names, sets)
        if request.buckets:
            return answer | _rows(scope, request.buckets)
        sums = scope.sums()
        return answer | ({"sums": sums} if sums else {})


def _rows(scope: _Scope, buckets: tuple[int, ...]) -> dict[str, Any]:
    """Frames of the first of these buckets that fit on a page; one always does."""
    parts: dict[int, list[Row]] = {bucket: [] for bucket in buckets}
    for row in scope.rows():
        part = parts.get(bucket_of(row[2]))
        if part is not None:
            part.append(row)
    page, whole = Page(scope.names), list[int]()
    for bucket, rows in parts.items():
        if whole and page.bytes + sum(len(row[4]) for row in rows) > BYTES_MAX:
            break
        page.add(sorted(rows, key=lambda row: row[:3]))
        whole.append(bucket)
    frames = list(page.frames())
    return {"whole": whole} | ({"frames": frames} if frames else {})
