"""Take-out permits, the ledger of what happens to them, and which permit a device is out with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the tables and the column."""
    uid = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
    op.create_table(
        "permit",
        sa.Column("school", uid, nullable=False),
        sa.Column("permit", uid, nullable=False),
        sa.Column("user", uid, nullable=False),
        sa.Column("staff", uid, nullable=False),
        sa.Column("classes", sa.Text(), nullable=False),
        sa.Column("of_class", sa.Text(), nullable=False),
        sa.Column("also", sa.Text(), nullable=False),
        sa.Column("common", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("school", "permit"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "permit_event",
        sa.Column("school", uid, nullable=False),
        sa.Column("permit", uid, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(20), nullable=False),
        sa.Column("user", uid),
        sa.Column("staff", uid),
        sa.Column("device", uid),
        sa.Column("lease", uid),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("school", "permit", "n"),
        sqlite_with_rowid=False,
    )
    op.add_column("device", sa.Column("permit", uid))
