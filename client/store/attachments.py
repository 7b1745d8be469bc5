"""Attached files in the store: their pieces, which of them travel, and which are taken away.

The bytes lie in the encrypted file itself, in pieces small enough that an edit does not wait for one, and are purged as
rows are. Nothing here is written in one go but what is a single piece.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from re import compile as pattern
from typing import Final, NamedTuple

from client.store.database import Connection
from client.store.outbox import stamp
from client.store.schema import quoted
from client.store.writer import Steps
from client.store.writing import Writing
from sync.engine.edit import Edit, InvalidEdit, Put
from sync.engine.files import Transfer, Way
from sync.errors import KeyakiError, RuleError
from sync.protocol.errors import FileDamaged, Forbidden
from sync.records.blobs import CARRIERS, HOLDING, Blob, blobs_within
from sync.records.media import FILE_MAX, MEDIA

PIECE: Final = 256 * 1024
"""Bytes of one row: to write it takes about as long as an edit may wait."""
ROOM: Final = 512 * 1024 * 1024
"""Bytes of files kept here that could be had from the school again."""
KEPT_DAYS: Final = 30
"""So long what was attached here is kept though no record refers to it: it may be undone, or told again."""
_UNREFERRED: Final = timedelta(days=1)
"""So long a file may lie here before an edit refers to it."""
_UNFINISHED: Final = timedelta(hours=1)
"""After so long whoever was attaching a file has ended before it was whole."""
_PLACES: Final = 1 << 20
_SHOWN: Final = (
    *((type_, name) for type_, names in HOLDING.items() for name in names),
    *(("underlay", "fields"), ("underlay", "last"), ("outbox", "item"), ("not_accepted", "item")),
)
"""Tables and columns in which a file is referred to that may be seen, or is to be sent."""
_KEPT: Final = (("accepted", "item"), ("undo", "again"))
_HASH: Final = pattern(r'"sha256":"([0-9a-f]{64})"')
LEAVING: Final = "leaving"
"""The note of a file whose record may be seen here no more and that has to be sent yet."""
_LEAVES: Final = "SELECT 1 FROM blob_queue WHERE sha256 = ? AND way = 'up' AND note = ?"
ATTACHED: Final = "blob"
"""Stands among the changed types when a file has come, or could not be carried."""


class AttachmentRefused(RuleError):
    """A file that cannot be attached; nothing was written. Facts: `rule` = media, size, empty, unreadable; `most`."""

    NUMBER = 4401


class Why(StrEnum):
    """Why the bytes of an attached file are not here. WANTED: they come with the next rounds; COMING: whoever attached
    it has not sent them to the end; STOPPED: they could not be had, and are tried again when asked for again.
    """

    WANTED = "wanted"
    COMING = "coming"
    STOPPED = "stopped"


class Away(NamedTuple):
    """An attached file that is not here yet. got: bytes of it that are."""

    why: Why
    got: int
    size: int


# -- keeping ----------------------------------------------------------------------------------------------------------


def checked(data: bytes, media: str | None) -> Blob:
    """The file these bytes are. Raises AttachmentRefused."""
    if media is None or media not in MEDIA:
        raise AttachmentRefused(rule="media", most=FILE_MAX >> 20)
    if not 0 < len(data) <= FILE_MAX:
        raise AttachmentRefused(rule="size" if data else "empty", most=FILE_MAX >> 20)
    return Blob(hashlib.sha256(data).hexdigest(), media, len(data))


def keep(writing: Writing, blob: Blob, data: bytes, now: datetime) -> Steps[None]:
    """Keep the bytes of a file that is being attached, a piece at a time. `finish` makes them count."""
    number = _begun(writing, blob, now)
    rows = writing.run("SELECT whole FROM blob WHERE n = ?", number)
    if rows[0][0]:
        return
    for place, start in enumerate(range(0, len(data), PIECE)):
        _put(writing, number, place, data[start : start + PIECE])
        yield True


def finish(writing: Writing, blob: Blob, now: datetime) -> None:
    """All bytes of an attached file are here; they are on the disk when this transaction is."""
    writing.run(
        "UPDATE blob SET got = size, whole = 1, attached = ?, sent = 0, used = ? WHERE sha256 = ?",
        *(stamp(now), stamp(now), blob.sha256),
    )
    writing.run("DELETE FROM blob_queue WHERE sha256 = ? AND way = 'down'", blob.sha256)


def _begun(writing: Writing, blob: Blob, now: datetime) -> int:
    """The number of a file; whatever is here of it that is not whole, is taken anew."""
    writing.run(
        "INSERT INTO blob (sha256, size, attached, used) VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET "
        "attached = excluded.attached, got = CASE WHEN whole THEN got ELSE 0 END",
        *(blob.sha256, blob.size, stamp(now), stamp(now)),
    )
    ((number,),) = writing.run("SELECT n FROM blob WHERE sha256 = ?", blob.sha256)
    return number


def _put(writing: Writing, number: int, place: int, data: bytes) -> None:
    writing.run("INSERT OR REPLACE INTO blob_piece VALUES (?, ?)", number * _PLACES + place, data)


def read(connection: Connection, sha256: str, start: int = 0, most: int = FILE_MAX) -> bytes | None:
    """Bytes of a file that is here whole; None of any other."""
    row = connection.execute("SELECT n, size FROM blob WHERE sha256 = ? AND whole", (sha256,)).fetchone()
    if row is None:
        return None
    number, end = row[0], min(row[1], start + most)
    first, last = start // PIECE, max(start, end - 1) // PIECE
    rows = connection.execute(
        "SELECT data FROM blob_piece WHERE place BETWEEN ? AND ? ORDER BY place",
        (number * _PLACES + first, number * _PLACES + last),
    )
    data = b"".join(piece for (piece,) in rows)
    return data[start - first * PIECE : end - first * PIECE]


# -- edits and screens ------------------------------------------------------------------------------------------------


def refer(writing: Writing, edits: Iterable[Edit], now: datetime) -> None:
    """Have the files go to the school that these edits refer to. Raises InvalidEdit for one that is nowhere here."""
    for edit in edits:
        if isinstance(edit, Put) and edit.type in CARRIERS:
            for name, value in edit.fields.items():
                for blob in blobs_within([value]):
                    _refer(writing, edit.type, name, blob, now)


def _refer(writing: Writing, type_: str, name: str, blob: Blob, now: datetime) -> None:
    rows = writing.run("SELECT attached, sent FROM blob WHERE sha256 = ? AND size = ? AND whole", *blob[::2])
    if not rows and blob.sha256 not in shown(writing.connection):
        raise InvalidEdit(rule="fields", type=type_, fields=(name,))
    if rows and rows[0]["attached"] is not None and not rows[0]["sent"]:
        _ask(writing, blob, Way.UP, now)


def want(writing: Writing, blobs: Iterable[Blob], now: datetime) -> None:
    """Have files fetched that are not here."""
    for blob in blobs:
        if not writing.run("SELECT 1 FROM blob WHERE sha256 = ? AND whole", blob.sha256):
            _ask(writing, blob, Way.DOWN, now)


def _ask(writing: Writing, blob: Blob, way: Way, now: datetime) -> None:
    writing.run(
        "INSERT INTO blob_queue (sha256, way, size, asked) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (sha256, way) DO UPDATE SET asked = excluded.asked, stopped = NULL",
        *(blob.sha256, way, blob.size, stamp(now)),
    )


def away(connection: Connection, blob: Blob) -> Away | None:
    """Where a file is that is wanted; None where nobody has asked for it, or all of it is here."""
    row = connection.execute(
        "SELECT stopped, note, coalesce((SELECT got FROM blob WHERE sha256 = blob_queue.sha256), 0) AS got "
        "FROM blob_queue WHERE sha256 = ? AND way = 'down'",
        (blob.sha256,),
    ).fetchone()
    if row is None:
        return None
    why = Why.STOPPED if row["stopped"] else Why.COMING if row["note"] else Why.WANTED
    return Away(why, row["got"], blob.size)


def touch(writing: Writing, sha256: str, now: datetime) -> None:
    """Note that a file was looked at: it is not the first to be taken away."""
    writing.run("UPDATE blob SET used = ? WHERE sha256 = ?", stamp(now), sha256)


# -- travelling -------------------------------------------------------------------------------------------------------


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
        _drop_named(writing, sha256)
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
    for place, piece in _pieces(writing, number, start, data):
        _put(writing, number, place, piece)
        start = place * PIECE + len(piece)
        writing.run("UPDATE blob SET got = ? WHERE n = ? AND got < ?", start, number, start)
        if start < size:  # the last piece counts together with what is found of all of them, or not at all
            yield True
    if start == size:
        _arrived(writing, number, sha256)
    return start


def _pieces(writing: Writing, number: int, start: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    """The pieces these bytes make with what is here of the first of them."""
    place, begun = divmod(start, PIECE)
    if begun:
        ((first,),) = writing.run("SELECT data FROM blob_piece WHERE place = ?", number * _PLACES + place)
        data = first + data
    for at in range(0, len(data), PIECE):
        yield place + at // PIECE, data[at : at + PIECE]


def _arrived(writing: Writing, number: int, sha256: str) -> None:
    """All bytes have come: they count when they are the right ones."""
    digest = hashlib.sha256()
    for (piece,) in writing.connection.execute(
        "SELECT data FROM blob_piece WHERE place BETWEEN ? AND ? ORDER BY place",
        _places(number),
    ):
        digest.update(piece)
    if digest.hexdigest() != sha256:
        raise FileDamaged
    writing.run("UPDATE blob SET whole = 1 WHERE n = ?", number)
    writing.run("DELETE FROM blob_queue WHERE sha256 = ? AND way = 'down'", sha256)
    writing.change([ATTACHED])


def stopped(writing: Writing, transfer: Transfer, error: KeyakiError) -> None:
    """Remember why a file was not carried. It is tried again in every round, unless there is no right to it."""
    if isinstance(error, FileDamaged) and transfer.way is Way.DOWN:
        _drop_named(writing, transfer.sha256)
    if transfer.way is Way.UP and writing.run(_LEAVES, transfer.sha256, LEAVING):
        if isinstance(error, Forbidden):  # nobody takes it any more
            _drop_named(writing, transfer.sha256)
            writing.run("DELETE FROM blob_queue WHERE sha256 = ?", transfer.sha256)
        return
    column = "stopped" if isinstance(error, Forbidden) and transfer.way is Way.DOWN else "note"
    sql = f"UPDATE blob_queue SET {column} = ? WHERE sha256 = ? AND way = ?"  # noqa: S608  one of two words
    writing.run(sql, f"E-{error.number}", transfer.sha256, transfer.way)
    writing.change([ATTACHED])


# -- taking away ------------------------------------------------------------------------------------------------------


def shown(connection: Connection) -> frozenset[str]:
    """Hashes of the files that records shown here refer to, and edits that wait or were not accepted."""
    return _hashes(connection, _SHOWN)


def _mentioned(connection: Connection) -> frozenset[str]:
    """Those that something kept here may bring back: what was sent lately, and what can be done again."""
    return _hashes(connection, _KEPT)


def _hashes(connection: Connection, sources: Iterable[tuple[str, str]]) -> frozenset[str]:
    found: set[str] = set()
    for table, column in sources:
        sql = f"SELECT {quoted(column)} FROM {quoted(table)} WHERE instr({quoted(column)}, '\"sha256\"')"  # noqa: S608
        for (text,) in connection.execute(sql):
            found.update(_HASH.findall(text))
    return frozenset(found)


def purge(writing: Writing, before: Collection[str]) -> None:
    """Take away the files of records that may be seen here no more. before: what `shown` said when they could be.

    One that the school has not got yet goes there first: its record is there, and nobody else has the bytes.
    """
    gone = set(before) - shown(writing.connection)
    for hash_ in gone:
        waits = "UPDATE blob_queue SET note = ?, stopped = NULL WHERE sha256 = ? AND way = 'up'"
        if not writing.connection.execute(waits, (LEAVING, hash_)).rowcount:
            _drop_named(writing, hash_)
    writing.connection.executemany("DELETE FROM blob_queue WHERE sha256 = ? AND way = 'down'", [(h,) for h in gone])


def before_purge(writing: Writing) -> frozenset[str]:
    """What `purge` is to be told; nothing where there are no files at all."""
    files = writing.run("SELECT 1 FROM blob UNION ALL SELECT 1 FROM blob_queue LIMIT 1")
    return shown(writing.connection) if files else frozenset()


def tidy(writing: Writing, now: datetime) -> Steps[None]:
    """Take away what nothing here refers to, and what was not looked at for longest where there is too much."""
    rows = writing.run("SELECT n, sha256, size, whole, attached, sent FROM blob ORDER BY used")
    if not rows:
        return
    seen = shown(writing.connection)
    known = seen | _mentioned(writing.connection) | _leaving(writing)
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
            for _ in _pieces_of(writing, n):
                yield True
            _drop(writing, n)
            yield True
    _forget_asked(writing, seen)


def _pieces_of(writing: Writing, number: int) -> Iterator[None]:
    """Take the pieces of a file away, one at a time: what is freed is written over."""
    for (place,) in writing.run("SELECT place FROM blob_piece WHERE place BETWEEN ? AND ?", *_places(number)):
        writing.run("UPDATE blob SET whole = 0, got = 0 WHERE n = ? AND got > 0", number)
        writing.run("DELETE FROM blob_piece WHERE place = ?", place)
        yield


def _drop(writing: Writing, number: int) -> None:
    writing.run("DELETE FROM blob_piece WHERE place BETWEEN ? AND ?", *_places(number))
    writing.run("DELETE FROM blob WHERE n = ?", number)


def _drop_named(writing: Writing, sha256: str) -> None:
    for (number,) in writing.run("SELECT n FROM blob WHERE sha256 = ?", sha256):
        _drop(writing, number)


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


def _places(number: int) -> tuple[int, int]:
    """First and last place of a file's pieces."""
    return number * _PLACES, number * _PLACES + _PLACES - 1
