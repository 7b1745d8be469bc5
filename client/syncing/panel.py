"""S17 同期: how things stand in one sentence, what waits, what was not accepted, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from client.shell.messages import of_error
from client.shell.pages import Page, PageFrame
from client.syncing.comparison import ComparisonCard
from client.syncing.merges import MergedCard
from client.syncing.record import Met, Refused
from client.syncing.refusals import RefusalList
from client.syncing.repository import Situation
from client.syncing.rules import PAGES, opens, when
from client.syncing.status import Standing, sentences
from client.syncing.table import WaitingTable
from client.terms import Speech
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.card import Card
from client.widgets.chip import Chip
from client.widgets.column_table import RECORD_ROLE
from client.widgets.ground import Ground
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.message_strip import Message
from client.widgets.paragraph import Paragraph
from client.widgets.record_list import RecordList
from client.widgets.scroll_area import ScrollArea
from client.workspace import SyncStatus
from sync.errors import KeyakiError
from sync.records.conflict import Conflict

KEY = "sync"
WIDTH = 760
"""Widest a line of this page gets, in pixels at 100 %: sentences are read, not scanned."""
SHOWN = frozenset({"outbox", "conflict", "pupil", "late_edit", "grant", *PAGES})
_TONES = {Tone.DANGER: "danger", Tone.WARN: "warn"}


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page stands on. status: counted in the store. standing: how the last call went. clock: the moment."""

    situation: Situation
    speech: Speech
    status: Callable[[], SyncStatus]
    standing: Callable[[], Standing]
    clock: Callable[[], datetime]


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("SyncPage", "Sync")  # noqa: E731  asked at each change of language
    return Page(KEY, "sync", title, lambda: SyncPage(sources))


class SyncPage(PageFrame):
    """sync_asked: send and receive now."""

    sync_asked = Signal()

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Sync"), parent)
        self._from = sources
        self._groups: list[Refused] = []
        self.sync_button = Button(lambda: self.tr("Send and receive now"), parent=self, icon="sync", keycap="F5")
        self.buttons.addWidget(self.sync_button)
        self.state = Card()
        self.sentence = Label("", Step.HEADING)
        self.last = Label("", Step.CAPTION, colour="text2")
        self.told = Paragraph("", Step.BODY, colour="text2")
        self.decide = Button(lambda: self.tr("Decide now"), Kind.PRIMARY)
        self.waiting = WaitingTable(sources.speech)
        self.waiting_view = RecordList(self.waiting, self)
        self.refusals, self.own_late = RefusalList(sources.speech), RefusalList(sources.speech)
        self.merged = MergedCard(sources.speech, lambda: sources.situation.me)
        self.comparison = ComparisonCard()
        self.review = Button(lambda: self.tr("Look at them"), Kind.PRIMARY)
        self._build()
        self._wire()

    def _build(self) -> None:
        look = ink.look()
        inner = Ground("window", None)
        column = QVBoxLayout(inner)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(24))
        column.setSpacing(look.px(16))
        self.state.body.addWidget(self.sentence)
        self.state.body.addWidget(self.told)
        foot = QHBoxLayout()
        foot.addWidget(self.last)
        foot.addStretch(1)
        foot.addWidget(self.decide)
        self.state.body.addLayout(foot)
        self.waiting_card, self.waiting_count = self._titled(lambda: self.tr("Waiting to be sent"))
        self.waiting_card.body.addWidget(self.waiting_view)
        self.refused_card, self.refused_count = self._titled(lambda: self.tr("Changes not accepted"))
        self.refused_card.body.addWidget(self.refusals)
        self.own_card, self.own_count = self._titled(lambda: self.tr("Changes sent after your duty ended"))
        self.own_card.body.addWidget(self.own_late)
        self.late_card, self.late_count = self._titled(lambda: self.tr("Late changes to decide"))
        self._build_late()
        for card in self._cards():
            column.addWidget(card)
        self._relook()
        column.addStretch(1)
        self.body.addWidget(ScrollArea(inner, self), 1)

    def _build_late(self) -> None:
        words = lambda: self.tr("They were sent after their author's duty had ended.")  # noqa: E731
        row = QHBoxLayout()
        row.addWidget(Label(words, Step.BODY, colour="text2"), 1)
        row.addWidget(self.review)
        self.late_card.body.addLayout(row)

    def _cards(self) -> tuple[Card, ...]:
        asked = (self.state, self.late_card, self.refused_card, self.own_card)
        return (*asked, self.waiting_card, self.merged, self.comparison)

    def _titled(self, words: ink.Words) -> tuple[Card, Chip]:
        card = Card()
        head = QHBoxLayout()
        head.setSpacing(ink.look().px(8))
        head.addWidget(Label(words, Step.BODY, bold=True))
        count = Chip("", Tone.NEUTRAL)
        head.addWidget(count)
        head.addStretch(1)
        card.body.addLayout(head)
        return card, count

    def _wire(self) -> None:
        self.sync_button.clicked.connect(self.sync_asked)
        self.decide.clicked.connect(self._decide)
        self.review.clicked.connect(self._review)
        self.comparison.check_asked.connect(self._check)
        self.waiting_view.activated.connect(self._open_waiting)
        self.refusals.opened.connect(self._open_refused)
        self.refusals.resent.connect(self._resend)
        self.refusals.withdrawn.connect(self._withdraw)
        self.own_late.withdrawn.connect(self._withdraw)
        self.merged.opened.connect(self._open)
        self.merged.seen.connect(self._seen)

    # -- what is on screen --------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        self.reload()

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed."""
        if types & SHOWN and self.isVisible():
            self.reload()

    @Slot()
    def standing_changed(self) -> None:
        """The way to the school stands otherwise."""
        if self.isVisible():
            self._show_state()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.reload()
        elif event.type() is QEvent.Type.StyleChange:
            self._relook()

    def _relook(self) -> None:
        for card in self._cards():
            card.setMaximumWidth(ink.look().px(WIDTH))

    def reload(self) -> None:
        """Read again all that the page tells."""
        situation = self._from.situation
        waiting = situation.waiting()
        self.waiting.show(waiting)
        self.waiting_view.fit_height(len(waiting))
        self.waiting_count.set_words(self.tr("%n change(s)", "", sum(line.count for line in waiting)))
        self.waiting_card.setVisible(bool(waiting))
        late = situation.late_to_decide()
        self.late_count.set_words(self.tr("%n change(s)", "", late), Tone.WARN)
        self.late_card.setVisible(bool(late))
        self._groups = situation.refused()
        refused, own = ([group for group in self._groups if group.late is late] for late in (False, True))
        staff, now = situation.staff(), self._from.clock()
        self.refusals.show_groups(refused, staff, now)
        self.refused_count.set_words(self.tr("%n change(s)", "", len(refused)), Tone.DANGER)
        self.refused_card.setVisible(bool(refused))
        self.own_late.show_groups(own, staff, now)
        self.own_count.set_words(self.tr("%n change(s)", "", len(own)))
        self.own_card.setVisible(bool(own))
        self.merged.show_met(situation.merged(), staff, now)
        self._show_state()

    def _show_state(self) -> None:
        status, standing, now = self._from.status(), self._from.standing(), self._from.clock()
        first, *others = told = sentences(status, standing, now, self._from.speech.sentence)
        self.sentence.set_words(first.words)
        self.sentence.set_colour(_TONES.get(first.tone, "text"))
        self.told.set_words("\n".join(ink.said(other.words) for other in others) or self._calm(status))
        last = "" if status.last_success is None else when(status.last_success, now)
        self.last.set_words(self.tr("Last sent and received: {time}").format(time=last) if last else "")
        self.last.setVisible(bool(last) and told[-1].tone is not Tone.PLAIN)  # a plain one says the time itself
        self.decide.setVisible(bool(status.conflicts))
        self.comparison.show_comparison(self._from.situation.comparison(), standing, now)

    def _calm(self, status: SyncStatus) -> str:
        if status.waiting:
            return self.tr("All of it is saved on this PC. It is sent by itself as soon as there is a connection.")
        return self.tr("Everything you entered has reached the school.")

    # -- acts ---------------------------------------------------------------------------------------------------------

    @Slot()
    def _decide(self) -> None:
        self.opened.emit("conflicts", None)

    @Slot()
    def _check(self) -> None:
        self._from.situation.doubt()
        self._show_state()
        self.sync_asked.emit()

    @Slot()
    def _review(self) -> None:
        self.opened.emit("late_edits", None)

    @Slot(QModelIndex)
    def _open_waiting(self, index: QModelIndex) -> None:
        type_, id_ = index.data(RECORD_ROLE).ref
        self._open(type_, id_)

    @Slot(int)
    def _open_refused(self, q: int) -> None:
        group = next((group for group in self._groups if group.q == q and group.values), None)
        if group is not None:
            self._open(group.values[0][0].type, group.values[0][0].id)

    @Slot(str, str)
    def _open(self, type_: str, id_: str) -> None:
        if opens(type_):
            self.opened.emit(PAGES[type_], (type_, id_))
        elif type_ == Conflict.TYPE:
            self.opened.emit("conflicts", id_)

    @Slot(object)
    def _seen(self, met: list[Met]) -> None:
        self._from.situation.seen(met)
        self.reload()

    @Slot(int)
    def _resend(self, q: int) -> None:
        try:
            self._from.situation.resend(q)
        except KeyakiError as error:
            self.strip.show_message(of_error(error, self._from.speech.sentence, Tone.DANGER))
            return
        words = lambda: self.tr("It is sent again, based on what is there now.")  # noqa: E731
        self.strip.show_message(Message(words, Tone.INFO, passing=True))
        self.reload()
        self.sync_asked.emit()

    @Slot(int)
    def _withdraw(self, q: int) -> None:
        answered = any(group.q == q and group.answered is not None for group in self._groups)
        self._from.situation.withdraw(q)
        gone = lambda: self.tr("It is off this list.")  # noqa: E731  asked at each change of language
        withdrawn = lambda: self.tr("The change was withdrawn. The school's value stands.")  # noqa: E731  as above
        self.strip.show_message(Message(gone if answered else withdrawn, passing=True))
        self.reload()
