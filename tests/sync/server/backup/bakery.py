"""Two schools in one storage, and what a restore must and must not change of them."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Table, select

from sync.protocol.messages import Patch
from sync.records.registry import NUMBER
from sync.server.caller import Caller
from sync.server.core import Core
from sync.server.identity import tokens
from sync.server.identity.tokens import Pair, SignedIn
from sync.server.migrate import migrate
from sync.server.settings import TokenTimes
from sync.server.storage import identity, partitions
from sync.server.storage.identity import ACTIVE, DeviceRow
from sync.server.storage.partitions import Partition
from sync.server.storage.store import Storage, open_storage
from sync.server.storage.tables import METADATA
from tests.sync.conformance.desk import Desk
from tests.sync.server.tiny import Tiny, tiny_school

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TIMES = TokenTimes()


def new_id() -> str:
    """A random UUID."""
    return str(uuid4())


@dataclass
class Bakery:
    """Two schools, each made the same every time."""

    storage: Storage
    school: Tiny = field(init=False)
    other: Tiny = field(init=False)

    def __post_init__(self) -> None:
        self.school, self.other = tiny_school(self.storage, NOW), tiny_school(self.storage, NOW, 1)

    def partition(self, school: str | None = None) -> Partition:
        """The row of a partition, of the first school's if not said."""
        with self.storage.database.reading() as connection:
            found = partitions.read(connection, school or self.school.school)
        assert found is not None
        return found

    def rows(self, table: Table, school: str | None = None) -> list[tuple[Any, ...]]:
        """All rows of a table, or a school's."""
        statement = select(table) if school is None else select(table).where(table.c.school == school)
        with self.storage.database.reading() as connection:
            return sorted((tuple(row) for row in connection.execute(statement)), key=repr)

    def of(self, school: str) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of a school in every table that is kept by school."""
        tables = [table for table in METADATA.sorted_tables if next(iter(table.primary_key)).name == "school"]
        return {table.name: self.rows(table, school) for table in tables}

    def note(self, text: str, school: Tiny | None = None) -> int:
        """Write a remark for a pupil of a school; the seq it was written at."""
        school = school or self.school
        pupil = school.pupils[0]
        made = school.key("remark", pupil=pupil, term="2026-1", box="life")
        with self.storage.database.reading() as connection:
            known = connection.exec_driver_sql(f"SELECT ver FROM record WHERE id = '{made}'").scalar()
        op = (
            school.new_remark(pupil, text)
            if known is None
            else Patch(type="remark", id=made, set={"text": text}, base={"text": known})
        )
        outcome = school.edit(op)
        assert outcome.outcome == "applied", outcome
        assert outcome.seq is not None
        return outcome.seq

    def text(self, school: Tiny | None = None) -> str | None:
        """The remark as it is."""
        school = school or self.school
        statement = f"SELECT data FROM record WHERE id = '{school.remark(school.pupils[0])}'"
        with self.storage.database.reading() as connection:
            return connection.exec_driver_sql(statement).scalar()

    def enrolled(self, name: str = "sato") -> tuple[Caller, Pair]:
        """A device of the first school, signed in."""
        person, device = self.school.people[name], new_id()
        with self.storage.database.writing() as connection:
            owner = DeviceRow(person.user, self.school.school, ACTIVE)
            identity.enrol_device(connection, device, owner, ("PC", "linux", None), 0)
        who = SignedIn(person.user, person.staff, device, self.school.school, 0, "pwd otp")
        caller = Caller(person.user, person.staff, device, "PC", self.school.school, NUMBER)
        return caller, tokens.issue(self.storage, who, TIMES, NOW)

    def desk(self, name: str = "sato") -> Desk:
        """A client of the first school, in step."""
        desk = Desk(Core(self.storage, self.enrolled(name)[0], lambda: NOW, wait_s=0), self.school.school)
        desk.sync()
        return desk


def bakery(folder: Path) -> Bakery:
    """One over an embedded database in a new folder."""
    storage = open_storage(folder)
    migrate(storage.database)
    return Bakery(storage)


def reopened(made: Bakery, folder: Path) -> None:
    """Look at what is in the folder now."""
    made.storage.close()
    made.storage = made.school.storage = made.other.storage = open_storage(folder)


def asked(path: Path, sql: str) -> list[Any]:
    """Rows of a database file that nobody serves."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()
