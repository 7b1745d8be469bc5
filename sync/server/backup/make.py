"""Making a backup while the server serves: one snapshot, copied, checked, and only then given its name."""

import secrets
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from sync.protocol.errors import ServerBusy
from sync.server.backup.files import PRIVATE_FOLDER, fault, make_private, make_single, sha256, to_disk
from sync.server.backup.manifest import Manifest, program, write_manifest
from sync.server.clock import stamp
from sync.server.occupied import beside_others
from sync.server.settings import Refusal
from sync.server.storage.engines import FILE

_WAIT_S: Final = 3
_TABLES: Final = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
_REVISION: Final = "SELECT version_num FROM alembic_version"


def back_up(data: Path, to: Path, now: datetime) -> Manifest:
    """Copy the database in the folder `data` into a new folder `to`; a server may be writing to it meanwhile.

    Raises Refusal where `to` is there already, where the copy is not sound and where the disk refuses; ServerBusy.
    Nothing is left of a backup that failed.
    """
    if not (data / FILE).is_file():
        raise Refusal(f"there is no database in {data.name}")
    if to.exists():
        raise Refusal(f"{to.name} is there already; a backup overwrites nothing")
    beside = to.with_name(f".{to.name}.{secrets.token_hex(4)}")
    try:
        beside.mkdir(PRIVATE_FOLDER)
        with beside_others(data):
            manifest = _made(data / FILE, beside / FILE, now)
        write_manifest(manifest, beside)
        to_disk(beside)
        beside.rename(to)
        to_disk(to.parent)
    except OSError as error:
        raise Refusal(f"the backup could not be written: {error.strerror}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def rows_of(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    names = sorted(name for (name,) in connection.execute(_TABLES))
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608  names of its own schema


def _made(source: Path, target: Path, now: datetime) -> Manifest:
    """Copy and check. Raises Refusal, ServerBusy, OSError."""
    make_private(target)
    try:
        revision, rows = _copy(source, target)
        make_single(target)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise ServerBusy(code="BUSY", retry_s=_WAIT_S) from error
        raise Refusal(f"the database could not be copied: {error}") from error
    except sqlite3.DatabaseError as error:
        raise Refusal(f"the database is damaged: {error}") from error
    wrong = fault(target)
    if wrong is not None:
        raise Refusal(f"the copy is not sound, and the database may not be: {wrong}")
    to_disk(target)
    return Manifest(
        made_at=stamp(now),
        program=program(),
        revision=revision,
        bytes=target.stat().st_size,
        sha256=sha256(target),
        rows=rows,
    )


def _copy(source: Path, target: Path) -> tuple[str, dict[str, int]]:
    """Copy in one read transaction: writers are not held up, and nothing they write begins the copy anew.

    Returns the revision and the rows of that very snapshot, counted in the original and again in the copy.
    """
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True, timeout=_WAIT_S)) as read,
        closing(sqlite3.connect(target, isolation_level=None)) as written,
    ):
        read.isolation_level = None
        read.execute("BEGIN")
        (revision,) = read.execute(_REVISION).fetchone()
        rows = rows_of(read)
        read.backup(written)
        if rows_of(written) != rows:
            raise Refusal("the copy has other rows than the database")
    return revision, rows
