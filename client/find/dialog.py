"""The box of Ctrl+K: a line to type in and the list of what fits; arrows, Enter and Esc are all it needs."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from client.find.record import Found, Kind
from client.find.rules import SHOWN
from client.widgets import ink
from client.widgets.column_table import Column, ColumnTable
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from client.widgets.record_list import RecordList
from client.widgets.window_title import title_window

translate = QCoreApplication.translate
WIDTH: Final = 620
_DOWN: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: SHOWN // 2, Qt.Key.Key_PageUp: -SHOWN // 2}


def _kind(found: Found) -> str:
    return {
        Kind.PAGE: lambda: translate("FindBox", "Page"),
        Kind.COURSE: lambda: translate("FindBox", "Course"),
        Kind.CLASS: lambda: translate("FindBox", "Class"),
        Kind.PUPIL: lambda: translate("FindBox", "Pupil"),
        Kind.ACT: lambda: translate("FindBox", "Act"),
    }[found.kind]()


def _spoken(found: Found) -> str:
    return f"{_kind(found)} {found.words} {found.hint}".strip()


class FoundTable(ColumnTable[Found]):
    """What was found."""

    COLUMNS = (
        Column(header=lambda: translate("FindBox", "Kind"), text=_kind, width=96),
        Column(
            header=lambda: translate("FindBox", "What was found"),
            text=lambda found: found.words,
            spoken=_spoken,
            width=240,
        ),
        Column(header=lambda: translate("FindBox", "Beside it"), text=lambda found: found.hint, width=240),
    )


class FindBox(QDialog):
    """look: (what is typed) -> what fits, best first; quick. taken: somebody took a line."""

    taken = Signal(object)  # Found

    def __init__(self, look: Callable[[str], Sequence[Found]], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title_window(self, lambda: self.tr("Find"))
        self.line = LineEdit(lambda: self.tr("Pupil (kana, kanji, number), class, course, page or act"), self)
        self.line.setAccessibleName(self.tr("Find"))
        self.table = FoundTable(self)
        self.list = RecordList(self.table, self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.horizontalHeader().hide()
        self.nothing = Label(lambda: self.tr("Nothing fits. Only what is on this PC is found."), Step.BODY, self)
        self._build()
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._typed)
        self.list.clicked.connect(self.take)
        self._typed()

    def _build(self) -> None:
        px = ink.look().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(12))
        column.addWidget(self.line)
        column.addWidget(self.list)
        column.addWidget(self.nothing)
        hint = Label(lambda: self.tr("↑↓ choose   Enter open   Esc close"), Step.CAPTION, self, colour="text2")
        column.addWidget(hint)
        self.list.fit_height(SHOWN)
        self.setFixedWidth(px(WIDTH))

    @Slot()
    def _typed(self) -> None:
        found = list(self._look(self.line.text()))
        self.table.show(found)
        self.nothing.setVisible(not found)
        if found:
            self.list.selectRow(0)

    def eventFilter(self, arg__1: QObject, arg__2: QEvent) -> bool:
        """Arrows move in the list while the cursor stays in the line."""
        if isinstance(arg__2, QKeyEvent) and arg__2.type() is QEvent.Type.KeyPress:
            step = _DOWN.get(Qt.Key(arg__2.key()))
            if step is not None and self.table.rows:
                row = min(max(self.list.currentIndex().row() + step, 0), len(self.table.rows) - 1)
                self.list.selectRow(row)
                return True
            if arg__2.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
        return super().eventFilter(arg__1, arg__2)

    @Slot()
    def take(self) -> None:
        """Take the line that is chosen."""
        row = self.list.currentIndex().row()
        if 0 <= row < len(self.table.rows):
            self.taken.emit(self.table.rows[row])
            self.accept()
