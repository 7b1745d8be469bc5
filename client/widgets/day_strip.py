"""Days of some months, a row each, one small cell a day: its letter where there is something to say, else a dot."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from client.widgets import ink
from client.widgets.ink import Step, Tone

LABEL, CELL, LEAST, ROW, DAYS = 40, 18, 13, 22, 31


@dataclass(frozen=True, slots=True)
class StripDay:
    """A day: of the month from 1, its letter (empty = nothing to say), how loud it is, and the whole of it in words."""

    day: int
    letter: str
    tone: Tone
    words: str


@dataclass(frozen=True, slots=True)
class StripMonth:
    """A row. label: what the month is called."""

    label: str
    days: tuple[StripDay, ...]


class DayStrip(QWidget):
    """Months under each other, days on one grid; what is no day here is left blank."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months: tuple[StripMonth, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_months(self, months: Sequence[StripMonth]) -> None:
        """Show these rows."""
        self._months = tuple(months)
        told = (day.words for month in self._months for day in month.days if day.letter)
        self.setAccessibleDescription(", ".join(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = ink.look()
        return QSize(look.px(LABEL) + DAYS * look.px(CELL), (len(self._months) + 1) * look.px(ROW))

    def minimumSizeHint(self) -> QSize:
        look = ink.look()
        return QSize(look.px(LABEL) + DAYS * look.px(LEAST), self.sizeHint().height())

    def _cell(self) -> int:
        """How wide a day is: less where there is little room."""
        look = ink.look()
        return min(look.px(CELL), max((self.width() - look.px(LABEL)) // DAYS, 1))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x(), event.pos().y()), self)
            return True
        return super().event(event)

    def words_at(self, x: int, y: int) -> str:
        """What is said of the day at a place of the widget; empty where there is none."""
        look = ink.look()
        row, day = y // look.px(ROW) - 1, (x - look.px(LABEL)) // self._cell() + 1
        held = self._months[row].days if 0 <= row < len(self._months) else ()
        return next((each.words for each in held if each.day == day), "")

    def paintEvent(self, event: QPaintEvent) -> None:
        look = ink.look()
        painter = QPainter(self)
        small, cell, row = ink.face(Step.CAPTION, digits=True), self._cell(), look.px(ROW)
        painter.setPen(look.tokens.text2)
        for day in (1, 5, 10, 15, 20, 25, 30):
            box = QRectF(look.px(LABEL) + (day - 1) * cell, 0, cell, row)
            ink.draw_centred(painter, box, str(day), small)
        for at, month in enumerate(self._months, 1):
            painter.setPen(look.tokens.text2)
            ink.draw_left(painter, 0, at * row + row / 2, month.label, ink.face(Step.CAPTION))
            for day in month.days:
                self._day(painter, QRectF(look.px(LABEL) + (day.day - 1) * cell, at * row, cell, row), day)
        painter.end()

    @staticmethod
    def _day(painter: QPainter, box: QRectF, day: StripDay) -> None:
        look = ink.look()
        inner = box.adjusted(1, 2, -1, -2)
        if not day.letter:
            painter.setBrush(look.tokens.control)
            painter.setPen(look.tokens.control)
            painter.drawEllipse(QPointF(round(inner.center().x()), round(inner.center().y())), 1.5, 1.5)
            return
        ink.draw_box(painter, inner, look.px(3), look.fill(day.tone), None)
        painter.setPen(look.ink(day.tone))
        ink.draw_centred(painter, inner, day.letter, ink.face(Step.CAPTION, bold=True))
