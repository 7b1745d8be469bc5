"""One case on screen: whose and where, who else changed it, three cards a field, and what the choices amount to."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from client.conflicts.menus import GiveButton
from client.conflicts.outcome import OutcomeCard
from client.conflicts.questions import Teller
from client.conflicts.record import Case, Choice, Colleague
from client.conflicts.rules import settled
from client.shell.pages import Left
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.chip import Chip
from client.widgets.choice_pad import ChoicePad
from client.widgets.ground import Ground
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.widgets.scroll_area import ScrollArea
from client.workspace import Settle

SHEETS = ("score", "viewpoint_grade")
"""Types that stand on a sheet of grades."""


class Decision(Ground):
    """Shows one case and keeps what is chosen for it; another case begins with nothing chosen.

    settle_asked, next_asked, ask_asked, sheet_asked, back_asked: the buttons. teller: the words, of the moment they are
    asked for; colleagues: who else may settle a case.
    """

    settle_asked = Signal()
    next_asked = Signal()
    ask_asked = Signal()
    sheet_asked = Signal()
    back_asked = Signal()

    def __init__(
        self, teller: Callable[[], Teller], colleagues: Callable[[Case], Sequence[Colleague]], parent: QWidget
    ) -> None:
        super().__init__("window", None, parent)
        self._teller, self._colleagues = teller, colleagues
        self._case: Case | None = None
        self._more = False
        self._chosen: dict[str, Choice] = {}
        self.number = Label("", Step.BODY, colour="text2", digits=True)
        self.name = Label("", Step.TITLE)
        self.path = Label("", Step.BODY, colour="text2")
        self.give = GiveButton(lambda: self._case, colleagues, self)
        self.ask = Button(lambda: self.tr("Ask them"), icon="ask")
        self.open_sheet = Button(lambda: self.tr("Open the sheet"), Kind.LINK, icon="grades")
        self.sentence = Paragraph("", Step.BODY)
        self.asked = Chip("", Tone.INFO)
        self.back = Button("", Kind.LINK)
        self.pad = ChoicePad()
        self.outcome = OutcomeCard()
        self._assemble()
        self.pad.chosen.connect(self._card_chosen)
        self.outcome.settle_asked.connect(self.settle_asked)
        self.outcome.next_asked.connect(self.next_asked)
        self.ask.clicked.connect(self.ask_asked)
        self.back.clicked.connect(self.back_asked)
        self.open_sheet.clicked.connect(self.sheet_asked)

    def _assemble(self) -> None:
        look = ink.look()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(24))
        column.setSpacing(look.px(8))
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        for widget in (self.number, self.name, self.path):
            head.addWidget(widget)
        for widget in (self.number, self.name):  # where room is short it is the path that is cut
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        head.addStretch(1)
        head.addWidget(self.give)
        head.addWidget(self.ask)
        head.addWidget(self.open_sheet)
        column.addLayout(head)
        column.addWidget(self.sentence)
        column.addWidget(self._request())
        column.addSpacing(look.px(8))
        cards = ScrollArea(self.pad, self)
        self.pad.stood_on.connect(cards.show_part)
        column.addWidget(cards, 1)
        column.addWidget(self.outcome)

    def _request(self) -> QWidget:
        """The line that says who is asked; it takes no room where nobody is."""
        self.request = QWidget(self)
        row = QHBoxLayout(self.request)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(ink.look().px(8))
        row.addWidget(self.asked)
        row.addWidget(self.back)
        row.addStretch(1)
        return self.request

    @property
    def case(self) -> Case | None:
        """The case on screen."""
        return self._case

    def show_case(self, case: Case | None, *, more: bool, anew: bool = False) -> None:
        """Show a case. more: whether another one waits. anew: say everything again, even where nothing differs."""
        self._more = more
        same = case is not None and self._case is not None and case.key == self._case.key
        if not same:
            self._chosen.clear()
        elif case == self._case and not anew:
            return  # a text that is being edited in the outcome stays as it is
        self._case = case
        if case is None:
            return
        about, teller = case.about, self._teller()
        self.number.set_words("" if about.pupil_number is None else str(about.pupil_number))
        self.name.set_words(about.pupil or teller.speech.terms.type_(about.type))
        self.path.set_words(teller.where(case))
        self.path.setToolTip(self.path.text())
        self.sentence.set_words(teller.sentence(case))
        self.open_sheet.setVisible(about.type in SHEETS)
        over = self._is_over(case, teller)
        self.asked.set_words(teller.asked(case, over=over), Tone.WARN if over else Tone.INFO)
        self.back.set_words(self.tr("Give it back") if case.is_given_to(teller.people.me) else self.tr("Take it back"))
        self.request.setVisible(case.given is not None)
        self._ask_again(case, teller)

    def _is_over(self, case: Case, teller: Teller) -> bool:
        """Whether the colleague who was asked to settle a case may not do so any more."""
        asked = None if case.given is None else case.given.assignee
        return asked not in (None, teller.people.me) and asked not in {each.id for each in self._colleagues(case)}

    def _ask_again(self, case: Case, teller: Teller) -> None:
        """Show cards and outcome for what is chosen now."""
        asked = [teller.question(item, self._chosen.get(item.conflict.id)) for item in case.differences]
        self.pad.show_questions(teller.heads(case), asked)
        self.outcome.show_case(case, self._chosen, teller, more=self._more)

    @Slot(str, int)
    def _card_chosen(self, conflict: str, column: int) -> None:
        if self._case is not None:
            self._chosen[conflict] = Choice(column)
            self._ask_again(self._case, self._teller())

    def left(self) -> Left | None:
        """What was chosen and written for the case on screen and is not settled yet."""
        case = self._case
        if case is None:
            return None
        chosen = {id_: choice.value for id_, choice in self._chosen.items()}
        return Left({"conflict": case.differences[0].conflict.id, "chosen": chosen}, self.outcome.written())

    def come_back(self, left: Left) -> bool:
        """Choose and write the same again for the case on screen; False where it is another one."""
        case, here = self._case, set[str]()
        if case is not None:
            here = {item.conflict.id for item in case.differences}
            self._chosen = {id_: Choice(at) for id_, at in left.place.get("chosen", {}).items() if id_ in here}
            self._ask_again(case, self._teller())
        return self.outcome.write(left.typed)

    def decisions(self) -> list[Settle]:
        """What was decided for every field, texts as they stand on screen; empty while one is not chosen yet."""
        case = self._case
        if case is None or any(item.conflict.id not in self._chosen for item in case.differences):
            return []
        return [
            settled(item, self._chosen[item.conflict.id], self.outcome.text_of(item.conflict.id))
            for item in case.differences
        ]
