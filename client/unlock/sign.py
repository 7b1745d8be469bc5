"""The program's name with its sign, as the first screen begins."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from client.resources import ICON
from client.widgets import ink
from client.widgets.ink import Step
from client.widgets.label import Label

SIZE = 32


class _Picture(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = QIcon(str(ICON))

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(SIZE), ink.look().px(SIZE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, QRect(0, 0, self.width(), self.height()))
        painter.end()


class Sign(QWidget):
    """A picture and a word, both small: the question below is what matters."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(ink.look().px(8))
        self._picture = _Picture(self)
        self._picture.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(self._picture)
        row.addWidget(Label(lambda: self.tr("Keyaki"), Step.HEADING, self))
        row.addStretch(1)
