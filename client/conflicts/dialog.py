"""Many conflicts settled by one rule: every value before and after, then one act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from client.conflicts.questions import Teller
from client.conflicts.record import Case, Choice, Difference
from client.conflicts.rules import Bulk, by_rule, settled
from client.syncing.words import path_of
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
WIDTH = 820
LEAST, MOST = 4, 14
"""Lines the dialog has room for without a scroll bar, as many as there are between these."""
_STRONG, _MUTED = int(CellState.STRONG), int(CellState.MUTED)


@dataclass(frozen=True, slots=True)
class BulkLine:
    """One conflict: whose, which field, both values, and what would stand; empty where the rule does not decide."""

    id: str
    name: str
    field: str
    incoming: str
    current: str
    result: str


class BulkTable(ColumnTable[BulkLine]):
    """All conflicts with the rule's decision."""

    COLUMNS: ClassVar[Sequence[Column[Any]]] = (
        Column(header=lambda: translate("BulkTable", "Name"), text=lambda line: line.name, width=132),
        Column(header=lambda: translate("BulkTable", "Field"), text=lambda line: line.field, width=204),
        Column(
            header=lambda: translate("BulkTable", "Value that arrived"),
            text=lambda line: line.incoming,
            tooltip=lambda line: line.incoming,
            width=144,
        ),
        Column(
            header=lambda: translate("BulkTable", "Value now"),
            text=lambda line: line.current,
            tooltip=lambda line: line.current,
            width=120,
        ),
        Column(
            header=lambda: translate("BulkTable", "Result"),
            text=lambda line: line.result or translate("BulkTable", "left to you"),
            state=lambda line: _STRONG if line.result else _MUTED,
            tooltip=lambda line: line.result,
            width=140,
        ),
    )


class BulkPreview(QDialog):
    """agreed: the decisions (list of Settle), when a person wants them all."""

    agreed = Signal(object)

    def __init__(self, cases: Iterable[Case], rule: Bulk, teller: Teller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = ink.look()
        title_window(self, lambda: self.tr("Decide several"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        differences = [difference for case in cases for difference in case.differences]
        self._chosen = {difference.conflict.id: by_rule(difference, rule) for difference in differences}
        self._decisions = [
            settled(difference, choice)
            for difference in differences
            if (choice := self._chosen[difference.conflict.id]) is not None
        ]
        self.table = BulkTable(self)
        self.table.show([self._line(difference, teller) for difference in differences])
        column = QVBoxLayout(self)
        margin = look.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px(12))
        column.addWidget(Label(lambda: self._title(rule), Step.HEADING, self))
        told = lambda: self.tr("This is one act. All values stay in the history.")  # noqa: E731
        column.addWidget(Paragraph(told, Step.BODY, self))
        listed = RecordList(self.table, self)
        listed.fit_at_least(min(max(len(differences), LEAST), MOST))
        column.addWidget(listed, 1)
        column.addLayout(self._buttons())
        wide = look.px(WIDTH)
        self.resize(wide, column.totalHeightForWidth(wide))  # whole lines, none cut at the bottom

    def _title(self, rule: Bulk) -> str:
        return {
            Bulk.FILLED: self.tr("Take what is not blank"),
            Bulk.NEWER: self.tr("Take what came later"),
            Bulk.CURRENT: self.tr("Take the values now"),
        }[rule]

    def _line(self, difference: Difference, teller: Teller) -> BulkLine:
        def words(choice: Choice) -> str:
            return teller.value(difference, choice) or teller.blank(difference, choice)

        choice = self._chosen[difference.conflict.id]
        about = difference.about
        name = about.pupil or teller.speech.terms.type_(about.type)
        result = "" if choice is None else words(choice)
        field = path_of(about, teller.speech)
        return BulkLine(difference.conflict.id, name, field, words(Choice.INCOMING), words(Choice.CURRENT), result)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(ink.look().px(8))
        row.addStretch(1)
        self.cancel = Button(lambda: self.tr("Cancel"), parent=self)
        self.settle = Button(lambda: self.tr("Settle %n field(s)", "", len(self._decisions)), Kind.PRIMARY, self)
        self.settle.setEnabled(bool(self._decisions))
        self.cancel.clicked.connect(self.reject)
        self.settle.clicked.connect(self._agree)
        row.addWidget(self.cancel)
        row.addWidget(self.settle)
        self.cancel.setFocus()
        return row

    @Slot()
    def _agree(self) -> None:
        self.agreed.emit(self._decisions)
        self.accept()
