"""The right panel of the grades page: whose cell this is, what it says and said, and how the pupil's tests went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from client.grades.column_side import ColumnSide
from client.grades.past import PastWords
from client.grades.record import ColumnKind, GradeRow, Mark, PastValue, Sheet, Value
from client.grades.rules import decimal, shown
from client.grades.table import mark_words, maximum_words, points, title, title_among, weight_words
from client.syncing.rules import short_date
from client.terms import EntryWords, Speech
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.charts import Point, SmallLine
from client.widgets.chip import Chip
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.widgets.rule import Rule
from client.widgets.timeline import Happening, Timeline

ENTRIES = 4
"""Entries of the history that are shown; the rest is a page of its own."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The cell to tell of. column: of the sheet. past: newest first. staff: {id: name}. device: what this PC is called.

    before: the value before this device's last edit; None where it made none.
    """

    sheet: Sheet
    row: GradeRow
    column: int
    past: Sequence[PastValue]
    before: Value | None
    staff: Mapping[str, str]
    me: str | None
    now: datetime


class CellSide(QWidget):
    """Tells of one cell. `stepped` asks for the pupil before (-1) or after (1), `settle_asked` for the decision.

    history_asked: more of the history than has room here.
    """

    stepped = Signal(int)
    settle_asked = Signal()
    history_asked = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._shown: Shown | None = None
        self._build_head()
        self._build_cell()
        self.timeline = Timeline(self)
        self.line = SmallLine(self)
        self.column = ColumnSide(self)
        self._line_title, self._line_scale = self._heading(""), Label("", Step.CAPTION, self, colour="text2")
        self._assemble()

    # -- parts --------------------------------------------------------------------------------------------------------

    def _heading(self, words: ink.Words) -> Label:
        return Label(words, Step.CAPTION, self, colour="text2", bold=True)

    def _build_head(self) -> None:
        self.number = Label("", Step.BODY, self, colour="text2", digits=True)
        self.name = Label("", Step.TITLE, self)
        self.kana = Label("", Step.CAPTION, self, colour="text2")
        self.up = Button(lambda: self.tr("Pupil before"), Kind.ICON, self, icon="up")
        self.down = Button(lambda: self.tr("Pupil after"), Kind.ICON, self, icon="down")
        self.up.clicked.connect(self._step_up)
        self.down.clicked.connect(self._step_down)
        self.chips = QHBoxLayout()
        self.official = Chip(lambda: self.tr("Official spelling differs"), Tone.NEUTRAL, self)
        self.left = Chip("", Tone.NEUTRAL, self)

    def _build_cell(self) -> None:
        self.where, self.same = Paragraph("", Step.BODY, self), Paragraph("", Step.BODY, self)
        self.limits = Label("", Step.CAPTION, self, colour="text2")
        self.value, self.before = Label("", Step.BODY, self), Label("", Step.BODY, self)
        self.mark = Chip("", Tone.NEUTRAL, self)
        self.mark.clicked.connect(self._mark_clicked)
        self.note = Label("", Step.BODY, self)
        self._note_title = Label(lambda: self.tr("Note"), Step.CAPTION, self, colour="text2")
        self._before_title = Label(lambda: self.tr("Value before"), Step.CAPTION, self, colour="text2")
        self._same_title = Label(lambda: self.tr("Same unit"), Step.CAPTION, self, colour="text2")

    def _assemble(self) -> None:
        look = ink.look()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(15), look.px(14), look.px(16), look.px(12))
        column.setSpacing(0)
        column.addLayout(_row(self.number, self.name, None, self.up, self.down))
        column.addWidget(self.kana)
        column.addSpacing(look.px(8))
        self.chips.setSpacing(look.px(8))
        self.chips.addWidget(self.official)
        self.chips.addWidget(self.left)
        self.chips.addStretch(1)
        column.addLayout(self.chips)
        self._line(column)
        column.addWidget(self._heading(lambda: self.tr("This cell")))
        column.addSpacing(look.px(4))
        column.addWidget(self.where)
        column.addWidget(self.limits)
        column.addSpacing(look.px(4))
        column.addLayout(self._facts())
        self._history, inside = self._section(column)
        self.all = Button(lambda: self.tr("All"), Kind.LINK, self)
        self.all.clicked.connect(self.history_asked)
        inside.addLayout(_row(self._heading(lambda: self.tr("History")), None, self.all))
        inside.addWidget(self.timeline)
        self._column, inside = self._section(column)
        inside.addWidget(self.column)
        self._chart, inside = self._section(column)
        inside.addLayout(_row(self._line_title, None, self._line_scale))
        inside.addSpacing(look.px(4))
        inside.addWidget(self.line)
        column.addStretch(1)

    def _section(self, column: QVBoxLayout) -> tuple[QWidget, QVBoxLayout]:
        """A part below a line, which takes no room while it is hidden."""
        part = QWidget(self)
        inside = QVBoxLayout(part)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        self._line(inside)
        column.addWidget(part)
        return part, inside

    def _facts(self) -> QGridLayout:
        look = ink.look()
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(look.px(2))
        grid.setColumnMinimumWidth(0, look.px(80))
        grid.setColumnStretch(1, 1)
        now = Label(lambda: self.tr("Value now"), Step.CAPTION, self, colour="text2")
        pairs = ((now, self.value), (self._before_title, self.before), (self._same_title, self.same))
        for at, (label, value) in enumerate((*pairs, (self._note_title, self.note))):
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop if value is self.same else Qt.AlignmentFlag(0))
            grid.addWidget(value, at, 1, 1, 1 if value is self.value else 2)
            if isinstance(value, Label):
                value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.value.setMinimumWidth(look.px(36))
        grid.addWidget(self.mark, 0, 2, Qt.AlignmentFlag.AlignRight)
        return grid

    def _line(self, column: QVBoxLayout) -> None:
        column.addSpacing(ink.look().px(14))
        column.addWidget(Rule(parent=self))
        column.addSpacing(ink.look().px(14))

    # -- what is told -------------------------------------------------------------------------------------------------

    def show_cell(self, told: Shown) -> None:
        """Tell of this cell from now on."""
        self._shown = told
        who = told.row.who
        self.number.set_words("" if who.number is None else str(who.number))
        self.name.set_words(who.name)
        self.kana.set_words(who.kana)
        self.official.setVisible(who.official)
        self.left.setVisible(who.gone)
        if who.left_on is not None:
            self.left.set_words(self.tr("in this class until {day}").format(day=short_date(who.left_on)))
        self._show_value(told)
        self._show_history(told)
        self._show_line(told)
        self.column.show_column(told.sheet, told.column)

    def _show_value(self, told: Shown) -> None:
        words, column, cell = self._speech.entry_words, told.sheet.columns[told.column], told.row.cells[told.column]
        self.where.set_words(" ".join(part for part in (column.unit, title_among(told.sheet.columns, column)) if part))
        day = "" if column.date is None else short_date(column.date)
        parts = (maximum_words(column), weight_words(column), day)
        self.limits.set_words("・".join(part for part in parts if part))
        self.value.set_words(shown(cell.value, words) or self.tr("blank"))
        before = "" if told.before is None else shown(told.before, words) or self.tr("blank")
        self._pair(self._before_title, self.before, before)
        self._pair(self._same_title, self.same, self._same_unit(told, words))
        self._pair(self._note_title, self.note, cell.note)
        self._show_mark(cell.marks)

    def _show_mark(self, marks: Mark) -> None:
        self.mark.setVisible(bool(marks))
        if marks & Mark.CONFLICT:
            self.mark.set_words(self.tr("Decide"), Tone.WARN, "conflict")
        elif marks & Mark.REFUSED:
            self.mark.set_words(self.tr("Not accepted"), Tone.DANGER, "refused")
        elif marks & Mark.UNCOPIED:
            self.mark.set_words(self.tr("Saved, no backup copy"), Tone.WARN, "alert")
        elif marks & Mark.WAITING:
            self.mark.set_words(self.tr("Not sent yet"), Tone.NEUTRAL, "waiting")
        elif marks:
            self.mark.set_words(self.tr("Being saved"), Tone.NEUTRAL, "")
        self.mark.setToolTip(mark_words(marks))

    @staticmethod
    def _pair(label: Label, value: Label | Paragraph, text: str) -> None:
        value.set_words(text)
        value.setToolTip(text)
        label.setVisible(bool(text))
        value.setVisible(bool(text))

    @staticmethod
    def _same_unit(told: Shown, words: EntryWords) -> str:
        here = told.sheet.columns[told.column]
        others: list[str] = []
        for at, column in enumerate(told.sheet.columns):
            text = shown(told.row.cells[at].value, words)
            if at != told.column and column.unit and column.unit == here.unit and text:
                others.append(f"{title_among(told.sheet.columns, column)} {text}")
        return "  ".join(others)

    def _show_history(self, told: Shown) -> None:
        say = PastWords(self._speech.entry_words, told.staff, told.me, told.now)
        entries = [Happening(say.value(past), say.who(past), _small(say, past)) for past in told.past[:ENTRIES]]
        self.timeline.show_entries(entries)
        self._history.setVisible(bool(entries))

    def _show_line(self, told: Shown) -> None:
        here = told.sheet.columns[told.column]
        alike = [
            (column, told.row.cells[at].value)
            for at, column in enumerate(told.sheet.columns)
            if column.kind is ColumnKind.POINTS and column.title == here.title and column.viewpoint == here.viewpoint
        ]
        alike.sort(key=lambda pair: pair[0].date or "9999")
        told_points = [value.points for _, value in alike if value.points is not None]
        drawn = here.kind is ColumnKind.POINTS and len(told_points) > 1
        self._chart.setVisible(drawn)
        if not drawn:
            return
        top = max(column.maximum or 0 for column, _ in alike) or max(told_points)
        low = min(told_points) * 10 // max(top, 1) * top // 10
        self._line_title.set_words(self.tr("{title} over the term").format(title=title(here)))
        self._line_scale.set_words(self.tr("out of {points}").format(points=decimal(top)))
        marks = [Point(column.unit, None if v.points is None else points(v.points)) for column, v in alike[-4:]]
        self.line.show_points(marks, points(min(low, top * 4 // 10)), points(top))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._shown is not None:
            self.show_cell(self._shown)

    @Slot()
    def _step_up(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _step_down(self) -> None:
        self.stepped.emit(1)

    @Slot()
    def _mark_clicked(self) -> None:
        if self._shown is not None and self._shown.row.cells[self._shown.column].marks & Mark.CONFLICT:
            self.settle_asked.emit()


def _small(say: PastWords, past: PastValue) -> str:
    return "  ".join(part for part in (say.when(past), say.where(past), say.how(past)) if part)


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    """Widgets side by side; None is room that grows."""
    row = QHBoxLayout()
    row.setSpacing(ink.look().px(8))
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row
