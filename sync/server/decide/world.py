"""What a decision looks at and what it yields: records as the server holds them, their past, the actor's rights."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sync.protocol.messages import NIL_DEVICE, GroupOutcome, Outcome, Rejection
from sync.records.record import RecordType
from sync.records.versions import version_of

CREATED: Final = "@created"
DELETED: Final = "@deleted"
"""What stands in a past's `unit` when the whole record came or went."""

_GRAVITY: Final = (Outcome.CONFLICT_KEPT, Outcome.MERGED)
"""Gravest first."""

Key = tuple[str, str]
"""A record's type and id."""
Values = Mapping[str, Any]
"""Fields without nulls."""


class Held(NamedTuple):
    """One record as the server holds it. A deleted one keeps its fields, for its scopes and for its revival."""

    type: RecordType
    id: str
    fields: Values
    fv: Mapping[str, int]
    ver: int
    deleted: bool = False

    @property
    def key(self) -> Key:
        """Type and id."""
        return (self.type.name, self.id)

    def version(self, unit: str) -> int:
        """The version of one unit."""
        return version_of(self.fv, self.ver, unit)

    def unit(self, unit: str) -> dict[str, Any]:
        """The values of one unit, nulls left out."""
        return {name: self.fields[name] for name in self.type.units[unit] if name in self.fields}

    def unit_or_none(self, unit: str) -> dict[str, Any] | None:
        """The values of a unit, None where the type has none of that name."""
        return self.unit(unit) if unit in self.type.units else None


class Past(NamedTuple):
    """One change of a unit, or the coming or going of the whole record (`CREATED`, `DELETED`).

    q: the number of the device's group, 0 where nobody asks. was: the version before. old, new: the unit's values
    before and after, None where the record was not there.
    """

    unit: str
    seq: int
    was: int
    old: Values | None
    new: Values | None
    staff: str | None
    device: str
    at: str
    made: str
    outcome: Outcome = Outcome.APPLIED
    q: int = 0


class Other(NamedTuple):
    """Who else has changed a unit that was merged. by: staff id, None = the server; device: its name; at: server's."""

    by: str | None
    device: str
    at: str


class Mark(NamedTuple):
    """An op that was not simply applied: its place in the group, its record, the unit, how it ended, the conflict.

    others: whose changes a merged unit was joined with, the newest first.
    """

    op: int
    type: str
    id: str
    unit: str | None
    outcome: Outcome
    conflict: str | None = None
    others: tuple[Other, ...] = ()

    @property
    def key(self) -> Key:
        """Type and id of its record."""
        return (self.type, self.id)

    def wire(self) -> tuple[Any, ...]:
        """As the answer says it."""
        if self.outcome in (Outcome.REJECTED, Outcome.QUARANTINED):
            return (self.op, self.unit)
        return (self.op, self.unit, self.outcome.value, self.conflict)


def gravest(marks: Iterable[Mark], *, changed: bool) -> Outcome:
    """How a group ended: as its gravest op; where nothing is marked so, applied, or same when it changed nothing."""
    marked = {mark.outcome for mark in marks}
    plain = Outcome.APPLIED if changed else Outcome.SAME
    return next((grave for grave in _GRAVITY if grave in marked), plain)


class Ended(NamedTuple):
    """How one of the device's earlier groups ended: what a base such as `q42` is resolved by."""

    outcome: Outcome
    seq: int
    marks: tuple[Mark, ...]

    def version_made(self, key: Key, unit: str | None) -> int:
        """The version this group gave a unit (None = the whole record), 0 where it did not get its way."""
        if self.outcome in (Outcome.REJECTED, Outcome.QUARANTINED, Outcome.LOST):
            return 0
        lost = any(
            (mark.type, mark.id) == key and unit in (None, mark.unit) and mark.outcome is not Outcome.SAME
            for mark in self.marks
        )
        return 0 if lost else self.seq


@dataclass(frozen=True, slots=True)
class Rights:
    """The scopes a user may write in, by role: `now` by a valid grant, `once` by one that has ended.

    let_in: the school itself has let the edit in, and no grant is asked: it has accepted a late edit.
    """

    now: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    once: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    let_in: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who edits, from where, with which rights; `at` is the server's stamp. Without rights it is the server itself."""

    user: str | None
    staff: str | None
    device: str
    device_name: str
    rights: Rights | None
    at: str

    @property
    def is_server(self) -> bool:
        """Whether the server edits by itself; it asks nobody's right."""
        return self.rights is None


def server_actor(at: str) -> Actor:
    """The server as editor. at: its stamp."""
    return Actor(None, None, NIL_DEVICE, "", None, at)


@dataclass(slots=True)
class World:
    """One partition as read for one push; `take` moves it on, group by group.

    seq: the number all changes of this push get. sealed: school years that only a correction may change. devices: what
    people call the devices in `past`. others: {device: {number: how it ended}} of what late edits of other devices are
    based on. colleagues: {staff id: what they may write} of those a conflict is to be given to.
    """

    partition: str
    seq: int
    tomb_floor: int
    records: dict[Key, Held] = field(default_factory=dict[Key, Held])
    past: dict[Key, list[Past]] = field(default_factory=dict[Key, list[Past]])
    groups: dict[int, Ended] = field(default_factory=dict[int, Ended])
    sealed: frozenset[str] = frozenset()
    devices: Mapping[str, str] = field(default_factory=dict[str, str])
    others: Mapping[str, Mapping[int, Ended]] = field(default_factory=dict[str, Mapping[int, Ended]])
    colleagues: Mapping[str, Rights] = field(default_factory=dict[str, Rights])

    def take(self, q: int, decided: "Decided") -> None:
        """Let a group's changes be seen by the next one."""
        self.records.update(decided.records)
        for key, past in decided.past.items():
            self.past.setdefault(key, []).extend(past)
        self.groups[q] = Ended(decided.how, self.seq, decided.marks)


@dataclass(slots=True)
class Draft:
    """A group in the making, over the world: thrown away when the group fails."""

    world: World
    records: dict[Key, Held] = field(default_factory=dict[Key, Held])
    past: dict[Key, list[Past]] = field(default_factory=dict[Key, list[Past]])
    marks: list[Mark] = field(default_factory=list[Mark])

    def get(self, key: Key) -> Held | None:
        """The record as this group would have left it so far."""
        return self.records.get(key) or self.world.records.get(key)

    def put(self, held: Held) -> None:
        """The record as it is to be."""
        self.records[held.key] = held

    def past_of(self, key: Key) -> Iterator[Past]:
        """What happened to a record, oldest first."""
        yield from self.world.past.get(key, ())
        yield from self.past.get(key, ())

    def made(self, key: Key, unit: str) -> bool:
        """Whether this very group gave the unit its present value: a later op of the group has seen it."""
        return any(past.unit in (unit, CREATED) for past in self.past.get(key, ()))


class Decided(NamedTuple):
    """How a group ended and, unless it failed, what it changes. code: why it was rejected; seq: its changes' number."""

    q: int
    seq: int
    how: Outcome
    code: Rejection | None
    marks: tuple[Mark, ...]
    records: Mapping[Key, Held]
    past: Mapping[Key, list[Past]]

    @property
    def outcome(self) -> GroupOutcome:
        """As its author is told; made only where somebody asks."""
        seq = self.seq if self.records else None
        ops = tuple(mark.wire() for mark in self.marks)
        return GroupOutcome(q=self.q, outcome=self.how, seq=seq, code=self.code, ops=ops)


class Refused(Exception):
    """An op the whole group is refused for. units: the fields or units at fault, None = the record."""

    def __init__(self, code: Rejection, *units: str | None) -> None:
        self.code = code
        self.units = units or (None,)
        super().__init__(code.value)
