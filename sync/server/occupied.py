"""Who works in the folder of an embedded database: any number beside each other, or one alone that replaces it.

The lock is SQLite's own on an empty file beside the database: the same on every system, shared or exclusive, and gone
with the process that held it, however that ended.
"""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sync.protocol.errors import ServerBusy
from sync.server.settings import Refusal

LOCK: Final = "server.lock"
_WAIT_S: Final = 3


@contextmanager
def beside_others(data: Path) -> Generator[None]:
    """Work in the folder, which is made when missing. Raises ServerBusy while somebody replaces its database."""
    try:
        with _held(data, "BEGIN", _WAIT_S):
            yield
    except _TakenError as taken:
        raise ServerBusy(code="BUSY", retry_s=_WAIT_S) from taken


@contextmanager
def alone(data: Path) -> Generator[None]:
    """Have the folder for oneself. Raises Refusal while a server, or another command, works in it."""
    try:
        with _held(data, "BEGIN EXCLUSIVE", 0):
            yield
    except _TakenError as taken:
        raise Refusal(f"a server or another command is working in {data.name}; stop it first") from taken


class _TakenError(Exception):
    """The lock is not to be had."""


@contextmanager
def _held(data: Path, begin: str, wait_s: float) -> Generator[None]:
    data.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(data / LOCK, timeout=wait_s, isolation_level=None)) as connection:
        try:
            connection.execute(begin)
            connection.execute("SELECT * FROM sqlite_schema").fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise Refusal(f"{data.name}: {error}") from error
            raise _TakenError from error
        yield
