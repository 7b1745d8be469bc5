"""A package read, mapped and decided, so that only writing is left: all that is done while others wait."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from sync.errors import Defect
from sync.protocol.form import Base
from sync.protocol.messages import Create, Group, Outcome, Patch
from sync.records.ids import IdMaker
from sync.server.clock import Clock, day, stamp
from sync.server.decide.world import Decided, server_actor
from sync.server.roster.edits import Op
from sync.server.roster.mapping import Mapped
from sync.server.roster.schools import MASTERS, Desk, Target
from sync.server.storage import partitions, sources
from sync.server.storage.partitions import Partition
from sync.server.storage.store import Storage
from sync.server.transaction import Transaction

KIND = "roster.import"
"""What history calls the edit groups of an import."""

Plan = tuple[Target, Mapped]
Work = tuple[Transaction, list[tuple[int, Decided]]]
"""One partition's group with its outcome."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a package is prepared with. new_id: makes UUIDv7; clock: the server's."""

    storage: Storage
    clock: Clock
    new_id: IdMaker


@dataclass(frozen=True, slots=True)
class Prepared:
    """What one package writes. made: partitions that are not there yet; works: in the order of writing."""

    storage: Storage
    desk: Desk
    plans: list[Plan]
    made: tuple[Partition, ...]
    works: tuple[Work, ...]

    @property
    def is_needed(self) -> bool:
        """Whether anything is to be written at all."""
        kept = any(mapped.sources or mapped.forgotten or mapped.masters for _, mapped in self.plans)
        return bool(self.made or self.works or kept)

    def fits(self, connection: Connection) -> bool:
        """Keep everybody else waiting, and tell whether all that was looked at is still so."""
        if sources.count_taken(self.storage.database, connection) != self.desk.taken:
            return False
        return all(partitions.lock(connection, id_) == seen for id_, seen in sorted(self.desk.seen.items()))

    def write(self, connection: Connection) -> None:
        """Write everything, in the transaction that found that it fits."""
        for each in self.made:
            partitions.create(connection, each.school, each.name, (each.board, each.pref), each.epoch)
        for work, done in self.works:
            work.connection = connection
            work.write(done)
        for target, mapped in self.plans:
            place = (target.school, self.desk.sender)
            sources.write(self.storage.database, connection, place, mapped.sources.items(), mapped.forgotten)
            masters = [(("users", master, "pupil"), id_) for master, id_ in mapped.masters.items()]
            sources.write(self.storage.database, connection, (target.school, MASTERS), masters, ())

    def committed(self) -> None:
        """Tell who waits for these partitions; only after the commit."""
        for work, _ in self.works:
            if work.changed:
                work.committed()


def prepare(tools: Tools, connection: Connection, desk: Desk, plans: list[Plan]) -> Prepared:
    """Decide what the plans say. Raises Defect where a decision would not be to apply it."""
    made = {each.school: each for target, _ in plans for each in _missing(tools, desk, target)}
    works: list[Work] = []
    for prefecture in sorted({target.prefecture for target, _ in plans}):
        own = tuple(op for target, _ in plans if target.prefecture == prefecture for op in school_ops(target))
        works += _decided(tools, connection, _partition(desk, made, desk.partition(prefecture)), own)
    for target, mapped in plans:
        works += _decided(tools, connection, _partition(desk, made, target.school), mapped.ops)
    return Prepared(tools.storage, desk, plans, tuple(made.values()), tuple(works))


def school_ops(target: Target) -> tuple[Op, ...]:
    """The op that makes the school's own record, or changes its name; a delta without its row leaves it alone."""
    if target.org is None:
        return ()
    if target.record is None:
        values = {
            "name": target.org.name,
            "kind": target.kind,
            "school_code": target.code,
            "board_code": target.board_code,
        }
        return (Create(type="school", id=target.school, set=values),)
    if target.record.fields["name"] == target.org.name:
        return ()
    base: dict[str, Base] = {"name": target.record.version("name")}
    return (Patch(type="school", id=target.school, set={"name": target.org.name}, base=base),)


def _missing(tools: Tools, desk: Desk, target: Target) -> Iterator[Partition]:
    """The partitions a school needs that are not there, those above it first."""
    board, prefecture = desk.partition(target.board), desk.partition(target.prefecture)
    wanted = ((prefecture, target.prefecture, (None, None)), (board, target.board, (None, prefecture)))
    for id_, name, above in (*wanted, (target.school, partitions.SCHOOL, (board, prefecture))):
        if desk.see(id_) is None:
            yield partitions.empty(id_, name, above, tools.new_id())


def _partition(desk: Desk, made: dict[str, Partition], id_: str) -> Partition:
    partition = desk.see(id_) or made.get(id_)
    if partition is None:
        raise Defect(assumed="what is missing is to be made", school=id_)
    return partition


def _decided(tools: Tools, connection: Connection, partition: Partition, ops: tuple[Op, ...]) -> Iterator[Work]:
    """Let the server's one decision take the ops as one group. Raises Defect if it would not."""
    if not ops:
        return
    now = tools.clock()
    work = Transaction(tools.storage, connection, partition, server_actor(stamp(now)), day(now))
    group = Group.model_construct(at=stamp(now), kind=KIND, ops=ops)
    world = work.world([group], {})
    ((_, decided),) = done = work.decide(world, [(world.seq, group)])
    if decided.how not in {Outcome.APPLIED, Outcome.SAME}:
        refused = [(mark.type, mark.unit) for mark in decided.marks]
        raise Defect(assumed="a mapped package is sound", code=decided.code, refused=refused)
    yield work, done
