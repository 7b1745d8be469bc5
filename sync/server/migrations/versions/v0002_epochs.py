"""Epochs that ended, and where each was cut."""

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

UID: Final = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "past_epoch",
        sa.Column("school", UID),
        sa.Column("epoch", UID),
        sa.Column("cut", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("school", "epoch"),
        sqlite_with_rowid=False,
    )
