"""A scroll bar that is a quiet handle: 6 px wide in a strip of its own, no arrows."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from client.widgets import ink

STRIP = 18
_LEAST = 28


class SlimScrollBar(QScrollBar):
    """The whole strip takes the mouse, only the handle is seen: drag it, or press beside it for a page."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None, *, strip: int = STRIP) -> None:
        super().__init__(orientation, parent)
        self._strip = strip
        self._hovered = False
        self._grip: float | None = None

    def sizeHint(self) -> QSize:
        strip = ink.look().px(self._strip)
        return QSize(strip, 40) if self._vertical else QSize(40, strip)

    @property
    def _vertical(self) -> bool:
        return self.orientation() is Qt.Orientation.Vertical

    def _span(self) -> tuple[float, float]:
        """(start, length) of the handle along the strip."""
        room = (self.height() if self._vertical else self.width()) - 4
        steps = self.maximum() - self.minimum()
        length = max(room * self.pageStep() / (steps + self.pageStep()), min(_LEAST, room))
        return 2 + (room - length) * (self.value() - self.minimum()) / max(steps, 1), length

    def _along(self, event: QMouseEvent) -> float:
        return event.position().y() if self._vertical else event.position().x()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, (start, length) = self._along(event), self._span()
        if start <= at < start + length:
            self._grip = at - start
        else:
            self.setValue(self.value() + (self.pageStep() if at > start else -self.pageStep()))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        _, length = self._span()
        room = (self.height() if self._vertical else self.width()) - 4 - length
        share = (self._along(event) - self._grip - 2) / max(room, 1)
        self.setValue(self.minimum() + round(share * (self.maximum() - self.minimum())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = ink.look().tokens
        painter = QPainter(self)
        if self.maximum() > self.minimum():
            start, length = self._span()
            thick = ink.look().px(6)
            across = ((self.width() if self._vertical else self.height()) - thick) // 2 - 1
            handle = QRectF(across, start, thick, length) if self._vertical else QRectF(start, across, length, thick)
            colour = tokens.text2 if self._hovered or self._grip is not None else tokens.control
            ink.draw_box(painter, handle, thick / 2, colour, None)
        painter.end()
