"""Pull: one snapshot answers what changed in the scopes the reader holds, or first of all that these have changed.

Promised here: no row without a valid grant, no change left out (I2), one cursor that is reached only on the last page.

A load sweeps its scopes up to the seq of its first page and then merges in what was touched since, so that its last
page leaves the client with exactly the state at that page's cursor, and reading all of it costs one pass over the rows.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import Connection

from sync.errors import KeyakiError
from sync.protocol.digest import canonical
from sync.protocol.errors import BadRequest, CursorTooOld, DeviceForked
from sync.protocol.messages import PullRequest
from sync.records.field import INT_MAX, UUID_FORM
from sync.records.registry import NUMBER
from sync.server.access import readable
from sync.server.caller import Caller
from sync.server.clock import Clock, day
from sync.server.frames import BYTES_MAX, Page
from sync.server.storage import devices, epochs
from sync.server.storage.names import Names
from sync.server.storage.pages import START, Merged, PlaceKey
from sync.server.storage.partitions import Partition
from sync.server.storage.store import Storage

_CHUNK: Final = 2_000
"""Rows read by one statement, so that a page of long texts ends before they are all in memory."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page before ended. top: seq of the first page; sweep: whether that page was still sweeping; behind: the
    last key.
    """

    top: int
    sweep: bool
    behind: PlaceKey


@dataclass(slots=True)
class Reading:
    """One pull under way. since: {scope number: the cursor it is read from}; load: whether it may sweep."""

    storage: Storage
    connection: Connection
    partition: Partition
    names: Names
    since: Mapping[int, int]
    load: bool
    max: int
    page: Page
    out: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    gone: list[tuple[str, str, int]] = field(default_factory=list[tuple[str, str, int]])
    touched: set[int] = field(default_factory=set[int])

    @property
    def room(self) -> int:
        """Rows that still fit on the page."""
        full = self.page.bytes >= BYTES_MAX
        return 0 if full else self.max - self.page.size - len(self.out) - len(self.gone)


class _Asked(NamedTuple):
    """A pull: who asks what of which partition, and which day it is in Japan."""

    caller: Caller
    school: str
    request: PullRequest
    day: str


def pull(storage: Storage, caller: Caller, school: str, request: PullRequest, clock: Clock) -> dict[str, Any]:
    """One page, in wire form; its frames are ready texts.

    From the replica where there is one that knows everything; only the database itself refuses anybody.
    Raises EpochChanged, CursorTooOld, DeviceForked, Forbidden, BadRequest, ServerBusy; a repeat is safe.
    """
    asked = _Asked(caller, school, request, day(clock()))
    if storage.replica is not None:
        with suppress(KeyakiError), storage.replica.reading(school) as connection:
            if connection is not None:
                return _answer(storage, connection, asked)
    with storage.database.reading() as connection:
        return _answer(storage, connection, asked)


def _answer(storage: Storage, connection: Connection, asked: _Asked) -> dict[str, Any]:
    caller, request = asked.caller, asked.request
    partition = readable(connection, caller, asked.school)
    _check_epoch(connection, partition, request)
    state = _check_chain(connection, caller, partition, request)
    granted = storage.grants.read(connection, partition, caller.user).on(asked.day)
    answer: dict[str, Any] = {"epoch": partition.epoch}
    if request.grants != granted.hash:
        return answer | {"grants": {"hash": granted.hash, "rows": granted.rows}}
    bound = _fingerprint(asked.school, caller, request)
    place = None if request.next is None else _place(request.next, bound)
    reading = _reading(storage, connection, partition, request, granted.scopes)
    place = _read(reading, place)
    answer |= _rows(reading)
    if place is not None:
        return answer | {"next": _token(place, bound)}
    answer["cursor"] = partition.seq
    sums = _sums(reading, request, caller)
    outcomes = _outcomes(connection, caller, partition, request, state)
    return answer | ({"sums": sums} if sums else {}) | outcomes


def _check_epoch(connection: Connection, partition: Partition, request: PullRequest) -> None:
    """What the client holds must be of this epoch and not from the future or from before forgotten deletions."""
    cursors = [cursor for cursor in (request.cursor, *request.loading.values()) if cursor]
    if request.epoch is not None and request.epoch != partition.epoch:
        raise epochs.changed(connection, partition, request.epoch)
    if request.epoch is None and cursors:
        raise BadRequest(reason="epoch")
    if any(cursor < partition.tomb_floor or cursor > partition.seq for cursor in cursors):
        raise CursorTooOld


def _check_chain(
    connection: Connection, caller: Caller, partition: Partition, request: PullRequest
) -> devices.DeviceState | None:
    """How far the device has counted. Raises DeviceForked where its own chain says something else."""
    if not partition.is_school:
        return None
    state = devices.state(connection, partition.school, caller.device)
    if request.ack is not None:
        q, chain = request.ack
        known = devices.chain_at(connection, partition.school, caller.device, state, q)
        if q > state.last or (known is not None and known != chain):
            raise DeviceForked
    return state


def _reading(
    storage: Storage, connection: Connection, partition: Partition, request: PullRequest, scopes: frozenset[str]
) -> Reading:
    names = storage.names.read(connection, partition)
    wanted = {scope: request.loading.get(scope, request.cursor) for scope in scopes}
    since = {
        names.scope_numbers[scope]: cursor
        for scope, cursor in sorted(wanted.items())
        if cursor is not None and scope in names.scope_numbers
    }
    load = request.cursor is None and not any(since.values())
    return Reading(storage, connection, partition, names, since, load, request.max, Page(names))


def _read(reading: Reading, place: Place | None) -> Place | None:
    """Fill the page from `place` on; the place to go on from, None when all has been read."""
    seq = reading.partition.seq
    if place is None:
        low = seq if reading.load else min(reading.since.values(), default=seq)
        place = Place(low, sweep=reading.load, behind=START if reading.load else _after(low))
    if place.sweep:
        place = _sweep(reading, place.top, place.behind)
    if not place.sweep and place.behind[0] <= seq:
        return _merge(reading, place)
    return place if place.sweep else None


def _sweep(reading: Reading, top: int, behind: PlaceKey) -> Place:
    """Go through the scope sets that have a scope to be loaded in them; each record lies in one of them."""
    pages, names = reading.storage.pages, reading.names
    for first, last in _runs(names.sets_with(reading.since)):
        if last < behind[0]:
            continue
        behind = max(behind, (first, *START[1:]))
        while (limit := min(reading.room, _CHUNK)) > 0:
            rows = pages.sweep(reading.connection, reading.partition.school, behind, (last, top), limit)
            reading.page.add(rows)
            if len(rows) < limit:
                break
            scopes, layout, id_ = rows[-1][:3]
            behind = (scopes, names.layouts[layout - 1].type, id_)
        else:
            return Place(top, sweep=True, behind=behind)
    return Place(top, sweep=False, behind=_after(top))


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of numbers that follow each other; ascending."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]


def _after(seq: int) -> PlaceKey:
    """The place behind everything touched at `seq`."""
    return (seq + 1, *START[1:])


def _merge(reading: Reading, place: Place) -> Place | None:
    """Follow all scopes in the one order."""
    behind = place.behind
    while (room := reading.room) > 0:
        limit = min(room, _CHUNK) + 64
        rows = reading.storage.pages.merge(reading.connection, reading.partition.school, reading.since, behind, limit)
        complete = len(rows) < limit
        groups = [(key, list(group)) for key, group in groupby(rows, key=lambda row: row[:3])]
        for key, group in groups if complete else groups[:-1]:
            if reading.room <= 0:
                return Place(place.top, sweep=False, behind=behind)
            _take(reading, group)
            behind = key
        if complete:
            return None
    return Place(place.top, sweep=False, behind=behind)


def _take(reading: Reading, group: list[Merged]) -> None:
    """One record, once for each of the scopes asked for that it is or was in."""
    news = [row for row in group if row.touched > reading.since[row.scope]]
    for row in news:
        reading.touched.add(row.scope)
        if not row.inside:
            reading.out.append((reading.names.scopes[row.scope - 1], row.type, row.id))
    here = next((row for row in news if row.inside), None)
    if here is None:
        return
    if here.deleted:
        reading.gone.append((here.type, here.id, here.touched))
    else:
        reading.page.add((here.row,))


def _rows(reading: Reading) -> dict[str, Any]:
    found = {"out": reading.out, "del": reading.gone, "frames": list(reading.page.frames())}
    return {name: rows for name, rows in found.items() if rows}


def _sums(reading: Reading, request: PullRequest, caller: Caller) -> dict[str, Any]:
    """Sum and count of the scopes this pull touched, of all when asked; none for an older schema major."""
    if caller.schema.major < NUMBER.major:
        return {}
    whole = request.sums or request.next is not None or reading.load
    scopes = list(reading.since) if whole else sorted(reading.touched)
    if not scopes:
        return {}
    found = reading.storage.pages.sums(reading.connection, reading.partition.school, scopes)
    return {reading.names.scopes[number - 1]: found[number] for number in scopes if number in found}


def _outcomes(
    connection: Connection,
    caller: Caller,
    partition: Partition,
    request: PullRequest,
    state: devices.DeviceState | None,
) -> dict[str, Any]:
    """Stored outcomes of the groups above the one the device has acknowledged, and the chain at the last of them: a
    copy of this store would else take another's outcomes for its own.
    """
    acknowledged = 0 if request.ack is None else request.ack[0]
    if state is None or state.last <= acknowledged:
        return {}
    found = devices.results_above(connection, partition.school, caller.device, acknowledged)
    return {"outcomes": [result.wire() for result in found], "chain": found[-1].chain} if found else {}


def _fingerprint(school: str, caller: Caller, request: PullRequest) -> str:
    """What a `next` continues: this reader's very request. A load goes on when grants change, and when a copied store
    has become a device of its own (I20).
    """
    grants = "" if request.cursor is None else request.grants
    asked = [school, caller.user, request.epoch, request.cursor, grants, request.loading]
    return hashlib.sha256(canonical(asked)).hexdigest()[:16]


def _token(place: Place, bound: str) -> str:
    text = orjson.dumps([bound, place.top, place.sweep, *place.behind])
    return urlsafe_b64encode(text).decode().rstrip("=")


def _place(token: str, bound: str) -> Place:
    """The place in a `next`. Raises BadRequest for one that is not ours or continues something else."""
    try:
        match orjson.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4))):
            case [str(said), int(top), bool(sweep), int(number), str(type_), str(id_)] if (
                said == bound and 0 <= top <= INT_MAX and 0 <= number <= INT_MAX and UUID_FORM.fullmatch(id_)
            ):
                return Place(top, sweep, (number, type_, id_))
            case _:
                pass
    except ValueError:
        pass
    raise BadRequest(reason="next")
