"""What is done to one cell besides typing in it: a note, its history, a copy that knows its pupils."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from client.grades.copying import named_block
from client.grades.entry import SheetEntry
from client.grades.note_form import NoteForm
from client.grades.past import PastWords, as_told
from client.grades.past_list import CellPast, PastList
from client.grades.record import UNITS, Change, GradeRow, PastValue, Sheet
from client.grades.rules import shown
from client.grades.sheet import OpenSheet
from client.grades.sources import Sources
from client.grades.table import FROZEN, SheetTable, title_among
from client.shell.messages import of_error
from client.widgets.grid.paste import clipping
from client.widgets.grid.view import GridView
from client.widgets.ink import Tone
from client.widgets.message_strip import Message
from sync.errors import KeyakiError

RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of the sheet: its line and its column's number."""

    sheet: Sheet
    row: GradeRow
    at: int

    @property
    def words(self) -> str:
        """Whose cell it is, and of what."""
        column = self.sheet.columns[self.at]
        parts = (self.row.who.name, column.unit, title_among(self.sheet.columns, column))
        return "  ".join(part for part in parts if part)


class CellActs(QObject):
    """Acts on the cell under the cursor. said: a Message for the strip."""

    said = Signal(object)

    def __init__(
        self, sources: Sources, sheet: OpenSheet, table: SheetTable, grid: GridView, entry: SheetEntry
    ) -> None:
        super().__init__(grid)
        self._noted: tuple[Spot, int | str] | None = None
        self._looked_at: Spot | None = None
        self._from, self._open, self._table, self._grid, self._entry = sources, sheet, table, grid, entry

    def spot(self) -> Spot | None:
        """The cell under the cursor; None where there is none."""
        sheet, current = self._open.sheet, self._grid.current
        if sheet is None or not current.isValid() or current.column() < FROZEN:
            return None
        return Spot(sheet, self._table.rows[current.row()], current.column() - FROZEN)

    # -- a note -------------------------------------------------------------------------------------------------------

    @Slot()
    def note(self) -> None:
        """Open the note of the cell."""
        spot = self.spot() if self._grid.commit() else None
        if spot is None:
            return
        held = self._from.book.note(spot.sheet.columns[spot.at], spot.row.cells[spot.at])
        if held is None:
            self._refuse(lambda: self.tr("A note is written beside a score. Enter one first."))
            return
        form = NoteForm(spot.words, held.text, self._page(), writable=self._may_write(spot))
        self._noted = spot, held.seen
        form.written.connect(self._write)
        form.finished.connect(self._back)
        form.open()

    @Slot(str)
    def _write(self, text: str) -> None:
        assert self._noted is not None
        spot, seen = self._noted
        try:
            self._from.book.put_note(spot.sheet, spot.row.cells[spot.at].id, text, seen)
        except KeyakiError as error:
            self.said.emit(of_error(error, self._from.speech.sentence))
            return
        self._open.read()

    def _may_write(self, spot: Spot) -> bool:
        return self._entry.barred(spot.row, spot.at) is None

    # -- what was before ----------------------------------------------------------------------------------------------

    @Slot()
    def history(self) -> None:
        """Open the history of the cell; a value of it can be put back as a new change."""
        spot = self.spot() if self._grid.commit() else None
        if spot is None:
            return
        situation = self._from.situation
        box = PastList(
            self._past(spot),
            PastWords(self._from.speech.entry_words, situation.staff(), situation.me, self._from.clock()),
            self._page(),
            now=spot.row.cells[spot.at].value if self._may_write(spot) else None,
        )
        self._looked_at = spot
        box.restored.connect(self._restore)
        box.finished.connect(self._back)
        box.open()

    def _past(self, spot: Spot) -> CellPast:
        column, cell = spot.sheet.columns[spot.at], spot.row.cells[spot.at]
        book, histories, keys = self._from.book, self._from.histories, [(UNITS[column.kind][0], cell.id)]
        if histories is None:
            return CellPast(spot.words, lambda _: book.history(column, cell))
        return CellPast(
            spot.words,
            lambda told: book.history(column, cell) if told is None else as_told(column, histories.pasts(keys, told)),
            lambda came, failed: histories.ask(keys, came, failed),
        )

    @Slot(object)
    def _restore(self, past: PastValue) -> None:
        spot = self._looked_at
        assert spot is not None
        self._open.put([Change(spot.row, spot.at, past.value)], RESTORED)
        text = shown(past.value, self._from.speech.entry_words)
        words = lambda: self.tr('"{value}" is restored.').format(value=text)  # noqa: E731
        blank = lambda: self.tr("The cell is blank again.")  # noqa: E731
        self.said.emit(Message(words if text else blank, passing=True))

    # -- a copy -------------------------------------------------------------------------------------------------------

    @Slot()
    def copy_named(self) -> None:
        """Copy the selection, or all that is shown, with ids, numbers and names of the pupils."""
        sheet = self._open.sheet if self._grid.commit() else None
        if sheet is None:
            return
        block = self._grid.table.block()
        rows, columns = list(self._table.rows), list(range(len(sheet.columns)))
        if len(block) > 1:
            rows = [rows[at] for at in sorted({index.row() for index in block})]
            columns = sorted({index.column() - FROZEN for index in block})
        texts = named_block(sheet, rows, columns, self._from.speech.entry_words)
        QGuiApplication.clipboard().setMimeData(clipping(texts))
        count = len(rows)
        self.said.emit(Message(lambda: self.tr("%n pupil(s) copied, with their ids.", "", count), passing=True))

    # -- both ---------------------------------------------------------------------------------------------------------

    def _page(self) -> QWidget:
        return self._grid.window()

    def _refuse(self, words: Callable[[], str]) -> None:
        self.said.emit(Message(words, Tone.DANGER))

    @Slot(int)
    def _back(self, _result: int) -> None:
        self._grid.setFocus()
