"""あとから届いた変更: what came after its author's duty had ended, accepted or declined for the school."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QModelIndex, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from client.late_edits.detail import Detail
from client.late_edits.record import Late
from client.late_edits.repository import LateEdits
from client.late_edits.table import LateTable, Teller
from client.shell.actions import bind
from client.shell.messages import of_error
from client.shell.pages import Left, Page, PageFrame
from client.syncing.repository import Situation
from client.terms import Speech
from client.widgets import ink
from client.widgets.chip import Chip
from client.widgets.column_table import RECORD_ROLE
from client.widgets.empty_state import EmptyState
from client.widgets.ground import Ground
from client.widgets.ink import Tone
from client.widgets.message_strip import Message
from client.widgets.record_list import RecordList
from sync.errors import KeyakiError

KEY = "late_edits"
REASON = "reason"
LINES = 6
"""Late edits that are on screen at once."""
SHOWN = frozenset({"late_edit", "late_target", "grant", "outbox"})


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page stands on. clock: the moment, with its time zone."""

    late_edits: LateEdits
    situation: Situation
    speech: Speech
    clock: Callable[[], datetime]


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("LateEditsPage", "Late changes")  # noqa: E731  asked at each change of language
    return Page(KEY, "sync", title, lambda: LateEditsPage(sources), under="sync")


class LateEditsPage(PageFrame):
    """The list above, the one that is decided below. sync_asked: send the decision now."""

    sync_asked = Signal()

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Late changes"), parent)
        self._from = sources
        self.count = Chip("", Tone.WARN, self)
        self.selectors.addWidget(self.count)
        self.table = LateTable(self._teller(), self)
        self.list = RecordList(self.table, self)
        self.detail = Detail(self._teller(), self)
        self._build()
        self.list.selectionModel().currentChanged.connect(self._line_chosen)
        self.detail.accept_asked.connect(self.accept)
        self.detail.decline_asked.connect(self.decline)
        bind(self, "next", KEY).triggered.connect(self.go_on)
        bind(self, "accept", KEY).triggered.connect(self.accept)
        bind(self, "decline", KEY).triggered.connect(self.decline)

    def _build(self) -> None:
        look = ink.look()
        self.empty = EmptyState(
            "check",
            lambda: self.tr("No late changes"),
            lambda: self.tr("What is sent after a duty has ended is kept here, to be accepted or declined."),
        )
        work = Ground("window", None, self)
        column = QVBoxLayout(work)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(24))
        column.setSpacing(look.px(16))
        column.addWidget(self.list)
        column.addWidget(self.detail, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(work)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)

    # -- what is on screen --------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        self.reload()
        self.list.setFocus()

    def left(self) -> Left | None:
        late, written = self.detail.late, self.detail.reason.on_screen
        return None if late is None else Left({"late": late.id}, {REASON: written} if written else {})

    def come_back(self, left: Left) -> bool:
        self._show_next(str(left.place.get("late")))
        late, written = self.detail.late, left.typed.get(REASON, "")
        there = late is not None and late.id == left.place.get("late") and late.open
        if there:
            self.detail.reason.setText(written)
        if there and written:
            self.detail.reason.setFocus()
        return there or not written

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed."""
        if types & SHOWN and self.isVisible():
            self.reload()

    @Slot()
    def standing_changed(self) -> None:
        """The way to the school stands otherwise: nothing here says so."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.reload()

    def reload(self) -> None:
        """Read the late edits again and stay at the one that is shown."""
        before = self.detail.late
        found = self._from.late_edits.all()
        self.table.show_all(found, self._teller())
        self.list.fit_height(min(max(len(found), 1), LINES))
        open_ = sum(late.open for late in found)
        self.count.set_words(self.tr("%n to decide", "", open_))
        self.count.setVisible(bool(open_))
        self._stack.setCurrentIndex(0 if found else 1)
        if found:
            self._show(next((late for late in found if before is not None and late.id == before.id), found[0]))

    def _show(self, late: Late) -> None:
        self.detail.show_late(late, self._teller())
        at = next((at for at, each in enumerate(self.table.rows) if each.id == late.id), -1)
        index = self.table.index(at, 0)
        if index.isValid() and self.list.currentIndex().row() != at:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.list.selectionModel().setCurrentIndex(index, flags)

    @Slot(QModelIndex, QModelIndex)
    def _line_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        late = current.data(RECORD_ROLE) if current.isValid() else None
        if late is not None and (self.detail.late is None or self.detail.late.id != late.id):
            self._show(late)

    def _teller(self) -> Teller:
        return Teller(self._from.situation.staff(), self._from.speech, self._from.clock())

    # -- deciding -----------------------------------------------------------------------------------------------------

    @Slot()
    def go_on(self) -> None:
        """Show the next one that waits for a decision."""
        self._show_next(self._following())

    def _following(self) -> str | None:
        """The id of the open one below the one on screen, the first where there is none below."""
        shown = self.detail.late
        at = next((at for at, late in enumerate(self.table.rows) if shown is not None and late.id == shown.id), -1)
        around = [*self.table.rows[at + 1 :], *self.table.rows[: at + 1]]
        return next((late.id for late in around if late.open), None)

    def _show_next(self, id_: str | None) -> None:
        late = next((late for late in self.table.rows if late.id == id_), None)
        if late is not None:
            self._show(late)

    @Slot()
    def accept(self) -> None:
        """Let the late values in."""
        self._decide("accepted", lambda: self.tr("Accepted. The values are entered in the name of {who}."))

    @Slot()
    def decline(self) -> None:
        """Leave the school's values as they are; the reason goes to the author."""
        if self.detail.reason.text().strip():
            self._decide("declined", lambda: self.tr("Declined. {who} is told the reason."))
        else:
            self.detail.reason.set_wrong(wrong=True)
            self.detail.reason.setFocus()
            words = lambda: self.tr("Write the reason first: its author reads it.")  # noqa: E731
            self.strip.show_message(Message(words, Tone.WARN))

    def _decide(self, state: str, words: Callable[[], str]) -> None:
        late, following = self.detail.late, self._following()
        if late is None or not late.open:
            return
        try:
            self._from.late_edits.decide(late, state, self.detail.reason.text().strip())
        except KeyakiError as error:
            self.strip.show_message(of_error(error, self._from.speech.sentence, Tone.WARN))
            self.reload()
            return
        said = lambda: words().format(who=self._teller().author(late))  # noqa: E731
        self.strip.show_message(Message(said, Tone.INFO, passing=True))
        self.reload()
        self._show_next(following)
        self.list.setFocus()
        self.sync_asked.emit()
