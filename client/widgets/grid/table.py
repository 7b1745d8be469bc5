"""The table of a grid, where keys become acts and acts become Edits."""

from functools import partial

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from client.widgets.grid import cursor, moves
from client.widgets.grid.cells import Cells, rectangle, sources
from client.widgets.grid.edit import Cause, Edit, Parser, Refusal
from client.widgets.grid.editor import EntryDelegate
from client.widgets.grid.entry import Entry
from client.widgets.grid.keys import Command, Mode, command
from client.widgets.grid.paste import clipping
from client.widgets.grid.renewal import RowTable

_TYPING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_NOT_OURS_WHILE_MOVING = (Command.BACK, Command.FILL_SELECTION)


class EntryTable(RowTable):
    """Moving, entering, editing. `parser` reads every text; `path` is where Enter goes.

    Half of it are Qt's virtual functions. What they decide with is in `keys`, `cursor`, `cells` and `entry`.
    """

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
        self.setItemDelegate(delegate)
        self.entry = Entry(self, self.cells)
        delegate.opened.connect(self.entry.opened)
        self.entry.commanded.connect(self._editor_commanded)
        for mine, theirs in (
            (self.edited, self.entry.edited),
            (self.refused, self.entry.refused),
            (self.withdrawn, self.entry.withdrawn),
        ):
            theirs.connect(mine)
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

    def cells(self) -> Cells:
        """The cells of the model it shows now."""
        return Cells(self.model(), self.parser)

    def _here(self) -> moves.Cell:
        index = self.currentIndex()
        return index.row(), index.column()

    # -- commands -----------------------------------------------------------------------------------------------------

    def perform(self, wanted: Command) -> bool:
        """Do what a key asks while moving. False where the key is not ours in this state."""
        if not self.currentIndex().isValid():
            return False
        if not cursor.moves(wanted):
            return self._act(wanted)
        cell = cursor.aimed(wanted, self._here(), self.path, self.field(), self.cells())
        if cell is None:
            self.exhausted.emit(wanted)
        else:
            self.go(cell)
        return True

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
        self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed)
        if not self.entry.start_empty() and self.cells().takes_one_key(*self._here()):
            self._clear(Cause.CLEARED)

    # -- acts on the block --------------------------------------------------------------------------------------------

    def block(self) -> list[QModelIndex]:
        """The selected cells a person sees, in reading order; the current one where nothing is selected."""
        chosen = [index for index in self.selectedIndexes() if not self.isColumnHidden(index.column())]
        field = self.field()
        return sorted(chosen or [self.currentIndex()], key=lambda index: field.visual((index.row(), index.column())))

    def _block(self) -> list[moves.Cell]:
        return [(index.row(), index.column()) for index in self.block()]

    def _offer(self, texts: list[tuple[moves.Cell, str]], cause: Cause) -> bool:
        """Hand over all texts as one Edit; False where one was refused: then nothing changes."""
        values = self.cells().read(texts)
        if isinstance(values, Refusal):
            self.refused.emit(values)
            return False
        if values:
            self.edited.emit(Edit(values, cause))
        return True

    def _clear(self, cause: Cause) -> None:
        cells = self.cells()
        self._offer([(cell, "") for cell in self._block() if cells.filled(*cell)], cause)

    def _fill(self, *, down: bool) -> None:
        cells, pairs = self.cells(), sources(self._block(), self.field(), down=down)
        self._offer([(target, cells.content(*source)) for target, source in pairs], Cause.FILLED)

    def _copy(self) -> None:
        cells = self.cells()
        rows = rectangle(self._block(), self.field())
        texts = [["" if cell is None else cells.content(*cell) for cell in row] for row in rows]
        QGuiApplication.clipboard().setMimeData(clipping(texts))

    # -- the editor ---------------------------------------------------------------------------------------------------

    def edit(  # pyright: ignore[reportIncompatibleMethodOverride] two of Qt's methods share this name
        self,
        index: QModelIndex | QPersistentModelIndex,
        trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
        event: QEvent | None = None,
    ) -> bool:
        """Open the editor. A key opens it for entering; F2, a double click or the page open it for editing."""
        opened: bool = super().edit(index, trigger, event)  # pyright: ignore[reportArgumentType] None is allowed
        if opened and trigger is not QAbstractItemView.EditTrigger.AnyKeyPressed:
            self.entry.start_editing()
        return opened

    def resume(self, cell: QPersistentModelIndex, text: str) -> None:
        """Open the editor on a cell with a text that was withdrawn."""
        if not cell.isValid():
            return
        self.setFocus()
        self.go((cell.row(), cell.column()))
        if self.edit(self.currentIndex()) and self.entry.editor is not None:
            self.entry.editor.setText(text)

    @Slot(object)
    def _editor_commanded(self, wanted: Command) -> None:
        if wanted is Command.BACK:
            self.entry.close()
        elif wanted is Command.TOGGLE_EDITING:
            self.entry.toggle()
        elif wanted is Command.FILL_SELECTION:
            self.entry.fill(self._block(), self._offer)
        elif self.entry.commit():
            self.perform(wanted)

    def reset(self) -> None:
        self.entry.give_up(super().reset)

    def rowsAboutToBeRemoved(self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int) -> None:
        remove = partial(super().rowsAboutToBeRemoved, parent, start, end)
        if start <= self.entry.row <= end:
            self.entry.give_up(remove)
        else:
            remove()

    # -- what Qt tells us ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editor = self.entry.editor
        if editor is not None:  # the view keeps the focus until a first composition ends
            if self.hasFocus() and not editor.composing:
                QCoreApplication.sendEvent(editor, event)
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
        if text and self.entry.editor is None:
            if self._typed(text):
                event.accept()
                return
            # Qt opens the editor for a commit that no composition came before, and loses the text.
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.AnyKeyPressed)
            if self.entry.editor is not None:
                QCoreApplication.sendEvent(self.entry.editor, event)
                return
        super().inputMethodEvent(event)

    def _typed(self, text: str) -> bool:
        """Text for a cell that opens no editor: one key, or a cell that says why not. False: an editor shall open."""
        here, cells = self._here(), self.cells()
        if not self.currentIndex().isValid() or cells.opens_editor(*here):
            return False
        if not cells.takes_one_key(*here):
            refusal = cells.refusal(self.currentIndex(), text)
            if refusal is not None:
                self.refused.emit(refusal)
            return True
        for key in text:
            if not self._offer([(self._here(), key)], Cause.ONE_KEY):
                break
            self.perform(Command.NEXT)
        return True

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted, typing = command(Mode.MOVING, event), self.entry.editor is not None
            if typing and not self.hasFocus():
                return super().event(event)  # the editor has said which keys are its own; the window's are the rest
            if typing or (wanted is not None and wanted not in _NOT_OURS_WHILE_MOVING):
                event.accept()
                return True
        return super().event(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: a letter is a value, never a jump to another row."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.entry.finish()  # before Qt moves the current cell: composed text would be lost with the editor
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
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, self.cells().opens_editor(*self._here()))
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        QWidget.focusOutEvent(self, event)
        self.focus_changed.emit(False)
