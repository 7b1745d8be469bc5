"""A plain button that opens a menu, with a chevron at its end."""

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from client.widgets import ink
from client.widgets.button import Button
from client.widgets.ink import Words
from client.widgets.menu import Menu

_CHEVRON = 16


class MenuButton(Button):
    """Looks as a selector does, but what is chosen is an act."""

    def __init__(self, words: Words, parent: QWidget | None = None, *, keycap: str = "") -> None:
        super().__init__(words, parent=parent, keycap=keycap)

    def open_below(self, menu: Menu) -> None:
        """Open a menu under the button."""
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + ink.look().px(_CHEVRON + 8), hint.height())

    def _content(self, painter: QPainter, box: QRectF, pen: QColor) -> None:
        super()._content(painter, box, pen)
        look = ink.look()
        size = look.px(_CHEVRON)
        at = QRectF(box.right() - look.px(10) - size, round(box.center().y() - size / 2), size, size)
        ink.draw_icon(painter, at, "down", look.tokens.text2)
