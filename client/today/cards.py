"""The cards of the first page: one thing to do each, one's own classes, how far the work of the term has come."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from client.shell.agenda import Door, Item, Progress
from client.today.record import OwnClass
from client.widgets import ink
from client.widgets.button import Button, Kind, draw_keycap, keycap_width
from client.widgets.card import Card
from client.widgets.chip import Chip
from client.widgets.ink import Step, Words
from client.widgets.label import Label
from client.widgets.progress_row import ProgressRow

ICON, CAP = 20, 24
LAST_KEY = 9
"""The last figure there is a key for."""
IN_A_ROW = 9
"""So many jumps of a class stand beside each other."""
LINES_SHOWN = 6
"""So many lines of progress, those with most to do first."""


class _Icon(QWidget):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(ICON), ink.look().px(ICON))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink.draw_icon(painter, QRectF(self.rect()), self._name, ink.look().tokens.text2)
        painter.end()


class _KeyCap(QWidget):
    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key)

    def sizeHint(self) -> QSize:
        return QSize(round(keycap_width(self._key)), ink.look().px(CAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_keycap(painter, 0, self.height() / 2, self._key, ink.look().tokens.text2)
        painter.end()


def _heading(icon: str, words: Words, card: Card) -> QHBoxLayout:
    """A card's first line, to be gone on with at its right."""
    row = QHBoxLayout()
    row.setSpacing(ink.look().px(8))
    row.addWidget(_Icon(icon, card))
    row.addWidget(Label(words, Step.BODY, card, bold=True), 1)
    card.body.addLayout(row)
    return row


class ItemCard(Card):
    """One thing to do. opened: somebody wants to go where it is done."""

    opened = Signal(object)  # Door

    def __init__(self, item: Item, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        row = _heading(item.icon, item.title, self)
        if item.state:
            row.addWidget(Chip(item.state, item.tone, self, sign=item.sign, bold=bool(item.sign)))
        if item.figure is not None:
            self.body.addLayout(self._figure(item.figure, item.unit))
        line, more = Label(item.line, Step.BODY, self), Label(item.more, Step.CAPTION, self, colour="text2")
        for label in (line, more):
            label.setToolTip(label.text())  # names and works may be longer than the card
            self.body.addWidget(label)
        self.body.addStretch(1)
        foot = QHBoxLayout()
        self.button = Button(item.act, Kind.PRIMARY if number == 1 else Kind.PLAIN, self)
        self.button.setAccessibleDescription(self.spoken)
        self.button.clicked.connect(self.open)
        foot.addWidget(self.button)
        foot.addStretch(1)
        if number <= LAST_KEY:
            foot.addWidget(_KeyCap(str(number), self))
        self.body.addLayout(foot)
        self.setAccessibleName(self.spoken)

    @property
    def spoken(self) -> str:
        """All that the card says, in one breath."""
        item = self.item
        figure = "" if item.figure is None else str(item.figure)
        parts = (item.title, item.state, figure, item.unit, item.line, item.more)
        return " ".join(text for part in parts if (text := ink.said(part)))

    def _figure(self, figure: int, unit: Words) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(ink.look().px(6))
        number = Label(str(figure), Step.FIGURE, self)
        number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(number)
        row.addWidget(Label(unit, Step.BODY, self, colour="text2"), 1, Qt.AlignmentFlag.AlignBottom)
        return row

    @Slot()
    def open(self) -> None:
        """Go there."""
        self.opened.emit(self.item.door)


class _Jump(Button):
    """Leads to a page."""

    led = Signal(object)  # Door

    def __init__(self, words: Words, door: Door, spoken: str, parent: QWidget) -> None:
        super().__init__(words, Kind.LINK, parent)
        self._door = door
        self.setAccessibleName(spoken)
        self.clicked.connect(self._lead)

    @Slot()
    def _lead(self) -> None:
        self.led.emit(self._door)


class ClassesCard(Card):
    """One's own classes and where to go with each. opens: the keys of the pages there are."""

    opened = Signal(object)  # Door

    def __init__(self, opens: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opens = opens
        _heading("account-group", lambda: self.tr("My classes"), self)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(ink.look().px(16))
        self._rows.setVerticalSpacing(ink.look().px(8))
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        self._shown: list[QWidget] = []

    def show_classes(self, classes: Sequence[OwnClass]) -> None:
        """Show these."""
        for widget in self._shown:
            widget.hide()
            widget.deleteLater()
        self._shown.clear()
        for at, class_ in enumerate(classes):
            count = self.tr("%n pupil(s)", "", class_.pupils)
            jumps = self._jumps(class_)
            name = Label(class_.label, Step.BODY, self, bold=True)
            told = (name, Label(count, Step.CAPTION, self, colour="text2"), jumps)
            for column, widget in enumerate(told):
                self._rows.addWidget(widget, at, column)
                self._shown.append(widget)
        self._rows.setColumnStretch(2, 1)

    def _jumps(self, class_: OwnClass) -> QWidget:
        held = QWidget(self)
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(ink.look().px(4))
        for at, (words, door) in enumerate(self._doors(class_)):
            jump = _Jump(words, door, f"{class_.label} {words}", held)
            jump.led.connect(self.opened)
            grid.addWidget(jump, at // IN_A_ROW, at % IN_A_ROW)
        grid.setColumnStretch(IN_A_ROW, 1)
        return held

    def _doors(self, class_: OwnClass) -> Iterable[tuple[str, Door]]:
        if class_.homeroom and "attendance" in self._opens:
            yield self.tr("Attendance"), Door("attendance")
        if "register" in self._opens:
            yield self.tr("Roster"), Door("register", (class_.code, ""))
        for lesson in class_.lessons:
            yield lesson.subject_name, Door("grades", (lesson.code, "", ""))


class ProgressCard(Card):
    """How far long work has come, that with most to do first. opened: somebody wants to go on with one."""

    opened = Signal(object)  # Door

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = _heading("flag", lambda: self.tr("Due"), self)
        self.age = Label("", Step.CAPTION, self, colour="text2")
        row.addWidget(self.age)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self.nothing = Label(lambda: self.tr("No work of this term is due yet."), Step.BODY, self, colour="text2")
        self.body.addWidget(self.nothing)
        self.body.addStretch(1)
        self.rows: list[ProgressRow] = []
        self._doors: dict[ProgressRow, Door] = {}

    def show_progress(self, lines: Iterable[Progress], today: date) -> None:
        """Show these."""
        wanted = sorted(lines, key=lambda line: (line.done >= line.total, line.due or date.max, line.done / line.total))
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows, self._doors = [], {}
        for line in wanted[:LINES_SHOWN]:
            row = ProgressRow(self)
            row.show_progress(ink.said(line.title), line.done, line.total, self._day(line, today))
            row.clicked.connect(self._pressed)
            self._lines.addWidget(row)
            self.rows.append(row)
            self._doors[row] = line.door
        self.nothing.setVisible(not wanted)

    def _day(self, line: Progress, today: date) -> str:
        if line.done >= line.total:
            return self.tr("done")
        if line.due is None:
            return ""
        day = f"{line.due.month}/{line.due.day}"
        return self.tr("{date}, over").format(date=day) if line.due < today else day

    @Slot()
    def _pressed(self) -> None:
        row = self.sender()
        if isinstance(row, ProgressRow):
            self.opened.emit(self._doors[row])
