"""What stands beside a register: what the day comes to, the pupil the cursor is on, and what is not right yet."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from client.attendance.record import Line, Register
from client.attendance.rules import Finding, offered, reason_name, tally, written_times
from client.attendance.words import day_words, fault_words, mark_words, status_name
from client.syncing.rules import moment
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.message_strip import Act, ActButton
from client.widgets.paragraph import Paragraph
from client.widgets.rule import Rule
from client.workspace import Clock
from sync.records.derive.attendance import PRESENT, UNKNOWN

MOST = 9
"""Findings and reasons that are shown; the others are counted."""


class RegisterSide(QWidget):
    """Told of the register by `show_day` and `show_findings`, of the cursor by `show_line`.

    take_asked: 出欠を確定. reason_chosen: a code for the pupil the cursor is on. opened: a Finding to go to.
    """

    take_asked = Signal()
    reason_chosen = Signal(str)
    opened = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._listed: tuple[Finding, ...] = ()
        look = ink.look()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(12))
        column.setSpacing(0)
        self.heading = Label("", Step.CAPTION, self, colour="text2", bold=True)
        column.addWidget(self.heading)
        column.addSpacing(look.px(4))
        self._counts = QGridLayout()
        self._counts.setColumnStretch(0, 1)
        self._counts.setVerticalSpacing(look.px(6))
        column.addLayout(self._counts)
        self._build_pupil(column)
        self._build_findings(column)
        column.addStretch(1)
        self._build_take(column)

    def _build_pupil(self, column: QVBoxLayout) -> None:
        look = ink.look()
        self._line_rule = Rule(parent=self)
        self.who, self.told = Label("", Step.HEADING, self), Label("", Step.BODY, self)
        self.waits = Label("", Step.CAPTION, self, colour="text2")
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(0)
        column.addSpacing(look.px(12))
        column.addWidget(self._line_rule)
        column.addSpacing(look.px(12))
        for label in (self.who, self.told, self.waits):
            column.addWidget(label)
        column.addLayout(self._reasons)

    def _build_findings(self, column: QVBoxLayout) -> None:
        look = ink.look()
        self._finding_rule = Rule(parent=self)
        self._finding_title = Label("", Step.CAPTION, self, colour="text2", bold=True)
        self._findings = QVBoxLayout()
        self._findings.setSpacing(0)
        column.addSpacing(look.px(12))
        column.addWidget(self._finding_rule)
        column.addSpacing(look.px(12))
        column.addWidget(self._finding_title)
        column.addLayout(self._findings)

    def _build_take(self, column: QVBoxLayout) -> None:
        look = ink.look()
        self.promise = Paragraph("", Step.CAPTION, self, colour="text2")
        self.take = Button(lambda: self.tr("Take attendance"), Kind.PRIMARY, self, icon="check", keycap="Ctrl+Enter")
        self.after = Label(lambda: self.tr("It can still be changed later, with a reason"), Step.CAPTION, self)
        self.after.set_colour("text2")
        self.after.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.take.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for widget in (self.promise, self.take, self.after):
            column.addWidget(widget)
            column.addSpacing(look.px(8))
        self.take.clicked.connect(self.take_asked)

    # -- the day ------------------------------------------------------------------------------------------------------

    def show_day(self, register: Register, at: int, staff: dict[str, str]) -> None:
        """Say what a day of the register comes to, and whether it is taken."""
        day, counted = register.days[at], tally(register, at)
        self.heading.set_words(lambda: f"{register.room.label} {day_words(day.date)}")
        rest = [status for status in register.book.symbols if status in counted and status not in (PRESENT, UNKNOWN)]
        self._clear_counts()
        open_ = register.dates.open(day.date)
        if open_:
            sure = day.taken is not None
            words = lambda: self.tr("Present") if sure else self.tr("Present (as it stands)")  # noqa: E731  asked again
            self._count(words, counted.get(PRESENT, 0) + counted.get(UNKNOWN, 0))
        for status in rest:
            self._count(partial(status_name, status, register), counted[status])
        takes = open_ and register.room.writable and day.date <= register.today
        for widget in (self.promise, self.take, self.after):
            widget.setVisible(takes)
        self.take.setVisible(takes and day.taken is None)
        default = counted.get(UNKNOWN, 0)
        if day.taken is None:
            self.promise.set_words(lambda: self.tr("Taking it makes %n pupil(s) without a mark present.", "", default))
        else:
            by, at_ = staff.get(day.taken.by or "", ""), day.taken.at
            self.promise.set_words(lambda: self._taken_words(by, at_, day.state))

    def _taken_words(self, by: str, at: str | None, state: int) -> str:
        if at is None:
            return " ".join(part for part in (self.tr("Taken."), mark_words(state)) if part)
        told = moment(at, self._clock())
        time = " ".join(part for part in told if part)
        return self.tr("Taken {time}, {who}").format(time=time, who=by)

    def _count(self, words: ink.Words, count: int) -> None:
        row = self._counts.rowCount()
        number = Label(str(count), Step.BODY, self, digits=True, bold=True)
        self._counts.addWidget(Label(words, Step.BODY, self), row, 0)
        self._counts.addWidget(number, row, 1)
        number.setAlignment(Qt.AlignmentFlag.AlignRight)

    def _clear_counts(self) -> None:
        _empty(self._counts)

    # -- the pupil ----------------------------------------------------------------------------------------------------

    def show_line(self, line: Line | None, register: Register, at: int) -> None:
        """Say who the cursor is on, what is marked, and offer reasons that suit."""
        _empty(self._reasons)
        for widget in (self._line_rule, self.who, self.told, self.waits):
            widget.setVisible(line is not None)
        if line is None:
            return
        cell = line.cells[at]
        number = "" if line.who.number is None else f"{line.who.number} "
        self.who.set_words(number + line.who.name)
        reason = reason_name(cell.note.reason, register.book)
        status = cell.mark.status or cell.status
        self.told.set_words(
            lambda: " ".join(part for part in (status_name(status, register), written_times(cell.mark), reason) if part)
        )
        self.waits.set_words(partial(mark_words, cell.state | cell.note.state))
        self.waits.setVisible(bool(cell.state | cell.note.state))
        if not register.room.writable or not register.dates.open(cell.date):
            return
        for suits in offered(cell.mark.status, register.book)[:MOST]:
            if suits.code != cell.note.reason:
                button = ActButton(Act(suits.code, partial(str, suits.name)), Kind.LINK, self)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.asked.connect(self.reason_chosen)
                self._reasons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    # -- what is not right --------------------------------------------------------------------------------------------

    def show_findings(self, findings: Sequence[Finding], register: Register) -> None:
        """List what keeps the register from being handed in; each leads to its cell."""
        _empty(self._findings)
        names = {line.id: line.who for line in register.lines}
        self._finding_rule.setVisible(bool(findings))
        self._finding_title.setVisible(bool(findings))
        count = len(findings)
        self._finding_title.set_words(lambda: self.tr("%n thing(s) to look at", "", count))
        self._listed = tuple(findings[:MOST])
        for at, finding in enumerate(self._listed):
            who = names.get(finding.pupil or "")
            words = partial(_finding_words, finding, "" if who is None else who.name)
            button = ActButton(Act(str(at), words), Kind.LINK, self)
            button.asked.connect(self._open)
            row = QHBoxLayout()
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._findings.addLayout(row)

    @Slot(str)
    def _open(self, at: str) -> None:
        self.opened.emit(self._listed[int(at)])


def _finding_words(finding: Finding, name: str) -> str:
    return " ".join(part for part in (name, fault_words(finding.fault, finding.date)) if part)


def _empty(layout: QVBoxLayout | QGridLayout | QHBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QHBoxLayout):
            _empty(inner)
