"""The table of a grid, where keys become acts and acts become Edits."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QTableView, QWidget

from client.widgets.column_table import RECORD_ROLE, STATE_ROLE
from client.widgets.grid import moves
from client.widgets.grid.edit import Cause, CellValue, Edit, Parser, Refusal, Withdrawn
from client.widgets.grid.editor import EntryDelegate, EntryEdit
from client.widgets.grid.keys import Command, Mode, command
from client.widgets.grid.paste import write_block
from client.widgets.marks import PROBLEM, CellState

CLIPBOARD_MARK = "application/x-keyaki"
"""Our copies carry this format, so that a lock can clear the clipboard only where it is still ours."""

_ONE_KEY, _STRUCK = int(CellState.ONE_KEY), int(CellState.STRUCK)
_STEPS = {
    Command.UP: (-1, 0),
    Command.DOWN: (1, 0),
    Command.LEFT: (0, -1),
    Command.RIGHT: (0, 1),
    Command.ROW_START: (0, -100_000),
    Command.ROW_END: (0, 100_000),
    Command.FIRST: (-100_000, -100_000),
    Command.LAST: (100_000, 100_000),
}
_EDGES = {
    Command.EDGE_UP: (-1, 0),
    Command.EDGE_DOWN: (1, 0),
    Command.EDGE_LEFT: (0, -1),
    Command.EDGE_RIGHT: (0, 1),
}
_SEARCHES = {
    Command.NEXT_BLANK: (False, False),
    Command.PREVIOUS_BLANK: (False, True),
    Command.NEXT_PROBLEM: (True, False),
    Command.PREVIOUS_PROBLEM: (True, True),
}
_TYPING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_NOT_OURS_WHILE_MOVING = (Command.BACK, Command.FILL_SELECTION)


class EntryTable(QTableView):
    """Moving, entering, editing. `parser` reads every text; `path` is where Enter goes."""

    edited = Signal(object)  # Edit
    refused = Signal(object)  # Refusal
    withdrawn = Signal(object)  # Withdrawn
    pasted = Signal(str)
    exhausted = Signal(object)  # Command: nothing more to find
    moved = Signal(QModelIndex, QModelIndex)
    focus_changed = Signal(bool)

    def __init__(self, delegate: EntryDelegate, parser: Parser, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parser = parser
        self.path = moves.Path()
        self._editor: EntryEdit | None = None
        self._edited_cell = QPersistentModelIndex()
        self.setItemDelegate(delegate)
        delegate.opened.connect(self._editor_opened)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed  # without it an input method's text is refused
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.verticalHeader().hide()
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)

    # -- where the cursor is and may go -------------------------------------------------------------------------------

    @property
    def mode(self) -> Mode:
        """Which of the three states the grid is in."""
        return Mode.MOVING if self._editor is None else self._editor.mode

    @property
    def editor_open(self) -> bool:
        """Whether a cell is being typed in."""
        return self._editor is not None

    def field(self) -> moves.Field:
        """The cells the cursor may stand on."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(at) for at in range(header.count())]
        return moves.Field(self.model().rowCount(), [at for at in order if not self.isColumnHidden(at)])

    def go(self, cell: moves.Cell) -> None:
        """Stand on (row, column) and select it alone."""
        index = self.model().index(*cell)
        # Qt's own setCurrentIndex would read the modifier keys: Ctrl+Home would move and select nothing.
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def takes(self, row: int, column: int) -> bool:
        """Whether a person can give this cell a value."""
        index = self.model().index(row, column)
        state: int = index.data(STATE_ROLE) or 0
        if state & _STRUCK:
            return False
        return bool(state & _ONE_KEY) or bool(self.model().flags(index) & Qt.ItemFlag.ItemIsEditable)

    def _blank(self, row: int, column: int) -> bool:
        return not self._content(row, column) and self.takes(row, column)

    def _filled(self, row: int, column: int) -> bool:
        return bool(self._content(row, column))

    def _problem(self, row: int, column: int) -> bool:
        return bool((self.model().index(row, column).data(STATE_ROLE) or 0) & PROBLEM)

    def _content(self, row: int, column: int) -> str:
        return self.model().index(row, column).data(Qt.ItemDataRole.EditRole) or ""

    def _here(self) -> moves.Cell:
        index = self.currentIndex()
        return index.row(), index.column()

    # -- commands -----------------------------------------------------------------------------------------------------

    def perform(self, wanted: Command) -> bool:
        """Do what a key asks while moving. False where the key is not ours in this state."""
        if not self.currentIndex().isValid():
            return False
        field, here = self.field(), self._here()
        if wanted in _STEPS:
            self.go(field.stepped(here, *_STEPS[wanted]))
        elif wanted in _EDGES:
            self.go(moves.edge(field, here, *_EDGES[wanted], self._filled))
        elif wanted in _SEARCHES:
            self._search(wanted)
        elif wanted in (Command.NEXT, Command.PREVIOUS):
            self.go(moves.entered(field, here, self.path, self.takes, back=wanted is Command.PREVIOUS))
        elif wanted in (Command.COLUMN_NEXT, Command.COLUMN_PREVIOUS):
            along = moves.Path(down=False, wraps=self.path.wraps)
            self.go(next(moves.walk(field, here, along, back=wanted is Command.COLUMN_PREVIOUS), here))
        else:
            return self._act(wanted)
        return True

    def _search(self, wanted: Command) -> None:
        problem, back = _SEARCHES[wanted]
        asked = self._problem if problem else self._blank
        cell = moves.found(self.field(), self._here(), self.path, asked, back=back)
        if cell is None:
            self.exhausted.emit(wanted)
        else:
            self.go(cell)

    def _act(self, wanted: Command) -> bool:
        match wanted:
            case Command.TOGGLE_EDITING:
                self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed)
            case Command.EMPTY_EDITOR:
                self._empty_editor()
            case Command.CLEAR:
                self._clear(Cause.CLEARED)
            case Command.FILL_DOWN | Command.FILL_RIGHT:
                self._fill(down=wanted is Command.FILL_DOWN)
            case Command.COPY:
                self._copy()
            case Command.CUT:
                self._copy()
                self._clear(Cause.CUT)
            case Command.PASTE:
                self.pasted.emit(QGuiApplication.clipboard().text())
            case Command.BACK if len(self.selectedIndexes()) > 1:
                self.go(self._here())
            case _:
                return False
        return True

    def _empty_editor(self) -> None:
        if self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed) and self._editor is not None:
            self._editor.clear()
            self._editor.mode = Mode.ENTERING
        elif (self.currentIndex().data(STATE_ROLE) or 0) & _ONE_KEY:
            self._clear(Cause.CLEARED)

    # -- acts on the block --------------------------------------------------------------------------------------------

    def block(self) -> list[QModelIndex]:
        """The selected cells a person sees, in reading order; the current one where nothing is selected."""
        chosen = [index for index in self.selectedIndexes() if not self.isColumnHidden(index.column())]
        return sorted(chosen or [self.currentIndex()], key=_reading_order)

    def _offer(self, texts: Iterable[tuple[QModelIndex, str]], cause: Cause) -> Refusal | None:
        """Parse all, then hand over all as one Edit; the first refusal stops it and nothing changes."""
        cells: list[CellValue] = []
        for index, text in texts:
            value = self.parser(text, index)
            if isinstance(value, Refusal):
                self.refused.emit(value)
                return value
            cells.append(CellValue(index.data(RECORD_ROLE), index.row(), index.column(), value))
        if cells:
            self.edited.emit(Edit(tuple(cells), cause))
        return None

    def _clear(self, cause: Cause) -> None:
        self._offer([(index, "") for index in self.block() if self._filled(index.row(), index.column())], cause)

    def _fill(self, *, down: bool) -> None:
        block = self.block()
        first: dict[int, int] = {}
        for index in block:
            line, at = (index.column(), index.row()) if down else (index.row(), index.column())
            first[line] = min(at, first.get(line, at))
        if len(block) == 1:  # one cell copies from its neighbour, as in a spreadsheet
            above = self.field().stepped(self._here(), -1 if down else 0, 0 if down else -1)
            if above == self._here():
                return
            first = dict.fromkeys(first, above[0] if down else above[1])
        texts: list[tuple[QModelIndex, str]] = []
        for index in block:
            source = (first[index.column()], index.column()) if down else (index.row(), first[index.row()])
            if source != (index.row(), index.column()):
                texts.append((index, self._content(*source)))
        self._offer(texts, Cause.FILLED)

    def _copy(self) -> None:
        block = self.block()
        field = self.field()
        rows = range(block[0].row(), block[-1].row() + 1)
        places = [field.place((0, index.column())) for index in block]
        columns = field.columns[min(places) : max(places) + 1]
        chosen = {(index.row(), index.column()) for index in block}
        texts = [[self._content(row, at) if (row, at) in chosen else "" for at in columns] for row in rows]
        data = QMimeData()
        data.setText(write_block(texts))
        data.setData(CLIPBOARD_MARK, b"1")
        QGuiApplication.clipboard().setMimeData(data)

    # -- the editor's life --------------------------------------------------------------------------------------------

    def edit(  # pyright: ignore[reportIncompatibleMethodOverride] two of Qt's methods share this name
        self,
        index: QModelIndex | QPersistentModelIndex,
        trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
        event: QEvent | None = None,
    ) -> bool:
        """Open the editor. A key opens it for entering; F2, a double click or the page open it for editing."""
        opened: bool = super().edit(index, trigger, event)  # pyright: ignore[reportArgumentType] None is allowed
        if opened and self._editor is not None and trigger is not QAbstractItemView.EditTrigger.AnyKeyPressed:
            self._editor.mode = Mode.EDITING
            self._editor.deselect()
            self._editor.end(False)
        return opened

    def resume(self, cell: QPersistentModelIndex, text: str) -> None:
        """Open the editor on a cell with a text that was withdrawn."""
        if not cell.isValid():
            return
        self.setFocus()
        self.go((cell.row(), cell.column()))
        if self.edit(self.currentIndex()) and self._editor is not None:
            self._editor.setText(text)

    def commit(self) -> bool:
        """Take what is in the editor, composed text included. False: refused, and the editor stays open with a red
        edge.

        Every act that is not typing calls this first: another page, lock, print, quit.
        """
        editor = self._editor
        if editor is None:
            return True
        index, text = self._edited_index(), editor.settle()
        if text == (index.data(Qt.ItemDataRole.EditRole) or ""):
            self._close()
            return True
        value = self.parser(text, index)
        if isinstance(value, Refusal):
            editor.refuse()
            self.refused.emit(value)
            return False
        cell = CellValue(index.data(RECORD_ROLE), index.row(), index.column(), value)
        self._editor = None  # whatever the page does with the edit, this text is no longer anybody's draft
        self.edited.emit(Edit((cell,), Cause.TYPED))
        self._shut(editor)
        return True

    def finish(self) -> bool:
        """Commit; where that is refused, give the old value back and offer the text by `withdrawn`."""
        editor = self._editor
        if editor is None:
            return True
        text = editor.settle()
        value = self.parser(text, self._edited_index())
        if not isinstance(value, Refusal):
            return self.commit()
        self._close()
        self.withdrawn.emit(Withdrawn(self._edited_cell, text, value))
        return False

    def _edited_index(self) -> QModelIndex:
        return self.model().index(self._edited_cell.row(), self._edited_cell.column())

    def _close(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            self._shut(editor)

    def _shut(self, editor: EntryEdit) -> None:
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        # A hidden child that is not painted over yet makes Qt paint all rows at the next scroll instead of moving them.
        self.viewport().repaint(self.visualRect(self._edited_index()))

    @Slot(object)
    def _editor_opened(self, editor: EntryEdit) -> None:
        self._editor = editor
        self._edited_cell = QPersistentModelIndex(self.currentIndex())
        editor.commanded.connect(self._editor_commanded)
        editor.left.connect(self._editor_left)

    @Slot()
    def _editor_left(self) -> None:
        self.finish()

    @Slot(object)
    def _editor_commanded(self, wanted: Command) -> None:
        editor = self._editor
        if editor is None:
            return
        if wanted is Command.BACK:
            self._close()
        elif wanted is Command.TOGGLE_EDITING:
            editor.mode = Mode.EDITING if editor.mode is Mode.ENTERING else Mode.ENTERING
        elif wanted is Command.FILL_SELECTION:
            self._fill_from_editor(editor)
        elif self.commit():
            self.perform(wanted)

    def _fill_from_editor(self, editor: EntryEdit) -> None:
        text = editor.settle()
        if self._offer_kept(text) is None:
            self._close()
        else:
            editor.refuse()

    def _offer_kept(self, text: str) -> Refusal | None:
        return self._offer([(index, text) for index in self.block()], Cause.FILLED)

    def reset(self) -> None:
        editor, self._editor = self._editor, None
        lost = None if editor is None else editor.settle()
        super().reset()
        if lost:
            self.withdrawn.emit(Withdrawn(self._edited_cell, lost, None))

    # -- what Qt tells us ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._editor is not None:  # the view keeps the focus until a first composition ends
            if self.hasFocus() and not self._editor.composing:
                QCoreApplication.sendEvent(self._editor, event)
            event.accept()
            return
        wanted = command(Mode.MOVING, event)
        if wanted is not None:
            event.setAccepted(self.perform(wanted))
            return
        text = event.text()
        if text and text.isprintable() and not event.modifiers() & _TYPING and self._typed(text):
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        text = event.commitString()
        if text and self._editor is None:
            if self._typed(text):
                event.accept()
                return
            # Qt opens the editor for a commit that no composition came before, and loses the text.
            if self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.AnyKeyPressed) and self._editor is not None:
                QCoreApplication.sendEvent(self._editor, event)
                return
        super().inputMethodEvent(event)

    def _typed(self, text: str) -> bool:
        """Text for a cell that opens no editor: one key, or a cell that says why not. False: an editor shall open."""
        index = self.currentIndex()
        if not index.isValid() or self.model().flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        if not (index.data(STATE_ROLE) or 0) & _ONE_KEY:
            value = self.parser(text, index)
            if isinstance(value, Refusal):
                self.refused.emit(value)
            return True
        for key in text:
            if self._offer([(self.currentIndex(), key)], Cause.ONE_KEY) is not None:
                break
            self.perform(Command.NEXT)
        return True

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = command(Mode.MOVING, event)
            composing = self._editor is not None
            if composing or (wanted is not None and wanted not in _NOT_OURS_WHILE_MOVING):
                event.accept()
                return True
        return super().event(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: a letter is a value, never a jump to another row."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.finish()  # before Qt moves the current cell: composed text would be lost with the editor
        super().mousePressEvent(event)

    def currentChanged(  # pyright: ignore[reportIncompatibleMethodOverride] Qt passes no other kind
        self, current: QModelIndex, previous: QModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.moved.emit(current, previous)

    # QAbstractItemView paints the whole viewport when the focus comes or goes, at every opening of an editor: 30 ms a
    # key. Only the ring changes, so its base class is called instead, and what else it does is done here.

    def focusInEvent(self, event: QFocusEvent) -> None:
        QWidget.focusInEvent(self, event)
        editable = bool(self.model().flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, editable)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        QWidget.focusOutEvent(self, event)
        self.focus_changed.emit(False)


def _reading_order(index: QModelIndex) -> tuple[int, int]:
    return index.row(), index.column()
