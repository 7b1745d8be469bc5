"""The right panel: whose cell this is, what it is computed from, what was decided, why, and what it was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client.grades.rules import decimal
from client.summing_up.record import GRADE, MANUAL, UNDECIDED, Book, Decision, Past, Work
from client.summing_up.rules import letters_of, percent, shown
from client.summing_up.table import Row, kind_words, name_of
from client.syncing.rules import moment
from client.terms import Speech
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.column_table import Column, ColumnTable
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from client.widgets.marks import CellState
from client.widgets.paragraph import Paragraph
from client.widgets.record_list import RecordList
from client.widgets.rule import Rule
from client.widgets.selector import Option, Selector
from client.widgets.timeline import Happening, Timeline
from sync.records.assessment import LETTERS
from sync.records.derive.grading import Part
from sync.records.text import fits

translate = QCoreApplication.translate

ENTRIES, WORKS = 3, 7
"""Entries of the history and lines of evidence that are shown at once."""
REASON_LIMIT = 100
"""Characters a reason may have."""
_FIGURE = int(CellState.NUMERIC | CellState.PLAIN_EDGE)


@dataclass(frozen=True, slots=True)
class Shown:
    """The cell to tell of: the pupil's row, the book's column. past: newest first."""

    book: Book
    row: Row
    key: str
    past: Sequence[Past]
    now: datetime


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line of evidence. score: as people write it; weight: empty where the part does not count."""

    id: str
    title: str
    score: str
    weight: str


class WorkList(ColumnTable[WorkLine]):
    """What a rate is made of."""

    COLUMNS: ClassVar[Sequence[Column[Any]]] = (
        Column(
            lambda: translate("WorkList", "Evidence"),
            lambda line: line.title,
            width=128,
            tooltip=lambda line: line.title,
        ),
        Column(lambda: translate("WorkList", "Score"), lambda line: line.score, width=76, state=lambda _: _FIGURE),
        Column(lambda: translate("WorkList", "Weight"), lambda line: line.weight, width=56, state=lambda _: _FIGURE),
    )


class DecisionSide(QWidget):
    """Tells of one cell.

    stepped: the pupil before (-1) or after (1) is wanted. reason_given: why the value is another one than computed.
    unrated_chosen: the code of the reason why the pupil cannot be rated, None to take it back.
    """

    stepped = Signal(int)
    reason_given = Signal(str)
    unrated_chosen = Signal(object)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._shown: Shown | None = None
        self._build()
        self._assemble()

    # -- parts --------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.number = Label("", Step.BODY, self, colour="text2", digits=True)
        self.name = Label("", Step.TITLE, self)
        self.kana = Label("", Step.CAPTION, self, colour="text2")
        self.up = Button(lambda: self.tr("Pupil before"), Kind.ICON, self, icon="up")
        self.down = Button(lambda: self.tr("Pupil after"), Kind.ICON, self, icon="down")
        self.up.clicked.connect(self._step_up)
        self.down.clicked.connect(self._step_down)
        self.what = Label("", Step.CAPTION, self, colour="text2", bold=True)
        self.computed = Paragraph("", Step.BODY, self)
        self.works = WorkList(self)
        self.list = RecordList(self.works, self)
        self.list.fit_at_most(WORKS)
        self.value, self.why = Label("", Step.HEADING, self), Paragraph("", Step.BODY, self)
        self.reason = LineEdit(lambda: self.tr("Reason for another value"), self)
        self.reason.setAccessibleName(self.tr("Reason for another value"))
        self.reason.returnPressed.connect(self._reason_entered)
        self.save = Button(lambda: self.tr("Save reason"), parent=self)
        self.save.clicked.connect(self._reason_entered)
        self.unrated = Selector(lambda: self.tr("Not rated because"), self)
        self.unrated.chosen.connect(self.unrated_chosen)
        self.history = QWidget(self)
        self.timeline = Timeline(self.history)

    def _assemble(self) -> None:
        look = ink.look()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(15), look.px(14), look.px(16), look.px(12))
        column.setSpacing(look.px(4))
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        head.addWidget(self.number)
        head.addWidget(self.name)
        head.addStretch(1)
        head.addWidget(self.up)
        head.addWidget(self.down)
        column.addLayout(head)
        column.addWidget(self.kana)
        self._line(column)
        column.addWidget(self.what)
        column.addWidget(self.computed)
        column.addWidget(self.list)
        self._line(column)
        column.addWidget(Label(lambda: self.tr("Decision"), Step.CAPTION, self, colour="text2", bold=True))
        column.addWidget(self.value)
        column.addWidget(self.why)
        column.addWidget(self.reason)
        column.addWidget(self.save)
        column.addWidget(self.unrated)
        column.addWidget(self.history)
        column.addStretch(1)
        inside = QVBoxLayout(self.history)
        inside.setContentsMargins(0, 0, 0, 0)
        self._line(inside)
        inside.addWidget(Label(lambda: self.tr("On this PC"), Step.CAPTION, self, colour="text2", bold=True))
        inside.addWidget(self.timeline)

    def _line(self, column: QVBoxLayout) -> None:
        column.addSpacing(ink.look().px(8))
        column.addWidget(Rule(parent=self))
        column.addSpacing(ink.look().px(8))

    @property
    def shown(self) -> Shown | None:
        """The cell it tells of, which may not be the one the cursor has just gone to."""
        return self._shown

    # -- what is told -------------------------------------------------------------------------------------------------

    def show_cell(self, told: Shown) -> None:
        """Tell of this cell from now on; a reason that is being written for the same one stays."""
        before, self._shown = self._shown, told
        who = told.row.line.who
        self.number.set_words("" if who.number is None else str(who.number))
        self.name.set_words(who.name)
        self.kana.set_words(who.kana)
        self.what.set_words(name_of(told.book, told.key))
        self.computed.set_words(self._computed_words(told))
        self.works.show(self._works(told))
        self.list.setVisible(told.key != GRADE and bool(self.works.rows))
        self._show_decision(told, before)
        entries = [self._entry(past, told) for past in told.past[:ENTRIES]]
        self.timeline.show_entries(entries)
        self.history.setVisible(bool(entries))

    def _computed_words(self, told: Shown) -> str:
        book, now = told.book, told.row.ruled[told.key]
        if book.rule is None:
            return self.tr("This course has no grading rule yet, so nothing is computed.")
        value = shown(now.value, book.symbols)
        if told.key != GRADE:
            if now.share is None:
                return self.tr("No score counts yet, so nothing is computed.")
            return self.tr("{percent}% of what counts: {value}").format(percent=percent(now), value=value)
        letters = " ".join(shown(each, book.symbols) or "－" for each in letters_of(book, told.row.line))
        entry = book.rule.entry(letters_of(book, told.row.line))
        if entry is None or now.value is None:
            return self.tr("{letters}: no grade follows yet").format(letters=letters)
        allowed = ", ".join(map(str, entry.allowed))
        return self.tr("{letters}: {value} (usual: {allowed})").format(letters=letters, value=value, allowed=allowed)

    def _works(self, told: Shown) -> list[WorkLine]:
        basis = told.row.line.bases.get(told.key)
        return [] if basis is None else [self._work(work, part) for work, part in basis.parts]

    def _work(self, work: Work, part: Part) -> WorkLine:
        words = self._speech.entry_words.shown
        if part.state == "scored" and part.value is not None:
            score = f"{decimal(part.value)}/{decimal(work.maximum)}" if work.maximum else decimal(part.value)
        else:
            score = words.get(part.state or "", "") or self.tr("not yet")
        weight = "" if work.weight is None else f"{decimal(work.weight)}%"
        return WorkLine(work.id, " ".join(text for text in (work.title, work.unit) if text), score, weight)

    def _show_decision(self, told: Shown, before: Shown | None) -> None:
        held, line = told.row.line.cells[told.key].decided, told.row.line
        self.value.set_words(self._value_words(told, held))
        kinds = sorted(told.row.kinds.get(told.key, ()), key=lambda kind: kind.value)
        self.why.set_words("\n".join(map(kind_words, kinds)))
        self.why.setVisible(bool(kinds))
        writable = told.book.lesson.writable and not line.who.gone
        same = before is not None and (before.row.id, before.key) == (told.row.id, told.key)
        if not (same and self.reason.isModified()):
            self.reason.setText(held.reason)
            self.reason.home(False)  # its beginning is what people know it by
            self.reason.setModified(False)
        by_hand = held.basis == MANUAL and held.value is not None
        self.reason.setVisible(by_hand)
        self.reason.setReadOnly(not writable)
        self.save.setVisible(by_hand and writable)
        codes = {cell.decided.unrated for cell in line.cells.values()} - {None}
        nothing = all(cell.decided.value is None for cell in line.cells.values())
        self.unrated.setVisible(writable and nothing)
        options = [Option(None, lambda: self.tr("not chosen")), *(Option(*each) for each in told.book.reasons.items())]
        self.unrated.show_options(options, next(iter(codes), None))

    def _value_words(self, told: Shown, held: Decision) -> str:
        if held.unrated is not None:
            return told.book.reasons.get(held.unrated, held.unrated)
        if held.value is None:
            return self.tr("not decided")
        value = shown(held.value, told.book.symbols)
        if held.basis != MANUAL:
            return self.tr("{value}, as computed").format(value=value)
        if held.proposed is None:
            return self.tr("{value}, by hand").format(value=value)
        was = shown(held.proposed, told.book.symbols)
        return self.tr("{value}, by hand (computed then: {was})").format(value=value, was=was)

    def _entry(self, past: Past, told: Shown) -> Happening:
        day, time = moment(past.at, told.now) if past.at else ("", "")
        how = self.tr("by hand") if past.decided.basis == MANUAL else self.tr("as computed")
        words = self.tr("emptied") if past.decided == UNDECIDED or past.decided.blank else past.decided.reason or how
        return Happening(shown(past.decided.value, told.book.symbols) or "－", words, f"{day} {time}".strip())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._shown is not None:
            self.reason.setAccessibleName(self.tr("Reason for another value"))
            self.show_cell(self._shown)

    @property
    def written(self) -> str | None:
        """The reason that is being written and not saved; None where there is none."""
        return self.reason.on_screen if self.reason.isVisible() and self.reason.isModified() else None

    def write(self, text: str) -> bool:
        """Go on writing a reason; False where none can be written for this cell."""
        if self._shown is None or self.reason.isHidden():
            return False
        self.reason.setText(text)
        self.reason.setModified(True)
        return True

    @Slot()
    def _reason_entered(self) -> None:
        text = self.reason.text().strip()
        self.reason.set_wrong(wrong=not fits(text, REASON_LIMIT))
        if fits(text, REASON_LIMIT):
            self.reason.setModified(False)
            self.reason_given.emit(text)

    @Slot()
    def _step_up(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _step_down(self) -> None:
        self.stepped.emit(1)


def rule_words(book: Book) -> str:
    """The rule of a course in one sentence."""
    rule = book.rule
    if rule is None or rule.cut_a is None or rule.cut_b is None:
        return translate("DecisionSide", "No cut-offs are set for this course.")
    best, middle = (shown(each, book.symbols) for each in LETTERS[:2])
    left = translate("DecisionSide", "what was not handed in does not count")
    zero = translate("DecisionSide", "what was not handed in counts as nothing reached")
    return translate("DecisionSide", "{best} from {a}%, {middle} from {b}%; {rest}").format(
        best=best, a=decimal(rule.cut_a), middle=middle, b=decimal(rule.cut_b), rest=zero if rule.zero else left
    )
