"""Taking attached files away: with the records they came with, and where nothing here refers to them any more."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from client.store.carrying import LEAVING
from client.store.file_bytes import drop, drop_named, drop_slowly
from client.store.file_references import mentioned, shown
from client.store.outbox import stamp
from client.store.writer import Steps
from client.store.writing import Writing
from sync.engine.files import Way

ROOM: Final = 512 * 1024 * 1024
"""Bytes of files kept here that could be had from the school again."""
KEPT_DAYS: Final = 30
"""So long what was attached here is kept though no record refers to it: it may be undone, or told again."""
_UNREFERRED: Final = timedelta(days=1)
"""So long a file may lie here before an edit refers to it."""
_UNFINISHED: Final = timedelta(hours=1)
"""After so long whoever was attaching a file has ended before it was whole."""


def before_purge(writing: Writing) -> frozenset[str]:
    """What `purge` is to be told; nothing where there are no files at all."""
    files = writing.run("SELECT 1 FROM blob UNION ALL SELECT 1 FROM blob_queue LIMIT 1")
    return shown(writing.connection) if files else frozenset()


def purge(writing: Writing, before: Collection[str]) -> None:
    """Take away the files of records that may be seen here no more. before: what `shown` said when they could be.

    One that the school has not got yet goes there first: its record is there, and nobody else has the bytes.
    """
    gone = set(before) - shown(writing.connection)
    for hash_ in gone:
        waits = "UPDATE blob_queue SET note = ?, stopped = NULL WHERE sha256 = ? AND way = 'up'"
        if not writing.connection.execute(waits, (LEAVING, hash_)).rowcount:
            drop_named(writing, hash_)
    writing.connection.executemany("DELETE FROM blob_queue WHERE sha256 = ? AND way = 'down'", [(h,) for h in gone])


def tidy(writing: Writing, now: datetime) -> Steps[None]:
    """Take away what nothing here refers to, and what was not looked at for longest where there is too much."""
    rows = writing.run("SELECT n, sha256, size, whole, attached, sent FROM blob ORDER BY used")
    if not rows:
        return
    seen = shown(writing.connection)
    known = seen | mentioned(writing.connection) | _leaving(writing)
    room = ROOM
    for n, hash_, size, whole, attached, was_sent in reversed(rows):
        again = attached is None or (was_sent and attached < stamp(now - timedelta(days=KEPT_DAYS)))
        if attached is None:
            stays = hash_ in seen
        else:
            fresh = attached >= stamp(now - (_UNREFERRED if whole else _UNFINISHED))
            stays = fresh or (whole and hash_ in known)
        if stays and again:
            room -= size
            stays = room >= 0
        if not stays:
            for _ in drop_slowly(writing, n):
                yield True
            drop(writing, n)
            yield True
    _forget_asked(writing, seen)


def _leaving(writing: Writing) -> frozenset[str]:
    return frozenset(row[0] for row in writing.run("SELECT sha256 FROM blob_queue WHERE note = ?", LEAVING))


def _forget_asked(writing: Writing, seen: Collection[str]) -> None:
    """Have nothing fetched that no record shown here refers to, and nothing sent that is not here."""
    for hash_, way in writing.run("SELECT sha256, way FROM blob_queue"):
        here = way == Way.DOWN or writing.run("SELECT 1 FROM blob WHERE sha256 = ?", hash_)
        if not here or (way == Way.DOWN and hash_ not in seen):
            writing.run("DELETE FROM blob_queue WHERE sha256 = ? AND way = ?", hash_, way)


def told_again(writing: Writing) -> None:
    """The school was set back to an earlier point: what was attached here and sent may be wanted again."""
    writing.run("UPDATE blob SET sent = 0 WHERE attached IS NOT NULL")
    writing.run(
        "INSERT OR IGNORE INTO blob_queue (sha256, way, size, asked) "
        "SELECT sha256, 'up', size, attached FROM blob WHERE attached IS NOT NULL AND whole"
    )
