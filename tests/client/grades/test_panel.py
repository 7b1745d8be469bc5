"""A class is graded by keyboard: every value is on screen at once, on the disk a moment later, on no wrong pupil."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from client.grades.dialog import PastePreview
from client.grades.past_list import PastList
from client.grades.record import BLANK, Change, Mark, Value
from client.grades.repository import GradeBook
from client.grades.rules import Facet, Show
from client.grades.table import FROZEN
from client.widgets.menu import Menu
from client.workspace import Put
from tests.client.grades.conftest import KEY, Shown
from tests.kit.classroom import MATH, SATO, TERM, Classroom, Desk

LEAVER = 6
"""木下 悠真, number 7."""


def points(value: int) -> Value:
    return Value(state="scored", points=value)


def colleague_puts(classroom: Classroom, shown: Shown, row: int, column: int, value: Value) -> Desk:
    """The colleague enters a value on the PC of the staff room, and sends it."""
    sato = classroom.open(SATO, "職員室PC")
    book = GradeBook(sato.workspace)
    day = classroom.clock.now.date()
    lesson = next(item for item in book.lessons(day) if item.code == MATH)
    term = next(item for item in book.terms(2026) if item.code == TERM)
    sheet = book.sheet(lesson, term, day)
    book.post(sheet, [Change(sheet.rows[row], column, value)], "typed").result()
    sato.sync()
    return sato


def test_scores_typed_down_a_column_are_painted_at_once_and_saved(shown: Shown) -> None:
    column = shown.points
    shown.go(0, column)
    for text in ("12", "7.5", "0"):
        shown.type(text)
        shown.press(KEY.Key_Return)
    assert [shown.value(row, column) for row in range(3)] == [points(12_00), points(7_50), points(0)]
    assert shown.cell(0, column).marks & Mark.SAVING
    assert shown.place == (3, column)
    shown.wait_saved()
    assert [shown.cell(row, column).marks for row in range(3)] == [Mark.WAITING] * 3
    assert shown.desk.workspace.status().waiting == 3


def test_absent_and_exempt_are_typed_as_words_or_by_their_key(shown: Shown) -> None:
    column = shown.points
    shown.go(0, column)
    shown.type("k")
    shown.press(KEY.Key_Return)
    shown.type("m")
    shown.press(KEY.Key_Return)
    assert [shown.value(row, column).state for row in range(2)] == ["absent", "excluded"]
    assert shown.text(0, column) == "Abs"


def test_what_an_input_method_commits_is_a_score(shown: Shown) -> None:
    column = shown.points
    shown.go(0, column)
    for text in ("１８", "欠"):
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(shown.target, event)
        shown.press(KEY.Key_Return)
    assert [shown.value(row, column) for row in range(2)] == [points(18_00), Value(state="absent")]


def test_letters_take_one_key_each_and_move_on(shown: Shown) -> None:
    column = shown.letters
    shown.go(0, column)
    shown.type("abC2")
    assert [shown.value(row, column).letter for row in range(4)] == ["A", "B", "C", "B"]
    assert shown.place == (4, column)
    shown.wait_saved()
    assert shown.desk.workspace.status().groups == 4


def test_a_letter_that_does_not_exist_is_refused_in_words(shown: Shown) -> None:
    shown.go(0, shown.letters)
    shown.type("x")
    assert shown.value(0, shown.letters) == BLANK
    assert shown.said == '"知技" takes A, B or C. "x" cannot be entered.'


def test_a_score_above_the_maximum_stays_in_the_editor_and_is_said(shown: Shown) -> None:
    column = shown.points
    before = shown.value(0, column)
    shown.go(0, column)
    shown.type("999")
    shown.press(KEY.Key_Return)
    assert shown.said.startswith("The maximum is")
    assert shown.number == "E-4001"
    assert shown.page.grid.editing
    assert shown.place == (0, column)
    shown.press(KEY.Key_Escape)
    assert shown.value(0, column) == before
    assert shown.desk.workspace.status().waiting == 0


def test_leaving_a_refused_value_gives_the_old_one_back_and_offers_the_text(shown: Shown) -> None:
    column = shown.points
    before = shown.value(0, column)
    shown.go(0, column)
    shown.type("999")
    shown.page.grid.finish()
    assert shown.value(0, column) == before
    act = shown.page.strip.message
    assert act is not None
    shown.page.strip.asked.emit(act.acts[0].key)
    assert shown.page.grid.editing
    assert shown.target.text() == "999"  # type: ignore[attr-defined]


def test_tab_and_arrows_go_across_and_the_direction_of_enter_is_a_choice(shown: Shown) -> None:
    column = shown.points
    shown.go(2, column)
    shown.press(KEY.Key_Tab)
    assert shown.place == (2, column + 1)
    shown.press(KEY.Key_Left, KEY.Key_Down)
    assert shown.place == (3, column)
    shown.page.direction.chosen.emit(False)
    shown.type("5")
    shown.press(KEY.Key_Return)
    assert shown.place == (3, column + 1)


def test_delete_empties_the_selection_as_one_step_that_ctrl_z_takes_back(shown: Shown) -> None:
    column = shown.points
    before = [shown.value(row, column) for row in range(5)]
    assert BLANK not in before
    shown.go(0, column)
    model, selection = shown.page.table, shown.page.grid.table.selectionModel()
    for row in range(5):
        selection.select(model.index(row, column + FROZEN), QItemSelectionModel.SelectionFlag.Select)
    shown.press(KEY.Key_Delete)
    assert [shown.value(row, column) for row in range(5)] == [BLANK] * 5
    shown.wait_saved()
    assert shown.desk.workspace.status().groups == 1
    shown.press(KEY.Key_Z, control=True)
    assert [shown.value(row, column) for row in range(5)] == before
    shown.press(KEY.Key_Y, control=True)
    assert [shown.value(row, column) for row in range(5)] == [BLANK] * 5
    shown.press(KEY.Key_Z, control=True)
    shown.press(KEY.Key_Z, control=True)
    assert shown.said == "There is nothing to undo."


def test_ctrl_d_copies_from_above(shown: Shown) -> None:
    column = shown.points
    shown.go(1, column)
    shown.press(KEY.Key_D, control=True)
    assert shown.value(1, column) == shown.value(0, column)


def test_the_cell_of_a_pupil_who_has_left_takes_nothing_and_says_why(shown: Shown) -> None:
    column = shown.points
    shown.go(LEAVER, column)
    shown.type("5")
    assert not shown.page.grid.editing
    assert shown.said == "This pupil has left the class. Values stay as they were."


def test_a_closed_column_takes_nothing_and_says_why(shown: Shown) -> None:
    column = shown.points
    part = shown.sheet.columns[column].key
    rows = shown.desk.workspace.rows("SELECT evidence FROM evidence_part WHERE id = ?", (part,))
    shown.desk.workspace.edit("grades.close", [Put("evidence", {"closed": True}, id=rows[0].evidence)])
    shown.bot.waitUntil(lambda: shown.sheet.columns[column].closed)
    shown.go(0, column)
    shown.type("5")
    assert not shown.page.grid.editing
    assert "is closed" in shown.said


def test_a_value_that_cannot_be_saved_gives_the_old_one_back_and_says_so(shown: Shown) -> None:
    column = shown.letters
    before = shown.value(0, column)
    impossible = Value(letter="Z")  # no key types it, and the records refuse it
    assert shown.page.open_sheet.put([Change(shown.sheet.rows[0], column, impossible)], "typed")
    assert shown.value(0, column) == impossible
    shown.wait_saved()
    assert shown.value(0, column) == before
    assert shown.number == "E-4301"
    assert shown.desk.workspace.status().waiting == 0


def test_keys_typed_faster_than_the_disk_saves_are_all_kept(shown: Shown) -> None:
    column = shown.points
    shown.go(0, column)
    for at in range(12):
        shown.type(str(at))
        shown.press(KEY.Key_Return)
    present = [row for row in range(13) if row != LEAVER][:12]
    assert [shown.value(row, column) for row in present] == [points(at * 1_00) for at in range(12)]
    shown.wait_saved()
    shown.desk.sync()
    rows = shown.desk.workspace.rows("SELECT value FROM score WHERE id = ?", (shown.cell(present[11], column).id,))
    assert rows[0].value == 11_00
    assert shown.desk.workspace.conflicts() == []


# -- pasting ----------------------------------------------------------------------------------------------------------


def listed(shown: Shown, values: list[str], start: int = 0) -> str:
    """A block of names and values, as another program would hand it over; `start` shifts the values."""
    names = [row.who.name for row in shown.sheet.rows if not row.who.gone]
    return "\n".join(f"{name}\t{value}" for name, value in zip(names[start:], values, strict=False))


def test_a_block_with_names_in_any_order_reaches_its_pupils_as_one_step(shown: Shown) -> None:
    column = shown.points
    before = [shown.value(row, column) for row in range(28)]
    shown.go(3, column)
    lines = listed(shown, [str(at % 20) for at in range(27)]).split("\n")
    preview = shown.paste("\n".join(reversed(lines)))
    assert preview is not None
    assert "27 of 27 pupils match, by their names." in preview.sentence.text()
    assert shown.value(0, column) == before[0]
    preview.accept()
    shown.screen.to_front()
    present = [row for row in range(28) if row != LEAVER]
    assert [shown.value(row, column) for row in present] == [points(at % 20 * 100) for at in range(27)]
    shown.wait_saved()
    assert shown.desk.workspace.status().groups == 1
    shown.press(KEY.Key_Z, control=True)
    assert [shown.value(row, column) for row in range(28)] == before


def test_a_block_that_names_a_stranger_is_refused_whole(shown: Shown) -> None:
    shown.go(0, shown.points)
    preview = shown.paste(listed(shown, ["1"] * 5) + "\n別の 子\t5")
    assert preview is not None
    assert not preview.paste_button.isVisible()
    assert '"別の 子" is not on the roster' in preview.sentence.text()
    preview.reject()
    shown.wait_saved()
    assert shown.desk.workspace.status().waiting == 0


def test_numbers_and_names_that_are_shifted_against_each_other_are_refused(shown: Shown) -> None:
    names = [row.who.name for row in shown.sheet.rows]
    shown.go(0, shown.points)
    preview = shown.paste("\n".join(f"{at + 1}\t{name}\t5" for at, name in enumerate(names[1:])))
    assert preview is not None
    assert not preview.paste_button.isVisible()


def test_one_bad_cell_of_1200_leaves_everything_as_it_was(shown: Shown) -> None:
    wide = min(len(shown.sheet.columns) - shown.points, 48)
    rows = [row for row in shown.sheet.rows if not row.who.gone]
    cells = [[row.who.name, *["1"] * wide] for row in rows]
    cells[13][5] = "9999"
    assert sum(len(line) - 1 for line in cells) >= 27 * wide
    shown.go(0, shown.points)
    before = shown.sheet
    preview = shown.paste("\n".join("\t".join(line) for line in cells))
    assert preview is not None
    assert not preview.paste_button.isVisible()
    assert preview.table is not None
    assert any(rows[13].who.name == line.name for line in preview.table.model().rows)
    preview.reject()
    assert shown.sheet.rows == before.rows
    assert shown.desk.workspace.status().waiting == 0


def test_a_block_without_names_and_of_another_length_has_no_place(shown: Shown) -> None:
    shown.go(0, shown.points)
    assert shown.paste("1\n2\n3") is None
    assert shown.number == "E-5004"


def test_a_blank_cell_of_a_block_empties_only_where_that_is_asked_for(shown: Shown) -> None:
    column = shown.points
    names = [row.who.name for row in shown.sheet.rows[:3]]
    before = [shown.value(row, column) for row in range(3)]
    assert BLANK not in before
    shown.go(0, column)
    preview = shown.paste(f"{names[0]}\t\n{names[1]}\t7\n{names[2]}\t")
    assert preview is not None
    assert not preview.empty_button.isChecked()
    assert "2 cell" in preview.empty_button.text()
    preview.empty_button.click()
    again = next(each for each in shown.page.findChildren(PastePreview) if each.isVisible())
    assert again.empty_button.isChecked()
    again.paste_button.click()
    assert [shown.value(row, column) for row in range(3)] == [BLANK, points(7_00), BLANK]
    shown.wait_saved()
    shown.screen.to_front()
    shown.press(KEY.Key_Z, control=True)
    assert [shown.value(row, column) for row in range(3)] == before


def test_a_block_with_blank_cells_leaves_what_is_there_alone(shown: Shown) -> None:
    column = shown.points
    names = [row.who.name for row in shown.sheet.rows[:2]]
    before = shown.value(0, column)
    shown.go(0, column)
    preview = shown.paste(f"{names[0]}\t\n{names[1]}\t7")
    assert preview is not None
    preview.paste_button.click()
    assert [shown.value(row, column) for row in range(2)] == [before, points(7_00)]


def test_one_value_is_pasted_into_every_selected_cell(shown: Shown) -> None:
    column = shown.points
    shown.go(0, column)
    selection = shown.page.grid.table.selectionModel()
    for row in (0, 1, 2):
        selection.select(shown.page.table.index(row, column + FROZEN), QItemSelectionModel.SelectionFlag.Select)
    assert shown.paste("９") is None
    assert [shown.value(row, column) for row in range(3)] == [points(9_00)] * 3


def test_what_was_copied_here_can_be_pasted_here(shown: Shown) -> None:
    column = shown.points
    shown.go(0, column)
    shown.press(KEY.Key_C, control=True)
    copied = QGuiApplication.clipboard().text()
    shown.go(1, column)
    shown.press(KEY.Key_V, control=True)
    assert shown.text(1, column) == copied == shown.text(0, column)


# -- filters and other columns ----------------------------------------------------------------------------------------


def test_the_chips_count_and_show_the_lines_that_have_such_a_cell(shown: Shown) -> None:
    column = shown.points
    shown.go(0, column)
    shown.press(KEY.Key_Delete)
    shown.go(5, column)
    shown.press(KEY.Key_Delete)
    shown.wait_saved()
    chip = shown.page.filter.chips[Show.UNSENT]
    shown.bot.waitUntil(lambda: chip.text().endswith("2"))
    chip.click()
    assert [row.who.number for row in shown.page.table.rows] == [1, 6]
    assert shown.said == "%n pupil(s) shown".replace("%n", "2")


def test_a_line_stays_under_the_hand_that_fills_its_last_blank(shown: Shown) -> None:
    column = shown.points
    shown.go(0, column)
    shown.press(KEY.Key_Delete)
    shown.wait_saved()
    shown.page.filter.chips[Show.UNSENT].click()
    lines = len(shown.page.table.rows)
    shown.go(0, column)
    shown.type("5")
    shown.press(KEY.Key_Return)
    shown.wait_saved()
    assert len(shown.page.table.rows) == lines
    assert shown.value(0, column) == points(5_00)


def test_a_filtered_list_refuses_a_block_without_names(shown: Shown) -> None:
    column = shown.points
    shown.go(0, column)
    shown.press(KEY.Key_Delete)
    shown.page.filter.chips[Show.UNSENT].click()
    shown.go(0, column)
    assert shown.paste("5\t6") is None
    assert shown.number == "E-5003"
    shown.page.strip.asked.emit("everybody")
    assert len(shown.page.table.rows) == 28


def test_the_results_of_the_term_can_be_looked_at_alone(shown: Shown) -> None:
    shown.bot.keyClick(shown.page.filter.columns, KEY.Key_Right)
    assert shown.page.filter.facet is Facet.RESULTS
    assert all(not column.collected for column in shown.sheet.columns)
    shown.type("a")
    assert shown.value(0, 0) == Value(letter="A")


def test_another_term_and_subject_are_chosen_without_the_mouse(shown: Shown) -> None:
    def choose(*keys: Qt.Key) -> None:
        shown.press(KEY.Key_L, control=True)
        for key in keys:
            menu = next(menu for menu in shown.page.findChildren(Menu) if menu.isVisible())
            shown.bot.keyClick(menu, key)

    subject, term = shown.sheet.lesson.subject, shown.sheet.term.no
    choose(KEY.Key_Up, KEY.Key_Return)
    assert shown.sheet.lesson.subject != subject, "there is one class, so the list of subjects opens"
    choose(KEY.Key_Right, KEY.Key_Up, KEY.Key_Return)
    assert shown.sheet.term.no == term - 1
    assert shown.page.grid.table.hasFocus()


def test_whoever_has_chosen_a_sheet_can_type_at_once(shown: Shown) -> None:
    shown.page.chooser.subject.setFocus()
    shown.page.chooser.subject.chosen.emit("2026:3-2:jpn")
    assert shown.page.grid.table.hasFocus()


def test_a_click_on_undo_leaves_the_cursor_in_the_sheet(shown: Shown) -> None:
    shown.go(0, shown.points)
    shown.type("7")
    shown.press(KEY.Key_Return)
    shown.bot.mouseClick(shown.page.undo_button, Qt.MouseButton.LeftButton)
    assert shown.page.grid.table.hasFocus()


# -- others' changes --------------------------------------------------------------------------------------------------


def test_a_colleagues_value_appears_while_the_page_is_open(shown: Shown, classroom: Classroom) -> None:
    column = shown.points
    colleague_puts(classroom, shown, 8, column, points(3_00))
    shown.desk.sync()
    shown.bot.waitUntil(lambda: shown.value(8, column) == points(3_00))


def test_news_does_not_close_an_editor_or_overwrite_what_is_typed_in_it(shown: Shown, classroom: Classroom) -> None:
    column = shown.points
    shown.go(8, column)
    shown.type("1")
    colleague_puts(classroom, shown, 8, column, points(3_00))
    shown.desk.sync()
    shown.bot.waitUntil(lambda: shown.value(8, column) == points(3_00))
    assert shown.page.grid.editing
    shown.type("2")
    assert shown.target.text() == "12"  # type: ignore[attr-defined]


def test_undo_is_refused_where_a_colleague_has_changed_the_cell_since(shown: Shown, classroom: Classroom) -> None:
    column = shown.points
    shown.go(8, column)
    shown.type("1")
    shown.press(KEY.Key_Return)
    shown.wait_saved()
    shown.desk.sync()
    sato = classroom.open(SATO, "職員室PC")
    sato.sync()
    sato.workspace.close()
    colleague_puts(classroom, shown, 8, column, points(3_00))
    shown.desk.sync()
    shown.bot.waitUntil(lambda: shown.value(8, column) == points(3_00))
    shown.press(KEY.Key_Z, control=True)
    assert shown.value(8, column) == points(3_00)
    assert shown.number == "E-4302"
    assert shown.place == (8, column)
    shown.page.strip.asked.emit("history")
    past = next(each for each in shown.page.window().findChildren(PastList) if each.isVisible())
    assert [[past.table.index(row, at).data() for at in (0, 1, 4)] for row in range(2)] == [
        ["3", "School", "received"],
        ["1", "田中-sensei", "typed"],
    ]


def test_a_conflict_shows_its_mark_and_leads_to_the_decision(shown: Shown, classroom: Classroom) -> None:
    column = shown.points
    colleague_puts(classroom, shown, 8, column, points(3_00))
    shown.go(8, column)
    shown.type("5")
    shown.press(KEY.Key_Return)
    shown.wait_saved()
    shown.desk.sync()
    shown.bot.waitUntil(lambda: bool(shown.cell(8, column).marks & Mark.CONFLICT))
    shown.go(8, column)
    shown.bot.waitUntil(lambda: shown.page.beside.side.mark.text() == "Decide")
    shown.page.beside.side.mark.click()
    assert shown.window.key == "conflicts"
    assert shown.asked == [shown.cell(8, column).id]


def test_the_side_tells_whose_cell_it_is_what_it_was_and_what_it_is(shown: Shown) -> None:
    column = shown.points
    before = shown.text(11, column)
    shown.go(11, column)
    shown.type("5")
    shown.press(KEY.Key_Return)
    shown.wait_saved()
    shown.go(11, column)
    side = shown.page.beside.side
    shown.bot.waitUntil(lambda: side.before.text() == before)
    assert (side.number.text(), side.name.text(), side.kana.text()) == ("12", "髙橋 陽菜", "たかはし はるな")
    assert side.value.text() == "5"
    assert side.official.isVisibleTo(side)
    assert "田中-sensei" in side.timeline.accessibleDescription()


def test_the_page_lets_go_only_when_the_open_editor_is_settled(shown: Shown) -> None:
    shown.go(0, shown.points)
    shown.type("999")
    assert not shown.page.leave()
    shown.press(KEY.Key_Escape)
    shown.type("9")
    assert shown.page.leave()
    assert shown.value(0, shown.points) == points(9_00)


def test_another_page_can_ask_for_a_cell(shown: Shown) -> None:
    cell = shown.cell(20, shown.points)
    shown.page.chooser.period.chosen.emit("2026-1")
    shown.window.open_page("conflicts")
    shown.window.open_page("grades", ("score", cell.id))
    assert shown.place == (20, shown.points)
    assert shown.sheet.term.code == TERM


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_headings_speak_the_language_of_the_screen(
    shown: Shown, language: str, request: pytest.FixtureRequest
) -> None:
    from client.resources import ROOT
    from client.shell.translate import Translations

    application = request.getfixturevalue("qapp")
    translations = Translations(application, ROOT / "i18n")
    try:
        assert translations.show(language)
        shown.bot.waitUntil(lambda: shown.page.title.text() == {"ja": "成績入力", "en": "Enter grades"}[language])
        head = shown.page.table.headerData(1, shown.page.grid.header.orientation())
        assert head == {"ja": "氏名", "en": "Name"}[language]
    finally:
        delete(translations)  # the next test finds the application as it was


def test_what_was_refused_is_said_anew_in_another_language(
    shown: Shown, left_behind: Callable[[QWidget, Shown], list[str]]
) -> None:
    shown.go(0, shown.points)
    shown.type("999")
    shown.page.grid.finish()
    assert left_behind(shown.window, shown) == []
    assert shown.said == "満点は20点です。999は入れられません。何も変わっていません。値を直してください。"
    assert shown.page.strip._acts[0].text() == "「999」に戻って直す"


def test_a_refusal_stays_and_what_went_well_passes(shown: Shown) -> None:
    shown.press(KEY.Key_Y, control=True)
    strip = shown.page.strip
    assert shown.said == "There is nothing to redo."
    assert strip._passes.isActive()
    strip._passes.setInterval(0)
    shown.bot.waitUntil(lambda: not strip.isVisible())
    shown.go(0, shown.points)
    shown.type("999")
    shown.press(KEY.Key_Return)
    assert not strip._passes.isActive()
