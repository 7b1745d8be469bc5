"""What a person does to the sheet: typing, filling, pasting, taking back. Every act is one edit group, whole or not."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal, Slot

from client.grades.copying import titled
from client.grades.dialog import PastePreview
from client.grades.pasting import Onto, Plan, plan
from client.grades.record import Change, ColumnKind, GradeRow, Sheet, Value
from client.grades.rules import Reason, Refused, parse, shown
from client.grades.sheet import OpenSheet
from client.grades.table import FROZEN, Numbered, SheetTable, refusal
from client.shell.messages import of_error
from client.terms import Speech
from client.widgets.column_table import RECORD_ROLE
from client.widgets.grid.edit import Edit, Refusal, Withdrawn
from client.widgets.grid.keys import Command
from client.widgets.grid.paste import Block, read_block
from client.widgets.grid.view import GridView
from client.widgets.ink import Tone
from client.widgets.message_strip import Act, Message
from client.workspace import UndoRefused
from sync.errors import FormError, KeyakiError, StoreError

RESUME = "resume"
"""The act that opens an editor again with a text that was not taken."""
HISTORY = "history"
"""The act that shows what happened to the cell under the cursor."""


class SheetEntry(QObject):
    """Between the grid, which says what a person wants, and the open sheet, which writes it.

    said: a Message for the strip. done: an act was written, so that what the strip said is over. landed: the id of the
    record that an act of taking back has changed.
    """

    said = Signal(object)
    done = Signal()
    landed = Signal(str)

    def __init__(self, sheet: OpenSheet, table: SheetTable, speech: Speech, parent: QObject) -> None:
        super().__init__(parent)
        self._open, self._table, self._speech = sheet, table, speech
        self._grid: GridView | None = None
        self._planned: Plan | None = None
        self._block: Block = ()
        self._preview: PastePreview | None = None
        self._withdrawn: Withdrawn | None = None
        self.narrowed = False
        """Whether a filter hides lines; the page says so."""
        sheet.failed.connect(self.tell)

    def serve(self, grid: GridView) -> None:
        """Answer this grid's signals from now on. It was made with `read_cell` as its parser."""
        self._grid = grid
        grid.edited.connect(self._edited)
        grid.refused.connect(self._refused)
        grid.withdrawn.connect(self._text_withdrawn)
        grid.pasted.connect(self._pasted)
        grid.exhausted.connect(self._exhausted)

    # -- reading ------------------------------------------------------------------------------------------------------

    def read_cell(self, text: str, index: QModelIndex | QPersistentModelIndex) -> object:
        """The value a text means in a cell of the model, or a Refusal: the grid's parser."""
        row: GradeRow | None = index.data(RECORD_ROLE)
        sheet = self._open.sheet
        if row is None or sheet is None or index.column() < FROZEN:
            return Refusal(None)
        return self._read(text, row, index.column() - FROZEN, sheet)

    def _read(self, text: str, row: GradeRow, at: int, sheet: Sheet) -> Value | Numbered:
        column = sheet.columns[at]
        why = self.barred(row, at)
        value = parse(text, column, self._speech.entry_words) if why is None else Refused(why, text)
        return refusal(value, column, self._speech) if isinstance(value, Refused) else value

    def barred(self, row: GradeRow, at: int) -> Reason | None:
        """Why nothing at all can be entered for this pupil in this column of the sheet; None where it can."""
        sheet = self._open.sheet
        if row.who.gone:
            return Reason.LEFT
        if sheet is None or not sheet.lesson.writable or sheet.columns[at].kind is ColumnKind.GRADE:
            return Reason.READ_ONLY
        return Reason.CLOSED if sheet.columns[at].closed else None

    # -- typing -------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _edited(self, edit: Edit) -> None:
        sheet = self._open.sheet
        if sheet is None:
            return
        rows = {row.id: row for row in sheet.rows}
        changes: list[Change] = []
        for cell in edit.cells:
            assert isinstance(cell.record, GradeRow)
            assert isinstance(cell.value, Value)
            changes.append(Change(rows[cell.record.id], cell.column - FROZEN, cell.value))
        self._put(changes, edit.cause.value)

    def _put(self, changes: Sequence[Change], cause: str) -> None:
        self.done.emit()
        self._open.put(changes, cause)

    @Slot(object)
    def _refused(self, refused: Refusal) -> None:
        if refused.sentence is not None:
            number = refused.number if isinstance(refused, Numbered) else ""
            self.said.emit(Message(refused.sentence, Tone.DANGER, (), number))

    @Slot(object)
    def _text_withdrawn(self, withdrawn: Withdrawn) -> None:
        self._withdrawn = withdrawn
        text = withdrawn.text
        changed = lambda: self.tr('The sheet has changed. "{text}" was not entered.').format(text=text)  # noqa: E731
        back = lambda: self.tr('Back to "{text}"').format(text=text)  # noqa: E731
        sentence = None if withdrawn.refusal is None else withdrawn.refusal.sentence
        acts = (Act(RESUME, back),) if withdrawn.index.isValid() else ()
        self.said.emit(Message(sentence or changed, Tone.DANGER, acts))

    def resume(self) -> None:
        """Open the editor again with the text that was not taken last."""
        if self._withdrawn is not None and self._grid is not None:
            self._grid.resume(self._withdrawn.index, self._withdrawn.text)

    @Slot(object)
    def _exhausted(self, command: Command) -> None:
        decided = lambda: self.tr("Nothing here needs a decision.")  # noqa: E731  asked at each change of language
        filled = lambda: self.tr("No cell is blank.")  # noqa: E731  as above
        problem = command in (Command.NEXT_PROBLEM, Command.PREVIOUS_PROBLEM)
        self.said.emit(Message(decided if problem else filled, passing=True))

    # -- pasting ------------------------------------------------------------------------------------------------------

    @Slot(str)
    def _pasted(self, text: str) -> None:
        sheet, block = self._open.sheet, read_block(text)
        if sheet is None or self._grid is None or not text.strip():
            return
        if len(block) == 1 and len(block[0]) == 1:
            self._paste_one(block[0][0], sheet, self._grid)
        else:
            self._plan_paste(block, sheet, self._grid)

    def _paste_one(self, text: str, sheet: Sheet, grid: GridView) -> None:
        """One value goes into every selected cell, or into none."""
        changes: list[Change] = []
        for index in grid.table.block():
            row, at = self._table.rows[index.row()], index.column() - FROZEN
            value = self._read(text, row, at, sheet)
            if isinstance(value, Numbered):
                self._refused(value)
                return
            changes.append(Change(row, at, value))
        self._put(changes, "pasted")

    def _plan_paste(self, block: Block, sheet: Sheet, grid: GridView, *, blanks: bool = False) -> None:
        rows = list(self._table.rows)
        onto = range(max(grid.current.column() - FROZEN, 0), len(sheet.columns))

        def read(text: str, row: int, column: int) -> object:
            held = rows[row].cells[column].value  # what stands there already is no change, also where none may be made
            same = text == shown(held, self._speech.entry_words)
            return held if same else self._read(text, rows[row], column, sheet)

        try:
            place = Onto(onto, titled(sheet.columns), narrowed=self.narrowed, blanks=blanks)
            self._planned = plan(block, rows, place, self._speech.entry_words, read)
        except FormError as error:
            self.tell(error)
            return
        self._block, self._preview = block, PastePreview(self._planned, sheet, self._speech, grid)
        self._preview.accepted.connect(self._paste_agreed)
        self._preview.finished.connect(self._preview_closed)
        self._preview.emptying.connect(self._plan_anew)
        self._preview.open()

    @Slot(bool)
    def _plan_anew(self, blanks: bool) -> None:
        """Another preview of the same block, in which its blank cells empty, or do not."""
        sheet, grid, before = self._open.sheet, self._grid, self._preview
        if sheet is not None and grid is not None and before is not None:
            before.reject()
            self._plan_paste(self._block, sheet, grid, blanks=blanks)

    @Slot()
    def _paste_agreed(self) -> None:
        planned, self._planned = self._planned, None
        if planned is not None:
            self._put(planned.changes, "pasted")

    @Slot(int)
    def _preview_closed(self, _result: int) -> None:
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
        if self._grid is None or not self._grid.finish():
            return
        try:
            records = act()
        except UndoRefused as refused:
            past = Act(HISTORY, lambda: self.tr("History"))
            self.said.emit(of_error(refused, self._speech.sentence, Tone.DANGER, (past,)))
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
