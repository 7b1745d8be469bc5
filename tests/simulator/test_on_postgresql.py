"""Days of trouble on PostgreSQL keep every promise, too, and end exactly as they do on the embedded database."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

import pytest
from psycopg.errors import UniqueViolation
from sqlalchemy import Connection

from sync.server.storage import partitions
from tests.kit.postgres import PostgresServer
from tests.simulator import keeping
from tests.simulator.play import first_morning, lived, memory, played
from tests.simulator.race import race_day
from tests.simulator.steps import KEPT, Step, day, load
from tests.simulator.test_simulator import LENGTH
from tests.simulator.world import World

FIRST, BATCH, BATCHES = 1000, 2, 5
RACES, PAUSE_S = 3, 0.02


@pytest.fixture(scope="session")
def mornings(postgres: PostgresServer) -> Iterator[tuple[World, World]]:
    """The world every day begins with: on PostgreSQL, and on SQLite."""
    with tempfile.TemporaryDirectory(prefix="keyaki-days-", dir=memory()) as folder:
        real = first_morning(Path(folder) / "first-real", keeping.on(postgres))
        yield real, first_morning(Path(folder) / "first")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_days_of_trouble_end_the_same_on_both_databases(mornings: tuple[World, World], batch: int) -> None:
    for seed in range(FIRST + batch * BATCH, FIRST + (batch + 1) * BATCH):
        assert _differs(mornings, day(seed, LENGTH)) == [], f"day {seed}"


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_day_that_once_failed_keeps_every_promise_on_postgresql(mornings: tuple[World, World], path: Path) -> None:
    assert played(mornings[0], mornings[0].folder.parent / path.stem, load(path)) is None


def test_days_that_end_otherwise_are_told_apart(mornings: tuple[World, World]) -> None:
    """The test is tested."""
    real, embedded = mornings
    folder = real.folder.parent / "day"
    written = lived(real, folder, [Step("note", 0, 0, 0, 0)])
    assert {"seq", "versions", "changes", "groups", "results"} <= set(written.differs(lived(embedded, folder, [])))


@pytest.mark.parametrize("seed", range(RACES))
def test_devices_that_push_at_the_same_moment_keep_every_promise(
    mornings: tuple[World, World], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = Random(seed)
    monkeypatch.setattr(partitions, "lock", _paused(partitions.lock))
    monkeypatch.setattr(partitions, "read", _paused(partitions.read))
    with _twin(mornings[0]) as world:
        race_day(world, chance, 5)


def test_devices_that_push_at_the_same_moment_without_a_lock_are_noticed(
    mornings: tuple[World, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test is tested: two of them take the same number."""
    monkeypatch.setattr(partitions, "lock", _paused(partitions.read))
    with _twin(mornings[0]) as world, pytest.raises(UniqueViolation):
        race_day(world, Random(0), 5)


def _paused(take: Any) -> Any:
    """Taking hold of a school, with a pause behind it, now shorter, now longer."""
    chance = Random(1)

    def slowly(connection: Connection, school: str) -> Any:
        taken = take(connection, school)
        sleep(chance.random() * PAUSE_S)
        return taken

    return slowly


@contextmanager
def _twin(morning: World) -> Iterator[World]:
    world = morning.twin(morning.folder.parent / "race")
    try:
        yield world
    finally:
        world.close()
        world.remove()


def _differs(mornings: tuple[World, World], steps: list[Step]) -> list[str]:
    """In what the server's histories of one day differ."""
    real, embedded = (lived(morning, morning.folder.parent / "day", steps) for morning in mornings)
    return real.differs(embedded)
