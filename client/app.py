"""Puts the program together: what each part stands on is handed to it here, and nowhere else.

`App` shows who works on this PC; `Desk` is one teacher's open store with its window, its pages and its sync.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from client import settings as options
from client.grades import panel as grades
from client.grades.repository import GradeBook
from client.paths import Profile
from client.resources import ROOT
from client.settings import Settings
from client.shell.actions import bind
from client.shell.changes import Changes
from client.shell.crash import CrashGuard
from client.shell.key_list import KeyList
from client.shell.look import Looks, Theme
from client.shell.messages import Messages
from client.shell.pages import Page, PageFrame
from client.shell.tasks import Tasks
from client.shell.translate import Translations
from client.shell.wheel import WheelGuard
from client.shell.window import Window
from client.syncing import conflicts
from client.syncing import panel as syncing
from client.syncing.repository import Situation
from client.syncing.service import SyncService
from client.syncing.status import sentences, time_of
from client.terms import Speech
from client.unlock.enrol import Enrol, Joined, Place
from client.unlock.panel import UnlockPanel
from client.unlock.record import Known
from client.unlock.repository import remember, teachers
from client.widgets.ground import Ground
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.message_strip import Act, Message
from client.workspace import DeviceSecretStore, Enrolment, Workspace
from sync.engine.http import HttpBackend, Transport
from sync.engine.request import Caller
from sync.errors import KeyakiError
from sync.records.ids import IdMaker

VERSION = version("keyaki")
MINUTE_MS = 60_000
SEND_AND_QUIT, QUIT = "send_and_quit", "quit"


@dataclass(frozen=True, slots=True)
class Outside:
    """All that the program meets outside itself; the demo and the tests hand in others.

    place: where the school is. secrets: (folder of a store) -> where its key lies. browse: opens a page. clock: the
    moment, in UTC. chance: random bytes; between: a random number between two. sample: the band that says so is on
    every window.
    """

    place: Place
    secrets: Callable[[Path], DeviceSecretStore]
    browse: Callable[[str], object]
    clock: Callable[[], datetime]
    ids: IdMaker
    chance: Callable[[int], bytes]
    between: Callable[[float, float], float]
    sample: bool = False


class Common(QObject):
    """What every window shares: look, words, messages, pool, crash guard."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        super().__init__(application)
        self.settings = settings
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
    """One teacher's open store, on screen. `closed` comes when the window is gone and everything is saved."""

    closed = Signal()
    sign_in_asked = Signal()

    def __init__(self, common: Common, outside: Outside, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._common, self._outside = common, outside
        self._told, self._leaving, self._shut = False, False, False
        self.changes = Changes(self)
        self.messages = Messages(common.speech.sentence, self)
        device = workspace.enrolment.device
        link = HttpBackend(outside.place.server, Caller(device, VERSION), workspace, Transport())
        self.service = SyncService(workspace, link, outside.between, self)
        self.window_ = Window([self._wired(page) for page in self._pages()])
        self._assemble()
        self._wire()
        self._forget = workspace.subscribe(self.changes.announce)

    def _pages(self) -> tuple[Page, ...]:
        """Every page of the product, in the order of the rail."""
        workspace, speech, clock = self.workspace, self._common.speech, self._now
        situation = Situation(workspace)
        standing = lambda: self.service.standing  # noqa: E731
        return (
            grades.page(grades.Sources(GradeBook(workspace), situation, speech, clock)),
            syncing.page(syncing.Sources(situation, speech, workspace.status, standing, clock)),
            conflicts.page(conflicts.Sources(situation, speech, clock)),
        )

    def _wired(self, page: Page) -> Page:
        return replace(page, build=lambda: self._built(page))

    def _built(self, page: Page) -> PageFrame:
        """A page that hears of changes, can ask for a round, and can be left for good through its strip."""
        frame = page.build()
        frame.strip.asked.connect(self._strip_asked)
        if isinstance(frame, grades.GradesPage | syncing.SyncPage | conflicts.ConflictsPage):
            self.changes.changed.connect(frame.records_changed)
        if isinstance(frame, syncing.SyncPage):
            frame.sync_asked.connect(self.service.sync_now)
            self.service.changed.connect(frame.standing_changed)
        return frame

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._outside.sample:
            column.addWidget(sample_band(self))
        column.addWidget(self.window_, 1)
        self.setWindowTitle(self.tr("Keyaki"))
        self.resize(1366, 768)

    def _wire(self) -> None:
        self.changes.changed.connect(self._records_changed)
        self.service.changed.connect(self.show_status)
        self.service.finished.connect(self._round_ended)
        self.messages.said.connect(self.window_.show_message)
        self.messages.broken.connect(self._common.crash.report)
        self.window_.status.asked.connect(self._status_asked)
        bind(self, "sync").triggered.connect(self.service.sync_now)
        bind(self, "save").triggered.connect(self.say_saved)
        bind(self, "side").triggered.connect(self.window_.toggle_side)
        bind(self, "back").triggered.connect(self.window_.back)
        bind(self, "forward").triggered.connect(self.window_.forward)
        bind(self, "keys").triggered.connect(self.show_keys)
        self._minute = QTimer(self)
        self._minute.timeout.connect(self.show_status)
        self._minute.start(MINUTE_MS)

    def start(self) -> None:
        """Show the first page at once and begin to sync; nothing waits for the network."""
        self.window_.open_page(grades.KEY)
        self.show_status()
        self.service.start()

    def _now(self) -> datetime:
        """The moment in the zone people here read times in."""
        return self._outside.clock().astimezone()

    @Slot()
    def show_status(self) -> None:
        """Say how things stand."""
        status, now = self.workspace.status(), self._now()
        self.window_.status.say(sentences(status, self.service.standing, now, self._common.happened))

    @Slot()
    def say_saved(self) -> None:
        """Ctrl+S: it was saved long ago; send what waits."""
        waiting = self.workspace.status().waiting
        now = self._now()
        time = time_of(now.isoformat(), now)
        said = self.tr("Already saved ({time}).").format(time=time)
        sending = self.tr("Already saved ({time}). Sending the %n waiting change(s).", "", waiting).format(time=time)
        self.messages.say(sending if waiting else said)
        self.service.sync_now()

    @Slot()
    def show_keys(self) -> None:
        """F1: the keys of the page on screen."""
        KeyList([self.window_.key, "grid"] if self.window_.key == grades.KEY else [self.window_.key], self).open()

    @Slot(object)
    def _records_changed(self, types: frozenset[str]) -> None:
        if "outbox" in types and len(types) > 1:  # a round that only ended changes nothing but the outbox
            self.service.edited()
        self.show_status()

    @Slot(object)
    def _round_ended(self, _report: object) -> None:
        self.show_status()
        if self._leaving and not self.workspace.status().waiting:
            self.close()

    @Slot(str)
    def _status_asked(self, key: str) -> None:
        if key == "sign_in":
            self.sign_in_asked.emit()
        else:
            self.window_.open_page(key)

    @Slot(str)
    def _strip_asked(self, act: str) -> None:
        if act == QUIT:
            self.close()
        elif act == SEND_AND_QUIT:
            self._leaving = True
            self.service.sync_now()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say once what still waits; the window may always be closed, nothing is lost by it."""
        waiting = self.workspace.status().waiting
        if not self.window_.page.leave():
            event.ignore()
        elif waiting and not self._told:
            event.ignore()
            self._told = True
            words = self.tr("%n change(s) are not sent yet. They are saved on this PC.", "", waiting)
            acts = (Act(SEND_AND_QUIT, lambda: self.tr("Send, then quit")), Act(QUIT, lambda: self.tr("Quit now")))
            self.window_.show_message(Message(words, Tone.NEUTRAL, acts))
        else:
            self.shut()
            event.accept()

    def shut(self) -> None:
        """End sync and close the store; once."""
        if self._shut:
            return
        self._shut = True
        self._minute.stop()
        self._forget()
        self.service.close()
        self.workspace.close()
        self.closed.emit()


class App(QObject):
    """The program: the first screen, and the desk of whoever was chosen there. `ended` comes with the last window."""

    ended = Signal()

    def __init__(self, application: QApplication, profile: Profile, settings: Settings, outside: Outside) -> None:
        super().__init__(application)
        self.common = Common(application, settings)
        self.common.crash.install()
        self._profile, self._outside = profile, outside
        self._transport = Transport()
        self.desk: Desk | None = None
        self.first = QWidget()
        self.panel = UnlockPanel(self._attempt, outside.browse, self.common.tasks, self.common.speech.sentence)
        column = QVBoxLayout(self.first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if outside.sample:
            column.addWidget(sample_band(self.first))
        column.addWidget(self.panel, 1)
        self.first.setWindowTitle(self.tr("Keyaki"))
        self.first.resize(1366, 768)
        self.panel.chosen.connect(self.open_known)
        self.panel.joined.connect(self.open_joined)

    def start(self) -> None:
        """Show who works on this PC."""
        self.panel.show_teachers(teachers(self._profile))
        self.first.show()

    @Slot(object)
    def open_known(self, known: Known) -> None:
        """Open a store of this PC, with or without a network."""
        self._open(known, None)

    @Slot(object)
    def open_joined(self, joined: Joined) -> None:
        """Open, or make, the store of who has just signed in, with the session's tokens."""
        desk = self.desk
        if desk is None:
            desk = self._open(joined.known, joined.enrolment)
        if desk is not None:
            desk.workspace.keep(joined.tokens)
            remember(self._profile, joined.known)
            desk.service.sync_now()
            self.first.hide()

    def close(self) -> None:
        """End everything, whatever is open."""
        if self.desk is not None:
            self.desk.shut()
        self.panel.give_up()
        self.common.tasks.close()
        self._transport.close()
        self.common.crash.remove()

    def _attempt(self) -> Enrol:
        outside = self._outside
        return Enrol(outside.place, teachers(self._profile), self._transport, outside.chance, outside.ids)

    def _open(self, known: Known, enrolment: Enrolment | None) -> Desk | None:
        folder, outside = self._profile.store(known.user, known.school), self._outside
        try:
            workspace = Workspace.open(
                folder, secrets=outside.secrets(folder), enrolment=enrolment, clock=outside.clock, ids=outside.ids
            )
        except KeyakiError as error:
            self.panel.tell(error)
            return None
        self.desk = desk = Desk(self.common, outside, workspace)
        desk.closed.connect(self.ended)
        desk.sign_in_asked.connect(self._renew)
        desk.show()
        self.first.hide()
        desk.start()
        return desk

    @Slot()
    def _renew(self) -> None:
        """A session has ended: sign in again beside the open desk, for the same store."""
        if self.desk is not None:
            device = self.desk.workspace.enrolment.device
            wanted = next((known for known in teachers(self._profile) if known.device == device), None)
            self.first.show()
            self.panel.start_sign_in(wanted)


def sample_band(parent: QWidget) -> QWidget:
    """The band of the demo: nobody may take invented pupils for real ones, or the reverse."""
    band = Ground("warn_fill", Qt.Edge.BottomEdge, parent)
    band.setFixedHeight(24)
    row = QHBoxLayout(band)
    row.setContentsMargins(16, 0, 16, 0)
    words = lambda: QApplication.translate("App", "Sample school: all people here are invented")  # noqa: E731
    row.addWidget(Label(words, Step.CAPTION, band, colour="warn", bold=True))
    return band
