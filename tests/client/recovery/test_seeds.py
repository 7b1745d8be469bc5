"""Losses by seed: the store's file, its last commits, or its key go; all that was typed arrives, and once."""

from pathlib import Path

import pytest

from tests.campaigns import noise
from tests.campaigns.recoveries import lost_and_found

SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_lost_all_that_was_typed_arrives_and_once(tmp_path: Path, seed: int) -> None:
    with noise.expected():
        assert lost_and_found(tmp_path, seed)
