"""The way in with a PIN, against a real server: chosen once, typed at each start, guessed in vain, lost to nobody."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from client import start
from client.app import App
from client.demo import PIN, TANAKA, DemoServer, Switch, Visitor, key_place, key_places
from client.desk import Desk
from client.paths import Profile
from client.rehearsal import type_pin
from client.settings import LANGUAGE, Settings
from client.store.examining import DAMAGED, mark_of
from client.unlock.enrol import Place
from client.unlock.pin import AskPin, BeginAnew, ChoosePin
from client.unlock.protection import Protection
from client.unlock.repository import teachers
from client.unlock.signin import Provider
from client.vault.errors import HeaderUnfit, KeyMissing, LeaseNeeded, StoreRolledBack, WrongPin
from client.vault.pin import pin_fault
from client.workspace import Put, StoreDamaged
from sync.errors import KeyakiError
from sync.protocol.journal import Kind, entries
from sync.server.leases.signing import load_keys
from tests.kit.lending import CHEAP

pytestmark = pytest.mark.timeout(600)  # the first test of a run makes the sample school
LONG = 60_000


class Program:
    """The app on a profile, whose stores are protected unless a test says otherwise."""

    def __init__(self, application: QApplication, folder: Path, server: DemoServer, *, protected: bool = True) -> None:
        self.network = Switch(server.url)
        place = Place(self.network.address, Provider(server.issuer, "keyaki"), "教室PC", "0.1.0")
        outside = start.around(place, key_place, Visitor(TANAKA), self.network)
        if protected:
            protection = Protection(key_places, secrets.token_bytes, outside.clock, CHEAP, PIN)
            outside = replace(outside, protection=protection)
        self.profile = Profile(folder)
        self.app = App(application, self.profile, Settings(self.profile.settings, {LANGUAGE: "en"}), outside)
        self.app.start()

    @property
    def desk(self) -> Desk:
        assert self.app.desk is not None
        return self.app.desk

    def line(self) -> None:
        """Press the one teacher's line of the first screen."""
        (line,) = teachers(self.profile)
        self.app.entrance.open_known(line)

    def typed(self, pin: str) -> AskPin:
        """Type a PIN and press Enter."""
        question = self.app.panel.question
        assert isinstance(question, AskPin)
        QTest.keyClicks(question.line, pin)
        QTest.keyClick(question.line, Qt.Key.Key_Return)
        return question

    def change(self) -> None:
        """Change a score and keep it here."""
        row = self.desk.workspace.rows("SELECT id, value FROM score WHERE value IS NOT NULL ORDER BY id LIMIT 1")[0]
        value = 100 if row.value != 100 else 200
        self.desk.workspace.edit("grades.score", [Put("score", {"state": "scored", "value": value}, id=row.id)])

    def end(self) -> None:
        self.app.close()
        self.network.off()


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, backend: DemoServer) -> Iterator[Callable[..., Program]]:
    made: list[Program] = []

    def begin(*, protected: bool = True) -> Program:
        made.append(Program(qapp, tmp_path / "profile", backend, protected=protected))
        return made[-1]

    yield begin
    for each in made:
        each.end()
        common = each.app.common
        windows = [window for window in (each.app.desk, each.app.first) if window is not None]
        for part in (*windows, common.translations, common.looks, common.wheel, common, each.app):
            delete(part)  # the next test finds the application as it was


def join(ours: Program, qtbot: QtBot) -> None:
    """Sign in, choose the sample's PIN, load everything."""
    ours.app.panel.start_sign_in()
    qtbot.waitUntil(lambda: isinstance(ours.app.panel.question, ChoosePin), timeout=LONG)
    type_pin(ours.app.panel.question)
    qtbot.waitUntil(lambda: ours.app.desk is not None, timeout=LONG)
    status = ours.desk.workspace.status
    qtbot.waitUntil(lambda: status().last_success is not None and not status().loading, timeout=LONG)


def test_who_joins_chooses_a_pin_and_opens_with_it_without_a_network(
    program: Callable[..., Program], qtbot: QtBot
) -> None:
    first = program()
    join(first, qtbot)
    first.network.off()
    first.change()
    first.end()
    folder = next(first.profile.stores.iterdir())
    assert {"header.bin", "lease.bin", "keys.jws", "store.db"} <= {path.name for path in folder.iterdir()}
    assert not (folder / "secret").exists()

    again = program()
    again.network.off()
    again.line()
    again.typed(PIN)
    qtbot.waitUntil(lambda: again.app.desk is not None, timeout=LONG)
    assert again.desk.workspace.status().waiting == 1
    assert again.desk.isVisible()


def test_a_wrong_pin_is_said_with_the_tries_left_and_the_fifth_asks_for_a_sign_in_that_loses_nothing(
    program: Callable[..., Program], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = program()
    join(first, qtbot)
    first.network.off()
    first.change()
    first.end()

    again = program()
    panel = again.app.panel
    again.line()
    monkeypatch.setattr("client.vault.tries._WAITS_S", (0, 0, 0, 0, 0))  # a person would wait twenty seconds
    for left in (4, 3, 2, 1):
        before = again.typed("40271865")
        qtbot.waitUntil(lambda before=before: panel.question is not before, timeout=LONG)
        assert isinstance(panel.error, WrongPin)
        assert panel.error.facts["left"] == left
        assert str(left) in panel.problem.text()
        assert again.app.desk is None
    before = again.typed("40271865")
    qtbot.waitUntil(lambda: panel.question is not before, timeout=LONG)
    assert isinstance(panel.error, LeaseNeeded)
    qtbot.waitUntil(lambda: isinstance(panel.question, AskPin), timeout=LONG)  # the sign-in has brought a lease
    again.typed(PIN)
    qtbot.waitUntil(lambda: again.app.desk is not None, timeout=LONG)
    qtbot.waitUntil(lambda: again.desk.workspace.status().waiting == 0, timeout=LONG)
    assert again.desk.workspace.rows("SELECT count(*) AS n FROM score")[0].n > 0


def test_a_new_lease_is_asked_for_before_the_old_one_is_over_and_wraps_the_same_store(
    program: Callable[..., Program], qtbot: QtBot
) -> None:
    ours = program()
    join(ours, qtbot)
    renewal = ours.app.renewal
    assert renewal is not None
    before = renewal.unlocked
    assert before.lease is not None
    renewal._now = lambda: before.lease.iat + (before.lease.exp - before.lease.iat) // 2
    renewal.look()
    qtbot.waitUntil(lambda: renewal.unlocked is not before, timeout=LONG)
    after = renewal.unlocked.lease
    assert after is not None
    assert (after.n, after.prev) == (before.lease.n + 1, before.lease.jti)
    assert renewal.unlocked.keys.database == before.keys.database
    ours.end()
    again = program()
    again.line()
    again.typed(PIN)
    qtbot.waitUntil(lambda: again.app.desk is not None, timeout=LONG)


def test_what_is_saved_lies_in_a_journal_that_the_school_has_been_told_of(
    program: Callable[..., Program], qtbot: QtBot, backend: DemoServer
) -> None:
    ours = program()
    join(ours, qtbot)
    copies, renewal = ours.desk.workspace.copies, ours.app.renewal
    assert renewal is not None
    assert copies.kept
    qtbot.waitUntil(lambda: copies.known_stream() is not None, timeout=LONG)
    stream = renewal.unlocked.stream(ours.desk.workspace.enrolment.device)
    assert copies.known_stream() == stream.id
    ours.network.off()
    ours.change()
    assert (ours.desk.workspace.status().uncopied, ours.desk.workspace.status().groups) == (0, 1)
    (path,) = copies.segments()
    hand = renewal.unlocked.hands()(UUID(ours.desk.workspace.enrolment.device))
    assert hand is not None
    written = list(entries(path.read_bytes(), hand.signed))
    assert [(entry.head.kind, entry.head.q) for entry in written] == [(Kind.START, 0), (Kind.GROUP, 1)]
    ours.end()
    keys = load_keys(backend.folder, ours.app._outside.now().date())
    opened = [keys.outbox.opened(entry.head.kid, entry.info, entry.sealed) for entry in written]
    assert [plain is not None and b'"q":1' in plain for plain in opened] == [False, True]


def worked(program: Callable[..., Program], qtbot: QtBot) -> tuple[str, Path]:
    """A teacher who has saved a change that was not sent: the device, and the store's folder."""
    first = program()
    join(first, qtbot)
    qtbot.waitUntil(lambda: first.desk.workspace.copies.known_stream() is not None, timeout=LONG)
    first.network.off()
    first.change()
    device = first.desk.workspace.enrolment.device
    first.end()
    return device, next(first.profile.stores.iterdir())


def made_anew(again: Program, qtbot: QtBot) -> None:
    """Agree to have the store made anew, sign in, choose a PIN, and wait until all has been received."""
    question = again.app.panel.question
    assert isinstance(question, BeginAnew)
    question.agree_button.click()
    qtbot.waitUntil(lambda: isinstance(again.app.panel.question, ChoosePin), timeout=LONG)
    type_pin(again.app.panel.question)
    qtbot.waitUntil(lambda: again.app.desk is not None, timeout=LONG)
    status = again.desk.workspace.status
    qtbot.waitUntil(lambda: status().last_success is not None and not status().loading, timeout=LONG)


def kept_for_the_school(again: Program, backend: DemoServer, former: str, folder: Path) -> None:
    """What was not sent lies sealed in the quarantine, and the former store beside it; the store is a device of its own
    with a journal of its own.
    """
    workspace = again.desk.workspace
    assert workspace.enrolment.device != former
    assert (workspace.status().waiting, workspace.status().recovering) == (0, False)
    (unread,) = workspace.copies.unread()
    keys = load_keys(backend.folder, again.app._outside.now().date())
    found = [entry for path in unread.segments for entry in entries(path.read_bytes(), lambda *_: True)]
    plain = [keys.outbox.opened(entry.head.kid, entry.info, entry.sealed) for entry in found if entry.head.q]
    assert [former.encode() in each and b'"q":1' in each for each in plain if each is not None] == [True]
    (aside,) = (folder / "quarantine").glob("store-*")
    assert {"header.bin", "lease.bin", "store.db"} <= {path.name for path in aside.iterdir()}
    again.network.off()
    again.change()
    assert len(workspace.copies.segments()) == 1


def test_who_has_forgotten_the_pin_signs_in_and_has_another_store_and_nothing_saved_is_gone(
    program: Callable[..., Program], qtbot: QtBot, backend: DemoServer
) -> None:
    former, folder = worked(program, qtbot)
    again = program()
    again.line()
    question = again.app.panel.question
    assert isinstance(question, AskPin)
    question.forgotten_button.click()
    made_anew(again, qtbot)
    kept_for_the_school(again, backend, former, folder)
    assert [line.former for line in teachers(again.profile)] == [former]
    again.end()
    last = program()
    last.line()
    last.typed(PIN)
    qtbot.waitUntil(lambda: last.app.desk is not None, timeout=LONG)
    assert last.desk.workspace.status().groups == 1


def test_who_has_forgotten_the_pin_may_go_back_and_remember_it(program: Callable[..., Program], qtbot: QtBot) -> None:
    former, folder = worked(program, qtbot)
    again = program()
    again.line()
    again.app.panel.question.forgotten_button.click()
    again.app.panel.question.left.emit()
    again.line()
    again.app.panel.question.forgotten_button.click()
    again.app.panel.question.agree_button.click()
    qtbot.waitUntil(lambda: isinstance(again.app.panel.question, ChoosePin), timeout=LONG)
    again.app.panel.question.left.emit()
    again.line()
    again.typed(PIN)
    qtbot.waitUntil(lambda: again.app.desk is not None, timeout=LONG)
    assert again.desk.workspace.enrolment.device == former
    assert again.desk.workspace.status().groups == 1
    assert not (folder / "quarantine").exists()
    again.network.on()
    again.desk.service.sync_now()
    qtbot.waitUntil(lambda: again.desk.workspace.status().waiting == 0, timeout=LONG)


@pytest.mark.parametrize(
    ("broken", "error"),
    [("store.db", StoreDamaged), ("header.bin", HeaderUnfit), ("../../keys/{device}-ds-1", KeyMissing)],
)
def test_a_store_that_cannot_be_opened_is_made_anew_when_its_owner_says_so(
    program: Callable[..., Program],
    qtbot: QtBot,
    backend: DemoServer,
    broken: str,
    error: type[KeyakiError],
) -> None:
    former, folder = worked(program, qtbot)
    path = folder / broken.format(device=former)
    if error is KeyMissing:
        path.unlink()
    else:
        path.write_bytes(bytes(len(path.read_bytes())))
    again = program()
    again.line()
    before = again.typed(PIN)
    qtbot.waitUntil(lambda: again.app.panel.question is not before, timeout=LONG)
    assert isinstance(again.app.panel.error, error)
    assert str(error.NUMBER) in again.app.panel.number.text()
    made_anew(again, qtbot)
    kept_for_the_school(again, backend, former, folder)


def test_an_older_copy_of_store_and_journal_is_said_and_made_anew_and_what_it_holds_goes_to_the_school(
    program: Callable[..., Program], qtbot: QtBot, backend: DemoServer, tmp_path: Path
) -> None:
    former, folder = worked(program, qtbot)
    older = tmp_path / "older"
    older.mkdir()
    for path in (*folder.glob("store.db*"), *folder.glob("soj-*")):
        shutil.copyfile(path, older / path.name)
    second = program()
    second.network.off()
    second.line()
    second.typed(PIN)
    qtbot.waitUntil(lambda: second.app.desk is not None, timeout=LONG)
    second.change()
    second.end()
    for path in (*folder.glob("store.db*"), *folder.glob("soj-*")):
        path.unlink()
    for path in older.iterdir():
        shutil.copyfile(path, folder / path.name)

    again = program()
    again.line()
    before = again.typed(PIN)
    qtbot.waitUntil(lambda: again.app.panel.question is not before, timeout=LONG)
    error = again.app.panel.error
    assert isinstance(error, StoreRolledBack)
    assert "1108" in again.app.panel.number.text()
    assert str(error.facts["seen"]) in again.app.panel.problem.text()
    made_anew(again, qtbot)
    kept_for_the_school(again, backend, former, folder)


def test_damage_found_beside_the_work_is_said_at_once_and_the_next_start_offers_another_store(
    program: Callable[..., Program], qtbot: QtBot, backend: DemoServer
) -> None:
    former, folder = worked(program, qtbot)
    first = program()
    first.network.off()
    first.line()
    first.typed(PIN)
    qtbot.waitUntil(lambda: first.app.desk is not None, timeout=LONG)
    mark_of(folder / "store.db").touch()
    first.desk.workspace._writer.alone(lambda writing: writing.change([DAMAGED]))
    strip = first.desk.window_.page.strip
    qtbot.waitUntil(lambda: strip.message is not None and "damaged" in strip.message.words(), timeout=LONG)
    first.end()

    again = program()
    again.line()
    before = again.typed(PIN)
    qtbot.waitUntil(lambda: again.app.panel.question is not before, timeout=LONG)
    assert isinstance(again.app.panel.error, StoreDamaged)
    made_anew(again, qtbot)
    kept_for_the_school(again, backend, former, folder)
    assert not mark_of(folder / "store.db").exists()


def bare(program: Callable[..., Program], qtbot: QtBot) -> Program:
    """A store from before there were PINs, open and loaded."""
    old = program(protected=False)
    old.app.panel.start_sign_in()
    qtbot.waitUntil(lambda: old.app.desk is not None, timeout=LONG)
    status = old.desk.workspace.status
    qtbot.waitUntil(lambda: status().last_success is not None and not status().loading, timeout=LONG)
    return old


def test_a_store_from_before_there_were_pins_opens_as_it_did(program: Callable[..., Program], qtbot: QtBot) -> None:
    bare(program, qtbot).end()
    again = program()
    again.line()
    assert again.app.desk is not None
    assert again.app.renewal is None


def test_a_store_from_before_there_were_pins_gives_way_to_one_with_a_pin_once_all_of_it_was_sent(
    program: Callable[..., Program], qtbot: QtBot
) -> None:
    old = bare(program, qtbot)
    old.change()
    old.desk.service.sync_now()
    qtbot.waitUntil(lambda: old.desk.workspace.status().waiting == 0, timeout=LONG)
    old.network.off()
    old.change()
    device = old.desk.workspace.enrolment.device
    old.end()
    folder = next(old.profile.stores.iterdir())

    kept = program()
    kept.app.panel.start_sign_in()
    qtbot.waitUntil(lambda: kept.app.desk is not None, timeout=LONG)
    assert kept.app.renewal is None, "something waits: it is the store it was"
    qtbot.waitUntil(lambda: kept.desk.workspace.status().waiting == 0, timeout=LONG)
    kept.end()
    assert (folder / "secret").exists()

    again = program()
    join(again, qtbot)
    assert again.desk.workspace.enrolment.device == device
    assert not (folder / "secret").exists()
    assert (folder / "header.bin").exists()
    again.change()
    again.desk.service.sync_now()
    qtbot.waitUntil(lambda: again.desk.workspace.status().waiting == 0, timeout=LONG)
    assert again.desk.workspace.enrolment.device == device
    assert [row.q for row in again.desk.workspace.rows("SELECT q FROM accepted")] == [3]
    again.end()
    last = program()
    last.line()
    last.typed(PIN)
    qtbot.waitUntil(lambda: last.app.desk is not None, timeout=LONG)


def test_who_goes_back_from_the_pin_finds_the_teachers_again(program: Callable[..., Program], qtbot: QtBot) -> None:
    first = program()
    join(first, qtbot)
    first.end()
    again = program()
    again.line()
    question = again.app.panel.question
    assert isinstance(question, AskPin)
    question.left.emit()
    assert not isinstance(again.app.panel.question, AskPin)
    assert again.app.desk is None


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("1234567", "1234567", "short"),
        ("11111111", "11111111", "repeated"),
        ("12345678", "12345678", "order"),
        ("50271864", "50271865", "not the same"),
    ],
)
def test_a_pin_that_is_guessed_at_once_is_not_taken(qtbot: QtBot, one: str, other: str, said: str) -> None:
    question = ChoosePin(lambda pin: pin_fault(pin, date(2026, 11, 26)))
    qtbot.addWidget(question)
    with qtbot.assertNotEmitted(question.given):
        QTest.keyClicks(question.first, one)
        QTest.keyClicks(question.second, other)
        QTest.keyClick(question.second, Qt.Key.Key_Return)
    assert said in question.problem.text()
