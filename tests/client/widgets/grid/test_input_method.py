"""Text of an input method is no key event: composition, commit, full width, and leaving in the middle."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent

from tests.client.widgets.grid.conftest import CLOSED, FIRST, LEVEL, SECOND

KEY = Qt.Key


def compose(widget, preedit="", commit=""):
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QCoreApplication.sendEvent(widget, event)


def target(page):
    """Where the system sends keys: Qt leaves the focus with the table until a first composition ends."""
    return page.view.table if page.view.table.hasFocus() else page.editor


def test_committed_full_width_digits_open_the_editor_and_replace_the_value(qtbot, page):
    compose(target(page), commit="９５")
    qtbot.keyClick(target(page), KEY.Key_Return)
    assert page.value(0, FIRST) == "95"
    assert page.cell == (1, FIRST)


def test_composing_first_and_committing_then_gives_the_same(qtbot, page):
    compose(target(page), preedit="９")
    assert page.editor is not None
    compose(target(page), preedit="９５")
    compose(target(page), commit="９５")
    qtbot.keyClick(target(page), KEY.Key_Return)
    assert page.value(0, FIRST) == "95"


def test_the_enter_that_confirms_a_conversion_does_not_move_the_cell(qtbot, page):
    compose(target(page), preedit="けつ")
    qtbot.keyClick(target(page), KEY.Key_Return)
    assert page.cell == (0, FIRST)
    compose(target(page), commit="欠")
    qtbot.keyClick(target(page), KEY.Key_Return)
    assert page.value(0, FIRST) == "欠"


def test_another_cell_in_the_middle_of_a_composition_loses_nothing(qtbot, page):
    compose(target(page), preedit="８８")
    where = page.view.table.visualRect(page.table.index(3, SECOND)).center()
    qtbot.mouseClick(page.view.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert page.value(0, FIRST) == "88"


def test_leaving_the_page_in_the_middle_of_a_composition_loses_nothing(qtbot, page):
    compose(target(page), preedit="７")
    assert page.view.finish()
    assert page.value(0, FIRST) == "7"


def test_a_refused_composition_is_offered_again(qtbot, page):
    compose(target(page), preedit="１２３")
    assert not page.view.finish()
    assert page.value(0, FIRST) == "80"
    assert page.withdrawn[0].text == "１２３"


def test_a_single_key_cell_takes_the_commit_of_an_input_method(qtbot, page):
    page.view.go(0, LEVEL)
    compose(target(page), commit="あ")
    assert page.value(0, LEVEL) == "A"
    assert page.cell == (1, LEVEL)
    compose(target(page), commit="ｂ")
    assert page.value(1, LEVEL) == "B"


def test_composing_over_a_closed_cell_says_why_and_opens_nothing(qtbot, page):
    page.view.go(0, CLOSED)
    compose(target(page), commit="９")
    assert page.refusals == ["this column is closed"]
    assert page.editor is None


def test_undo_in_the_editor_is_the_editors_own(qtbot, page):
    compose(target(page), commit="９")
    compose(target(page), commit="５")
    qtbot.keyClick(page.editor, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.editor is not None
    assert page.editor.text() != "９５"
