"""What is being typed in one cell: from the opening of an editor to a value, a refusal, or the old value back."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal, Slot
from PySide6.QtWidgets import QAbstractItemDelegate, QTableView
from shiboken6 import isValid

from client.widgets.grid.cells import Cells
from client.widgets.grid.edit import Cause, Edit, Refusal, Withdrawn
from client.widgets.grid.editor import EntryEdit
from client.widgets.grid.keys import Mode
from client.widgets.grid.moves import Cell


class Entry(QObject):
    """Belongs to one table; nothing is typed while `editor` is None. Signals are those of the grid."""

    edited = Signal(object)  # Edit
    refused = Signal(object)  # Refusal
    withdrawn = Signal(object)  # Withdrawn
    commanded = Signal(object)  # Command, from the editor

    def __init__(self, table: QTableView, cells: Callable[[], Cells]) -> None:
        super().__init__(table)
        self._table, self._cells = table, cells
        self._editor: EntryEdit | None = None
        self._index = QPersistentModelIndex()

    @property
    def editor(self) -> EntryEdit | None:
        """The open editor."""
        # Qt takes an editor away by itself where its row goes; what is left is a name without an object.
        return self._editor if self._editor is not None and isValid(self._editor) else None

    @property
    def mode(self) -> Mode:
        """Which of the three states the grid is in."""
        editor = self.editor
        return Mode.MOVING if editor is None else editor.mode

    @property
    def row(self) -> int:
        """The row that is typed in, -1 where none is."""
        return -1 if self.editor is None else self._index.row()

    @property
    def typed(self) -> str | None:
        """What is on screen in the open editor, where it is not what the cell holds."""
        editor = self.editor
        if editor is None or not self._index.isValid():
            return None
        text = editor.on_screen
        return None if text == self._cells().content(self._index.row(), self._index.column()) else text

    @Slot(object)
    def opened(self, editor: EntryEdit) -> None:
        """An editor was made for the current cell."""
        self._editor = editor
        self._index = QPersistentModelIndex(self._table.currentIndex())
        editor.commanded.connect(self.commanded)
        editor.left.connect(self._left)

    @Slot()
    def _left(self) -> None:
        self.finish()

    def start_editing(self) -> None:
        """The editor was opened by F2, a double click or the page: arrows move the caret, which stands at the end."""
        editor = self.editor
        if editor is not None:
            editor.mode = Mode.EDITING
            editor.deselect()
            editor.end(False)

    def start_empty(self) -> bool:
        """Empty the open editor and go on entering. False where none is open."""
        editor = self.editor
        if editor is None:
            return False
        editor.clear()
        editor.mode = Mode.ENTERING
        return True

    def toggle(self) -> None:
        """Between entering and editing."""
        editor = self.editor
        if editor is not None:
            editor.mode = Mode.EDITING if editor.mode is Mode.ENTERING else Mode.ENTERING

    def commit(self) -> bool:
        """Take what is in the editor, composed text included; False where it is refused and stays open, red-edged."""
        editor = self.editor
        if editor is None:
            return True
        text = editor.settle()
        cell = self._index.row(), self._index.column()
        if text == self._cells().content(*cell):
            self.close()
            return True
        values = self._cells().read([(cell, text)])
        if isinstance(values, Refusal):
            editor.refuse()
            self.refused.emit(values)
            return False
        self._editor = None  # whatever the page does with the edit, this text is no longer anybody's draft
        self.edited.emit(Edit(values, Cause.TYPED))
        self._shut(editor)
        return True

    def finish(self) -> bool:
        """Commit; where that is refused, give the old value back and offer the text by `withdrawn`."""
        editor = self.editor
        if editor is None:
            return True
        text = editor.settle()
        refusal = self._cells().refusal(self._place(), text)
        if refusal is None:
            return self.commit()
        self.close()
        self.withdrawn.emit(Withdrawn(self._index, text, refusal))
        return False

    def fill(self, block: list[Cell], offer: Callable[[list[tuple[Cell, str]], Cause], bool]) -> None:
        """Put the text into all cells of `block`; where one refuses it, nothing changes and the editor stays."""
        editor = self.editor
        if editor is None:
            return
        text = editor.settle()
        if offer([(cell, text) for cell in block], Cause.FILLED):
            self.close()
        else:
            editor.refuse()

    def close(self) -> None:
        """Give the old value back."""
        editor, self._editor = self.editor, None
        if editor is not None:
            self._shut(editor)

    def give_up(self, remake: Callable[[], None]) -> None:
        """The table is made anew under the editor by `remake`; its text is offered again afterwards."""
        editor, self._editor = self.editor, None
        lost = ""
        if editor is not None:
            lost = editor.settle()
            if self._index.isValid():  # after a reset Qt has let go of it by itself
                self._table.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        remake()
        if lost:
            self.withdrawn.emit(Withdrawn(self._index, lost, None))

    def _place(self) -> QModelIndex:
        return self._table.model().index(self._index.row(), self._index.column())

    def _shut(self, editor: EntryEdit) -> None:
        self._table.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        # A hidden child that is not painted over yet makes Qt paint all rows at the next scroll instead of moving them.
        self._table.viewport().repaint(self._table.visualRect(self._place()))
