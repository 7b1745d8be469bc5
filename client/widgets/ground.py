"""A plain widget with the ground of a token and, where wanted, a line along one edge."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from client.widgets import ink


class Ground(QWidget):
    """Fills itself with the token called `colour`; `line` is the edge that carries a 1 px `border` line, or None."""

    def __init__(self, colour: str, line: Qt.Edge | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour, self._line = colour, line

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = ink.look().tokens
        ground: QColor = getattr(tokens, self._colour)
        painter.fillRect(self.rect(), ground)
        width, height = self.width(), self.height()
        if self._line is Qt.Edge.BottomEdge:
            painter.fillRect(0, height - 1, width, 1, tokens.border)
        elif self._line is Qt.Edge.TopEdge:
            painter.fillRect(0, 0, width, 1, tokens.border)
        elif self._line is Qt.Edge.LeftEdge:
            painter.fillRect(0, 0, 1, height, tokens.border)
        elif self._line is Qt.Edge.RightEdge:
            painter.fillRect(width - 1, 0, 1, height, tokens.border)
        painter.end()
