"""The first screen: who works here, signing in through the browser, and which school (S0, S1 without a PIN yet)."""

from collections.abc import Callable, Sequence
from threading import Event
from typing import cast

from PySide6.QtCore import QEvent, QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from client.shell.tasks import Tasks
from client.unlock.enrol import Enrol, Joined
from client.unlock.record import Known
from client.unlock.sign import Sign
from client.widgets import ink
from client.widgets.button import Button, Kind, draw_focus
from client.widgets.card import Card
from client.widgets.ground import Ground
from client.widgets.ink import Step, Words
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.widgets.pressable import Pressable
from client.widgets.rule import Rule
from sync.errors import KeyakiError
from sync.protocol.errors import ChooseSchool

WIDTH, LINE = 440, 56


class Line(Pressable):
    """One choice over the whole width: a name, and in small type what tells it from its namesake."""

    asked = Signal(object)

    def __init__(self, key: object, title: Words, below: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._key, self._title, self._below = key, title, below
        self.reword()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._clicked)

    def reword(self) -> None:
        self.setText(ink.said(self._title))
        self.setAccessibleName(f"{self.text()} {self._below}".strip())

    @Slot()
    def _clicked(self) -> None:
        self.asked.emit(self._key)

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(240), ink.look().px(LINE))

    def paintEvent(self, e: QPaintEvent) -> None:
        look = ink.look()
        tokens, box = look.tokens, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter = QPainter(self)
        loud = self.underMouse() or self.hasFocus()
        ink.draw_box(painter, box, look.px(4), tokens.selection if loud else tokens.content, tokens.control)
        painter.setPen(tokens.text)
        high = self.height() / 2 - (look.px(10) if self._below else 0)
        ink.draw_left(painter, look.px(16), high, self.text(), ink.face(Step.HEADING))
        painter.setPen(tokens.text2)
        ink.draw_left(painter, look.px(16), self.height() / 2 + look.px(12), self._below, ink.face(Step.CAPTION))
        size = look.px(20)
        arrow = QRectF(self.width() - look.px(32), round((self.height() - size) / 2), size, size)
        ink.draw_icon(painter, arrow, "next", tokens.text2)
        if self.hasFocus():
            draw_focus(painter, box, look.px(4))
        painter.end()


class UnlockPanel(Ground):
    """Offers the teachers of this PC and a sign-in. `chosen` carries a Known, `joined` a Joined.

    begin: makes a new attempt to sign in. browse: opens an address in the system's browser. words: a numbered error
    in whole sentences. error: what it tells at the moment.
    """

    chosen = Signal(object)
    joined = Signal(object)
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
        self._begin, self._browse, self._tasks, self._words = begin, browse, tasks, words
        self._teachers: tuple[Known, ...] = ()
        self._attempt: Enrol | None = None
        self._wanted: Known | None = None
        self._cancelled, self._address = Event(), ""
        self._page.connect(self._open)
        self._step: _Step | None = None
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
        step = _Step(
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
    def start_sign_in(self, wanted: Known | None = None) -> None:
        """Begin a sign-in; `wanted` is the store whose session is to be renewed."""
        self._wanted, self._cancelled = wanted, Event()
        self._say(None)
        step = _Step(
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
        step = _Step(lambda: self.tr("Which school?"), "")
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
        self.problem.set_words("" if error is None else lambda: self._words(error))
        self.number.set_words("" if error is None else f"E-{error.number}")
        for widget in (self.problem, self.number):
            widget.setVisible(error is not None)

    def _show(self, step: "_Step") -> None:
        if self._step is not None:
            self._card.body.removeWidget(self._step)
            self._step.hide()
            self._step.deleteLater()
        self._step = step
        self._card.body.insertWidget(1, step)
        step.begin()


class _Step(QWidget):
    """One question of the card: title, sentence, choices, and buttons at the right."""

    def __init__(self, title: Words, sentence: Words) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(ink.look().px(8))
        self.body.addWidget(Label(title, Step.TITLE, self))
        if sentence:
            self.body.addWidget(Paragraph(sentence, Step.BODY, self, colour="text2"))

    def finish(self, *buttons: Button) -> None:
        """Put the buttons below everything else; the last one is nearest to the corner."""
        row = QHBoxLayout()
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self.body.addSpacing(ink.look().px(8))
        self.body.addLayout(row)

    def begin(self) -> None:
        """Give the first choice the focus."""
        first = self.findChild(QAbstractButton)
        if first is not None:
            first.setFocus()
