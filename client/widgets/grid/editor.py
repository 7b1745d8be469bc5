"""The only editor of a grid: a plain line edit and its delegate; the parser that reads it is handed in."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QShortcutEvent,
)
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from client.widgets import ink, marks
from client.widgets.column_table import STATE_ROLE
from client.widgets.composing import on_screen
from client.widgets.grid.keys import Mode, command
from client.widgets.marked_delegate import GUTTER, MARGIN, MarkedDelegate, draw_ring
from client.widgets.marks import CellState

_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class EntryEdit(QLineEdit):
    """A line edit that says which command a key means and knows what is being composed.

    No validator: what the input method or the keyboard gives is kept until the parser has spoken.
    """

    commanded = Signal(object)  # Command
    left = Signal()

    def __init__(self, parent: QWidget | None, *, numeric: bool) -> None:
        super().__init__(parent)
        self.mode = Mode.ENTERING
        self._preedit = ""
        self._refused = False
        look = ink.look()
        self.setFrame(False)
        self.setFont(ink.face(ink.Step.BODY, digits=numeric).font)
        # Qt's line edit keeps 2 px of its own at both ends, and 2 more for the caret where text stands at the right.
        margin, end = look.px(MARGIN) - 2, look.px(GUTTER if numeric else MARGIN) - (4 if numeric else 2)
        self.setTextMargins(0 if numeric else margin, 0, end, 0)
        if numeric:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText)
        self._dye()
        self.textEdited.connect(self._unrefuse)

    def _dye(self) -> None:
        """Take the ground and the ink of the look that is shown now."""
        tokens, palette = ink.look().tokens, QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, tokens.content)
        palette.setColor(QPalette.ColorRole.Text, tokens.text)
        if palette != self.palette():
            self.setPalette(palette)

    def changeEvent(self, arg__1: QEvent) -> None:
        super().changeEvent(arg__1)
        if arg__1.type() is QEvent.Type.StyleChange:
            self._dye()

    @property
    def composing(self) -> bool:
        """Whether an input method holds text that is not committed yet."""
        return bool(self._preedit)

    @property
    def on_screen(self) -> str:
        """The text with what is being composed in it."""
        return on_screen(self.text(), self.cursorPosition(), self._preedit)

    def settle(self) -> str:
        """Commit what is being composed, wherever the platform leaves it, and return the whole text."""
        if self._preedit:
            QGuiApplication.inputMethod().commit()
        if self._preedit:  # no input context, or one that forgets: the text was on screen, so it counts
            kept = self._preedit
            event = QInputMethodEvent()
            event.setCommitString(kept)
            self.inputMethodEvent(event)
        return self.text()

    def refuse(self) -> None:
        """Show that the text was not taken: red edge until it is changed."""
        self._refused = True
        self.update()

    def _unrefuse(self) -> None:
        self._refused = False
        self.update()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = None if self.composing else command(self.mode, event)
        if wanted is None:
            super().keyPressEvent(event)
            return
        event.accept()
        self.commanded.emit(wanted)

    def event(self, event: QEvent) -> bool:
        # Our keys are ours before any window shortcut, but only where nothing is being composed.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.composing or command(self.mode, event) is not None:
                event.accept()
                return True
        elif event.type() is QEvent.Type.Shortcut and isinstance(event, QShortcutEvent) and self.composing:
            return True
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 Qt's own name
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in _STAYS:
            self.left.emit()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        tokens = ink.look().tokens
        draw_ring(painter, self.rect(), tokens.danger if self._refused else tokens.accent)
        if self._refused:
            look = ink.look()
            centre = QPointF(self.width() - look.px(GUTTER) / 2, self.height() / 2)
            marks.cross(painter, centre, look.px(9), tokens.danger)
        painter.end()


class EntryDelegate(MarkedDelegate):
    """Opens EntryEdit over a cell. What its text becomes is decided by the table, which holds the parser."""

    opened = Signal(object)  # EntryEdit

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        state: int = index.data(STATE_ROLE) or 0
        editor = EntryEdit(parent, numeric=bool(state & int(CellState.NUMERIC)))
        self.opened.emit(editor)
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        # Only once: a reload of the row while someone types must not overwrite what is typed.
        if isinstance(editor, EntryEdit) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Nothing: the table hands an Edit to its page, which writes."""

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        editor.setGeometry(QRect(rect.topLeft(), rect.size()))

    def eventFilter(self, object: QObject, event: QEvent) -> bool:  # noqa: A002 Qt's own name
        return False  # Qt's default would commit on Return and stay, and close on any loss of focus
