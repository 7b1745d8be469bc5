"""The first screen: choosing who works, signing in, giving up, and what is said when it fails (S0, S1)."""

import json
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from client.paths import Profile
from client.shell.tasks import Tasks
from client.terms import Terms
from client.unlock.enrol import Enrol, Joined, Place
from client.unlock.panel import Line, UnlockPanel
from client.unlock.record import Known
from client.unlock.repository import remember, teachers, to_sign_in
from client.unlock.signin import Provider
from sync.engine.transport import Patience, Transport
from sync.errors import KeyakiError
from sync.protocol.errors import ChooseSchool, SignInNeeded
from tests.kit import chaos as faults
from tests.kit.chaos import ChaosProxy

TANAKA = Known("d1", "u1", "s1", "sub1", "田中 葵", "けやき市立見本小学校")
SATO = Known("d2", "u2", "s1", "sub2", "佐藤 涼", "けやき市立見本小学校")


class Attempt:
    """A sign-in that a test lets go on: it opens its page and then waits to be told how it ends."""

    def __init__(self, ends: Callable[[], Any]) -> None:
        self._ends = ends
        self.go_on = threading.Event()
        self.wanted: Known | None = None
        self.school = ""

    def run(self, open_page: Callable[[str], None], _page: str, cancelled: Callable[[], bool], wanted: Any) -> Any:
        self.wanted = wanted
        open_page("https://idp.example/authorize")
        while not self.go_on.wait(0.01) and not cancelled():
            pass
        return None if cancelled() else self._ends()

    def choose(self, school: str) -> Any:
        self.school = school
        return "joined"


class Screen:
    """The panel as the app shows it, with what it asked for."""

    def __init__(self, qtbot: QtBot, begin: Callable[[], Enrol]) -> None:
        self.opened: list[str] = []
        self.joined: list[Joined] = []
        self.chosen: list[Known] = []
        self.tasks = Tasks()
        self.panel = UnlockPanel(begin, self.opened.append, self.tasks, Terms("ja").sentence)
        qtbot.addWidget(self.panel)
        self.panel.joined.connect(self.joined.append)
        self.panel.chosen.connect(self.chosen.append)
        self.panel.resize(1366, 768)
        self.panel.show()

    @property
    def lines(self) -> list[Line]:
        QApplication.processEvents()  # a layout shows what was put into it when it is its turn
        return [line for line in self.panel.findChildren(Line) if line.isVisible()]

    def press(self, words: str) -> None:
        QApplication.processEvents()
        buttons = [each for each in self.panel.findChildren(QAbstractButton) if each.isVisible()]
        button = next(each for each in buttons if each.text() == words)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Callable[[Any], Screen]]:
    made: list[Screen] = []

    def show(attempt: Any) -> Screen:
        made.append(Screen(qtbot, lambda: attempt))
        return made[-1]

    yield show
    for screen in made:
        screen.panel.give_up()
        assert screen.tasks.close()


def fail(error: KeyakiError) -> Any:
    raise error


def test_a_teacher_of_this_pc_is_chosen_with_the_keyboard_alone(shown: Callable[[Any], Screen]) -> None:
    screen = shown(None)
    screen.panel.show_teachers([TANAKA, SATO])
    assert [line.accessibleName() for line in screen.lines] == [
        "田中 葵 けやき市立見本小学校",
        "佐藤 涼 けやき市立見本小学校",
    ]
    assert screen.lines[0].hasFocus() or screen.panel.focusWidget() is screen.lines[0]
    QTest.keyClick(screen.lines[1], Qt.Key.Key_Space)
    assert screen.chosen == [SATO]


def test_a_sign_in_opens_the_browser_and_ends_with_who_joined(shown: Callable[[Any], Screen], qtbot: QtBot) -> None:
    attempt = Attempt(lambda: "joined")
    screen = shown(attempt)
    screen.panel.show_teachers([])
    screen.press("Sign in with the browser")
    qtbot.waitUntil(lambda: len(screen.opened) == 1)
    screen.press("Open the page again")
    assert screen.opened == ["https://idp.example/authorize"] * 2
    attempt.go_on.set()
    qtbot.waitUntil(lambda: screen.joined == ["joined"])


def test_a_sign_in_can_be_given_up_and_begun_again(shown: Callable[[Any], Screen], qtbot: QtBot) -> None:
    screen = shown(Attempt(lambda: "joined"))
    screen.panel.show_teachers([TANAKA])
    screen.press("Another teacher")
    qtbot.waitUntil(lambda: len(screen.opened) == 1)
    screen.press("Cancel")
    assert [line.text() for line in screen.lines] == ["田中 葵"]
    screen.press("Another teacher")
    qtbot.waitUntil(lambda: len(screen.opened) == 2)
    assert screen.joined == []


def test_a_failed_sign_in_is_said_in_words_with_its_number(shown: Callable[[Any], Screen], qtbot: QtBot) -> None:
    attempt = Attempt(lambda: fail(SignInNeeded()))
    screen = shown(attempt)
    screen.panel.start_sign_in(TANAKA)
    attempt.go_on.set()
    qtbot.waitUntil(screen.panel.problem.isVisible)
    assert attempt.wanted == TANAKA
    assert screen.panel.problem.text().startswith("サインインの期限が切れました。")
    assert screen.panel.number.text() == "E-2001"


def test_who_works_at_two_schools_is_asked_which(shown: Callable[[Any], Screen], qtbot: QtBot) -> None:
    schools = [{"id": "s1", "name": "見本小学校"}, {"id": "s2", "name": "見本中学校"}]
    attempt = Attempt(lambda: fail(ChooseSchool(schools=schools)))
    screen = shown(attempt)
    screen.panel.start_sign_in()
    attempt.go_on.set()
    qtbot.waitUntil(lambda: [line.text() for line in screen.lines] == ["見本小学校", "見本中学校"])
    QTest.mouseClick(screen.lines[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.joined == ["joined"])
    assert attempt.school == "s2"


def test_a_network_that_wants_a_log_in_is_told_apart_from_none(
    shown: Callable[[Any], Screen], qtbot: QtBot, chaos: ChaosProxy
) -> None:
    transport = Transport(Patience(connect_s=2, stall_s=2))
    place = Place(chaos.address, Provider(chaos.address, "keyaki"), "PC", "0.1.0")
    screen = shown(Enrol(place, (), transport, secrets.token_bytes, lambda: "d9"))
    screen.panel.start_sign_in()
    qtbot.waitUntil(screen.panel.problem.isVisible)
    assert screen.panel.number.text() == "E-6001"
    chaos.default = faults.cut_before
    screen.panel.start_sign_in()
    qtbot.waitUntil(lambda: screen.panel.number.text() == "E-3101")
    assert screen.opened == []
    transport.close()


def test_no_word_is_cut_off_at_the_smallest_window(shown: Callable[[Any], Screen]) -> None:
    screen = shown(None)
    screen.panel.resize(760, 390)
    screen.panel.show_teachers([TANAKA, SATO])
    QApplication.processEvents()
    for button in screen.panel.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.height() >= button.sizeHint().height()


def test_the_list_of_teachers_survives_a_damaged_line(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    remember(profile, SATO)
    remember(profile, TANAKA)
    assert teachers(profile) == [SATO, TANAKA]
    (profile.store("u2", "s1") / "teacher.json").write_text('{"device": 1, "surprise": 2}', "utf-8")
    assert teachers(profile) == [TANAKA]


def test_a_line_of_a_newer_program_is_read_for_what_this_one_knows(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    remember(profile, TANAKA)
    path = profile.store(TANAKA.user, TANAKA.school) / "teacher.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"surprise": 2}), "utf-8")
    assert teachers(profile) == [TANAKA]


def test_a_line_whose_store_is_gone_or_empty_signs_in_as_another_device(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    for known in (TANAKA, SATO):
        remember(profile, known)
        (profile.store(known.user, known.school) / "store.db").write_bytes(b"rows")
    assert to_sign_in(profile) == [SATO, TANAKA]
    (profile.store(SATO.user, SATO.school) / "store.db").write_bytes(b"")
    assert to_sign_in(profile) == [replace(SATO, device="", former=SATO.device, why="lost"), TANAKA]
    assert teachers(profile) == [SATO, TANAKA]


def test_enter_on_a_name_chooses_it_as_a_click_does(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    line = Line("key", "田中 葵", "けやき市立見本小学校", parent)
    with qtbot.waitSignal(line.asked) as asked:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert asked.args == ["key"]


def test_another_language_says_all_of_it_anew(
    shown: Callable[[Any], Screen], left_behind: Callable[[QWidget], list[str]]
) -> None:
    screen = shown(Attempt(lambda: None))
    screen.panel.show_teachers([replace(TANAKA, name=""), SATO])
    assert left_behind(screen.panel) == []


def test_what_went_wrong_is_said_in_the_language_of_the_moment(qtbot: QtBot) -> None:
    class Spoken:
        language = "en"

    panel = UnlockPanel(
        lambda: fail(SignInNeeded()), str, Tasks(), lambda error: Terms(Spoken.language).sentence(error)
    )
    qtbot.addWidget(panel)
    panel.tell(SignInNeeded())
    assert panel.problem.text().startswith("Your sign-in")
    Spoken.language = "ja"
    QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    assert panel.problem.text().startswith("サインインの期限が切れました。")
