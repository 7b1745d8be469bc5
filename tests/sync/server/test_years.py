"""History in parts by school year: nothing is lost on the way into its part, and no push fails for want of one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from sync.server.migrate import FOLDER, migrate
from sync.server.storage import years
from sync.server.storage.engines import Database
from sync.server.storage.store import Storage, open_storage
from tests.kit.clock import HeldClock
from tests.kit.postgres import PostgresServer
from tests.sync.conformance.ends import Place, World
from tests.sync.server.tiny import tiny_school

ROW = """INSERT INTO history (school, seq, n, type, id, field, was, device, dseq, outcome, at, made)
VALUES ('018f0000-0000-7000-8000-000000000001', :seq, 0, 'remark', '018f0000-0000-7000-8000-000000000002', 'text', 0,
'018f0000-0000-7000-8000-000000000003', 1, 'applied', :at, :at)"""
NEW_YEAR = "2027-03-31T15:00:00.000Z"
"""Midnight of 1 April in Japan."""


@pytest.fixture
def storage(postgres: PostgresServer, tmp_path: Path) -> Iterator[Storage]:
    opened = open_storage(tmp_path, postgres.create_database())
    yield opened
    opened.close()


def test_a_database_made_before_finds_its_history_in_the_parts_of_its_years(storage: Storage) -> None:
    _made_before(storage.database)
    stamps = ["2024-04-01T00:00:00.000Z", "2025-03-31T14:59:59.999Z", "2026-06-01T00:00:00.000Z", NEW_YEAR]
    with storage.database.writing() as connection:
        connection.execute(text(ROW), [{"seq": seq, "at": at} for seq, at in enumerate(stamps)])
    assert migrate(storage.database) is True
    found = _parts(storage)
    assert [found[years.part(year)] for year in (2024, 2025, 2026, 2027)] == [2, 0, 1, 1]
    assert found[years.REST] == 0


def test_the_part_of_the_coming_year_is_there_before_the_year_and_takes_its_first_moment(storage: Storage) -> None:
    migrate(storage.database)
    _prepare(storage, date(2026, 4, 1))
    with storage.database.writing() as connection:
        connection.execute(text(ROW), [{"seq": 1, "at": "2027-03-31T14:59:59.999Z"}, {"seq": 2, "at": NEW_YEAR}])
    found = _parts(storage)
    assert (found["history_2026"], found["history_2027"]) == (1, 1)
    assert _prepare(storage, date(2027, 3, 31)) == []
    assert _prepare(storage, date(2027, 4, 1)) == [2028]


def test_what_has_no_part_is_kept_and_moves_into_it_when_it_is_made(storage: Storage) -> None:
    migrate(storage.database)
    with storage.database.writing() as connection:
        connection.execute(text(ROW), [{"seq": 1, "at": "2041-05-01T00:00:00.000Z"}])
    assert _parts(storage)[years.REST] == 1
    assert _prepare(storage, date(2041, 5, 1)) == [2041, 2042]
    found = _parts(storage)
    assert (found["history_2041"], found[years.REST]) == (1, 0)


@pytest.mark.logs("sync.server.storage.years", "no part yet")
def test_a_role_that_may_not_make_tables_serves_on(storage: Storage, postgres: PostgresServer, tmp_path: Path) -> None:
    migrate(storage.database)
    with storage.database.writing() as connection:
        for said in (
            "CREATE ROLE clerk LOGIN",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clerk",
        ):
            connection.execute(text(said))
    clerk = open_storage(tmp_path, postgres.url(str(storage.database.engine.url.database)).replace("keyaki@", "clerk@"))
    assert migrate(clerk.database) is False
    years.look_ahead(clerk.database, date(2041, 5, 1))
    with clerk.database.writing() as connection:
        connection.execute(text(ROW), [{"seq": 1, "at": "2041-05-01T00:00:00.000Z"}])
    clerk.close()
    assert _parts(storage)[years.REST] == 1


def test_conflicts_and_merges_reach_over_the_new_year_and_a_year_put_away_leaves_conflicts_not_losses(
    storage: Storage,
) -> None:
    migrate(storage.database)
    clock = HeldClock(datetime(2027, 3, 20, tzinfo=UTC))
    place = Place(storage, clock, "", issuer=None)
    world = World(place, tiny_school(storage, clock.now), place.core)
    desk, late, later = (world.desk("sato", f"PC {number}") for number in range(3))
    pupil = world.school.pupils[0]
    desk.push([world.school.new_remark(pupil, "一。二。三。")])
    for one in (late, later):
        one.sync()
    clock.now = datetime(2027, 3, 31, 14, 59, tzinfo=UTC)
    remark = ("remark", world.school.remark(pupil))
    desk.sync()
    desk.push([desk.patch(*remark, text="一、改。二。三。")])
    assert late.push([late.patch(*remark, text="一。二。三、改。")])[0].outcome == "merged"
    _put_away(storage, 2026)
    assert later.push([later.patch(*remark, text="一。二、改。三。")])[0].outcome == "conflict_kept"
    later.sync()
    assert later.rows[remark].fields["text"] == "一、改。二。三、改。"
    assert [row.fields["incoming"]["value"]["text"] for row in later.conflicts()] == ["一。二、改。三。"]


def _made_before(database: Database) -> None:
    """Tables as they were before history had parts."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")


def _prepare(storage: Storage, today: date) -> list[int]:
    with storage.database.writing() as connection:
        return years.prepare(storage.database, connection, today)


def _parts(storage: Storage) -> dict[str, int]:
    """The parts of history, and how many rows lie in each."""
    leaves = "SELECT relid::regclass::text FROM pg_partition_tree('history') WHERE isleaf"
    with storage.database.reading() as connection:
        names = connection.execute(text(leaves)).scalars().all()
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names}


def _put_away(storage: Storage, year: int) -> None:
    """What the operators' page says about years that are no longer needed."""
    with storage.database.writing() as connection:
        connection.execute(text(f"ALTER TABLE history DETACH PARTITION {years.part(year)}"))
        connection.execute(text(f"DROP TABLE {years.part(year)}"))
