"""Filling an empty partition stores what deciding stores, all of it or nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sync.errors import Defect
from sync.protocol.messages import Create
from sync.server import fill as filling
from sync.server.edits import server_edit
from sync.server.fill import fill
from sync.server.migrate import migrate
from sync.server.sample.premise import SampleRecord, premise
from sync.server.sample.school import make_school
from sync.server.sample_school import create_partitions, load_records, make_demo
from sync.server.storage import partitions
from sync.server.storage.store import Storage, open_storage
from sync.server.storage.tables import METADATA
from tests.kit.ids import CountedIds
from tests.kit.postgres import PostgresServer
from tests.sync.server.sample.made import SMALL

NOW = datetime(2026, 11, 25, 1, tzinfo=UTC)
TODAY = date(2026, 11, 25)
PLAN = replace(SMALL, scored=frozenset({"3-1"}))
CHUNK = 1_500
"""Small enough that the school takes several."""


def opened(folder: Path, url: str | None = None) -> Storage:
    storage = open_storage(folder, url)
    migrate(storage.database)
    with storage.database.writing() as connection:
        create_partitions(connection, premise(1, TODAY, PLAN), CountedIds())
    return storage


def tables(storage: Storage) -> dict[str, set[tuple[Any, ...]]]:
    """Every row of every table."""
    with storage.database.reading() as connection:
        return {name: set(map(tuple, connection.execute(select(table)))) for name, table in METADATA.tables.items()}


def decide_all(storage: Storage, records: list[SampleRecord]) -> None:
    """Each record a group of its own, as many in a transaction as a filling gives one seq."""
    for partition, run in groupby(records, key=lambda record: record.partition):
        while chunk := list(islice(run, CHUNK)):
            groups = [[Create(type=each.type, id=each.id, set=dict(each.fields))] for each in chunk]
            assert {outcome.outcome for outcome in server_edit(storage, partition, groups, NOW)} == {"applied"}


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_filled_database_is_the_one_that_decided_groups_make(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(filling, "CHUNK", CHUNK)
    urls: list[str | None] = [None, None]
    if engine == "postgresql":
        postgres: PostgresServer = request.getfixturevalue("postgres")
        urls = [postgres.create_database(), postgres.create_database()]
    filled, decided = opened(tmp_path / "filled", urls[0]), opened(tmp_path / "decided", urls[1])
    records = list(make_school(1, TODAY, PLAN))
    decide_all(decided, records)
    with filled.database.writing() as connection:
        steps = [done for _, done in load_records(filled.database, connection, records, NOW)]
    assert steps == sorted(steps)
    assert steps[-1] == len(records)
    assert len(steps) > 5
    made, wanted = tables(filled), tables(decided)
    for name in METADATA.tables:
        assert made[name] == wanted[name], name
    assert {name for name, rows in made.items() if rows} >= {"record", "rec_scope", "history", "scope_sum", "grant"}
    filled.close()
    decided.close()


def test_only_an_empty_partition_is_filled_and_with_no_record_twice(tmp_path: Path) -> None:
    storage = opened(tmp_path)
    (record,) = [each for each in make_school(1, TODAY, PLAN) if each.type == "school"]
    fresh = (record.type, record.id, record.fields)
    for wrong in ([fresh, fresh], [fresh]):
        with pytest.raises(Defect), storage.database.writing() as connection:  # noqa: PT012  rolled back by the error
            list(fill(storage.database, connection, record.partition, wrong, NOW))
            list(fill(storage.database, connection, record.partition, [], NOW))
    with pytest.raises(Defect), storage.database.writing() as connection:
        list(fill(storage.database, connection, "00000000-0000-4000-8000-000000000000", [fresh], NOW))
    assert not tables(storage)["record"]
    storage.close()


def test_a_sample_school_given_up_half_way_leaves_room_for_the_next(tmp_path: Path) -> None:
    storage = open_storage(tmp_path)
    migrate(storage.database)
    making = make_demo(storage, 1, [PLAN], NOW, CountedIds())
    next(making)
    making.close()
    with storage.database.reading() as connection:
        assert not partitions.all_schools(connection)
    steps = list(make_demo(storage, 1, [PLAN], NOW, CountedIds()))
    assert len(tables(storage)["record"]) == steps[-1][1]
    storage.close()
