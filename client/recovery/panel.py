"""復元の確認: what was kept on this PC and never reached the school; its author says what of it comes back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from client.recovery.record import KEY, Ended, Found, Id, Line
from client.recovery.repository import Recoveries
from client.recovery.table import COUNTED, LineTable, Teller
from client.shell.actions import bind
from client.shell.messages import of_error
from client.shell.pages import Page, PageFrame
from client.shell.tasks import Tasks
from client.terms import Speech
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.chip import Chip
from client.widgets.column_table import RECORD_ROLE
from client.widgets.empty_state import EmptyState
from client.widgets.ground import Ground
from client.widgets.ink import Step, Tone
from client.widgets.message_strip import Act, Message
from client.widgets.paragraph import Paragraph
from client.widgets.record_list import RecordList
from sync.errors import KeyakiError

SURE = "recovery_sure"


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page stands on. tasks: waits for the school beside the GUI thread. clock: the moment, with its zone."""

    recoveries: Recoveries
    tasks: Tasks
    speech: Speech
    clock: Callable[[], datetime]


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("RecoveryPage", "Check what is restored")  # noqa: E731  asked at each change of language
    return Page(KEY, "sync", title, lambda: RecoveryPage(sources), under="sync")


class RecoveryPage(PageFrame):
    """Looks when it is opened. sync_asked: something came back, so there is news at the school."""

    sync_asked = Signal()

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Check what is restored"), parent)
        self._from = sources
        self.found: Found | None = None
        self.busy = False
        self._sure: frozenset[Id] | None = None
        self.count = Chip("", Tone.WARN, self)
        self.selectors.addWidget(self.count)
        self.table = LineTable(self._teller(), self)
        self.list = RecordList(self.table, self)
        self.all = Button(lambda: self.tr("Restore all"), Kind.PRIMARY, self, keycap="Ctrl+Enter")
        self.some = Button(lambda: self.tr("Restore what is chosen"), parent=self, keycap="Ctrl+Shift+Enter")
        self.none = Button(lambda: self.tr("Do not restore"), parent=self)
        self._build()
        self.all.clicked.connect(self.restore_all)
        self.some.clicked.connect(self.restore_chosen)
        self.none.clicked.connect(self.restore_none)
        self.list.clicked.connect(self._clicked)
        self.strip.asked.connect(self._answered)
        bind(self, "choose", KEY).triggered.connect(self.choose)
        bind(self, "restore_all", KEY).triggered.connect(self.restore_all)
        bind(self, "restore_chosen", KEY).triggered.connect(self.restore_chosen)

    def _build(self) -> None:
        look = ink.look()
        self.sentence = Paragraph(self._sentence, Step.BODY, self, colour="text2")
        self.places = Paragraph("", Step.BODY, self)
        self.empty = EmptyState(
            "check",
            lambda: self.tr("Nothing to restore"),
            lambda: self.tr("Everything that was saved on this PC is at the school or waits here to be sent."),
        )
        self.waiting = EmptyState(
            "sync",
            lambda: self.tr("Reading what was kept"),
            lambda: self.tr("The school reads the copies of your changes that were kept on this PC."),
        )
        work = Ground("window", None, self)
        column = QVBoxLayout(work)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(24))
        column.setSpacing(look.px(16))
        column.addWidget(self.sentence)
        column.addWidget(self.list, 1)
        column.addWidget(self.places)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addStretch(1)
        for button in (self.none, self.some, self.all):
            row.addWidget(button)
        column.addLayout(row)
        self._stack = QStackedWidget(self)
        for each in (work, self.empty, self.waiting):
            self._stack.addWidget(each)
        self._stack.setCurrentWidget(self.empty)
        self.body.addWidget(self._stack, 1)

    # -- what is on screen --------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        self.look()

    def look(self) -> None:
        """Ask the school what it reads, where there is anything to be read."""
        if self.busy:
            return
        if self._from.recoveries.wanted():
            self.busy = True
            if self.found is None:
                self._stack.setCurrentWidget(self.waiting)
            self._from.tasks.run(self._from.recoveries.look, self._looked, self._failed)
        else:
            self._show(self.found)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._show(self.found)

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """What the school reads does not change by what is typed here."""

    @Slot()
    def standing_changed(self) -> None:
        """The way to the school stands otherwise: nothing here says so."""

    def _looked(self, found: Found) -> None:
        self.busy, self.found = False, found
        self._show(found)
        if not found.lines and not found.places and not found.foreign:
            self._decide(frozenset())  # nothing to be asked: numbers are closed, and sending goes on
        else:
            self.list.setFocus()

    def _failed(self, error: KeyakiError) -> None:
        self.busy = False
        self._show(self.found)
        self.strip.show_message(of_error(error, self._from.speech.sentence))

    def _show(self, found: Found | None) -> None:
        told = found is not None and (found.lines or found.places or found.foreign)
        self._stack.setCurrentIndex(0 if told else 1)
        self._count()
        if found is None:
            return
        self.table.show_all(found.lines, self._teller())
        self.sentence.set_words(self._sentence)
        self.places.set_words("\n".join(self._places(found)))
        self.places.setVisible(bool(found.places or found.foreign))
        if found.lines and not self.list.currentIndex().isValid():
            self.list.selectRow(0)

    def _count(self) -> None:
        open_ = len(self.found.open) if self.found is not None else 0
        self.count.set_words(self.tr("%n to check", "", open_))
        self.count.setVisible(bool(open_))
        self.all.setEnabled(not self.busy and self.found is not None)
        self.all.set_words(lambda: self.tr("Restore all") if open_ else self.tr("Go on"))
        self.some.setEnabled(bool(self.table.chosen) and not self.busy)
        self.none.setEnabled(bool(open_) and not self.busy)

    def _sentence(self) -> str:
        return self.tr(
            "These changes were saved on this PC and did not reach the school. Nothing is entered before you say so. "
            "Where somebody has changed the same value meanwhile, both are kept until it is decided."
        )

    def _places(self, found: Found) -> list[str]:
        teller = self._teller()
        told = [teller.place(place) for place in found.places]
        return [*told, COUNTED.foreign(found.foreign)] if found.foreign else told

    def _teller(self) -> Teller:
        return Teller(self._from.speech, self._from.clock())

    # -- deciding -----------------------------------------------------------------------------------------------------

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._toggle(index.data(RECORD_ROLE))

    @Slot()
    def choose(self) -> None:
        """Mark the group the cursor is on, or take its mark away."""
        index = self.list.currentIndex()
        if index.isValid():
            self._toggle(index.data(RECORD_ROLE))

    def _toggle(self, line: Line) -> None:
        if self._sure is not None:  # what was asked was asked about other marks
            self._sure = None
            self.strip.clear()
        self.table.toggle(line)
        self._count()

    @Slot()
    def restore_all(self) -> None:
        """Let everything come back."""
        if self.found is not None:
            self._decide(frozenset(line.id for line in self.found.open))

    @Slot()
    def restore_chosen(self) -> None:
        """Let what is marked come back; the rest is asked about once more."""
        if self.found is None or not self.table.chosen:
            return
        rest = len(self.found.open) - len(self.table.chosen)
        if rest:
            self._ask(self.table.chosen, rest)
        else:
            self._decide(self.table.chosen)

    @Slot()
    def restore_none(self) -> None:
        """Let nothing come back, after being asked once more."""
        if self.found is not None and self.found.open:
            self._ask(frozenset(), len(self.found.open))

    def _ask(self, back: frozenset[Id], rest: int) -> None:
        self._sure = back
        words = lambda: self.tr("%n change(s) will not be entered. This cannot be taken back here.", "", rest)  # noqa: E731
        act = Act(SURE, lambda: self.tr("Leave them out"))
        self.strip.show_message(Message(words, Tone.WARN, (act,)))

    @Slot(str)
    def _answered(self, act: str) -> None:
        if act == SURE and self._sure is not None:
            self._decide(self._sure)

    def _decide(self, back: frozenset[Id]) -> None:
        found = self.found
        if found is not None and not self.busy:
            self.busy, self._sure = True, None
            self._count()
            self._from.tasks.run(lambda: self._from.recoveries.decide(found, back), self._decided, self._failed)

    def _decided(self, ended: Ended) -> None:
        self.busy, self.found = False, None
        if ended != Ended(0):
            self.strip.show_message(Message(lambda: self._ended(ended), Tone.INFO))
        self.sync_asked.emit()
        self.look()

    def _ended(self, ended: Ended) -> str:
        told = (
            (ended.restored, self.tr("%n change(s) restored.", "", ended.restored)),
            (ended.kept, self.tr("%n: both values are kept until somebody decides.", "", ended.kept)),
            (ended.late, self.tr("%n passed to the school for review.", "", ended.late)),
            (ended.refused, self.tr("%n not accepted by the school.", "", ended.refused)),
            (ended.declined, self.tr("%n left out.", "", ended.declined)),
        )
        return " ".join(words for count, words in told if count)
