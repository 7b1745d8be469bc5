"""Days of trouble on PostgreSQL keep every promise, too, and end exactly as they do on the embedded database."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.postgres import PostgresServer
from tests.simulator import keeping
from tests.simulator.play import first_morning, lived, memory, played
from tests.simulator.steps import Step, day, load
from tests.simulator.test_simulator import KEPT, LENGTH
from tests.simulator.world import World

FIRST, BATCH, BATCHES = 1000, 2, 5


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


def _differs(mornings: tuple[World, World], steps: list[Step]) -> list[str]:
    """In what the server's histories of one day differ."""
    real, embedded = (lived(morning, morning.folder.parent / "day", steps) for morning in mornings)
    return real.differs(embedded)
