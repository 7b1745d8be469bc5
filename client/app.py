"""Puts the program together: what each part stands on is handed to it here, and to pages in `client/contents.py`.

The first screen shows before the pages are imported.
"""

from dataclasses import replace
from functools import partial
from importlib import import_module
from importlib.metadata import version
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from client.band import SampleBand
from client.desk import SIZE, Common, Desk, Outside
from client.entrance import Entered, Entrance
from client.finder import Finder
from client.guard import Guard, Post
from client.paths import Profile
from client.proxy import SystemRoute
from client.recovery.record import KEY as RECOVERY
from client.recovery.repository import Recoveries
from client.recovery.school import SchoolLine
from client.settings import PROXY, Settings
from client.shell.cause import Cause
from client.summons import Summoner
from client.syncing.service import SyncService
from client.takeout.repository import Takeouts
from client.unlock.anchoring import AnchorKeeper
from client.unlock.enrol import Enrol, Joined
from client.unlock.panel import UnlockPanel
from client.unlock.record import Known
from client.unlock.renewal import Renewal
from client.unlock.repository import known_as, last_locked, remember, teachers, to_sign_in
from client.widgets.ink import Tone
from client.widgets.message_strip import Act, Message
from client.widgets.window_title import title_window
from client.workspace import Enrolment, Workspace
from sync.engine import past
from sync.engine.devices import Devices
from sync.engine.http import HttpBackend
from sync.engine.permits import Permits
from sync.engine.request import Caller
from sync.engine.transport import Transport
from sync.errors import KeyakiError
from sync.protocol.errors import DeviceForked, DeviceSuspended, DeviceWiped, Forbidden, SignInNeeded
from sync.protocol.lease import LeaseAnswer, LeaseRequest

VERSION = version("keyaki")
AHEAD_MS: Final = 50
"""By then the first screen is painted."""


class App(QObject):
    """The program: the first screen, and the desk of whoever was chosen there. `ended` comes when a desk is closed.

    loaded: everything a desk needs is imported.
    """

    ended = Signal()
    loaded = Signal()

    def __init__(self, application: QApplication, profile: Profile, settings: Settings, outside: Outside) -> None:
        super().__init__(application)
        self.common = Common(application, settings)
        self.common.crash.install()
        self._profile, self._outside = profile, outside
        self._route = SystemRoute(settings.value(PROXY))
        self._transport: Transport | None = None
        self.desk: Desk | None = None
        self._link: HttpBackend | None = None
        self.renewal: Renewal | None = None
        self.anchor: AnchorKeeper | None = None
        self.recoveries: Recoveries | None = None
        self._offered = False
        self.guard: Guard | None = None
        self.first = QWidget()
        self.panel = UnlockPanel(self._attempt, outside.browse, self.common.tasks, self.common.speech.sentence)
        column = QVBoxLayout(self.first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if outside.sample is not None:
            column.addWidget(SampleBand(outside.sample, self.first))
        column.addWidget(self.panel, 1)
        title_window(self.first, lambda: self.tr("Keyaki"))
        self.first.resize(*SIZE)
        self.panel.joined.connect(self.open_joined)
        self.entrance = Entrance(profile, outside, self.panel, self.common.tasks, self)
        self.panel.chosen.connect(self.entrance.open_known)
        self.panel.pin.connect(self.entrance.take_pin)
        self.entrance.entered.connect(self._show)
        self._ahead = QTimer(self, singleShot=True, interval=AHEAD_MS)
        self._ahead.timeout.connect(self._load_pages)
        self.summoner = Summoner(profile, outside, self.common.tasks, self._fresh_transport(), self)
        self.summoner.summoned.connect(self._obey)
        self.summoner.erased.connect(self._tell_erased)

    def start(self) -> None:
        """Show who works on this PC; whose store is locked is asked for their PIN at once."""
        self.summoner.start()
        self.panel.show_teachers(teachers(self._profile))
        locked = last_locked(self._profile)
        if locked is not None:
            self.open_known(locked)
        self._outside.open_window(self.first)
        self._ahead.start()

    def open_known(self, known: Known) -> None:
        """Open a store of this PC, with or without a network; its PIN is asked for where it has one."""
        self.entrance.open_known(known)

    @Slot(object)
    def open_joined(self, joined: Joined) -> None:
        """Open, or make, the store of who has just signed in; a session is renewed for the desk that is open."""
        desk = self.desk
        if desk is None:
            self.entrance.open_joined(joined)
        elif joined.enrolment.device == desk.workspace.enrolment.device:
            desk.workspace.keep(joined.tokens)
            self.first.hide()
            desk.service.sync_now()
        else:
            self.panel.tell(Forbidden())

    def close(self) -> bool:
        """End everything, whatever is open. False where a thread still runs: Qt cannot be ended then."""
        self._ahead.stop()
        if self.desk is not None:
            self.desk.shut()
        self.panel.give_up()
        self.summoner.stop()
        finished = self.common.tasks.close()
        if self._transport is not None:
            self._transport.close()
        self.common.crash.remove()
        return finished and (self.desk is None or self.desk.let_go)

    def _attempt(self) -> Enrol:
        outside = self._outside
        if self._transport is None:
            self._transport = Transport(route=self._route)
        asks = self.entrance.request_for if self.desk is None else None  # an open one gets its leases by itself
        known = to_sign_in(self._profile)
        return Enrol(outside.place, known, self._transport, outside.chance, outside.ids, asks=asks)

    def _ask_for_lease(self, request: LeaseRequest) -> LeaseAnswer:
        """On a line of its own: the other one may be waiting for news. For a thread that may wait."""
        transport = self._fresh_transport()
        try:
            return self._line_over(transport).lease(request)
        finally:
            transport.close()

    def _fresh_transport(self) -> Transport:
        return Transport(route=self._route)

    def _line_over(self, transport: Transport) -> HttpBackend:
        """The open desk's way to the school."""
        assert self.desk is not None
        workspace = self.desk.workspace
        return HttpBackend(
            self._outside.place.server, Caller(workspace.enrolment.device, VERSION), workspace, transport
        )

    @Slot(object)
    def _obey(self, _order: object) -> None:
        """The school has blocked the store that is open: this process ends, and the next one goes on with it."""
        if self.guard is not None:
            self.guard.lock.lock(Cause.SCHOOL)
        elif self.desk is not None:
            self.desk.shut()

    @Slot()
    def _tell_erased(self) -> None:
        if self.desk is None:
            self.panel.show_teachers(teachers(self._profile))
            self.panel.tell(DeviceWiped())

    @Slot()
    def _load_pages(self) -> None:
        """Beside the GUI thread: somebody is about to type."""
        self.common.tasks.run(lambda: import_module("client.contents"), self._has_loaded, self.panel.tell)

    def _has_loaded(self, _module: object) -> None:
        self.loaded.emit()

    def _takeouts(self, workspace: Workspace) -> Takeouts:
        """Take-outs: asked for at the school, begun and returned with the store's vault."""

        def whole_round() -> None:
            line = self._line_over(self._fresh_transport())
            try:
                workspace.sync(line)
            finally:
                line.close()

        return Takeouts(workspace, Permits(lambda: self._line_over(self._fresh_transport())), whole_round)

    @Slot(object)
    def _show(self, entered: Entered) -> None:
        """Put a store on screen; from here on nothing waits for the network. Pages not imported yet are waited for."""
        from client import contents

        workspace, known = entered.workspace, entered.known
        outside, device = self._outside, workspace.enrolment.device
        link = HttpBackend(outside.place.server, Caller(device, VERSION), workspace, Transport(route=self._route))
        service = SyncService(workspace, link, outside.between, self)
        if known.device != device:  # the program ended before it could note that the store has become another device
            remember(self._profile, _gone_on(known, workspace.enrolment))
        self.recoveries = Recoveries(workspace, SchoolLine(self._line_over, self._fresh_transport))
        line = lambda: self._line_over(self._fresh_transport())  # noqa: E731  opened for each question
        asked = Devices(line), contents.Histories(workspace, past.Histories(line), self.common.tasks.run)
        school = contents.AtSchool(self.recoveries, self._takeouts(workspace), lambda: self.renewal, *asked)
        listed = contents.pages(workspace, service, self.common.speech, outside, school)
        asking = contents.school_pages(workspace, school, self.common, outside)
        self.desk = desk = Desk(self.common, outside, workspace, service, (*listed, *asking))
        Finder(desk, desk.window_, workspace, outside.now)
        desk.closed.connect(self.ended)
        desk.sign_in_asked.connect(self._renew)
        service.finished.connect(self._name_teacher)
        service.finished.connect(self._offer_recovery)
        service.failed.connect(self._heed)
        self._link = link
        if entered.unlocked is not None:
            now = lambda: int(outside.clock().timestamp())  # noqa: E731
            tasks = self.common.tasks
            self.renewal = renewal = Renewal(entered.unlocked, workspace, self._ask_for_lease, tasks, now, self)
            service.finished.connect(renewal.look)
            self.anchor = AnchorKeeper(lambda: renewal.unlocked, workspace, tasks, now, desk)
            service.finished.connect(self.anchor.look)
            desk.shutting.connect(self.anchor.end)
        desk.show_facts(known.name)
        if self.renewal is not None and self.anchor is not None and outside.successor is not None:
            folder = self._profile.store(known.user, known.school)
            ask_pin = partial(self.entrance.change_box, known)
            words = self.common.speech.sentence
            post = Post(desk, outside, folder, self.renewal, self.anchor, outside.successor, ask_pin, words)
            self.guard = Guard(self.common.application, post, self)
        outside.open_window(desk)
        self.first.hide()
        desk.start()
        if self.guard is not None:
            self.guard.drafts.bring_back()

    @Slot()
    def _renew(self) -> None:
        """A session has ended: sign in again beside the open desk, for the same store."""
        self.first.show()
        self.panel.start_sign_in(self._line())

    @Slot(object)
    def _heed(self, error: KeyakiError) -> None:
        """Where the store was a copy, it is a device of its own now, which has to be signed in."""
        line, desk, link = self._line(), self.desk, self._link
        if isinstance(error, DeviceSuspended | DeviceWiped | SignInNeeded) and line is not None:
            self.summoner.ask(line)
        if isinstance(error, DeviceForked) and line is not None and desk is not None and link is not None:
            whose = desk.workspace.enrolment
            link.become(whose.device)
            remember(self._profile, _gone_on(line, whose))
            desk.service.sync_now()

    @Slot(object)
    def _name_teacher(self, _report: object) -> None:
        """The list of teachers names people and schools as the school's own records do."""
        line, desk = self._line(), self.desk
        if line is not None and desk is not None:
            name, school = known_as(desk.workspace)
            fresh = replace(line, name=name or line.name, school_name=school or line.school_name)
            if fresh != line:
                remember(self._profile, fresh)
                desk.show_facts(fresh.name)

    @Slot(object)
    def _offer_recovery(self, _report: object) -> None:
        """Say, once, that something was kept here that the school does not have, and where it is looked at."""
        desk, recoveries = self.desk, self.recoveries
        if desk is None or recoveries is None or self._offered or not recoveries.wanted():
            return
        self._offered = True
        act = Act(RECOVERY, lambda: self.tr("Check and restore"))
        words = lambda: self.tr("Changes were kept on this PC that may not have reached the school.")  # noqa: E731
        desk.window_.show_message(Message(words, Tone.WARN, (act,)))

    def _line(self) -> Known | None:
        """The open store's line in the list of teachers."""
        if self.desk is None:
            return None
        whose = self.desk.workspace.enrolment
        lines = (known for known in teachers(self._profile) if (known.user, known.school) == (whose.user, whose.school))
        return next(lines, None)


def _gone_on(line: Known, whose: Enrolment) -> Known:
    """The line of a store that has become a device of its own."""
    return replace(line, device=whose.device, former=whose.former or "", why="forked")
