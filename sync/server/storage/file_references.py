"""Which records refer to attached files, and who had the bytes when they made them do so."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Boolean, Column, Connection, PrimaryKeyConstraint, String, Table, bindparam, select, update

from sync.server.decide.world import Key
from sync.server.storage.engines import Database
from sync.server.storage.tables import METADATA, Uid, rec_scope, record

blob_ref: Final = Table(
    "blob_ref",
    METADATA,
    Column("school", Uid),
    Column("sha256", String(64)),
    Column("type", String(64)),
    Column("id", Uid),
    Column("staff", Uid),
    Column("vouched", Boolean, nullable=False),
    Column("gone", String(24)),
    PrimaryKeyConstraint("school", "sha256", "type", "id"),
    sqlite_with_rowid=False,
)
"""Which records refer to a file. `staff`: whose edit made it so; `vouched`: they had the bytes, or the right to them;
`gone`: since when the record refers to it no more.
"""

_READABLE: Final = (
    select(blob_ref.c.sha256, blob_ref.c.vouched)
    .join_from(
        blob_ref,
        rec_scope,
        (blob_ref.c.school == rec_scope.c.school)
        & (blob_ref.c.type == rec_scope.c.type)
        & (blob_ref.c.id == rec_scope.c.id),
    )
    .join(
        record,
        (blob_ref.c.school == record.c.school) & (blob_ref.c.type == record.c.type) & (blob_ref.c.id == record.c.id),
    )
    .where(
        blob_ref.c.school == bindparam("school"),
        blob_ref.c.sha256.in_(bindparam("hashes", expanding=True)),
        blob_ref.c.gone.is_(None),
        rec_scope.c.scope.in_(bindparam("scopes", expanding=True)),
        rec_scope.c.inside,
        record.c.deleted.is_(False),
        record.c["class"] != "I",
    )
)


class Reference(NamedTuple):
    """A record refers to a file. vouched: whoever made it so had the bytes, or the right to them."""

    sha256: str
    type: str
    id: str
    staff: str | None
    vouched: bool


def readable(connection: Connection, school: str, hashes: Iterable[str], scopes: Iterable[int]) -> dict[str, bool]:
    """{hash: whether somebody has vouched} of the files that records in these scopes refer to now."""
    values = {"school": school, "hashes": sorted(hashes), "scopes": sorted(scopes)}
    found: dict[str, bool] = {}
    for sha256, vouched in connection.execute(_READABLE, values):
        found[sha256] = found.get(sha256, False) or vouched
    return found


def vouched_for(connection: Connection, school: str, hashes: Iterable[str], key: Key) -> set[str]:
    """Which of these files a record refers to, or did, with somebody to vouch for it."""
    rows = connection.execute(
        select(blob_ref.c.sha256).where(
            blob_ref.c.school == school,
            blob_ref.c.sha256.in_(sorted(hashes)),
            blob_ref.c.type == key[0],
            blob_ref.c.id == key[1],
            blob_ref.c.vouched,
        )
    )
    return {row[0] for row in rows}


def refer(database: Database, connection: Connection, school: str, references: Sequence[Reference]) -> None:
    """Note that records refer to files from now on."""
    rows = [(school, each.sha256, each.type, each.id, each.staff, each.vouched, None) for each in references]
    database.store(connection, blob_ref, rows, replace=True)


def leave(connection: Connection, school: str, left: Iterable[tuple[str, Key]], at: str) -> None:
    """Note that records refer to files no more. left: hash and record."""
    own = (
        blob_ref.c.school == bindparam("k_school"),
        blob_ref.c.sha256 == bindparam("k_sha256"),
        blob_ref.c.type == bindparam("k_type"),
        blob_ref.c.id == bindparam("k_id"),
    )
    rows = [{"k_school": school, "k_sha256": sha256, "k_type": key[0], "k_id": key[1]} for sha256, key in left]
    connection.execute(update(blob_ref).where(*own).values(gone=at), rows)


def vouch(connection: Connection, school: str, staff: str, sha256: str) -> bool:
    """A member of staff has the bytes of a file: they vouch for what they made refer to it; whether anything did."""
    own = (
        blob_ref.c.school == bindparam("k_school"),
        blob_ref.c.sha256 == bindparam("k_sha256"),
        blob_ref.c.staff == bindparam("k_staff"),
        blob_ref.c.vouched.is_(False),
    )
    key = {"k_school": school, "k_staff": staff, "k_sha256": sha256}
    return connection.execute(update(blob_ref).where(*own).values(vouched=True), key).rowcount > 0
