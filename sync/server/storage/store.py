"""The storage: a database and what this process may remember of it between requests."""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection

from sync.errors import KeyakiError
from sync.protocol.digest import grant_hash
from sync.records.roles import Role
from sync.records.scopes import Opened, R, valid_on
from sync.server.decide.authorise import rights_on
from sync.server.decide.world import Rights
from sync.server.storage import grants
from sync.server.storage.engines import Database, open_database
from sync.server.storage.grants import ALWAYS
from sync.server.storage.names import NameCache
from sync.server.storage.pages import Pages
from sync.server.storage.partitions import Partition
from sync.server.storage.replica import Replica
from sync.server.storage.snapshots import Chunking, Snapshots
from sync.server.storage.standing import StandingCache

T = TypeVar("T")
_USERS_MAX: Final = 20_000
"""Users whose grants one process remembers; then it starts afresh."""

SHARED: Final = (Opened("all", Role.STAFF, R, ALWAYS),)
"""What every member of staff has in the board's and the prefecture's partitions, by rule."""


@dataclass(frozen=True, slots=True)
class DayGrants:
    """A user's valid grants on one day: as sent, their hash, the names of the scopes they open, and what may be written
    by these and by grants that have ended.
    """

    day: str
    rows: list[dict[str, str]]
    hash: str
    scopes: frozenset[str]
    rights: Rights


@dataclass(slots=True)
class UserGrants:
    """All grants a user has or had at a school, as of one change of grants."""

    epoch: str
    granted: int
    all: tuple[Opened, ...]
    _today: DayGrants | None = None

    def on(self, day: str) -> DayGrants:
        """What is valid on that day."""
        today = self._today
        if today is None or today.day != day:
            today = self._today = day_grants(self.all, day)
        return today


def day_grants(granted: Iterable[Opened], day: str) -> DayGrants:
    """The grants valid on a day. granted: those that have ended, too."""
    granted = tuple(granted)
    valid = [opened for opened in granted if valid_on(opened, day)]
    rows = grants.sorted_rows(valid)
    return DayGrants(day, rows, grant_hash(rows), frozenset(opened.scope for opened in valid), rights_on(granted, day))


class GrantCache:
    """Users' grants, remembered until the partition says that grants have changed."""

    def __init__(self) -> None:
        self._users: dict[tuple[str, str], UserGrants] = {}

    def read(self, connection: Connection, partition: Partition, user: str) -> UserGrants:
        """A user's grants as this transaction sees them."""
        key = (partition.school, user)
        known = self._users.get(key)
        if known is not None and (known.epoch, known.granted) == (partition.epoch, partition.granted):
            return known
        held = grants.of_user(connection, partition.school, user) if partition.is_school else SHARED
        found = UserGrants(partition.epoch, partition.granted, held)
        if len(self._users) >= _USERS_MAX:
            self._users.clear()
        self._users[key] = found
        return found


def _nobody(school: str, epoch: str, seq: int) -> None:
    """Who listens when nobody does."""


def _no_packer(school: str, sets: Collection[int]) -> None:
    """Who packs scope sets when nobody does."""


@dataclass(slots=True)
class Storage:
    """What every request is given. `changed` is called with school, epoch and seq after each commit of changes.

    `wanted` is called with scope sets of a school that somebody loads and that are not packed, and returns at once.
    replica: where pulls may be read, if there is one. chunking: how scope sets are packed.
    """

    database: Database
    pages: Pages
    snapshots: Snapshots
    replica: Replica | None = None
    names: NameCache = field(default_factory=NameCache)
    grants: GrantCache = field(default_factory=GrantCache)
    standing: StandingCache = field(default_factory=StandingCache)
    changed: Callable[[str, str, int], None] = _nobody
    chunking: Chunking = field(default_factory=Chunking)
    wanted: Callable[[str, Collection[int]], None] = _no_packer

    def read(self, school: str, ask: Callable[[Connection], T]) -> T:
        """What `ask` finds in one snapshot: of the replica where there is one that knows everything of that school.

        Only the database itself refuses anybody. Raises what `ask` raises, ServerBusy.
        """
        if self.replica is not None:
            with suppress(KeyakiError), self.replica.reading(school) as connection:
                if connection is not None:
                    return ask(connection)
        with self.database.reading() as connection:
            return ask(connection)

    def close(self) -> None:
        """Close every connection."""
        self.database.close()
        if self.replica is not None:
            self.replica.close()


def open_storage(data: Path, url: str | None = None, replica: str | None = None) -> Storage:
    """The storage in the folder `data`, or at the database URL. Its tables must have been made (`migrate`).

    replica: URL of a streaming replica of the database.
    """
    database = open_database(data, url)
    copy = None if replica is None else Replica(database, open_database(data, replica))
    return Storage(database, Pages(database), Snapshots(database), copy)
