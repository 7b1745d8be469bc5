"""Many rows written at once: SQLite row by row, PostgreSQL as one value, and both the same in the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sync.server.migrate import migrate
from sync.server.storage.engines import Database, open_database
from sync.server.storage.tables import history, rec_scope, record
from tests.kit.postgres import PostgresServer

SCHOOL = "018f0000-0000-7000-8000-000000000001"
IDS = [f"018f0000-0000-7000-8000-0000000000{n:02x}" for n in range(1, 4)]
STAMP = "2026-11-20T05:31:07.120Z"


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = None
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.create_database()
    opened = open_database(tmp_path, url)
    migrate(opened)
    yield opened
    opened.close()


def held(id_: str, ver: int, data: str, *, deleted: bool = False) -> tuple[object, ...]:
    """A row of `record`."""
    return (SCHOOL, 3, "score", id_, ver, 1, None, data, deleted, "II", -7, "{1,5}")


def test_every_kind_of_value_comes_back_as_it_was_given(database: Database) -> None:
    rows = [held(id_, n, f'"葛󠄀\\n{n}",null,[1,2]', deleted=n == 1) for n, id_ in enumerate(IDS)]
    with database.writing() as connection:
        database.store(connection, record, rows, replace=True)
    with database.reading() as connection:
        found = connection.execute(select(record).order_by(record.c.id)).all()
    assert [tuple(row) for row in found] == rows


def test_changed_rows_are_found_by_their_keys_and_no_other_is_touched(database: Database) -> None:
    with database.writing() as connection:
        database.store(connection, record, [held(id_, 1, "1") for id_ in IDS], replace=True)
        database.change(connection, record, [held(id_, 2, "2") for id_ in IDS[:2]])
        found = connection.execute(select(record.c.ver, record.c.data).order_by(record.c.id)).all()
    assert [tuple(row) for row in found] == [(2, "2"), (2, "2"), (1, "1")]


def test_of_two_rows_with_one_key_the_last_one_stays_where_rows_are_replaced(database: Database) -> None:
    with database.writing() as connection:
        rows = [(SCHOOL, "score", IDS[0], 1, True, touched) for touched in (4, 5)]
        database.store(connection, rec_scope, rows, replace=True)
        assert connection.execute(select(rec_scope.c.touched)).scalars().all() == [5]


def test_a_row_that_is_there_is_an_error_where_rows_are_not_replaced(database: Database) -> None:
    line = (SCHOOL, 1, 0, "score", IDS[0], "note", 0, None, None, None, None, IDS[1], 1, "applied", STAMP, STAMP)
    with database.writing() as connection:
        database.store(connection, history, [line], replace=False)
    with pytest.raises(IntegrityError), database.writing() as connection:
        database.store(connection, history, [line], replace=False)
