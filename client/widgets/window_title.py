"""The title of a window in the language of the moment."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from client.widgets import ink
from client.widgets.ink import Words


class _Title(QObject):
    """Listens to its window, whose base class need not know of it."""

    def __init__(self, window: QWidget, words: Words) -> None:
        super().__init__(window)
        self._window, self._words = window, words
        window.setWindowTitle(ink.said(words))
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            self._window.setWindowTitle(ink.said(self._words))
        return super().eventFilter(watched, event)


def title_window(window: QWidget, words: Words) -> None:
    """Call a window so, and again so at each change of language."""
    _Title(window, words)
