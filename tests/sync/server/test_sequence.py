"""The order of changes is the partition's locked counter: a database sequence in its place loses changes of readers."""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from sync.server.migrate import migrate
from sync.server.storage import partitions
from sync.server.storage.partitions import Partition
from sync.server.storage.store import open_storage
from tests.kit.clock import HeldClock
from tests.kit.postgres import PostgresServer
from tests.sync.conformance.crowd import Bustle, boxes, bustled, write
from tests.sync.conformance.ends import Place, World

BUSTLE = Bustle(writers=8, readers=2, pushes=8)
PAUSE_S = 0.02


@pytest.fixture
def crowd(postgres: PostgresServer, tmp_path: Path) -> Iterator[World]:
    """A school on PostgreSQL, reached without sockets; what one push names for the first time is named already."""
    storage, clock = open_storage(tmp_path, postgres.create_database()), HeldClock()
    migrate(storage.database)
    place = Place(storage, clock, "", issuer=None)  # nobody signs in here
    world = World(place, place.new_school(), place.core)
    write(world.desk("sato"), world.school, BUSTLE.writers, 1)
    yield world
    storage.close()


def test_readers_lose_nothing_however_long_a_writer_pauses_with_its_number(
    crowd: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pause_behind(monkeypatch, partitions.lock)
    assert _lost(crowd) == 0


def test_readers_would_lose_changes_if_numbers_came_from_a_sequence(
    crowd: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test is tested: with gaps between a number and its commit, a cursor passes what is not there yet (I2)."""
    with crowd.place.storage.database.writing() as connection:
        connection.execute(text("CREATE SEQUENCE plain START 1000"))
    _pause_behind(monkeypatch, _numbered)
    monkeypatch.setattr(partitions, "advance", _advance)
    assert _lost(crowd) > 0


def _lost(crowd: World) -> int:
    """How many of the writers' records a reader that follows its cursor never sees."""
    readers = bustled(crowd, BUSTLE)
    assert boxes(crowd.desk("sato")) >= BUSTLE.written, "every push was stored"
    return sum(len(BUSTLE.written - boxes(reader)) for reader in readers)


def _pause_behind(monkeypatch: pytest.MonkeyPatch, take: Any) -> None:
    """Let every writer pause, now shorter, now longer, when it has taken its number."""
    chance = random.Random(1)

    def slowly(connection: Connection, school: str) -> Partition | None:
        taken = take(connection, school)
        time.sleep(chance.random() * PAUSE_S)
        return taken

    monkeypatch.setattr(partitions, "lock", slowly)


def _numbered(connection: Connection, school: str) -> Partition | None:
    """The partition with the next number of a sequence, locked by nobody."""
    held = partitions.read(connection, school)
    number = connection.execute(text("SELECT nextval('plain')")).scalar_one()
    return None if held is None else held._replace(seq=number - 1)


def _advance(connection: Connection, now: Partition) -> None:
    """The highest number that was ever committed."""
    said = "UPDATE partition SET seq = greatest(seq, :seq) WHERE school = :school"
    connection.execute(text(said), {"seq": now.seq, "school": now.school})
