"""Snapshots: the rows of a scope set, packed once for everybody who loads it."""

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

UID: Final = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")


def upgrade() -> None:
    """Make the table; it fills by itself."""
    op.create_table(
        "snapshot",
        sa.Column("school", UID),
        sa.Column("place", sa.Integer()),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("part", sa.Integer()),
        sa.Column("class", sa.String(3)),
        sa.Column("epoch", UID, nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("last_type", sa.String(64), nullable=False),
        sa.Column("last_id", UID, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("text", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("school", "place", "seq", "part", "class"),
    )
    op.create_index("snapshot_by_id", "snapshot", ["school", "id"])
    if op.get_bind().dialect.name == "postgresql":  # a chunk is packed already: to try again costs time for nothing
        op.execute("ALTER TABLE snapshot ALTER COLUMN body SET STORAGE EXTERNAL")
