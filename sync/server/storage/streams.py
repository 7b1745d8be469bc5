"""Rows of the journals that stores write: whose each is, and the key its records are signed with. None ever changes."""

from typing import Final, NamedTuple

from sqlalchemy import Column, Connection, PrimaryKeyConstraint, String, Table, select

from sync.server.storage.engines import Database
from sync.server.storage.tables import METADATA, Uid

stream: Final = Table(
    "stream",
    METADATA,
    Column("stream", Uid),
    Column("device", Uid),
    Column("user", Uid, nullable=False),
    Column("school", Uid, nullable=False),
    Column("key", String(43), nullable=False),
    Column("since", String(24), nullable=False),
    PrimaryKeyConstraint("stream", "device"),
    sqlite_with_rowid=False,
)
"""A store that becomes another device goes on with its journal: one stream, two devices, one key. since: a stamp."""


class StreamRow(NamedTuple):
    """A journal as its device has told of it. key: public, Ed25519, in base64url."""

    stream: str
    device: str
    user: str
    school: str
    key: str
    since: str


def register(database: Database, connection: Connection, row: StreamRow) -> bool:
    """Know of a journal from now on; a repeat changes nothing. False where it is another user's, or has another key."""
    known = select(stream.c.user, stream.c.school, stream.c.key).where(stream.c.stream == row.stream)
    if any(tuple(held) != (row.user, row.school, row.key) for held in connection.execute(known)):
        return False
    connection.execute(database.insert(stream).on_conflict_do_nothing(), row._asdict())
    return True


def of_user(connection: Connection, user: str, school: str) -> list[StreamRow]:
    """All journals of a user's devices at a school."""
    statement = select(stream).where(stream.c.user == user, stream.c.school == school)
    return [StreamRow(*row) for row in connection.execute(statement.order_by(stream.c.stream, stream.c.device))]
