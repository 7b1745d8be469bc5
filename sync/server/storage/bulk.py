"""Many rows at once, straight to the driver: describing each row to SQLAlchemy costs more than writing it.

SQLite is given the rows one by one, which costs it nothing. PostgreSQL is given all of them as one JSON value, which it
reads as rows of the table: one by one each would be a message, and a start of the statement, of its own.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    ColumnClause,
    Connection,
    Dialect,
    LargeBinary,
    Table,
    Text,
    bindparam,
    cast,
    column,
    func,
    select,
    update,
)

from sync.server.storage.tables import IDENTITY

Row = tuple[Any, ...]
"""One row, in the order of its table's columns."""


def upsert(statement: Any, table: Table) -> Any:
    """An INSERT that replaces every column outside the primary key when the row exists."""
    keys = identity(table)
    rest = {each.name: statement.excluded[each.name] for each in table.c if each.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=rest)


def identity(table: Table) -> list[str]:
    """Names of the columns that tell one row from another."""
    return table.info.get(IDENTITY) or [each.name for each in table.primary_key]


def insert_each(
    connection: Connection, insert: Callable[[Table], Any], table: Table, rows: Sequence[Row], *, replace: bool
) -> None:
    """Insert rows one by one."""
    text = _insert_text(insert, connection.dialect, table, replace)
    if connection.dialect.positional:
        connection.exec_driver_sql(text, list(rows))
    else:
        columns = table.c.keys()
        connection.exec_driver_sql(text, [dict(zip(columns, row, strict=True)) for row in rows])


def insert_packed(
    connection: Connection, insert: Callable[[Table], Any], table: Table, rows: Sequence[Row], *, replace: bool
) -> None:
    """Insert rows of PostgreSQL as one value. Of two with one key the last counts where rows are replaced."""
    if replace:
        places = [place for place, name in enumerate(table.c.keys()) if name in identity(table)]
        rows = list({tuple(row[place] for place in places): row for row in rows}.values())
    connection.exec_driver_sql(_packed_insert_text(insert, connection.dialect, table, replace), _packed(table, rows))


def update_each(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Update rows of SQLite one by one, where their primary keys are."""
    text, order = _update_text(connection.dialect, table)
    connection.exec_driver_sql(text, [tuple(row[place] for place in order) for row in rows])


def update_packed(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Update rows of PostgreSQL as one value, where their primary keys are."""
    connection.exec_driver_sql(_packed_update_text(connection.dialect, table), _packed(table, rows))


def can_be_packed(table: Table) -> bool:
    """Whether JSON can say what a table holds."""
    return not any(isinstance(each.type, LargeBinary) for each in table.c)


@lru_cache(maxsize=64)
def _insert_text(insert: Callable[[Table], Any], dialect: Dialect, table: Table, replace: bool) -> str:
    """The text of an INSERT of all columns, in their order."""
    statement = upsert(insert(table), table) if replace else insert(table)
    return str(statement.compile(dialect=dialect, column_keys=table.c.keys()))


@lru_cache(maxsize=64)
def _update_text(dialect: Dialect, table: Table) -> tuple[str, list[int]]:
    """The text of an UPDATE of a row by its primary key, and which columns its parameters are, in their order."""
    keys = list(table.primary_key)
    rest: dict[str, Any] = {each.name: bindparam(f"v_{each.name}") for each in table.c if each not in keys}
    found = [each == bindparam(f"v_{each.name}") for each in keys]
    compiled: Any = update(table).where(*found).values(rest).compile(dialect=dialect)
    columns = table.c.keys()
    return str(compiled), [columns.index(name.removeprefix("v_")) for name in compiled.positiontup or ()]


@lru_cache(maxsize=64)
def _packed_insert_text(insert: Callable[[Table], Any], dialect: Dialect, table: Table, replace: bool) -> str:
    """The text of an INSERT of rows that come as one value."""
    given = _given(table)
    statement = insert(table).from_select(list(given), select(*given.values()))
    return str((upsert(statement, table) if replace else statement).compile(dialect=dialect))


@lru_cache(maxsize=64)
def _packed_update_text(dialect: Dialect, table: Table) -> str:
    """The text of an UPDATE by rows that come as one value."""
    given, keys = _given(table), list(table.primary_key)
    found = [each == given[each.name] for each in keys]
    rest = {each.name: given[each.name] for each in table.c if each not in keys}
    return str(update(table).where(*found).values(rest).compile(dialect=dialect))


def _given(table: Table) -> dict[str, Any]:
    """The columns of the rows in the one value `rows`; the school of a school's rows is named beside them."""
    columns: list[ColumnClause[Any]] = [column(each.name, each.type) for each in table.c]
    rows = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON)).table_valued(*columns)
    given: dict[str, Any] = dict(rows.render_derived(name="given", with_types=True).c.items())
    if "school" in identity(table):
        given["school"] = bindparam("school", type_=table.c.school.type)
    return given


def _packed(table: Table, rows: Sequence[Row]) -> dict[str, Any]:
    columns = list(map(str, table.c.keys()))
    said = orjson.dumps([dict(zip(columns, row, strict=True)) for row in rows]).decode()
    if "school" not in identity(table):
        return {"rows": said}
    return {"rows": said, "school": rows[0][columns.index("school")]}
