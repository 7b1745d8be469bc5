"""The result at the foot of the conflict page: what will stand, what stays in the history, and the one button."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from client.conflicts.questions import Teller
from client.conflicts.record import Case, Choice, Difference
from client.syncing.record import FieldKind
from client.syncing.words import title_of
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.card import Card
from client.widgets.counted_text import CountedText
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from sync.records.registry import TYPES

LINE = 100
"""Texts up to so many characters are written on one line."""


class OutcomeCard(Card):
    """Shows what a case would become. settle_asked, next_asked: the buttons; texts can be edited before."""

    settle_asked = Signal()
    next_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = ink.look()
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        head.addWidget(Label(lambda: self.tr("Result"), Step.BODY, self, bold=True))
        self.hint = Label("", Step.CAPTION, self, colour="text2")
        head.addWidget(self.hint)
        head.addStretch(1)
        self._rows = QWidget(self)
        self._grid = QGridLayout(self._rows)
        self.next = Button(lambda: self.tr("Next"), parent=self, keycap="N")
        self.settle = Button(lambda: self.tr("Settle with this"), Kind.PRIMARY, self, keycap="Ctrl+Enter")
        self.next.clicked.connect(self.next_asked)
        self.settle.clicked.connect(self.settle_asked)
        head.addWidget(self.next)
        head.addWidget(self.settle)
        self.body.addLayout(head)
        self.body.addWidget(self._rows)
        self._texts: dict[str, LineEdit | CountedText] = {}
        self._given: dict[str, tuple[Choice, str]] = {}

    def text_of(self, conflict: str) -> str | None:
        """The text of a field as it stands in its editor; None where it has none."""
        editor = self._texts.get(conflict)
        return None if editor is None else editor.text()

    def written(self) -> dict[str, str]:
        """What a person has made of the texts and not settled yet, by conflict."""
        told = {id_: (self._given[id_][1], editor.on_screen) for id_, editor in self._texts.items()}
        return {id_: text for id_, (given, text) in told.items() if text != given}

    def write(self, texts: Mapping[str, str]) -> bool:
        """Put these texts into their editors; False where one has none."""
        for id_, text in texts.items():
            if id_ in self._texts:
                _write(self._texts[id_], text)
        return texts.keys() <= self._texts.keys()

    def show_case(self, case: Case, chosen: Mapping[str, Choice], teller: Teller, *, more: bool) -> None:
        """Show the outcome of the choices so far. more: whether another case waits."""
        edited = any(difference.about.kind is FieldKind.TEXT for difference in case.differences)
        self.hint.set_words(self.tr("texts can be edited here") if edited else "")
        written = self._written()
        self._empty()
        for at, difference in enumerate(case.differences):
            self._row(at, difference, chosen.get(difference.conflict.id), teller)
        for id_, (choice, text) in written.items():
            if id_ in self._texts and self._given[id_][0] is choice:
                _write(self._texts[id_], text)
        self.settle.setEnabled(all(item.conflict.id in chosen for item in case.differences))
        self.next.setVisible(more)

    def _written(self) -> dict[str, tuple[Choice, str]]:
        """What a person has made of the texts so far, with the choice each one began with."""
        told = {id_: (*self._given[id_], editor.text()) for id_, editor in self._texts.items()}
        return {id_: (choice, text) for id_, (choice, given, text) in told.items() if text != given}

    def _empty(self) -> None:
        self._texts.clear()
        self._given.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _row(self, at: int, difference: Difference, choice: Choice | None, teller: Teller) -> None:
        look = ink.look()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(12))
        self._grid.setVerticalSpacing(look.px(8))
        self._grid.setColumnMinimumWidth(0, look.px(52))
        self._grid.setColumnStretch(1, 1)
        title = Label(title_of(difference.about, teller.speech), Step.CAPTION, self._rows, colour="text2")
        top = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(title, at, 0, top)
        if choice is None:
            ask = Label(lambda: self.tr("Choose 1, 2 or 3"), Step.BODY, self._rows, colour="text2")
            self._grid.addWidget(ask, at, 1, top)
        elif difference.about.kind is FieldKind.TEXT:
            text = teller.value(difference, choice)
            self._given[difference.conflict.id] = choice, text
            self._grid.addWidget(self._editor(difference, text), at, 1)
        else:
            words = teller.value(difference, choice) or teller.blank(difference, choice)
            self._grid.addWidget(Label(words, Step.HEADING, self._rows), at, 1, top)

    def _editor(self, difference: Difference, text: str) -> QWidget:
        conflict = difference.conflict
        limit = _limit(conflict.type, conflict.unit)
        if limit > LINE:
            editor = CountedText(lambda: self.tr("{count} too many"), self._rows, limit=limit)
            editor.setFixedHeight(ink.look().px(116))
        else:
            editor = LineEdit(parent=self._rows)
            editor.setMaxLength(limit)
        editor.setAccessibleName(difference.about.field or difference.about.place)
        _write(editor, text)
        self._texts[conflict.id] = editor
        return editor


def _write(editor: LineEdit | CountedText, text: str) -> None:
    if isinstance(editor, CountedText):
        editor.set_text(text)
    else:
        editor.setText(text)


def _limit(type_: str, unit: str) -> int:
    """How many characters a text field takes."""
    return TYPES[type_].fields[unit].kind.limit
