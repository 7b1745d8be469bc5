"""Choosing the PIN of a store that is about to be made, and typing the one of a store that is here (S0, S1)."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from client.unlock.locked import Locked
from client.unlock.question import Question
from client.unlock.record import Known
from client.unlock.relaunch import lock_words
from client.vault.floors import PIN_LEAST
from client.vault.pin import PinFault
from client.widgets.button import Button, Kind
from client.widgets.ink import Step, Words
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from client.widgets.paragraph import Paragraph


class AskPin(Question):
    """One line for the PIN. `given` carries it; `left` comes when somebody else is to work.

    forgotten: comes when nobody knows it any more. hint: the sample's PIN; locked: how the store was locked, if it was.
    """

    given = Signal(str)
    left = Signal()
    forgotten = Signal()

    def __init__(self, known: Known, hint: str = "", locked: Locked | None = None) -> None:
        name: Words = known.name or (lambda: self.tr("Teacher without a name yet"))
        super().__init__(name, known.school_name)
        if locked is not None:
            waiting = lambda: self.tr("%n change(s) wait to be sent.", "", locked.waiting)  # noqa: E731
            for words in (*lock_words(locked), *([waiting] if locked.waiting else [])):
                self.body.addWidget(Paragraph(words, Step.BODY, self))
        self.line = pin_line(lambda: self.tr("PIN of this PC"), self)
        self.body.addWidget(self.line)
        _add_hint(self, hint)
        back = Button(lambda: self.tr("Back"), Kind.LINK, self)
        back.clicked.connect(self.left)
        self.open_button = Button(lambda: self.tr("Open"), Kind.PRIMARY, self)
        self.open_button.clicked.connect(self._open)
        self.line.returnPressed.connect(self._open)
        self.forgotten_button = Button(lambda: self.tr("Forgot the PIN"), Kind.LINK, self)
        self.forgotten_button.clicked.connect(self.forgotten)
        self.finish(back, self.forgotten_button, self.open_button)

    def begin(self) -> None:
        """Ready to be typed into."""
        self.line.setFocus()

    @Slot()
    def _open(self) -> None:
        """Hand the PIN on, once: it takes a moment to look at."""
        if self.line.text() and self.line.isEnabled():
            self.line.setEnabled(False)
            self.open_button.setEnabled(False)
            self.given.emit(self.line.text())


class BeginAnew(Question):
    """Whether to make a store anew that cannot be opened. `agreed` when it is to be, `left` when not."""

    agreed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(
            lambda: self.tr("Set up this PC anew?"),
            lambda: self.tr(
                "You sign in and choose a new PIN, and the records come from the school again. Nothing here is "
                "deleted: what was saved and not sent yet is in a sealed copy that only the school can read, and you "
                "decide what of it is restored."
            ),
        )
        back = Button(lambda: self.tr("Back"), Kind.LINK, self)
        back.clicked.connect(self.left)
        self.agree_button = Button(lambda: self.tr("Sign in with the browser"), Kind.PRIMARY, self)
        self.agree_button.clicked.connect(self.agreed)
        self.finish(back, self.agree_button)


class ChoosePin(Question):
    """Two lines for a new PIN. fault: why one is not taken, None where it is. Signals as those of AskPin."""

    given = Signal(str)
    left = Signal()

    def __init__(self, fault: Callable[[str], PinFault | None], hint: str = "") -> None:
        super().__init__(
            lambda: self.tr("Choose a PIN for this PC"),
            lambda: self.tr(
                "You will type it whenever Keyaki starts here. It is not the password of your account, and nobody can "
                "look it up."
            ),
        )
        self._fault = fault
        self.first = pin_line(lambda: self.tr("At least %n characters", "", PIN_LEAST), self)
        self.second = pin_line(lambda: self.tr("The same once more"), self)
        self.problem = Paragraph("", Step.BODY, self, colour="danger")
        for widget in (self.first, self.second, self.problem):
            self.body.addWidget(widget)
        self.problem.setVisible(False)
        _add_hint(self, hint)
        back = Button(lambda: self.tr("Cancel"), Kind.LINK, self)
        back.clicked.connect(self.left)
        self.take_button = Button(lambda: self.tr("Use this PIN"), Kind.PRIMARY, self)
        self.take_button.clicked.connect(self._take)
        self.first.returnPressed.connect(self._go_on)
        self.second.returnPressed.connect(self._take)
        self.finish(back, self.take_button)

    def begin(self) -> None:
        """Ready to be typed into."""
        self.first.setFocus()

    @Slot()
    def _go_on(self) -> None:
        self.second.setFocus()

    @Slot()
    def _take(self) -> None:
        """Hand the PIN on, once, or say why it is not taken."""
        fault, differs = self._fault(self.first.text()), self.first.text() != self.second.text()
        self.first.set_wrong(wrong=fault is not None)
        self.second.set_wrong(wrong=fault is None and differs)
        self.problem.set_words(lambda: fault_words(fault) if fault else self.tr("The two lines are not the same."))
        self.problem.setVisible(fault is not None or differs)
        if fault is None and not differs and self.first.isEnabled():
            for widget in (self.first, self.second, self.take_button):
                widget.setEnabled(False)
            self.given.emit(self.first.text())


def fault_words(fault: PinFault) -> str:
    """What a teacher reads of a PIN that is not taken."""
    translate = QCoreApplication.translate
    return {
        PinFault.SHORT: translate("PinFault", "The PIN is too short."),
        PinFault.LONG: translate("PinFault", "The PIN is too long."),
        PinFault.CHARACTERS: translate("PinFault", "The PIN has a character that cannot be typed again for certain."),
        PinFault.REPEATED: translate("PinFault", "A PIN of one repeated character is guessed at once."),
        PinFault.RUN: translate("PinFault", "A PIN in the order of the keys is guessed at once."),
        PinFault.KNOWN: translate("PinFault", "Others know this word or number."),
        PinFault.DATE: translate("PinFault", "A day of this school year or the last is guessed soon."),
    }[fault]


def pin_line(hint: Words, parent: QWidget) -> LineEdit:
    """A line that does not show what is typed into it."""
    line = LineEdit(hint, parent)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


def _add_hint(question: AskPin | ChoosePin, hint: str) -> None:
    """The sample's PIN is told to everybody."""
    if hint:
        words = lambda: QCoreApplication.translate("PinFault", "In the sample the PIN is {pin}.").format(pin=hint)  # noqa: E731
        question.body.addWidget(Label(words, Step.CAPTION, question, colour="text2"))
