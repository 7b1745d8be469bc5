"""The end of a lease is told before, and comes whatever somebody does to the clock; a new lease puts it off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from client.shell.cause import Cause
from client.unlock.ending import LeaseEnd
from sync.protocol.lease import Lease
from tests.kit.lending import HOUR, NOW, KeyPlaces, Lender, vault


class Ending:
    """The end of a lease of two hours, with clocks of a test's own."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.lender, self.vault = Lender(), vault(folder, KeyPlaces())
        self.keys = self.vault.make("50271864", self.lender.answer(hours=2))
        self.lease: Lease | None = self.vault.lease()
        self.wall, self.boot = float(NOW), 100.0
        self.end = LeaseEnd(lambda: self.wall, lambda: self.boot, lambda: self.lease, application)
        self.said: list[object] = []
        self.end.soon.connect(self.said.append)
        self.end.away.connect(self.said.append)
        self.end.set_forward.connect(lambda: self.said.append("forward"))

    def at(self, seconds: float, wall: float | None = None) -> list[object]:
        """Look so long after the beginning; what was said since the last look."""
        self.said.clear()
        self.boot = 100 + seconds
        self.wall = NOW + (seconds if wall is None else wall)
        self.end.look()
        return list(self.said)


@pytest.fixture
def ending(qapp: QApplication, tmp_path: Path) -> Iterator[Ending]:
    made = Ending(qapp, tmp_path / "store")
    yield made
    delete(made.end)


def test_ten_minutes_before_the_end_it_is_told_once_and_then_it_comes(ending: Ending) -> None:
    assert ending.at(2 * HOUR - 601) == []
    assert ending.at(2 * HOUR - 590) == [NOW + 2 * HOUR]
    assert ending.at(2 * HOUR - 30) == []
    assert ending.at(2 * HOUR) == [Cause.LEASE]


def test_a_new_lease_puts_the_end_off(ending: Ending) -> None:
    ending.at(HOUR)
    ending.vault.renew(ending.keys, ending.lender.answer(NOW + HOUR, hours=3))
    ending.lease = ending.vault.lease()
    ending.end.renewed(ending.lease)
    assert ending.at(2 * HOUR) == []
    assert ending.at(4 * HOUR) == [Cause.LEASE]


def test_a_clock_that_is_set_back_locks_and_one_that_is_set_forward_is_told_and_left_out(ending: Ending) -> None:
    assert ending.at(60, wall=40 * HOUR) == ["forward"]
    assert ending.at(90, wall=40 * HOUR) == []
    assert ending.end.seen == NOW + 90
    assert ending.at(120, wall=-HOUR) == [Cause.CLOCK]
