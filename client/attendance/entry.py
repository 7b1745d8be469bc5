"""What a person does to a register: marking by one key, times, reasons, and taking back. An act is one edit group."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from client.attendance.record import Change, Line, Mark, Register
from client.attendance.rules import (
    Refused,
    Why,
    barred,
    cycled,
    marked,
    needs_reason,
    read_key,
    read_reason,
    read_times,
)
from client.attendance.sheet import OpenRegister
from client.attendance.table import Field, Target
from client.attendance.words import refusal
from client.shell.messages import of_error
from client.terms import Speech
from client.widgets.grid.edit import Edit, Refusal, Withdrawn
from client.widgets.grid.keys import Command
from client.widgets.grid.table import EntryTable
from client.widgets.ink import Tone
from client.widgets.message_strip import Act, Message
from client.workspace import UndoRefused
from sync.errors import KeyakiError, StoreError
from sync.records.text import fits

RESUME: Final = "resume"
"""The act that opens an editor again with a text that was not taken."""
LONGEST: Final = 100
_STEPS: Final[dict[int, int]] = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}


@dataclass(frozen=True, slots=True)
class Written:
    """What a text means in a cell: a mark, or a reason and its details."""

    mark: Mark | None = None
    note: tuple[str | None, str] | None = None


class Lines(Protocol):
    """A table of a register as entry knows it."""

    register: Register | None

    def cell(self, row: int, column: int) -> tuple[Line, Target] | None:
        """Whose cell this is and what it is about; None for one that takes nothing."""
        ...

    def numbered(self, number: str, column: int) -> tuple[int, int] | None:
        """Where the pupil of this 出席番号 stands."""
        ...


class Grid(Protocol):
    """What shows such a table and hears the keys: the grid, or the seats."""

    table: EntryTable

    @property
    def current(self) -> QModelIndex:
        """The current cell."""
        ...

    @property
    def editing(self) -> bool:
        """Whether an editor is open."""
        ...

    def go(self, row: int, column: int) -> None:
        """Stand on a cell."""
        ...

    def finish(self) -> bool:
        """Take what is in the open editor, or give the old value back."""
        ...


class RegisterEntry(QObject):
    """Between a grid, which says what a person wants, and the open register, which writes it.

    said: a Message for the strip. done: an act was written. reason_asked: (Change, …) that are late ones and wait for
    a reason. stepped: the time before (-1) or after (1) is wanted.
    """

    said = Signal(object)
    done = Signal()
    reason_asked = Signal(object)
    stepped = Signal(int)

    def __init__(self, sheet: OpenRegister, table: Lines, speech: Speech, parent: QObject) -> None:
        super().__init__(parent)
        self._open, self._table, self._speech = sheet, table, speech
        self._grid: Grid | None = None
        self._withdrawn: Withdrawn | None = None
        self._digits = ""

    def serve(self, grid: Grid) -> None:
        """Answer this grid's signals from now on. It was made with `read_cell` as its parser."""
        self._grid = grid
        grid.table.edited.connect(self._edited)
        grid.table.refused.connect(self._refused)
        grid.table.withdrawn.connect(self._text_withdrawn)
        grid.table.exhausted.connect(self._exhausted)
        grid.table.installEventFilter(self)

    # -- reading ------------------------------------------------------------------------------------------------------

    def read_cell(self, text: str, index: QModelIndex | QPersistentModelIndex) -> object:
        """The value a text means in a cell of the model, or a Refusal: the grid's parser."""
        register, found = self._table.register, self._table.cell(index.row(), index.column())
        if register is None or found is None:
            return Refusal(None)
        line, target = found
        value = self._read(text, line, target, register)
        return refusal(value, register.days[target.at], register) if isinstance(value, Refused) else value

    @staticmethod
    def _read(text: str, line: Line, target: Target, register: Register) -> Written | Refused:
        cell, day = line.cells[target.at], register.days[target.at]
        why = barred(day, line, writable=register.room.writable)
        if why is not None:
            return Refused(why, text)
        match target.field:
            case Field.MARK:
                status = read_key(text, register.book)
                return status if isinstance(status, Refused) else Written(mark=marked(cell, status))
            case Field.TIME:
                mark = read_times(text, cell)
                return mark if isinstance(mark, Refused) else Written(mark=mark)
            case Field.REASON:
                code = read_reason(text, register.book)
                return code if isinstance(code, Refused) else Written(note=(code, cell.note.text))
            case Field.TEXT:
                kept = text.strip()
                return Written(note=(cell.note.reason, kept)) if fits(kept, LONGEST) else Refused(Why.TOO_LONG, text)

    # -- acts ---------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _edited(self, edit: Edit) -> None:
        changes: list[Change] = []
        for cell in edit.cells:
            found = self._table.cell(cell.row, cell.column)
            assert found is not None
            assert isinstance(cell.value, Written)
            line, target = found
            changes.append(Change(line, target.at, cell.value.mark, cell.value.note))
        self.want(changes)

    def want(self, changes: Sequence[Change]) -> None:
        """Write these, or ask for a reason first where one of them changes a mark of a day that has been taken."""
        register = self._open.register
        if register is None:
            return
        late = [each for each in changes if each.mark is not None and each.mark != each.cell.mark]
        if any(needs_reason(register.days[each.at]) for each in late):
            self.reason_asked.emit(tuple(changes))
            return
        self.done.emit()
        self._open.put(changes, "marked")

    def correct(self, changes: Sequence[Change], text: str) -> None:
        """Write late changes with their reason: one of the school's list, or as it is written."""
        register = self._open.register
        if register is None:
            return
        code = read_reason(text, register.book)
        given: list[Change] = []
        for each in changes:
            note = each.cell.note
            told = (note.reason, text.strip()) if code is None or isinstance(code, Refused) else (code, note.text)
            given.append(Change(each.line, each.at, each.mark, told))
        self.done.emit()
        self._open.put(given, "corrected")

    def mark(self, line: Line, at: int, status: str) -> None:
        """Mark a pupil, as a key does."""
        register = self._open.register
        if register is None:
            return
        why = barred(register.days[at], line, writable=register.room.writable)
        if why is not None:
            self._refused(refusal(Refused(why, ""), register.days[at], register))
        else:
            self.want([Change(line, at, marked(line.cells[at], status))])

    # -- keys of a register's own -------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """Space gives the next mark, digits lead to a pupil, Ctrl+arrows to another time; the board's keys go first."""
        grid, register = self._grid, self._table.register
        if grid is None or register is None or grid.editing or not grid.current.isValid():
            return False
        text, digits, self._digits = event.text(), self._digits, ""
        step = _STEPS.get(event.key())
        if step is not None and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.stepped.emit(step)
            return True
        found = self._table.cell(grid.current.row(), grid.current.column())
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if not plain:
            return False
        if text == " " and found is not None and found[1].field is Field.MARK:
            line, target = found
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.mark(line, target.at, cycled(line.cells[target.at].mark.status, register.book, back=back))
            return True
        marks = found is None or found[1].field is Field.MARK
        if marks and len(text) == 1 and text in "0123456789" and text not in register.book.keys:
            self._digits = self._go_to(digits + text) or self._go_to(text)
            return True
        return False

    def _go_to(self, number: str) -> str:
        """Stand on the pupil of this number; the number again, empty where nobody has it."""
        grid = self._grid
        place = None if grid is None else self._table.numbered(number, grid.current.column())
        if grid is None or place is None:
            return ""
        grid.go(*place)
        return number

    # -- what is said -------------------------------------------------------------------------------------------------

    @Slot(object)
    def _refused(self, refused: Refusal) -> None:
        if refused.sentence is not None:
            self.said.emit(Message(refused.sentence, Tone.DANGER))

    @Slot(object)
    def _text_withdrawn(self, withdrawn: Withdrawn) -> None:
        self._withdrawn = withdrawn
        text = withdrawn.text
        changed = lambda: self.tr('The list has changed. "{text}" was not entered.').format(text=text)  # noqa: E731
        back = lambda: self.tr('Back to "{text}"').format(text=text)  # noqa: E731
        sentence = None if withdrawn.refusal is None else withdrawn.refusal.sentence
        acts = (Act(RESUME, back),) if withdrawn.index.isValid() else ()
        self.said.emit(Message(sentence or changed, Tone.DANGER, acts))

    def resume(self) -> None:
        """Open the editor again with the text that was not taken last."""
        if self._withdrawn is not None and self._grid is not None:
            self._grid.table.resume(self._withdrawn.index, self._withdrawn.text)

    @Slot(object)
    def _exhausted(self, command: Command) -> None:
        decided = lambda: self.tr("Nothing here needs a decision.")  # noqa: E731  asked at each change of language
        filled = lambda: self.tr("No cell is blank.")  # noqa: E731  as above
        problem = command in (Command.NEXT_PROBLEM, Command.PREVIOUS_PROBLEM)
        self.said.emit(Message(decided if problem else filled, passing=True))

    # -- back and again -----------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last act."""
        self._retrace(self._open.undo, lambda: self.tr("There is nothing to undo."))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._retrace(self._open.redo, lambda: self.tr("There is nothing to redo."))

    def _retrace(self, act: Callable[[], bool], nothing: Callable[[], str]) -> None:
        if self._grid is not None and not self._grid.finish():
            return
        try:
            done = act()
        except UndoRefused as refused:
            self.tell(refused)
            return
        except KeyakiError as error:
            self.tell(error)
            return
        if done:
            self.done.emit()
        else:
            self.said.emit(Message(nothing, passing=True))

    @Slot(object)
    def tell(self, error: KeyakiError) -> None:
        """Say an error in the strip."""
        tone = Tone.WARN if isinstance(error, StoreError) else Tone.DANGER
        self.said.emit(of_error(error, self._speech.sentence, tone))
