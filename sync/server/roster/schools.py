"""Finds the schools of a package on this server, and gathers what the server knows of each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from uuid import uuid5

from sqlalchemy import Connection

from sync.records.configured import Stated, holding
from sync.records.ids import KEYAKI_NS, IdMaker, partition_id
from sync.records.registry import TYPES
from sync.records.roles import Partition as Level
from sync.server.decide.world import Held, Key
from sync.server.roster.codes import SCHOOL_KINDS
from sync.server.roster.known import ORDER, Known, Source
from sync.server.roster.package import Org, Package
from sync.server.roster.problem import Kind, Problem
from sync.server.roster.sent import Earlier, Sent
from sync.server.storage import partitions, sources
from sync.server.storage.partitions import Partition
from sync.server.storage.store import Storage

MASTERS: Final = "userMasterIdentifier"
"""The sender under which pupils are remembered by userMasterIdentifier, whoever sent them."""
SOURCE_LIMIT: Final = 40

_ORG_COLUMNS: Final = {
    "orgs": "sourcedId",
    "classes": "schoolSourcedId",
    "enrollments": "schoolSourcedId",
    "roles": "orgSourcedId",
    "users": "primaryOrgSourcedId",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A school of the package. sourced_id: in the package. board, prefecture: ids of the partitions above it.

    record: the school's record, None for a school that is new here. org: its row, None where a delta leaves it out.
    """

    sourced_id: str
    school: str
    code: str
    board_code: str
    record: Held | None
    org: Org | None

    @property
    def kind(self) -> str:
        """The kind of school, as in its record."""
        return SCHOOL_KINDS[self.code[:2]]

    @property
    def prefecture(self) -> str:
        """The name of the prefecture's partition."""
        return f"pref:{self.board_code[:2]}"

    @property
    def board(self) -> str:
        """The name of the board's partition."""
        return f"board:{self.board_code}"


def sender_of(source: str) -> str:
    """Return the name under which a sender's rows are kept: its own, or a hash of one that is too long for a key."""
    return source if len(source) <= SOURCE_LIMIT else str(uuid5(KEYAKI_NS, source))


Look = Callable[[Connection, str], Partition | None]
"""How to look at a partition: `partitions.read`, or `partitions.lock` to keep it as it is."""


class Desk:
    """One package before the server's books.

    taken: how many packages there were before. seen: every partition that was looked at, None where it is not there.
    While both stay the same, so does everything else that was read.
    """

    def __init__(self, storage: Storage, connection: Connection, sent: Sent, look: Look) -> None:
        self._storage = storage
        self._connection = connection
        self._look = look
        self.sender = sender_of(sent.manifest.source)
        self.problems: list[Problem] = []
        self.taken = sources.taken(connection)
        self.seen: dict[str, Partition | None] = {}
        self._shared = sources.shared(connection)
        self._schools = dict(self._all_schools())
        self._sources = dict(self._of_sender(sent))

    def earlier(self) -> Earlier:
        """Return what this sender has sent of the schools in the package, by file."""
        found: dict[str, set[str]] = {}
        for rows in self._sources.values():
            for source in rows:
                if source.is_live:
                    found.setdefault(source.kind, set()).add(source.sourced_id)
        return found

    def targets(self, package: Package, new_id: IdMaker) -> list[Target]:
        """Return the schools a package is about, those new to this server with a new id.

        A package of a board this server is not for is a problem, and so is a school that belongs to another board or
        had another code here (R32). A server without any board takes the first one that comes.
        """
        here = self._by_sourced_id()
        by_code = {held.fields["school_code"]: held for held in self._schools.values()}
        found: list[Target] = []
        for org in _schools_of(package):
            record = by_code.get(org.code)
            board = package.orgs.get(org.parent)
            code = board.code if board is not None else str(record.fields["board_code"]) if record else ""
            self._check_board(org, code, record)
            self._check_code(org, here.get(org.origin.id))
            school = record.id if record is not None else new_id()
            found.append(Target(org.origin.id, school, org.code, code, record, org))
        found += [_unsent(sourced_id, held) for sourced_id, held in here.items() if sourced_id not in package.orgs]
        return sorted(found, key=lambda target: target.school)

    def known(self, target: Target, masters: frozenset[str]) -> Known:
        """Return what the server knows of a school. masters: userMasterIdentifiers of the package's users."""
        prefecture, board = self._shared.get(target.prefecture), self._shared.get(target.board)
        sets = self._records(prefecture, "viewpoint_set")
        stated = (
            Stated(level, held.id, held.fields)
            for level, partition in ((Level.BOARD, board), (Level.SCHOOL, target.school))
            for held in self._records(partition, "grading_rule").values()
        )
        newest = max(sets.values(), key=lambda held: held.fields["valid_from"], default=None)
        return Known(
            school=target.school,
            kind=target.kind,
            records=MappingProxyType(self._all_records(target.school, ORDER)),
            sources=MappingProxyType(self._sources.get(target.school, {})),
            elsewhere=MappingProxyType(dict(self._elsewhere(target.school, masters))),
            viewpoint_set=newest.id if newest is not None else None,
            rules={key: rule.id for key, rule in holding(TYPES["grading_rule"], stated).items()},
        )

    def see(self, partition: str) -> Partition | None:
        """Return a partition as it was when it was first looked at."""
        if partition not in self.seen:
            self.seen[partition] = self._look(self._connection, partition)
        return self.seen[partition]

    def partition(self, name: str) -> str:
        """Return the id of a shared partition by name, whether it is there or not."""
        return self._shared.get(name) or partition_id(name)

    def _all_schools(self) -> Iterator[tuple[str, Held]]:
        for name, prefecture in sorted(self._shared.items()):
            if name.startswith("pref:"):
                yield from ((held.id, held) for held in self._records(prefecture, "school").values())

    def _of_sender(self, sent: Sent) -> Iterator[tuple[str, Mapping[Source, str]]]:
        """All rows of this sender at the schools the package speaks of."""
        orgs = {row.get(column).lower() for name, column in _ORG_COLUMNS.items() for _, row in sent.all_rows(name)}
        codes = {row.get("identifier") for _, row in sent.all_rows("orgs")}
        for school in sorted(self._schools):
            own = sources.find(self._connection, school, self.sender, orgs)
            if self._schools[school].fields["school_code"] in codes or any(row[2] == "school" for row, _ in own):
                self.see(school)
                rows = sources.read(self._connection, school, self.sender)
                yield school, {Source(*row): id_ for row, id_ in rows.items()}

    def _by_sourced_id(self) -> dict[str, Held]:
        return {
            source.sourced_id: self._schools[school]
            for school, rows in self._sources.items()
            for source in rows
            if source.kind == "orgs" and source.type == "school"
        }

    def _check_board(self, org: Org, code: str, record: Held | None) -> None:
        boards = sorted(name.partition(":")[2] for name in self._shared if name.startswith("board:"))
        other = record is not None and record.fields["board_code"] != code
        if other or (boards and code not in boards):
            hint = str(record.fields["board_code"]) if other and record is not None else " / ".join(boards[:5])
            self._problem(Kind.OTHER_BOARD, org, hint)

    def _check_code(self, org: Org, earlier: Held | None) -> None:
        if earlier is not None and earlier.fields["school_code"] != org.code:
            self._problem(Kind.SCHOOL_CODE_CHANGED, org, str(earlier.fields["school_code"]))

    def _problem(self, kind: Kind, org: Org, hint: str) -> None:
        self.problems.append(Problem(kind, "orgs.csv", org.origin.line, "identifier", org.code, hint))

    def _elsewhere(self, school: str, masters: frozenset[str]) -> Iterator[tuple[str, str]]:
        for other in partitions.all_schools(self._connection):
            if other != school and masters:
                for (_, master, type_), id_ in sources.find(self._connection, other, MASTERS, masters):
                    if type_ == "pupil":
                        yield master, id_

    def _records(self, school: str | None, type_: str) -> Mapping[Key, Held]:
        if school is None:
            return {}
        return {key: held for key, held in self._all_records(school, (type_,)).items() if not held.deleted}

    def _all_records(self, school: str, types: tuple[str, ...]) -> dict[Key, Held]:
        partition = self.see(school)
        if partition is None:
            return {}
        names = self._storage.names.read(self._connection, partition)
        return sources.records(self._connection, names, school, types)


def _schools_of(package: Package) -> list[Org]:
    """The schools a package has classes or people of; all of its schools where it has none at all."""
    schools = [org for org in package.orgs.values() if org.is_school and org.origin.deleted is None]
    named = {row.school for row in (*package.classes.values(), *package.enrolments.values(), *package.users.values())}
    named |= {role.org for role in package.roles.values()}
    return [org for org in schools if org.origin.id in named] or schools


def _unsent(sourced_id: str, held: Held) -> Target:
    fields = held.fields
    return Target(sourced_id, held.id, fields["school_code"], fields["board_code"], held, None)
