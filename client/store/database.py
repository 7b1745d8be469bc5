"""Connections to the encrypted file: the raw key first, every pinned setting set and read back, one process a store."""

import errno
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from sqlcipher3 import dbapi2

from client.store.errors import DiskFull, StoreBusy, StoreDamaged, WriteFailed
from client.store.facts import Row

Connection = dbapi2.Connection

KEY_BYTES: Final = 32
BUSY_MS: Final = 5_000
_PINNED: Final[tuple[tuple[str, str | int, str], ...]] = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),
    ("secure_delete", "ON", "1"),
    ("temp_store", "MEMORY", "2"),
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
    ("foreign_keys", "ON", "1"),
    ("wal_autocheckpoint", 4_000, "4000"),
    ("cipher_memory_security", "OFF", "0"),
)
"""Setting, value, what reading it back must say. With NORMAL instead of FULL a power cut lost acknowledged edits.
At 4,000 pages a commit carries the log over itself; the writer does it before that, when nobody waits.
"""
_WRITER_KIB: Final = 65_536
_READER_KIB: Final = 16_384

dbapi2.register_adapter(type(None), lambda null: null)
"""A null is bound as it is. Without an adapter the library looks for one at each, which takes five times as long as
binding a text does.
"""


def connect(path: Path, key: bytes, *, writing: bool) -> Connection:
    """A connection with every pinned setting in force; one that does not write cannot.

    key: 32 raw bytes. Raises StoreDamaged when the file is not readable with this key or a setting does not hold, and
    DiskFull, WriteFailed where the disk refuses what even reading needs beside the file.
    """
    assert len(key) == KEY_BYTES
    connection = dbapi2.connect(path, isolation_level=None, check_same_thread=writing, cached_statements=512)
    try:
        connection.set_key(b"x'" + key.hex().encode("ascii") + b"'")  # in this form only it is not stretched for 0.2 s
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.enable_load_extension(False)
        connection.set_busy_timeout(BUSY_MS)
        _pin(connection, _WRITER_KIB if writing else _READER_KIB)
        if not writing:
            connection.execute("PRAGMA query_only = ON")
    except (dbapi2.Error, StoreDamaged) as error:
        connection.close()
        if isinstance(error, dbapi2.OperationalError):
            raise write_fault(error) from error
        if isinstance(error, dbapi2.Error):
            raise StoreDamaged(reason=type(error).__name__) from error
        raise
    connection.row_factory = Row
    return connection


def _pin(connection: Connection, cache_kib: int) -> None:
    wanted = (*_PINNED, ("cache_size", -cache_kib, str(-cache_kib)))
    if sys.platform == "darwin":
        wanted = (*wanted, ("fullfsync", "ON", "1"))
    for name, value, _ in wanted:
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
    for name, _, said in wanted:
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if row is None or str(row[0]) != said:
            raise StoreDamaged(reason=f"setting {name}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def create_file(path: Path) -> None:
    """Make an empty file that only its owner may read, in a folder of that kind. A file that is there stays.

    Raises DiskFull, WriteFailed.
    """
    with _told():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


@contextmanager
def _told() -> Generator[None]:
    """What the system refuses, by our names."""
    try:
        yield
    except OSError as error:
        refused = DiskFull() if error.errno == errno.ENOSPC else WriteFailed(reason=type(error).__name__)
        raise refused from error


@contextmanager
def transaction(connection: Connection) -> Generator[None]:
    """One write transaction; committed at the end, rolled back by whatever is raised.

    Raises DiskFull or WriteFailed in place of the library's error; the connection should not be used after WriteFailed.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except dbapi2.OperationalError as error:
        roll_back(connection)
        raise write_fault(error) from error
    except dbapi2.DatabaseError as error:
        roll_back(connection)
        if "malformed" in str(error) or "not a database" in str(error):
            raise StoreDamaged(reason="malformed") from error
        raise
    finally:
        roll_back(connection)


@contextmanager
def snapshot(connection: Connection) -> Generator[None]:
    """Several reads of one and the same state."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


def roll_back(connection: Connection) -> None:
    """End an open transaction without its effects; a connection that cannot even do that will be dropped."""
    try:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    except dbapi2.Error:
        return


def write_fault(error: dbapi2.OperationalError) -> DiskFull | WriteFailed:
    """The error a failed write is told as."""
    return DiskFull() if "full" in str(error) else WriteFailed(reason=str(error))


class StoreLock:
    """Held open while a store is open, so that a second process cannot have it.

    Raises StoreBusy, DiskFull, WriteFailed.
    """

    def __init__(self, path: Path) -> None:
        with _told():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file: IO[Any] = path.open("a+b")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise StoreBusy from error

    def release(self) -> None:
        """Let another process have the store."""
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[Any]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[Any]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
