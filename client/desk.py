"""One teacher's open store on screen: window, status line, keys, sync, and leaving without losing anything.

It knows pages by what they do (hear of changed records, ask for a round), never by name: `client/app.py` lists them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import delete

from client import settings as options
from client.band import Network, SampleBand
from client.presenting import Presenter, Scene
from client.resources import ROOT
from client.settings import Settings
from client.shell.actions import SHEET, bind
from client.shell.changes import Changes
from client.shell.crash import CrashGuard
from client.shell.displays import Display, Displays, read_displays
from client.shell.key_list import KeyList
from client.shell.look import Looks, Theme
from client.shell.messages import Messages
from client.shell.pages import HearsOfRecords, Page, PageFrame, TalksOfSync
from client.shell.tasks import Tasks
from client.shell.translate import Translations
from client.shell.watch import boot_s
from client.shell.wheel import WheelGuard
from client.shell.window import Window
from client.syncing.repository import late_to_decide
from client.syncing.rules import when
from client.syncing.service import SyncService
from client.syncing.status import sentences
from client.terms import Speech
from client.unlock.enrol import Place
from client.unlock.protection import Protection
from client.unlock.relaunch import Successor
from client.widgets.ink import Tone, Words
from client.widgets.message_strip import Act, Message
from client.widgets.window_title import title_window
from client.workspace import DeviceSecretStore, Workspace
from sync.errors import Fault, KeyakiError
from sync.records.ids import IdMaker

MINUTE_MS = 60_000
SYNC_AFTER_MS = 200
"""By then the first page is on screen: Python runs one thread at a time, and the first round is a long one."""
SIZE = (1366, 768)
SEND_AND_QUIT, QUIT, SIGN_IN = "send_and_quit", "quit", "sign_in"


@dataclass(frozen=True, slots=True)
class Outside:
    """All that the program meets outside itself; the demo and the tests hand in others.

    place: where the school is. protection: of new stores; None for those of a test, which ask for no PIN. secrets:
    (folder of a store without a vault) -> where its key lies. browse: opens a page. clock: the moment, in UTC. chance:
    random bytes; between: a random number between two. sample: the demo's network; there is one only with the sample
    school, whose band is then on every window. open_window: puts one on the screen. boot: seconds since this PC was
    started, sleep included. successor: shows the lock screen; nothing is locked without one. displays: those of now.
    """

    place: Place
    secrets: Callable[[Path], DeviceSecretStore]
    browse: Callable[[str], object]
    clock: Callable[[], datetime]
    ids: IdMaker
    chance: Callable[[int], bytes]
    between: Callable[[float, float], float]
    sample: Network | None = None
    protection: Protection | None = None
    open_window: Callable[[QWidget], object] = QWidget.show
    boot: Callable[[], float] = boot_s
    successor: Successor | None = None
    displays: Callable[[], tuple[Display, ...]] = read_displays

    def now(self) -> datetime:
        """The moment in the zone people here read times in."""
        return self.clock().astimezone()


class Common(QObject):
    """What every window shares: look, words, pool, crash guard."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        super().__init__(application)
        self.application, self.settings = application, settings
        self.looks = Looks(application, ROOT / "fonts")
        self.looks.show(Theme(settings.value(options.THEME)), settings.value(options.TEXT_SCALE) / 100)
        self.translations = Translations(application, ROOT / "i18n")
        self.translations.show(settings.value(options.LANGUAGE))
        self.speech = Speech(lambda: self.translations.language)
        self.tasks = Tasks(self)
        self.crash = CrashGuard(self.speech.sentence, self)
        self.wheel = WheelGuard(application)

    def happened(self, error: KeyakiError) -> str:
        """What happened, in one sentence: the status line says the rest itself."""
        return self.speech.terms.error(error).happened


class Desk(QWidget):
    """The window of one store. `shutting` comes before it goes, `closed` when it is gone; everything is saved then.

    `shut` ends sync and closes the store; `let_go` is False where a call to the school held on to its thread.
    """

    closed = Signal()
    shutting = Signal()
    sign_in_asked = Signal()

    def __init__(
        self, common: Common, outside: Outside, workspace: Workspace, service: SyncService, pages: Sequence[Page]
    ) -> None:
        super().__init__()
        self.workspace, self.service = workspace, service
        self._common, self._outside = common, outside
        self._told, self._leaving, self._shut, self.let_go = False, False, False, True
        service.setParent(self)
        self.changes = Changes(self)
        self.messages = Messages(common.speech.sentence, self)
        self._first, self._keys = pages[0].key, frozenset(page.key for page in pages)
        self.window_ = Window([replace(page, build=self._wired(page)) for page in pages])
        scene = Scene(self, self.window_, Displays(outside.displays, self), common.settings, outside.now)
        self.presenter = Presenter(common.application, scene)
        self._assemble()
        self._wire()
        self._forget = workspace.subscribe(self.changes.announce)

    def _wired(self, page: Page) -> Callable[[], PageFrame]:
        """Builds a page that hears of changes, can ask for a round, and can be left for good through its strip."""

        def build() -> PageFrame:
            frame = page.build()
            frame.strip.asked.connect(self._strip_asked)
            if isinstance(frame, HearsOfRecords):
                self.changes.changed.connect(frame.records_changed)
            if isinstance(frame, TalksOfSync):
                frame.sync_asked.connect(self.service.sync_now)
                self.service.changed.connect(frame.standing_changed)
            return frame

        return build

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._outside.sample is not None:
            self.band = SampleBand(self._outside.sample, self)
            self.band.switched.connect(self.service.sync_now)
            column.addWidget(self.band)
        column.addWidget(self.presenter.band)
        column.addWidget(self.window_, 1)
        title_window(self, lambda: self.tr("Keyaki"))
        self.resize(*SIZE)

    def _wire(self) -> None:
        self.changes.changed.connect(self._records_changed)
        self.service.changed.connect(self.show_status)
        self.service.finished.connect(self._round_ended)
        self.service.failed.connect(self._round_failed)
        self.messages.said.connect(self.window_.show_message)
        self.window_.status.asked.connect(self._status_asked)
        bind(self, "sync").triggered.connect(self.service.sync_now)
        bind(self, "save").triggered.connect(self.say_saved)
        bind(self, "side", SHEET).triggered.connect(self.window_.toggle_side)
        bind(self, "back").triggered.connect(self.window_.back)
        bind(self, "forward").triggered.connect(self.window_.forward)
        bind(self, "keys").triggered.connect(self.show_keys)
        self._minute = QTimer(self)
        self._minute.timeout.connect(self.show_status)
        self._minute.start(MINUTE_MS)
        self._begin = QTimer(self, singleShot=True, interval=SYNC_AFTER_MS)
        self._begin.timeout.connect(self.service.start)

    def start(self) -> None:
        """Show the first page at once and begin to sync; nothing waits for the network."""
        self.presenter.look()  # before there is anything to see: the projector may have been on all the time
        self.window_.open_page(self._first)
        self.show_status()
        self._begin.start()

    def show_facts(self, *facts: Words) -> None:
        """Say who this is, at the right of the status line."""
        self.window_.status.show_facts(facts)

    @Slot()
    def show_status(self) -> None:
        """Say how things stand."""
        if self._shut:
            return
        status, now = self.workspace.status(), self._outside.now()
        self.window_.status.say(sentences(status, self.service.standing, now, self._common.happened))
        waits = status.conflicts or status.not_accepted or late_to_decide(self.workspace)
        self.window_.rail.set_badge("sync", on=bool(waits))

    @Slot()
    def say_saved(self) -> None:
        """Ctrl+S: what is being typed is taken, everything else was saved long ago; send what waits."""
        if not self.window_.page.leave():  # the page says why it could not be taken
            return
        waiting, now = self.workspace.status().waiting, self._outside.now()
        time, offline = when(now.isoformat(), now), self.service.standing.reached is False
        self.messages.say(lambda: self._saved(waiting, offline=offline).format(time=time))
        self.service.sync_now()

    def _saved(self, waiting: int, *, offline: bool) -> str:
        if not waiting:
            return self.tr("Already saved ({time}).")
        if offline:
            return self.tr("Already saved ({time}). %n change(s) will be sent once connected.", "", waiting)
        return self.tr("Already saved ({time}). Sending the %n waiting change(s).", "", waiting)

    @Slot()
    def show_keys(self) -> None:
        """F1: the keys of the page on screen."""
        KeyList(self.window_.screens, self).open()

    @Slot(object)
    def _records_changed(self, types: frozenset[str]) -> None:
        if "outbox" in types and len(types) > 1 and not self._shut:  # a round that only ended changes nothing else
            self.service.edited()
        if "damage" in types and not self._shut:
            self.window_.show_message(Message(self._damaged, Tone.DANGER, (Act(QUIT, lambda: self.tr("Quit now")),)))
        self.show_status()

    def _damaged(self) -> str:
        return self.tr(
            "The records kept on this PC are damaged. Nothing saved is deleted, and sending goes on. Quit Keyaki and "
            "open it again: this PC is then set up anew."
        )

    @Slot(object)
    def _round_ended(self, _report: object) -> None:
        self.show_status()
        if self._leaving and not self.workspace.status().waiting:
            self.close()

    @Slot(object)
    def _round_failed(self, error: KeyakiError) -> None:
        """The status line says it; only what is our own fault goes further."""
        if error.fault is Fault.OURS:
            self._common.crash.report(error)

    @Slot(str)
    def _status_asked(self, key: str) -> None:
        if key == "sign_in":
            self.sign_in_asked.emit()
        else:
            self.window_.open_page(key)

    @Slot(str)
    def _strip_asked(self, act: str) -> None:
        if act == SIGN_IN:
            self.sign_in_asked.emit()
        elif act == QUIT:
            self.close()
        elif act == SEND_AND_QUIT:
            self._leaving = True
            self.service.sync_now()
        elif act in self._keys:
            self.window_.open_page(act)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say once what still waits; the window may always be closed, nothing is lost by it."""
        waiting = self.workspace.status().waiting
        if not self.window_.page.leave():
            event.ignore()
        elif waiting and not self._told:
            event.ignore()
            self._told = True
            acts = (Act(SEND_AND_QUIT, lambda: self.tr("Send, then quit")), Act(QUIT, lambda: self.tr("Quit now")))
            self.window_.show_message(Message(lambda: self._unsent(waiting), Tone.NEUTRAL, acts))
        else:
            event.accept()
            QTimer.singleShot(0, self.shut)  # whoever asked for it may be a button of the window that goes

    def _unsent(self, waiting: int) -> str:
        return self.tr("%n change(s) are not sent yet. They are saved on this PC.", "", waiting)

    @Slot()
    def shut(self) -> None:
        """End sync and close the store; once."""
        if not self._shut:
            self._shut = True
            self._forget()
            self._minute.stop()
            self._begin.stop()
            self.presenter.stop()
            self.let_go = self.service.close()
            self.service.blockSignals(True)
            self.shutting.emit()
            delete(self.window_)  # with its timers: no page may ask a closed store
            self.workspace.close()
            self.closed.emit()
