"""The form of a work: what it is called, when, under which unit, and what it counts for each viewpoint."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from client.grades.rules import decimal
from client.grades.work import LETTER_MAXIMUM, Draft, Entered, Fault, Field, Offer, Why, day_text
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.ink import Step, Words
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from client.widgets.paragraph import Paragraph
from client.widgets.segmented import Segmented
from client.widgets.selector import Option, Selector
from client.widgets.window_title import title_window

translate = QCoreApplication.translate
WIDTH, LABELS, NUMBERS = 560, 88, 96


class WorkForm(QDialog):
    """Filled from a Draft and read as an Entered. entered: the button; who asked says what is wrong."""

    entered = Signal(object)  # Entered

    def __init__(self, offer: Offer, draft: Draft, title: Words, button: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._offer = offer
        title_window(self, title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ticks: dict[str, Button] = {}
        self.numbers: dict[str, tuple[LineEdit, LineEdit]] = {}
        self._build(title, button)
        self._fill(draft)
        self.title.setFocus()
        self.title.selectAll()

    # -- parts --------------------------------------------------------------------------------------------------------

    def _build(self, title: Words, button: Words) -> None:
        look = ink.look()
        column = QVBoxLayout(self)
        margin = look.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px(12))
        column.addWidget(Label(title, Step.HEADING, self))
        column.addLayout(self._facts())
        column.addLayout(self._viewpoints())
        self.wrong = Paragraph("", Step.BODY, self, colour="danger")
        self.wrong.hide()
        column.addWidget(self.wrong)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addStretch(1)
        cancel = Button(lambda: self.tr("Cancel"), parent=self)
        cancel.clicked.connect(self.reject)
        self.done_button = Button(button, Kind.PRIMARY, self)
        self.done_button.clicked.connect(self._enter)
        for edit in self._edits():
            edit.returnPressed.connect(self._enter)
        row.addWidget(cancel)
        row.addWidget(self.done_button)
        column.addLayout(row)
        self.setMinimumWidth(look.px(WIDTH))

    def _facts(self) -> QGridLayout:
        grid = _grid()
        self.title = LineEdit(lambda: self.tr("Such as: quiz 1"), self)
        self.kind = Selector(lambda: self.tr("Kind"), self)
        self.marking = Segmented(
            lambda: self.tr("Marked with"),
            ((False, lambda: self.tr("Points")), (True, lambda: self.tr("A, B, C"))),
            self,
        )
        self.unit = LineEdit(lambda: self.tr("Such as: division"), self)
        self.units = Selector(lambda: self.tr("Units"), self)
        self.date = LineEdit(lambda: self.tr("Such as: 9/9"), self)
        rows: tuple[tuple[Words, tuple[QWidget, ...]], ...] = (
            (lambda: self.tr("Title"), (self.title,)),
            (lambda: self.tr("Kind"), (self.kind, self.marking)),
            (lambda: self.tr("Unit"), (self.unit, self.units)),
            (lambda: self.tr("Date"), (self.date,)),
        )
        for at, (words, widgets) in enumerate(rows):
            grid.addWidget(Label(words, Step.BODY, self, colour="text2"), at, 0)
            grid.addLayout(_beside(*widgets), at, 1)
        self.kind.chosen.connect(self._kind_chosen)
        self.marking.chosen.connect(self._marking_chosen)
        self.units.chosen.connect(self._unit_chosen)
        return grid

    def _viewpoints(self) -> QGridLayout:
        grid = _grid()
        heads: tuple[Words, ...] = (
            lambda: self.tr("Counts for"),
            lambda: self.tr("Maximum"),
            lambda: self.tr("Weight %"),
        )
        for at, words in enumerate(heads):
            grid.addWidget(Label(words, Step.CAPTION, self, colour="text2", bold=True), 0, at)
        for at, (code, name) in enumerate(self._offer.viewpoints, 1):
            tick = self.ticks[code] = Button(name, parent=self)
            tick.setCheckable(True)
            tick.toggled.connect(self._ticked)
            pair = self.numbers[code] = (LineEdit("", self), LineEdit("", self))
            grid.addWidget(tick, at, 0)
            for place, (edit, words) in enumerate(zip(pair, heads[1:], strict=True), 1):
                edit.setAccessibleName(f"{name} {ink.said(words)}")
                edit.setFixedWidth(ink.look().px(NUMBERS))
                grid.addWidget(edit, at, place)
        grid.setColumnStretch(3, 1)
        return grid

    # -- what is in it ------------------------------------------------------------------------------------------------

    def _fill(self, draft: Draft) -> None:
        self.title.setText(draft.title)
        self.unit.setText(draft.unit)
        self.date.setText(day_text(draft.date, self._offer.year))
        self.kind.show_options([Option(kind.code, kind.name) for kind in self._offer.kinds], draft.kind)
        self._offer_units()
        letters = self._may_be_letters() and all(part.maximum == LETTER_MAXIMUM for part in draft.parts)
        self.marking.set_key(letters)
        for part in draft.parts:
            if part.viewpoint in self.ticks:
                self.ticks[part.viewpoint].setChecked(True)
                texts = ("" if number is None else decimal(number) for number in (part.maximum, part.weight))
                for edit, text in zip(self.numbers[part.viewpoint], texts, strict=True):
                    edit.setText(text)
        self._show_what_counts()

    def suggest(self, viewpoint: str, maximum: str, weight: str) -> None:
        """What stands in the numbers of a viewpoint once it is ticked."""
        for edit, text in zip(self.numbers[viewpoint], (maximum, weight), strict=True):
            if not edit.text():
                edit.setText(text)

    def read(self) -> Entered:
        """The form as it is filled in, what is being composed included."""
        parts = {
            code: (self.numbers[code][0].on_screen, self.numbers[code][1].on_screen)
            for code, tick in self.ticks.items()
            if tick.isChecked()
        }
        return Entered(
            title=self.title.on_screen,
            kind=str(self.kind.key),
            unit=self.unit.on_screen,
            date=self.date.on_screen,
            letters=bool(self.marking.key) and self._may_be_letters(),
            parts=parts,
        )

    def refill(self, filled: Mapping[str, Any]) -> None:
        """Fill it in as `read` had said it, written down as JSON takes it."""
        self.title.setText(str(filled["title"]))
        self.unit.setText(str(filled["unit"]))
        self.date.setText(str(filled["date"]))
        self.kind.show_key(filled["kind"])
        self.marking.set_key(bool(filled["letters"]))
        for code, tick in self.ticks.items():
            texts = filled["parts"].get(code)
            tick.setChecked(texts is not None)
            for edit, text in zip(self.numbers[code], texts or ("", ""), strict=True):
                edit.setText(str(text))
        self._show_what_counts()

    def show_fault(self, fault: Fault) -> None:
        """Say what is wrong, and go there."""
        edit = self._edit_of(fault)
        for each in self._edits():
            each.set_wrong(wrong=each is edit)
        self.say(lambda: fault_words(fault, dict(self._offer.viewpoints)))
        if edit is not None:
            edit.setFocus()
            edit.selectAll()

    def say(self, words: Words) -> None:
        """Say why it could not be taken."""
        self.wrong.set_words(words)
        self.wrong.show()

    def _edits(self) -> tuple[LineEdit, ...]:
        return (self.title, self.unit, self.date, *(edit for pair in self.numbers.values() for edit in pair))

    def _edit_of(self, fault: Fault) -> LineEdit | None:
        plain = {Field.TITLE: self.title, Field.UNIT: self.unit, Field.DATE: self.date}
        if fault.field in plain:
            return plain[fault.field]
        pair = self.numbers.get(fault.viewpoint)
        return None if pair is None else pair[fault.field is Field.WEIGHT]

    # -- what depends on what -----------------------------------------------------------------------------------------

    def _may_be_letters(self) -> bool:
        return any(kind.letters for kind in self._offer.kinds if kind.code == self.kind.key)

    def _show_what_counts(self) -> None:
        self.marking.setVisible(self._may_be_letters())
        letters = bool(self.marking.key) and self._may_be_letters()
        for code, (maximum, weight) in self.numbers.items():
            ticked = self.ticks[code].isChecked()
            maximum.setEnabled(ticked and not letters)
            weight.setEnabled(ticked)

    @Slot(bool)
    def _ticked(self, _on: bool) -> None:
        self._show_what_counts()

    @Slot(object)
    def _kind_chosen(self, _kind: object) -> None:
        self.marking.set_key(self._may_be_letters())
        self._show_what_counts()

    @Slot(object)
    def _marking_chosen(self, _letters: object) -> None:
        self._show_what_counts()

    @Slot(object)
    def _unit_chosen(self, unit: object) -> None:
        self.unit.setText(str(unit))
        self._offer_units()

    def _offer_units(self) -> None:
        """The list shows none of them as chosen: what is written beside it counts."""
        self.units.show_options([Option(unit, unit) for unit in self._offer.units], None)
        self.units.setVisible(bool(self._offer.units))

    @Slot()
    def _enter(self) -> None:
        self.entered.emit(self.read())


def fault_words(fault: Fault, viewpoints: Mapping[str, str]) -> str:
    """The sentence for what is wrong in the form. viewpoints: {code: name}."""
    words = {
        (Field.TITLE, Why.MISSING): translate("WorkForm", "Give it a title."),
        (Field.TITLE, Why.TOO_LONG): translate("WorkForm", "A title has at most {limit} characters."),
        (Field.UNIT, Why.TOO_LONG): translate("WorkForm", "A unit has at most {limit} characters."),
        (Field.DATE, Why.NO_DAY): translate("WorkForm", "This is no day. Write it as 9/9, or leave it empty."),
        (Field.PARTS, Why.MISSING): translate("WorkForm", "Choose at least one viewpoint it counts for."),
        (Field.PARTS, Why.HAS_SCORES): translate(
            "WorkForm", "It has {limit} scores already, so it cannot be marked in another way."
        ),
        (Field.MAXIMUM, Why.NO_NUMBER): translate("WorkForm", "{name}: the maximum is a number above zero."),
        (Field.MAXIMUM, Why.BELOW_SCORES): translate("WorkForm", "{name}: there is a score of {limit} already."),
        (Field.WEIGHT, Why.NO_NUMBER): translate("WorkForm", "{name}: the weight is a number from 0 to 999."),
    }[fault.field, fault.why]
    return words.format(limit=fault.limit, name=viewpoints.get(fault.viewpoint, ""))


def _grid() -> QGridLayout:
    look = ink.look()
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.px(12))
    grid.setVerticalSpacing(look.px(8))
    grid.setColumnMinimumWidth(0, look.px(LABELS))
    return grid


def _beside(*widgets: QWidget) -> QHBoxLayout:
    """Side by side; a line to type in takes the room, buttons keep to the left."""
    row = QHBoxLayout()
    row.setSpacing(ink.look().px(8))
    for widget in widgets:
        row.addWidget(widget, int(isinstance(widget, LineEdit)))
    if not any(isinstance(widget, LineEdit) for widget in widgets):
        row.addStretch(1)
    return row
