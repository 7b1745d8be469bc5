"""A prefecture of many small schools in one database, made once for each number of them, and devices there."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Table, select

from client.workspace import Enrolment, fresh_id
from sync.engine.tokens import Tokens
from sync.server.clock import unix_ms
from sync.server.fill import fill
from sync.server.identity import tokens
from sync.server.identity.tokens import SignedIn
from sync.server.migrate import migrate
from sync.server.sample.premise import SampleRecord
from sync.server.settings import TokenTimes
from sync.server.storage import partitions
from sync.server.storage.identity import ACTIVE, DeviceRow, enrol_device, mark_demo
from sync.server.storage.intset import IntSet, members
from sync.server.storage.store import Storage, open_storage
from sync.server.storage.tables import METADATA
from tests.bench.copies import SMALL, ground, named, school_id, shared, small_school
from tests.bench.school import Staff, kept, today

MANY = 1_000
"""As many schools as a large prefecture has."""
TIMES = TokenTimes(access_s=86_400)
"""No device has to renew its session while it is measured."""


def embedded(schools: int) -> Path:
    """The folder of a server's data with so many schools; copy it, do not serve it."""
    return kept(f"schools-{schools:04}", lambda folder: _make(folder, schools))


def pour(folder: Path, url: str, conninfo: str, schools: int) -> None:
    """Copy the first so many schools of an embedded database into an empty one of PostgreSQL, and let it count them."""
    place = ground(SMALL, today())
    wanted = [place.prefecture, place.board, *(school_id(number, today()) for number in range(1, schools + 1))]
    with closing(open_storage(folder, url)) as there:
        migrate(there.database)
    with closing(open_storage(folder)) as here, psycopg.connect(conninfo) as connection:
        with here.database.reading() as reading:
            for table in METADATA.sorted_tables:
                rows = select(table).where(table.c.school.in_(wanted)) if "school" in table.c else select(table)
                _pour_table(connection, table, reading.execute(rows).yield_per(10_000).partitions())
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


@dataclass(frozen=True, slots=True)
class Place:
    """A class teacher's new device: of grade 3 at one of the schools."""

    enrolment: Enrolment
    tokens: Tokens


def enrol(storage: Storage, number: int) -> Place:
    """A device of the teacher of class 3-1 at a school by its number."""
    return enrolled(storage, class_teacher(school_id(number, today()), small_school(number, today()), "3-1"))


def enrolled(storage: Storage, who: Staff) -> Place:
    """A new device of somebody, as the sign-in makes it."""
    now, device, name = datetime.now(UTC), fresh_id(), f"PC of {who.name}"
    with storage.database.writing() as connection:
        owner = DeviceRow(who.user, who.school, ACTIVE)
        enrol_device(connection, device, owner, (name, "linux", None), unix_ms(now))
    session = SignedIn(who.user, who.id, device, who.school, unix_ms(now), "pwd otp")
    pair = tokens.issue(storage, session, TIMES, now)
    above = ground(SMALL, today())
    names = {above.prefecture: f"pref:{SMALL.prefecture}", above.board: f"board:{SMALL.board}", who.school: "school"}
    own = Enrolment(device, who.user, who.id, who.school, names, name)
    return Place(own, Tokens(pair.access, pair.refresh))


def class_teacher(school: str, records: Iterable[SampleRecord], key: str) -> Staff:
    """Who has the class with this key, such as `3-1`."""
    staff: dict[str, SampleRecord] = {}
    for each in records:
        if each.type == "staff":
            staff[each.id] = each
        elif each.type == "duty" and each.fields["role"] == "homeroom" and each.fields["target"].endswith(f":{key}"):
            found = staff[each.fields["staff"]].fields
            return Staff(school, each.fields["staff"], found["name"], found["post"], found["user"])
    raise AssertionError(key)


def _make(folder: Path, schools: int) -> None:
    day, now = today(), datetime.now(UTC)
    place = ground(SMALL, day)
    numbers = range(1, schools + 1)
    folder.mkdir(parents=True)
    storage = open_storage(folder)
    migrate(storage.database)
    with storage.database.writing() as connection:
        mark_demo(storage.database, connection)
        above = (None, place.prefecture)
        partitions.create(connection, place.prefecture, f"pref:{SMALL.prefecture}", (None, None), str(uuid4()))
        partitions.create(connection, place.board, f"board:{SMALL.board}", above, str(uuid4()))
        common = [*shared(day), *(named(number, day) for number in numbers)]
        for school in (place.prefecture, place.board):
            _fill(storage, connection, school, [each for each in common if each.partition == school], now)
    for number in numbers:
        school = school_id(number, day)
        with storage.database.writing() as connection:
            above = (place.board, place.prefecture)
            partitions.create(connection, school, partitions.SCHOOL, above, str(uuid4()))
            _fill(storage, connection, school, small_school(number, day), now)
        print(f"\r{number:,} of {schools:,} schools", end="", flush=True)
    print()
    storage.close()


def _fill(
    storage: Storage, connection: Connection, school: str, records: Iterable[SampleRecord], now: datetime
) -> None:
    fresh = ((each.type, each.id, each.fields) for each in records)
    for _ in fill(storage.database, connection, school, fresh, now):
        pass


def _pour_table(connection: psycopg.Connection, table: Table, parts: Iterable[Sequence[Any]]) -> None:
    """Rows as PostgreSQL's COPY takes them: a set of numbers is an array there."""
    sets = [place for place, column in enumerate(table.c) if isinstance(column.type, IntSet)]
    target = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(sql.Identifier(column.name) for column in table.c)
    )
    with connection.cursor().copy(target) as copying:
        for rows in parts:
            for row in rows:
                values = list(row)
                for place in sets:
                    values[place] = list(members(values[place]))
                copying.write_row(values)
