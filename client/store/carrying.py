"""Attached files on their way between this store and the school: what goes next, and what has come of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from client.store.database import Connection
from client.store.file_bytes import PIECE, drop_named, is_right, pieces, put
from client.store.file_references import shown
from client.store.outbox import stamp
from client.store.writer import Steps
from client.store.writing import Writing
from sync.engine.files import Transfer, Way
from sync.errors import KeyakiError
from sync.protocol.errors import FileDamaged, Forbidden
from sync.records.blobs import Blob

LEAVING: Final = "leaving"
"""The note of a file whose record may be seen here no more and that has to be sent yet."""
_LEAVES: Final = "SELECT 1 FROM blob_queue WHERE sha256 = ? AND way = 'up' AND note = ?"
ATTACHED: Final = "blob"
"""Stands among the changed types when a file has come, or could not be carried."""


def ask(writing: Writing, blob: Blob, way: Way, now: datetime) -> None:
    """Have a file carried with the next rounds."""
    writing.run(
        "INSERT INTO blob_queue (sha256, way, size, asked) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (sha256, way) DO UPDATE SET asked = excluded.asked, stopped = NULL",
        *(blob.sha256, way, blob.size, stamp(now)),
    )


def waiting(connection: Connection) -> int:
    """How many files are to be carried."""
    ((count,),) = connection.execute("SELECT count(*) FROM blob_queue WHERE stopped IS NULL")
    return count


def following(connection: Connection, but: Collection[tuple[Way, str]]) -> Transfer | None:
    """What is to be carried next: what somebody waits for, then what a record shown here or a waiting edit refers to.

    What no edit refers to any more stays here: who has attached the wrong file and takes it back has sent nothing.
    """
    rows = connection.execute(
        "SELECT way, blob_queue.sha256, blob_queue.size, note, coalesce(got, 0) AS got, coalesce(whole, 0) AS whole "
        "FROM blob_queue LEFT JOIN blob ON blob.sha256 = blob_queue.sha256 WHERE stopped IS NULL "
        "ORDER BY way, asked, blob_queue.sha256"
    ).fetchall()
    rows = [row for row in rows if (Way(row["way"]), row["sha256"]) not in but]
    meant = shown(connection) if any(row["way"] == Way.UP for row in rows) else frozenset[str]()
    for row in rows:
        if row["way"] == Way.DOWN:
            return Transfer(Way.DOWN, row["sha256"], row["size"], row["got"])
        if row["whole"] and (row["sha256"] in meant or row["note"] == LEAVING):
            return Transfer(Way.UP, row["sha256"], row["size"])
    return None


def sent(writing: Writing, sha256: str) -> None:
    """The school has a file; one of a record that is seen here no more leaves with that."""
    if writing.run(_LEAVES, sha256, LEAVING):
        drop_named(writing, sha256)
    writing.run("UPDATE blob SET sent = 1 WHERE sha256 = ?", sha256)
    writing.run("DELETE FROM blob_queue WHERE sha256 = ? AND way = 'up'", sha256)
    writing.change([ATTACHED])


def came(writing: Writing, sha256: str, start: int, data: bytes, now: datetime) -> Steps[int]:
    """Keep bytes that came, a piece at a time; returns how many are here. Raises FileDamaged."""
    wanted = writing.run("SELECT size FROM blob_queue WHERE sha256 = ? AND way = 'down'", sha256)
    if not wanted:  # purged, or attached here, meanwhile
        return start
    size = wanted[0][0]
    writing.run("INSERT OR IGNORE INTO blob (sha256, size, used) VALUES (?, ?, ?)", sha256, size, stamp(now))
    ((number, got, whole, attached),) = writing.run("SELECT n, got, whole, attached FROM blob WHERE sha256 = ?", sha256)
    if attached is not None and not whole:  # somebody is just attaching it
        return start
    if whole or got != start or start + len(data) > size:
        return got
    for place, piece in pieces(writing, number, start, data):
        put(writing, number, place, piece)
        start = place * PIECE + len(piece)
        writing.run("UPDATE blob SET got = ? WHERE n = ? AND got < ?", start, number, start)
        if start < size:  # the last piece counts together with what is found of all of them, or not at all
            yield True
    if start == size:
        _arrived(writing, number, sha256)
    return start


def _arrived(writing: Writing, number: int, sha256: str) -> None:
    """All bytes have come: they count when they are the right ones."""
    if not is_right(writing, number, sha256):
        raise FileDamaged
    writing.run("UPDATE blob SET whole = 1 WHERE n = ?", number)
    writing.run("DELETE FROM blob_queue WHERE sha256 = ? AND way = 'down'", sha256)
    writing.change([ATTACHED])


def stopped(writing: Writing, transfer: Transfer, error: KeyakiError, now: datetime) -> None:
    """Remember why a file was not carried, and since when. It is tried again in every round, unless there is no right
    to it.
    """
    if isinstance(error, FileDamaged) and transfer.way is Way.DOWN:
        drop_named(writing, transfer.sha256)
    if transfer.way is Way.UP and writing.run(_LEAVES, transfer.sha256, LEAVING):
        if isinstance(error, Forbidden):  # nobody takes it any more
            drop_named(writing, transfer.sha256)
            writing.run("DELETE FROM blob_queue WHERE sha256 = ?", transfer.sha256)
        return
    column = "stopped" if isinstance(error, Forbidden) and transfer.way is Way.DOWN else "note"
    known = f"coalesce({column}, '') LIKE ? || ' %'"
    sql = f"UPDATE blob_queue SET {column} = ? WHERE sha256 = ? AND way = ? AND NOT {known}"  # noqa: S608  one of two words
    why = f"E-{error.number}"
    writing.run(sql, f"{why} {stamp(now)}", transfer.sha256, transfer.way, why)
    writing.change([ATTACHED])
