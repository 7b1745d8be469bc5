"""The strip under a page's header: the last result or problem in one sentence, what can be done, and its number."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.ink import Step, Tone, Words
from client.widgets.label import Label

HEIGHT = 36


@dataclass(frozen=True, slots=True)
class Act:
    """Something a sentence offers: what the program calls it and what the button says."""

    key: str
    words: Words


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence with up to two acts. number: small type at its end (E-4001), empty where nothing failed."""

    words: Words
    tone: Tone = Tone.NEUTRAL
    acts: tuple[Act, ...] = ()
    number: str = ""


class _ActButton(Button):
    asked = Signal(str)

    def __init__(self, act: Act, parent: QWidget) -> None:
        super().__init__(act.words, Kind.LINK, parent)
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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._words = Label("", Step.BODY, self)
        self._number = Label("", Step.CAPTION, self, colour="text2")
        self._close = Button(self._close_words, Kind.ICON, self, icon="close")
        self._close.clicked.connect(self.clear)
        self._row.addWidget(self._words)
        self._row.addWidget(self._number)
        self._row.addStretch(1)
        self._row.addWidget(self._close)
        self._acts: list[_ActButton] = []
        self._relook()
        self.hide()

    @property
    def message(self) -> Message | None:
        """What it says now."""
        return self._message

    def _close_words(self) -> str:
        return self.tr("Close")

    def show_message(self, message: Message) -> None:
        """Say this until something else is said or it is closed."""
        self.clear()
        self._message = message
        self._words.set_words(message.words)
        self._words.setToolTip(self._words.text())
        self._number.set_words(message.number)
        self._number.setVisible(bool(message.number))
        for act in message.acts:
            button = _ActButton(act, self)
            button.asked.connect(self.asked)
            self._row.insertWidget(self._row.indexOf(self._close) - 1, button)
            self._acts.append(button)
        self.setAccessibleName(self._words.text())
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._words.text()))
        self.show()
        self.update()

    @Slot()
    def clear(self) -> None:
        """Say nothing."""
        had = self._message is not None
        self._message = None
        for button in self._acts:
            button.hide()
            button.deleteLater()
        self._acts.clear()
        self.hide()
        if had:
            self.closed.emit()

    def _relook(self) -> None:
        look = ink.look()
        self._row.setContentsMargins(look.px(24), 0, look.px(12), 1)
        self._row.setSpacing(look.px(12))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._relook()

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
