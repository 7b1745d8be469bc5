"""Asks the school for a new lease while somebody works, long before the old one is over."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from client.shell.tasks import Tasks
from client.unlock.protection import Unlocked, request_for
from sync.errors import KeyakiError
from sync.protocol.lease import LeaseAnswer, LeaseRequest

_log = logging.getLogger("keyaki.unlock")


class Renewal(QObject):
    """Looks, when told to, whether a new lease is due, and puts it into the vault.

    ask: puts the question to the school; may wait, in a thread of its own. now: Unix seconds.
    """

    def __init__(
        self,
        unlocked: Unlocked,
        ask: Callable[[LeaseRequest], LeaseAnswer],
        tasks: Tasks,
        now: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.unlocked = unlocked
        self._ask, self._tasks, self._now = ask, tasks, now
        self._asking = False

    @Slot()
    def look(self) -> None:
        """Ask for a lease where one is due and none has been asked for."""
        if not self._asking and self.unlocked.is_due(self._now()):
            self._asking = True
            ask, unlocked = self._ask, self.unlocked
            self._tasks.run(lambda: unlocked.renewed(ask(request_for(unlocked.vault))), self._done, self._failed)

    def _done(self, unlocked: Unlocked) -> None:
        self.unlocked, self._asking = unlocked, False

    def _failed(self, error: KeyakiError) -> None:
        """The old lease still holds; the next round asks again."""
        self._asking = False
        _log.info("no new lease: %s", error)
