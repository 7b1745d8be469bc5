"""The tables a new database gets are the ones the statements are written for."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from sync.server.migrate import migrate
from sync.server.storage.engines import Database, open_database
from sync.server.storage.tables import METADATA
from tests.kit.postgres import PostgresServer


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = None
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.create_database()
    opened = open_database(tmp_path, url)
    yield opened
    opened.close()


def test_a_migrated_database_has_the_tables_the_code_knows_and_a_repeat_does_nothing(database: Database) -> None:
    assert migrate(database) is True
    assert migrate(database) is False
    with database.reading() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": _is_no_part}
        differences = compare_metadata(MigrationContext.configure(connection, opts=opts), METADATA)
        names = inspect(connection).get_table_names()
        known = {name for name in names if not name.startswith("sqlite_") and not name.startswith("history_")}
    assert differences == []
    assert known == {*METADATA.tables, "alembic_version"}


def test_every_table_of_a_school_begins_its_key_with_the_school() -> None:
    of_people = {"user_link", "device", "lease", "stream", "session", "token", "nonce", "setting"}
    firsts = {name: next(iter(table.primary_key)).name for name, table in METADATA.tables.items()}
    assert {name for name, first in firsts.items() if first != "school"} == of_people


def test_sqlite_is_told_how_rows_are_spread_over_every_index_that_matters(tmp_path: Path) -> None:
    opened = open_database(tmp_path)
    migrate(opened)
    with opened.reading() as connection:
        told = connection.exec_driver_sql("SELECT tbl, idx, stat FROM sqlite_stat1").all()
        made = connection.exec_driver_sql("SELECT tbl_name, name FROM sqlite_schema WHERE type IN ('index', 'table')")
        known = {tuple(row) for row in made}
    opened.close()
    assert {(row[0], row[1]) for row in told} <= known
    for table, index, stat in told:
        found = next((one for one in METADATA.tables[table].indexes if one.name == index), None)
        columns = METADATA.tables[table].primary_key.columns if found is None else found.columns
        assert re.fullmatch(rf"\d+( \d+){{{len(columns)}}}", stat), (index, stat)


def _is_no_part(name: str | None, kind: str, parents: dict[str, str | None]) -> bool:
    """A school year's part of history has the columns and indexes of the whole."""
    return kind != "table" or not str(name).startswith("history_")
