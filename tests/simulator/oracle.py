"""What truly happened at the server, in plain dictionaries: every version of every record, every outcome and group."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
from sqlalchemy import select

from sync.protocol.digest import group_hash
from sync.protocol.messages import PushRequest
from sync.records.registry import scopes_of
from sync.server.push import sent
from sync.server.storage import records
from sync.server.storage.partitions import read as read_partition
from sync.server.storage.tables import history, op_result, record
from tests.simulator.programs import serving
from tests.simulator.sight import TYPES
from tests.simulator.town import Town

Key = tuple[str, str]


class Broken(AssertionError):
    """A promise was not kept. promise: `I3`; what: in which way."""

    def __init__(self, promise: str, what: object) -> None:
        super().__init__(f"{promise}: {what}")
        self.promise = promise


def hold(promise: str, kept: object, what: object) -> None:
    """Raise Broken unless the promise is kept."""
    if not kept:
        raise Broken(promise, what() if callable(what) else what)


@dataclass(frozen=True, slots=True)
class Version:
    """A record from one seq on; fields are None while it is deleted."""

    ver: int
    fields: Mapping[str, Any] | None
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the server's history."""

    seq: int
    key: Key
    unit: str
    was: int
    old: str
    new: str
    device: str
    q: int
    outcome: str


@dataclass(slots=True)
class Truth:
    """Follows the server's database after every step that may have changed it. times: it was set back."""

    town: Town
    seq: int = 0
    epoch: str = ""
    versions: dict[Key, list[Version]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    groups: dict[tuple[str, int], Mapping[str, Any]] = field(default_factory=dict)
    results: dict[tuple[str, int], tuple[str, str, int]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    times: int = 0

    def pushed(self, device: str, request: PushRequest) -> None:
        """A push has been at the server: what it took of it is what this device has said."""
        self.look()
        for item in request.groups:
            result, wire = self.results.get((device, item.q)), sent(item)
            if result is not None and result[0] == group_hash(wire) and item.gone is None:
                self.groups[device, item.q] = wire

    def remembered(self) -> "Truth":
        """What is true now, for the day the server is set back to this moment."""
        versions = {key: list(found) for key, found in self.versions.items()}
        changes, groups, last = list(self.changes), dict(self.groups), dict(self.last)
        return replace(self, versions=versions, changes=changes, groups=groups, last=last)

    def set_back(self, then: "Truth") -> None:
        """The server is as it was then, but for its epoch and seq: what was later never was."""
        kept = then.remembered()
        self.versions, self.changes, self.groups = kept.versions, kept.changes, kept.groups
        self.results, self.last = {}, {}
        self.times += 1
        with self.town.storage.database.reading() as connection:
            partition = read_partition(connection, self.town.school)
            assert partition is not None
            self._take_results(connection)
        self.seq, self.epoch = partition.seq, partition.epoch

    def look(self, most: int = 1) -> None:
        """Take in what the server has written since, and hold it against what it may write at all.

        most: how many pushes may have been taken since; between them nobody looked.
        """
        school = self.town.school
        with serving(), self.town.storage.database.reading() as connection:
            partition = read_partition(connection, school)
            assert partition is not None
            hold("I2", self.seq <= partition.seq <= self.seq + most, f"seq went from {self.seq} to {partition.seq}")
            if partition.seq > self.seq:
                self._take_records(connection, partition)
                self._take_history(connection)
            self._take_results(connection)
            self.seq = partition.seq

    def differs(self, other: "Truth") -> list[str]:
        """In which parts the other's server has another history than this one's."""
        parts = ("seq", "epoch", "versions", "changes", "groups", "results", "last")
        return [part for part in parts if getattr(self, part) != getattr(other, part)]

    def begin(self) -> None:
        """Take in everything there is, as one step."""
        school = self.town.school
        with self.town.storage.database.reading() as connection:
            partition = read_partition(connection, school)
            assert partition is not None
            self.seq = 0
            self._take_records(connection, partition)
            self.seq, self.epoch = partition.seq, partition.epoch

    def at(self, key: Key, seq: int) -> Version | None:
        """A record as it was at that seq; None before there was one."""
        found = self.versions.get(key, [])
        index = bisect_right(found, seq, key=lambda version: version.ver)
        return found[index - 1] if index else None

    def now(self, key: Key) -> Version | None:
        """A record as it is."""
        found = self.versions.get(key)
        return found[-1] if found else None

    def stands(self, key: Key) -> bool:
        """Whether a record is there now."""
        now = self.now(key)
        return now is not None and now.fields is not None

    def graves(self, key: Key, tag: str) -> set[str]:
        """The scopes in which a record has been deleted since a text was said of it, though it may be made anew."""
        said = min((change.seq for change in self.changes if change.key == key and tag in change.new), default=0)
        graves = (each for each in self.versions.get(key, []) if each.fields is None and each.ver >= said)
        return {scope for each in graves for scope in each.scopes}

    def told(self, key: Key, tag: str) -> bool:
        """Whether a text is, or was, a value of a record, or is kept in a conflict about it."""
        texts = [change.old + change.new for change in self.changes if change.key == key]
        texts += [orjson.dumps(version.fields).decode() for version in self.versions.get(key, [])]
        if any(tag in text for text in texts):
            return True
        kept = (self.now(each) for each in self.versions if each[0] == "conflict")
        found = (each.fields for each in kept if each is not None and each.fields is not None)
        return any(
            (fields["target_type"], fields["target"]) == key and tag in orjson.dumps(fields.get("incoming")).decode()
            for fields in found
        )

    def _take_records(self, connection: Any, partition: Any) -> None:
        school = partition.school
        keys = connection.execute(
            select(record.c.type, record.c.id).where(
                record.c.school == school, record.c.ver > self.seq, record.c.type.in_(TYPES)
            )
        ).all()
        storage = self.town.storage
        names = storage.names.read(connection, partition)
        found = records.read(storage.database, connection, names, school, [(row[0], row[1]) for row in keys])
        for key, stored in found.items():
            held = stored.held
            fields = None if held.deleted else dict(held.fields)
            version = Version(held.ver, fields, scopes_of(held.type, held.fields))
            self.versions.setdefault(key, []).append(version)

    def _take_history(self, connection: Any) -> None:
        c = history.c
        columns = (c.seq, c.type, c.id, c.field, c.was, c.old, c.new, c.device, c.dseq, c.outcome)
        rows = connection.execute(
            select(*columns).where(c.school == self.town.school, c.seq > self.seq).order_by(c.seq, c.n)
        )
        seen: set[tuple[Any, ...]] = set()
        for seq, type_, id_, unit, was, old, new, device, q, outcome in rows:
            line = (device, q, type_, id_, unit)
            hold("I3", line not in seen or q == seq, f"twice in history: {line}")
            seen.add(line)
            self.changes.append(Change(seq, (type_, id_), unit, was, old or "", new or "", device, q, outcome))

    def _take_results(self, connection: Any) -> None:
        c = op_result.c
        rows = connection.execute(
            select(c.device, c.dseq, c.hash, c.outcome, c.seq)
            .where(c.school == self.town.school)
            .order_by(c.device, c.dseq)
        )
        found = {(device, q): (hash_, outcome, seq) for device, q, hash_, outcome, seq in rows}
        for key, result in self.results.items():
            hold("I4", found.get(key) == result, f"the outcome of {key} became {found.get(key)}, was {result}")
        for device, q in found:
            if (device, q) not in self.results:
                hold("I4", q == self.last.get(device, 0) + 1, f"group {q} of {device} follows {self.last.get(device)}")
                self.last[device] = q
        self.results = found
