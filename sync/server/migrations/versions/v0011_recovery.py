"""Journals that are known, their segments while they are read, and groups of them that did not come back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the tables."""
    uid = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
    op.create_table(
        "stream",
        sa.Column("stream", uid, nullable=False),
        sa.Column("device", uid, nullable=False),
        sa.Column("user", uid, nullable=False),
        sa.Column("school", uid, nullable=False),
        sa.Column("key", sa.String(43), nullable=False),
        sa.Column("since", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("stream", "device"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recovery_segment",
        sa.Column("school", uid, nullable=False),
        sa.Column("user", uid, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("got", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("school", "user", "sha256"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recovery_piece",
        sa.Column("school", uid, nullable=False),
        sa.Column("user", uid, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("school", "user", "sha256", "start"),
    )
    op.create_table(
        "unrestored",
        sa.Column("school", uid, nullable=False),
        sa.Column("device", uid, nullable=False),
        sa.Column("dseq", sa.BigInteger(), nullable=False),
        sa.Column("user", uid, nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("school", "device", "dseq"),
        sqlite_with_rowid=False,
    )
