"""Which part of a table is painted anew when rows say something else: those rows, not the whole screen as Qt does."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QTableView

Index = QModelIndex | QPersistentModelIndex
MOST: Final = 8
"""So many rows at once are painted one by one; more of them are most of a screen."""


class RowTable(QTableView):
    """A table that paints the rows that changed. What Qt does besides is left to it where a screen reader listens."""

    def dataChanged(  # pyright: ignore[reportIncompatibleMethodOverride] Qt passes no other kind
        self,
        topLeft: Index,  # noqa: N803 Qt's own name
        bottomRight: Index,  # noqa: N803 as above
        roles: Sequence[int] = (),
    ) -> None:
        first, last = topLeft.row(), bottomRight.row()
        if QAccessible.isActive() or last - first >= MOST:
            super().dataChanged(topLeft, bottomRight, roles)
            return
        width = self.viewport().width()
        for row in range(first, last + 1):
            self.viewport().update(0, self.rowViewportPosition(row), width, self.rowHeight(row))
