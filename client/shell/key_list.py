"""The keys of the page on screen (F1), made from the one table."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from client.shell import actions
from client.widgets import ink
from client.widgets.button import Button, draw_keycap, keycap_width
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.scroll_area import ScrollArea


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


class KeyList(QDialog):
    """Opened with `open()`, closed by Esc or F1; asks nothing."""

    def __init__(self, screens: Iterable[str], parent: QWidget) -> None:
        super().__init__(parent)
        look = ink.look()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        column = QVBoxLayout(self)
        margin = look.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px(16))
        column.addWidget(Label(self.tr("Keys of this page"), Step.HEADING, self))
        column.addWidget(ScrollArea(self._rows(screens), self), 1)
        close = Button(self.tr("Close"), parent=self)
        close.clicked.connect(self.accept)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        self.resize(look.px(640), look.px(600))

    def _rows(self, screens: Iterable[str]) -> QWidget:
        look = ink.look()
        inner = QWidget(self)
        rows = QGridLayout(inner)
        rows.setContentsMargins(0, 0, look.px(16), 0)
        rows.setHorizontalSpacing(look.px(24))
        rows.setVerticalSpacing(look.px(6))
        for at, row in enumerate(actions.listed(screens)):
            rows.addWidget(_Caps(row.keys, inner), at, 0, Qt.AlignmentFlag.AlignLeft)
            rows.addWidget(Label(row.label, Step.BODY, inner), at, 1)
        rows.setColumnStretch(1, 1)
        rows.setRowStretch(rows.rowCount(), 1)
        return inner

    @Slot()
    def accept(self) -> None:
        super().accept()

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() == Qt.Key.Key_F1:
            self.accept()
            return
        super().keyPressEvent(arg__1)
