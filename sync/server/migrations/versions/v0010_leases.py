"""The leases each device was given, and the shares of those it may still need."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table."""
    uid = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
    op.create_table(
        "lease",
        sa.Column("device", uid, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("lease", uid, nullable=False),
        sa.Column("user", uid, nullable=False),
        sa.Column("school", uid, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("issued", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("share", sa.String(64)),
        sa.PrimaryKeyConstraint("device", "n"),
        sqlite_with_rowid=False,
    )
