"""A card: content ground, a quiet edge, round corners, 16 px of room inside."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.widgets import ink


class Card(QWidget):
    """Things that belong together. Put them into `body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        margin = ink.look().px(16)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(ink.look().px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = ink.look()
        painter = QPainter(self)
        ink.draw_box(painter, QRectF(self.rect()), look.px(8), look.tokens.content, look.tokens.border)
        painter.end()
