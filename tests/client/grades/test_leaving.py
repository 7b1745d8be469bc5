"""A cell that is being typed in is left and come back to with its text, on another screen over the same store."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from pytestqt.qtbot import QtBot

from client.grades.rules import Facet
from client.shell.pages import Left
from tests.client.grades.conftest import KEY, Shown
from tests.kit.classroom import JAPANESE, MATH, TERM, Classroom


def left(shown: Shown) -> Left:
    found = shown.page.left()
    assert found is not None
    return found


def another(qtbot: QtBot, shown: Shown, classroom: Classroom) -> Shown:
    """The program started again over the same store; to be closed."""
    shown.window.hide()
    return Shown(qtbot, shown.desk, classroom)


def test_what_is_typed_comes_back_in_its_cell_and_is_saved_only_by_enter(
    shown: Shown, qtbot: QtBot, classroom: Classroom
) -> None:
    column, before = shown.points, shown.value(4, shown.points)
    shown.go(4, column)
    shown.type("8")
    kept = left(shown)
    assert (kept.place["lesson"], kept.place["term"], dict(kept.typed)) == (MATH, TERM, {"cell": "8"})
    again = another(qtbot, shown, classroom)
    assert again.page.come_back(kept)
    assert again.place == (4, column)
    assert again.page.grid.typed == "8"
    assert again.value(4, column) == before
    assert again.desk.workspace.status().waiting == 0
    again.bot.keyClicks(again.target, ".5")
    again.press(KEY.Key_Return)
    assert again.value(4, column).points == 8_50
    again.wait_saved()
    again.screen.close()


def test_what_is_being_composed_counts(shown: Shown) -> None:
    shown.go(0, shown.points)
    shown.press(KEY.Key_F2)
    QCoreApplication.sendEvent(shown.target, QInputMethodEvent("けっせき", []))
    assert left(shown).typed["cell"].endswith("けっせき")


def test_other_columns_and_another_course_are_come_back_to(shown: Shown, qtbot: QtBot, classroom: Classroom) -> None:
    shown.page.chooser.find(JAPANESE, TERM)
    shown.page.filter.columns.set_key(Facet.RESULTS)
    shown.page.filter.columns_chosen.emit()
    shown.go(3, 1)
    kept = left(shown)
    assert kept.typed == {}
    again = another(qtbot, shown, classroom)
    assert again.page.come_back(kept)
    assert (again.page.chooser.lesson, again.page.filter.facet) == (shown.page.chooser.lesson, Facet.RESULTS)
    assert again.place == (3, 1)
    assert not again.page.grid.editing
    again.screen.close()


def test_a_text_that_was_taken_just_before_the_end_opens_no_editor(shown: Shown) -> None:
    shown.go(0, shown.points)
    shown.type("7")
    kept = left(shown)
    shown.press(KEY.Key_Return)
    shown.wait_saved()
    assert shown.page.come_back(kept)
    assert not shown.page.grid.editing


def test_a_text_whose_cell_is_gone_is_not_said_to_be_back(shown: Shown) -> None:
    shown.go(0, shown.points)
    place = dict(left(shown).place)
    assert not shown.page.come_back(Left(place | {"cell": "gone"}, {"cell": "7"}))
    assert not shown.page.come_back(Left(place | {"lesson": "2026:9-9:math"}, {"cell": "7"}))
    assert not shown.page.come_back(Left({}, {"cell": "7"}))
    assert shown.page.come_back(Left(place | {"cell": "gone"}))


def test_two_looks_at_the_same_typing_are_the_same_and_change_nothing(shown: Shown) -> None:
    shown.go(2, shown.points)
    shown.type("12")
    assert left(shown) == left(shown)
    assert shown.page.grid.editing
    assert shown.target.text() == "12"  # type: ignore[attr-defined]


def test_the_way_of_enter_and_the_colours_come_back(shown: Shown, qtbot: QtBot, classroom: Classroom) -> None:
    shown.go(2, shown.points)
    shown.page.direction.set_key(False)
    shown.page.acts.coloured = True
    kept = left(shown)
    again = another(qtbot, shown, classroom)
    assert again.page.come_back(kept)
    assert (again.page.direction.key, again.page.grid.table.path.down) == (False, False)
    assert again.page.table.coloured
    again.screen.close()
