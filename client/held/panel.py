"""S21 この端末: what is held here, how old it is, how it is protected and until when, and how a class is put away."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from client.held.record import HeldClass, Holding, Where
from client.held.sources import Sources
from client.held.table import HeldTable, name
from client.shell.actions import bind
from client.shell.messages import Asked, Messages, of_error
from client.shell.pages import Page, PageFrame
from client.syncing.rules import when
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
from sync.errors import KeyakiError
from sync.protocol.lease import Lease

KEY = "held"
UNDER = "devices"
LINES = 14
_MEGA = 1_000_000


def page(sources: Sources) -> Page:
    """The page for the window's list; it is opened from the page of devices."""
    title = lambda: QCoreApplication.translate("HeldPage", "This PC")  # noqa: E731  asked at each change of language
    return Page(KEY, "devices", title, lambda: HeldPage(sources), under=UNDER)


class HeldPage(PageFrame):
    """Facts above, below them the classes."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("This PC"), parent)
        self._from = sources
        self.holding: Holding | None = None
        self.messages = Messages(sources.speech.sentence, self)
        self._wanted: HeldClass | None = None
        self.devices = Button(lambda: self.tr("Devices and losses"), parent=self)
        self.takeout = Chip("", Tone.WARN, self)
        self.table = HeldTable(self)
        self.list = RecordList(self.table, self)
        self.clear_button = Button(lambda: self.tr("Clear from this PC…"), parent=self, keycap="Del")
        self.back_button = Button(lambda: self.tr("Load again"), Kind.PRIMARY, self)
        self.facts = {key: Paragraph("", Step.BODY, self, measure=None) for key in ("age", "amount", "lock", "lease")}
        self._build()
        self._wire()

    def _build(self) -> None:
        look = ink.look()
        self.selectors.addWidget(self.takeout)
        self.buttons.addWidget(self.devices)
        heads = {
            "age": lambda: self.tr("As of"),
            "amount": lambda: self.tr("Amount"),
            "lock": lambda: self.tr("Protection"),
            "lease": lambda: self.tr("Without a connection"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(6))
        grid.setColumnStretch(1, 1)
        for at, (key, words) in enumerate(heads.items()):
            grid.addWidget(Label(words, Step.CAPTION, self, colour="text2"), at, 0)
            grid.addWidget(self.facts[key], at, 1)
        card = Card(self)
        card.body.addLayout(grid)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(8))
        words = lambda: self.tr("What is cleared here stays at the school and can be loaded again.")  # noqa: E731
        foot.addWidget(Label(words, Step.CAPTION, self, colour="text2"))
        foot.addStretch(1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.clear_button)
        work = Ground("window", None, self)
        column = QVBoxLayout(work)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(24))
        column.setSpacing(look.px(16))
        column.addWidget(card)
        column.addWidget(self.list)
        column.addLayout(foot)
        column.addStretch(1)
        self.body.addWidget(work, 1)

    def _wire(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._line_chosen)
        self.clear_button.clicked.connect(self.ask)
        self.back_button.clicked.connect(self._bring_back)
        self.devices.clicked.connect(self._open_devices)
        bind(self, "clear", KEY).triggered.connect(self.ask)

    def arrive(self, argument: object) -> None:
        self.reload()
        self.list.setFocus()

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed: amounts are counted anew while somebody looks."""
        if self.isVisible() and types:
            self.reload()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self.holding is not None:
            self._show(self.holding)

    def reload(self) -> None:
        """Look what lies here."""
        self._from.tasks.run(self._from.held.look, self._show, self._failed)

    @Slot(object)
    def _show(self, holding: Holding) -> None:
        self.holding = holding
        self.table.show(holding.classes)
        self.list.fit_height(min(max(len(holding.classes), 1), LINES))
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.table.index(0, 0))
        lease = self._from.lease()
        self.facts["age"].set_words(self._age(holding))
        amount = self.tr("{records} records, {size} MB")
        self.facts["amount"].set_words(
            amount.format(records=f"{holding.records:,}", size=f"{holding.size / _MEGA:,.1f}")
        )
        self.facts["lock"].set_words(self._lock(lease))
        self.facts["lease"].set_words(self._lease(lease))
        self.takeout.setVisible(lease is not None and lease.kind == "takeout")
        if lease is not None:
            self.takeout.set_words(self.tr("Taken out until {time}").format(time=self._time(lease.exp)))
        self._offer(self.chosen)

    @property
    def chosen(self) -> HeldClass | None:
        """The class somebody stands on."""
        index = self.list.currentIndex()
        held = index.data(RECORD_ROLE) if index.isValid() else None
        return held if isinstance(held, HeldClass) else None

    @Slot(QModelIndex, QModelIndex)
    def _line_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._offer(self.chosen)

    def _offer(self, held: HeldClass | None) -> None:
        self.clear_button.setEnabled(held is not None and held.clearable)
        self.back_button.setVisible(held is not None and held.where is Where.AWAY)

    # -- words --------------------------------------------------------------------------------------------------------

    def _time(self, at: int) -> str:
        return when(datetime.fromtimestamp(at, UTC).isoformat(), self._from.clock())

    def _age(self, holding: Holding) -> str:
        if holding.last is None:
            return self.tr("nothing has come yet")
        time = when(holding.last, self._from.clock())
        if not holding.waiting:
            return self.tr("{time}; everything is sent").format(time=time)
        return self.tr("{time}; %n change(s) wait to be sent", "", holding.waiting).format(time=time)

    def _lock(self, lease: Lease | None) -> str:
        if lease is None:
            return self.tr("All of it is encrypted (AES-256); the key lies in the key store of this PC.")
        return self.tr(
            "All of it is encrypted (AES-256). Only PIN, key of this PC and the school's share together open it."
        )

    def _lease(self, lease: Lease | None) -> str:
        if lease is None:
            return self.tr("no end: this store asks for no PIN")
        if lease.kind == "takeout":
            return self.tr("until {time}, with a take-out the head approved").format(time=self._time(lease.exp))
        return self.tr("until {time}; renewed by itself at school").format(time=self._time(lease.exp))

    # -- putting away -------------------------------------------------------------------------------------------------

    @Slot()
    def ask(self) -> None:
        """Put the chosen class away, after a question."""
        held = self.chosen
        if held is None or not held.clearable:
            return
        self._wanted = held
        asked = Asked(
            self.tr("Clear {name} from this PC?").format(name=name(held)),
            self.tr(
                "Everything that waits is sent first. Then its records, and drafts that are not saved, are deleted "
                "here. The school keeps the records."
            ),
            self.tr("Clear"),
            self.tr("Cancel"),
        )
        self.messages.ask(asked, self, self._answered)

    @Slot(bool)
    def _answered(self, yes: bool) -> None:
        held, self._wanted = self._wanted, None
        if yes and held is not None:
            self._say(lambda: self.tr("Sending everything first…"), Tone.NEUTRAL)
            self._from.tasks.run(lambda: self._from.held.clear(held), self._cleared, self._failed)

    @Slot(object)
    def _cleared(self, held: HeldClass) -> None:
        self._say(lambda: self.tr("{name} was cleared from this PC.").format(name=name(held)), Tone.INFO)
        self.reload()

    @Slot()
    def _bring_back(self) -> None:
        held = self.chosen
        if held is not None and held.where is Where.AWAY:
            self._from.tasks.run(lambda: self._from.held.bring_back(held), self._came_back, self._failed)

    @Slot(object)
    def _came_back(self, held: HeldClass) -> None:
        self._say(lambda: self.tr("{name} is loaded again.").format(name=name(held)), Tone.INFO)
        self.reload()

    @Slot()
    def _open_devices(self) -> None:
        self.opened.emit(UNDER, None)

    @Slot(object)
    def _failed(self, error: KeyakiError) -> None:
        self.strip.show_message(of_error(error, self._from.speech.sentence))

    def _say(self, words: Callable[[], str], tone: Tone) -> None:
        self.strip.show_message(Message(words, tone))
