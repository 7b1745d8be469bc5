"""The lock: it ends this process, whatever is open, and another one asks for the PIN (security.md 8).

No question delays it and nothing typed is lost by it. The other process begins at once: it does not touch the store
until somebody has typed their PIN. Each step here is bounded, and after a second this process ends wherever it stands:
what was typed a second before the last key is in the store already.
"""

import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from client.drafts import DraftKeeper
from client.shell.cause import Cause
from client.shell.copied import Copied
from client.shell.cover import cover_all
from client.unlock.locked import Locked, note
from client.unlock.relaunch import Successor
from client.workspace import Workspace
from sync.errors import KeyakiError

HARD_S: Final = 1.0
"""By then this process is gone, whatever hangs."""
STEP_S: Final = 0.3
"""So long one step waits for the disk at most."""
_log = logging.getLogger("keyaki.lock")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a lock works on. folder: of the store. now: the moment, with its zone."""

    drafts: DraftKeeper
    workspace: Workspace
    folder: Path
    copied: Copied
    successor: Successor
    now: Callable[[], datetime]


class Lock(QObject):
    """Locks one store, once. last: what is left to be done with its vault; leave: ends the process, with its code."""

    def __init__(
        self,
        grounds: Grounds,
        last: Callable[[], object],
        parent: QObject,
        leave: Callable[[int], object] = os._exit,
    ) -> None:
        super().__init__(parent)
        self._grounds, self._last, self._leave = grounds, last, leave
        self._begun, self._followed, self._ended = threading.Lock(), threading.Lock(), threading.Lock()

    def lock(self, cause: Cause) -> None:
        """Lock now. In the program this does not return."""
        if not self._begun.acquire(blocking=False):
            return
        hard = threading.Timer(HARD_S, self._end)
        hard.daemon = True
        hard.start()
        cover_all()
        QGuiApplication.inputMethod().commit()
        draft = any(draft.typed for draft in self._grounds.drafts.now())
        self._note(Locked(self._grounds.now().isoformat(), cause, self._waiting(), draft))
        self._follow()
        self._keep()
        self._grounds.copied.take_back()
        self._leave_vault()
        hard.cancel()
        self._end()

    def _keep(self) -> None:
        """Keep what is being written, then empty the log."""
        drafts = self._grounds.workspace.drafts
        try:
            self._grounds.drafts.keep().result(STEP_S)
            drafts.settle(STEP_S)
        except (KeyakiError, TooLate) as error:
            _log.warning("the last look at the drafts may not be kept: %s", type(error).__name__)

    def _waiting(self) -> int:
        try:
            return self._grounds.workspace.status().waiting
        except KeyakiError as error:
            _log.warning("what waits cannot be counted: %s", error)
            return 0

    def _note(self, locked: Locked) -> None:
        try:
            note(self._grounds.folder, locked)
        except OSError as error:
            _log.warning("the lock screen cannot say why: %s", type(error).__name__)

    def _leave_vault(self) -> None:
        try:
            self._last()
        except KeyakiError as error:
            _log.warning("the vault keeps the time of its last opening: %s", error)

    def _follow(self) -> None:
        """Start who comes after; two threads may come here."""
        if self._followed.acquire(blocking=False):
            try:
                self._grounds.successor.start()
            except OSError:
                _log.exception("nobody shows the lock screen")

    def _end(self) -> None:
        """Be gone; two threads may come here, too."""
        if self._ended.acquire(blocking=False):
            self._follow()
            logging.shutdown()
            self._leave(self._grounds.successor.code)
