"""Teachers and the head of a school, and the page of take-outs over the store of each; the server's own functions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from client.shell.tasks import Tasks
from client.syncing.repository import Situation
from client.takeout import panel as takeout
from client.takeout.panel import TakeoutPage
from client.takeout.repository import Takeouts
from client.terms import Speech
from sync.errors import KeyakiError
from sync.protocol.lease import LeaseAnswer, LeaseRequest
from sync.protocol.messages import read
from sync.protocol.permit import (
    Permit,
    PermitAnswer,
    PermitAsk,
    PermitLease,
    PermitsAnswer,
    PermitVerdict,
)
from sync.server.caller import Caller
from sync.server.clock import unix_ms
from sync.server.core import Core
from sync.server.leases import permits
from sync.server.leases import takeout as moves
from sync.server.leases.lend import Lending, Wish
from sync.server.leases.permits import Office
from sync.server.leases.signing import fresh_keys
from sync.server.permit_rules import TakeoutRules
from sync.server.settings import DeskHours
from tests.kit.classroom import TANAKA, Classroom, Desk
from tests.kit.on_screen import OnScreen

LENDING = Lending(fresh_keys(date(2026, 11, 20)), "https://keyaki.example", DeskHours())


class School:
    """The school's office of take-outs as one user meets it: the server without a wire."""

    def __init__(self, room: Classroom, caller: Caller) -> None:
        self._room, self.caller = room, caller
        self._office = Office(room.storage, TakeoutRules())

    def lists(self) -> PermitsAnswer:
        """As the port."""
        return read(PermitsAnswer, permits.lists(self._office, self.caller, self._room.clock()))

    def ledger(self) -> PermitsAnswer:
        """As the port."""
        return read(PermitsAnswer, permits.ledger(self._office, self.caller, 0, self._room.clock()))

    def ask(self, request: PermitAsk) -> Permit:
        """As the port."""
        return read(PermitAnswer, permits.ask(self._office, self.caller, request, self._room.clock())).permit

    def decide(self, id_: str, verdict: PermitVerdict) -> Permit:
        """As the port."""
        told = permits.decide(self._office, self.caller, id_, verdict, self._room.clock())
        return read(PermitAnswer, told).permit

    def withdraw(self, id_: str) -> Permit:
        """As the port."""
        return read(PermitAnswer, permits.withdraw(self._office, self.caller, id_, self._room.clock())).permit

    def start(self, id_: str, request: LeaseRequest) -> PermitLease:
        """As the port; from here on the device is out."""
        told = read(PermitLease, moves.start(self._office, LENDING, id_, self._wish(request)))
        self.caller = replace(self.caller, permit=id_)
        return told

    def give_back(self, id_: str, request: LeaseRequest) -> PermitLease:
        """As the port; from here on the device is back."""
        told = read(PermitLease, moves.give_back(self._office, LENDING, id_, self._wish(request)))
        self.caller = replace(self.caller, permit=None)
        return told

    def _wish(self, request: LeaseRequest) -> Wish:
        return Wish(self.caller, request, self._room.clock())


class Leases(QObject):
    """Takes the lease that comes with a start or a return; the vault has tests of its own."""

    rewrapped = Signal()
    kept = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.came: list[LeaseAnswer] = []

    def ask_by(self, ask: Callable[[LeaseRequest], LeaseAnswer]) -> None:
        """At once, in this thread."""
        try:
            self.came.append(ask(LeaseRequest()))
        except KeyakiError as error:
            self.kept.emit(error)
        else:
            self.rewrapped.emit()


@dataclass(slots=True)
class Seat:
    """Somebody before the page. school: as this one meets it."""

    desk: Desk
    school: School
    leases: Leases
    screen: OnScreen
    page: TakeoutPage
    bot: QtBot
    folder: Path

    def reach(self, state: str) -> None:
        """Wait until the first take-out of the list stands so."""
        self.bot.waitUntil(lambda: [each.state for each in self.page.table.rows[:1]] == [state])

    def said(self) -> str:
        """What the strip says."""
        message = self.page.strip.message
        return "" if message is None else message.words()

    def sync(self) -> None:
        """One round as the device is now."""
        core = Core(self.desk.core._storage, self.school.caller, self.desk.core._clock, wait_s=0)
        self.desk.workspace.sync(core)


@pytest.fixture
def seat(qtbot: QtBot, classroom: Classroom, tmp_path: Path) -> Iterator[Callable[[str], Seat]]:
    """Sets somebody of the school before the page, by name."""
    seats: list[Seat] = []
    tasks: list[Tasks] = []

    def over(name: str = TANAKA, language: str = "en") -> Seat:
        desk = classroom.open(name, f"{name}のPC")
        whose = desk.workspace.enrolment
        caller = replace(desk.core._caller, auth_time=unix_ms(classroom.clock()))
        school, leases = School(classroom, caller), Leases()
        tasks.append(Tasks())
        numbers = iter(range(1, 99))
        made: list[Seat] = []

        def whole_round() -> None:
            made[0].sync()

        sources = takeout.Sources(
            Takeouts(desk.workspace, school, whole_round),
            Situation(desk.workspace),
            Speech(lambda: language),
            classroom.clock,
            lambda: str(uuid5(UUID(whose.device), str(next(numbers)))),
            tasks[-1],
            lambda: leases,
            lambda name: str(tmp_path / name),
        )
        screen = OnScreen(qtbot, desk.workspace, [takeout.page(sources)])
        page = screen.page("takeout", TakeoutPage)
        made.append(Seat(desk, school, leases, screen, page, qtbot, tmp_path))
        seats.append(made[0])
        return made[0]

    yield over
    for each in tasks:
        each.close()
    for each in seats:
        each.screen.close()
