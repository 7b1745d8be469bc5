"""What taking over the computed values would do, before it does: every value before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from client.summing_up.record import MANUAL, Book, Change
from client.summing_up.rules import REASON_LIMIT, Scope, Sums, shown, taken_over
from client.summing_up.table import name_of
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.column_table import Column, ColumnTable
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from client.widgets.marks import CellState
from client.widgets.paragraph import Paragraph
from client.widgets.record_list import RecordList
from client.widgets.segmented import Segmented
from client.widgets.window_title import title_window
from sync.records.derive.grading import Rule
from sync.records.text import fits

translate = QCoreApplication.translate

LINES, WIDTH = 12, 760


@dataclass(frozen=True, slots=True)
class Line:
    """One value that would be another."""

    id: int
    number: str
    name: str
    column: str
    before: str
    after: str
    note: str


class ChangeList(ColumnTable[Line]):
    """Values before and after."""

    COLUMNS: ClassVar[Sequence[Column[Any]]] = (
        Column(
            header=lambda: translate("TakeOver", "No."),
            text=lambda line: line.number,
            state=lambda _: int(CellState.NUMERIC | CellState.PLAIN_EDGE | CellState.MUTED),
            width=48,
        ),
        Column(header=lambda: translate("TakeOver", "Name"), text=lambda line: line.name, width=144),
        Column(header=lambda: translate("TakeOver", "Column"), text=lambda line: line.column, width=144),
        Column(
            header=lambda: translate("TakeOver", "Now"),
            text=lambda line: line.before,
            state=lambda _: int(CellState.MUTED),
            width=72,
        ),
        Column(
            header=lambda: translate("TakeOver", "After"),
            text=lambda line: line.after,
            state=lambda _: int(CellState.STRONG),
            width=72,
        ),
        Column(header=lambda: translate("TakeOver", "Note"), text=lambda line: line.note, width=200),
    )


class TakeOverPreview(QDialog):
    """Asks which cells take their computed value over. `changes` is what was agreed to."""

    def __init__(self, book: Book, sums: Sums, trial: Rule | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._book, self._sums, self._trial = book, sums, trial
        self.changes: list[Change] = []
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title_window(self, lambda: self.tr("Take over computed values"))
        self._title = Label(lambda: self.tr("Take over computed values"), Step.TITLE, self)
        self.scope = Segmented(
            lambda: self.tr("Which cells"),
            ((Scope.BLANK, lambda: self.tr("Blank ones")), (Scope.ALL, lambda: self.tr("All"))),
            self,
        )
        self.scope.chosen.connect(self._renew)
        self.sentence = Paragraph("", Step.BODY, self)
        self.reason = LineEdit(lambda: self.tr("Reason for these cut-offs"), self)
        self.reason.setAccessibleName(self.tr("Reason for these cut-offs"))
        self.reason.setVisible(trial is not None)
        self.reason.textChanged.connect(self._renew)
        self.model = ChangeList(self)
        self.list = RecordList(self.model, self)
        self.list.fit_height(LINES)
        self.close_button = Button(lambda: self.tr("Cancel"), parent=self)
        self.close_button.clicked.connect(self.reject)
        self.take_button = Button(lambda: self.tr("Take over"), Kind.PRIMARY, self)
        self.take_button.clicked.connect(self.accept)
        self._assemble()
        self._renew()
        (self.take_button if trial is None else self.reason).setFocus()

    def _assemble(self) -> None:
        look = ink.look()
        column = QVBoxLayout(self)
        margin = look.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px(12))
        for widget in (self._title, self.scope, self.sentence, self.reason, self.list):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.take_button)
        column.addLayout(row)
        self.setFixedWidth(look.px(WIDTH))

    @Slot()
    def _renew(self) -> None:
        scope, reason = Scope(self.scope.key), self.reason.text().strip()
        self.changes = taken_over(self._book, self._sums, scope, self._trial, reason)
        self.model.show([self._line(at, change) for at, change in enumerate(self.changes)])
        replaced = sum(not change.cell.decided.blank for change in self.changes)
        told = self.tr("%n value(s) would be entered.", "", len(self.changes))
        if replaced:
            told += "\n" + self.tr("%n value(s) that are there now would be replaced.", "", replaced)
        if not self.changes:
            told = self.tr("Nothing would change.")
        self.sentence.set_words(told)
        by_hand = any(change.decided.basis == MANUAL for change in self.changes)
        sound = fits(reason, REASON_LIMIT) and (bool(reason) or not by_hand)
        self.take_button.setEnabled(bool(self.changes) and sound)

    def _line(self, at: int, change: Change) -> Line:
        book, held, who = self._book, change.cell.decided, change.line.who
        lost = held.basis == MANUAL and not held.blank
        return Line(
            at,
            "" if who.number is None else str(who.number),
            who.name,
            name_of(book, change.key),
            shown(held.value, book.symbols),
            shown(change.decided.value, book.symbols),
            (held.reason or self.tr("decided by hand")) if lost else "",
        )
