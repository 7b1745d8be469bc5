"""When sync happens: soon after an edit, at news, again after failures, and never in the way of the window."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from ipaddress import ip_address

import pytest
from PySide6.QtCore import QObject, QThread, Signal, Slot
from pytestqt.qtbot import QtBot

from client.syncing import service
from client.syncing.service import Link, Rhythm, SyncService, _Worker
from client.workspace import Put
from sync.errors import Defect, KeyakiError
from sync.protocol.backend import Backend, WaitStopped
from sync.protocol.errors import (
    ClockWrong,
    ProxyRefused,
    ProxyScript,
    ServerBusy,
    SignInNeeded,
    Unreachable,
)
from sync.protocol.messages import PullAnswer, PullRequest, PushAnswer, PushRequest, WaitAnswer
from tests.kit.classroom import MATH, SATO, Classroom, Desk
from tests.kit.logguard import LogGuard

QUICK = Rhythm(
    settle=0.05, settle_most=0.3, again=0.02, again_most=0.05, ask=(0.05, 0.1), shared=60, barred=60, tick=0.05
)


@dataclass(slots=True)
class Wire(Link):
    """The network between a desk and the school: it can be cut, it can ring, and it remembers what passed."""

    school: Backend
    fault: KeyakiError | None = None
    passed: list[str] = field(default_factory=list[str])
    watched: int = 0
    closed: bool = False
    impatient: bool = False
    deaf: bool = False
    still: float = 0
    dropped: int = 0
    off: timedelta = timedelta()
    _ring: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        self._pass("push")
        return self.school.push(school, request)

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        self._pass("pull")
        return self.school.pull(school, request)

    def wait(self, school: str, seq: int) -> WaitAnswer:
        self._pass("wait")
        while not self.impatient and not self._ring.wait(0.01):
            if self._stop.is_set():
                self._stop.clear()
                raise WaitStopped(reason="stopped")
            if self.deaf or self.closed or self.fault:
                raise Unreachable(reason="ReadError")
        self._ring.clear()
        return self.school.wait(school, seq)

    def ring(self) -> None:
        """There is news."""
        self._ring.set()

    def stop_waiting(self) -> None:
        self._stop.set()

    @property
    def ahead(self) -> timedelta:
        return self.off

    def still_s(self) -> float:
        return self.still

    def drop(self) -> None:
        self.dropped += 1

    def watch(self) -> None:
        self.watched += 1

    def close(self) -> None:
        self.closed = True

    def count(self, what: str) -> int:
        return self.passed.count(what)

    def _pass(self, what: str) -> None:
        self.passed.append(what)
        if self.closed:
            raise Unreachable(reason="closed")
        if self.fault is not None:
            raise self.fault


class Seat(QObject):
    """A desk with its service, and who listens to it in the GUI thread."""

    reached = Signal()

    def __init__(self, desk: Desk, rhythm: Rhythm = QUICK) -> None:
        super().__init__()
        self.workspace = desk.workspace
        self.wire = Wire(desk.core)
        self.service = SyncService(desk.workspace, self.wire, max, self, rhythm)
        self.threads: list[QThread] = []
        self.errors: list[KeyakiError] = []
        self.service.finished.connect(self._heard)
        self.service.failed.connect(self._failed)

    @Slot(object)
    def _heard(self, _report: object) -> None:
        self.threads.append(QThread.currentThread())

    @Slot(object)
    def _failed(self, error: KeyakiError) -> None:
        self.threads.append(QThread.currentThread())
        self.errors.append(error)

    def type_(self, points: int, note: str = "") -> str:
        """Change a score; its id."""
        row = self.workspace.rows('SELECT id FROM score WHERE "@lesson" = ? ORDER BY id LIMIT 1', (MATH,))[0]
        fields = {"note": note} if note else {"state": "scored", "value": points * 100}
        self.workspace.edit("grades.score", [Put("score", fields, id=row.id)])
        self.service.edited()
        return row.id

    @property
    def waiting(self) -> int:
        return self.workspace.status().waiting


@pytest.fixture
def seat(classroom: Classroom, qtbot: QtBot) -> Iterator[Seat]:
    made = Seat(classroom.open())
    made.service.start()
    yield made
    assert made.service.close()


def listening(seat: Seat, qtbot: QtBot) -> None:
    """Wait until the long poll is under way."""
    qtbot.waitUntil(lambda: bool(seat.wire.passed) and seat.wire.passed[-1] == "wait")


def test_it_begins_with_a_round_and_then_listens(seat: Seat, qtbot: QtBot) -> None:
    listening(seat, qtbot)
    qtbot.waitUntil(lambda: seat.service.standing.reached is True)
    assert seat.wire.passed[0] == "pull"
    assert seat.service.standing.problem is None


def test_what_it_tells_arrives_in_the_thread_of_the_windows(seat: Seat, qtbot: QtBot) -> None:
    seat.wire.fault = Unreachable()
    qtbot.waitUntil(lambda: len(seat.threads) > 1 and bool(seat.errors))
    assert {id(thread) for thread in seat.threads} == {id(QThread.currentThread())}


def test_what_was_typed_is_sent_when_the_hand_rests_as_one_push(seat: Seat, qtbot: QtBot) -> None:
    listening(seat, qtbot)
    for points in (3, 4, 5):
        seat.type_(points)
    qtbot.waitUntil(lambda: seat.waiting == 0)
    assert seat.wire.count("push") == 1


def test_a_hand_that_never_rests_does_not_keep_edits_from_being_sent(seat: Seat, qtbot: QtBot) -> None:
    listening(seat, qtbot)
    for number in range(100):
        seat.type_(0, f"note {number}")
        qtbot.wait(10)
        if seat.wire.count("push"):
            break
    assert seat.wire.count("push") >= 1


def test_news_of_a_colleague_is_fetched_at_once(seat: Seat, classroom: Classroom, qtbot: QtBot) -> None:
    listening(seat, qtbot)
    sato = classroom.open(SATO)
    row = sato.workspace.rows('SELECT id FROM score WHERE "@lesson" = ? ORDER BY id LIMIT 1', (MATH,))[0]
    sato.workspace.edit("grades.score", [Put("score", {"state": "absent", "value": None}, id=row.id)])
    sato.sync()
    seat.wire.ring()
    state = "SELECT state FROM score WHERE id = ?"
    qtbot.waitUntil(lambda: seat.workspace.rows(state, (row.id,))[0].state == "absent")


def test_without_a_network_it_says_so_keeps_trying_and_recovers_by_itself(seat: Seat, qtbot: QtBot) -> None:
    listening(seat, qtbot)
    seat.wire.fault = Unreachable()
    seat.type_(7)
    qtbot.waitUntil(lambda: len(seat.errors) >= 3)
    assert seat.service.standing.reached is False
    assert seat.waiting == 1
    seat.wire.fault = None
    qtbot.waitUntil(lambda: seat.waiting == 0 and seat.service.standing.reached is True)


def test_a_proxy_in_the_way_is_not_called_reaching_the_school(seat: Seat, qtbot: QtBot) -> None:
    seat.wire.fault = ProxyRefused()
    seat.service.sync_now()
    qtbot.waitUntil(lambda: isinstance(seat.service.standing.problem, ProxyRefused))
    assert seat.service.standing.reached is False


def test_who_must_sign_in_is_not_asked_again_and_again_but_goes_on_after_it(seat: Seat, qtbot: QtBot) -> None:
    listening(seat, qtbot)
    seat.wire.fault = SignInNeeded()
    seat.type_(8)
    qtbot.waitUntil(lambda: seat.wire.count("push") >= 1 and bool(seat.errors))
    qtbot.wait(200)  # the edit's own try has been made
    asked = len(seat.wire.passed)
    qtbot.wait(200)
    assert len(seat.wire.passed) == asked
    assert seat.service.standing.reached is True
    seat.wire.fault = None
    seat.service.sync_now()
    qtbot.waitUntil(lambda: seat.waiting == 0)


def test_a_bug_in_a_round_is_told_as_ours_and_stops_nothing(seat: Seat, qtbot: QtBot, logs: LogGuard) -> None:
    logs.announce("keyaki.sync", "a round failed", level=40)
    listening(seat, qtbot)
    seat.wire.fault = ZeroDivisionError()  # type: ignore[assignment]
    seat.service.sync_now()
    qtbot.waitUntil(lambda: any(isinstance(error, Defect) for error in seat.errors))
    seat.wire.fault = None
    listening(seat, qtbot)


def test_a_wait_that_does_not_wait_becomes_no_storm(classroom: Classroom, qtbot: QtBot) -> None:
    seat = Seat(classroom.open())
    seat.wire.impatient = True
    seat.service.start()
    qtbot.wait(500)
    assert seat.service.close()
    assert 1 <= seat.wire.count("wait") <= 6


def test_the_watch_looks_at_the_call_under_way(seat: Seat, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: seat.wire.watched > 2)


def test_another_network_is_tried_at_once(seat: Seat, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    listening(seat, qtbot)
    rounds = seat.wire.count("pull")
    monkeypatch.setattr(service, "whereabouts", lambda: ("10.1.2.3",))
    qtbot.waitUntil(lambda: seat.wire.count("pull") > rounds)
    assert seat.wire.dropped == 1, "whatever was under way over the network that is gone"
    listening(seat, qtbot)
    rounds = seat.wire.count("pull")
    qtbot.wait(200)
    assert seat.wire.count("pull") == rounds


def test_after_a_sleep_the_old_connection_is_given_up_and_a_round_begins(
    seat: Seat, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening(seat, qtbot)
    rounds, now = seat.wire.count("pull"), service.time
    monkeypatch.setattr(service, "time", lambda: now() + 3600)
    qtbot.waitUntil(lambda: seat.wire.count("pull") > rounds)
    assert seat.wire.dropped == 1


def test_where_long_polls_are_cut_but_rounds_pass_it_asks_now_and_then_instead(
    classroom: Classroom, qtbot: QtBot
) -> None:
    seat = Seat(classroom.open(), replace(QUICK, ask=(60, 60)))
    seat.service.start()
    listening(seat, qtbot)
    seat.wire.deaf = True
    qtbot.waitUntil(lambda: seat.wire.count("wait") == 2)
    qtbot.wait(300)
    assert seat.wire.count("wait") == 2, "the first cut may have been the network's, the second one was not"
    seat.type_(2)
    qtbot.waitUntil(lambda: seat.waiting == 0)
    assert seat.service.standing.problem is None
    assert seat.service.close()


def test_a_call_in_which_nothing_moves_is_called_slow_until_something_does(seat: Seat, qtbot: QtBot) -> None:
    listening(seat, qtbot)
    seat.wire.still = 6
    qtbot.waitUntil(lambda: seat.service.standing.slow)
    seat.wire.still = 0
    qtbot.waitUntil(lambda: not seat.service.standing.slow)


def test_a_call_that_stands_still_is_told_within_ten_seconds() -> None:
    rhythm = Rhythm()
    assert rhythm.settle + rhythm.still + rhythm.tick < 10


def test_a_clock_that_is_off_is_told_and_keeps_nothing_from_being_sent(seat: Seat, qtbot: QtBot) -> None:
    listening(seat, qtbot)
    seat.wire.off = timedelta(minutes=-190, seconds=-20)
    seat.type_(6)
    qtbot.waitUntil(lambda: seat.waiting == 0 and isinstance(seat.service.standing.problem, ClockWrong))
    assert seat.service.standing.reached is True
    assert seat.service.standing.problem is not None
    assert seat.service.standing.problem.facts == {"minutes": 190}
    seat.wire.off = timedelta(minutes=5)
    seat.service.sync_now()
    qtbot.waitUntil(lambda: seat.service.standing.problem is None)


def test_a_way_out_that_only_a_script_knows_is_told_where_there_is_a_network(
    seat: Seat, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "whereabouts", lambda: ("10.1.2.3",))
    seat.wire.fault = ProxyScript()
    qtbot.waitUntil(lambda: isinstance(seat.service.standing.problem, ProxyScript))
    monkeypatch.setattr(service, "whereabouts", lambda: ())
    qtbot.waitUntil(lambda: isinstance(seat.service.standing.problem, Unreachable))
    assert seat.service.standing.reached is False


def test_where_this_pc_speaks_from_is_told_without_sending_anything() -> None:
    for address in service.whereabouts():
        assert not ip_address(address).is_loopback


def test_closing_breaks_the_long_poll_off(classroom: Classroom, qtbot: QtBot) -> None:
    seat = Seat(classroom.open())
    seat.service.start()
    listening(seat, qtbot)
    assert seat.service.close(2000)
    assert seat.errors == []


@pytest.mark.parametrize(
    ("error", "failures", "least", "most"),
    [
        (Unreachable(), 1, 0.5, 2),
        (Unreachable(), 4, 0.5, 16),
        (Unreachable(), 40, 0.5, 120),
        (ServerBusy(retry_s=30), 1, 30.5, 32),
        (ServerBusy(retry_s="soon"), 1, 0.5, 2),
        (SignInNeeded(), 1, 600, 600),
    ],
)
def test_the_pause_grows_with_full_jitter_and_never_undercuts_what_the_server_asked_for(
    classroom: Classroom, error: KeyakiError, failures: int, least: float, most: float
) -> None:
    desk = classroom.open()
    pauses = []
    for chance in (min, max):
        worker = _Worker(desk.workspace, Wire(desk.core), Rhythm(), chance)
        worker._failures = failures
        pauses.append(worker._pause(error))
    assert pauses == [least, most]
