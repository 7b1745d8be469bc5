"""What is done on the page besides typing: columns, notes, history, copies, search, colours."""

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from client.grades.note_form import NoteForm
from client.grades.past_list import PastList
from client.grades.table import FROZEN
from client.grades.work_form import WorkForm
from client.shell.messages import Question
from client.widgets.column_table import STATE_ROLE
from client.widgets.grid.footer import FooterRow
from client.widgets.grid.paste import read_block
from client.widgets.marks import CellState
from client.workspace import Put
from tests.client.grades.conftest import Shown
from tests.client.grades.test_leaving import another, left
from tests.kit.classroom import SATO, Classroom

KEY = Qt.Key


def box(shown: Shown, kind: type[QDialog]) -> QDialog:
    return next(each for each in shown.page.window().findChildren(kind) if each.isVisible())


def form(shown: Shown) -> WorkForm:
    held = shown.page.columns.form
    assert held is not None
    return held


def titles(shown: Shown) -> list[str]:
    return [column.title for column in shown.sheet.columns]


def fill(shown: Shown, title: str) -> None:
    held = form(shown)
    held.title.setText(title)
    held.kind.show_key("quiz")
    held.marking.set_key(False)
    held.ticks["know"].setChecked(True)


# -- columns ----------------------------------------------------------------------------------------------------------


def test_a_column_is_added_and_the_cursor_stands_in_it_ready_to_type(shown: Shown) -> None:
    shown.go(5, shown.points)
    shown.page.acts.add_button.click()
    fill(shown, "小テスト9")
    shown.bot.keyClick(form(shown).title, KEY.Key_Return)
    assert shown.page.columns.form is None
    assert "小テスト9" in titles(shown)
    row, column = shown.place
    assert (row, shown.sheet.columns[column].title) == (0, "小テスト9")
    shown.type("18")
    shown.press(KEY.Key_Return)
    assert shown.value(0, column).points == 18_00
    shown.wait_saved()
    shown.screen.to_front()
    shown.press(KEY.Key_Z, control=True)
    shown.press(KEY.Key_Z, control=True)
    assert "小テスト9" not in titles(shown)


def test_a_new_column_starts_in_the_unit_of_the_cursor_with_the_numbers_of_its_like(shown: Shown) -> None:
    shown.go(0, shown.points)
    here = shown.sheet.columns[shown.points]
    shown.page.columns.make()
    assert form(shown).unit.text() == here.unit
    assert all(edit.text() for pair in form(shown).numbers.values() for edit in pair)


def test_what_is_wrong_in_the_form_is_said_in_it_and_nothing_is_written(shown: Shown) -> None:
    shown.page.columns.make()
    form(shown).done_button.click()
    assert form(shown).wrong.isVisible()
    assert form(shown).focusWidget() is form(shown).title
    assert shown.desk.workspace.status().groups == 0


def test_a_column_is_renamed(shown: Shown) -> None:
    shown.go(0, shown.points)
    shown.page.columns.change()
    form(shown).title.setText("名前を変えた")
    form(shown).done_button.click()
    assert shown.sheet.columns[shown.points].title == "名前を変えた"


def test_the_scores_that_would_go_with_a_column_are_said_first_and_come_back_by_undo(shown: Shown) -> None:
    shown.go(0, shown.points)
    key = shown.sheet.columns[shown.points].key
    before = len(shown.sheet.columns)
    shown.page.columns.remove()
    question = box(shown, Question)
    assert isinstance(question, Question)
    question.no.click()
    assert len(shown.sheet.columns) == before
    shown.page.columns.remove()
    question = box(shown, Question)
    assert isinstance(question, Question)
    question.yes.click()
    assert key not in {column.key for column in shown.sheet.columns}
    shown.page.strip.asked.emit("undo")
    assert len(shown.sheet.columns) == before


def test_a_closed_column_takes_nothing_until_it_is_opened_again(shown: Shown) -> None:
    column = shown.points
    shown.go(0, column)
    shown.page.columns.turn_lock()
    assert shown.sheet.columns[column].closed
    shown.type("5")
    assert not shown.page.grid.editing
    shown.page.columns.change()
    assert shown.page.columns.form is None
    shown.page.columns.remove()
    assert not [each for each in shown.page.findChildren(Question) if each.isVisible()]
    shown.page.columns.turn_lock()
    shown.type("5")
    assert shown.page.grid.editing


def test_a_half_filled_form_comes_back_after_a_lock(shown: Shown, qtbot: QtBot, classroom: Classroom) -> None:
    shown.go(3, shown.points)
    shown.page.columns.make()
    fill(shown, "途中の列")
    form(shown).date.setText("10/")
    kept = left(shown)
    again = another(qtbot, shown, classroom)
    assert again.page.come_back(kept)
    assert (form(again).title.text(), form(again).date.text()) == ("途中の列", "10/")
    assert form(again).ticks["know"].isChecked()
    assert again.desk.workspace.status().groups == 0
    again.screen.close()


def test_who_may_not_write_is_offered_no_columns(shown: Shown) -> None:
    shown.go(0, shown.letters)
    assert shown.page.columns.column is None
    words = [action.text() for action in shown.page.acts.menu().actions()]
    assert not [text for text in words if "column" in text]


# -- notes ------------------------------------------------------------------------------------------------------------


def test_a_note_is_written_by_keys_and_marked_in_its_cell(shown: Shown) -> None:
    column = shown.points
    shown.go(0, column)
    shown.bot.keyClick(shown.page.grid.table, KEY.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    note = box(shown, NoteForm)
    assert isinstance(note, NoteForm)
    note.text.setText("後日実施")
    shown.bot.keyClick(note.text, KEY.Key_Return)
    assert shown.cell(0, column).note == "後日実施"
    assert shown.page.table.index(0, column + FROZEN).data(STATE_ROLE) & int(CellState.NOTE)
    assert shown.value(0, column).points is not None
    shown.press(KEY.Key_Z, control=True)
    assert shown.cell(0, column).note == ""


def test_a_note_that_is_too_long_stays_in_its_line(shown: Shown) -> None:
    shown.go(0, shown.points)
    shown.page.cells.note()
    note = box(shown, NoteForm)
    assert isinstance(note, NoteForm)
    note.text.setText("あ" * 61)
    note.done_button.click()
    assert note.isVisible()
    assert note.wrong.isVisible()
    assert shown.desk.workspace.status().groups == 0


def test_a_cell_without_a_score_takes_no_note_and_says_so(shown: Shown) -> None:
    shown.go(0, shown.letters)
    shown.page.cells.note()
    assert shown.said


# -- history ----------------------------------------------------------------------------------------------------------


def test_a_value_of_the_history_is_put_back_as_a_new_change(shown: Shown) -> None:
    column = shown.points
    for text in ("7", "8"):
        shown.go(0, column)
        shown.type(text)
        shown.press(KEY.Key_Return)
        shown.wait_saved()
    shown.go(0, column)
    shown.press(KEY.Key_H, control=True)
    past = box(shown, PastList)
    assert isinstance(past, PastList)
    model = past.table
    lines = [[model.index(row, at).data() for at in (0, 1, 4)] for row in range(2)]
    assert lines == [["8", "田中-sensei", "typed"], ["7", "田中-sensei", "typed"]]
    assert not past.restore_button.isEnabled()
    past.list.selectRow(1)
    past.restore_button.click()
    assert shown.value(0, column).points == 7_00
    shown.wait_saved()
    assert shown.desk.workspace.status().groups == 3
    shown.page.cells.history()
    again = box(shown, PastList)
    assert isinstance(again, PastList)
    assert again.table.index(0, 4).data() == "restored"
    again.close()
    shown.screen.to_front()
    shown.press(KEY.Key_Z, control=True)
    assert shown.value(0, column).points == 8_00


def test_keys_for_a_cell_take_what_is_being_typed_first(shown: Shown) -> None:
    column = shown.points
    for key, modifier, kind in (
        (KEY.Key_H, Qt.KeyboardModifier.ControlModifier, PastList),
        (KEY.Key_F2, Qt.KeyboardModifier.ShiftModifier, NoteForm),
    ):
        shown.screen.to_front()
        shown.go(0, column)
        shown.type("9" if kind is PastList else "8")
        assert shown.page.grid.editing
        shown.bot.keyClick(shown.target, key, modifier)
        assert not shown.page.grid.editing
        opened = box(shown, kind)
        opened.close()
        shown.wait_saved()
    assert shown.value(0, column).points == 8_00


def test_a_value_that_is_refused_keeps_its_editor_and_no_box_opens(shown: Shown) -> None:
    shown.go(0, shown.points)
    shown.type("999")
    shown.bot.keyClick(shown.target, KEY.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert shown.page.grid.editing
    assert not [each for each in shown.page.window().findChildren(PastList) if each.isVisible()]
    assert shown.number == "E-4001"


def test_the_history_names_a_colleague_who_filled_the_same_cell(shown: Shown, classroom: Classroom) -> None:
    column = shown.points
    sato = classroom.open(SATO, "職員室PC")
    sato.sync()
    id_ = shown.cell(0, column).id
    sato.workspace.edit("grades.typed", [Put("score", {"state": "scored", "value": 3_00}, id=id_)])
    sato.sync()
    shown.go(0, column)
    shown.type("4")
    shown.press(KEY.Key_Return)
    shown.wait_saved()
    shown.desk.sync()
    shown.bot.waitUntil(lambda: bool(shown.desk.workspace.conflicts()))
    shown.go(0, column)
    shown.page.cells.history()
    past = box(shown, PastList)
    assert isinstance(past, PastList)
    assert ("3", "佐藤-sensei", "職員室PC") in {
        tuple(past.table.index(row, at).data() for at in (0, 1, 3)) for row in range(past.table.rowCount())
    }


def history(shown: Shown, row: int, column: int) -> PastList:
    shown.go(row, column)
    shown.page.cells.history()
    past = box(shown, PastList)
    assert isinstance(past, PastList)
    return past


def lines(past: PastList) -> list[tuple[str, ...]]:
    return [tuple(past.table.index(row, at).data() for at in (0, 1, 3)) for row in range(past.table.rowCount())]


def test_the_school_tells_what_a_colleague_typed_who_never_met_this_teacher(shown: Shown, classroom: Classroom) -> None:
    column = shown.points
    sato = classroom.open(SATO, "職員室PC")
    sato.sync()
    id_ = shown.cell(0, column).id
    for value in (3_00, 5_00):
        sato.workspace.edit("grades.typed", [Put("score", {"state": "scored", "value": value}, id=id_)])
        sato.sync()
    shown.desk.sync()
    shown.bot.waitUntil(lambda: shown.value(0, column).points == 5_00)
    past = history(shown, 0, column)
    shown.bot.waitUntil(lambda: "All changes" in past.told.text())
    assert lines(past)[:2] == [("5", "佐藤-sensei", "職員室PC"), ("3", "佐藤-sensei", "職員室PC")]
    past.list.selectRow(1)
    past.restore_button.click()
    assert shown.value(0, column).points == 3_00


def test_without_the_school_it_says_that_this_pc_alone_tells_and_whoever_has_chosen_keeps_their_choice(
    shown: Shown,
) -> None:
    column = shown.points
    shown.school.away = True
    for text in ("7", "8"):
        shown.go(0, column)
        shown.type(text)
        shown.press(KEY.Key_Return)
        shown.wait_saved()
    past = history(shown, 0, column)
    past.list.selectRow(1)
    shown.bot.waitUntil(lambda: "of the last 30 days" in past.told.text())
    assert past.chosen is not None
    assert past.chosen.value.points == 7_00
    past.close()
    shown.school.away = False
    past = history(shown, 0, column)
    past.list.selectRow(1)
    shown.bot.waitUntil(lambda: "All changes" in past.told.text())
    assert past.chosen is not None
    assert past.chosen.value.points == 7_00


def test_nothing_is_put_back_into_a_closed_column(shown: Shown) -> None:
    column = shown.points
    shown.go(0, column)
    shown.type("7")
    shown.press(KEY.Key_Return)
    shown.wait_saved()
    shown.go(0, column)
    shown.page.columns.turn_lock()
    shown.page.cells.history()
    past = box(shown, PastList)
    assert isinstance(past, PastList)
    assert not past.restore_button.isVisible()


# -- copies -----------------------------------------------------------------------------------------------------------


def test_a_copy_of_the_sheet_finds_its_way_back_in_any_order_and_from_any_cell(shown: Shown) -> None:
    column = shown.points
    before = [shown.value(row, column) for row in range(shown.page.table.rowCount())]
    shown.go(0, 0)
    shown.page.cells.copy_named()
    block = [list(row) for row in read_block(QGuiApplication.clipboard().text())]
    at = column + 3
    changed = next(row for row in range(1, len(block)) if block[row][at])
    block[changed][at] = "1"
    text = "\n".join("\t".join(row) for row in (block[0], *reversed(block[1:])))
    shown.go(4, 3)
    preview = shown.paste(text)
    assert preview is not None
    assert preview.paste_button.isVisible()
    preview.paste_button.click()
    now = [shown.value(row, column) for row in range(len(before))]
    assert [row for row, (old, new) in enumerate(zip(before, now, strict=True)) if old != new] == [changed - 1]
    assert now[changed - 1].points == 1_00


def test_a_selection_is_copied_with_its_pupils_only(shown: Shown) -> None:
    shown.go(1, shown.points)
    select(shown, (1, 2), shown.points)
    shown.bot.keyClick(
        shown.page.grid.table, KEY.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    block = read_block(QGuiApplication.clipboard().text())
    assert [len(block), len(block[0])] == [3, 4]
    assert [row[0] for row in block[1:]] == [shown.sheet.rows[at].who.pupil for at in (1, 2)]


def select(shown: Shown, rows: tuple[int, ...], column: int) -> None:
    selection = shown.page.grid.table.selectionModel()
    for row in rows:
        selection.select(shown.page.table.index(row, column + FROZEN), QItemSelectionModel.SelectionFlag.Select)


# -- search, figures, colours -----------------------------------------------------------------------------------------


def test_a_pupil_is_found_while_the_name_is_typed_and_escape_gives_the_sheet_back(shown: Shown) -> None:
    column = shown.points
    shown.go(0, column)
    shown.press(KEY.Key_F, control=True)
    wanted = shown.sheet.rows[9].who
    for char in wanted.kana.split()[0]:
        shown.page.finder.box.insert(char)
    assert shown.page.finder.isVisible()
    hits = [at for at, row in enumerate(shown.sheet.rows) if row.who.kana.split()[0] == wanted.kana.split()[0]]
    assert shown.place == (hits[0], column)
    shown.page.finder.box.setText(str(shown.sheet.rows[4].who.number))
    assert shown.place == (4, column)
    shown.page.finder.box.setText("いない人")
    assert shown.place == (0, column)
    assert shown.page.finder.count.text() == "Nothing found"
    shown.page.finder.box.clear()
    shown.bot.keyClick(shown.page.finder.box, KEY.Key_Escape)
    assert not shown.page.finder.isVisible()
    assert shown.page.grid.table.hasFocus()


def test_a_column_is_found_by_its_title_and_enter_goes_on_to_the_next(shown: Shown) -> None:
    title = shown.sheet.columns[shown.points].title
    wanted = [at for at, held in enumerate(shown.sheet.columns) if title in held.title]
    assert len(wanted) > 1
    shown.go(2, 0)
    shown.press(KEY.Key_F, control=True)
    shown.page.finder.box.setText(title)
    assert shown.place == (2, wanted[0])
    shown.bot.keyClick(shown.page.finder.box, KEY.Key_Return)
    assert shown.place == (2, wanted[1])
    shown.bot.keyClick(shown.page.finder.box, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert shown.place == (2, wanted[0])


def test_the_footer_follows_the_selection(shown: Shown) -> None:
    column = shown.points
    whole = footer(shown)[0].cells
    select(shown, (0, 1), column)
    shown.bot.waitUntil(lambda: footer(shown)[0].label == "Mean of selection")
    assert set(footer(shown)[0].cells) == {column + FROZEN}
    shown.go(0, column)
    shown.bot.waitUntil(lambda: footer(shown)[0].label == "Mean")
    assert footer(shown)[0].cells == whole


def footer(shown: Shown) -> tuple[FooterRow, ...]:
    return shown.page.grid.footer._rows


def test_colours_tell_levels_by_the_schools_rule_and_are_off_at_first(shown: Shown) -> None:
    high, low = int(CellState.LEVEL_HIGH), int(CellState.LEVEL_LOW)
    column = shown.points
    maximum = shown.sheet.columns[column].maximum
    assert maximum is not None

    def states() -> list[int]:
        model = shown.page.table
        return [model.index(row, column + FROZEN).data(STATE_ROLE) & (high | low) for row in range(model.rowCount())]

    assert not any(states())
    shown.page.acts._turn_colours()
    points = [shown.value(row, column).points for row in range(shown.page.table.rowCount())]
    expected = [
        0 if value is None else high if value * 100 >= 80 * maximum else low if value * 100 < 50 * maximum else 0
        for value in points
    ]
    assert states() == expected
    assert any(expected)
    shown.page.acts._turn_colours()
    assert not any(states())
