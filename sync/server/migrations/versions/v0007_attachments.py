"""Attached files: their bytes, who uploads them, which records refer to them; and all staff may post notices."""

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

UID: Final = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
_WRITE: Final = """UPDATE "grant" SET rights = 'rw' WHERE scope = 'all' AND role = 'staff' AND rights = 'r'"""


def upgrade() -> None:
    """Make the tables, and let the grants of all staff be those their records give from now on."""
    _files()
    _references()
    op.execute(_WRITE)
    if (
        op.get_bind().dialect.name == "postgresql"
    ):  # files are packed already: to try again costs time and saves nothing
        op.execute("ALTER TABLE blob_piece ALTER COLUMN data SET STORAGE EXTERNAL")


def _files() -> None:
    op.create_table(
        "blob",
        sa.Column("school", UID),
        sa.Column("sha256", sa.String(64)),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("body", UID, nullable=False),
        sa.Column("made", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("school", "sha256"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "blob_piece",
        sa.Column("school", UID),
        sa.Column("body", UID),
        sa.Column("start", sa.BigInteger()),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("school", "body", "start"),
    )


def _references() -> None:
    op.create_table(
        "blob_upload",
        sa.Column("school", UID),
        sa.Column("staff", UID),
        sa.Column("sha256", sa.String(64)),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("got", sa.BigInteger(), nullable=False),
        sa.Column("body", UID, nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("school", "staff", "sha256"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "blob_ref",
        sa.Column("school", UID),
        sa.Column("sha256", sa.String(64)),
        sa.Column("type", sa.String(64)),
        sa.Column("id", UID),
        sa.Column("staff", UID),
        sa.Column("vouched", sa.Boolean(), nullable=False),
        sa.Column("gone", sa.String(24)),
        sa.PrimaryKeyConstraint("school", "sha256", "type", "id"),
        sqlite_with_rowid=False,
    )
