"""持ち出し: own take-outs with their state, those a head decides of, and the ledger of the school."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QModelIndex, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from client.shell.actions import bind
from client.shell.messages import of_error
from client.shell.pages import Left, Page, PageFrame, Place
from client.takeout.acts import Acts
from client.takeout.detail import PermitDetail
from client.takeout.leaving import REQUEST, Leaving
from client.takeout.record import FileRefused
from client.takeout.request import RequestForm
from client.takeout.rules import csv_bytes
from client.takeout.sources import Sources
from client.takeout.table import PermitTable, Teller
from client.widgets import ink
from client.widgets.button import Button
from client.widgets.chip import Chip
from client.widgets.column_table import RECORD_ROLE
from client.widgets.empty_state import EmptyState
from client.widgets.ground import Ground
from client.widgets.ink import Tone
from client.widgets.message_strip import Act, Message
from client.widgets.record_list import RecordList
from client.widgets.segmented import Segmented
from sync.errors import KeyakiError
from sync.protocol.errors import SignInTooOld
from sync.protocol.permit import Permit, PermitRules, PermitsAnswer

KEY = "takeout"
OWN, LEDGER = "own", "ledger"
SIGN_IN = "sign_in"
LINES = 8


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("TakeoutPage", "Take-outs")  # noqa: E731  asked at each change of language
    return Page(KEY, "takeout", title, lambda: TakeoutPage(sources), place=Place.LOW)


class TakeoutPage(PageFrame):
    """The list above, below it the one that is looked at, or a request. sync_asked: something changed at the school."""

    sync_asked = Signal()

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Take-outs"), parent)
        self._from = sources
        self._told = PermitsAnswer(permits=(), rules=PermitRules(purposes=(), default_h=72, most_days=14))
        self.acts = Acts(sources.takeouts, sources.tasks, sources.leases, self)
        self.view = Segmented(
            lambda: self.tr("Shown"), [(OWN, lambda: self.tr("Take-outs")), (LEDGER, lambda: self.tr("Ledger"))], self
        )
        self.count = Chip("", Tone.WARN, self)
        self.export = Button(lambda: self.tr("Export…"), parent=self)
        self.ask_button = Button(lambda: self.tr("Ask for a take-out"), parent=self, icon="add")
        self.table = PermitTable(self._teller(), self)
        self.list = RecordList(self.table, self)
        self.detail, self.form = PermitDetail(self), RequestForm(self)
        self._leaving = Leaving(self.form, self.detail)
        self._build()
        self._wire()

    def _build(self) -> None:
        look = ink.look()
        self.selectors.addWidget(self.view)
        self.selectors.addWidget(self.count)
        self.buttons.addWidget(self.export)
        self.buttons.addWidget(self.ask_button)
        for hidden in (self.view, self.count, self.export):
            hidden.hide()
        self.empty = EmptyState(
            "takeout",
            lambda: self.tr("No take-outs"),
            lambda: self.tr("To work outside the school, ask for a take-out. A head approves it."),
        )
        below = self._below = QStackedWidget(self)
        for part in (self.detail, self.form, QWidget(self)):
            below.addWidget(part)
        work = Ground("window", None, self)
        column = QVBoxLayout(work)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(24))
        column.setSpacing(look.px(16))
        column.addWidget(self.list)
        column.addWidget(self.empty)
        column.addWidget(below, 1)
        self.body.addWidget(work, 1)

    def _wire(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._line_chosen)
        self.detail.acted.connect(self._act)
        self.acts.done.connect(self._done)
        self.acts.failed.connect(self._failed)
        self.form.asked.connect(self._send_request)
        self.form.cancelled.connect(self._close_form)
        self.ask_button.clicked.connect(self.open_form)
        self.export.clicked.connect(self._export)
        self.view.chosen.connect(self._view_chosen)
        bind(self, "accept", KEY).triggered.connect(self._accept)
        bind(self, "decline", KEY).triggered.connect(self._decline)

    # -- what is on screen --------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        self._show_all()
        self.reload()
        self.list.setFocus()

    def left(self) -> Left | None:
        return self._leaving.left(asking=self._below.currentIndex() == 1)

    def come_back(self, left: Left) -> bool:
        self._leaving.waiting = left
        return True

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed."""
        if types & {"grant", "staff", "class"} and self.isVisible():
            self._show_all()

    @Slot()
    def standing_changed(self) -> None:
        """The way to the school stands otherwise: the next act says so."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._show_all()

    def reload(self) -> None:
        """Ask the school for the list that is shown."""
        office = self._from.takeouts.office
        self._from.tasks.run(office.ledger if self.view.key == LEDGER else office.lists, self._came, self._failed)

    @Slot(object)
    def _came(self, told: PermitsAnswer) -> None:
        if self.view.key == LEDGER:
            told = told.model_copy(update={"decides": self._told.decides})
        self._told = told
        left = self._leaving.waiting
        if left is not None and REQUEST in left.place:
            self.open_form()
        self._show_all()
        self._leaving.write()

    def _show_all(self) -> None:
        told, before = self._told, self.detail.permit
        self.view.setVisible(told.reads)
        self.ask_button.setEnabled(bool(told.rules.purposes))
        self.export.setVisible(self.view.key == LEDGER)
        waiting = sum(permit.mine_to_decide for permit in told.permits)
        self.count.set_words(self.tr("%n to decide", "", waiting))
        self.count.setVisible(bool(waiting))
        self.table.show_all(told.permits, self._teller())
        self.list.fit_height(min(max(len(told.permits), 1), LINES))
        self.list.setVisible(bool(told.permits))
        self.empty.setVisible(not told.permits)
        if self._below.currentIndex() == 1:
            return
        wanted = self._leaving.permit() or (before and before.id)
        shown = next((each for each in told.permits if each.id == wanted), None)
        self._show(shown or (told.permits[0] if told.permits else None))

    def _show(self, permit: Permit | None) -> None:
        self._below.setCurrentIndex(2 if permit is None else 0)
        if permit is None:
            return
        decides = self._told.decides and not permit.mine and self.view.key == OWN
        self.detail.show_permit(permit, self._teller(), self._from.takeouts.device, decides=decides)
        self.detail.start.setEnabled(self.acts.can_move)
        at = next((at for at, each in enumerate(self.table.rows) if each.id == permit.id), -1)
        index = self.table.index(at, 0)
        if index.isValid() and self.list.currentIndex().row() != at:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.list.selectionModel().setCurrentIndex(index, flags)

    @Slot(QModelIndex, QModelIndex)
    def _line_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        permit = current.data(RECORD_ROLE) if current.isValid() else None
        if permit is not None and self._below.currentIndex() != 1:
            self._show(permit)

    @Slot(object)
    def _view_chosen(self, _key: object) -> None:
        self._close_form()
        self.reload()

    def _teller(self) -> Teller:
        source = self._from
        labels = {choice.code: choice.label for choice in source.takeouts.labels()}
        language = source.speech.language
        return Teller(source.situation.staff(), labels, language, source.clock(), self._told.rules.purposes)

    # -- asking -------------------------------------------------------------------------------------------------------

    @Slot()
    def open_form(self) -> None:
        """Begin a request."""
        japanese = self._from.speech.language == "ja"
        self._below.setCurrentIndex(1)
        self.form.offer(self._from.takeouts.classes(), self._told.rules, japanese=japanese)

    @Slot()
    def _close_form(self) -> None:
        self._below.setCurrentIndex(2)
        self._show_all()

    @Slot()
    def _send_request(self) -> None:
        request = self.form.request(self._from.ids(), int(self._from.clock().timestamp()))
        if request is None:
            self._say(lambda: self.tr("Tick at least one class."), Tone.WARN)
            return
        office = self._from.takeouts.office
        self.acts.run(lambda: office.ask(request), lambda: self.tr("Asked for. A head decides."))

    # -- deciding, beginning, returning -------------------------------------------------------------------------------

    @Slot()
    def _accept(self) -> None:
        if self._below.currentIndex() == 1:
            self._send_request()
        else:
            self._decide("approved")

    @Slot()
    def _decline(self) -> None:
        self._decide("refused")

    @Slot(str)
    def _act(self, act: str) -> None:
        permit = self.detail.permit
        if permit is None:
            return
        if act in ("start", "return"):
            self._say(lambda: self.tr("Sending everything first…"), Tone.NEUTRAL)
            self.acts.move(permit.id, back=act == "return")
        elif act == "withdraw":
            self.acts.withdraw(permit.id)
        else:
            self._decide(act)

    def _decide(self, verdict: str) -> None:
        permit, reason = self.detail.permit, self.detail.reason.text().strip()
        button = {"approved": self.detail.accept, "refused": self.detail.decline}.get(verdict, self.detail.revoke)
        if permit is None or not button.isVisible():
            return
        if verdict != "approved" and not reason:
            self.detail.reason.set_wrong(wrong=True)
            self.detail.reason.setFocus()
            self._say(lambda: self.tr("Write the reason first: the teacher reads it."), Tone.WARN)
            return
        self.acts.decide(permit.id, verdict, reason)

    @Slot(object)
    def _done(self, words: Callable[[], str]) -> None:
        self.strip.show_message(Message(words, Tone.INFO, passing=True))
        if self._below.currentIndex() == 1:
            self._close_form()
        self.reload()
        self.sync_asked.emit()

    @Slot(object)
    def _failed(self, error: KeyakiError) -> None:
        acts = (Act(SIGN_IN, lambda: self.tr("Sign in again")),) if isinstance(error, SignInTooOld) else ()
        self.strip.show_message(of_error(error, self._from.speech.sentence, None, acts))

    def _say(self, words: Callable[[], str], tone: Tone) -> None:
        self.strip.show_message(Message(words, tone))

    # -- the ledger for other programs --------------------------------------------------------------------------------

    @Slot()
    def _export(self) -> None:
        """Write what the ledger shows into a file somebody chooses."""
        name = self.tr("take-outs {day}").format(day=self._from.clock().date().isoformat())
        path = self._from.save(f"{name}.csv")
        if not path:
            return
        try:
            Path(path).write_bytes(csv_bytes(self.table.cells()))
        except OSError as error:
            self._failed(FileRefused(reason=type(error).__name__))
            return
        self._say(lambda: self.tr("Exported."), Tone.INFO)
