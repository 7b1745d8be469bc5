"""The keys of the page on screen (F1), made from the one table."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from client.shell import actions
from client.shell.veil import let_see
from client.widgets import ink
from client.widgets.button import Button, draw_keycap, keycap_width
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.scroll_area import ScrollArea
from client.widgets.window_title import title_window


class _Caps(QWidget):
    def __init__(self, keys: Iterable[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._keys = list(dict.fromkeys(actions.shown(key) for key in keys))
        wide = sum(keycap_width(key) + ink.look().px(4) for key in self._keys)
        self.setFixedSize(round(wide), ink.look().px(24))
        self.setAccessibleName(" ".join(self._keys))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        x = 0.0
        for key in self._keys:
            x = draw_keycap(painter, x, self.height() / 2, key, ink.look().tokens.text2) + ink.look().px(4)
        painter.end()


LEAST, HIGHEST = 400, 440
"""Width of the dialog, and height of its list before it scrolls, in pixels at 100 %."""
ONE_COLUMN = 12
"""More keys than these stand in two columns, so that all of them are seen at once."""


class KeyList(QDialog):
    """Opened with `open()`, closed by Esc or F1; asks nothing."""

    def __init__(self, screens: Iterable[str], parent: QWidget) -> None:
        super().__init__(parent)
        look = ink.look()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        let_see(self)
        title_window(self, lambda: self.tr("Keys"))
        column = QVBoxLayout(self)
        margin = look.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px(16))
        column.addWidget(Label(lambda: self.tr("Keys of this page"), Step.HEADING, self))
        rows = actions.listed(screens)
        columns = 1 if len(rows) <= ONE_COLUMN else 2
        inner = self._rows(rows, columns)
        area = ScrollArea(inner, self)
        area.setMinimumHeight(min(inner.sizeHint().height(), look.px(HIGHEST)))
        column.addWidget(area, 1)
        close = Button(lambda: self.tr("Close"), parent=self)
        close.clicked.connect(self.accept)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        self.resize(max(look.px(LEAST), inner.sizeHint().width() + 2 * margin), self.sizeHint().height())

    def _rows(self, rows: Sequence[actions.Shortcut], columns: int) -> QWidget:
        look = ink.look()
        inner = QWidget(self)
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, look.px(16), 0)
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(4))
        lines = -(-len(rows) // columns)
        for at, row in enumerate(rows):
            down, right = at % lines, at // lines * 3
            grid.addWidget(_Caps(row.keys, inner), down, right, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Label(lambda row=row: row.label, Step.BODY, inner), down, right + 1)
            grid.setColumnMinimumWidth(right + 2, look.px(16))
        grid.setRowStretch(lines, 1)
        return inner

    @Slot()
    def accept(self) -> None:
        super().accept()

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() == Qt.Key.Key_F1:
            self.accept()
            return
        super().keyPressEvent(arg__1)
