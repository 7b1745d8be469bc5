"""Rows of recovery: segments of journals, sealed as they came, and the groups their authors did not want back."""

from typing import Final

from sqlalchemy import Column, Connection, LargeBinary, PrimaryKeyConstraint, String, Table, Text, delete, select

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

declined: Final = Table(
    "declined",
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
"""A group its author has seen in a recovery and did not want back. item: as it would have been pushed."""


def sweep(connection: Connection, school: str, before: str) -> int:
    """Forget the segments of a school that were brought before a stamp; how many there were."""
    old = (recovery_segment.c.school == school, recovery_segment.c.at < before)
    names = select(recovery_segment.c.sha256, recovery_segment.c.user).where(*old)
    for sha256, user in connection.execute(names).all():
        own = (recovery_piece.c.school == school, recovery_piece.c.user == user, recovery_piece.c.sha256 == sha256)
        connection.execute(delete(recovery_piece).where(*own))
    return connection.execute(delete(recovery_segment).where(*old)).rowcount
