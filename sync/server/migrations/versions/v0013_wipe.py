"""What is ordered about devices and what became of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the table."""
    uid = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
    op.create_table(
        "device_event",
        sa.Column("school", uid, nullable=False),
        sa.Column("device", uid, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(20), nullable=False),
        sa.Column("user", uid),
        sa.Column("staff", uid),
        sa.Column("order", uid),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("school", "device", "n"),
        sqlite_with_rowid=False,
    )
