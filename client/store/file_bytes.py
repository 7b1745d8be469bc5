"""The bytes of attached files: in the encrypted file of the store itself, purged as rows are.

They lie there in pieces small enough that an edit does not wait for one.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

from client.store.database import Connection
from client.store.writing import Writing
from sync.records.media import FILE_MAX

PIECE: Final = 256 * 1024
"""Bytes of one row: to write it takes about as long as an edit may wait."""
_PLACES: Final = 1 << 20


def put(writing: Writing, number: int, place: int, data: bytes) -> None:
    """Keep one piece."""
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


def pieces(writing: Writing, number: int, start: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    """The pieces these bytes make with what is here of the first of them."""
    place, begun = divmod(start, PIECE)
    if begun:
        ((first,),) = writing.run("SELECT data FROM blob_piece WHERE place = ?", number * _PLACES + place)
        data = first + data
    for at in range(0, len(data), PIECE):
        yield place + at // PIECE, data[at : at + PIECE]


def is_right(writing: Writing, number: int, sha256: str) -> bool:
    """Whether the bytes that are here are those of the file with this hash."""
    digest = hashlib.sha256()
    for (piece,) in writing.connection.execute(
        "SELECT data FROM blob_piece WHERE place BETWEEN ? AND ? ORDER BY place",
        _places(number),
    ):
        digest.update(piece)
    return digest.hexdigest() == sha256


def drop_slowly(writing: Writing, number: int) -> Iterator[None]:
    """Take the pieces of a file away, one at a time: what is freed is written over."""
    for (place,) in writing.run("SELECT place FROM blob_piece WHERE place BETWEEN ? AND ?", *_places(number)):
        writing.run("UPDATE blob SET whole = 0, got = 0 WHERE n = ? AND got > 0", number)
        writing.run("DELETE FROM blob_piece WHERE place = ?", place)
        yield


def drop(writing: Writing, number: int) -> None:
    """Take a file away."""
    writing.run("DELETE FROM blob_piece WHERE place BETWEEN ? AND ?", *_places(number))
    writing.run("DELETE FROM blob WHERE n = ?", number)


def drop_named(writing: Writing, sha256: str) -> None:
    """Take the file with this hash away, if it is here."""
    for (number,) in writing.run("SELECT n FROM blob WHERE sha256 = ?", sha256):
        drop(writing, number)


def _places(number: int) -> tuple[int, int]:
    """First and last place of a file's pieces."""
    return number * _PLACES, number * _PLACES + _PLACES - 1
