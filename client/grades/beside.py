"""Keeps the right panel at the cell the cursor stands on: told when the hand rests, and leading on from there."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from client.grades.side import CellSide, Shown
from client.grades.sources import Sources
from client.grades.table import FROZEN, SheetTable
from client.widgets.grid.view import GridView

TOLD_MS = 40
"""What follows the cursor follows it when the hand rests."""


class Beside(QObject):
    """Tells `side` of the current cell of a grid. settle_asked: decide about a record (its id) of which two differ."""

    settle_asked = Signal(str)

    def __init__(self, sources: Sources, table: SheetTable, grid: GridView) -> None:
        super().__init__(grid)
        self._from, self._table, self._grid = sources, table, grid
        self.side = CellSide(sources.speech)
        self._rest = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._rest.timeout.connect(self._tell)
        grid.moved.connect(self.soon)
        self.side.stepped.connect(self._step)
        self.side.settle_asked.connect(self._settle_asked)

    @Slot()
    def soon(self) -> None:
        """Tell of the current cell in a moment, where the grid is on screen."""
        if self._grid.isVisible():
            self._rest.start()

    def stop(self) -> None:
        """Tell of nothing more for now."""
        self._rest.stop()

    @Slot(int)
    def _step(self, rows: int) -> None:
        current = self._grid.current
        if self._grid.finish() and 0 <= current.row() + rows < len(self._table.rows):
            self._grid.go(current.row() + rows, current.column())
        self._grid.setFocus()

    @Slot()
    def _settle_asked(self) -> None:
        current = self._grid.current
        self.settle_asked.emit(self._table.place(current.row(), current.column()).id)

    @Slot()
    def _tell(self) -> None:
        sheet, current = self._table.sheet, self._grid.current
        at = current.column() - FROZEN
        if sheet is None or not current.isValid() or at < 0:
            return
        row, column = self._table.rows[current.row()], sheet.columns[at]
        book, situation = self._from.book, self._from.situation
        past, before = book.history(column, row.cells[at]), book.before(column, row.cells[at])
        self.side.show_cell(Shown(sheet, row, at, past, before, situation.staff(), situation.me, self._from.clock()))
