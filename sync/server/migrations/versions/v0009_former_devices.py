"""A device tells which one it goes on from, and the server keeps when it saw it last."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns."""
    uid = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
    op.add_column("device", sa.Column("seen", sa.BigInteger()))
    op.add_column("device", sa.Column("former", uid))
    op.add_column("device", sa.Column("why", sa.String(10)))
