"""A device confirms that the rows of an ended scope are erased from it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the table."""
    uid = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
    op.create_table(
        "purged",
        sa.Column("school", uid, nullable=False),
        sa.Column("device", uid, nullable=False),
        sa.Column("scope", sa.String(80), nullable=False),
        sa.Column("user", uid, nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("school", "device", "scope"),
        sqlite_with_rowid=False,
    )
