"""Pull: one snapshot answers what changed in the scopes the reader holds, or first of all that these have changed.

Promised here: no row without a valid grant, no change left out (I2), one cursor that is reached only on the last page.

A load sweeps its scopes up to the seq of its first page, or names chunks of an earlier seq, and then merges in what was
touched since, so that its last page leaves the client with exactly the state at that page's cursor, and reading all of
it costs one pass over the rows.
"""

from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection

from sync.protocol.errors import BadRequest, CursorTooOld
from sync.protocol.messages import PullRequest
from sync.records.registry import NUMBER
from sync.server.access import granted_to, may_read, readable
from sync.server.caller import Caller
from sync.server.clock import Clock, day
from sync.server.forks import forked
from sync.server.frames import Page
from sync.server.reading import Place, Reading, after, fingerprint, place_of, token_of
from sync.server.storage import devices, epochs, records
from sync.server.storage.pages import START, Merged
from sync.server.storage.partitions import Partition
from sync.server.storage.store import Storage
from sync.server.sweep import CHUNK, sweep


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
    answer, wanted = storage.read(school, lambda connection: _answer(storage, connection, asked))
    if wanted:
        storage.wanted(school, wanted)
    return answer


def _answer(storage: Storage, connection: Connection, asked: _Asked) -> tuple[dict[str, Any], list[int]]:
    """The answer, and the scope sets that should be packed for the next reader."""
    caller, request = asked.caller, asked.request
    partition = readable(connection, caller, asked.school)
    _check_epoch(connection, partition, request)
    state = _check_chain(connection, caller, partition, request)
    granted = granted_to(storage, connection, partition, caller, asked.day)
    answer: dict[str, Any] = {"epoch": partition.epoch}
    if request.grants != granted.hash:
        return answer | {"grants": {"hash": granted.hash, "rows": granted.rows}}, []
    if _stands(request, partition, state):
        return answer | {"cursor": partition.seq}, []
    place = None if request.next is None else place_of(request.next, fingerprint(asked.school, caller, request))
    reading = _reading(storage, connection, partition, request, granted.scopes)
    place = _read(reading, place)
    answer |= _rows(reading)
    if place is not None:
        return answer | {"next": token_of(place, fingerprint(asked.school, caller, request))}, reading.wanted
    answer["cursor"] = partition.seq
    sums = _sums(reading, request, caller)
    outcomes = _outcomes(reading, caller, request, state, granted.scopes)
    return answer | ({"sums": sums} if sums else {}) | outcomes, reading.wanted


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
            raise forked(partition.school, caller.device, caller.user, "acknowledgement")
    return state


def _stands(request: PullRequest, partition: Partition, state: devices.DeviceState | None) -> bool:
    """Whether there is nothing to be read at all, as nearly always where a device only looks."""
    if request.cursor != partition.seq or request.loading or request.next is not None or request.sums:
        return False
    return state is None or state.last <= _acknowledged(request)


def _acknowledged(request: PullRequest) -> int:
    return 0 if request.ack is None else request.ack[0]


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
    chunked = load and request.chunks
    return Reading(storage, connection, partition, names, since, load, chunked, request.max, Page(names))


def _read(reading: Reading, place: Place | None) -> Place | None:
    """Fill the page from `place` on; the place to go on from, None when all has been read."""
    seq = reading.partition.seq
    if place is None:
        low = seq if reading.load else min(reading.since.values(), default=seq)
        place = Place(low, sweep=reading.load, behind=START if reading.load else after(low))
    if place.sweep:
        place = sweep(reading, place)
    if not place.sweep and place.behind[0] <= seq:
        return _merge(reading, place)
    return place if place.sweep else None


def _merge(reading: Reading, place: Place) -> Place | None:
    """Follow all scopes in the one order."""
    behind = place.behind
    while (room := reading.room) > 0:
        limit = min(room, CHUNK) + 64
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
    chunks = [[chunk.id, chunk.size, chunk.rows] for chunk in reading.chunks]
    found = {"out": reading.out, "del": reading.gone, "frames": list(reading.page.frames()), "chunks": chunks}
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
    reading: Reading,
    caller: Caller,
    request: PullRequest,
    state: devices.DeviceState | None,
    scopes: frozenset[str],
) -> dict[str, Any]:
    """Stored outcomes of the groups above the one the device has acknowledged, and the chain at the last of them: a
    copy of this store would else take another's outcomes for its own. scopes: those its user may read today.
    """
    acknowledged = _acknowledged(request)
    if state is None or state.last <= acknowledged:
        return {}
    connection, school = reading.connection, reading.partition.school
    found = devices.results_above(connection, school, caller.device, acknowledged)
    joined = {key for result in found for key in result.joined}
    held = records.read(reading.storage.database, connection, reading.names, school, joined)
    open_ = {key for key, stored in held.items() if may_read(scopes, stored.held)}
    return {"outcomes": [result.wire(open_) for result in found], "chain": found[-1].chain} if found else {}
