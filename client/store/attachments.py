"""Attaching files, and looking at those that are attached. Nothing is written in one go but what is a single piece."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from client.store.carrying import ask
from client.store.database import Connection
from client.store.file_bytes import PIECE, put
from client.store.file_references import shown
from client.store.outbox import stamp
from client.store.writer import Steps
from client.store.writing import Writing
from sync.engine.edit import Edit, InvalidEdit, Put
from sync.engine.files import Way
from sync.errors import RuleError
from sync.protocol.errors import FileComing
from sync.records.blobs import CARRIERS, Blob, blobs_within
from sync.records.media import FILE_MAX, MEDIA

OVERDUE: Final = timedelta(days=7)
"""After so long the school has forgotten what had come of a file whose sender has gone silent."""


class AttachmentRefused(RuleError):
    """A file that cannot be attached; nothing was written. Facts: `rule` = media, size, empty, unreadable; `most`."""

    NUMBER = 4401


class Why(StrEnum):
    """Why the bytes of an attached file are not here. WANTED: they come with the next rounds; COMING: whoever attached
    it has not sent them to the end; OVERDUE: nor for so long that they will hardly come, and whoever has the file
    attaches it again; STOPPED: they could not be had, and are tried again when asked for again.
    """

    WANTED = "wanted"
    COMING = "coming"
    OVERDUE = "overdue"
    STOPPED = "stopped"


class Away(NamedTuple):
    """An attached file that is not here yet. got: bytes of it that are."""

    why: Why
    got: int
    size: int


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
        put(writing, number, place, data[start : start + PIECE])
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
        ask(writing, blob, Way.UP, now)


def want(writing: Writing, blobs: Iterable[Blob], now: datetime) -> None:
    """Have files fetched that are not here."""
    for blob in blobs:
        if not writing.run("SELECT 1 FROM blob WHERE sha256 = ? AND whole", blob.sha256):
            ask(writing, blob, Way.DOWN, now)


def away(connection: Connection, blob: Blob, now: datetime) -> Away | None:
    """Where a file is that is wanted; None where nobody has asked for it, or all of it is here."""
    row = connection.execute(
        "SELECT stopped, note, coalesce((SELECT got FROM blob WHERE sha256 = blob_queue.sha256), 0) AS got "
        "FROM blob_queue WHERE sha256 = ? AND way = 'down'",
        (blob.sha256,),
    ).fetchone()
    if row is None:
        return None
    return Away(Why.STOPPED if row["stopped"] else _why(row["note"], now), row["got"], blob.size)


def _why(note: str | None, now: datetime) -> Why:
    """What the last try says of a file that is wanted. note: `E-3401 <stamp>`: why it did not come, and since when."""
    if note is None:
        return Why.WANTED
    number, _, since = note.partition(" ")
    overdue = number == f"E-{FileComing.NUMBER}" and since < stamp(now - OVERDUE)
    return Why.OVERDUE if overdue else Why.COMING


def touch(writing: Writing, sha256: str, now: datetime) -> None:
    """Note that a file was looked at: it is not the first to be taken away."""
    writing.run("UPDATE blob SET used = ? WHERE sha256 = ?", stamp(now), sha256)
