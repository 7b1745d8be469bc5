"""The database a restore takes the place of: what it alone still knows is looked at, and it is kept aside whole."""

import os
import shutil
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, inspect, select
from sqlalchemy.exc import DatabaseError

from sync.server.backup.files import PRIVATE_FOLDER, give_to_owner_of, is_database, make_single, to_disk
from sync.server.settings import Refusal
from sync.server.storage.engines import FILE, open_database
from sync.server.storage.tables import partition
from sync.server.storage.whole import OF_PEOPLE, people

_LOGS: Final = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Replaced:
    """What it knew last. seqs: of its partitions; people: rows of people and their devices."""

    seqs: dict[str, int]
    people: list[tuple[Table, list[tuple[Any, ...]]]] = field(default_factory=list[Any])


def look(data: Path) -> Replaced | None:
    """What the database in this folder knows; None where there is none, or none that can be read.

    Raises Refusal while somebody has it open.
    """
    path = data / FILE
    if not is_database(path):
        return None  # its log is kept as it is: SQLite would throw away what it cannot read
    try:
        make_single(path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise Refusal(f"somebody has the database in {data.name} open; stop it first") from error
        return None
    except sqlite3.DatabaseError:
        return None
    database = open_database(data)
    try:
        with database.reading() as connection:
            if not all(_has(connection, table) for table in (partition, *OF_PEOPLE)):
                return None
            seqs = {row[0]: row[1] for row in connection.execute(select(partition.c.school, partition.c.seq))}
            return Replaced(seqs, people(connection))
    except DatabaseError:
        return None
    finally:
        database.close()


def keep_aside(data: Path, now: datetime) -> Path | None:
    """Give the database in this folder a second, dated home, so that its name may be taken; None where there is none.

    The name goes over in one step afterwards: at no moment is there a folder without a database. Raises OSError.
    """
    path = data / FILE
    if not path.exists():
        return None
    aside = data / f"before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    aside.mkdir(PRIVATE_FOLDER)
    give_to_owner_of(data, aside)
    try:
        os.link(path, aside / FILE)
    except OSError:  # a disk that knows no second names
        shutil.copy2(path, aside / FILE)
        to_disk(aside / FILE)
    for suffix in _LOGS:
        log = path.with_name(path.name + suffix)
        if log.exists():  # of a damaged database alone; beside another file it would be taken for that one's
            log.rename(aside / log.name)
    to_disk(aside)
    return aside


def _has(connection: Connection, table: Table) -> bool:
    """Whether a database, perhaps of an older version, has a table in the form this one knows."""
    look = inspect(connection)
    held = {column["name"] for column in look.get_columns(table.name)} if look.has_table(table.name) else set[str]()
    return held >= set(table.c.keys())
