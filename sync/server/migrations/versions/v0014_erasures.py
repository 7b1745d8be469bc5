"""That a device has proved its erasure."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the column."""
    op.add_column("device_event", sa.Column("certificate", sa.Text()))
