"""Rows of recovery: segments of journals, sealed as they came, and groups of them that did not come back."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from sync.server.storage.engines import Database
from sync.server.storage.tables import METADATA, Big, Uid

recovery_segment: Final = Table(
    "recovery_segment",
    METADATA,
    Column("school", Uid),
    Column("user", Uid),
    Column("sha256", String(64)),
    Column("size", Big, nullable=False),
    Column("got", Big, nullable=False),
    Column("at", String(24), nullable=False),
    PrimaryKeyConstraint("school", "user", "sha256"),
    sqlite_with_rowid=False,
)
"""A segment its author has begun to upload. at: the server's stamp of the first bytes."""

recovery_piece: Final = Table(
    "recovery_piece",
    METADATA,
    Column("school", Uid),
    Column("user", Uid),
    Column("sha256", String(64)),
    Column("start", Big),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("school", "user", "sha256", "start"),
)
"""Bytes of a segment from `start` on, sealed as they came."""

unrestored: Final = Table(
    "unrestored",
    METADATA,
    Column("school", Uid),
    Column("device", Uid),
    Column("dseq", Big),
    Column("user", Uid, nullable=False),
    Column("item", Text, nullable=False),
    Column("at", String(24), nullable=False),
    PrimaryKeyConstraint("school", "device", "dseq"),
    sqlite_with_rowid=False,
)
"""A group its author has seen in a recovery and did not want back, or that was refused. item: as it is pushed."""


class Whose(NamedTuple):
    """A segment on its way from its author."""

    school: str
    user: str
    sha256: str

    def of(self, table: Table) -> tuple[ColumnElement[bool], ...]:
        """Its rows in a table."""
        return (table.c.school == self.school, table.c.user == self.user, table.c.sha256 == self.sha256)


class Held(NamedTuple):
    """How much of a segment is here."""

    size: int
    got: int


def begun(database: Database, connection: Connection, whose: Whose, size: int, at: str) -> Held:
    """How far a segment is, begun where it was not; until the end of the transaction nobody else adds to it."""
    row = {**whose._asdict(), "size": size, "got": 0, "at": at}
    connection.execute(database.insert(recovery_segment).values(row).on_conflict_do_nothing())
    wanted = select(recovery_segment.c.size, recovery_segment.c.got).where(*whose.of(recovery_segment))
    return Held(*connection.execute(wanted.with_for_update()).one())


def kept(connection: Connection, school: str, user: str, but: str) -> int:
    """Bytes of all segments of a user but one."""
    total = select(func.coalesce(func.sum(recovery_segment.c.size), 0)).where(
        recovery_segment.c.school == school, recovery_segment.c.user == user, recovery_segment.c.sha256 != but
    )
    return int(connection.execute(total).scalar_one())


def add(connection: Connection, whose: Whose, held: Held, data: bytes) -> None:
    """Put bytes behind those that are here."""
    connection.execute(insert(recovery_piece), {**whose._asdict(), "start": held.got, "data": data})
    segment = update(recovery_segment).where(*whose.of(recovery_segment))
    connection.execute(segment.values(got=held.got + len(data)))


def content(connection: Connection, whose: Whose) -> bytes:
    """The bytes of a segment that are here."""
    pieces = select(recovery_piece.c.data).where(*whose.of(recovery_piece)).order_by(recovery_piece.c.start)
    return b"".join(connection.execute(pieces).scalars())


def whole(connection: Connection, school: str, user: str) -> Iterator[tuple[str, bytes]]:
    """Hash and bytes of each segment of a user that has come to its end."""
    names = select(recovery_segment.c.sha256).where(
        recovery_segment.c.school == school,
        recovery_segment.c.user == user,
        recovery_segment.c.got == recovery_segment.c.size,
    )
    for sha256 in connection.execute(names.order_by(recovery_segment.c.sha256)).scalars().all():
        yield sha256, content(connection, Whose(school, user, sha256))


def drop(connection: Connection, whose: Whose) -> None:
    """Forget a segment with its bytes."""
    for table in (recovery_piece, recovery_segment):
        connection.execute(delete(table).where(*whose.of(table)))


def sweep(connection: Connection, school: str, before: str) -> int:
    """Forget the segments of a school that were brought before a stamp; how many there were."""
    old = (recovery_segment.c.school == school, recovery_segment.c.at < before)
    found = connection.execute(select(recovery_segment.c.user, recovery_segment.c.sha256).where(*old)).all()
    for user, sha256 in found:
        drop(connection, Whose(school, user, sha256))
    return len(found)
