"""The tables, as SQLAlchemy Core describes them; what differs between engines is a type variant here or in `engines`.

A record's fields are kept as the inside of a JSON array, in the order of its `layout`: a page is made by putting these
texts side by side, without reading them.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects import postgresql

from sync.server.storage.intset import IntSet

METADATA: Final = MetaData()

Uid: Final = String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
"""A lower-case hyphenated UUID."""
Big: Final = BigInteger()
IDENTITY: Final = "identity"
"""Where a table says which columns tell its rows apart, when that is not the primary key."""

partition: Final = Table(
    "partition",
    METADATA,
    Column("school", Uid, primary_key=True),
    Column("name", String(40), nullable=False),
    Column("board", Uid),
    Column("pref", Uid),
    Column("epoch", Uid, nullable=False),
    Column("cut", Big, nullable=False, server_default="0"),
    Column("seq", Big, nullable=False, server_default="0"),
    Column("granted", Big, nullable=False, server_default="0"),
    Column("tomb_floor", Big, nullable=False, server_default="0"),
    Column("schema", String(20), nullable=False),
    Column("scope_n", Integer, nullable=False, server_default="0"),
    Column("set_n", Integer, nullable=False, server_default="0"),
    Column("layout_n", Integer, nullable=False, server_default="0"),
)
"""One school, board or prefecture. `cut`: the seq its history was cut at; `granted`: the seq grants last changed at;
`scope_n`, `set_n`, `layout_n`: how many of each are numbered, so that a cache knows when it is behind.
"""

past_epoch: Final = Table(
    "past_epoch",
    METADATA,
    Column("school", Uid),
    Column("epoch", Uid),
    Column("cut", Big, nullable=False),
    PrimaryKeyConstraint("school", "epoch"),
    sqlite_with_rowid=False,
)
"""Epochs that ended, and the seq each was cut at."""

record: Final = Table(
    "record",
    METADATA,
    Column("school", Uid),
    Column("place", Integer),
    Column("type", String(64)),
    Column("id", Uid),
    Column("ver", Big, nullable=False),
    Column("layout", Integer, nullable=False),
    Column("fv", Text),
    Column("data", Text, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("class", String(3), nullable=False),
    Column("h", Big, nullable=False),
    Column("scopes", IntSet, nullable=False),
    PrimaryKeyConstraint("school", "place", "type", "id"),
    Index("record_by_key", "school", "type", "id", unique=True),
    sqlite_with_rowid=False,
    info={IDENTITY: ("school", "type", "id")},
)
"""`place` is the number of the record's scope set, 0 for what is never loaded (deleted, class I): rows that are loaded
together lie together.
"""

scope_set: Final = Table(
    "scope_set",
    METADATA,
    Column("school", Uid),
    Column("n", Integer),
    Column("scopes", IntSet, nullable=False),
    PrimaryKeyConstraint("school", "n"),
    sqlite_with_rowid=False,
)

rec_scope: Final = Table(
    "rec_scope",
    METADATA,
    Column("school", Uid),
    Column("type", String(64)),
    Column("id", Uid),
    Column("scope", Integer),
    Column("inside", Boolean, nullable=False),
    Column("touched", Big, nullable=False),
    PrimaryKeyConstraint("school", "scope", "type", "id"),
    Index("rec_scope_touched", "school", "scope", "touched", "type", "id", "inside"),
    sqlite_with_rowid=False,
)
"""One row per record and scope it is or was in; `touched` only moves up. Rows of one scope lie together, because they
are changed together: a class's marks of one evening touch a few pages of the disk, not one each.
"""

scope: Final = Table(
    "scope",
    METADATA,
    Column("school", Uid),
    Column("n", Integer),
    Column("name", String(80), nullable=False),
    PrimaryKeyConstraint("school", "n"),
    sqlite_with_rowid=False,
)

layout: Final = Table(
    "layout",
    METADATA,
    Column("school", Uid),
    Column("n", Integer),
    Column("type", String(64), nullable=False),
    Column("columns", Text, nullable=False),
    PrimaryKeyConstraint("school", "n"),
    sqlite_with_rowid=False,
)

scope_sum: Final = Table(
    "scope_sum",
    METADATA,
    Column("school", Uid),
    Column("n", Integer),
    Column("class", String(3)),
    Column("sum", String(16), nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("school", "n", "class"),
    sqlite_with_rowid=False,
)

grant: Final = Table(
    "grant",
    METADATA,
    Column("school", Uid),
    Column("user", Uid),
    Column("scope", String(80)),
    Column("role", String(20)),
    Column("rights", String(2)),
    Column("valid_from", String(10)),
    Column("valid_until", String(10)),
    PrimaryKeyConstraint("school", "user", "scope", "role", "rights", "valid_from"),
    sqlite_with_rowid=False,
)
"""What a duty opens to a user; ended rows stay, for they tell a late edit from a forbidden one."""

source_id: Final = Table(
    "source_id",
    METADATA,
    Column("school", Uid),
    Column("source", String(40)),
    Column("kind", String(40)),
    Column("sourced_id", String(100)),
    Column("type", String(64)),
    Column("id", Uid, nullable=False),
    PrimaryKeyConstraint("school", "source", "kind", "sourced_id", "type"),
    sqlite_with_rowid=False,
)
"""Roster import: which row of which source became which record."""

history: Final = Table(
    "history",
    METADATA,
    Column("school", Uid),
    Column("seq", Big),
    Column("n", Integer),
    Column("type", String(64), nullable=False),
    Column("id", Uid, nullable=False),
    Column("field", String(64), nullable=False),
    Column("was", Big, nullable=False),
    Column("old", Text),
    Column("new", Text),
    Column("user", Uid),
    Column("staff", Uid),
    Column("device", Uid, nullable=False),
    Column("dseq", Big, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("at", String(24).with_variant(String(24, collation="C"), "postgresql"), nullable=False),
    Column("made", String(24), nullable=False),
    PrimaryKeyConstraint("school", "seq", "n"),
    Index("history_of_record", "school", "type", "id", "seq"),
    sqlite_with_rowid=False,
)
"""Every change of a unit: version and value before, value after, who, where, when. `at` is the server's clock, `made`
the device's. PostgreSQL keeps it in parts by `at`, one a school year (`years`), so that its primary key ends with that.
"""

device_state: Final = Table(
    "device_state",
    METADATA,
    Column("school", Uid),
    Column("device", Uid),
    Column("last_dseq", Big, nullable=False),
    Column("chain", String(32), nullable=False),
    PrimaryKeyConstraint("school", "device"),
    sqlite_with_rowid=False,
)

purged: Final = Table(
    "purged",
    METADATA,
    Column("school", Uid),
    Column("device", Uid),
    Column("scope", String(80)),
    Column("user", Uid, nullable=False),
    Column("at", String(24), nullable=False),
    PrimaryKeyConstraint("school", "device", "scope"),
    sqlite_with_rowid=False,
)
"""A device has told that nothing of an ended scope is left on it, and when it told so last."""

op_result: Final = Table(
    "op_result",
    METADATA,
    Column("school", Uid),
    Column("device", Uid),
    Column("dseq", Big),
    Column("hash", String(64), nullable=False),
    Column("chain", String(32), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("code", String(20)),
    Column("seq", Big, nullable=False),
    Column("marks", Text),
    Column("at", String(24), nullable=False),
    PrimaryKeyConstraint("school", "device", "dseq"),
    sqlite_with_rowid=False,
)
"""The final outcome of each edit group. `marks`: the ops that were not simply applied."""

member: Final = Table(
    "member",
    METADATA,
    Column("school", Uid),
    Column("user", Uid),
    Column("staff", Uid, nullable=False),
    PrimaryKeyConstraint("school", "user"),
    Index("member_user", "user"),
    sqlite_with_rowid=False,
)
"""At which schools a user works, as whom; kept equal to the active `staff` records."""

setting: Final = Table(
    "setting",
    METADATA,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Facts of the database itself, such as that it holds only a sample school."""
