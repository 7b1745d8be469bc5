"""What a paste would do, before it does: whom it matched, every value before and after, or every cell that is wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from client.grades.pasting import CellsDoNotFit, Key, Plan, PupilsDiffer
from client.grades.record import Sheet, Value
from client.grades.rules import shown
from client.grades.table import Numbered, title_among
from client.terms import EntryWords, Speech
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.column_table import Column, ColumnTable
from client.widgets.grid.edit import Refusal
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.marks import CellState
from client.widgets.paragraph import Paragraph
from client.widgets.record_list import RecordList
from client.widgets.window_title import title_window

translate = QCoreApplication.translate

LEAST, MOST = 4, 14
"""Lines the dialog has room for without a scroll bar, as many as there are between these."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: a cell, what it is and what it would be, or why it cannot be."""

    id: int
    number: str
    name: str
    column: str
    before: str
    after: str
    reason: str = ""


class ChangeList(ColumnTable[Line]):
    """Cells with their values before and after."""

    COLUMNS: ClassVar[Sequence[Column[Any]]] = (
        Column(
            header=lambda: translate("PastePreview", "No."),
            text=lambda line: line.number,
            state=lambda _: int(CellState.NUMERIC | CellState.PLAIN_EDGE | CellState.MUTED),
            width=48,
        ),
        Column(header=lambda: translate("PastePreview", "Name"), text=lambda line: line.name, width=144),
        Column(header=lambda: translate("PastePreview", "Column"), text=lambda line: line.column, width=240),
        Column(
            header=lambda: translate("PastePreview", "Before"),
            text=lambda line: line.before,
            state=lambda _: int(CellState.MUTED),
            width=88,
        ),
        Column(
            header=lambda: translate("PastePreview", "After"),
            text=lambda line: line.after,
            state=lambda _: int(CellState.STRONG),
            width=88,
        ),
    )


class WrongList(ColumnTable[Line]):
    """Cells that cannot be taken, and why."""

    COLUMNS: ClassVar[Sequence[Column[Any]]] = (
        *ChangeList.COLUMNS[:3],
        Column(header=lambda: translate("PastePreview", "Value"), text=lambda line: line.after, width=88),
        Column(
            header=lambda: translate("PastePreview", "Reason"),
            text=lambda line: line.reason,
            tooltip=lambda line: line.reason,
            width=360,
        ),
    )


class PastePreview(QDialog):
    """Shows a plan. Accepted = write it; a plan that is not sound can only be closed.

    emptying: whether blank cells of the block shall empty is to be another; the plan is made anew.
    """

    emptying = Signal(bool)

    def __init__(self, plan: Plan, sheet: Sheet, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = ink.look()
        title_window(self, lambda: self.tr("Paste"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        margin = look.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px(12))
        column.addWidget(Label(lambda: self._title(plan), Step.HEADING, self))
        self.sentence = Paragraph(lambda: self._sentence(plan, speech), Step.BODY, self)
        column.addWidget(self.sentence)
        self.table = self._table(plan, sheet, speech.entry_words)
        if self.table is not None:
            self.table.fit_at_least(min(max(self.table.model().rowCount(), LEAST), MOST))
            column.addWidget(self.table, 1)
        self.empty_button = self._emptying(plan)
        column.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._buttons(plan))
        wide = look.px(720 if plan.sound else 960)
        self.sentence.setMinimumWidth(wide - 2 * margin)
        self.resize(wide, column.totalHeightForWidth(wide))  # whole lines, none cut at the bottom

    def _title(self, plan: Plan) -> str:
        return self.tr("Paste %n value(s)", "", len(plan.changes)) if plan.sound else self.tr("Nothing was pasted")

    def _sentence(self, plan: Plan, speech: Speech) -> str:
        if plan.strangers:
            refused = PupilsDiffer(total=plan.total, matched=plan.matched)
            return speech.sentence(refused, name=plan.strangers[0])
        if plan.wrong:
            return speech.sentence(CellsDoNotFit(count=len(plan.wrong)))
        facts = {"matched": plan.matched, "total": plan.total}
        if plan.key is Key.POSITION:
            assert plan.first is not None
            assert plan.last is not None
            sentence = self.tr(
                "By position: the first row goes to {first}, the last to {last}. Check that nobody is missing."
            )
            told = sentence.format(first=plan.first.who.name, last=plan.last.who.name)
        else:
            told = {
                Key.ID: self.tr("{matched} of {total} pupils match, by their ids."),
                Key.NAME: self.tr("{matched} of {total} pupils match, by their names."),
                Key.NUMBER: self.tr("{matched} of {total} pupils match, by their numbers."),
            }[plan.key].format(**facts)
        if plan.replaced:
            return told + "\n" + self.tr("%n value(s) that are there now will be replaced.", "", plan.replaced)
        return told

    def _table(self, plan: Plan, sheet: Sheet, words: EntryWords) -> RecordList | None:
        if plan.strangers:
            model: ColumnTable[Line] = WrongList(self)
            reason = self.tr("not on the roster")
            model.show([Line(at, "", name, "", "", "", reason) for at, name in enumerate(plan.strangers)])
        elif plan.wrong:
            model = WrongList(self)
            model.show(_wrong_lines(plan, sheet))
        else:
            model = ChangeList(self)
            model.show(_change_lines(plan, sheet, lambda value: shown(value, words)))
        return RecordList(model, self) if model.rows else None

    def _emptying(self, plan: Plan) -> Button:
        """The choice that blank cells empty: never without being asked for, for this paste alone."""
        words = lambda: self.tr("Empty %n cell(s) that are blank in the block", "", plan.emptied)  # noqa: E731
        button = Button(words, parent=self)
        button.setCheckable(True)
        button.setChecked(plan.blanks)
        button.setVisible(plan.emptied > 0 and not plan.strangers)
        button.clicked.connect(self.emptying)
        return button

    def _buttons(self, plan: Plan) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(ink.look().px(8))
        row.addStretch(1)
        self.close_button = Button(lambda: self.tr("Cancel") if plan.sound else self.tr("Close"), parent=self)
        self.close_button.clicked.connect(self.reject)
        row.addWidget(self.close_button)
        self.paste_button = Button(lambda: self.tr("Paste"), Kind.PRIMARY, self)
        self.paste_button.setVisible(plan.sound)
        self.paste_button.setEnabled(bool(plan.changes))
        self.paste_button.clicked.connect(self.accept)
        row.addWidget(self.paste_button)
        (self.paste_button if plan.sound and plan.key is not Key.POSITION else self.close_button).setFocus()
        return row


def _change_lines(plan: Plan, sheet: Sheet, say: Callable[[Value], str]) -> list[Line]:
    return [
        Line(
            at,
            "" if change.row.who.number is None else str(change.row.who.number),
            change.row.who.name,
            _named(sheet, change.column),
            say(change.row.cells[change.column].value),
            say(change.value),
        )
        for at, change in enumerate(plan.changes)
    ]


def _wrong_lines(plan: Plan, sheet: Sheet) -> list[Line]:
    outside = translate("PastePreview", "There is no such column.")
    return [
        Line(
            at,
            "" if wrong.row is None or wrong.row.who.number is None else str(wrong.row.who.number),
            "" if wrong.row is None else wrong.row.who.name,
            "" if wrong.column is None else _named(sheet, wrong.column),
            "",
            wrong.text,
            outside if wrong.refusal is None else _brief(wrong.refusal),
        )
        for at, wrong in enumerate(plan.wrong)
    ]


def _brief(refusal: Refusal) -> str:
    words = (refusal.brief if isinstance(refusal, Numbered) else None) or refusal.sentence
    return "" if words is None else words()


def _named(sheet: Sheet, column: int) -> str:
    held = sheet.columns[column]
    return "  ".join(part for part in (title_among(sheet.columns, held), held.unit) if part)
