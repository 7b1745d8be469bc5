"""Takes a package: reads it, maps it to every school in it, and applies all of it in one transaction or nothing."""

import secrets
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from sync.errors import Defect
from sync.protocol.messages import Base, Create, Group, Outcome, Patch
from sync.records.ids import IdMaker, v7
from sync.server.clock import TOKYO, Clock, day, stamp, system_clock, unix_ms
from sync.server.decide.world import server_actor
from sync.server.roster.archive import PACKED_LIMIT
from sync.server.roster.edits import Op
from sync.server.roster.mapping import Mapped, map_school
from sync.server.roster.package import Package, open_package, read_package
from sync.server.roster.problem import Problems
from sync.server.roster.report import Changed, Report
from sync.server.roster.schools import MASTERS, Desk, Target
from sync.server.roster.sent import Sent
from sync.server.settings import Refusal
from sync.server.storage import partitions, sources
from sync.server.storage.store import Storage
from sync.server.transaction import Transaction

KIND: Final = "roster.import"
"""What history calls the edit groups of an import."""

_Counts = Mapping[str, int]
_Plan = tuple[Target, Mapped]


class _RefusedError(Exception):
    """Rolls the transaction back; what is wrong is in the problems."""


@dataclass(frozen=True, slots=True)
class Importer:
    """What an import works with. new_id: makes UUIDv7; clock: the server's."""

    storage: Storage
    clock: Clock
    new_id: IdMaker

    def take(self, data: bytes, name: str) -> Report:
        """Take a package. data: the ZIP; name: what it is called in the report.

        A package with an error writes nothing. Taking the same package again changes nothing. Raises ServerBusy;
        nothing was written then, and a repeat is safe.
        """
        sent, problems = open_package(data, name)
        if sent is None:
            return Report(name, taken=False, counts={}, problems=problems, changed={})
        counts: dict[str, int] = {}
        try:
            with self.storage.database.writing() as connection:
                plans, desk = self._plans(connection, sent, problems, counts)
                works = [work for work in self._apply(connection, desk, plans) if work.changed]
        except _RefusedError:
            return Report(name, taken=False, counts=counts, problems=problems, changed={})
        for work in works:
            work.committed()
        return Report(name, taken=True, counts=counts, problems=problems, changed=_total(plans))

    def _plans(
        self, connection: Connection, sent: Sent, problems: Problems, counts: dict[str, int]
    ) -> tuple[list[_Plan], Desk]:
        """Read and map everything before anything is written."""
        desk = Desk(self.storage, connection, sent)
        reading = read_package(sent, problems, desk.earlier())
        counts.update(reading.counts)
        if reading.package is None:
            raise _RefusedError
        plans = [
            (target, self._map(desk, reading.package, target)) for target in desk.targets(reading.package, self.new_id)
        ]
        problems.extend(desk.problems)
        for _, mapped in plans:
            problems.extend(mapped.problems)
        if problems.refused:
            raise _RefusedError
        return plans, desk

    def _map(self, desk: Desk, package: Package, target: Target) -> Mapped:
        masters = frozenset(user.master_id for user in package.users.values() if user.master_id)
        today = self.clock().astimezone(TOKYO).date()
        return map_school(package, target.sourced_id, desk.known(target, masters), today, self.new_id)

    def _apply(self, connection: Connection, desk: Desk, plans: list[_Plan]) -> Iterator[Transaction]:
        """Write prefecture by prefecture, then school by school, always in the same order."""
        for target, _ in plans:
            self._make_partitions(connection, desk, target)
        for prefecture in sorted({target.prefecture for target, _ in plans}):
            own = [op for target, _ in plans if target.prefecture == prefecture for op in _school_ops(target)]
            yield self._edit(connection, desk.partition(prefecture), tuple(own))
        for target, mapped in plans:
            yield self._edit(connection, target.school, mapped.ops)
            place = (target.school, desk.sender)
            sources.write(self.storage.database, connection, place, mapped.sources.items(), mapped.forgotten)
            masters = [(("users", master, "pupil"), id_) for master, id_ in mapped.masters.items()]
            sources.write(self.storage.database, connection, (target.school, MASTERS), masters, ())

    def _make_partitions(self, connection: Connection, desk: Desk, target: Target) -> None:
        board, prefecture = desk.partition(target.board), desk.partition(target.prefecture)
        wanted = ((prefecture, target.prefecture, (None, None)), (board, target.board, (None, prefecture)))
        for id_, name, above in (*wanted, (target.school, partitions.SCHOOL, (board, prefecture))):
            if partitions.read(connection, id_) is None:
                partitions.create(connection, id_, name, above, self.new_id())

    def _edit(self, connection: Connection, school: str, ops: tuple[Op, ...]) -> Transaction:
        """Let the server's one decision take the ops as one group. Raises Defect if it would not."""
        now = self.clock()
        partition = partitions.lock(connection, school)
        if partition is None:
            raise Defect(assumed="the partition was made above", school=school)
        work = Transaction(self.storage, connection, partition, server_actor(stamp(now)), day(now))
        if ops:
            group = Group.model_construct(at=stamp(now), kind=KIND, ops=ops)
            world = work.world([group], {})
            ((_, decided),) = done = work.decide(world, [(world.seq, group)])
            if decided.outcome.outcome not in {Outcome.APPLIED, Outcome.SAME}:
                refused = [(mark.type, mark.unit) for mark in decided.marks]
                raise Defect(assumed="a mapped package is sound", code=decided.outcome.code, refused=refused)
            work.write(done)
        return work


def import_roster(storage: Storage, file: Path, *, as_json: bool) -> int:
    """Take the package in `file` and write the report to standard output.

    Returns the exit code: 0 taken, 1 refused. Raises Refusal when the file cannot be read, ServerBusy when somebody
    else is writing for too long; nothing was written then.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(PACKED_LIMIT + 1)
    except OSError as error:
        raise Refusal(f"{file.name}: {error.strerror}") from error
    importer = Importer(storage, system_clock, lambda: v7(unix_ms(system_clock()), secrets.randbits(80)))
    report = importer.take(data, file.name)
    sys.stdout.write((report.as_json() if as_json else report.as_text()) + "\n")
    return 0 if report.taken else 1


def _school_ops(target: Target) -> tuple[Op, ...]:
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


def _total(plans: list[_Plan]) -> dict[str, Changed]:
    names = [field.name for field in fields(Changed)]
    totals: dict[str, Counter[str]] = {}
    for target, mapped in plans:
        what = "unchanged" if not _school_ops(target) else "created" if target.record is None else "changed"
        totals.setdefault("school", Counter())[what] += 1
        for type_, changed in mapped.changed.items():
            totals.setdefault(type_, Counter()).update({name: getattr(changed, name) for name in names})
    return {type_: Changed(**{name: total[name] for name in names}) for type_, total in totals.items()}
