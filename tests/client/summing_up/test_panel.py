"""A class is summed up by keyboard: computed beside decided, every other value with its reason, nothing by itself."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from client.grades.record import Mark
from client.shell.pages import Left
from client.summing_up.panel import Show
from client.summing_up.record import AUTO, GRADE, MANUAL, UNDECIDED, Kind
from client.summing_up.rules import Scope
from client.workspace import Put
from sync.records.ids import keyed_id
from tests.client.summing_up.conftest import FIRST, KEY, SECOND, Shown, clock_of
from tests.kit.classroom import MATH, SATO, Classroom


def test_one_key_is_one_letter_and_the_cursor_goes_down(shown: Shown) -> None:
    computed = [shown.computed(row, "know") for row in range(4)]
    shown.go(0, "know")
    shown.type("aB3")
    assert [shown.cell(row, "know").decided.value for row in range(3)] == ["A", "B", "C"]
    assert shown.page.grid.current.row() == 3
    for row, value in enumerate("ABC"):
        held = shown.cell(row, "know").decided
        assert held.basis == (AUTO if value == computed[row] else MANUAL)
        assert held.proposed == computed[row]
    assert shown.cell(0, "know").marks & Mark.SAVING
    shown.wait_saved()
    assert shown.cell(0, "know").marks == Mark.WAITING
    assert shown.desk.workspace.status().groups == 3


def test_one_key_is_one_grade_and_only_one_there_is_in_this_year(shown: Shown) -> None:
    shown.go(0, GRADE)
    shown.type("3")
    assert shown.cell(0, GRADE).decided.value == 3
    shown.type("4")
    assert shown.cell(1, GRADE).decided == UNDECIDED
    assert shown.said == '"Overall grade" takes 3, 2, 1. "4" cannot be entered.'


def test_what_an_input_method_commits_is_a_letter(shown: Shown) -> None:
    shown.go(0, "think")
    event = QInputMethodEvent()
    event.setCommitString("◎")
    QCoreApplication.sendEvent(shown.page.grid.table, event)
    assert shown.cell(0, "think").decided.value == "A"


def test_computed_columns_take_nothing(shown: Shown) -> None:
    row, column = shown.page.table.spot(shown.line(0).id, "know") or (0, 0)
    shown.page.grid.go(row, column - 1)
    shown.type("a")
    assert shown.desk.workspace.status().waiting == 0


def test_delete_leaves_nothing_decided_and_ctrl_z_brings_it_back(decided: Shown) -> None:
    before = decided.cell(0, "know").decided
    decided.go(0, "know")
    decided.press(KEY.Key_Delete)
    assert decided.cell(0, "know").decided == UNDECIDED
    decided.wait_saved()
    decided.press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert decided.cell(0, "know").decided == before


def test_the_same_key_again_keeps_what_was_decided_with_its_reason(decided: Shown) -> None:
    row = next(at for at, line in enumerate(decided.book.lines) if line.cells["think"].decided.reason)
    held = decided.cell(row, "think").decided
    decided.go(row, "think")
    decided.type(str(held.value))
    assert decided.cell(row, "think").decided == held
    assert decided.desk.workspace.status().waiting == 0


def test_another_value_than_computed_is_on_the_list_until_its_reason_is_given(shown: Shown) -> None:
    other = "C" if shown.computed(0, "know") == "A" else "A"
    shown.go(0, "know")
    shown.type(other)
    shown.go(0, "know")
    found = [(each.key, each.kind) for each in shown.page.open_book.found if each.line.id == shown.line(0).id]
    assert ("know", Kind.DIFFERS) in found
    shown.page.beside.tell()
    shown.page.side.reason.setText("授業での説明を見て")
    shown.bot.keyClick(shown.page.side.reason, KEY.Key_Return)
    shown.wait_saved()
    assert shown.cell(0, "know").decided.reason == "授業での説明を見て"
    found = [(each.key, each.kind) for each in shown.page.open_book.found if each.line.id == shown.line(0).id]
    assert ("know", Kind.OVERRIDDEN) in found
    row, column = shown.page.table.spot(shown.line(0).id, "know") or (0, 0)
    assert shown.page.table.index(row, column).data(Qt.ItemDataRole.ToolTipRole)


def test_the_decided_value_is_said_to_be_old_when_a_score_changes_what_is_computed(decided: Shown) -> None:
    row = next(at for at, _ in enumerate(decided.book.lines) if decided.computed(at, "know") == "A")
    pupil = decided.line(row).id
    for work, part in decided.line(row).bases["know"].parts:
        if part.state == "scored":
            key = {"evidence_part": work.id, "pupil": pupil, "@lesson": MATH}
            decided.desk.workspace.edit("grades.typed", [Put("score", key | {"state": "scored", "value": 0})])
    decided.bot.waitUntil(lambda: decided.computed(row, "know") == "C")

    def kinds() -> set[Kind]:
        return {each.kind for each in decided.page.open_book.found if each.line.id == pupil and each.key == "know"}

    assert Kind.CHANGED in kinds()
    assert decided.cell(row, "know").decided.value == "A"
    decided.go(row, "know")
    decided.type("a")
    assert kinds() == {Kind.DIFFERS}


def test_taking_over_shows_every_value_before_it_is_one_step_that_can_be_taken_back(shown: Shown) -> None:
    blank = sum(line.cells[key].decided.blank for line in shown.book.lines for key in shown.book.keys)
    preview = shown.preview()
    assert len(preview.model.rows) == len(preview.changes) > 80
    assert shown.desk.workspace.status().waiting == 0
    preview.accept()
    shown.wait_saved()
    assert shown.desk.workspace.status().groups == 1
    assert shown.said == f"{len(preview.changes)} value(s) taken over."
    shown.page.entry.undo()
    left = sum(line.cells[key].decided.blank for line in shown.book.lines for key in shown.book.keys)
    assert left == blank
    assert shown.desk.workspace.status().waiting == 0


def test_a_cancelled_preview_changes_nothing(shown: Shown) -> None:
    shown.preview().reject()
    assert shown.desk.workspace.status().waiting == 0
    assert shown.cell(0, "know").decided == UNDECIDED


def test_taking_all_over_names_what_was_decided_by_hand(decided: Shown) -> None:
    preview = decided.preview()
    assert not preview.changes
    assert not preview.take_button.isEnabled()
    preview.scope.set_key(Scope.ALL)
    preview.scope.chosen.emit(Scope.ALL)
    by_hand = [each for each in preview.model.rows if each.note]
    assert by_hand
    assert preview.take_button.isEnabled()
    preview.reject()


def test_f7_goes_to_the_next_value_that_waits_for_somebody(shown: Shown) -> None:
    preview = shown.preview()
    preview.accept()
    shown.screen.to_front()
    shown.wait_saved()
    shown.go(0, "know")
    shown.press(KEY.Key_F7)
    assert shown.said == "Nothing here needs a decision."
    shown.go(5, "attitude")
    shown.type("c" if shown.computed(5, "attitude") != "C" else "a")
    shown.go(0, "know")
    shown.press(KEY.Key_F7)
    row, key = shown.page.beside.current or (None, "")
    assert row is not None
    assert (row.id, key) == (shown.line(5).id, "attitude")


# -- other cut-offs ---------------------------------------------------------------------------------------------------


def start_trial(shown: Shown, steps: int) -> None:
    shown.page.try_button.click()
    for _ in range(steps):
        shown.bot.keyClick(shown.page.trial.slider, KEY.Key_Left)


def test_cut_offs_are_tried_by_keys_and_change_nothing(decided: Shown) -> None:
    before = {line.id: line.cells for line in decided.book.lines}
    start_trial(decided, 6)
    assert decided.page.trial.slider.cuts == (74, 50)
    moved = decided.page.open_book.shift
    assert moved is not None
    assert moved.pupils > 0
    assert decided.page.trial.moves.text() == f"{moved.pupils} pupil(s) would get another value"
    assert {line.id: line.cells for line in decided.book.lines} == before
    assert decided.desk.workspace.status().waiting == 0
    decided.page.trial.back.click()
    assert decided.page.open_book.trial is None
    assert decided.page.trial.slider.cuts == (80, 50)


def test_a_trial_ends_with_the_course_it_was_made_for(decided: Shown) -> None:
    start_trial(decided, 3)
    assert decided.page.chooser.find(MATH, SECOND)
    assert decided.page.open_book.trial is None
    assert decided.page.trial.isHidden()


def test_values_by_other_cut_offs_need_a_reason_and_stay_decisions_by_hand(shown: Shown) -> None:
    start_trial(shown, 6)
    preview = shown.preview()
    assert not preview.take_button.isEnabled()
    preview.reason.setText("むずかしいテストだったため")
    assert preview.take_button.isEnabled()
    preview.accept()
    shown.wait_saved()
    held = [line.cells["know"].decided for line in shown.book.lines if line.cells["know"].decided.basis == MANUAL]
    assert held
    assert {(each.value, each.proposed, each.reason) for each in held} == {("A", "B", "むずかしいテストだったため")}
    assert shown.page.open_book.trial is None


def test_the_wheel_moves_no_cut(decided: Shown) -> None:
    start_trial(decided, 0)
    slider = decided.page.trial.slider
    middle = QPointF(slider.rect().center())
    wheel = QWheelEvent(
        middle,
        slider.mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(slider, wheel)
    assert slider.cuts == (80, 50)


def test_who_only_reads_can_try_but_decides_nothing(decided: Shown) -> None:
    reader = replace(decided.book.lesson, writable=False)
    decided.page.open_book.open(reader, decided.book.term)
    decided.go(0, "know")
    held = decided.cell(0, "know").decided
    decided.type("c")
    assert decided.cell(0, "know").decided == held
    decided.page.beside.tell()
    start_trial(decided, 2)
    assert decided.page.open_book.trial is not None
    hidden = (decided.page.take_button, decided.page.trial.take, decided.page.side.save, decided.page.side.unrated)
    assert all(part.isHidden() for part in hidden)
    assert decided.desk.workspace.status().waiting == 0


# -- the list ---------------------------------------------------------------------------------------------------------


def test_a_line_of_the_list_leads_to_its_cell(decided: Shown) -> None:
    decided.page.show_as.set_key(Show.LIST)
    decided.page.show_as.chosen.emit(Show.LIST)
    at = next(at for at, each in enumerate(decided.page.differences.rows) if each.id[2] is Kind.OVERRIDDEN)
    pupil, key, _ = decided.page.differences.rows[at].id
    decided.page.list.setCurrentIndex(decided.page.differences.index(at, 0))
    decided.page.list.setFocus()
    decided.bot.keyClick(decided.page.list, KEY.Key_Return)
    assert decided.page.grid.isVisible()
    row, stands = decided.page.beside.current or (None, "")
    assert row is not None
    assert (row.id, stands) == (pupil, key)


def test_a_chip_narrows_class_and_list_to_what_it_counts(decided: Shown) -> None:
    chip, kinds = next((chip, kinds) for chip, kinds in decided.page.filter.chips.items() if Kind.OVERRIDDEN in kinds)
    chip.click()
    there = {each.line.id for each in decided.page.open_book.found if each.kind in kinds}
    assert {row.id for row in decided.page.table.rows} == there
    assert {each.id[0] for each in decided.page.differences.rows} == there
    chip.click()
    assert len(decided.page.table.rows) == len(decided.book.lines)


def test_who_cannot_be_rated_gets_the_reason_in_every_blank_and_is_waited_for_no_more(shown: Shown) -> None:
    shown.go(0, "know")
    shown.page.beside.tell()
    assert "long_absence" in shown.book.reasons
    shown.page.side.unrated.chosen.emit("long_absence")
    shown.wait_saved()
    assert {cell.decided.unrated for cell in shown.line(0).cells.values()} == {"long_absence"}
    assert not [each for each in shown.page.open_book.found if each.line.id == shown.line(0).id]
    shown.desk.sync()
    assert not shown.desk.workspace.not_accepted()
    shown.page.side.unrated.chosen.emit(None)
    shown.wait_saved()
    assert {cell.decided for cell in shown.line(0).cells.values()} == {UNDECIDED}


def test_a_cell_two_people_decided_is_marked_and_neither_value_is_lost(classroom: Classroom, shown: Shown) -> None:
    shown.go(0, "know")
    shown.type("a")
    shown.wait_saved()
    sato = classroom.open(SATO, "職員室PC")
    line = shown.line(0)
    key = {"pupil": line.id, "course": MATH, "term": SECOND, "viewpoint": "know", "@class": line.home}
    sato.workspace.edit("summing_up.one_key", [Put("viewpoint_grade", key | {"value": "C", "basis": "manual"})])
    sato.sync()
    shown.desk.sync()
    shown.bot.waitUntil(lambda: bool(shown.cell(0, "know").marks & Mark.CONFLICT))
    shown.go(0, "know")
    shown.page.beside.tell()
    asked: list[object] = []
    shown.page.opened.disconnect()
    shown.page.opened.connect(lambda page, id_: asked.append((page, id_)))
    shown.page.side.mark.click()
    assert asked == [("conflicts", shown.cell(0, "know").id)]
    school = shown.desk.workspace.enrolment.school
    assert shown.cell(0, "know").id == keyed_id(school, "viewpoint_grade", line.id, MATH, SECOND, "know")
    assert len(shown.desk.workspace.conflicts()) == 1


# -- leaving and reading ----------------------------------------------------------------------------------------------


def test_place_trial_and_reason_come_back_in_another_process(qtbot: QtBot, classroom: Classroom) -> None:
    desk = classroom.open()
    first = Shown(qtbot, desk, clock_of(classroom), FIRST)
    row = next(at for at, line in enumerate(first.book.lines) if line.cells["think"].decided.reason)
    start_trial(first, 4)
    first.go(row, "think")
    first.page.beside.tell()
    first.page.side.reason.setFocus()
    first.bot.keyClicks(first.page.side.reason, "x")
    left = first.page.left()
    assert left is not None
    written = left.typed["reason"]
    assert written.startswith("x")
    first.screen.close()
    second = Shown(qtbot, desk, clock_of(classroom), SECOND)
    assert second.page.come_back(left)
    assert second.page.chooser.term is not None
    assert second.page.chooser.term.code == FIRST
    assert second.page.open_book.trial is not None
    assert second.page.open_book.trial.cut_a == 76_00
    assert second.page.side.reason.text() == written
    row_, key = second.page.beside.current or (None, "")
    assert row_ is not None
    assert (row_.id, key) == (first.line(row).id, "think")
    assert desk.workspace.status().waiting == 0
    second.screen.close()


def test_what_has_no_place_any_more_is_said_to_have_none(shown: Shown) -> None:
    gone = Left({"lesson": "2026:9-9:math", "term": SECOND, "cell": ["x", "know"]}, {"reason": "なぜか"})
    assert not shown.page.come_back(gone)


def test_every_cell_says_whose_it_is_and_what_it_holds(decided: Shown) -> None:
    line = decided.line(1)
    row, column = decided.page.table.spot(line.id, "think") or (0, 0)
    spoken = decided.page.table.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(f"{line.who.name} 思判 Decided")
    assert decided.page.table.index(row, column - 1).data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize("which", ["table", "differences", "works", "preview"])
def test_models_keep_qts_rules(decided: Shown, qtmodeltester: ModelTester, which: str) -> None:
    decided.go(0, "know")
    decided.page.beside.tell()
    preview = decided.preview()
    preview.scope.set_key(Scope.ALL)
    preview.scope.chosen.emit(Scope.ALL)
    models = {
        "table": decided.page.table,
        "differences": decided.page.differences,
        "works": decided.page.side.works,
        "preview": preview.model,
    }
    assert models[which].rowCount() > 0
    qtmodeltester.check(models[which], force_py=True)
    preview.reject()


def test_the_reason_for_other_cut_offs_comes_back_in_its_preview(qtbot: QtBot, classroom: Classroom) -> None:
    desk = classroom.open()
    first = Shown(qtbot, desk, clock_of(classroom), SECOND)
    start_trial(first, 3)
    first.preview().reason.setText("むずかしい")
    left = first.page.left()
    assert left is not None
    first.page.entry.preview.reject()  # type: ignore[union-attr]
    first.screen.close()
    second = Shown(qtbot, desk, clock_of(classroom), SECOND)
    assert second.page.come_back(left)
    preview = second.page.entry.preview
    assert preview is not None
    assert preview.reason.text() == "むずかしい"
    preview.reject()
    second.screen.close()


def test_the_whole_of_a_pupil_is_decided_and_reasoned_by_keyboard_alone(shown: Shown) -> None:
    other = "C" if shown.computed(0, "know") != "C" else "A"
    shown.go(0, "know")
    shown.type(other)
    shown.press(KEY.Key_Up)
    shown.press(KEY.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert shown.page.side.reason.hasFocus()
    shown.bot.keyClicks(shown.page.side.reason, "notes")
    shown.bot.keyClick(shown.page.side.reason, KEY.Key_Return)
    assert shown.page.grid.table.hasFocus()
    shown.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    preview = shown.page.entry.preview
    assert preview is not None
    shown.bot.keyClick(preview.take_button, KEY.Key_Space)
    shown.screen.to_front()
    shown.wait_saved()
    assert shown.cell(0, "know").decided.reason == "notes"
    assert shown.cell(0, "know").decided.value == other
    assert shown.cell(1, GRADE).decided.value is not None
    shown.press(KEY.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert shown.page.trial.slider.hasFocus()
