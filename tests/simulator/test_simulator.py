"""Every promise of protocol.md 10 that can be checked on a day of trouble, on hundreds of them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulator.at_once import threaded
from tests.simulator.play import first_morning, journaled, lived, memory, played
from tests.simulator.steps import KEPT, day, load
from tests.simulator.world import World

BATCH, BATCHES, LENGTH = 15, 20, 200
LOSSES_BATCH, LOSSES_BATCHES = 5, 4
AWAYS_BATCH, AWAYS_BATCHES = 5, 2


@pytest.fixture(scope="session")
def morning() -> Iterator[World]:
    """The world every day begins with."""
    with tempfile.TemporaryDirectory(prefix="keyaki-days-", dir=memory()) as folder:
        yield first_morning(Path(folder) / "first")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_days_of_trouble_keep_every_promise(morning: World, batch: int) -> None:
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        how = {"threads": threaded(seed), "journals": journaled(seed)}
        broken = played(morning, morning.folder.parent / str(seed), day(seed, LENGTH), **how)
        assert broken is None, f"day {seed}: {broken}"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("batch", range(LOSSES_BATCHES))
def test_days_on_which_stores_are_lost_keep_every_promise(morning: World, batch: int) -> None:
    for seed in range(batch * LOSSES_BATCH, (batch + 1) * LOSSES_BATCH):
        steps = day(seed, LENGTH, losses=True)
        broken = played(morning, morning.folder.parent / str(seed), steps, threads=threaded(seed))
        assert broken is None, f"day {seed}: {broken}"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("batch", range(AWAYS_BATCHES))
def test_days_on_which_scopes_are_put_away_keep_every_promise(morning: World, batch: int) -> None:
    for seed in range(batch * AWAYS_BATCH, (batch + 1) * AWAYS_BATCH):
        steps = day(seed, LENGTH, aways=True)
        broken = played(morning, morning.folder.parent / str(seed), steps, threads=threaded(seed))
        assert broken is None, f"day {seed}: {broken}"


def test_a_day_ends_the_same_whichever_thread_writes(morning: World) -> None:
    folder, steps = morning.folder.parent / "day", day(1, LENGTH)
    truths = [lived(morning, folder, steps, threads=threads) for threads in (True, False)]
    assert truths[0].differs(truths[1]) == []


def test_there_are_days_that_once_failed() -> None:
    assert KEPT


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_day_that_once_failed_keeps_every_promise(morning: World, path: Path) -> None:
    assert played(morning, morning.folder.parent / path.stem, load(path)) is None
