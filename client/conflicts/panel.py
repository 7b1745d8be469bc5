"""S18 ちがいの確認: two people changed one field; both values, who, when and where, and a decision by one key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QModelIndex, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from client.conflicts.column import CaseColumn
from client.conflicts.decision import Decision
from client.conflicts.dialog import BulkPreview
from client.conflicts.menus import BulkButton
from client.conflicts.questions import Teller
from client.conflicts.record import Case, Colleague, People
from client.conflicts.repository import Conflicts
from client.conflicts.rules import Bulk, after, cases
from client.conflicts.table import CaseTable, case_lines
from client.shell.actions import bind
from client.shell.messages import of_error
from client.shell.pages import Left, Page, PageFrame
from client.syncing.record import Subject
from client.syncing.repository import Situation
from client.syncing.rules import JAPAN, PAGES
from client.syncing.words import path_of, person
from client.terms import Speech
from client.widgets.chip import Chip
from client.widgets.column_table import RECORD_ROLE
from client.widgets.empty_state import EmptyState
from client.widgets.ink import Tone
from client.widgets.message_strip import Message
from client.workspace import Settle
from sync.errors import KeyakiError

KEY = "conflicts"


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page stands on. clock: the moment, with its time zone."""

    conflicts: Conflicts
    situation: Situation
    speech: Speech
    clock: Callable[[], datetime]


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("ConflictsPage", "To decide")  # noqa: E731  asked at each change of language
    return Page(KEY, "sync", title, lambda: ConflictsPage(sources), under="sync")


class ConflictsPage(PageFrame):
    """The list of cases at the left, the decision at the right."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("To decide"), parent)
        self._from = sources
        self._cases: tuple[Case, ...] = ()
        self.count = Chip("", Tone.WARN, self, sign="conflict")
        self.selectors.addWidget(self.count)
        self.bulk = BulkButton(self)
        self.buttons.addWidget(self.bulk)
        self.table = CaseTable(self)
        self.column = CaseColumn(self.table, self)
        self.list = self.column.list
        self.decision = Decision(self._teller, self._colleagues, self)
        self._build()
        self._wire()

    # -- construction -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.empty = EmptyState(
            "check",
            lambda: self.tr("Nothing needs a decision"),
            lambda: self.tr("When two people change the same field, both values are kept and shown here."),
            act=lambda: self.tr("Open the sheet"),
        )
        self._stack = QStackedWidget(self)
        work = QWidget(self)
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.column)
        row.addWidget(self.decision, 1)
        self._stack.addWidget(work)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._line_chosen)
        self.list.decided.connect(self._digit)
        self.decision.settle_asked.connect(self.settle)
        self.decision.next_asked.connect(self.go_on)
        self.decision.ask_asked.connect(self._copy_question)
        self.decision.sheet_asked.connect(self._open_sheet)
        self.decision.back_asked.connect(self._take_back)
        self.decision.give.given.connect(self._give)
        self.empty.asked.connect(self._open_sheet)
        self.bulk.chosen.connect(self._rule_chosen)
        bind(self, "next", KEY).triggered.connect(self.go_on)
        bind(self, "settle", KEY).triggered.connect(self.settle)
        bind(self, "give", KEY).triggered.connect(self.decision.give.offer)

    # -- what is on screen --------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """Show what is open; the id of a record, or of a conflict about it, stands on its case."""
        self.reload()
        wanted = next((case for case in self._cases if argument in _ids(case)), None)
        if wanted is not None:
            self._stand_on(wanted.key)
        self._take_keys()

    def left(self) -> Left | None:
        return self.decision.left()

    def come_back(self, left: Left) -> bool:
        self.arrive(left.place.get("conflict"))
        return self.decision.come_back(left)

    def _take_keys(self) -> None:
        """Keys are for the cards, or for what is offered where nothing is left to decide."""
        (self.decision.pad if self._cases else self.empty).setFocus()

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed."""
        if "conflict" in types:
            self.reload()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.reload()
            self._show(self.decision.case, anew=True)

    def reload(self) -> None:
        """Read the open conflicts again. A case that somebody else has settled meanwhile is said in the strip."""
        before = self.decision.case
        teller = self._teller()
        self._cases = cases(self._from.conflicts.differences(), teller.people.me)
        self.table.show(case_lines(self._cases, teller.people, teller.speech, teller.now))
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
        by = self._from.conflicts.settled_by(case.differences[0].conflict.id)
        if by is not None and by != self._from.situation.me:
            staff = self._from.situation.staff()
            words = lambda: self.tr("{who} settled this field. Your value is in the history.")  # noqa: E731
            self.strip.show_message(Message(lambda: words().format(who=person(staff, by))))

    def _show(self, case: Case | None, *, anew: bool = False) -> None:
        self.decision.show_case(case, more=len(self._cases) > 1, anew=anew)
        if case is not None:
            self._mark(case.key)

    def _stand_on(self, key: object) -> None:
        case = next((case for case in self._cases if case.key == key), None)
        if case is not None:
            self._show(case)

    def _mark(self, key: object) -> None:
        """Select the line of a case."""
        at = next((at for at, line in enumerate(self.table.rows) if line.case is not None and line.id == key), -1)
        index = self.table.index(at, 0)
        if index.isValid() and self.list.currentIndex() != index:
            self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @Slot(QModelIndex, QModelIndex)
    def _line_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        line, shown = (current.data(RECORD_ROLE) if current.isValid() else None), self.decision.case
        if line is not None and line.case is not None and (shown is None or line.case.key != shown.key):
            self._show(line.case)

    def _teller(self) -> Teller:
        situation = self._from.situation
        return Teller(People(situation.staff(), situation.me), self._from.speech, self._from.clock())

    # -- deciding -----------------------------------------------------------------------------------------------------

    @Slot(str)
    def _digit(self, digit: str) -> None:
        self.decision.pad.choose_column(int(digit) - 1)

    @Slot()
    def go_on(self) -> None:
        """Show the next case."""
        self._stand_on(self._following())

    def _following(self) -> object:
        shown = self.decision.case
        return after([case.key for case in self._cases], None if shown is None else shown.key)

    @Slot()
    def settle(self) -> None:
        """Settle every field of the case as chosen, in one act; nothing where one is not chosen yet."""
        case, decisions, following = self.decision.case, self.decision.decisions(), self._following()
        if case is None or not decisions:
            self.strip.show_message(Message(lambda: self.tr("Choose 1, 2 or 3 first."), passing=True))
        elif self._settled(decisions):
            self._stand_on(following)
            self.strip.show_message(Message(lambda: self._settled_words(case.about), Tone.INFO, passing=True))
            self._take_keys()

    def _settled_words(self, about: Subject) -> str:
        name = about.pupil or self._from.speech.terms.type_(about.type)
        return self.tr("{name}: settled. Both values stay in the history.").format(name=name)

    # -- many at once -------------------------------------------------------------------------------------------------

    @Slot(object)
    def _rule_chosen(self, rule: Bulk) -> None:
        preview = BulkPreview(self._cases, rule, self._teller(), self)
        preview.agreed.connect(self._settle_many)
        preview.open()

    @Slot(object)
    def _settle_many(self, decisions: Sequence[Settle]) -> None:
        if self._settled(decisions):
            count = len(decisions)
            words = lambda: self.tr("%n field(s) settled. All values stay in the history.", "", count)  # noqa: E731
            self.strip.show_message(Message(words, Tone.INFO, passing=True))
            self._take_keys()

    def _settled(self, decisions: Sequence[Settle]) -> bool:
        """Write decisions as one act; False where one of them is not open any more."""
        try:
            self._from.conflicts.settle(decisions)
        except KeyakiError as error:
            self.strip.show_message(of_error(error, self._from.speech.sentence, Tone.WARN))
            self.reload()
            return False
        self.reload()
        return True

    # -- asking a colleague -------------------------------------------------------------------------------------------

    def _colleagues(self, case: Case) -> list[Colleague]:
        day = self._from.clock().astimezone(JAPAN).date().isoformat()
        return self._from.conflicts.colleagues(case.differences, day)

    @Slot(object, str)
    def _give(self, case: Case, whom: str) -> None:
        self._ask_for(case, whom, lambda name: self.tr("You asked {who} to settle this.").format(who=name))

    @Slot()
    def _take_back(self) -> None:
        if self.decision.case is not None:
            self._ask_for(self.decision.case, None, lambda _: self.tr("Nobody is asked to settle this any more."))

    def _ask_for(self, case: Case, whom: str | None, told: Callable[[str], str]) -> None:
        """Ask somebody, or nobody any more; what went well is said by the sentence `told` makes of their name."""
        try:
            self._from.conflicts.give((item.conflict.id for item in case.differences), whom)
        except KeyakiError as error:
            self.strip.show_message(of_error(error, self._from.speech.sentence, Tone.WARN))
        else:
            staff = self._from.situation.staff()
            self.strip.show_message(Message(lambda: told(person(staff, whom)), Tone.INFO, passing=True))
        self.reload()
        self._take_keys()

    # -- others -------------------------------------------------------------------------------------------------------

    @Slot()
    def _copy_question(self) -> None:
        """A neutral sentence without names of pupils and without values, to be pasted into a mail or a chat."""
        case = self.decision.case
        if case is None:
            return
        sentence = self.tr("About {place}, {field}: two values were entered. May I ask you which one is right?")
        field = path_of(case.about, self._from.speech)
        QGuiApplication.clipboard().setText(sentence.format(place=case.about.place, field=field))
        words = lambda: self.tr("A sentence without names and values was copied.")  # noqa: E731
        self.strip.show_message(Message(words, passing=True))

    @Slot()
    def _open_sheet(self) -> None:
        case = self.decision.case
        about = None if case is None else case.about
        page_ = "grades" if about is None else PAGES.get(about.type, "grades")
        self.opened.emit(page_, None if about is None else (about.type, about.id))


def _ids(case: Case) -> set[str]:
    return {id_ for item in case.differences for id_ in (item.conflict.target, item.conflict.id)}
