"""What is on screen while presenting: a clock, which pages may be shown, and a band nobody overlooks."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.ground import Ground
from client.widgets.ink import Step, Words
from client.widgets.label import Label
from client.widgets.message_strip import Act, ActButton

BAND, CLOCK, STRIPE = 40, 96, 12


class PresentingBand(QWidget):
    """Across the top of the window while it presents; the mark at its left is a shape, not only a colour.

    covered: somebody wants the curtain; left: somebody wants to go on working. Neither does anything by itself.
    """

    covered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self.words = Label(lambda: self.tr("Presenting"), Step.HEADING, self, colour="content")
        hidden = lambda: self.tr("Names and records of pupils are hidden")  # noqa: E731
        self.about = Label(hidden, Step.BODY, self, colour="content")
        self.cover = Button(lambda: self.tr("Cover"), Kind.PLAIN, self, keycap="F12")
        self.leave = Button(lambda: self.tr("End presenting..."), Kind.PLAIN, self)
        self.cover.clicked.connect(self.covered)
        self.leave.clicked.connect(self.left)
        for widget in (self.words, self.about):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        for widget in (self.cover, self.leave):
            self._row.addWidget(widget)
        self._relook()

    def _relook(self) -> None:
        look = ink.look()
        self._row.setContentsMargins(look.px(16 + 4 * STRIPE), 0, look.px(16), 0)
        self._row.setSpacing(look.px(12))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._relook()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), ink.look().px(BAND))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, ink.look().px(BAND))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = ink.look()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.tokens.text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(look.tokens.warn_fill)
        step, height = look.px(STRIPE), self.height()
        for at in range(0, 4 * step, 2 * step):
            painter.drawPolygon(
                [QPointF(at, height), QPointF(at + step, height), QPointF(at + 2 * step, 0), QPointF(at + step, 0)]
            )
        painter.end()


class _Clock(QWidget):
    """The time of day, large enough for the last row of a classroom."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.tick)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @Slot()
    def tick(self) -> None:
        """Show the time of now, and again when it is another minute."""
        now = self._now()
        self.setAccessibleName(f"{now:%H:%M}")
        self.update()
        next_ = (now + timedelta(minutes=1)).replace(second=0, microsecond=0)
        self._timer.start(max(round((next_ - now).total_seconds() * 1000), 1))

    def stop(self) -> None:
        """Nobody looks."""
        self._timer.stop()

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(4 * CLOCK), ink.look().px(2 * CLOCK))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(ink.face(Step.FIGURE).font)  # the face's own is everybody's
        font.setPixelSize(ink.look().px(CLOCK))
        time = QPainterPath()
        time.addText(0, 0, font, f"{self._now():%H:%M}")
        time.translate(QRectF(self.rect()).center() - time.boundingRect().center())
        painter.fillPath(time, ink.look().tokens.text)
        painter.end()


class Curtain(Ground):
    """Stands where a page would. asked: the key of an act, or of a page that may be shown.

    now: the moment, with its zone.
    """

    asked = Signal(str)

    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__("window", None, parent)
        self.clock = _Clock(now, self)
        self.words = Label("", Step.HEADING, self)
        self._acts, self._pages = QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        column.setSpacing(ink.look().px(16))
        column.addStretch(2)
        column.addWidget(self.clock)
        column.addLayout(self._centred(self.words))
        for row in (self._acts, self._pages):
            row.setSpacing(ink.look().px(8))
            column.addLayout(row)
        column.addStretch(3)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.say("", ())

    def _centred(self, widget: QWidget) -> QBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(widget)
        row.addStretch(1)
        return row

    def say(self, words: Words, acts: Sequence[Act]) -> None:
        """Say one sentence under the clock, with what can be done about it."""
        self.words.set_words(words)
        self.words.setVisible(bool(ink.said(words)))
        self._fill(self._acts, acts, Kind.PLAIN)

    def offer(self, pages: Sequence[Act]) -> None:
        """Offer these pages: those that may be shown."""
        self._fill(self._pages, pages, Kind.LINK)

    def _fill(self, row: QHBoxLayout, acts: Sequence[Act], kind: Kind) -> None:
        while row.count():
            item = row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if acts:
            row.addStretch(1)
            for act in acts:
                button = ActButton(act, kind, self)
                button.asked.connect(self.asked)
                row.addWidget(button)
            row.addStretch(1)
