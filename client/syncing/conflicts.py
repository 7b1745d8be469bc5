"""S18 ちがいの確認: two people changed one field; both values, who, when and where, and a decision by one key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QModelIndex, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from client.shell.actions import bind
from client.shell.pages import Page, PageFrame
from client.syncing.delegate import CaseList
from client.syncing.dialog import BulkPreview
from client.syncing.outcome import OutcomeCard
from client.syncing.questions import Teller
from client.syncing.record import Case, Choice
from client.syncing.repository import Situation
from client.syncing.rules import Bulk, after, cases, settled
from client.syncing.table import CaseTable, case_lines, path_of, person
from client.terms import Speech
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.chip import Chip
from client.widgets.choice_pad import ChoicePad
from client.widgets.column_table import RECORD_ROLE
from client.widgets.empty_state import EmptyState
from client.widgets.ground import Ground
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.menu import Menu
from client.widgets.menu_button import MenuButton
from client.widgets.message_strip import Message
from client.widgets.paragraph import Paragraph
from client.widgets.scroll_area import ScrollArea
from client.workspace import Settle
from sync.errors import KeyakiError

KEY = "conflicts"
LIST_WIDTH = 312


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page stands on. clock: the moment, with its time zone."""

    situation: Situation
    speech: Speech
    clock: Callable[[], datetime]


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("ConflictsPage", "To decide")  # noqa: E731  asked at each change of language
    return Page(KEY, "sync", title, lambda: ConflictsPage(sources), under="sync")


class ConflictsPage(PageFrame):
    """The list at the left, three cards a field at the right, the result below. Nothing is chosen beforehand."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("To decide"), parent)
        self._from = sources
        self._cases: tuple[Case, ...] = ()
        self._case: Case | None = None
        self._chosen: dict[str, Choice] = {}
        self.count = Chip("", Tone.WARN, self, sign="conflict")
        self.selectors.addWidget(self.count)
        self.bulk = MenuButton(lambda: self.tr("Decide several"), self)
        self.buttons.addWidget(self.bulk)
        self.table = CaseTable(self)
        self.list = CaseList(self)
        self.list.setModel(self.table)
        self.pad = ChoicePad()
        self.outcome = OutcomeCard()
        self._build()
        self._wire()

    # -- construction -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.empty = EmptyState(
            "check",
            lambda: self.tr("Nothing needs a decision"),
            lambda: self.tr("When two people change the same field, both values are kept and shown here."),
        )
        self._stack = QStackedWidget(self)
        work = QWidget(self)
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(self._right(), 1)
        self._stack.addWidget(work)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)

    def _left(self) -> QWidget:
        look = ink.look()
        ground = Ground("panel", Qt.Edge.RightEdge, self)
        ground.setFixedWidth(look.px(LIST_WIDTH))
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 1, 0)
        column.addWidget(self.list, 1)
        told = Paragraph(
            lambda: self.tr("Fields that only one side changed were put together. All of it is in the history."),
            Step.CAPTION,
            colour="text2",
        )
        foot = QVBoxLayout()
        foot.setContentsMargins(look.px(24), look.px(12), look.px(16), look.px(16))
        foot.addWidget(told)
        column.addLayout(foot)
        return ground

    def _right(self) -> QWidget:
        look = ink.look()
        self.number = Label("", Step.BODY, colour="text2", digits=True)
        self.name = Label("", Step.TITLE)
        self.path = Label("", Step.BODY, colour="text2")
        self.ask = Button(lambda: self.tr("Ask the other person"), icon="ask")
        self.open_sheet = Button(lambda: self.tr("Open the sheet"), Kind.LINK, icon="grades")
        self.sentence = Paragraph("", Step.BODY)
        ground = Ground("window", None, self)
        column = QVBoxLayout(ground)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(24))
        column.setSpacing(look.px(8))
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        for widget in (self.number, self.name, self.path):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.ask)
        head.addWidget(self.open_sheet)
        column.addLayout(head)
        column.addWidget(self.sentence)
        column.addSpacing(look.px(8))
        column.addWidget(ScrollArea(self.pad, ground), 1)
        column.addWidget(self.outcome)
        return ground

    def _wire(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._line_chosen)
        self.list.decided.connect(self._digit)
        self.pad.chosen.connect(self._card_chosen)
        self.outcome.settle_asked.connect(self.settle)
        self.outcome.next_asked.connect(self.go_on)
        self.bulk.clicked.connect(self._offer_rules)
        self.ask.clicked.connect(self._copy_question)
        self.open_sheet.clicked.connect(self._open_sheet)
        bind(self, "next", KEY).triggered.connect(self.go_on)
        bind(self, "settle", KEY).triggered.connect(self.settle)

    # -- what is on screen --------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """Show what is open; the id of a record stands on its case."""
        self.reload()
        wanted = next((case for case in self._cases if argument in _targets(case)), None)
        if wanted is not None:
            self._stand_on(wanted.key)
        self.pad.setFocus()

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed."""
        if "conflict" in types:
            self.reload()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.reload()
            self._show(self._case, anew=True)

    def reload(self) -> None:
        """Read the open conflicts again. A case that somebody else has settled meanwhile is said in the strip."""
        before = self._case
        self._cases = cases(self._from.situation.differences())
        self.table.show(case_lines(self._cases, self._from.speech, self._from.clock()))
        open_ = sum(len(case.differences) for case in self._cases)
        self.count.set_words(self.tr("%n open", "", open_))
        self.count.setVisible(bool(open_))
        self.bulk.setVisible(open_ > 1)
        self._stack.setCurrentIndex(0 if self._cases else 1)
        kept = next((case for case in self._cases if before is not None and case.key == before.key), None)
        if before is not None and kept is None:
            self._say_who_settled(before)
        self._show(kept or (self._cases[0] if self._cases else None))

    def _say_who_settled(self, case: Case) -> None:
        by = self._from.situation.settled_by(case.differences[0].conflict.id)
        if by is not None and by != self._from.situation.me:
            words = self.tr("{who} settled this field. Your value is in the history.")
            self.strip.show_message(Message(words.format(who=person(self._from.situation.staff(), by))))

    def _show(self, case: Case | None, *, anew: bool = False) -> None:
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
        self.name.set_words(about.pupil or self._from.speech.terms.type_(about.type))
        self.path.set_words("  ".join(part for part in (about.place, path_of(about, self._from.speech)) if part))
        self.sentence.set_words(teller.sentence(case))
        self.open_sheet.setVisible(about.type in ("score", "viewpoint_grade"))
        self._stand_on(case.key)
        self._ask_again()

    def _ask_again(self) -> None:
        """Show cards and outcome for what is chosen now."""
        case = self._case
        if case is None:
            return
        teller = self._teller()
        asked = [teller.question(item, self._chosen.get(item.conflict.id)) for item in case.differences]
        self.pad.show_questions(teller.heads(case), asked)
        self.outcome.show_case(case, self._chosen, teller, more=len(self._cases) > 1)

    def _teller(self) -> Teller:
        situation = self._from.situation
        return Teller(situation.staff(), situation.me, situation.device_name, self._from.speech, self._from.clock())

    def _stand_on(self, key: object) -> None:
        for at, line in enumerate(self.table.rows):
            if line.id == key and line.case is not None:
                index = self.table.index(at, 0)
                if self.list.currentIndex() != index:
                    self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                if self._case is None or self._case.key != key:
                    self._show(line.case)
                return

    @Slot(QModelIndex, QModelIndex)
    def _line_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        line = current.data(RECORD_ROLE) if current.isValid() else None
        if line is not None and line.case is not None and (self._case is None or line.case.key != self._case.key):
            self._show(line.case)

    # -- deciding -----------------------------------------------------------------------------------------------------

    @Slot(str)
    def _digit(self, digit: str) -> None:
        self.pad.choose_column(int(digit) - 1)

    @Slot(str, int)
    def _card_chosen(self, conflict: str, column: int) -> None:
        self._chosen[conflict] = Choice(column)
        self._ask_again()

    @Slot()
    def go_on(self) -> None:
        """Show the next case."""
        key = after([case.key for case in self._cases], None if self._case is None else self._case.key)
        if key is not None:
            self._stand_on(key)

    @Slot()
    def settle(self) -> None:
        """Settle every field of the case as chosen, in one act; nothing where one is not chosen yet."""
        case = self._case
        if case is None or any(item.conflict.id not in self._chosen for item in case.differences):
            self.strip.show_message(Message(self.tr("Choose 1, 2 or 3 first.")))
            return
        decisions = [
            settled(item, self._chosen[item.conflict.id], self.outcome.text_of(item.conflict.id))
            for item in case.differences
        ]
        following = after([other.key for other in self._cases], case.key)
        if not self._settled(decisions):
            return
        name = case.about.pupil or self._from.speech.terms.type_(case.about.type)
        self._stand_on(following)
        words = self.tr("{name}: settled. Both values stay in the history.")
        self.strip.show_message(Message(words.format(name=name), Tone.INFO))
        self.pad.setFocus()

    # -- many at once -------------------------------------------------------------------------------------------------

    @Slot()
    def _offer_rules(self) -> None:
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for rule, words in (
            (Bulk.FILLED, self.tr("Take what is not blank")),
            (Bulk.NEWER, self.tr("Take what came later")),
            (Bulk.CURRENT, self.tr("Take the values now")),
        ):
            menu.addAction(words).setData(rule)
        menu.triggered.connect(self._rule_chosen)
        self.bulk.open_below(menu)

    @Slot(QAction)
    def _rule_chosen(self, action: QAction) -> None:
        preview = BulkPreview(self._cases, action.data(), self._teller(), self)
        preview.agreed.connect(self._settle_many)
        preview.open()

    @Slot(object)
    def _settle_many(self, decisions: Sequence[Settle]) -> None:
        if self._settled(decisions):
            words = self.tr("%n field(s) settled. All values stay in the history.", "", len(decisions))
            self.strip.show_message(Message(words, Tone.INFO))

    def _settled(self, decisions: Sequence[Settle]) -> bool:
        """Write decisions as one act; False where one of them is not open any more."""
        try:
            self._from.situation.settle(decisions)
        except KeyakiError as error:
            self.strip.show_message(Message(self._from.speech.sentence(error), Tone.WARN, (), f"E-{error.number}"))
            self.reload()
            return False
        self.reload()
        return True

    # -- others -------------------------------------------------------------------------------------------------------

    @Slot()
    def _copy_question(self) -> None:
        """A neutral sentence without names of pupils and without values, to be pasted into a mail or a chat."""
        if self._case is None:
            return
        about = self._case.about
        sentence = self.tr("About {place}, {field}: two values were entered. May I ask you which one is right?")
        field = path_of(about, self._from.speech)
        QGuiApplication.clipboard().setText(sentence.format(place=about.place, field=field))
        self.strip.show_message(Message(self.tr("A sentence without names and values was copied.")))

    @Slot()
    def _open_sheet(self) -> None:
        if self._case is not None:
            self.opened.emit("grades", (self._case.about.type, self._case.about.id))


def _targets(case: Case) -> set[str]:
    return {difference.conflict.target for difference in case.differences}
