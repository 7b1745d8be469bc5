"""The first tables. Frozen: what a later version needs is a migration of its own."""

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

UID: Final = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
NUMBERS: Final = sa.Text().with_variant(postgresql.ARRAY(sa.Integer()), "postgresql")


def upgrade() -> None:
    """Make every table."""
    _records()
    _scopes()
    _devices()
    _people()


def _records() -> None:
    """Partitions, their records, and what happened to them."""
    op.create_table(
        "partition",
        sa.Column("school", UID, primary_key=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("board", UID),
        sa.Column("pref", UID),
        sa.Column("epoch", UID, nullable=False),
        sa.Column("cut", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("seq", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("granted", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("tomb_floor", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("schema", sa.String(20), nullable=False),
        sa.Column("scope_n", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("set_n", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("layout_n", sa.Integer(), nullable=False, server_default="0"),
    )
    op.create_table(
        "record",
        sa.Column("school", UID),
        sa.Column("place", sa.Integer()),
        sa.Column("type", sa.String(64)),
        sa.Column("id", UID),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("layout", sa.Integer(), nullable=False),
        sa.Column("fv", sa.Text()),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("class", sa.String(3), nullable=False),
        sa.Column("h", sa.BigInteger(), nullable=False),
        sa.Column("scopes", NUMBERS, nullable=False),
        sa.PrimaryKeyConstraint("school", "place", "type", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("record_by_key", "record", ["school", "type", "id"], unique=True)
    op.create_table(
        "history",
        sa.Column("school", UID),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("n", sa.Integer()),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("id", UID, nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("was", sa.BigInteger(), nullable=False),
        sa.Column("old", sa.Text()),
        sa.Column("new", sa.Text()),
        sa.Column("user", UID),
        sa.Column("staff", UID),
        sa.Column("device", UID, nullable=False),
        sa.Column("dseq", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("made", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("school", "seq", "n"),
        sqlite_with_rowid=False,
    )
    op.create_index("history_of_record", "history", ["school", "type", "id", "seq"])
    op.create_table(
        "source_id",
        sa.Column("school", UID),
        sa.Column("source", sa.String(40)),
        sa.Column("kind", sa.String(40)),
        sa.Column("sourced_id", sa.String(100)),
        sa.Column("type", sa.String(64)),
        sa.Column("id", UID, nullable=False),
        sa.PrimaryKeyConstraint("school", "source", "kind", "sourced_id", "type"),
        sqlite_with_rowid=False,
    )


def _scopes() -> None:
    """What is visible to whom, and the numbers it is written by."""
    op.create_table(
        "rec_scope",
        sa.Column("school", UID),
        sa.Column("type", sa.String(64)),
        sa.Column("id", UID),
        sa.Column("scope", sa.Integer()),
        sa.Column("inside", sa.Boolean(), nullable=False),
        sa.Column("touched", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("school", "scope", "type", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("rec_scope_touched", "rec_scope", ["school", "scope", "touched", "type", "id", "inside"])
    op.create_table(
        "scope",
        sa.Column("school", UID),
        sa.Column("n", sa.Integer()),
        sa.Column("name", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("school", "n"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "scope_set",
        sa.Column("school", UID),
        sa.Column("n", sa.Integer()),
        sa.Column("scopes", NUMBERS, nullable=False),
        sa.PrimaryKeyConstraint("school", "n"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "layout",
        sa.Column("school", UID),
        sa.Column("n", sa.Integer()),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("school", "n"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "scope_sum",
        sa.Column("school", UID),
        sa.Column("n", sa.Integer()),
        sa.Column("class", sa.String(3)),
        sa.Column("sum", sa.String(16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("school", "n", "class"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "grant",
        sa.Column("school", UID),
        sa.Column("user", UID),
        sa.Column("scope", sa.String(80)),
        sa.Column("role", sa.String(20)),
        sa.Column("rights", sa.String(2)),
        sa.Column("valid_from", sa.String(10)),
        sa.Column("valid_until", sa.String(10)),
        sa.PrimaryKeyConstraint("school", "user", "scope", "role", "rights", "valid_from"),
        sqlite_with_rowid=False,
    )


def _devices() -> None:
    """How far each device has counted at a school."""
    op.create_table(
        "device_state",
        sa.Column("school", UID),
        sa.Column("device", UID),
        sa.Column("last_dseq", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("school", "device"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "op_result",
        sa.Column("school", UID),
        sa.Column("device", UID),
        sa.Column("dseq", sa.BigInteger()),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("chain", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("code", sa.String(20)),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("marks", sa.Text()),
        sa.Column("kept", sa.Text()),
        sa.Column("at", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("school", "device", "dseq"),
        sqlite_with_rowid=False,
    )


def _people() -> None:
    """People, their devices and sessions."""
    op.create_table(
        "member",
        sa.Column("school", UID),
        sa.Column("user", UID),
        sa.Column("staff", UID, nullable=False),
        sa.PrimaryKeyConstraint("school", "user"),
        sqlite_with_rowid=False,
    )
    op.create_index("member_user", "member", ["user"])
    op.create_table(
        "user_link",
        sa.Column("iss", sa.String(200)),
        sa.Column("sub", sa.String(200)),
        sa.Column("user", UID, nullable=False),
        sa.PrimaryKeyConstraint("iss", "sub"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "device",
        sa.Column("device", UID, primary_key=True),
        sa.Column("user", UID, nullable=False),
        sa.Column("school", UID, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("os", sa.String(40), nullable=False),
        sa.Column("public_key", sa.Text()),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("enrolled", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "session",
        sa.Column("id", UID, primary_key=True),
        sa.Column("user", UID, nullable=False),
        sa.Column("staff", UID, nullable=False),
        sa.Column("device", UID, nullable=False),
        sa.Column("school", UID, nullable=False),
        sa.Column("auth_time", sa.BigInteger(), nullable=False),
        sa.Column("amr", sa.String(100), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("revoked", sa.BigInteger()),
    )
    op.create_index("session_device", "session", ["device"])
    op.create_table(
        "token",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("session", UID, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger()),
        sa.Column("sealed", sa.String(100)),
        sa.ForeignKeyConstraint(["session"], ["session.id"]),
    )
    op.create_index("token_session", "token", ["session"])
    op.create_table(
        "nonce",
        sa.Column("nonce", sa.String(64), primary_key=True),
        sa.Column("until", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
