"""Moving, entering, editing: the key table with real key presses."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from client.widgets.grid.edit import Cause
from client.widgets.grid.keys import Command, Mode
from client.widgets.grid.moves import Path
from tests.client.widgets.grid.conftest import CLOSED, FIRST, LEVEL, SECOND

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press(qtbot, page, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(page.editor or page.view.table, key, modifiers)


def type_in(qtbot, page, text):
    for character in text:
        qtbot.keyClicks(page.editor or page.view.table, character)


def test_typing_replaces_and_enter_goes_to_the_next_pupil(qtbot, page):
    type_in(qtbot, page, "95")
    assert page.view.table.entry.mode is Mode.ENTERING
    press(qtbot, page, KEY.Key_Return)
    assert page.value(0, FIRST) == "95"
    assert page.cell == (1, FIRST)
    assert page.editor is None
    assert [edit.cause for edit in page.edits] == [Cause.TYPED]
    assert page.edits[0].cells[0].record.id == "p1"


def test_enter_jumps_over_a_pupil_who_left_and_wraps_to_the_next_column(qtbot, page):
    page.view.go(1, FIRST)
    press(qtbot, page, KEY.Key_Return)
    assert page.cell == (3, FIRST)
    press(qtbot, page, KEY.Key_Return)
    press(qtbot, page, KEY.Key_Return)
    assert page.cell == (0, SECOND)
    press(qtbot, page, KEY.Key_Return, SHIFT)
    assert page.cell == (4, FIRST)


def test_enter_goes_right_where_a_person_set_it_so(qtbot, page):
    page.view.set_path(Path(down=False))
    type_in(qtbot, page, "7")
    press(qtbot, page, KEY.Key_Enter)
    assert page.cell == (0, SECOND)


def test_tab_takes_the_value_and_closes_the_editor(qtbot, page):
    type_in(qtbot, page, "12")
    press(qtbot, page, KEY.Key_Tab)
    assert (page.value(0, FIRST), page.cell, page.editor) == ("12", (0, SECOND), None)
    press(qtbot, page, KEY.Key_Backtab, SHIFT)
    assert page.cell == (0, FIRST)


def test_arrows_take_the_value_while_entering_and_move_the_caret_while_editing(qtbot, page):
    type_in(qtbot, page, "12")
    press(qtbot, page, KEY.Key_Right)
    assert (page.value(0, FIRST), page.cell) == ("12", (0, SECOND))
    press(qtbot, page, KEY.Key_F2)
    assert page.view.table.entry.mode is Mode.EDITING
    assert page.editor.text() == "40"
    assert page.editor.cursorPosition() == 2
    assert not page.editor.hasSelectedText()
    press(qtbot, page, KEY.Key_Left)
    assert page.editor.cursorPosition() == 1
    press(qtbot, page, KEY.Key_F2)
    assert page.view.table.entry.mode is Mode.ENTERING
    press(qtbot, page, KEY.Key_Left)
    assert page.cell == (0, FIRST)
    assert page.edits[1:] == []


def test_escape_gives_the_old_value_back(qtbot, page):
    type_in(qtbot, page, "55")
    press(qtbot, page, KEY.Key_Escape)
    assert (page.value(0, FIRST), page.editor, page.edits, page.cell) == ("80", None, [], (0, FIRST))


def test_escape_while_moving_clears_the_selection_first_and_is_then_left_to_the_window(qtbot, page):
    page.select((0, FIRST), (1, SECOND))
    press(qtbot, page, KEY.Key_Escape)
    assert len(page.view.table.selectedIndexes()) == 1
    assert not page.view.table.perform(Command.BACK)


def test_a_refused_value_stays_in_its_editor_with_a_sentence(qtbot, page):
    type_in(qtbot, page, "105")
    press(qtbot, page, KEY.Key_Return)
    assert page.refusals == ["100 at most, not 105"]
    assert page.editor is not None
    assert page.editor.text() == "105"
    assert page.cell == (0, FIRST)
    press(qtbot, page, KEY.Key_Backspace)
    press(qtbot, page, KEY.Key_Return)
    assert page.value(0, FIRST) == "10"


def test_leaving_a_refused_value_by_mouse_gives_the_old_one_back_and_offers_the_text_again(qtbot, page):
    type_in(qtbot, page, "105")
    where = page.view.table.visualRect(page.table.index(3, SECOND)).center()
    qtbot.mouseClick(page.view.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert (page.value(0, FIRST), page.editor, page.cell) == ("80", None, (3, SECOND))
    offer = page.withdrawn[0]
    assert (offer.text, offer.refusal.sentence()) == ("105", "100 at most, not 105")
    page.view.resume(offer.index, offer.text)
    assert (page.editor.text(), page.cell) == ("105", (0, FIRST))


def test_leaving_a_good_value_by_mouse_takes_it(qtbot, page):
    type_in(qtbot, page, "33")
    where = page.view.table.visualRect(page.table.index(3, SECOND)).center()
    qtbot.mouseClick(page.view.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert page.value(0, FIRST) == "33"
    assert page.value(3, SECOND) == "!"


def test_a_click_on_a_name_takes_the_value_and_goes_to_that_row(qtbot, page):
    type_in(qtbot, page, "33")
    where = page.view.names.visualRect(page.table.index(4, 1)).center()
    qtbot.mouseClick(page.view.names.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert (page.value(0, FIRST), page.cell) == ("33", (4, FIRST))


def test_delete_empties_the_selection_as_one_act_and_leaves_blanks_alone(qtbot, page):
    page.select((0, FIRST), (1, SECOND))
    press(qtbot, page, KEY.Key_Delete)
    assert [(edit.cause, len(edit.cells)) for edit in page.edits] == [(Cause.CLEARED, 3)]
    assert [page.value(row, column) for row in (0, 1) for column in (FIRST, SECOND)] == [""] * 4


def test_delete_over_one_closed_cell_changes_nothing_at_all(qtbot, page):
    page.select((0, FIRST), (0, CLOSED))
    press(qtbot, page, KEY.Key_Delete)
    assert page.edits == []
    assert page.refusals == ["this column is closed"]


def test_backspace_opens_an_empty_editor(qtbot, page):
    press(qtbot, page, KEY.Key_Backspace)
    assert (page.editor.text(), page.view.table.entry.mode) == ("", Mode.ENTERING)
    press(qtbot, page, KEY.Key_Return)
    assert page.value(0, FIRST) == ""


def test_ctrl_enter_puts_the_value_into_the_whole_selection_or_nowhere(qtbot, page):
    page.select((0, FIRST), (1, SECOND))
    type_in(qtbot, page, "60")
    press(qtbot, page, KEY.Key_Return, CTRL)
    assert page.edits[0].cause is Cause.FILLED
    assert {page.value(row, column) for row in (0, 1) for column in (FIRST, SECOND)} == {"60"}
    page.select((0, FIRST), (0, CLOSED))
    type_in(qtbot, page, "61")
    press(qtbot, page, KEY.Key_Return, CTRL)
    assert len(page.edits) == 1
    assert page.editor.text() == "61"


def test_fill_down_copies_the_first_row_and_one_cell_copies_from_above(qtbot, page):
    page.select((0, FIRST), (1, SECOND))
    press(qtbot, page, KEY.Key_D, CTRL)
    assert [page.value(1, FIRST), page.value(1, SECOND)] == ["80", "40"]
    page.view.go(4, FIRST)
    press(qtbot, page, KEY.Key_D, CTRL)
    assert page.value(4, FIRST) == ""  # the cell above is blank
    page.view.go(1, SECOND)
    press(qtbot, page, KEY.Key_R, CTRL)
    assert page.value(1, SECOND) == "80"


def test_ctrl_d_while_entering_takes_the_value_first(qtbot, page):
    page.view.go(1, FIRST)
    type_in(qtbot, page, "5")
    press(qtbot, page, KEY.Key_D, CTRL)
    assert page.value(1, FIRST) == "80"
    assert [edit.cause for edit in page.edits] == [Cause.TYPED, Cause.FILLED]


def test_copy_writes_a_block_other_programs_read_and_cut_empties_it(qtbot, page):
    page.select((0, FIRST), (1, SECOND))
    press(qtbot, page, KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "80\t40\r\n70\t"
    assert QGuiApplication.clipboard().mimeData().hasFormat("application/x-keyaki")
    press(qtbot, page, KEY.Key_X, CTRL)
    assert [edit.cause for edit in page.edits] == [Cause.CUT]


def test_paste_hands_the_text_to_the_page_and_writes_nothing_itself(qtbot, page):
    QGuiApplication.clipboard().setText("1\t2")
    press(qtbot, page, KEY.Key_V, CTRL)
    assert page.pasted == ["1\t2"]
    assert page.edits == []


def test_f3_finds_the_next_blank_and_f7_the_next_problem(qtbot, page):
    press(qtbot, page, KEY.Key_F3)
    assert page.cell == (3, FIRST)
    press(qtbot, page, KEY.Key_F7)
    assert page.cell == (3, SECOND)
    press(qtbot, page, KEY.Key_F7)
    assert page.exhausted == [Command.NEXT_PROBLEM]
    press(qtbot, page, KEY.Key_F3, SHIFT)
    assert page.cell == (1, SECOND)


def test_home_end_and_ctrl_arrows_stay_among_the_moving_columns(qtbot, page):
    press(qtbot, page, KEY.Key_End)
    assert page.cell == (0, CLOSED)
    press(qtbot, page, KEY.Key_Home)
    assert page.cell == (0, FIRST)
    press(qtbot, page, KEY.Key_End, CTRL)
    assert page.cell == (4, CLOSED)
    press(qtbot, page, KEY.Key_Home, CTRL)
    assert page.cell == (0, FIRST)
    press(qtbot, page, KEY.Key_Down, CTRL)
    assert page.cell == (2, FIRST)


def test_shift_arrows_widen_the_selection(qtbot, page):
    press(qtbot, page, KEY.Key_Down, SHIFT)
    press(qtbot, page, KEY.Key_Right, SHIFT)
    assert len(page.view.table.block()) == 4


def test_one_key_is_value_and_move(qtbot, page):
    page.view.go(0, LEVEL)
    type_in(qtbot, page, "b3")
    assert [page.value(0, LEVEL), page.value(1, LEVEL)] == ["B", "C"]
    assert page.cell == (3, LEVEL)
    assert page.editor is None
    assert [edit.cause for edit in page.edits] == [Cause.ONE_KEY, Cause.ONE_KEY]


def test_a_key_that_is_no_level_says_so_and_stays(qtbot, page):
    page.view.go(0, LEVEL)
    type_in(qtbot, page, "x")
    assert page.refusals == ["x is no level"]
    assert (page.cell, page.value(0, LEVEL)) == ((0, LEVEL), "A")


def test_typing_on_a_closed_cell_says_why_and_jumps_to_no_other_row(qtbot, page):
    page.view.go(0, CLOSED)
    type_in(qtbot, page, "1")
    assert page.refusals == ["this column is closed"]
    assert (page.cell, page.editor) == ((0, CLOSED), None)


def test_an_unchanged_text_is_no_edit(qtbot, page):
    press(qtbot, page, KEY.Key_F2)
    press(qtbot, page, KEY.Key_Return)
    assert page.edits == []
    assert page.cell == (1, FIRST)


def test_a_reload_of_the_row_leaves_what_is_being_typed(qtbot, page):
    type_in(qtbot, page, "5")
    page.table.show([*page.table.rows])
    page.table.row_changed(0)
    assert page.editor.text() == "5"


def test_a_table_made_anew_under_an_open_editor_offers_the_text_again(qtbot, page):
    type_in(qtbot, page, "5")
    page.table.show(page.table.rows[:3])
    assert page.editor is None
    assert [offer.text for offer in page.withdrawn] == ["5"]
    assert page.edits == []


def test_a_row_taken_away_by_a_filter_under_an_open_editor_offers_the_text_again(qtbot, page):
    from PySide6.QtCore import QSortFilterProxyModel

    proxy = QSortFilterProxyModel(page.view)
    proxy.setSourceModel(page.table)
    page.view.table.setModel(proxy)
    page.view.table.setCurrentIndex(proxy.index(0, FIRST))
    type_in(qtbot, page, "5")
    proxy.setFilterKeyColumn(1)
    proxy.setFilterFixedString("石黒")
    assert proxy.rowCount() == 1
    assert page.editor is None
    assert [offer.text for offer in page.withdrawn] == ["5"]
    assert not page.withdrawn[0].index.isValid()
    type_in(qtbot, page, "7")
    press(qtbot, page, KEY.Key_Return)
    assert page.edits[0].cells[0].record.id == "p2"
