"""One part of a campaign: a scenario with a promise it holds against, and how often it is played."""

import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.campaigns import canaries
from tests.campaigns.desk import Morning
from tests.campaigns.wipes import Doom


class Place:
    """Where a campaign is played: what its scenarios begin with is made once, in a folder of this process alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def morning(self) -> Morning:
        """A small village."""
        return Morning.made(self.folder / "morning")

    @cached_property
    def crowded(self) -> Morning:
        """A village with ten thousand pupils more."""
        made = Morning.made(self.folder / "crowded")
        canaries.school(made)
        return made

    @cached_property
    def doom(self) -> Doom:
        """A store that is to be erased."""
        return Doom(self.folder / "doom")

    @contextmanager
    def fresh(self, seed: int) -> Generator[Path]:
        """An empty folder, for one run."""
        folder = self.folder / f"run{seed}"
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run tried, and how much of it was noticed, refused or ended, as the part has it."""

    tried: int = 1
    noticed: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """promise: the row of the test plan. unit: what is tried. few, runs: seeds in `make test`, and in the campaign.

    may: whether it can be played on this machine.
    """

    name: str
    promise: str
    unit: str
    few: int
    runs: int
    play: Callable[[Place, int], Tally]
    may: Callable[[], bool] = lambda: True
