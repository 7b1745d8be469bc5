"""A class's day is taken by keyboard: one key a pupil, taken as an act of its own, changed with a reason."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent

from client.attendance.chooser import View
from client.attendance.day import MARK_COLUMN
from client.attendance.record import SAVING, Mark, Sent
from client.attendance.table import HERE, NOT_YET
from client.widgets.menu import Menu
from client.workspace import Put, Workspace
from tests.client.attendance.conftest import CLASS, KEY, TODAY, Shown
from tests.kit.classroom import SATO, Classroom

REASON, TIME, DETAILS = MARK_COLUMN + 1, MARK_COLUMN + 2, MARK_COLUMN + 3
LEAVER = 7
"""木下 悠真."""
WAITING, CONFLICT = int(Sent.WAITING), int(Sent.CONFLICT)


def marks_of(workspace: Workspace, day: str = TODAY) -> dict[int, str]:
    """{number: mark} as the store holds them."""
    rows = workspace.rows(
        """
        SELECT membership.number, attendance.mark FROM attendance
        JOIN membership ON membership.pupil = attendance.pupil AND membership."class" = ?
        WHERE attendance.date = ? AND attendance.mark IS NOT NULL
        """,
        (CLASS, day),
    )
    return {row.number: row.mark for row in rows}


def is_taken(workspace: Workspace, day: str = TODAY) -> bool:
    rows = workspace.rows('SELECT taken FROM attendance_day WHERE "class" = ? AND date = ?', (CLASS, day))
    return bool(rows and rows[0].taken)


def test_a_day_with_three_absences_is_taken_with_ten_keys(shown: Shown) -> None:
    keys = "5k12k20k"
    shown.type(keys)
    shown.press(KEY.Key_Return, control=True)
    assert len(keys) + 1 <= 10
    shown.wait_saved()
    workspace = shown.desk.workspace
    assert marks_of(workspace) == dict.fromkeys((5, 12, 20), "ABSENT_SICK")
    assert is_taken(workspace)
    assert {line.cells[-1].status for line in shown.lines if line.who.number not in (5, 7, 12, 20)} == {"PRESENT"}
    shown.desk.sync()
    assert workspace.status().waiting == 0
    assert workspace.status().not_accepted == 0


def test_a_mark_is_seen_at_once_then_saved_then_sent(shown: Shown) -> None:
    shown.go(3)
    shown.type("k")
    assert shown.cell(3).status == "ABSENT_SICK"
    assert shown.cell(3).state & SAVING
    assert shown.text(3, MARK_COLUMN) == "病"
    assert shown.current == 4
    shown.wait_saved()
    assert shown.cell(3).state == WAITING
    shown.desk.sync()
    shown.bot.waitUntil(lambda: shown.cell(3).state == 0)


def test_not_taken_is_not_present(shown: Shown) -> None:
    assert shown.said.startswith("Attendance for 3年2組 has not been taken yet")
    assert {shown.text(n, MARK_COLUMN) for n in (1, 2, 3)} == {NOT_YET}
    assert {line.cells[-1].status for line in shown.lines if not line.who.gone} == {"UNKNOWN"}
    shown.page.take()
    shown.bot.waitUntil(lambda: is_taken(shown.desk.workspace))
    shown.wait_saved()
    assert {shown.text(n, MARK_COLUMN) for n in (1, 2, 3)} == {HERE}
    assert shown.said == ""
    assert marks_of(shown.desk.workspace) == {}


def test_the_board_says_who_took_the_day_and_when(shown: Shown) -> None:
    shown.page.take()
    shown.wait_saved()
    shown.desk.sync()
    shown.bot.waitUntil(lambda: "8:31" in shown.page.register_side.promise.text())
    assert "田中 葵" in shown.page.register_side.promise.text()
    assert not shown.page.register_side.take.isVisible()


def test_what_an_input_method_commits_is_a_mark_too(shown: Shown) -> None:
    shown.go(1)
    for text in ("ｋ", "欠", "遅"):
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(shown.table, event)
    shown.wait_saved()
    assert marks_of(shown.desk.workspace) == {1: "ABSENT_SICK", 2: "ABSENT_SICK", 3: "LATE"}


def test_space_goes_round_the_marks_and_delete_takes_one_back(shown: Shown) -> None:
    shown.go(2)
    shown.press(KEY.Key_Space, KEY.Key_Space)
    assert shown.cell(2).mark.status == "ABSENT_ACCIDENT"
    assert shown.current == 2
    shown.press(KEY.Key_Delete)
    assert shown.cell(2).mark.status == "PRESENT"
    shown.wait_saved()
    assert marks_of(shown.desk.workspace) == {2: "PRESENT"}
    assert shown.cell(2).status == "PRESENT"


def test_a_key_that_means_nothing_is_said_with_the_keys_there_are(shown: Shown) -> None:
    shown.go(2)
    shown.type("z")
    assert shown.said == '"z" is none of the keys O K J T I C S W P.'
    assert shown.cell(2).status == "UNKNOWN"
    assert shown.current == 2


def test_a_pupil_who_left_is_struck_through_and_takes_no_mark(shown: Shown) -> None:
    line = shown.line(LEAVER)
    assert line.who.gone
    assert line.cells[-1].status == "NOT_ENROLLED"
    shown.go(LEAVER)
    shown.type("k")
    assert "does not belong to the class" in shown.said
    shown.press(KEY.Key_Space)
    assert marks_of(shown.desk.workspace) == {}


def test_who_comes_later_is_not_on_the_list_of_a_day_before(shown: Shown) -> None:
    newest = max(line.spans[0].first for line in shown.lines)
    assert newest > "2026-04-06"
    came = next(line for line in shown.lines if line.spans[0].first == newest)
    shown.page.chooser.find(CLASS, "2026-04-10", View.DAY)
    assert came.id not in {line.id for line in shown.lines}
    assert len(shown.lines) == 27


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-23", "11/23 is no school day (祝日)."),
        ("2026-11-22", "11/22 is no school day (Sun)."),
        ("2026-09-10", "The class is closed on 9/10 (台風). Nothing is marked."),
    ],
)
def test_a_day_without_school_says_so_and_takes_nothing(shown: Shown, day: str, said: str) -> None:
    shown.page.chooser.find(CLASS, day, View.DAY)
    assert shown.said == said
    shown.type("k")
    assert shown.said == said
    shown.press(KEY.Key_Return, control=True)
    shown.wait_saved()
    assert marks_of(shown.desk.workspace, day) == {}
    assert not is_taken(shown.desk.workspace, day)


def test_a_day_to_come_can_be_marked_and_not_taken(shown: Shown) -> None:
    shown.page.chooser.find(CLASS, "2026-11-24", View.DAY)
    shown.type("3i")
    shown.press(KEY.Key_Return, control=True)
    shown.wait_saved()
    assert marks_of(shown.desk.workspace, "2026-11-24") == {3: "MOURNING"}
    assert not is_taken(shown.desk.workspace, "2026-11-24")


# -- reasons, times, details ------------------------------------------------------------------------------------------


def test_reason_time_and_details_stand_beside_the_mark(shown: Shown) -> None:
    shown.type("4c")
    shown.go(4, REASON)
    shown.type("x")
    assert shown.table.entry.editor is not None
    shown.table.entry.editor.setText("通院")
    shown.press(KEY.Key_Return)
    shown.go(4, TIME)
    shown.type("930")
    shown.press(KEY.Key_Return)
    shown.go(4, DETAILS)
    shown.type("x")
    shown.table.entry.editor.setText("歯医者に寄ってから")
    shown.press(KEY.Key_Return)
    shown.wait_saved()
    cell = shown.cell(4)
    assert cell.mark == Mark("LATE", "09:30")
    assert (cell.note.reason, cell.note.text) == ("clinic", "歯医者に寄ってから")
    assert shown.text(4, REASON) == "通院"
    shown.desk.sync()
    assert shown.desk.workspace.status().not_accepted == 0


def test_a_reason_that_is_not_on_the_list_stays_in_the_editor(shown: Shown) -> None:
    shown.go(4, REASON)
    shown.type("x")
    assert shown.table.entry.editor is not None
    shown.table.entry.editor.setText("旅行")
    shown.press(KEY.Key_Return)
    assert shown.said.startswith('"旅行" is not on the school\'s list')
    assert shown.page.view.grid.editing


def test_reasons_that_suit_the_mark_are_offered_beside_it(shown: Shown) -> None:
    shown.type("5k")
    shown.go(5)
    shown.wait_saved()
    shown.bot.waitUntil(lambda: shown.page.register_side.who.text().startswith("5 "))
    shown.page.register_side.reason_chosen.emit("fever")
    shown.wait_saved()
    assert shown.cell(5).note.reason == "fever"


def test_alt_down_lists_the_reasons_that_suit_the_mark(shown: Shown) -> None:
    shown.type("5i")
    shown.wait_saved()
    shown.go(5)
    shown.bot.keyClick(shown.table, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    (menu,) = [each for each in shown.page.findChildren(Menu) if each.isVisible()]
    assert [action.text() for action in menu.actions()] == ["忌引"]
    shown.bot.keyClick(menu, KEY.Key_Return)
    shown.wait_saved()
    assert (shown.cell(5).note.reason, shown.current) == ("mourning", 5)


# -- later ------------------------------------------------------------------------------------------------------------


def test_a_change_after_the_day_was_taken_asks_why_and_is_one_act(shown: Shown) -> None:
    shown.page.take()
    shown.wait_saved()
    shown.type("9c")
    assert shown.page.reason.asking
    assert shown.cell(9).mark.status is None
    shown.page.reason.text.setText("1時間目に登校")
    shown.press(KEY.Key_Return)
    shown.wait_saved()
    cell = shown.cell(9)
    assert (cell.mark.status, cell.source, cell.note.text) == ("LATE", "correction", "1時間目に登校")
    groups = shown.desk.workspace.status().groups
    shown.page.entry.undo()
    shown.wait_saved()
    assert shown.cell(9).mark.status is None
    assert shown.cell(9).note.blank
    assert is_taken(shown.desk.workspace)
    assert shown.desk.workspace.status().groups <= groups


def test_a_late_change_can_be_let_go_and_changes_nothing(shown: Shown) -> None:
    shown.page.take()
    shown.wait_saved()
    shown.type("9c")
    shown.press(KEY.Key_Escape)
    assert not shown.page.reason.asking
    shown.wait_saved()
    assert marks_of(shown.desk.workspace) == {}
    assert shown.table.hasFocus()


def test_a_reason_of_the_list_is_kept_as_that_reason(shown: Shown) -> None:
    shown.page.take()
    shown.wait_saved()
    shown.type("9k")
    shown.page.reason.text.setText("発熱")
    shown.press(KEY.Key_Return)
    shown.wait_saved()
    assert (shown.cell(9).note.reason, shown.cell(9).note.text) == ("fever", "")


def test_acts_are_taken_back_one_by_one_and_done_again(shown: Shown) -> None:
    shown.type("5k12k")
    shown.page.take()
    shown.wait_saved()
    workspace = shown.desk.workspace
    for _ in range(2):
        shown.page.entry.undo()
    shown.wait_saved()
    assert not is_taken(workspace)
    assert marks_of(workspace) == {5: "ABSENT_SICK"}
    for _ in range(2):
        shown.page.entry.redo()
    shown.wait_saved()
    assert is_taken(workspace)
    assert marks_of(workspace) == {5: "ABSENT_SICK", 12: "ABSENT_SICK"}


# -- two people -------------------------------------------------------------------------------------------------------


def test_two_teachers_who_mark_differently_meet_in_a_conflict_and_the_cell_says_so(
    shown: Shown, classroom: Classroom
) -> None:
    other = classroom.open(pc="職員室PC 2")
    pupil = shown.line(5).id
    shown.type("5k")
    shown.wait_saved()
    key = {"pupil": pupil, "date": TODAY, "@classes": [CLASS], "source": "teacher"}
    other.workspace.edit("attendance.marked", [Put("attendance", key | {"mark": "LATE"})])
    other.sync()
    shown.desk.sync()
    shown.bot.waitUntil(lambda: bool(shown.cell(5).state & CONFLICT))
    assert len(shown.desk.workspace.conflicts()) == 1


def test_who_takes_the_same_day_twice_takes_it_once(shown: Shown, classroom: Classroom) -> None:
    other = classroom.open(pc="職員室PC 2")
    shown.page.take()
    shown.wait_saved()
    put = Put("attendance_day", {"class": CLASS, "date": TODAY, "taken": True})
    other.workspace.edit("attendance.taken", [put])
    other.sync()
    shown.desk.sync()
    assert shown.desk.workspace.conflicts() == []
    assert is_taken(shown.desk.workspace)


def test_who_only_teaches_a_course_has_no_attendance(classroom: Classroom) -> None:
    from client.attendance.repository import AttendanceBook

    assert AttendanceBook(classroom.open(SATO, "職員室PC").workspace).rooms(TODAY) == ()


def test_symbols_are_the_boards(shown: Shown) -> None:
    names = {button.text() for button in shown.page.legend.buttons.values()}
    assert names == {symbol.name for symbol in shown.register.book.symbols.values() if symbol.keys}


def test_a_cell_is_spoken_in_full(shown: Shown) -> None:
    shown.type("5k")
    shown.wait_saved()
    role = 11  # Qt.ItemDataRole.AccessibleTextRole
    said = shown.page.view.table.index(4, MARK_COLUMN).data(role)
    assert said == "5 小野寺 樹 11/20 病欠 saved on this PC, not sent yet"


def test_a_mark_that_another_page_leads_to_is_stood_on(shown: Shown) -> None:
    marked = shown.desk.workspace.rows("SELECT id, pupil, date FROM attendance WHERE mark = 'SUSPEND' LIMIT 1")[0]
    shown.page.arrive(("attendance", marked.id))
    here = shown.page.view.here()
    assert here is not None
    assert (here[0].id, shown.register.days[here[1]].date) == (marked.pupil, marked.date)
    day = shown.desk.workspace.rows("SELECT id, date FROM attendance_day ORDER BY date LIMIT 1")[0]
    shown.page.arrive(("attendance_day", day.id))
    assert shown.register.days[-1].date == day.date
    shown.page.arrive((CLASS, TODAY))
    assert shown.register.days[-1].date == TODAY
    shown.page.arrive(("attendance", "nothing that is held here"))
    assert shown.register.days[-1].date == TODAY
