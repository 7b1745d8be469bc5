"""While it presents, a window shows nothing that has not said that it may be shown, and nothing is lost by it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from client.presenting import DESK, Presenter, Scene
from client.settings import OWN_DISPLAYS, PRESENTING, Settings
from client.shell.displays import MIRROR, Display, Displays
from client.shell.pages import Page, PageFrame
from client.shell.window import Window
from client.widgets.message_strip import Message
from tests.tour.seen import seen

NAME = "髙橋 結衣"
LID = Display("maker|lid|1", "lid", (0, 0, 1366, 768))
BEAMER = Display("maker|beamer|7", "beamer", (1366, 0, 1920, 1080))
TWIN = Display("maker|beamer|7", "beamer", (0, 0, 1024, 768))
NOW = datetime(2026, 11, 26, 8, 31, tzinfo=UTC)


class Pupils(PageFrame):
    """A page that knows nothing of presenting."""

    def __init__(self) -> None:
        super().__init__("Pupils")
        self.line = QLineEdit()
        self.finished: list[str] = []
        self.line.editingFinished.connect(lambda: self.finished.append(self.line.text()))
        self.line.setToolTip(NAME)
        self.line.setAccessibleName(NAME)
        self.body.addWidget(self.line)
        self.side = QLineEdit(NAME)
        self.strip.show_message(Message(lambda: NAME))


class Seats(PageFrame):
    """A page that can be shown to a class."""

    def __init__(self) -> None:
        super().__init__("Seats")
        self.line = QLineEdit(NAME)
        self.body.addWidget(self.line)

    def present(self, *, on: bool) -> None:
        self.line.setText("1" if on else NAME)


@dataclass
class Room:
    """A window, and the displays it is shown on."""

    own: QWidget
    window: Window
    presenter: Presenter
    settings: Settings
    displays: list[tuple[Display, ...]] = field(default_factory=list)

    @property
    def page(self) -> Any:
        return self.window.page

    def connect(self, *displays: Display) -> None:
        """From now on these displays are there."""
        self.displays.append(displays)
        self.presenter._scene.displays.look()

    def press(self, name: str) -> None:
        """Press one of the buttons of the curtain."""
        self.presenter.curtain.asked.emit(name)

    def agree(self) -> None:
        box = self.presenter.box
        assert box is not None
        assert box.isVisible()
        box.accept()


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., Room]]:
    made: list[Room] = []

    def make(*displays: Display, **given: str) -> Room:
        own = QWidget()
        qtbot.addWidget(own)
        pages = [
            Page("pupils", "register", lambda: "Pupils", Pupils),
            Page("claims", "grades", lambda: "Claims", Pupils, presentable=True),
            Page("seats", "today", lambda: "Seats", Seats, presentable=True),
        ]
        window = Window(pages, parent=own)
        settings = Settings(tmp_path / "settings.json", {PRESENTING: given["policy"]} if given else {})
        told = [displays or (LID,)]
        scene = Scene(own, window, Displays(lambda: told[-1], own), settings, lambda: NOW)
        presenter = Presenter(qapp, scene)
        column = QVBoxLayout(own)
        column.addWidget(presenter.band)
        column.addWidget(window)
        own.resize(1366, 768)
        own.show()
        presenter.look()
        window.open_page("pupils")
        made.append(Room(own, window, presenter, settings, told))
        return made[-1]

    yield make
    for each in made:
        each.presenter.stop()


def test_a_page_that_does_not_know_of_it_is_covered_at_one_key_wherever_the_focus_is(room: Any) -> None:
    here = room()
    here.page.line.setFocus()
    assert NAME in seen()
    QTest.keyClick(here.page.line, Qt.Key.Key_F12)
    assert here.window.covered
    assert not [text for text in seen() if NAME in text]
    assert here.presenter.band.isVisible()


def test_to_call_a_page_presentable_is_not_enough_it_must_know_how(room: Any) -> None:
    here = room()
    here.presenter.cover()
    here.window.open_page("claims")
    assert here.window.covered
    here.window.open_page("seats")
    assert not here.window.covered
    assert here.page.line.text() == "1"
    assert not [text for text in seen() if NAME in text]
    here.presenter.end()
    assert here.page.line.text() == NAME


def test_the_curtain_offers_the_pages_that_may_be_shown_and_the_key_covers_them_too(room: Any) -> None:
    here = room()
    here.presenter.cover()
    here.press("seats")
    assert not here.window.covered
    QTest.keyClick(here.own, Qt.Key.Key_F12)
    assert here.window.covered
    assert here.presenter.is_on


def test_what_is_half_typed_is_neither_saved_nor_lost(room: Any, qtbot: QtBot) -> None:
    here = room()
    here.own.activateWindow()
    here.page.line.setFocus()
    qtbot.waitUntil(here.page.line.hasFocus)
    QTest.keyClicks(here.page.line, "9")
    here.presenter.cover()
    QTest.qWait(20)
    QTest.keyClicks(QApplication.focusWidget() or here.own, "5")
    assert here.page.finished == [], "an editor that is hidden is not left"
    here.presenter.end()
    assert here.page.line.text() == "9"
    assert here.page.line.hasFocus()


def test_what_is_typed_behind_the_curtain_is_typed_nowhere_even_where_a_hidden_page_takes_the_focus(
    room: Any, qtbot: QtBot
) -> None:
    here = room()
    here.own.activateWindow()
    here.presenter.cover()
    here.page.line.setFocus()
    QTest.keyClicks(here.page.line, "95")
    QTest.keyClick(QApplication.focusWidget() or here.own, Qt.Key.Key_Return)
    here.presenter.end()
    assert here.page.line.text() == ""
    QTest.keyClicks(here.page.line, "7")
    assert here.page.line.text() == "7"


def test_boxes_go_and_come_back_with_what_was_typed_and_those_answered_meanwhile_do_not(room: Any) -> None:
    here = room()
    boxes = [QDialog(here.own), QDialog(here.own)]
    for box in boxes:
        QLineEdit(NAME, box)
        box.open()
    here.presenter.cover()
    QTest.qWait(20)
    assert not any(box.isVisible() for box in boxes)
    boxes[1].reject()
    here.presenter.end()
    assert [box.isVisible() for box in boxes] == [True, False]
    assert boxes[0].findChild(QLineEdit).text() == NAME  # pyright: ignore[reportOptionalMemberAccess]
    for box in boxes:
        box.close()


def test_boxes_menus_and_windows_that_come_meanwhile_are_never_seen(room: Any, qtbot: QtBot) -> None:
    here = room()
    here.presenter.cover()
    box, menu, second = QDialog(here.own), QMenu(here.own), QWidget()
    qtbot.addWidget(second)
    QLineEdit(NAME, box)
    QLineEdit(NAME, second)
    menu.addAction(NAME)
    box.open()
    menu.popup(QPoint(0, 0))
    second.show()
    assert not [text for text in seen() if NAME in text], "not even before the first event"
    QTest.qWait(20)
    assert not box.isVisible()
    assert not menu.isVisible()
    here.presenter.end()
    assert box.isVisible()
    assert not menu.isVisible()
    assert NAME in seen()
    box.close()


def test_no_tool_tip_opens(room: Any) -> None:
    here = room()
    here.presenter.cover()
    asked = QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), here.own.mapToGlobal(QPoint(1, 1)))
    here.presenter.band.setToolTip(NAME)
    QApplication.sendEvent(here.presenter.band, asked)
    QTest.qWait(20)
    tips = [window for window in QApplication.topLevelWidgets() if window.windowType() is Qt.WindowType.ToolTip]
    assert not any(tip.isVisible() for tip in tips)
    here.presenter.band.setToolTip("")


def test_what_a_page_has_to_say_waits_until_nobody_else_reads_it(room: Any) -> None:
    here = room()
    here.presenter.cover()
    here.window.open_page("seats")
    here.window.show_message(Message(lambda: NAME))
    assert not here.page.strip.isVisible()
    here.presenter.end()
    assert here.page.strip.isVisible()


def test_a_display_that_is_added_covers_by_itself_and_asks_what_it_is(room: Any) -> None:
    here = room()
    here.connect(LID, BEAMER)
    assert here.window.covered
    assert "Another display was connected. Content is hidden. What is it?" in seen()
    here.press("classroom")
    assert here.window.covered
    assert "Classroom" not in seen()


def test_a_picture_shown_twice_covers_and_cannot_be_called_a_desk_monitor(room: Any) -> None:
    here = room()
    here.settings.keep(OWN_DISPLAYS, TWIN.key)
    here.connect(LID, TWIN)
    assert here.window.covered
    assert "Desk monitor" not in seen()


def test_a_desk_monitor_is_asked_for_once_and_behind_the_same_question_as_every_end(room: Any) -> None:
    here = room()
    here.connect(LID, BEAMER)
    here.press(DESK)
    assert here.window.covered, "whoever stands at the projector could say so, too"
    here.agree()
    assert not here.window.covered
    here.connect(LID)
    here.connect(LID, BEAMER)
    assert not here.window.covered
    assert BEAMER.key in here.settings.value(OWN_DISPLAYS)


def test_a_question_that_is_not_agreed_to_keeps_neither_the_monitor_nor_the_end(room: Any) -> None:
    here = room()
    here.connect(LID, BEAMER)
    here.press(DESK)
    here.presenter.box.reject()
    here.presenter.leave()
    here.agree()
    assert not here.presenter.is_on
    assert here.settings.value(OWN_DISPLAYS) == ""
    here.connect(LID)
    here.connect(LID, BEAMER)
    assert here.window.covered


def test_where_the_policy_says_so_no_display_is_a_desk_monitor(room: Any) -> None:
    here = room(policy="always")
    here.settings.keep(OWN_DISPLAYS, BEAMER.key)
    here.connect(LID, BEAMER)
    assert here.window.covered
    assert "Desk monitor" not in seen()


def test_a_display_that_goes_does_not_end_it_it_asks(room: Any) -> None:
    here = room()
    here.connect(LID, BEAMER)
    here.press("classroom")
    here.connect(LID)
    assert here.window.covered
    here.agree()
    assert not here.window.covered


def test_a_projector_that_is_on_when_the_desk_opens_covers_before_the_first_page(room: Any) -> None:
    here = room(LID, BEAMER)
    assert here.window.covered
    assert not [text for text in seen() if NAME in text]


def test_after_an_end_the_same_display_covers_again_only_when_it_comes_again(room: Any) -> None:
    here = room()
    here.connect(LID, TWIN)
    here.presenter.leave()
    here.agree()
    here.connect(LID, Display(TWIN.key, TWIN.name, (0, 0, 800, 600)))
    assert not here.presenter.is_on
    here.connect(LID)
    here.connect(LID, TWIN)
    assert here.presenter.is_on
    assert MIRROR not in here.settings.value(OWN_DISPLAYS)


def test_the_other_key_begins_it_and_asks_before_it_ends_and_the_first_key_closes_the_question(room: Any) -> None:
    here = room()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(here.own, Qt.Key.Key_P, both)
    assert here.presenter.is_on
    QTest.keyClick(here.presenter.curtain, Qt.Key.Key_P, both)
    box = here.presenter.box
    assert box.isVisible()
    QTest.keyClick(box, Qt.Key.Key_F12)
    assert not (isValid(box) and box.isVisible())
    assert here.presenter.is_on


def test_a_desk_that_is_closed_while_it_presents_leaves_nothing_behind(room: Any, qtbot: QtBot) -> None:
    here = room()
    here.presenter.cover()
    here.presenter.stop()
    box = QDialog()
    qtbot.addWidget(box)
    box.open()
    QTest.qWait(20)
    assert box.isVisible()
