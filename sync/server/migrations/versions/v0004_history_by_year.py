"""PostgreSQL keeps history in parts, one a school year; SQLite has none and keeps its table."""

from alembic import op
from sqlalchemy import text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Lay what is there into the parts of its years; a part for what belongs to no other is always there."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for statement in (
        "ALTER TABLE history RENAME TO history_before",
        "ALTER TABLE history_before RENAME CONSTRAINT history_pkey TO history_before_pkey",
        "ALTER INDEX history_of_record RENAME TO history_before_of_record",
        'ALTER TABLE history_before ALTER at TYPE VARCHAR(24) COLLATE "C"',
        "CREATE TABLE history (LIKE history_before) PARTITION BY RANGE (at)",
        "ALTER TABLE history ADD CONSTRAINT history_pkey PRIMARY KEY (school, seq, n, at)",
        "CREATE INDEX history_of_record ON history (school, type, id, seq)",
        "CREATE TABLE history_rest PARTITION OF history DEFAULT",
    ):
        op.execute(statement)
    for year in _years():
        bounds = f"FROM ('{_begin(year)}') TO ('{_begin(year + 1)}')"
        op.execute(f"CREATE TABLE history_{year} PARTITION OF history FOR VALUES {bounds}")
    op.execute("INSERT INTO history SELECT * FROM history_before")
    op.execute("DROP TABLE history_before")


def _years() -> range:
    """The school years of what is there, and those between them."""
    found = op.get_bind().execute(text("SELECT min(at), max(at) FROM history_before"))
    first, last = found.one()
    return range(0) if first is None else range(_year(first), _year(last) + 1)


def _year(at: str) -> int:
    year = int(at[:4])
    return year if at >= _begin(year) else year - 1


def _begin(year: int) -> str:
    """The first moment of a school year: midnight of 1 April in Japan, in UTC."""
    return f"{year}-03-31T15:00:00.000Z"
