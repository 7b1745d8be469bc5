"""Has the key store remember how far the open store has come, beside the work and never at an edit."""

import logging
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from client.shell.tasks import Tasks
from client.unlock.protection import Unlocked
from client.workspace import Workspace
from sync.errors import KeyakiError

LOOK_MS: Final = 60_000
_log = logging.getLogger("keyaki.unlock")


class AnchorKeeper(QObject):
    """Looks each minute, after each round and at the end whether the store has come further, and remembers it.

    unlocked: the vault as it is open now; now: Unix seconds.
    """

    def __init__(
        self,
        unlocked: Callable[[], Unlocked],
        workspace: Workspace,
        tasks: Tasks,
        now: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._unlocked, self._workspace, self._tasks, self._now = unlocked, workspace, tasks, now
        self._kept: object = None
        self._busy = False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Remember it beside the GUI thread, where it has come further."""
        reached = self._workspace.copies.reached
        if reached is None or reached == self._kept or self._busy:
            return
        self._busy = True
        unlocked, now = self._unlocked(), self._now()
        self._tasks.run(lambda: reached if unlocked.remember(*reached, now) else None, self._done, self._failed)

    def end(self) -> None:
        """Remember it now, in this thread: the process is about to end."""
        self._timer.stop()
        reached = self._workspace.copies.reached
        if reached is not None and reached != self._kept:
            self._unlocked().remember(*reached, self._now())

    def _done(self, kept: object) -> None:
        self._busy = False
        self._kept = kept
        if kept is None:
            _log.info("the key store does not remember how far the store has come; it is asked again")

    def _failed(self, error: KeyakiError) -> None:
        self._busy = False
        _log.info("how far the store has come is not remembered: %s", error)
