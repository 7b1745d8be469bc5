"""Puts errors into words, shows results in the strip, and asks: the only maker of message boxes."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.message_strip import Act, Message
from client.widgets.paragraph import Paragraph
from sync.errors import Fault, KeyakiError

_TONES = {
    Fault.TEACHER: Tone.DANGER,
    Fault.TIME: Tone.NEUTRAL,
    Fault.SITE: Tone.WARN,
    Fault.OURS: Tone.DANGER,
}


def of_error(
    error: KeyakiError, words: Callable[[KeyakiError], str], tone: Tone | None = None, acts: tuple[Act, ...] = ()
) -> Message:
    """An error as one sentence with its number and what can be done. tone: None is as loud as its fault asks for.

    words: (error) -> its sentence in the language of the moment.
    """
    return Message(lambda: words(error), tone or _TONES[error.fault], acts, f"E-{error.number}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question before an act that cannot be undone. `yes` says what the button does, never "OK"."""

    title: str
    words: str
    yes: str
    no: str


class Question(QDialog):
    """A box with one question. `answered` carries the answer; Esc and closing are a no."""

    answered = Signal(bool)

    def __init__(self, asked: Asked, parent: QWidget) -> None:
        super().__init__(parent)
        look = ink.look()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(asked.title)
        column = QVBoxLayout(self)
        margin = look.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px(16))
        column.addWidget(Label(asked.title, Step.HEADING, self))
        words = Paragraph(asked.words, Step.BODY, self)
        words.setFixedWidth(look.px(440))
        column.addWidget(words)
        row = QHBoxLayout()
        row.addStretch(1)
        self.no = Button(asked.no, parent=self)
        self.yes = Button(asked.yes, Kind.PRIMARY, self)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column.addLayout(row)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        self.finished.connect(self._finished)
        self.no.setFocus()

    @Slot(int)
    def _finished(self, result: int) -> None:
        self.answered.emit(result == QDialog.DialogCode.Accepted.value)


class Messages(QObject):
    """What the program says.

    words: (error) -> its sentence in the language of the moment (the words of its number with its facts put in).
    said: a Message for the strip of the page on screen. noted: an error that time heals; the status line tells it,
    nothing pops up. broken: our own fault, for the crash dialog.
    """

    said = Signal(object)
    noted = Signal(object)
    broken = Signal(object)

    def __init__(self, words: Callable[[KeyakiError], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    @Slot(object)
    def tell(self, error: KeyakiError) -> None:
        """Say what happened, as loud as its fault asks for."""
        match error.fault:
            case Fault.TIME:
                self.noted.emit(error)
            case Fault.OURS:
                self.broken.emit(error)
            case _:
                self.said.emit(of_error(error, self._words))

    def say(self, words: Callable[[], str]) -> None:
        """Say that an act went well; it passes."""
        self.said.emit(Message(words, passing=True))

    def ask(self, asked: Asked, parent: QWidget, answered: Callable[[bool], None]) -> Question:
        """Open a question over `parent`; `answered` is a slot that gets the answer. Returns at once."""
        box = Question(asked, parent)
        box.answered.connect(answered)
        box.open()
        return box
