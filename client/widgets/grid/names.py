"""The columns of a grid that stay: they follow the other table and never take the focus."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from client.widgets.grid.renewal import RowTable
from client.widgets.grid.table import EntryTable


class Names(RowTable):
    """The frozen columns: no focus, no selection of their own; a click there chooses the row."""

    chosen = Signal(int)

    def __init__(self, leader: EntryTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._leader = leader
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.setWordWrap(False)
        self.pressed.connect(self._pressed)

    def follow(self, value: int) -> None:
        """Scroll to where the other table is: a name beside another pupil's values must never be seen."""
        if self.verticalScrollBar().maximum() < value:
            self.executeDelayedItemsLayout()
            self.updateGeometries()
        self.verticalScrollBar().setValue(value)

    def wheelEvent(self, arg__1: QWheelEvent) -> None:
        self._leader.wheelEvent(arg__1)

    @Slot(QModelIndex)
    def _pressed(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())
