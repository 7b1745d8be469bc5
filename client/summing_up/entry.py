"""What a person does to a book: one key a value, filling, taking over, reasons, taking back. Every act is one group."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal, Slot

from client.shell.messages import of_error
from client.summing_up.dialog import TakeOverPreview
from client.summing_up.open_book import OpenBook
from client.summing_up.record import MANUAL, UNDECIDED, Change, Decision, Line
from client.summing_up.rules import Reason, decided, parse
from client.summing_up.table import BookTable, Row, refusal
from client.terms import Speech
from client.widgets.column_table import RECORD_ROLE
from client.widgets.grid.edit import Edit, Refusal
from client.widgets.grid.keys import Command
from client.widgets.grid.view import GridView
from client.widgets.ink import Tone
from client.widgets.message_strip import Message
from client.workspace import UndoRefused
from sync.errors import KeyakiError, StoreError


class BookEntry(QObject):
    """Between the grid and the side, which say what a person wants, and the open book, which writes it.

    said: a Message for the strip. done: an act was written. landed: the id of the record an act of taking back changed.
    """

    said = Signal(object)
    done = Signal()
    landed = Signal(str)

    def __init__(self, open_book: OpenBook, table: BookTable, speech: Speech, parent: QObject) -> None:
        super().__init__(parent)
        self._open, self.table, self._speech = open_book, table, speech
        self._grid: GridView | None = None
        self._preview: TakeOverPreview | None = None
        open_book.failed.connect(self.tell)

    def serve(self, grid: GridView) -> None:
        """Answer this grid's signals from now on. It was made with `read_cell` as its parser."""
        self._grid = grid
        grid.edited.connect(self._edited)
        grid.refused.connect(self._refused)
        grid.pasted.connect(self._pasted)
        grid.exhausted.connect(self._exhausted)

    # -- typing -------------------------------------------------------------------------------------------------------

    def read_cell(self, text: str, index: QModelIndex | QPersistentModelIndex) -> object:
        """The value a text means in a cell of the model, or a Refusal: the grid's parser."""
        row: Row | None = index.data(RECORD_ROLE)
        place, book = self.table.place(index.column()), self._open.book
        if row is None or book is None or place is None or not place.decided:
            return Refusal(None)
        told = parse(text, book, row.line, place.key, self._speech.entry_words)
        return refusal(told, text, book, place.key) if isinstance(told, Reason) else told

    @Slot(object)
    def _edited(self, edit: Edit) -> None:
        book = self._open.book
        if book is None:
            return
        changes: list[Change] = []
        for cell in edit.cells:
            place = self.table.place(cell.column)
            assert isinstance(cell.record, Row)
            assert place is not None
            line = self._line(cell.record.id)
            assert line is not None
            assert cell.value is None or isinstance(cell.value, (str, int))
            now, before = self._open.sums[line.id][place.key].value, line.cells[place.key].decided
            # The same key again changes nothing, unless what it was decided beside has changed: then it is confirmed.
            same = cell.value == before.value and cell.value is not None and before.proposed == now
            after = before if same else decided(cell.value, now, book.rule, before)
            changes.append(Change(line, place.key, after))
        self._put(changes, edit.cause.value)

    def _put(self, changes: Sequence[Change], cause: str) -> None:
        self.done.emit()
        self._open.put(changes, cause)

    @Slot(object)
    def _refused(self, refused: Refusal) -> None:
        if refused.sentence is not None:
            self.said.emit(Message(refused.sentence, Tone.DANGER))

    @Slot(object)
    def _exhausted(self, command: Command) -> None:
        decided_ = lambda: self.tr("Nothing here needs a decision.")  # noqa: E731  asked at each change of language
        filled = lambda: self.tr("No cell is blank.")  # noqa: E731  as above
        problem = command in (Command.NEXT_PROBLEM, Command.PREVIOUS_PROBLEM)
        self.said.emit(Message(decided_ if problem else filled, passing=True))

    @Slot(str)
    def _pasted(self, _text: str) -> None:
        self.said.emit(Message(lambda: self.tr("Lists are pasted into the scores. Here every value is a decision.")))

    # -- reasons ------------------------------------------------------------------------------------------------------

    def give_reason(self, pupil: str, key: str, text: str) -> None:
        """Say why the value of a cell is another one than computed."""
        line = self._line(pupil)
        if line is not None and line.cells[key].decided.value is not None:
            self._put([Change(line, key, replace(line.cells[key].decided, reason=text))], "reason")

    def excuse(self, pupil: str, code: str | None) -> None:
        """Say why a pupil cannot be rated, for everything that is blank; None takes that back (R12)."""
        book, line = self._open.book, self._line(pupil)
        if book is not None and line is not None:
            blank = [key for key in book.keys if line.cells[key].decided.value is None]
            after = UNDECIDED if code is None else Decision(basis=MANUAL, unrated=code)
            self._put([Change(line, key, after) for key in blank], "unrated")

    def _line(self, pupil: str) -> Line | None:
        book = self._open.book
        return None if book is None else next((line for line in book.lines if line.id == pupil), None)

    # -- taking over --------------------------------------------------------------------------------------------------

    @Slot()
    def take_over(self) -> None:
        """Show what the computed values would change, and write it where somebody agrees."""
        book, grid = self._open.book, self._grid
        if book is None or grid is None:
            return
        preview = self._preview = TakeOverPreview(book, self._open.sums, self._open.trial, grid)
        preview.accepted.connect(self._agreed)
        preview.finished.connect(self._closed)
        preview.open()

    @property
    def preview(self) -> TakeOverPreview | None:
        """The preview that is open."""
        return self._preview

    @Slot()
    def _agreed(self) -> None:
        if self._preview is not None:
            changes = self._preview.changes
            self._put(changes, "taken_over")
            count = len(changes)
            self.said.emit(Message(lambda: self.tr("%n value(s) taken over.", "", count), passing=True))
            self._open.try_rule(None)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        preview, self._preview = self._preview, None
        if preview is not None:
            preview.deleteLater()
        if self._grid is not None:
            self._grid.setFocus()

    # -- back and again -----------------------------------------------------------------------------------------------

    @Slot()
    def undo(self) -> None:
        """Take back the last act."""
        self._retrace(self._open.undo, lambda: self.tr("There is nothing to undo."))

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last."""
        self._retrace(self._open.redo, lambda: self.tr("There is nothing to redo."))

    def _retrace(self, act: Callable[[], tuple[str, ...]], nothing: Callable[[], str]) -> None:
        try:
            records = act()
        except UndoRefused as refused:
            self.tell(refused)
            self.landed.emit(str(refused.facts["id"]))  # the cell that somebody else has changed
            return
        except KeyakiError as error:
            self.tell(error)
            return
        if not records:
            self.said.emit(Message(nothing, passing=True))
            return
        self.done.emit()
        self.landed.emit(records[0])

    @Slot(object)
    def tell(self, error: KeyakiError) -> None:
        """Say an error in the strip."""
        tone = Tone.WARN if isinstance(error, StoreError) else Tone.DANGER
        self.said.emit(of_error(error, self._speech.sentence, tone))
