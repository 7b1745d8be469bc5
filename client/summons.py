"""Asks the school, also while everything is locked, whether a store of this PC is blocked or to be erased, and obeys.

What is being erased goes on at each start, and each minute until the school knows.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from client.desk import Outside
from client.paths import Profile
from client.shell.tasks import Tasks
from client.store import wiping
from client.store.wiping import Places
from client.unlock.record import Known
from client.unlock.repository import teachers
from sync.engine.devices import Summons
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.tokens import HeldTokens
from sync.engine.transport import Transport
from sync.errors import KeyakiError
from sync.protocol.device import Order

EVERY_MS: Final = 60_000
SOON_MS: Final = 300
"""By then a process that is ending has ended."""
T = TypeVar("T")
_log: Final = logging.getLogger("keyaki.wipe")


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one look at every store. mine: the order for the one that is open in this process.

    erased: how many are gone; again: whether one waits for a process that is ending.
    """

    mine: Order | None = None
    erased: int = 0
    again: bool = False


class Summoner(QObject):
    """Looks at every store of the profile that no process has open, where stores have a vault; one look at a time.

    transport: to the school, for this alone; it is closed with `stop`. summoned: carries the Order for the store that
    is open here; erased: a store of this PC is gone.
    """

    summoned = Signal(object)
    erased = Signal()

    def __init__(self, profile: Profile, outside: Outside, tasks: Tasks, transport: Transport, parent: QObject) -> None:
        super().__init__(parent)
        self._profile, self._outside, self._tasks, self._transport = profile, outside, tasks, transport
        self._asking = False
        self._mine: Known | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Go on with what was begun before anybody can choose a store; then ask the school, and each minute again."""
        if self._outside.protection is not None:
            closed = [_tried(lambda folder=folder: self._closed(folder)) for folder in wiping.begun(self._profile)]
            if any(closed):
                QTimer.singleShot(0, self.erased.emit)  # once the first screen stands
            self._timer.start(EVERY_MS)
            self.look()

    def stop(self) -> None:
        """Ask no more, and end the question under way."""
        self._timer.stop()
        self._transport.close()

    @Slot()
    def look(self) -> None:
        """Ask for every store that is not open; not while that is done already."""
        if not self._asking and self._outside.protection is not None:
            self._asking, mine, self._mine = True, self._mine, None
            self._tasks.run(lambda: self._round(mine), self._looked, self._failed)

    def ask(self, mine: Known) -> None:
        """The school has turned the store away that is open here: ask for it, too."""
        self._mine = mine
        self.look()

    def _round(self, mine: Known | None) -> Round:
        """In a thread that may wait."""
        own = None if mine is None else _tried(lambda: self._hear(mine))
        for known in teachers(self._profile):
            folder = self._profile.store(known.user, known.school)
            if folder.exists() and not wiping.is_open(folder):
                _tried(lambda known=known: self._hear(known))
        gone, again = 0, False
        for folder in wiping.begun(self._profile):
            closed = _tried(lambda folder=folder: self._closed(folder))
            again = again or closed is None
            if closed is not None:
                gone += folder != closed
                _tried(lambda closed=closed: wiping.settle(closed, self._places(closed), self._line))
        return Round(own, gone, again)

    def _hear(self, known: Known) -> Order | None:
        """Ask for one store, and write down what is to be done."""
        folder = self._profile.store(known.user, known.school)
        lease = wiping.lease_to_name(folder)
        if not lease:
            return None
        answer = self._line(known.device).hello(lease)
        order = wiping.heard(folder, known.device, self._places(folder), answer)
        if order is not None:
            wiping.obey(folder, order, answer.order)
        return order

    def _closed(self, folder: Path) -> Path | None:
        return wiping.close_for_good(self._profile, folder)

    def _places(self, folder: Path) -> Places:
        assert self._outside.protection is not None
        return self._outside.protection.places(folder)

    def _line(self, device: str) -> Summons:
        place = self._outside.place
        return Summons(HttpBackend(place.server, Caller(device, place.version), HeldTokens(), self._transport))

    @Slot(object)
    def _looked(self, found: Round) -> None:
        self._asking = False
        if found.mine is not None:
            self.summoned.emit(found.mine)
        if found.erased:
            self.erased.emit()
        if found.again or self._mine is not None:
            QTimer.singleShot(SOON_MS, self.look)

    @Slot(object)
    def _failed(self, error: KeyakiError) -> None:
        self._asking = False
        _log.info("no look at the stores of this PC: %s", error)


def _tried(act: Callable[[], T]) -> T | None:
    """What came of it; None where it failed, which the next round tries again."""
    try:
        return act()
    except KeyakiError as error:
        _log.info("not now: %s", error)
        return None
