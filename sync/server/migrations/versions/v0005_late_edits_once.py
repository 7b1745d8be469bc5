"""A late group is a record of the school: the second copy beside its outcome goes."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Drop the column."""
    op.drop_column("op_result", "kept")
