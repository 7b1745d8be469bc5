"""Push: one transaction takes a device's edit groups; each gets one final outcome, all changes one seq.

Promised here: exactly once per device and number whatever is repeated, no number skipped, a failed group leaves no
trace but its outcome and, where it came late, itself for the school to decide; outcomes are stored with the changes
they speak of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from sync.protocol.digest import chain_next, group_hash
from sync.protocol.errors import Forbidden, SeqGap
from sync.protocol.frames import Row, pack
from sync.protocol.messages import Group, Item, Outcome, PushRequest
from sync.protocol.ops import item_wire, op_wire
from sync.records.registry import NUMBER, scopes_of
from sync.server.access import granted_to, may_read
from sync.server.caller import Caller
from sync.server.clock import Clock, day, stamp
from sync.server.decide import late
from sync.server.decide.fields import is_worded
from sync.server.decide.group import lost
from sync.server.decide.world import Actor, Decided, Held, Key
from sync.server.forks import forked
from sync.server.storage import devices, epochs, partitions
from sync.server.storage.devices import DeviceState, Result
from sync.server.storage.partitions import Partition
from sync.server.storage.store import DayGrants, Storage
from sync.server.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Batch:
    """A pushed request and the hash of each of its items, over exactly what came over the wire."""

    request: PushRequest
    hashes: tuple[str, ...]


def push(storage: Storage, caller: Caller, school: str, batch: Batch, clock: Clock) -> dict[str, Any]:
    """Take a batch and return the answer's wire form.

    Raises SeqGap, DeviceForked, EpochChanged, Forbidden, ServerBusy; nothing was written then.
    """
    now = clock()
    with storage.database.writing() as connection:
        partition = _locked(connection, caller, school, batch)
        rights = storage.grants.read(connection, partition, caller.user).on(day(now)).rights
        granted = granted_to(storage, connection, partition, caller, day(now))
        actor = Actor(caller.user, caller.staff, caller.device, caller.device_name, rights, stamp(now))
        work = Transaction(storage, connection, partition, actor, day(now))
        since = partition.seq
        state = devices.state(connection, school, caller.device)
        results = _known(work, state, batch)
        fresh = [item for item in batch.request.groups if item.q > state.last]
        if fresh:
            hashes = batch.hashes[-len(fresh) :]
            groups = [(item.q, lost(item.q) if item.gone else item.group) for item in fresh]
            numbered = [(q, hash_, group) for (q, group), hash_ in zip(groups, hashes, strict=True)]
            new = take(work, state.chain, numbered)
            state = DeviceState(new[-1].q, new[-1].chain)
            results |= {result.q: result for result in new}
        rows = _news(work, batch.request.groups, results, granted)
        news: dict[str, Any] = {"frames": list(pack(rows))} if rows else {}
        if _tells_all(work, caller, batch, since):
            news |= {"since": since, "cursor": work.partition.seq, "grants": granted.hash}
    work.committed()
    readable = {(row.type, row.id) for row in rows}
    told = [results[item.q].wire(readable) for item in batch.request.groups]
    return {"epoch": partition.epoch, "last": state.last, "chain": state.chain, "outcomes": told} | news


def batch_of(request: PushRequest, raw: Sequence[Any] | None = None) -> Batch:
    """A request with the hashes of its items. raw: the items as they came; without a wire, as they would be sent."""
    items = raw if raw is not None else [sent(item) for item in request.groups]
    return Batch(request, tuple(map(group_hash, items)))


def sent(item: Item) -> dict[str, Any]:
    """One item as a client hashes and sends it."""
    group = item.group
    wire = item_wire(item.q, item.rev, group.at, group.kind, [op_wire(op) for op in group.ops])
    return wire if item.gone is None else wire | {"gone": item.gone}


def _locked(connection: Connection, caller: Caller, school: str, batch: Batch) -> Partition:
    partition = partitions.lock(connection, school) if school == caller.school else None
    if partition is None or not partition.is_school:
        raise Forbidden
    if batch.request.epoch != partition.epoch:
        raise epochs.changed(connection, partition, batch.request.epoch)
    return partition


def _known(work: Transaction, state: DeviceState, batch: Batch) -> dict[int, Result]:
    """The stored outcomes of the groups that were decided before. Raises SeqGap or DeviceForked."""
    connection, school, device = work.connection, work.school, work.actor.device
    numbers = [item.q for item in batch.request.groups]
    first = numbers[0]
    expected = next((first + i for i, q in enumerate(numbers) if q != first + i), None)
    if first > state.last + 1:
        expected = state.last + 1
    if expected is not None:
        raise SeqGap(expected=expected)
    chain = devices.chain_at(connection, school, device, state, first - 1)
    if chain is not None and chain != batch.request.chain:
        raise forked(school, device, work.actor.user, "chain")
    known = devices.results(connection, school, device, (q for q in numbers if q <= state.last))
    if any(known[q].hash != hash_ for q, hash_ in zip(numbers, batch.hashes, strict=True) if q in known):
        raise forked(school, device, work.actor.user, "content")
    return known


def take(work: Transaction, chain: str, fresh: Sequence[tuple[int, str, Group | Decided]]) -> list[Result]:
    """Decide and store groups that are new, which follow each other: number, hash, and the group or how it ended.

    chain: before the first of them.
    """
    groups = [group for _, _, group in fresh if isinstance(group, Group)]
    earlier = work.ended(work.actor.device, [op for group in groups for op in group.ops])
    world = work.world(groups, earlier)
    done = work.decide(world, ((q, group) for q, _, group in fresh))
    seq = world.seq if any(decided.records for _, decided in done) else work.partition.seq
    results: list[Result] = []
    for (q, decided), (_, hash_, _) in zip(done, fresh, strict=True):
        chain = chain_next(chain, hash_)
        results.append(Result(q, hash_, chain, decided.how, decided.code, seq, decided.marks))
    work.write(done, results)
    return results


def _news(work: Transaction, items: Sequence[Item], results: Mapping[int, Result], granted: DayGrants) -> list[Row]:
    """The rows as they are now that the device cannot work out by itself, as far as its user may read them."""
    keys = _unforeseen(work, items) | _marked(work, items, results)
    rows = [_row(held) for held in work.now(keys) if may_read(granted.scopes, held)]
    return sorted(rows, key=lambda row: (row.type, row.scopes, row.id))


def _tells_all(work: Transaction, caller: Caller, batch: Batch, since: int) -> bool:
    """Whether nothing is left to be pulled by a device that had all there was at `since`.

    Not where grants have changed, where a late edit was decided, whose ops its device does not know, nor to a program
    of another schema, which works its own changes out in another way.
    """
    ops = (op for item in batch.request.groups for op in item.group.ops)
    same = caller.schema.major == NUMBER.major and work.partition.granted <= since
    return same and not any(op.type == late.LATE_EDIT.name for op in ops)


def _unforeseen(work: Transaction, items: Sequence[Item]) -> set[Key]:
    """Changed records the device has not changed itself, or in which the server has said who and when."""
    ops = [op for item in items for op in item.group.ops]
    foreseen = {(op.type, op.id) for op in ops} - {(op.type, op.id) for op in ops if is_worded(op)}
    return set(work.changed.keys() - foreseen)


def _marked(work: Transaction, items: Sequence[Item], results: Mapping[int, Result]) -> set[Key]:
    """All records with an op that was not simply applied, conflicts and late edits kept."""
    keys: set[Key] = set()
    for item in items:
        result = results[item.q]
        if result.outcome in (Outcome.REJECTED, Outcome.QUARANTINED):
            keys.update((op.type, op.id) for op in item.group.ops)
        if result.outcome is Outcome.QUARANTINED:
            keys.add(late.key_of(work.school, work.actor.device, item.q))
        for mark in result.marks:
            keys.add((mark.type, mark.id))
            if mark.conflict is not None:
                keys.add(("conflict", mark.conflict))
    return keys


def _row(held: Held) -> Row:
    return Row(held.type.name, held.id, held.ver, held.fields, held.fv, scopes_of(held.type, held.fields))
