"""The history of a cell: every value it had, by whom, when, on which PC and why; one of them can be put back."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from client.grades.past import PastWords
from client.grades.record import PastValue, Value
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.column_table import Column, ColumnTable
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.marks import CellState
from client.widgets.paragraph import Paragraph
from client.widgets.record_list import RecordList
from client.widgets.window_title import title_window

translate = QCoreApplication.translate
WIDTH: Final = 800
LEAST, MOST = 3, 12
"""Lines the list has room for, as many as there are between these."""


class PastTable(ColumnTable[PastValue]):
    """Values a cell had, newest first."""

    def __init__(self, say: PastWords, parent: QObject) -> None:
        strong = int(CellState.STRONG)
        columns: tuple[Column[Any], ...] = (
            Column(lambda: translate("PastTable", "Value"), say.value, state=lambda _: strong, width=96),
            Column(lambda: translate("PastTable", "Who"), say.who, width=136),
            Column(lambda: translate("PastTable", "When"), say.when, width=112),
            Column(lambda: translate("PastTable", "Where"), say.where, width=136),
            Column(lambda: translate("PastTable", "How"), say.why, width=136),
            Column(lambda: translate("PastTable", "State"), say.how, width=112),
        )
        super().__init__(parent, columns=columns)


class PastList(QDialog):
    """restored: the PastValue that shall be put back. now: the value of the cell; None where nobody may write it."""

    restored = Signal(object)

    def __init__(
        self, where: str, past: Sequence[PastValue], say: PastWords, parent: QWidget, *, now: Value | None
    ) -> None:
        super().__init__(parent)
        look = ink.look()
        self._now = now
        title_window(self, lambda: self.tr("History"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        margin = look.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px(12))
        column.addWidget(Label(lambda: self.tr("History of this cell"), Step.HEADING, self))
        column.addWidget(Label(where, Step.BODY, self, colour="text2"))
        self.table = PastTable(say, self)
        self.table.show(list(past))
        self.list = RecordList(self.table, self)
        self.list.fit_at_least(min(max(len(past), LEAST), MOST))
        column.addWidget(self.list, 1)
        self.told = Paragraph(lambda: self._told(len(past)), Step.CAPTION, self, colour="text2", measure=None)
        column.addWidget(self.told)
        column.addLayout(self._buttons())
        self.resize(look.px(WIDTH), column.totalHeightForWidth(look.px(WIDTH)))
        self.list.selectionModel().currentChanged.connect(self._moved)
        if past:
            self.list.selectRow(0)
        self.list.setFocus()

    def _told(self, count: int) -> str:
        kept = self.tr("This PC keeps its own changes of the last 30 days, and those of others where they met yours.")
        return kept if count else self.tr("Nothing was changed here.") + " " + kept

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(ink.look().px(8))
        row.addStretch(1)
        close = Button(lambda: self.tr("Close"), parent=self)
        close.clicked.connect(self.reject)
        row.addWidget(close)
        self.restore_button = Button(lambda: self.tr("Put this value back"), Kind.PRIMARY, self)
        self.restore_button.setEnabled(False)
        self.restore_button.setVisible(self._now is not None)
        self.restore_button.clicked.connect(self._restore)
        row.addWidget(self.restore_button)
        return row

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        held = self.table.rows[current.row()] if current.isValid() else None
        self.restore_button.setEnabled(held is not None and self._now is not None and held.value != self._now)

    @Slot()
    def _restore(self) -> None:
        self.restored.emit(self.table.rows[self.list.currentIndex().row()])
        self.accept()
