"""Every promise of protocol.md 10 that can be checked on a day of trouble, on hundreds of them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulator.deeds import DEEDS
from tests.simulator.play import played
from tests.simulator.steps import day
from tests.simulator.world import World, first_morning

BATCH, BATCHES, LENGTH = 15, 20, 200


@pytest.fixture(scope="session")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world every day begins with."""
    folder = tmp_path_factory.mktemp("morning")
    yield first_morning(folder / "first", DEEDS)
    shutil.rmtree(folder)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_days_of_trouble_keep_every_promise(morning: World, tmp_path: Path, batch: int) -> None:
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        broken = played(morning, tmp_path / str(seed), day(seed, LENGTH))
        assert broken is None, f"day {seed}: {broken}"
