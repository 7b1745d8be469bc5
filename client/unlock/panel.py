"""The first screen: who works here, their PIN, signing in through the browser, and which school (S0, S1)."""

from collections.abc import Callable, Sequence
from threading import Event
from typing import cast

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client.shell.tasks import Tasks
from client.unlock.enrol import Enrol, Joined
from client.unlock.pin import AskPin, BeginAnew, ChoosePin
from client.unlock.question import Line, Question
from client.unlock.record import Known
from client.unlock.sign import Sign
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.card import Card
from client.widgets.ground import Ground
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.widgets.rule import Rule
from sync.errors import KeyakiError
from sync.protocol.errors import ChooseSchool

WIDTH = 440


class UnlockPanel(Ground):
    """Offers the teachers of this PC and a sign-in. `chosen` carries a Known, `joined` a Joined, `pin` what was typed.

    begin: makes a new attempt to sign in. browse: opens an address in the system's browser. words: a numbered error
    in whole sentences. error: what it tells at the moment.
    """

    chosen = Signal(object)
    joined = Signal(object)
    pin = Signal(str)
    _page = Signal(str)

    def __init__(
        self,
        begin: Callable[[], Enrol],
        browse: Callable[[str], object],
        tasks: Tasks,
        words: Callable[[KeyakiError], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("window", None, parent)
        self._begin, self._browse, self._tasks, self.words = begin, browse, tasks, words
        self._teachers: tuple[Known, ...] = ()
        self._attempt: Enrol | None = None
        self._wanted: Known | None = None
        self._cancelled, self._address = Event(), ""
        self._page.connect(self._open)
        self.question: Question | None = None
        self.error: KeyakiError | None = None
        self._card = card = Card(self)
        self._relook()
        card.body.addWidget(Sign(card))
        self.problem = Paragraph("", Step.BODY, card, colour="danger")
        self.number = Label("", Step.CAPTION, card, colour="text2")
        card.body.addWidget(self.problem)
        card.body.addWidget(self.number)
        column = QVBoxLayout(self)
        column.addStretch(2)
        row = QHBoxLayout()  # an alignment would keep the card from growing with its wrapped text
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
        self._say(None)

    def _relook(self) -> None:
        look, body = ink.look(), self._card.body
        self._card.setFixedWidth(look.px(WIDTH))
        body.setContentsMargins(look.px(32), look.px(32), look.px(32), look.px(24))
        body.setSpacing(look.px(16))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._relook()

    def show_teachers(self, teachers: Sequence[Known]) -> None:
        """Offer these, and signing in as somebody else."""
        self._teachers = tuple(teachers)
        step = Question(
            (lambda: self.tr("Who is working?")) if teachers else (lambda: self.tr("Sign in")),
            "" if teachers else lambda: self.tr("Your school's sign-in page opens in the browser."),
        )
        for known in teachers:
            name = known.name or (lambda: self.tr("Teacher without a name yet"))
            line = Line(known, name, known.school_name, step)
            line.asked.connect(self._choose)
            step.body.addWidget(line)
        if teachers:
            step.body.addWidget(Rule(parent=step))
        words = (lambda: self.tr("Another teacher")) if teachers else (lambda: self.tr("Sign in with the browser"))
        self.sign_in_button = Button(words, Kind.LINK if teachers else Kind.PRIMARY, step)
        self.sign_in_button.clicked.connect(self.start_sign_in)
        step.finish(self.sign_in_button)
        self._show(step)

    @Slot()
    def start_sign_in(self, wanted: Known | None = None, why: KeyakiError | None = None) -> None:
        """Begin a sign-in; `wanted` is the store whose session is to be renewed, `why` what made it necessary."""
        self._wanted, self._cancelled = wanted, Event()
        self._say(why)
        step = Question(
            lambda: self.tr("Please sign in with the browser"),
            lambda: self.tr("This goes on by itself when you have finished there."),
        )
        again = Button(lambda: self.tr("Open the page again"), Kind.LINK, step)
        again.clicked.connect(self._open_again)
        self.cancel_button = Button(lambda: self.tr("Cancel"), parent=step)
        self.cancel_button.clicked.connect(self.cancel)
        step.finish(again, self.cancel_button)
        self._show(step)
        self.cancel_button.setFocus()
        attempt, cancelled, page = (
            self._begin(),
            self._cancelled,
            self.tr("You are signed in. Please go back to Keyaki."),
        )
        self._attempt = attempt
        job = lambda: attempt.run(self._page.emit, page, cancelled.is_set, wanted)  # noqa: E731
        self._tasks.run(job, self._done, self._failed)

    def give_up(self) -> None:
        """End the sign-in under way, if there is one: nobody waits for the browser any longer."""
        self._cancelled.set()

    @Slot()
    def cancel(self) -> None:
        """Give the sign-in up and offer the choice again."""
        self.give_up()
        self.show_teachers(self._teachers)

    def choose_pin(self, step: ChoosePin) -> None:
        """Have a PIN chosen for a store that is about to be made."""
        self._ask(step)

    def ask_pin(self, step: AskPin, error: KeyakiError | None = None) -> None:
        """Have the PIN of a store typed. error: why it is asked for once more."""
        self._ask(step)
        self._say(error)

    def offer_anew(self, step: BeginAnew, error: KeyakiError | None = None) -> None:
        """Ask whether a store is to be made anew. error: why it cannot be opened, where it is not the PIN."""
        step.left.connect(self.cancel)
        self._show(step)
        self._say(error)

    @Slot(object)
    def tell(self, error: KeyakiError) -> None:
        """Go back to the choice and say what went wrong."""
        self.show_teachers(self._teachers)
        self._say(error)

    @Slot(object)
    def _choose(self, known: object) -> None:
        self._say(None)
        self.chosen.emit(known)

    @Slot(str)
    def _open(self, address: str) -> None:
        self._address = address
        self._browse(address)

    @Slot()
    def _open_again(self) -> None:
        if self._address:
            self._browse(self._address)

    def _ask(self, step: AskPin | ChoosePin) -> None:
        self._say(None)
        step.given.connect(self.pin)
        step.left.connect(self.cancel)
        self._show(step)

    def _done(self, joined: Joined | None) -> None:
        if joined is not None and not self._cancelled.is_set():
            self.joined.emit(joined)

    def _failed(self, error: KeyakiError) -> None:
        if self._cancelled.is_set():
            return
        if isinstance(error, ChooseSchool):
            self._show_schools(cast("list[dict[str, str]]", error.facts.get("schools", [])))
        else:
            self.tell(error)

    def _show_schools(self, schools: list[dict[str, str]]) -> None:
        step = Question(lambda: self.tr("Which school?"), "")
        for school in schools:
            line = Line(school["id"], school["name"], "", step)
            line.asked.connect(self._take_school)
            step.body.addWidget(line)
        cancel = Button(lambda: self.tr("Cancel"), parent=step)
        cancel.clicked.connect(self.cancel)
        step.finish(cancel)
        self._show(step)

    @Slot(object)
    def _take_school(self, school: str) -> None:
        attempt = self._attempt
        if attempt is not None:
            self._tasks.run(lambda: attempt.choose(school), self._done, self._failed)

    def _say(self, error: KeyakiError | None) -> None:
        self.error = error
        self.problem.set_words("" if error is None else lambda: self.words(error))
        self.number.set_words("" if error is None else f"E-{error.number}")
        for widget in (self.problem, self.number):
            widget.setVisible(error is not None)

    def _show(self, step: "Question") -> None:
        if self.question is not None:
            self._card.body.removeWidget(self.question)
            self.question.hide()
            self.question.deleteLater()
        self.question = step
        self._card.body.insertWidget(1, step)
        step.begin()
