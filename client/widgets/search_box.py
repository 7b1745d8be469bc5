"""A line to search in: what is typed, composed text included, is announced a moment after the last key."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget

from client.widgets.ink import Words
from client.widgets.line_edit import LineEdit

WAIT_MS = 120


class SearchBox(LineEdit):
    """Emits `searched` with the text as it stands on screen. Esc empties it before it goes further."""

    searched = Signal(str)

    def __init__(self, hint: Words, parent: QWidget | None = None) -> None:
        super().__init__(hint, parent, icon="search")
        self._preedit = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._announce)
        self.textChanged.connect(self._timer.start)
        self.setClearButtonEnabled(False)

    @property
    def sought(self) -> str:
        """What is being looked for, with what an input method still composes."""
        text = self.text()
        return text[: self.cursorPosition()] + self._preedit + text[self.cursorPosition() :]

    def inputMethodEvent(self, arg__1: QInputMethodEvent) -> None:
        self._preedit = arg__1.preeditString()
        super().inputMethodEvent(arg__1)
        self._timer.start()

    @Slot()
    def _announce(self) -> None:
        self.searched.emit(self.sought)
