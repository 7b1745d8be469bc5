"""Edits the server makes itself, such as prepared years. They go through the same decision as a push."""

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Final

from sync.protocol.errors import Forbidden
from sync.protocol.messages import Group, GroupOutcome, Outcome
from sync.server.clock import day, stamp
from sync.server.decide.validate import Op
from sync.server.decide.world import server_actor
from sync.server.storage import partitions
from sync.server.storage.store import Storage
from sync.server.transaction import Transaction

CHUNK: Final = 5_000
"""Ops of one transaction of a bulk load: enough to be fast, short enough for a teacher's push to come between."""

_TAKEN: Final = (Outcome.APPLIED, Outcome.SAME)


def create_partition(
    storage: Storage, school: str, name: str, epoch: str, above: tuple[str | None, str | None] = (None, None)
) -> None:
    """Make an empty partition. name: `school`, `board:052010` or `pref:05`; epoch: a fresh UUID; above: the ids of a
    school's board and prefecture.
    """
    with storage.database.writing() as connection:
        partitions.create(connection, school, name, above, epoch)


def server_edit(
    storage: Storage, school: str, groups: Iterable[Sequence[Op]], at: datetime, kind: str = "server.edit"
) -> tuple[GroupOutcome, ...]:
    """Decide and store groups of the server's own in one transaction, all with one seq; each group all or nothing.

    Their device is the nil UUID and their number the seq. Nobody's rights are asked; everything else is checked as in
    a push. at: the moment now. Raises Forbidden where there is no such partition, ServerBusy.
    """
    made = stamp(at)
    with _locked(storage, school, at) as work:
        items = [Group.model_construct(at=made, kind=kind, ops=tuple(ops)) for ops in groups]
        world = work.world(items, {})
        done = work.decide(world, ((world.seq, item) for item in items))
        work.write(done)
    work.committed()
    return tuple(decided.outcome for _, decided in done)


def bulk_edit(
    storage: Storage,
    school: str,
    ops: Iterable[Op],
    at: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> list[tuple[Op, GroupOutcome]]:
    """Load many records, `CHUNK` in a transaction; each op stands or falls by itself. Parents come before children.

    progress: told how many ops are done. Returns the ops that were not applied, with their outcome.
    """
    source = iter(ops)
    refused: list[tuple[Op, GroupOutcome]] = []
    done = 0
    while chunk := list(islice(source, CHUNK)):
        refused += _load(storage, school, chunk, at)
        done += len(chunk)
        progress(done)
    return refused


def _load(storage: Storage, school: str, ops: list[Op], at: datetime) -> list[tuple[Op, GroupOutcome]]:
    """One chunk: decided as one group, which is quick, and one by one only where that is refused."""
    made = stamp(at)
    with _locked(storage, school, at) as work:
        whole = Group.model_construct(at=made, kind="server.load", ops=tuple(ops))
        world = work.world([whole], {})
        done = work.decide(world, [(world.seq, whole)])
        refused: list[tuple[Op, GroupOutcome]] = []
        if done[0][1].how not in _TAKEN:
            single = [Group.model_construct(at=made, kind="server.load", ops=(op,)) for op in ops]
            world = work.world(single, {})
            done = work.decide(world, ((world.seq, one) for one in single))
            told = zip(ops, done, strict=True)
            refused = [(op, decided.outcome) for op, (_, decided) in told if decided.how not in _TAKEN]
        work.write(done)
    work.committed()
    return refused


@contextmanager
def _locked(storage: Storage, school: str, at: datetime) -> Generator[Transaction]:
    """A transaction of the server's own on one partition. Raises Forbidden where there is none."""
    with storage.database.writing() as connection:
        partition = partitions.lock(connection, school)
        if partition is None:
            raise Forbidden
        yield Transaction(storage, connection, partition, server_actor(stamp(at)), day(at))
