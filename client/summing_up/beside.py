"""Keeps the right panel at the cell the cursor stands on, and does what is asked for there."""

from PySide6.QtCore import QObject, QTimer, Slot

from client.summing_up.entry import BookEntry
from client.summing_up.open_book import OpenBook
from client.summing_up.record import GRADE
from client.summing_up.side import DecisionSide, Shown
from client.summing_up.sources import Sources
from client.summing_up.table import Row
from client.widgets.grid.view import GridView

TOLD_MS = 40
"""What follows the cursor follows it when the hand rests."""


class Beside(QObject):
    """Tells `side` of the current cell of a grid, and has the entry write what is decided there."""

    def __init__(self, sources: Sources, open_book: OpenBook, entry: BookEntry, grid: GridView) -> None:
        super().__init__(grid)
        self._from, self._open, self._entry, self._grid = sources, open_book, entry, grid
        self.side = DecisionSide(sources.speech)
        self._rest = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._rest.timeout.connect(self.tell)
        grid.moved.connect(self.soon)
        self.side.stepped.connect(self._step)
        self.side.reason_given.connect(self._reason_given)
        self.side.unrated_chosen.connect(self._excused)

    @property
    def current(self) -> tuple[Row, str] | None:
        """The pupil's row and the book's column the cursor stands on; None where it stands on neither."""
        index, book, table = self._grid.current, self._open.book, self._entry.table
        place = table.place(index.column()) if index.isValid() else None
        if book is None or place is None or not book.keys:
            return None
        key = place.key if place.key in book.keys else GRADE if book.graded else book.keys[-1]
        return table.rows[index.row()], key

    @Slot()
    def soon(self) -> None:
        """Tell of the current cell in a moment, where the grid is on screen."""
        if self._grid.isVisible():
            self._rest.start()

    def stop(self) -> None:
        """Tell of nothing more for now."""
        self._rest.stop()

    @Slot()
    def tell(self) -> None:
        """Tell of the current cell now."""
        at, book = self.current, self._open.book
        if at is not None and book is not None:
            row, key = at
            past = self._from.decisions.history(key, row.line.cells[key])
            self.side.show_cell(Shown(book, row, key, past, self._from.clock()))

    @Slot(int)
    def _step(self, rows: int) -> None:
        at = self._grid.current
        if 0 <= at.row() + rows < len(self._entry.table.rows):
            self._grid.go(at.row() + rows, at.column())
        self._grid.setFocus()

    @Slot(str)
    def _reason_given(self, text: str) -> None:
        told = self.side.shown
        if told is not None:
            self._entry.give_reason(told.row.line.id, told.key, text)
        self._grid.setFocus()

    @Slot(object)
    def _excused(self, code: object) -> None:
        told = self.side.shown
        if told is not None:
            self._entry.excuse(told.row.line.id, code if isinstance(code, str) else None)
        self._grid.setFocus()
