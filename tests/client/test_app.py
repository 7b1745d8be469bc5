"""The program as a whole, against a real server: from the first screen to the desk, and out again without a loss."""

import json
import random
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from client.app import App
from client.demo import SATO, TANAKA, DemoServer, Switch, Visitor
from client.desk import QUIT, SEND_AND_QUIT, Desk, Outside
from client.grades.table import FROZEN
from client.paths import Profile
from client.rehearsal import PATIENCE_S, Rehearsal
from client.settings import LANGUAGE, Settings
from client.store.errors import StoreMissing
from client.unlock.enrol import Place
from client.unlock.repository import teachers
from client.unlock.signin import Provider
from client.widgets.ink import said
from client.workspace import (
    DeviceSecretStore,
    FileSecretStore,
    Put,
    SystemSecretStore,
    fresh_id,
    utc_now,
)
from sync.engine.tokens import Tokens
from sync.errors import KeyakiError
from tests.sync.server.process import run

pytestmark = pytest.mark.timeout(600)  # the first test of a run makes the sample school
LONG = 60_000
ROOT = Path(__file__).parents[2]


class Program:
    """The app on a profile of this test, and what a person sees of it."""

    def __init__(
        self,
        application: QApplication,
        folder: Path,
        server: DemoServer,
        teacher: str = TANAKA,
        keys: Callable[[Path], DeviceSecretStore] = lambda store: FileSecretStore(store / "secret"),
    ) -> None:
        self.network = Switch(server.url)
        place = Place(self.network.address, Provider(server.issuer, "keyaki"), "教室PC", "0.1.0")
        self.browse = Visitor(teacher)
        outside = Outside(
            place=place,
            secrets=keys,
            browse=self.browse,
            clock=utc_now,
            ids=fresh_id,
            chance=secrets.token_bytes,
            between=random.uniform,
            sample=self.network,
        )
        self.profile = Profile(folder)
        settings = Settings(self.profile.settings, {LANGUAGE: "en"})
        self.app = App(application, self.profile, settings, outside)
        self.app.start()

    @property
    def desk(self) -> Desk:
        assert self.app.desk is not None
        return self.app.desk

    def sign_in(self, qtbot: QtBot) -> Desk:
        """Join as a new teacher and load everything."""
        self.app.panel.start_sign_in()
        qtbot.waitUntil(lambda: self.app.desk is not None, timeout=LONG)
        qtbot.waitUntil(lambda: self.loaded, timeout=LONG)
        return self.desk

    @property
    def loaded(self) -> bool:
        status = self.desk.workspace.status()
        return status.last_success is not None and not status.loading

    def type_(self, value: int = 100) -> None:
        """Change a score, as the grid does."""
        row = self.desk.workspace.rows(
            "SELECT id, value FROM score WHERE \"@lesson\" LIKE '%:3-2:math' AND value IS NOT NULL ORDER BY id LIMIT 1"
        )[0]
        points = value if row.value != value else value + 100
        self.desk.workspace.edit("grades.score", [Put("score", {"state": "scored", "value": points}, id=row.id)])

    @property
    def sentences(self) -> list[str]:
        status = self.desk.window_.status.sentence
        return [said(sentence.words) for sentence in status.sentences]

    def end(self) -> None:
        self.app.close()
        self.network.off()


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, backend: DemoServer) -> Iterator[Callable[..., Program]]:
    made: list[Program] = []

    def start(name: str = "profile", teacher: str = TANAKA, **others: Any) -> Program:
        made.append(Program(qapp, tmp_path / name, backend, teacher, **others))
        return made[-1]

    yield start
    for each in made:
        each.end()
        common = each.app.common
        windows = [window for window in (each.app.desk, each.app.first) if window is not None]
        for part in (*windows, common.translations, common.looks, common.wheel, common, each.app):
            delete(part)  # the next test finds the application as it was


def test_who_signs_in_for_the_first_time_gets_a_desk_and_a_line_in_the_list(
    program: Callable[..., Program], qtbot: QtBot
) -> None:
    ours = program()
    desk = ours.sign_in(qtbot)
    assert not ours.app.first.isVisible()
    assert desk.isVisible()
    assert desk.window_.key == "today"
    qtbot.waitUntil(lambda: teachers(ours.profile)[0].school_name != "", timeout=LONG)
    (line,) = teachers(ours.profile)
    assert line.name == TANAKA
    assert line.school_name == "けやき市立見本小学校"
    assert line.device == desk.workspace.enrolment.device


def test_a_known_teacher_opens_without_a_network_and_keeps_working(
    program: Callable[..., Program], qtbot: QtBot
) -> None:
    first = program()
    first.sign_in(qtbot)
    first.end()
    again = program()
    again.network.off()
    (line,) = teachers(again.profile)
    again.app.open_known(line)
    again.type_()
    qtbot.waitUntil(lambda: again.desk.service.standing.reached is False, timeout=LONG)
    qtbot.waitUntil(lambda: any("Offline" in line for line in again.sentences), timeout=LONG)
    assert any("1 change" in line for line in again.sentences)
    again.network.on()
    again.desk.service.sync_now()
    qtbot.waitUntil(lambda: again.desk.workspace.status().waiting == 0, timeout=LONG)


def test_ctrl_s_takes_what_is_being_typed_before_it_says_that_all_is_saved(
    program: Callable[..., Program], qtbot: QtBot
) -> None:
    desk = program().sign_in(qtbot)
    desk.window_.open_page("grades")
    page: Any = desk.window_.page
    qtbot.waitUntil(lambda: bool(page.table.rows), timeout=LONG)
    column = next(at for at, held in enumerate(page.open_sheet.sheet.columns) if not held.closed and held.maximum)
    page.grid.go(0, column + FROZEN)
    for text, taken in (("9999", False), ("1", True)):
        qtbot.keyClicks(page.grid.table, text[0])
        qtbot.keyClicks(page.grid.table.entry.editor, text[1:])
        desk.say_saved()
        assert page.grid.editing is not taken
        assert ("saved" in page.strip.message.words()) is taken
        qtbot.keyClick(page.grid.table.entry.editor or page.grid.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.open_sheet.saving)
    assert page.open_sheet.sheet.rows[0].cells[column].value.points == 1_00


def test_the_band_cuts_the_network_and_gives_it_back(program: Callable[..., Program], qtbot: QtBot) -> None:
    ours = program()
    desk = ours.sign_in(qtbot)
    button = desk.band.switch
    assert button.text() == "Cut the network"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not ours.network.is_on
    qtbot.waitUntil(lambda: desk.service.standing.reached is False, timeout=LONG)
    assert button.text() == "Connect the network"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.service.standing.reached is True, timeout=LONG)


def test_closing_with_work_unsent_says_so_once_and_either_button_loses_nothing(
    program: Callable[..., Program], qtbot: QtBot
) -> None:
    ours = program()
    desk = ours.sign_in(qtbot)
    ours.network.off()
    ours.type_()
    assert not desk.close()
    strip = desk.window_.page.strip
    assert strip.message is not None
    assert "1 change" in said(strip.message.words)
    with qtbot.waitSignal(ours.app.ended):
        strip.asked.emit(QUIT)

    again = program()
    (line,) = teachers(again.profile)
    again.app.open_known(line)
    assert again.desk.workspace.status().waiting == 1 or again.loaded
    again.type_(300)
    again.desk.close()
    with qtbot.waitSignal(again.app.ended, timeout=LONG):
        again.desk.window_.page.strip.asked.emit(SEND_AND_QUIT)
    third = program()
    third.network.off()
    third.app.open_known(line)
    assert third.desk.workspace.status().waiting == 0


def test_a_session_that_ended_is_renewed_beside_the_open_desk(program: Callable[..., Program], qtbot: QtBot) -> None:
    ours = program()
    desk = ours.sign_in(qtbot)
    desk.workspace.keep(Tokens("worn-out", "worn-out"))
    ours.type_()
    qtbot.waitUntil(lambda: any("Sign-in needed (1 change" in line for line in ours.sentences), timeout=LONG)
    desk.window_.status.asked.emit("sign_in")
    qtbot.waitUntil(lambda: desk.workspace.status().waiting == 0, timeout=LONG)
    qtbot.waitUntil(lambda: not any("Sign-in" in line for line in ours.sentences), timeout=LONG)
    assert not ours.app.first.isVisible()


def test_a_colleague_who_signs_in_at_an_open_desk_does_not_take_it_over(
    program: Callable[..., Program], qtbot: QtBot
) -> None:
    ours = program()
    desk = ours.sign_in(qtbot)
    tokens = desk.workspace.tokens()
    ours.browse._teacher = SATO
    desk.window_.status.asked.emit("sign_in")
    qtbot.waitUntil(ours.app.panel.problem.isVisible, timeout=LONG)
    assert ours.app.panel.number.text() == "E-2103"
    assert desk.workspace.tokens() == tokens


def test_save_says_that_it_was_saved_and_sends(program: Callable[..., Program], qtbot: QtBot) -> None:
    ours = program()
    desk = ours.sign_in(qtbot)
    strip: Any = desk.window_.page.strip

    def saved() -> str:
        ours.type_()
        QTest.keyClick(desk, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: strip.message is not None)
        return said(strip.message.words)

    assert "Sending the 1 waiting change" in saved()
    qtbot.waitUntil(lambda: not desk.workspace.status().waiting, timeout=LONG)
    ours.network.off()
    qtbot.waitUntil(lambda: desk.service.standing.reached is False, timeout=LONG)
    strip.clear()
    assert "1 change will be sent once connected" in saved()
    assert strip._passes.isActive(), "it says that all is well, and goes"


def test_another_language_is_spoken_by_the_whole_window_at_once(program: Callable[..., Program], qtbot: QtBot) -> None:
    ours = program()
    desk = ours.sign_in(qtbot)
    strip: Any = desk.window_.page.strip
    ours.network.off()
    qtbot.waitUntil(lambda: desk.service.standing.reached is False, timeout=LONG)
    ours.type_()
    desk.close()
    assert "1 change is not sent yet" in strip._words.text()
    qtbot.waitUntil(lambda: "1 change will be sent" in desk.window_.status.sentence._chips[0].text())
    ours.app.common.translations.show("ja")
    qtbot.waitUntil(lambda: desk.windowTitle() == "けやき")
    assert strip._words.text() == "1件がまだ送られていません。この端末には保存してあります。"
    assert [button.text() for button in strip._acts] == ["送ってから終了", "このまま終了"]
    chips = desk.window_.status.sentence._chips
    assert [chip.text() for chip in chips] == ["オフライン（この端末に保存済み・1件は接続後に送ります）"]
    assert chips[0].width() >= chips[0].sizeHint().width(), "it stands in the width of its new words"


@pytest.mark.skipif(sys.platform != "linux", reason="#2 2026-11-26: elsewhere a key store is always there")
def test_where_no_key_store_is_there_the_demo_says_so_at_once(
    program: Callable[..., Program], backend: DemoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    ours = program(keys=lambda store: SystemSecretStore(store.name))
    ours.app.panel.start_sign_in()
    began = monotonic()
    with pytest.raises(KeyakiError) as told:
        Rehearsal(ours.app, backend, tmp_path / "screens").run()
    assert monotonic() - began < PATIENCE_S / 3
    assert ours.app.panel.number.text() == f"E-{told.value.number}"


LEAVE = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from client import start
from client.app import App
from client.demo import Visitor
from client.paths import Profile
from client.settings import Settings
from client.unlock.enrol import Place
from client.unlock.signin import Provider
from client.workspace import FileSecretStore

folder, server, issuer, teacher = sys.argv[1:]
application = QApplication(sys.argv[:1])
profile, place = Profile(Path(folder)), Place(server, Provider(issuer, "keyaki"), "PC", "0.1.0")
outside = start.around(place, lambda store: FileSecretStore(store / "secret"), Visitor(teacher))
app = App(application, profile, Settings(profile.settings), outside)
app.start()
app.panel.start_sign_in()
while app.desk is None:
    QTest.qWait(50)
app.desk.window_.open_page("grades")
while not app.desk.window_.page.table.rows:
    QTest.qWait(50)
table = app.desk.window_.page.grid.table
table.selectAll()
QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
assert application.clipboard().text()
start._leave(app, application, 7)
print("left")
sys.exit(7)
"""


def test_a_process_with_an_open_desk_and_copied_cells_leaves_with_its_own_code(
    backend: DemoServer, tmp_path: Path
) -> None:
    command = [sys.executable, "-X", "dev", "-c", LEAVE, str(tmp_path / "profile"), backend.url, backend.issuer, TANAKA]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if not line.startswith("This plugin does not support ")]
    assert (done.returncode, done.stdout, said) == (7, "left\n", [])


def test_a_copied_pc_asks_for_a_sign_in_and_sends_what_waits_as_a_device_of_its_own(
    program: Callable[..., Program], qtbot: QtBot, tmp_path: Path, backend: DemoServer
) -> None:
    first = program()
    first.sign_in(qtbot)
    first.app.close()
    shutil.copytree(tmp_path / "profile", tmp_path / "copy")
    one, copy = program("profile"), program("copy")
    for each in (one, copy):
        each.app.open_known(teachers(each.profile)[0])
    former = copy.desk.workspace.enrolment.device
    one.type_(1_000)
    one.desk.service.sync_now()
    qtbot.waitUntil(lambda: one.desk.workspace.status().waiting == 0, timeout=LONG)
    copy.type_(2_000)
    copy.desk.service.sync_now()
    qtbot.waitUntil(lambda: copy.desk.workspace.enrolment.device != former, timeout=LONG)
    qtbot.waitUntil(lambda: copy.desk.workspace.status().sign_in_needed, timeout=LONG)
    qtbot.waitUntil(lambda: any("sign" in sentence.lower() for sentence in copy.sentences), timeout=LONG)
    assert teachers(copy.profile)[0].device == copy.desk.workspace.enrolment.device
    copy.desk.sign_in_asked.emit()
    qtbot.waitUntil(lambda: copy.desk.workspace.status().waiting == 0, timeout=LONG)
    assert copy.desk.workspace.status().not_accepted == 0
    device = copy.desk.workspace.enrolment.device
    assert known_to(backend)[device].items() >= {"goes_on_from": former, "why": "forked"}.items()
    assert "goes_on_from" not in known_to(backend)[former]


def test_a_store_that_became_another_device_just_before_its_program_died_still_tells_which_one_it_was(
    program: Callable[..., Program], qtbot: QtBot, backend: DemoServer
) -> None:
    ours = program()
    former = ours.sign_in(qtbot).workspace.enrolment.device
    ours.desk.workspace._port.forked()
    ours.app.close()
    again = program()
    again.network.off()
    again.app.open_known(teachers(again.profile)[0])
    device = again.desk.workspace.enrolment.device
    assert device != former
    again.network.on()
    again.desk.sign_in_asked.emit()
    qtbot.waitUntil(lambda: again.desk.workspace.tokens() is not None, timeout=LONG)
    assert known_to(backend)[device].items() >= {"goes_on_from": former, "why": "forked"}.items()


def test_who_signs_in_where_the_store_is_gone_begins_as_another_device_and_says_so(
    program: Callable[..., Program], qtbot: QtBot, backend: DemoServer
) -> None:
    ours = program()
    enrolment = ours.sign_in(qtbot).workspace.enrolment
    ours.app.close()
    for left in ours.profile.store(enrolment.user, enrolment.school).glob("store.db*"):
        left.unlink()
    again = program()
    again.app.open_known(teachers(again.profile)[0])
    assert isinstance(again.app.panel.error, StoreMissing)
    assert again.sign_in(qtbot).workspace.enrolment.device != enrolment.device
    (line,) = teachers(again.profile)
    assert line.device == again.desk.workspace.enrolment.device
    told = known_to(backend)[line.device]
    assert told.items() >= {"goes_on_from": enrolment.device, "why": "lost"}.items()


def known_to(backend: DemoServer) -> dict[str, dict[str, str]]:
    """The server's devices by their ids, as its own command lists them."""
    told = json.loads(run("devices", "--data", backend.folder, "--json").stdout)
    return {each["device"]: each for each in told}
