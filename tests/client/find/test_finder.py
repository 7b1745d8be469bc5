"""Ctrl+K finds what is on this PC and leads there, by keyboard alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import process_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from client.find.dialog import FindBox
from client.finder import Finder
from client.shell.actions import bind
from client.shell.pages import Page, PageFrame
from client.shell.window import Window
from tests.kit.classroom import CLASS, MATH, Classroom

KEY = Qt.Key


@dataclass(slots=True)
class Desk:
    """A window with pages that note how they were opened, and the finder."""

    bot: QtBot
    own: QWidget
    window: Window
    finder: Finder
    led: list[tuple[str, object]]
    acts: list[str] = field(default_factory=list[str])

    def open(self) -> FindBox:
        """Press Ctrl+K."""
        self.bot.keyClick(self.own, KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
        box = self.finder.box
        assert box is not None
        assert box.isVisible()
        self.bot.waitUntil(box.line.hasFocus)
        return box

    def find(self, text: str) -> FindBox:
        """Type this into the box, or have an input method commit it."""
        box = self.open()
        if text.isascii():
            self.bot.keyClicks(box.line, text)
        else:
            box.line.insert(text)
        return box


@pytest.fixture
def desk(qtbot: QtBot, classroom: Classroom) -> Iterator[Desk]:
    workspace = classroom.open().workspace
    led: list[tuple[str, object]] = []

    def frame(key: str) -> PageFrame:
        made = PageFrame(key)
        made.arrive = lambda argument: led.append((key, argument))  # type: ignore[method-assign]
        return made

    keys = {"today": "Today", "grades": "Grades", "register": "Roster", "preferences": "Preferences"}
    own = QWidget()
    pages = [Page(key, "grades", lambda words=words: words, lambda key=key: frame(key)) for key, words in keys.items()]
    window = Window(pages)
    column = QVBoxLayout(own)
    column.addWidget(window)
    finder = Finder(own, window, workspace, lambda: classroom.clock().astimezone())
    made = Desk(qtbot, own, window, finder, led)
    bind(own, "sync").triggered.connect(lambda: made.acts.append("sync"))
    qtbot.addWidget(own)
    window.open_page("today")
    led.clear()
    own.show()
    own.activateWindow()
    qtbot.waitUntil(own.isActiveWindow)
    yield made
    own.hide()


def test_a_pupil_is_found_by_kana_and_enter_leads_to_their_line(desk: Desk) -> None:
    box = desk.find("さきやま")
    assert [found.words for found in box.table.rows] == ["﨑山 蓮"]
    desk.bot.keyClick(box.line, KEY.Key_Return)
    ((page, argument),) = desk.led
    assert page == "register"
    assert isinstance(argument, tuple)
    assert argument[0] == CLASS


def test_arrows_choose_a_line_while_the_cursor_stays_in_the_line(desk: Desk) -> None:
    box = desk.find("3年2組")
    rows = [found.words for found in box.table.rows]
    assert "3年2組 算数" in rows
    for _ in range(rows.index("3年2組 算数")):
        desk.bot.keyClick(box.line, KEY.Key_Down)
    assert box.line.hasFocus()
    desk.bot.keyClick(box.line, KEY.Key_Return)
    assert desk.led == [("grades", (MATH, "", ""))]


def test_an_act_is_done_from_the_box(desk: Desk) -> None:
    box = desk.find("send and")
    desk.bot.keyClick(box.line, KEY.Key_Return)
    assert desk.acts == ["sync"]


def test_escape_closes_the_box_and_opens_nothing(desk: Desk) -> None:
    box = desk.find("gra")
    desk.bot.keyClick(box.line, KEY.Key_Escape)
    desk.bot.waitUntil(lambda: desk.finder.box is None or not _is_open(desk))
    assert desk.led == []


def test_what_fits_nothing_is_said(desk: Desk) -> None:
    box = desk.find("zzzz")
    assert box.table.rows == []
    assert box.nothing.isVisible()
    desk.bot.keyClick(box.line, KEY.Key_Return)
    assert box.isVisible()


def test_the_keys_of_preferences_open_them(desk: Desk) -> None:
    desk.bot.keyClick(desk.own, KEY.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert desk.led == [("preferences", None)]


def test_a_key_typed_into_the_box_is_answered_quickly(desk: Desk) -> None:
    """By processor time: a screen of results within 100 ms."""
    box = desk.open()
    began = process_time()
    box.line.setText("さ")
    assert process_time() - began < 0.1
    assert box.table.rows


def _is_open(desk: Desk) -> bool:
    return desk.finder.box is not None and isValid(desk.finder.box) and desk.finder.box.isVisible()
