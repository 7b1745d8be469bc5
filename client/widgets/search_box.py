"""A line that finds while somebody types, what an input method still composes included."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from client.widgets import ink
from client.widgets.ink import Words
from client.widgets.line_edit import LineEdit

ICON = 20


class SearchBox(LineEdit):
    """sought: what is looked for now. entered: the first that was found is meant. left_down: on to what was found.

    Esc empties it; where it is empty already, the key goes on to the page.
    """

    sought = Signal(str)
    entered = Signal()
    left_down = Signal()

    def __init__(self, hint: Words, parent: QWidget | None = None) -> None:
        super().__init__(hint, parent)
        self._said = ""
        self.textChanged.connect(self._say)
        self._indent()

    def inputMethodEvent(self, arg__1: QInputMethodEvent) -> None:
        super().inputMethodEvent(arg__1)
        self._say()

    @Slot()
    def _say(self) -> None:
        if self.on_screen != self._said:
            self._said = self.on_screen
            self.sought.emit(self._said)

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        key = arg__1.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key == Qt.Key.Key_Down:
            self.left_down.emit()
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not arg__1.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.entered.emit()
        else:
            super().keyPressEvent(arg__1)

    def changeEvent(self, arg__1: QEvent) -> None:
        super().changeEvent(arg__1)
        if arg__1.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self._indent()

    def _indent(self) -> None:
        look = ink.look()
        self.setTextMargins(look.px(10 + ICON + 4), 0, look.px(10), 0)

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        super().paintEvent(arg__1)
        look = ink.look()
        size = look.px(ICON)
        painter = QPainter(self)
        at = QRectF(look.px(9), round((self.height() - size) / 2), size, size)
        ink.draw_icon(painter, at, "search", look.tokens.text2)
        painter.end()
