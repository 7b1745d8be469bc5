"""Makes the first morning, plays one day in a folder of its own and says what broke; shortens a day that does."""

import gc
from pathlib import Path

from tests.simulator.deeds import DEEDS
from tests.simulator.keeping import InFolder, Keeping
from tests.simulator.losses import disk
from tests.simulator.oracle import Truth
from tests.simulator.steps import Step, shortened
from tests.simulator.town import Town
from tests.simulator.world import World

JOURNALED_EVERY = 4


def journaled(seed: int) -> bool:
    """Whether the stores of that day keep journals, which costs a tenth more. Where they are lost, all do."""
    return seed % JOURNALED_EVERY == 1


def memory() -> str | None:
    """A folder in memory where there is one: a power cut is not among what these days try, so no disk is waited for."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def first_morning(folder: Path, keeping: Keeping = InFolder) -> World:
    """The world all days begin with; make twins of it. keeping: how their servers keep their data."""
    town = Town(folder / "server", pupil_count=4, keeping=keeping)
    truth = Truth(town)
    truth.begin()
    world = World(town, folder, DEEDS, truth)
    world.join()
    world.close()
    return world


def played(
    morning: World, folder: Path, steps: list[Step], *, threads: bool = True, journals: bool = True
) -> str | None:
    """What broke, None when every promise was kept. Whatever a day raises is what broke it."""
    try:
        lived(morning, folder, steps, threads=threads, journals=journals)
    except Exception as error:  # noqa: BLE001  the day's verdict, whatever it is
        return f"{type(error).__name__} {error}"
    return None


def lived(morning: World, folder: Path, steps: list[Step], *, threads: bool = True, journals: bool = True) -> Truth:
    """What is true at the end of a day. threads: its stores write in threads of their own; journals: they keep one.

    Raises what broke it.

    Rubbish is collected between days: looking for it in all that was ever imported takes a tenth of a day.
    """
    gc.disable()
    world = morning.twin(folder, threads=threads, journals=journals)
    try:
        with disk(world.refusing):
            world.play(steps)
        return world.truth
    finally:
        world.close()
        world.remove()
        gc.enable()


def shortest(morning: World, folder: Path, steps: list[Step]) -> tuple[list[Step], str]:
    """The fewest steps of a failing day that still break the same promise, and how."""
    first = played(morning, folder, steps)
    assert first is not None, "this day keeps every promise"

    def fails(less: list[Step]) -> bool:
        found = played(morning, folder, less)
        return found is not None and kind(found) == kind(first)

    found = shortened(steps, fails)
    return found, played(morning, folder, found) or first


def kind(broken: str) -> str:
    """Which promise it was: the first two words."""
    return " ".join(broken.split()[:2])
