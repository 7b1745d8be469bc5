"""Files of databases as backups and restores handle them: whole, on the disk, readable by their owner alone."""

import hashlib
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Final

PRIVATE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
_MAGIC: Final = b"SQLite format 3\0"
_PART: Final = 1 << 20


def sha256(path: Path) -> str:
    """The file's SHA-256 in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_private(path: Path) -> None:
    """An empty file that was not there before, for its owner alone."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))


def copy_private(source: Path, target: Path) -> None:
    """A copy for its owner alone, under a name that is not taken."""
    make_private(target)
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, _PART)


def to_disk(path: Path) -> None:
    """Return when a file, or a folder's list of names, is on the disk."""
    if path.is_dir() and sys.platform == "win32":
        return  # Windows writes names through by itself, and opens no folder
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_database(path: Path) -> bool:
    """Whether there is a file that begins as a database does."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def make_single(path: Path) -> None:
    """Put everything of a database into its one file, without a log beside it.

    Raises sqlite3.OperationalError while somebody has it open, sqlite3.DatabaseError where it is damaged.
    """
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").fetchone()


def fault(path: Path) -> str | None:
    """The first thing that is wrong with a database that nobody writes to; None when it is sound."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        try:
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            stray = connection.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            return str(error)
    if said == "ok" and stray is not None:
        return f"a row of {stray[0]} belongs to none of {stray[2]}"
    return None if said == "ok" else str(said)


def give_to_owner_of(folder: Path, path: Path) -> None:
    """Let a file that root has made belong to whom its folder belongs to: the server runs as somebody else."""
    if sys.platform != "win32" and os.geteuid() == 0:
        owner = folder.stat()
        os.chown(path, owner.st_uid, owner.st_gid)
