"""Whoever is locked out comes back to the same class, view and cell, with what was being written."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from client.attendance.chooser import View
from client.attendance.day import MARK_COLUMN
from client.attendance.table import FROZEN
from client.shell.pages import Left
from tests.client.attendance.conftest import CLASS, KEY, Shown, clock_of
from tests.client.attendance.test_day import marks_of
from tests.kit.classroom import Classroom

DETAILS = MARK_COLUMN + 3


def again(qtbot: QtBot, classroom: Classroom, leave: Callable[[Shown], None]) -> tuple[Shown, Left, bool]:
    """The page left as `leave` leaves it, and another one that came back to it."""
    desk = classroom.open()
    first = Shown(qtbot, desk, clock_of(classroom))
    leave(first)
    left = first.page.left()
    assert left is not None
    first.screen.close()
    second = Shown(qtbot, desk, clock_of(classroom))
    return second, left, second.page.come_back(left)


def test_a_month_is_come_back_to_at_its_cell(qtbot: QtBot, classroom: Classroom) -> None:
    def leave(shown: Shown) -> None:
        shown.page.chooser.find(CLASS, "2026-10-15", View.MONTH)
        shown.go(9, FROZEN + 14)

    shown, left, there = again(qtbot, classroom, leave)
    assert there
    assert left.typed == {}
    assert shown.page.chooser.shown is View.MONTH
    assert (shown.current, shown.page.view.grid.current.column()) == (9, FROZEN + 14)
    shown.screen.close()


def test_details_that_were_being_written_are_in_their_editor_again(qtbot: QtBot, classroom: Classroom) -> None:
    def leave(shown: Shown) -> None:
        shown.go(4, DETAILS)
        shown.type("x")
        assert shown.table.entry.editor is not None
        shown.table.entry.editor.setText("歯医者")

    shown, left, there = again(qtbot, classroom, leave)
    assert there
    assert left.typed == {"cell": "歯医者"}
    assert shown.table.entry.editor is not None
    assert shown.table.entry.editor.text() == "歯医者"
    assert shown.current == 4
    shown.press(KEY.Key_Return)
    shown.wait_saved()
    assert shown.cell(4).note.text == "歯医者"
    shown.screen.close()


def test_a_late_change_asks_again_with_the_reason_that_was_half_written(qtbot: QtBot, classroom: Classroom) -> None:
    def leave(shown: Shown) -> None:
        shown.page.take()
        shown.wait_saved()
        shown.type("9c")
        shown.page.reason.text.setText("1時間目")

    shown, _left, there = again(qtbot, classroom, leave)
    assert there
    assert shown.page.reason.asking
    assert shown.page.reason.text.text() == "1時間目"
    assert marks_of(shown.desk.workspace) == {}
    shown.press(KEY.Key_Return)
    shown.wait_saved()
    assert marks_of(shown.desk.workspace) == {9: "LATE"}
    shown.screen.close()


def test_seats_are_come_back_to(qtbot: QtBot, classroom: Classroom) -> None:
    shown, _left, there = again(qtbot, classroom, _to_seats)
    assert there
    assert shown.page.chooser.shown is View.SEATS
    shown.screen.close()


def _to_seats(shown: Shown) -> None:
    shown.page.chooser.find(CLASS, "2026-11-20", View.SEATS)
