"""How the sheet is left and come back to: course, term, columns, cell, and what is typed there or in a form."""

import json

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

from client.grades.chooser import SheetChooser, SheetFilter
from client.grades.columns import MADE, OF, ColumnActs
from client.grades.rules import Facet
from client.grades.table import FROZEN, SheetTable
from client.shell.pages import Left
from client.widgets.grid.view import GridView

CELL, FORM = "cell", "form"


class Leaving:
    """Reads what is on screen, and puts it back there in another process, where columns and lines may be others."""

    def __init__(
        self, chooser: SheetChooser, shown: SheetFilter, table: SheetTable, grid: GridView, columns: ColumnActs
    ) -> None:
        self._chooser, self._filter, self._table, self._grid, self._columns = chooser, shown, table, grid, columns

    def left(self) -> Left | None:
        """How it would be left now; None where no sheet is on screen."""
        lesson, term, current = self._chooser.lesson, self._chooser.term, self._grid.current
        if lesson is None or term is None or not current.isValid() or current.column() < FROZEN:
            return None
        cell = self._table.place(current.row(), current.column()).id
        place = {"lesson": lesson.code, "term": term.code, "columns": self._filter.facet.value, CELL: cell}
        form = self._columns.left()
        if form is not None:
            return Left({**place, FORM: form[OF]}, {FORM: json.dumps(form[MADE], ensure_ascii=False)})
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
        if FORM in left.typed:
            return self._columns.come_back({OF: place.get(FORM), MADE: json.loads(left.typed[FORM])})
        return text is None or self._resumed(self._grid.current, text)

    def _resumed(self, cell: QModelIndex, text: str) -> bool:
        """Open the editor with the text, unless it is what the cell holds: then it was taken just before the end."""
        if self._grid.holds(text):
            return True
        self._grid.resume(QPersistentModelIndex(cell), text)
        return self._grid.editing
