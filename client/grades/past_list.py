"""The history of a cell: every value it had, by whom, when, on which PC and why; one of them can be put back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from client.grades.past import PastWords
from client.grades.record import PastValue, Value
from client.syncing.repository import Came, Failed
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.column_table import Column, ColumnTable
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.marks import CellState
from client.widgets.paragraph import Paragraph
from client.widgets.record_list import RecordList
from client.widgets.window_title import title_window
from sync.errors import KeyakiError
from sync.protocol.past import PastAnswer

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


@dataclass(frozen=True, slots=True)
class CellPast:
    """The past of a cell. where: whose and of what, in words. known: what is known of it, newest first, with what the
    school says, or without. ask: has the school asked, and calls one of both; None where there is none to ask.
    """

    where: str
    known: Callable[[PastAnswer | None], Sequence[PastValue]]
    ask: Callable[[Came, Failed], None] | None = None


class PastList(QDialog):
    """restored: the PastValue that shall be put back. now: the value of the cell; None where nobody may write it."""

    restored = Signal(object)

    def __init__(self, cell: CellPast, say: PastWords, parent: QWidget, *, now: Value | None) -> None:
        super().__init__(parent)
        look = ink.look()
        self._now, self._cell = now, cell
        title_window(self, lambda: self.tr("History"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        margin = look.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px(12))
        column.addWidget(Label(lambda: self.tr("History of this cell"), Step.HEADING, self))
        column.addWidget(Label(cell.where, Step.BODY, self, colour="text2"))
        self.table = PastTable(say, self)
        self.list = RecordList(self.table, self)
        column.addWidget(self.list, 1)
        self.told = Paragraph("", Step.CAPTION, self, colour="text2", measure=None)
        column.addWidget(self.told)
        column.addLayout(self._buttons())
        self._show(None, self._here_alone if cell.ask is None else self._asking)
        self.resize(look.px(WIDTH), column.totalHeightForWidth(look.px(WIDTH)))
        self.list.selectionModel().currentChanged.connect(self._moved)
        self._stand()
        self.list.setFocus()
        if cell.ask is not None:
            cell.ask(self._came, self._failed)

    def _show(self, told: PastAnswer | None, words: Callable[[], str]) -> None:
        past, chosen = list(self._cell.known(told)), self.chosen
        self.table.show(past)
        if chosen is not None and past:  # whoever has chosen a value keeps it, wherever it stands now
            alike = [at for at, each in enumerate(past) if each.value == chosen.value]
            self.list.selectRow(past.index(chosen) if chosen in past else next(iter(alike), 0))
        self.list.fit_at_least(min(max(len(past), LEAST), MOST))
        self.told.set_words(words)

    @property
    def chosen(self) -> PastValue | None:
        """The value somebody stands on."""
        index = self.list.currentIndex()
        return self.table.rows[index.row()] if index.isValid() else None

    def _stand(self) -> None:
        if self.table.rows and not self.list.currentIndex().isValid():
            self.list.selectRow(0)

    @Slot(object)
    def _came(self, told: PastAnswer) -> None:
        self._show(told, self._all)
        self._stand()

    @Slot(object)
    def _failed(self, _error: KeyakiError) -> None:
        self.told.set_words(self._here_alone)

    def _here_alone(self) -> str:
        kept = self.tr("This PC keeps its own changes of the last 30 days, and those of others where they met yours.")
        return kept if self.table.rows else self.tr("Nothing was changed here.") + " " + kept

    def _asking(self) -> str:
        return self.tr("What this PC knows. The school is being asked…")

    def _all(self) -> str:
        return self.tr("All changes, as the school tells them.")

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
        self.restored.emit(self.chosen)
        self.accept()
