"""Keeps what is being written while it is written, and brings it back after a lock or the end of the process."""

import logging
from collections.abc import Iterable
from concurrent.futures import Future
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from client.shell.pages import Left
from client.shell.window import Window
from client.widgets.ink import Tone
from client.widgets.message_strip import Act, Message
from client.workspace import Draft, Workspace
from sync.errors import KeyakiError

REST_MS: Final = 1_000
"""So long after the last key what is on screen is kept."""
COPY: Final = "copy_draft"
_log = logging.getLogger("keyaki.drafts")


class DraftKeeper(QObject):
    """The drafts of one window, in the store it shows."""

    def __init__(self, window: Window, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._drafts = window, workspace.drafts
        self._homeless: list[Draft] = []
        self._kept: list[Draft] = []
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._rested)

    @Slot()
    def typed(self) -> None:
        """A key was pressed somewhere."""
        self._rest.start()

    def now(self) -> list[Draft]:
        """The page on screen, and every page where something is written and not saved."""
        found = list(self._homeless)
        for key, frame in self._window.frames.items():
            left, shown = frame.left(), key == self._window.key
            if left is not None and (shown or left.typed):
                found.append(Draft(key, left.place, left.typed, shown))
        return found

    def keep(self) -> "Future[None]":
        """Keep what is there now."""
        self._rest.stop()
        self._kept = self.now()
        return self._drafts.keep(self._kept)

    @Slot()
    def keep_written(self) -> None:
        """The window is about to go: keep what is written in it, and no place."""
        self._rest.stop()
        self._drafts.keep(draft for draft in self.now() if draft.typed).add_done_callback(_told)

    @Slot()
    def _rested(self) -> None:
        if self.now() != self._kept:
            self.keep().add_done_callback(_told)

    # -- back again ---------------------------------------------------------------------------------------------------

    def bring_back(self) -> bool:
        """Open the page that was left, with all that was written in its editors; whether anything was written.

        Nothing is saved by this: it is the person's to finish. Raises StoreDamaged.
        """
        self._kept = [draft for draft in self._drafts.kept() if draft.page in self._window.keys]
        for draft in self._kept:
            self._window.open_page(draft.page)
            if not self._window.page.come_back(Left(draft.place, draft.typed)):
                self._homeless.append(Draft(draft.page, {}, draft.typed))
        written = any(draft.typed for draft in self._kept)
        if self._homeless:
            acts = (Act(COPY, lambda: self.tr("Copy the text")),)
            self._window.page.strip.asked.connect(self._asked)
            self._window.show_message(Message(self._homeless_words, Tone.WARN, acts))
        elif written:
            self._window.show_message(Message(lambda: self.tr("There is a draft. It is not saved yet."), Tone.INFO))
        return written

    def _homeless_words(self) -> str:
        words = self.tr('There is a draft whose place is not here any more: "{text}"')
        return words.format(text=_texts(self._homeless))

    @Slot(str)
    def _asked(self, act: str) -> None:
        if act == COPY and self._homeless:
            QGuiApplication.clipboard().setText(_texts(self._homeless))
            self._homeless.clear()
            self._window.page.strip.clear()
            self._rest.start()


def _texts(drafts: Iterable[Draft]) -> str:
    return "\n".join(text for draft in drafts for text in draft.typed.values())


def _told(kept: "Future[None]") -> None:
    """What is on screen is still on screen; the next rest of the hand tries again."""
    error = kept.exception()
    if isinstance(error, KeyakiError):
        _log.warning("a draft was not kept: %s", error)
