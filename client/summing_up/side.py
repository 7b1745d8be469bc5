"""The right panel: whose cell this is, what it is computed from, what was decided, why, and what it was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client.grades.record import Mark
from client.summing_up.ground import WorkList, computed_words
from client.summing_up.record import GRADE, MANUAL, UNDECIDED, Book, Decision, Past
from client.summing_up.record import Kind as Why
from client.summing_up.rules import REASON_LIMIT, shown
from client.summing_up.table import Row, kind_words, name_of
from client.syncing.rules import moment
from client.terms import Speech
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.chip import Chip
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from client.widgets.paragraph import Paragraph
from client.widgets.record_list import RecordList
from client.widgets.rule import Rule
from client.widgets.selector import Option, Selector
from client.widgets.timeline import Happening, Timeline
from sync.records.text import fits

ENTRIES, WORKS = 3, 7
"""Entries of the history and lines of evidence that are shown at once."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The cell to tell of: the pupil's row, the book's column. past: newest first."""

    book: Book
    row: Row
    key: str
    past: Sequence[Past]
    now: datetime


SAID = frozenset({Why.OVERRIDDEN, Why.BLANK})
"""What the value says already."""


class DecisionSide(QWidget):
    """Tells of one cell.

    stepped: the pupil before (-1) or after (1) is wanted. reason_given: why the value is another one than computed.
    unrated_chosen: the code of the reason why the pupil cannot be rated, None to take it back. settle_asked: which of
    two values holds is to be decided.
    """

    stepped = Signal(int)
    reason_given = Signal(str)
    unrated_chosen = Signal(object)
    settle_asked = Signal()

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
        self.mark = Chip("", Tone.NEUTRAL, self)
        self.mark.clicked.connect(self._mark_clicked)
        self.value, self.why = Label("", Step.HEADING, self), Paragraph("", Step.BODY, self)
        self.reason = LineEdit(lambda: self.tr("Reason for another value"), self)
        self.reason.setAccessibleName(self.tr("Reason for another value"))
        self.reason.returnPressed.connect(self._reason_entered)
        self.save = Button(lambda: self.tr("Save reason"), parent=self)
        self.save.clicked.connect(self._reason_entered)
        self.unrated = Selector(lambda: self.tr("Not rated because"), self)
        self._unrated_title = Label(lambda: self.tr("Not rated because"), Step.CAPTION, self, colour="text2")
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
        column.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.why)
        column.addWidget(self.reason)
        column.addWidget(self.save)
        column.addSpacing(look.px(8))
        column.addWidget(self._unrated_title)
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
        self.computed.set_words(computed_words(told.book, told.row, told.key))
        self.works.show_basis(told.row.line.bases.get(told.key), self._speech.entry_words)
        self.list.setVisible(told.key != GRADE and bool(self.works.rows))
        self._show_decision(told, before)
        entries = [self._entry(past, told) for past in told.past[:ENTRIES]]
        self.timeline.show_entries(entries)
        self.history.setVisible(bool(entries))

    def _show_decision(self, told: Shown, before: Shown | None) -> None:
        held, line = told.row.line.cells[told.key].decided, told.row.line
        self.value.set_words(self._value_words(told, held))
        self._show_mark(line.cells[told.key].marks)
        kinds = sorted(told.row.kinds.get(told.key, frozenset[Why]()) - SAID, key=list(Why).index)
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
        for part in (self._unrated_title, self.unrated):
            part.setVisible(writable and nothing)
        options = [Option(None, lambda: self.tr("not chosen")), *(Option(*each) for each in told.book.reasons.items())]
        self.unrated.show_options(options, next(iter(codes), None))

    def _show_mark(self, marks: Mark) -> None:
        self.mark.setVisible(bool(marks & (Mark.CONFLICT | Mark.REFUSED)))
        if marks & Mark.REFUSED:
            self.mark.set_words(self.tr("Not accepted"), Tone.DANGER, "refused")
        else:
            self.mark.set_words(self.tr("Decide"), Tone.WARN, "conflict")

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
    def _mark_clicked(self) -> None:
        if self._shown is not None and self._shown.row.line.cells[self._shown.key].marks & Mark.CONFLICT:
            self.settle_asked.emit()

    @Slot()
    def _step_up(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _step_down(self) -> None:
        self.stepped.emit(1)
