"""What a push and an edit by the server share: read the world set by set, decide group by group, write once."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from sync.protocol.messages import Create, Delete, Group, Outcome, Patch
from sync.records.blobs import HOLDING
from sync.server import blobs
from sync.server.decide import assignment, late
from sync.server.decide.authorise import rights_on
from sync.server.decide.group import decide
from sync.server.decide.validate import Op, ruled_by, wanted
from sync.server.decide.world import Actor, Decided, Ended, Held, Key, Rights, World
from sync.server.storage import devices, grants, history, names, partitions, records
from sync.server.storage.devices import Result
from sync.server.storage.names import Names
from sync.server.storage.partitions import Partition
from sync.server.storage.records import Stored
from sync.server.storage.standing import Standing, Sums
from sync.server.storage.store import Storage


@dataclass(slots=True)
class Transaction:
    """One locked partition on its way from one seq to the next. `day`: today in Japan."""

    storage: Storage
    connection: Connection
    partition: Partition
    actor: Actor
    day: str
    stored: dict[Key, Stored] = field(default_factory=dict[Key, Stored])
    changed: dict[Key, Held] = field(default_factory=dict[Key, Held])
    _names: Names | None = None
    _sealed: frozenset[str] | None = None
    _after: Standing | None = None

    @property
    def school(self) -> str:
        """The partition's id."""
        return self.partition.school

    def known_names(self) -> Names:
        """The partition's numbered scopes and layouts; what is added here nobody else learns before the commit."""
        return self._names if self._names is not None else self.storage.names.read(self.connection, self.partition)

    def read(self, keys: Iterable[Key]) -> None:
        """Read the records with these keys that have not been read yet."""
        missing = set(keys) - self.stored.keys()
        found = records.read(self.storage.database, self.connection, self.known_names(), self.school, missing)
        self.stored.update(found)

    def world(self, groups: Sequence[Group], ended: dict[int, Ended]) -> World:
        """All these groups' decisions may look at. ended: the device's earlier groups that bases name."""
        ops = [op for group in groups for op in group.ops]
        self.read({key for op in ops for key in wanted(self.school, op)})
        let_in = late.accepted(ops, self._held)
        if let_in:
            ops += [op for kept in let_in for op in kept.ops]
            self.read({key for op in ops for key in wanted(self.school, op)})
            self.read({late.key_of(self.school, kept.device, q) for kept in let_in for q in late.named(kept.ops)})
        targets = [(op, self.stored[key].held) for op in ops if (key := (op.type, op.id)) in self.stored]
        self.read({key for op, held in targets for key in ruled_by(self.school, op, held)})
        stale = {held.key for op, held in targets if is_stale(op, held)}
        past = history.read(self.storage.database, self.connection, self.school, stale)
        makers = {change.device for changes in past.values() for change in changes}
        return World(
            partition=self.school,
            seq=self.partition.seq + 1,
            tomb_floor=self.partition.tomb_floor,
            records={key: stored.held for key, stored in self.stored.items()},
            past=past,
            groups=ended,
            sealed=self._sealed_years(),
            devices=history.device_names(self.connection, makers)
            | {kept.device: kept.device_name for kept in let_in}
            | {self.actor.device: self.actor.device_name},
            others={kept.device: self.ended(kept.device, kept.ops) for kept in let_in},
            colleagues=self._colleagues(assignment.asked(ops)),
        )

    def _colleagues(self, asked: Collection[str]) -> dict[str, Rights]:
        """What these members of staff may write today."""
        held = grants.of_members(self.connection, self.school, asked) if asked else {}
        return {staff: rights_on(opened, self.day) for staff, opened in held.items()}

    def _sealed_years(self) -> frozenset[str]:
        known = self.storage.standing.read(self.partition)
        if known is None:
            self._sealed = records.sealed_years(self.connection, self.known_names(), self.school)
        else:
            self._sealed = known.sealed
        return self._sealed

    def _held(self, key: Key) -> Held | None:
        stored = self.stored.get(key)
        return None if stored is None else stored.held

    def ended(self, device: str, ops: Iterable[Op]) -> dict[int, Ended]:
        """How the earlier groups of a device ended that these ops are based on."""
        found = devices.results(self.connection, self.school, device, late.named(ops))
        return {q: result.ended for q, result in found.items()}

    def decide(self, world: World, groups: Iterable[tuple[int, Group | Decided]]) -> list[tuple[int, Decided]]:
        """The outcome of each numbered group, one after the other; some are decided already."""
        done: list[tuple[int, Decided]] = []
        for q, group in groups:
            decided = group if isinstance(group, Decided) else decide(world, self.actor, q, group)
            if isinstance(group, Group) and decided.how is Outcome.QUARANTINED:
                self._look_around(world, group)
                decided = late.kept(world, self.actor, q, group, decided)
            world.take(q, decided)
            done.append((q, decided))
        return done

    def _look_around(self, world: World, group: Group) -> None:
        """Read what a late group's records refer to, until nothing is unknown."""
        while missing := set(late.referred(world, group)) - self.stored.keys() - world.records.keys():
            self.read(missing)
            found = {key: self.stored[key].held for key in missing if key in self.stored}
            if not found:
                return
            world.records.update(found)

    def now(self, keys: Iterable[Key]) -> Iterator[Held]:
        """The records with these keys as they are after this transaction."""
        wanted_keys = sorted(keys)
        self.read(key for key in wanted_keys if key not in self.changed)
        for key in wanted_keys:
            if key in self.changed:
                yield self.changed[key]
            elif key in self.stored:
                yield self.stored[key].held

    def committed(self) -> None:
        """Remember and tell what changed; only after the commit."""
        if self._after is not None:
            self.storage.standing.remember(self.school, self._after)
        if self._names is not None:
            self.storage.names.remember(self.school, self._names)
            self.storage.changed(self.school, self.partition.epoch, self.partition.seq)

    def write(self, done: Sequence[tuple[int, Decided]], results: Sequence[Result] = ()) -> None:
        """Store all changes with one seq; nothing where there are none. results: of the device's groups."""
        for _, decided in done:
            self.changed.update(decided.records)
        before = self.known_names()
        after = before.draft() if self.changed else before
        changes = ((held, self.stored.get(key)) for key, held in self.changed.items())
        known = self.storage.standing.read(self.partition)
        sums: Sums = {} if known is None else known.sums
        rows = records.rows_of(self.connection, after, self.school, changes, sums)
        regrant = any(type_ in grants.SOURCES for type_, _ in self.changed)
        if self.changed:
            self._names, self.partition = after, self._risen(after, regrant=regrant)
            self._after = self._left({**sums, **rows.sums})
        with self.storage.database.together(self.connection):
            if results:
                place = (self.school, self.actor.device)
                devices.write(self.storage.database, self.connection, place, results, self.actor.at)
            if self.changed:
                self._store(rows, done)
                for statement, new in names.added(before, after, self.school):
                    self.connection.execute(statement, new)
        if self.changed:
            self._refer(done)
        if regrant:
            grants.derive(self.connection, after, self.school, self.day)

    def _risen(self, after: Names, *, regrant: bool) -> Partition:
        """The partition with the next seq."""
        seq = self.partition.seq + 1
        return self.partition._replace(
            seq=seq,
            granted=seq if regrant else self.partition.granted,
            scope_n=len(after.scopes),
            set_n=len(after.sets),
            layout_n=len(after.layouts),
        )

    def _left(self, sums: Sums) -> Standing | None:
        """What holds after this transaction, for the next one; None where years may be sealed otherwise."""
        if self._sealed is None or any(type_ == "school_year" for type_, _ in self.changed):
            return None
        return Standing(self.partition.epoch, self.partition.seq, self._sealed, sums)

    def _store(self, rows: records.Rows, done: Sequence[tuple[int, Decided]]) -> None:
        records.write(self.storage.database, self.connection, self.school, rows)
        changes = (decided.past for _, decided in done)
        history.write(self.storage.database, self.connection, self.school, self.actor, changes)
        partitions.advance(self.connection, self.partition)

    def _refer(self, done: Sequence[tuple[int, Decided]]) -> None:
        """Note which of the records now refer to which attached files."""
        authors = {key: past[-1].staff for _, decided in done for key, past in decided.past.items() if past}
        changes = [
            blobs.Change(self._held(key), held, authors.get(key))
            for key, held in self.changed.items()
            if key[0] in HOLDING
        ]
        if changes:
            scopes = blobs.numbers(self.storage, self.connection, self.partition, self.actor.user, self.day)
            reader = blobs.Reader(scopes, self.actor.at)
            blobs.refer(self.storage, self.connection, self.school, changes, reader)


def is_stale(op: Op, held: Held) -> bool:
    """Whether an op may meet a change its author had not seen, so that its decision needs the record's past."""
    if isinstance(op, Create):
        return not held.deleted
    if isinstance(op, Delete):
        return not held.deleted and not (isinstance(op.base, int) and op.base >= held.ver)
    assert isinstance(op, Patch)
    return held.deleted or any(
        not (isinstance(base, int) and (unit not in held.type.units or base >= held.version(unit)))
        for unit, base in op.base.items()
    )
