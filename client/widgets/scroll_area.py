"""A place that scrolls up and down: no frame, no ground of its own, the slim bar at the right."""

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from client.widgets.slim_scroll_bar import SlimScrollBar


class ScrollArea(QScrollArea):
    """Shows `inner` at its own width; its ground is what stands behind."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(SlimScrollBar(Qt.Orientation.Vertical, strip=14))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)

    @Slot(QRect)
    def show_part(self, part: QRect) -> None:
        """Scroll so far that this part of `inner` is seen, its top where it is too high for the room."""
        self.ensureVisible(0, part.bottom(), 0, 0)
        self.ensureVisible(0, part.top(), 0, 0)
