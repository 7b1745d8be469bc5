"""Attached files as rows: their pieces, and who uploads them. What refers to them is in `file_references`."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from sync.server.storage.engines import Database
from sync.server.storage.file_references import blob_ref, vouch
from sync.server.storage.tables import METADATA, Big, Uid

blob: Final = Table(
    "blob",
    METADATA,
    Column("school", Uid),
    Column("sha256", String(64)),
    Column("size", Big, nullable=False),
    Column("body", Uid, nullable=False),
    Column("made", String(24), nullable=False),
    PrimaryKeyConstraint("school", "sha256"),
    sqlite_with_rowid=False,
)
"""An attached file that is here whole, its hash found right. `body`: the name its pieces are kept under."""

blob_piece: Final = Table(
    "blob_piece",
    METADATA,
    Column("school", Uid),
    Column("body", Uid),
    Column("start", Big),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("school", "body", "start"),
)
"""Bytes of a file from `start` on, whether it is whole already or still being uploaded."""

blob_upload: Final = Table(
    "blob_upload",
    METADATA,
    Column("school", Uid),
    Column("staff", Uid),
    Column("sha256", String(64)),
    Column("size", Big, nullable=False),
    Column("got", Big, nullable=False),
    Column("body", Uid, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("at", String(24), nullable=False),
    PrimaryKeyConstraint("school", "staff", "sha256"),
    sqlite_with_rowid=False,
)
"""A file a member of staff uploads, or has uploaded: what shows that they have its bytes and not its hash alone. `got`:
bytes that have come; `at`: when the last of them came.
"""

PIECE: Final = 256 * 1024
"""Bytes of one row."""

_OF: Final = (
    blob_upload.c.school == bindparam("k_school"),
    blob_upload.c.staff == bindparam("k_staff"),
    blob_upload.c.sha256 == bindparam("k_sha256"),
)
_UPLOAD: Final = select(blob_upload.c.size, blob_upload.c.got, blob_upload.c.body, blob_upload.c.done).where(*_OF)
_BODY: Final = (blob_piece.c.school == bindparam("k_school"), blob_piece.c.body == bindparam("k_body"))
_FIRST: Final = select(func.max(blob_piece.c.start)).where(*_BODY, blob_piece.c.start <= bindparam("first"))
_PIECES: Final = (
    select(blob_piece.c.start, blob_piece.c.data)
    .where(*_BODY, blob_piece.c.start >= bindparam("first"), blob_piece.c.start < bindparam("end"))
    .order_by(blob_piece.c.start)
)
_UNUSED: Final = (
    ~select(blob_ref.c.id)
    .where(
        blob_ref.c.school == blob_upload.c.school,
        blob_ref.c.sha256 == blob_upload.c.sha256,
        blob_ref.c.staff == blob_upload.c.staff,
        blob_ref.c.gone.is_(None),
    )
    .exists()
)
_HELD_UNUSED: Final = select(func.coalesce(func.sum(blob_upload.c.size), 0)).where(
    blob_upload.c.school == bindparam("k_school"), blob_upload.c.staff == bindparam("k_staff"), _UNUSED
)


class Upload(NamedTuple):
    """How far one is. done: all bytes are here and their hash is right."""

    size: int
    got: int
    body: str
    done: bool


class Whose(NamedTuple):
    """A file on its way from a member of staff."""

    school: str
    staff: str
    sha256: str

    def key(self) -> dict[str, str]:
        """As parameters of a statement."""
        return {"k_school": self.school, "k_staff": self.staff, "k_sha256": self.sha256}


class Whole(NamedTuple):
    """A file that is here whole."""

    size: int
    body: str


# -- uploads ----------------------------------------------------------------------------------------------------------


def upload(connection: Connection, whose: Whose, *, lock: bool = False) -> Upload | None:
    """How far an upload is. lock: until the end of the transaction nobody else adds to it."""
    row = connection.execute(_UPLOAD.with_for_update() if lock else _UPLOAD, whose.key()).first()
    return None if row is None else Upload(*row)


def begin(database: Database, connection: Connection, whose: Whose, size: int, body: str, at: str) -> None:
    """Note an upload, unless it is there. body: a fresh name for its pieces."""
    row = {**whose._asdict(), "size": size, "got": 0, "body": body, "done": False, "at": at}
    connection.execute(database.insert(blob_upload).values(row).on_conflict_do_nothing())


def add(connection: Connection, whose: Whose, held: Upload, data: bytes, at: str) -> None:
    """Put bytes behind those that are here."""
    rows = [
        {"school": whose.school, "body": held.body, "start": held.got + start, "data": data[start : start + PIECE]}
        for start in range(0, len(data), PIECE)
    ]
    connection.execute(insert(blob_piece), rows)
    connection.execute(update(blob_upload).where(*_OF).values(got=held.got + len(data), at=at), whose.key())


def drop(connection: Connection, whose: Whose, body: str) -> None:
    """Forget an upload with its bytes."""
    connection.execute(delete(blob_piece).where(*_BODY), {"k_school": whose.school, "k_body": body})
    connection.execute(delete(blob_upload).where(*_OF), whose.key())


def complete(database: Database, connection: Connection, whose: Whose, held: Upload, at: str) -> bool:
    """The bytes are all here and right: the file is one of the school's, and its uploader's references are vouched for.

    To be called with the partition locked, so that no push makes a reference unseen. Bytes that were here stay. Returns
    whether records have waited for this.
    """
    row = {"school": whose.school, "sha256": whose.sha256, "size": held.size, "body": held.body, "made": at}
    added = connection.execute(database.insert(blob).values(row).on_conflict_do_nothing()).rowcount
    if not added:
        connection.execute(delete(blob_piece).where(*_BODY), {"k_school": whose.school, "k_body": held.body})
    connection.execute(update(blob_upload).where(*_OF).values(done=True, at=at), whose.key())
    return vouch(connection, whose.school, whose.staff, whose.sha256)


def unused(connection: Connection, school: str, staff: str) -> int:
    """Bytes a member of staff has uploaded, or begun to, that no record of theirs refers to."""
    return int(connection.execute(_HELD_UNUSED, {"k_school": school, "k_staff": staff}).scalar_one())


def uploaded(connection: Connection, school: str, staff: str, hashes: Iterable[str]) -> set[str]:
    """Which of these files a member of staff has uploaded whole."""
    rows = connection.execute(
        select(blob_upload.c.sha256).where(
            blob_upload.c.school == school,
            blob_upload.c.staff == staff,
            blob_upload.c.sha256.in_(sorted(hashes)),
            blob_upload.c.done,
        )
    )
    return {row[0] for row in rows}


# -- bytes ------------------------------------------------------------------------------------------------------------


def whole(connection: Connection, school: str, sha256: str) -> Whole | None:
    """The file with this hash, where it is here whole."""
    row = connection.execute(
        select(blob.c.size, blob.c.body).where(blob.c.school == school, blob.c.sha256 == sha256)
    ).first()
    return None if row is None else Whole(*row)


def read(connection: Connection, school: str, body: str, first: int, end: int) -> Iterator[bytes]:
    """Bytes from `first` on, up to but not with `end`, piece by piece."""
    key = {"k_school": school, "k_body": body}
    start = connection.execute(_FIRST, key | {"first": first}).scalar_one() or 0
    for at, data in connection.execute(_PIECES, key | {"first": start, "end": end}):
        yield data[max(0, first - at) : end - at]


def sha256_of(connection: Connection, school: str, held: Upload) -> str:
    """The hash of the bytes that have come."""
    digest = hashlib.sha256()
    for start in range(0, held.got, 4 * PIECE):
        for part in read(connection, school, held.body, start, min(held.got, start + 4 * PIECE)):
            digest.update(part)
    return digest.hexdigest()


# -- collecting -------------------------------------------------------------------------------------------------------


def forgotten(connection: Connection, school: str, before: str, most: int) -> list[tuple[str, str]]:
    """Hash and body of files that came before a moment and that nothing has referred to since."""
    held = (
        select(blob_ref.c.id)
        .where(
            blob_ref.c.school == blob.c.school,
            blob_ref.c.sha256 == blob.c.sha256,
            blob_ref.c.gone.is_(None) | (blob_ref.c.gone >= before),
        )
        .exists()
    )
    rows = connection.execute(
        select(blob.c.sha256, blob.c.body).where(blob.c.school == school, blob.c.made < before, ~held).limit(most)
    )
    return [(row[0], row[1]) for row in rows]


def abandoned(connection: Connection, school: str, before: str, most: int) -> list[tuple[Whose, str]]:
    """Uploads, with their bodies, that have stood still since before a moment."""
    rows = connection.execute(
        select(blob_upload.c.staff, blob_upload.c.sha256, blob_upload.c.body)
        .where(blob_upload.c.school == school, blob_upload.c.done.is_(False), blob_upload.c.at < before)
        .limit(most)
    )
    return [(Whose(school, row[0], row[1]), row[2]) for row in rows]


def forget(connection: Connection, school: str, sha256: str, body: str) -> None:
    """Take a file away, with all that is known of it."""
    connection.execute(delete(blob_piece).where(*_BODY), {"k_school": school, "k_body": body})
    for table in (blob, blob_upload, blob_ref):
        own: Any = (table.c.school == school) & (table.c.sha256 == sha256)
        if table is blob_upload:
            own &= table.c.done
        connection.execute(delete(table).where(own))
