"""How the sheet is left and come back to: course, term, columns and cell, and what is being typed in that cell."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

from client.grades.chooser import SheetChooser, SheetFilter
from client.grades.rules import Facet
from client.grades.table import FROZEN, SheetTable
from client.shell.pages import Left
from client.widgets.grid.view import GridView

CELL = "cell"


class Leaving:
    """Reads what is on screen, and puts it back there in another process, where columns and lines may be others."""

    def __init__(self, chooser: SheetChooser, shown: SheetFilter, table: SheetTable, grid: GridView) -> None:
        self._chooser, self._filter, self._table, self._grid = chooser, shown, table, grid

    def left(self) -> Left | None:
        """How it would be left now; None where no sheet is on screen."""
        lesson, term, current = self._chooser.lesson, self._chooser.term, self._grid.current
        if lesson is None or term is None or not current.isValid() or current.column() < FROZEN:
            return None
        cell = self._table.place(current.row(), current.column()).id
        place = {"lesson": lesson.code, "term": term.code, "columns": self._filter.facet.value, CELL: cell}
        typed = self._grid.typed
        return Left(place, {} if typed is None else {CELL: typed})

    def come_back(self, left: Left) -> bool:
        """Stand on that cell, with what was typed in its editor; False where it cannot be typed there any more."""
        place, text = left.place, left.typed.get(CELL)
        if not self._chooser.find(str(place.get("lesson")), str(place.get("term"))):
            return text is None
        columns = place.get("columns")
        if columns in {facet.value for facet in Facet} and columns != self._filter.facet.value:
            self._filter.columns.set_key(Facet(columns))
            self._filter.columns_chosen.emit()
        at = self._table.find(str(place.get(CELL)))
        if at is None:
            return text is None
        self._grid.go(*at)
        return text is None or self._resumed(self._grid.current, text)

    def _resumed(self, cell: QModelIndex, text: str) -> bool:
        """Open the editor with the text, unless it is what the cell holds: then it was taken just before the end."""
        if self._grid.holds(text):
            return True
        self._grid.resume(QPersistentModelIndex(cell), text)
        return self._grid.editing
