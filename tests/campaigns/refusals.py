"""The disk refuses a call: nothing is called saved that is not, nothing saved is lost, and room heals all of it."""

import errno
import random
from dataclasses import dataclass, field

from sync.errors import KeyakiError
from tests.campaigns.desk import CHOSEN, Desk, Morning, Said, missing
from tests.kit.calls import Call
from tests.kit.disk_calls import watched

ACTS = 8
ERRORS = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EACCES)
LASTING = (1, 2, 5, 10**9)
"""So many calls are refused one after another; the last until the program is closed."""


@dataclass(slots=True)
class Refusing:
    """A disk that takes `first` calls and then refuses so many."""

    first: int
    count: int
    error: int
    calls: int = 0
    refused: list[Call] = field(default_factory=list[Call])

    def __call__(self, call: Call) -> int:
        self.calls += 1
        if self.first < self.calls <= self.first + self.count:
            self.refused.append(call)
            return self.error
        return 0


def refused(morning: Morning, seed: int, first: int | None = None) -> int:
    """A day on which the disk refuses; how many calls it did. first: the call it begins with, else chance says."""
    chance = random.Random(seed)
    at = chance.randrange(200) if first is None else first
    disk = Refusing(at, chance.choice(LASTING), chance.choice(ERRORS))
    _day(morning, seed, disk)
    return len(disk.refused)


def _day(morning: Morning, seed: int, disk: Refusing) -> None:
    with morning.desk_of(seed) as desk:
        said = _worked(desk, disk)
        desk.village.clock.pass_(minutes=10)
        desk.pin = next((number for what, number, _ in reversed(said) if what == CHOSEN), 0)
        desk.open()
        assert missing(said, desk.rows()) == {}
        desk.agree()
        desk.close()
        desk.heal()


def _worked(desk: Desk, disk: Refusing) -> list[Said]:
    """What was called saved. What is refused is told by an error of ours, and by no other."""
    said: list[Said] = []
    opened = False
    with watched(desk.folder, disk):
        for _ in range(ACTS):
            try:
                if not opened:
                    desk.open()
                    opened = True
                desk.act(lambda word: said.append(word) or 0)
            except KeyakiError:
                opened = opened and not desk.workspace._closed
            except BaseException:
                if opened:
                    desk.close()
                raise
        if opened:
            desk.close()
    return said
