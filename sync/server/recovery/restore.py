"""The author has decided: each unsent group is pushed under its own device and number, or kept as not accepted.

What is pushed here goes through the very decision of a push: the same rights, conflicts and late edits. Numbers follow
each other as everywhere, so what a device has lost for good gets an outcome, too, and the next number can come.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from sync.protocol.errors import Forbidden
from sync.protocol.messages import Group, Outcome
from sync.protocol.ops import item_wire, op_wire
from sync.protocol.recovery import DeviceDecision, RecoveryRequest
from sync.server.caller import Caller
from sync.server.clock import Clock, day, stamp
from sync.server.decide.group import declined, lost
from sync.server.decide.world import Actor, Decided
from sync.server.push import take
from sync.server.recovery.journals import DeviceJournal, Found, Journals
from sync.server.storage import devices, history, partitions, recovery
from sync.server.storage.devices import DeviceState, Result
from sync.server.storage.store import Storage
from sync.server.transaction import Transaction

NOTHING: Final = "0" * 64
"""The hash of a group nobody knows."""
FARTHEST: Final = 100_000
"""So many numbers above the last one the school knows may be closed: more than anybody types between two backups."""
_AT_ONCE: Final = 100
"""Groups decided in one transaction."""


@dataclass(frozen=True, slots=True)
class _Next:
    """A group whose number's turn has come. found: None for one nobody knows."""

    q: int
    found: Found | None
    group: Group | Decided

    @property
    def hash(self) -> str:
        """Of what the device would have pushed."""
        return NOTHING if self.found is None else self.found.hash


def highest(journal: DeviceJournal, last: int) -> int:
    """The number up to which a device's groups may be closed. last: the school's."""
    return min(journal.highest, last + FARTHEST)


def restore(
    storage: Storage, caller: Caller, journals: Journals, request: RecoveryRequest, clock: Clock
) -> dict[str, Any]:
    """Carry out a decision; the answer in wire form. A repeat changes nothing. Raises Forbidden, ServerBusy."""
    told: list[dict[str, Any]] = []
    for wanted in request.devices:
        if wanted.device in journals.owned:
            journal = journals.devices.get(wanted.device, DeviceJournal(wanted.device))
            told.append(_device(storage, caller, journal, wanted, clock))
    return {"devices": told}


def _device(
    storage: Storage, caller: Caller, journal: DeviceJournal, wanted: DeviceDecision, clock: Clock
) -> dict[str, Any]:
    """Go through one device's numbers, some in each transaction, as far as the decision goes."""
    outcomes: list[dict[str, Any]] = []
    end: int | None = None
    while True:
        with storage.database.writing() as connection:
            partition = partitions.lock(connection, caller.school)
            if partition is None or not partition.is_school:
                raise Forbidden
            now = clock()
            granted = storage.grants.read(connection, partition, caller.user).on(day(now))
            name = history.device_names(connection, [journal.device]).get(journal.device, "")
            actor = Actor(caller.user, caller.staff, journal.device, name, granted.rights, stamp(now))
            work = Transaction(storage, connection, partition, actor, day(now))
            state = devices.state(connection, caller.school, journal.device)
            end = min(wanted.until or journal.highest, state.last + FARTHEST) if end is None else end
            turn = list(_turn(journal, wanted, range(state.last + 1, end + 1)[:_AT_ONCE]))
            if turn:
                new = take(work, state.chain, [(each.q, each.hash, each.group) for each in turn])
                _keep(work, caller, turn, new)
                state = DeviceState(new[-1].q, new[-1].chain)
                outcomes += [result.wire(()) for result in new]
        work.committed()
        if len(turn) < _AT_ONCE:
            return {"device": journal.device, "last": state.last, "chain": state.chain, "outcomes": outcomes}


def _turn(journal: DeviceJournal, wanted: DeviceDecision, numbers: range) -> Iterator[_Next]:
    """The groups to be decided in one transaction: those with these numbers, up to one nobody has named."""
    back, away = frozenset(wanted.restore), frozenset(wanted.decline)
    for q in numbers:
        found = journal.groups.get(q)
        if found is None:
            yield _Next(q, None, lost(q))
        elif found.void or found.emptied or q in back:
            yield _Next(q, found, lost(q) if found.item.gone else found.item.group)
        elif q in away:
            yield _Next(q, found, declined(q))
        else:
            return


def _keep(work: Transaction, caller: Caller, turn: Sequence[_Next], new: Sequence[Result]) -> None:
    """Keep what did not come back."""
    rows = [
        (work.school, work.actor.device, each.q, caller.user, _stored(each.found), work.actor.at)
        for each, result in zip(turn, new, strict=True)
        if each.found is not None and result.outcome is Outcome.REJECTED
    ]
    if rows:
        work.storage.database.store(work.connection, recovery.unrestored, rows, replace=True)


def _stored(found: Found) -> str:
    """A group as it is pushed."""
    item, group = found.item, found.item.group
    return orjson.dumps(item_wire(item.q, item.rev, group.at, group.kind, [op_wire(op) for op in group.ops])).decode()
