"""What lies on this PC, on screen: amounts, age, and a class that is cleared and comes back; the server's own core."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client.held import panel as held
from client.held.panel import KEY, HeldPage
from client.held.record import Where
from client.held.repository import Held
from client.shell.actions import clashes
from client.shell.messages import Question
from client.shell.tasks import Tasks
from client.terms import Speech
from client.workspace import Put
from sync.protocol.errors import Unreachable
from tests.kit.classroom import CLASS, MATH, TANAKA, Classroom, Desk
from tests.kit.on_screen import OnScreen


@dataclass(slots=True)
class Seat:
    """Somebody before the page. offline: the school is not reached."""

    bot: QtBot
    desk: Desk
    screen: OnScreen
    page: HeldPage
    tasks: Tasks
    way: list[bool]

    def where(self) -> Where | None:
        """Where the class is, as the page says."""
        return next((line.where for line in self.page.table.rows if line.code == CLASS), None)

    def reach(self, where: Where) -> None:
        """Wait until the class is there."""
        self.bot.waitUntil(lambda: self.where() is where)

    def stand(self) -> None:
        """Stand on the class, by the keyboard."""
        at = [line.code for line in self.page.table.rows].index(CLASS)
        self.page.list.setFocus()
        QTest.keyClick(self.page.list, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        for _ in range(at):
            QTest.keyClick(self.page.list, Qt.Key.Key_Down)

    def box(self) -> Question:
        """The question on screen."""
        self.bot.waitUntil(lambda: any(box.isVisible() for box in self.page.findChildren(Question)))
        return next(box for box in self.page.findChildren(Question) if box.isVisible())

    def scores(self) -> int:
        """How many scores are here."""
        return self.desk.workspace.rows('SELECT count(*) FROM score WHERE "@lesson" = ?', (MATH,))[0][0]

    def said(self) -> str:
        """What the strip says."""
        message = self.page.strip.message
        return "" if message is None else message.words()


@pytest.fixture
def seat(qtbot: QtBot, classroom: Classroom) -> Iterator[Seat]:
    desk, tasks, way = classroom.open(TANAKA), Tasks(), [True]

    def round_() -> None:
        if not way[0]:
            raise Unreachable
        desk.sync()

    sources = held.Sources(Held(desk.workspace, round_), lambda: None, Speech(lambda: "en"), classroom.clock, tasks)
    screen = OnScreen(qtbot, desk.workspace, [held.page(sources)])
    made = Seat(qtbot, desk, screen, screen.page(KEY, HeldPage), tasks, way)
    made.reach(Where.HERE)
    yield made
    tasks.close()
    screen.close()


def test_a_class_is_cleared_with_the_keyboard_after_one_question_and_comes_back(seat: Seat) -> None:
    before = seat.scores()
    assert before > 0
    assert "records" in seat.page.facts["amount"].text()
    assert "everything is sent" in seat.page.facts["age"].text()
    seat.stand()
    QTest.keyClick(seat.page.list, Qt.Key.Key_Delete)
    box = seat.box()
    seat.bot.waitUntil(lambda: QApplication.focusWidget() is box.no)
    QTest.keyClick(box.no, Qt.Key.Key_Tab)
    QTest.keyClick(box.yes, Qt.Key.Key_Space)
    seat.reach(Where.AWAY)
    seat.bot.waitUntil(lambda: seat.said() == "3年2組 was cleared from this PC.")
    assert seat.scores() == 0
    assert not seat.page.clear_button.isEnabled()
    seat.page.back_button.click()
    seat.reach(Where.HERE)
    seat.bot.waitUntil(lambda: seat.scores() == before)
    assert not seat.page.back_button.isVisible()


def test_who_thinks_again_has_cleared_nothing(seat: Seat) -> None:
    before = seat.scores()
    seat.stand()
    seat.page.clear_button.click()
    seat.box().no.click()
    seat.bot.wait(200)
    assert (seat.where(), seat.scores()) == (Where.HERE, before)


def test_what_waits_is_sent_first_and_without_a_connection_nothing_is_cleared_while_it_waits(seat: Seat) -> None:
    (score,) = seat.desk.workspace.rows('SELECT id FROM score WHERE "@lesson" = ? LIMIT 1', (MATH,))
    seat.way[0] = False
    seat.desk.workspace.edit("grades.score", [Put("score", {"state": "scored", "value": 1234}, id=score.id)])
    seat.bot.waitUntil(lambda: "1 change" in seat.page.facts["age"].text())
    before = seat.scores()
    seat.stand()
    seat.page.clear_button.click()
    seat.box().yes.click()
    seat.bot.waitUntil(lambda: "not sent yet" in seat.said())
    assert seat.page.strip.message is not None
    assert seat.page.strip.message.number == "E-1207"
    assert (seat.where(), seat.scores()) == (Where.HERE, before)
    seat.way[0] = True
    seat.page.clear_button.click()
    seat.box().yes.click()
    seat.reach(Where.AWAY)
    assert seat.desk.workspace.status().waiting == 0
    seat.page.back_button.click()
    seat.bot.waitUntil(lambda: seat.scores() == before)
    assert seat.desk.workspace.rows("SELECT value FROM score WHERE id = ?", (score.id,))[0].value == 1234


def test_without_a_connection_what_is_at_the_school_anyway_can_be_cleared(seat: Seat) -> None:
    seat.way[0] = False
    seat.stand()
    seat.page.clear_button.click()
    seat.box().yes.click()
    seat.reach(Where.AWAY)
    assert seat.scores() == 0


def test_what_belongs_to_no_class_is_never_cleared(seat: Seat) -> None:
    last = len(seat.page.table.rows) - 1
    assert seat.page.table.rows[last].code == ""
    seat.page.list.selectRow(last)
    assert not seat.page.clear_button.isEnabled()
    QTest.keyClick(seat.page.list, Qt.Key.Key_Delete)
    assert not seat.page.findChildren(Question)


def test_no_key_of_the_page_means_two_things() -> None:
    assert clashes((KEY,)) == []
