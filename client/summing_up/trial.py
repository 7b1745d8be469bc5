"""Other cut-offs, tried: two cuts in the shares of the class, and how many pupils they would move."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client.summing_up.ground import rule_words
from client.summing_up.record import Book
from client.summing_up.rules import Shift, Sums, shown
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.cut_slider import CutSlider
from client.widgets.ground import Ground
from client.widgets.ink import Step
from client.widgets.label import Label
from sync.records.assessment import LETTERS
from sync.records.derive.grading import Rule

PERCENT = 100
"""One percent as cut-offs are stored."""


class TrialBand(Ground):
    """The rule in a sentence, and a slider to try others.

    tried: a Rule with other cut-offs, None where they are the rule's again. wanted: its values are to be taken over.
    ended: enough of it.
    """

    tried = Signal(object)
    wanted = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", Qt.Edge.BottomEdge, parent)
        self._rule: Rule | None = None
        self.sentence = Label("", Step.CAPTION, self, colour="text2")
        self.slider = CutSlider(lambda: self.tr("Cut-offs to try"), LETTERS[:2], self)
        self.slider.moved.connect(self._moved)
        self.moves = Label("", Step.HEADING, self)
        self.hint = Label(lambda: self.tr("Nothing is changed by trying."), Step.CAPTION, self, colour="text2")
        self.take = Button(lambda: self.tr("Take over…"), parent=self)
        self.take.clicked.connect(self.wanted)
        self.back = Button(lambda: self.tr("Back to the rule"), Kind.LINK, self)
        self.back.clicked.connect(self._back)
        self.end = Button(lambda: self.tr("End the trial"), Kind.ICON, self, icon="close")
        self.end.clicked.connect(self.ended)
        self._assemble()

    def _assemble(self) -> None:
        look = ink.look()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(24), look.px(8), look.px(12), look.px(8))
        row.setSpacing(look.px(16))
        left, right, buttons = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.sentence)
        left.addWidget(self.slider)
        right.setSpacing(look.px(4))
        right.addWidget(self.moves)
        right.addWidget(self.hint)
        buttons.addWidget(self.take)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        right.addLayout(buttons)
        right.addStretch(1)
        row.addLayout(left, 1)
        row.addLayout(right)
        row.addWidget(self.end, 0, Qt.AlignmentFlag.AlignTop)

    def show_book(self, book: Book, sums: Sums, trial: Rule | None, shift: Shift | None) -> None:
        """Show the shares of this class, the cut-offs, and what a trial moves."""
        self._rule = book.rule
        self.sentence.set_words(lambda: self.tr("Rule: {rule}").format(rule=rule_words(book)))
        self.slider.set_names([shown(letter, book.symbols) for letter in LETTERS[:2]])
        rule = trial or book.rule
        able = rule is not None and rule.cut_a is not None and rule.cut_b is not None
        self.slider.setEnabled(able)
        if able and rule is not None and book.rule is not None:
            self.slider.show_cuts(*_percents(rule), _percents(book.rule))
        there = [line.id for line in book.lines if not line.who.gone]
        told = (sums[id_][each.code].share for id_ in there for each in book.viewpoints)
        self.slider.show_dots([int(share * 100) for share in told if share is not None])
        count = 0 if shift is None else shift.pupils
        self.moves.set_words(lambda: self.tr("%n pupil(s) would get another value", "", count))
        self.take.setVisible(book.lesson.writable)
        self.take.setEnabled(trial is not None)
        self.back.setEnabled(trial is not None)

    @Slot(int, int)
    def _moved(self, upper: int, lower: int) -> None:
        if self._rule is None:
            return
        plain = (upper, lower) == _percents(self._rule)
        self.tried.emit(None if plain else self._rule.cut(upper * PERCENT, lower * PERCENT))

    @Slot()
    def _back(self) -> None:
        self.tried.emit(None)
        self.slider.setFocus()


def _percents(rule: Rule) -> tuple[int, int]:
    return (rule.cut_a or 0) // PERCENT, (rule.cut_b or 0) // PERCENT
