"""The class as it sits: the same keys mark, seats are moved one by one, and where everybody sits is kept."""

import pytest

from client.attendance.chooser import View
from client.attendance.seating import SeatingView
from tests.client.attendance.conftest import CLASS, KEY, TODAY, Shown
from tests.client.attendance.test_day import marks_of


@pytest.fixture
def seated(shown: Shown) -> Shown:
    """The page on this morning's seats."""
    shown.page.chooser.find(CLASS, TODAY, View.SEATS)
    shown.page._focus()
    return shown


def seats(shown: Shown) -> SeatingView:
    view = shown.page.view
    assert isinstance(view, SeatingView)
    return view


def number_at(shown: Shown, row: int, column: int) -> int | None:
    line = seats(shown).table.rows[row].lines[column]
    return None if line is None else line.who.number


def test_a_day_is_taken_from_the_seats_with_the_same_keys(seated: Shown) -> None:
    seated.type("5k12k20k")
    seated.press(KEY.Key_Return, control=True)
    seated.wait_saved()
    assert marks_of(seated.desk.workspace) == dict.fromkeys((5, 12, 20), "ABSENT_SICK")
    assert seated.register.days[-1].taken is not None
    assert seats(seated).table.index(0, 4).data() == "病"


def test_before_anybody_arranges_them_pupils_sit_by_number_and_leavers_have_no_seat(seated: Shown) -> None:
    assert [number_at(seated, 0, column) for column in range(6)] == [1, 2, 3, 4, 5, 6]
    assert [number_at(seated, 1, column) for column in range(3)] == [8, 9, 10]


def test_two_pupils_change_seats_and_that_is_kept_for_every_pc(seated: Shown) -> None:
    view = seats(seated)
    view.arrange.click()
    seated.press(KEY.Key_Return, KEY.Key_Right, KEY.Key_Return)
    assert [number_at(seated, 0, column) for column in range(3)] == [2, 1, 3]
    seated.press(KEY.Key_Escape)
    assert not view.arrange.isChecked()
    kept = seated.book.seats(seated.register.room)
    assert kept[seated.line(1).id] == (1, 2)
    assert len(kept) == len([line for line in seated.lines if not line.who.gone])
    seated.desk.sync()
    assert seated.desk.workspace.status().waiting == 0
    assert seated.desk.workspace.status().not_accepted == 0


def test_no_key_marks_anybody_while_seats_are_moved(seated: Shown) -> None:
    seats(seated).arrange.click()
    seated.type("k5")
    seated.wait_saved()
    assert marks_of(seated.desk.workspace) == {}


def test_a_move_is_taken_back_as_one_step(seated: Shown) -> None:
    seats(seated).arrange.click()
    seated.press(KEY.Key_Return, KEY.Key_Right, KEY.Key_Return)
    before = seated.book.seats(seated.register.room)
    seated.press(KEY.Key_Return, KEY.Key_Down, KEY.Key_Return)
    assert seated.book.seats(seated.register.room) != before
    seated.page.entry.undo()
    seated.bot.waitUntil(lambda: seated.book.seats(seated.register.room) == before)


def test_lots_give_everybody_a_seat_again(seated: Shown) -> None:
    view = seats(seated)
    view.arrange.click()
    before = view.table.seats
    seated.type("r")
    assert set(view.table.seats) == set(before)
    assert sorted(view.table.seats.values()) == sorted(before.values())
    assert seated.book.seats(seated.register.room) == view.table.seats


def test_turned_round_the_first_sits_at_the_lower_right_and_the_cursor_stays_with_the_pupil(seated: Shown) -> None:
    seated.type("9")
    view = seats(seated)
    view.turn.click()
    rows, columns = len(view.table.rows), len(view.table.columns)
    assert number_at(seated, rows - 1, columns - 1) == 1
    here = view.here()
    assert here is not None
    assert here[0].who.number == 9


def test_a_seat_is_spoken_with_the_pupil_and_the_mark(seated: Shown) -> None:
    role = 11  # Qt.ItemDataRole.AccessibleTextRole
    assert seats(seated).table.index(0, 0).data(role) == "1 相沢 湊 11/20 未入力"
