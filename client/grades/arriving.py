"""The way to a cell of the sheet: from another page, by the record that is asked for, or to what was just done."""

from PySide6.QtCore import QObject, Slot

from client.grades.chooser import SheetChooser, SheetFilter
from client.grades.repository import GradeBook
from client.grades.rules import Facet
from client.grades.sheet import OpenSheet
from client.grades.table import FROZEN, SheetTable
from client.widgets.grid.view import GridView


class Arriving(QObject):
    """Stands on a cell, in another course, term or set of columns where it is there."""

    def __init__(
        self,
        book: GradeBook,
        chooser: SheetChooser,
        shown: SheetFilter,
        sheet: OpenSheet,
        grid: GridView,
        table: SheetTable,
    ) -> None:
        super().__init__(grid)
        self._book, self._chooser, self._filter = book, chooser, shown
        self._open, self._grid, self._table = sheet, grid, table

    def go(self, argument: object) -> None:
        """(type, id) of a score or letter stands on its cell, (course, term, id) on one of a course.

        An empty term is the one that is chosen, an empty id no cell in particular; the cell may be blank.
        """
        match argument:
            case (str() as type_, str() as id_):
                place = self._book.locate(type_, id_)
                if place is not None:
                    self._stand_in(*place, id_, anywhere=type_ == "score")
            case (str() as lesson, str() as term, str() as id_):
                chosen = self._chooser.term
                self._stand_in(lesson, term or (chosen.code if chosen is not None else ""), id_, anywhere=True)
            case _:
                pass

    def _stand_in(self, lesson: str, term: str, id_: str, *, anywhere: bool) -> None:
        """anywhere: the cell may stand in a column that the results of the term leave out."""
        if not self._chooser.find(lesson, term) or not id_:
            return
        if anywhere and self._filter.facet is Facet.RESULTS:
            self._filter.columns.set_key(Facet.ALL)
            self._open.show_facet(Facet.ALL)
        self.stand_on(id_)

    @Slot(str)
    def stand_on(self, id_: str) -> None:
        """Stand on the cell of a record, where it is on screen."""
        place = self._table.find(id_)
        if place is not None:
            self._grid.go(*place)

    @Slot(str)
    def stand_in_column(self, key: str) -> None:
        """Stand on the first pupil who takes a value in a column. key: of the column."""
        sheet = self._open.sheet
        at = next((at for at, column in enumerate(sheet.columns if sheet else ()) if column.key == key), None)
        if at is not None and self._table.rows:
            self._grid.go(next((row for row, held in enumerate(self._table.rows) if not held.who.gone), 0), at + FROZEN)
