"""A conflict is settled by keys alone: both values, who, when and where are on screen, and nothing is thrown away."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QWidget

from client.conflicts.panel import ConflictsPage
from client.conflicts.record import Choice
from client.shell.pages import Left
from client.syncing.words import score_words
from client.widgets.line_edit import LineEdit
from client.workspace import Put
from tests.kit.pair import Pair, Seen

KEY = Qt.Key


def cards(page: ConflictsPage, row: int = 0) -> list[tuple[str, str, str]]:
    """Value, who and when of the three cards of a field."""
    return [(card.value, card.who, card.when) for card in page.decision.pad._questions[row].choices]


def press(seen: Seen, page: ConflictsPage, key: Qt.Key | str, *, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    seen.bot.keyClick(page.decision.pad, key, modifier)


def stored(pair: Pair, id_: str) -> tuple[str | None, int | None]:
    """State and value as the school has them, seen from the colleague's PC."""
    pair.tanaka.desk.sync()
    pair.sato.desk.sync()
    row = pair.sato.desk.workspace.rows("SELECT state, value FROM score WHERE id = ?", (id_,))[0]
    return row.state, row.value


def test_both_values_stand_beside_the_original_with_person_time_and_pc(seen: Seen) -> None:
    before = seen.pair.tanaka.score(11)
    seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    assert page.decision.name.text() == "笹本 澪"
    assert cards(page) == [
        (score_words(before.state, before.value, levels=False), "", "before both changes"),
        ("71", "田中-sensei (you)", "8:31  this PC: 教室PC"),
        ("78", "佐藤-sensei", "8:31  職員室PC"),
    ]
    assert page.decision.sentence.text() == (
        "佐藤-sensei also changed this field (8:31, 職員室PC). Please choose one. Both stay in the history."
    )


@pytest.mark.parametrize(
    ("key", "value"), [("2", ("scored", 71_00)), ("3", ("scored", 78_00))], ids=["this PC", "value now"]
)
def test_one_key_chooses_and_ctrl_enter_settles(seen: Seen, key: str, value: tuple[str, int]) -> None:
    id_ = seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    press(seen, page, key)
    press(seen, page, KEY.Key_Return, control=True)
    assert seen.pair.tanaka.desk.workspace.conflicts() == []
    assert stored(seen.pair, id_) == value
    assert page._stack.currentWidget() is page.empty


def test_the_original_value_can_be_chosen_too(seen: Seen) -> None:
    before = seen.pair.tanaka.score(11)
    id_ = seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    press(seen, page, "1")
    press(seen, page, KEY.Key_Return, control=True)
    assert stored(seen.pair, id_) == (before.state, before.value)


def test_nothing_is_settled_before_somebody_has_chosen(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    assert not page.decision.outcome.settle.isEnabled()
    press(seen, page, KEY.Key_Return, control=True)
    assert len(seen.pair.tanaka.desk.workspace.conflicts()) == 1
    assert page.strip.message is not None


def test_n_goes_through_the_cases_and_around(seen: Seen) -> None:
    for number in (11, 12, 13):
        seen.pair.differ(number, 71_00, 78_00)
    page = seen.conflicts()
    names = []
    for _ in range(4):
        names.append(page.decision.name.text())
        press(seen, page, KEY.Key_N)
    assert len(set(names)) == 3
    assert names[0] == names[3]


def test_fields_of_one_pupil_changed_by_one_act_are_decided_together(seen: Seen) -> None:
    pair = seen.pair
    id_ = pair.tanaka.score(11).id
    pair.sato.put("score", id_, state="scored", value=78_00, note="あまりの意味を説明できた。")
    pair.tanaka.put("score", id_, state="scored", value=71_00, note="見直しが課題。")
    page = seen.conflicts()
    assert len(page._cases) == 1
    press(seen, page, "3")
    assert not page.decision.outcome.settle.isEnabled()
    press(seen, page, KEY.Key_Down)
    press(seen, page, "2")
    assert page.decision.outcome.settle.isEnabled()
    press(seen, page, KEY.Key_Return, control=True)
    pair.tanaka.desk.sync()
    row = pair.tanaka.desk.workspace.rows("SELECT state, value, note FROM score WHERE id = ?", (id_,))[0]
    assert (row.value, row.note) == (78_00, "見直しが課題。")


def test_two_viewpoints_of_one_work_are_told_apart(seen: Seen) -> None:
    pair = seen.pair
    part = pair.tanaka.score(11).evidence_part
    ids = pair.tanaka.desk.workspace.rows(
        """
        SELECT score.id FROM score JOIN evidence_part AS part ON part.id = score.evidence_part
        WHERE score.pupil = ? AND part.evidence = (SELECT evidence FROM evidence_part WHERE id = ?)
        ORDER BY part.viewpoint
        """,
        (pair.tanaka.score(11).pupil, part),
    )
    for person, points in ((pair.sato, 21_00), (pair.tanaka, 22_00)):
        wanted = [Put("score", {"state": "scored", "value": points}, id=row.id) for row in ids]
        person.desk.workspace.edit("grades.typed", wanted)
        person.desk.sync()
    page = seen.conflicts()
    assert [question.title for question in page.decision.pad._questions] == ["まとめ(知技)", "まとめ(思判)"]


def test_after_the_last_case_the_keys_go_on_to_what_is_offered(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    press(seen, page, "3")
    press(seen, page, KEY.Key_Return, control=True)
    assert page.empty.button.hasFocus()
    seen.bot.keyClick(page.empty.button, KEY.Key_Return)
    assert seen.window.key == "grades"


def test_a_text_can_be_edited_before_it_is_settled(seen: Seen) -> None:
    pair = seen.pair
    id_ = pair.tanaka.score(11).id
    pair.sato.put("score", id_, note="説明できた。")
    pair.tanaka.put("score", id_, note="見直しが課題。")
    page = seen.conflicts()
    press(seen, page, "3")
    editor = page.decision.outcome.findChild(LineEdit)
    assert editor is not None
    editor.selectAll()
    seen.bot.keyClicks(editor, "n123")
    assert page.decision.name.text() == "笹本 澪"
    seen.bot.keyClick(editor, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pair.tanaka.desk.sync()
    assert pair.tanaka.desk.workspace.rows("SELECT note FROM score WHERE id = ?", (id_,))[0].note == "n123"


def test_a_case_settled_elsewhere_vanishes_and_is_said(seen: Seen) -> None:
    pair = seen.pair
    pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    pair.sato.desk.sync()
    open_ = pair.sato.desk.workspace.conflicts()
    pair.sato.desk.workspace.resolve(open_[0].id, "current")
    pair.sato.desk.sync()
    pair.tanaka.desk.sync()
    seen.bot.waitUntil(lambda: page._stack.currentWidget() is page.empty)
    assert page.strip.message is not None
    assert page.strip.message.words() == "佐藤-sensei settled this field. Your value is in the history."


def test_many_are_settled_by_one_rule_with_the_list_shown_before(seen: Seen) -> None:
    pair = seen.pair
    ids = [pair.differ(number, 71_00, 78_00) for number in (11, 12)]
    page = seen.conflicts()
    page.bulk.click()
    menu = QGuiApplication.focusWindow()
    assert menu is not None
    from client.conflicts.dialog import BulkPreview
    from client.conflicts.rules import Bulk

    preview = BulkPreview(page._cases, Bulk.NEWER, page._teller(), page)
    preview.agreed.connect(page._settle_many)
    assert [line.result for line in preview.table.rows] == ["71", "71"]
    preview.settle.click()
    assert [stored(pair, id_) for id_ in ids] == [("scored", 71_00)] * 2
    assert pair.tanaka.desk.workspace.conflicts() == []


def test_a_question_to_the_colleague_carries_no_name_of_a_pupil_and_no_value(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    page.decision.ask.click()
    copied = QGuiApplication.clipboard().text()
    assert "まとめ" in copied
    assert not any(word in copied for word in ("笹本", "澪", "71", "78"))


def test_the_case_of_a_cell_is_found_and_its_sheet_can_be_opened(seen: Seen) -> None:
    first = seen.pair.differ(11, 71_00, 78_00)
    seen.pair.differ(12, 71_00, 78_00)
    page = seen.conflicts()
    page.arrive(first)
    assert page.decision.name.text() == "笹本 澪"
    page.decision.open_sheet.click()
    assert seen.asked == [("score", first)]


def test_the_list_shows_places_and_passes_over_their_headings(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    heading = page.table.rows[0]
    assert (heading.title, heading.right) == ("3年2組 算数", "%n field(s)".replace("%n", "1"))
    assert not page.table.flags(page.table.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert page.list.currentIndex().row() == 1
    seen.bot.keyClick(page.list, "2")
    assert list(page.decision._chosen.values()) == [Choice.INCOMING]


def test_what_is_being_written_in_the_result_survives_news(seen: Seen) -> None:
    pair = seen.pair
    id_ = pair.tanaka.score(11).id
    pair.sato.put("score", id_, note="説明できた。")
    pair.tanaka.put("score", id_, note="見直しが課題。")
    page = seen.conflicts()
    press(seen, page, "3")
    editor = page.decision.outcome.findChild(LineEdit)
    assert editor is not None
    editor.setText("書きかけ")
    page.records_changed(frozenset({"conflict"}))
    assert page.decision.outcome.text_of(page._cases[0].differences[0].conflict.id) == "書きかけ"


def test_another_language_says_all_of_it_anew_and_leaves_what_is_being_written(
    seen: Seen, left_behind: Callable[[QWidget, Seen], list[str]]
) -> None:
    pair = seen.pair
    id_ = pair.tanaka.score(11).id
    pair.sato.put("score", id_, note="説明できた。")
    pair.tanaka.put("score", id_, note="見直しが課題。")
    page = seen.conflicts()
    page.decision.ask.click()
    press(seen, page, "3")
    editor = page.decision.outcome.findChild(LineEdit)
    assert editor is not None
    editor.setText("書きかけ")
    assert left_behind(seen.window, seen) == []
    assert page.decision.outcome.text_of(page._cases[0].differences[0].conflict.id) == "書きかけ"
    press(seen, page, "2")
    assert page.decision.outcome.text_of(page._cases[0].differences[0].conflict.id) == "見直しが課題。"


def test_what_was_chosen_and_written_comes_back_and_is_not_settled_by_that(seen: Seen) -> None:
    pair = seen.pair
    id_ = pair.tanaka.score(11).id
    pair.sato.put("score", id_, note="説明できた。")
    pair.tanaka.put("score", id_, note="見直しが課題。")
    page = seen.conflicts()
    press(seen, page, "3")
    editor = page.decision.outcome.findChild(LineEdit)
    assert editor is not None
    QCoreApplication.sendEvent(editor, QInputMethodEvent("よ", []))
    kept = page.left()
    assert kept is not None
    assert list(kept.typed.values()) == [editor.text() + "よ"]

    again = ConflictsPage(page._from)
    seen.bot.addWidget(again)
    assert again.come_back(kept)
    assert again.left() == kept
    assert len(pair.tanaka.desk.workspace.conflicts()) == 1
    assert not again.come_back(Left({"conflict": "gone"}, {"gone": "よ"}))
