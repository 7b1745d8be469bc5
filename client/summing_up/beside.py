"""Keeps the right panel at the cell the cursor stands on, and does what is asked for there."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

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
    """Tells `side` of the current cell of a grid, and has the entry write what is decided there.

    settle_asked: decide about a record (its id) of which two differ.
    """

    settle_asked = Signal(str)

    def __init__(self, sources: Sources, open_book: OpenBook, entry: BookEntry, grid: GridView) -> None:
        super().__init__(grid)
        self._from, self._open, self.entry, self._grid = sources, open_book, entry, grid
        self.side = DecisionSide(sources.speech)
        self._rest = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._rest.timeout.connect(self.tell)
        grid.moved.connect(self.soon)
        self.side.stepped.connect(self._step)
        self.side.reason_given.connect(self._reason_given)
        self.side.unrated_chosen.connect(self._excused)
        self.side.settle_asked.connect(self._settle_asked)

    @property
    def current(self) -> tuple[Row, str] | None:
        """The pupil's row and the book's column the cursor stands on; None where it stands on neither."""
        index, book, table = self._grid.current, self._open.book, self.entry.table
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

    @Slot()
    def write_reason(self) -> None:
        """Go to the reason of the current cell, where it can have one."""
        self.tell()
        if self.side.reason.isVisible():
            self.side.reason.setFocus()

    @Slot(int)
    def _step(self, rows: int) -> None:
        at = self._grid.current
        if 0 <= at.row() + rows < len(self.entry.table.rows):
            self._grid.go(at.row() + rows, at.column())
        self._grid.setFocus()

    @Slot(str)
    def _reason_given(self, text: str) -> None:
        told = self.side.shown
        if told is not None:
            self.entry.give_reason(told.row.line.id, told.key, text)
        self._grid.setFocus()

    @Slot(object)
    def _excused(self, code: object) -> None:
        told = self.side.shown
        if told is not None:
            self.entry.excuse(told.row.line.id, code if isinstance(code, str) else None)
        self._grid.setFocus()

    @Slot()
    def _settle_asked(self) -> None:
        told = self.side.shown
        if told is not None:
            self.settle_asked.emit(told.row.line.cells[told.key].id)
