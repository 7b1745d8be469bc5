"""What was copied here does not stay in the clipboard: not for long, and not past the lock."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QClipboard

STAYS_MS: Final = 60_000


class Copied(QObject):
    """Empties the clipboard some time after a copy, only while what is in it is still this program's."""

    def __init__(self, clipboard: QClipboard, parent: QObject, stays_ms: int = STAYS_MS) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._timer = QTimer(self, singleShot=True, interval=stays_ms)
        self._timer.timeout.connect(self.take_back)
        clipboard.dataChanged.connect(self._changed)

    @Slot()
    def take_back(self) -> None:
        """Empty the clipboard if what is in it was copied here."""
        self._timer.stop()
        if self._clipboard.ownsClipboard():
            self._clipboard.clear()

    @Slot()
    def _changed(self) -> None:
        if self._clipboard.ownsClipboard():
            self._timer.start()
        else:
            self._timer.stop()
