"""The strip under a page's header: the last result or problem in one sentence, what can be done, and its number."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCursor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph

HEIGHT = 36
"""Of a strip whose sentence fits on one line; a longer one is never cut, it takes more lines."""
MARGIN = 2
PASSES_MS, STILL_MS = 4000, 1000
"""How long a passing message is said, and how long the pointer has to rest then: the page moves up when it goes."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something a sentence offers: what the program calls it and what the button says, in any language."""

    key: str
    words: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence with up to two acts. words: asked again whenever the language changes.

    number: small type at its end (E-4001), empty where nothing failed. passing: it only says that an act went well, and
    goes by itself.
    """

    words: Callable[[], str]
    tone: Tone = Tone.NEUTRAL
    acts: tuple[Act, ...] = ()
    number: str = ""
    passing: bool = field(default=False, kw_only=True)


class ActButton(Button):
    """A button for one act. `asked` carries its key."""

    asked = Signal(str)

    def __init__(self, act: Act, kind: Kind, parent: QWidget, *, keycap: str = "") -> None:
        super().__init__(act.words, kind, parent, keycap=keycap)
        self._key = act.key
        self.clicked.connect(self._clicked)

    @Slot()
    def _clicked(self) -> None:
        self.asked.emit(self._key)


class MessageStrip(QWidget):
    """Hidden while there is nothing to say. White with a 4 px bar: the sentence is the loud part, not the ground."""

    asked = Signal(str)  # key of the act
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message: Message | None = None
        self._held = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._row = QHBoxLayout(self)
        self._words = Paragraph("", Step.BODY, self, measure=None)
        self._number = Label("", Step.CAPTION, self, colour="text2")
        self._number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._close = Button(self._close_words, Kind.ICON, self, icon="close")
        self._close.clicked.connect(self.clear)
        self._row.addWidget(self._words, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._number)
        self._row.addStretch(1)
        self._row.addWidget(self._close)
        self._acts: list[ActButton] = []
        self._pointer = QCursor.pos()
        self._passes = QTimer(self, singleShot=True)
        self._passes.timeout.connect(self._pass)
        self._relook()
        self.hide()

    @property
    def message(self) -> Message | None:
        """What it says now."""
        return self._message

    def _close_words(self) -> str:
        return self.tr("Close")

    def show_message(self, message: Message) -> None:
        """Say this until something else is said, it is closed, or it has passed."""
        self.clear()
        self._message = message
        self._words.set_words(message.words)
        self._number.set_words(message.number)
        self._number.setVisible(bool(message.number))
        for act in message.acts:
            button = ActButton(act, Kind.LINK, self)
            button.asked.connect(self.asked)
            self._row.insertWidget(self._row.indexOf(self._close) - 1, button)
            self._acts.append(button)
        self._reword()
        if message.passing:
            self._passes.start(PASSES_MS)
        self._appear()
        self.update()

    def hold(self, *, on: bool) -> None:
        """Keep back what is to be said, or say what was kept back."""
        self._held = on
        if self._message is not None:
            self._appear()

    def _appear(self) -> None:
        """Be seen and heard; where the page is not on screen, nobody hears of what is on it."""
        self.setVisible(not self._held)
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._words.text()))

    @Slot()
    def clear(self) -> None:
        """Say nothing."""
        had = self._message is not None
        self._message = None
        self._passes.stop()
        for button in self._acts:
            button.hide()
            button.deleteLater()
        self._acts.clear()
        self.hide()
        if had:
            self.closed.emit()

    @Slot()
    def _pass(self) -> None:
        """Go, but not from under a hand that reads here or is on its way to a row that would move."""
        moved, self._pointer = self._pointer != QCursor.pos(), QCursor.pos()
        if moved or self.underMouse():
            self._passes.start(STILL_MS)
        else:
            self.clear()

    def _reword(self) -> None:
        self.setAccessibleName(self._words.text())

    def _relook(self) -> None:
        look = ink.look()
        self._row.setContentsMargins(look.px(24), look.px(MARGIN), look.px(12), look.px(MARGIN))
        self._row.setSpacing(look.px(12))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._relook()
        elif event.type() is QEvent.Type.LanguageChange and self._message is not None:
            self._words.set_words(self._message.words)
            self._reword()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), ink.look().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(ink.look().px(120), ink.look().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = ink.look()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.tokens.content)
        if self._message is not None:
            painter.fillRect(0, 0, look.px(4), self.height() - 1, look.shape(self._message.tone))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.tokens.border)
        painter.end()
