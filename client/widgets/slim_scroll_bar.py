"""A scroll bar that is a quiet handle: 6 px wide in a strip of its own, no arrows."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from client.widgets import ink

STRIP = 18


class SlimScrollBar(QScrollBar):
    """Qt's behaviour, our drawing. The whole strip takes the mouse; only the handle is seen."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None, *, strip: int = STRIP) -> None:
        super().__init__(orientation, parent)
        self._strip = strip
        self._hovered = False

    def sizeHint(self) -> QSize:
        strip = ink.look().px(self._strip)
        return QSize(strip, 40) if self.orientation() is Qt.Orientation.Vertical else QSize(40, strip)

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
            handle = self._handle()
            colour = tokens.text2 if self._hovered or self.isSliderDown() else tokens.control
            ink.draw_box(painter, handle, min(handle.width(), handle.height()) / 2, colour, None)
        painter.end()

    def _handle(self) -> QRectF:
        vertical = self.orientation() is Qt.Orientation.Vertical
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        groove = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        thick = ink.look().px(6)
        if vertical:
            return QRectF((self.width() - thick) / 2 + 0.0, groove.top() + 2, thick, max(groove.height() - 4, 24))
        return QRectF(groove.left() + 2, (self.height() - thick) / 2, max(groove.width() - 4, 24), thick)
