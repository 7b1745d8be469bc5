"""A case is given to a colleague who may settle it: seen by both at once, also without a network, and taken back."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client.conflicts.panel import ConflictsPage
from client.conflicts.repository import Conflicts
from client.widgets.ink import Tone
from client.widgets.line_edit import LineEdit
from client.widgets.menu import Menu
from client.workspace import InvalidEdit
from tests.kit.pair import Pair, Seen, Teacher

DAY = "2026-09-11"


@pytest.fixture
def turn(qtbot: QtBot, pair: Pair) -> Iterator[Callable[[], Seen]]:
    """Turn to the colleague's PC: the same pages there."""
    opened: list[Seen] = []

    def turned() -> Seen:
        opened.append(Seen(qtbot, Pair(pair.classroom, pair.sato, pair.tanaka)))
        return opened[-1]

    yield turned
    for each in opened:
        each.screen.close()


def staff(teacher: Teacher) -> str:
    id_ = teacher.desk.workspace.enrolment.staff
    assert id_ is not None
    return id_


def menu(page: ConflictsPage) -> Menu:
    """The open menu of colleagues."""
    found = QApplication.activePopupWidget()
    assert isinstance(found, Menu)
    assert found.parent() is page.decision.give
    return found


def give(seen: Seen, page: ConflictsPage, name: str = "佐藤") -> None:
    """Choose a colleague by keys."""
    seen.bot.keyClick(page.decision.pad, Qt.Key.Key_T)
    opened = menu(page)
    opened.setActiveAction(next(action for action in opened.actions() if action.text().startswith(name)))
    seen.bot.keyClick(opened, Qt.Key.Key_Return)


def test_only_colleagues_who_may_settle_it_are_offered(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    page.decision.give.click()
    opened = menu(page)
    names = [action.text() for action in opened.actions()]
    opened.close()
    known = Conflicts(seen.pair.tanaka.desk.workspace)
    assert names == [each.name for each in known.colleagues(known.differences(), DAY)]
    assert staff(seen.pair.sato) in {each.id for each in known.colleagues(known.differences(), DAY)}
    assert not any(name.startswith("田中") for name in names), "nobody asks oneself"
    for each in known.colleagues(known.differences(), DAY):
        known.give([item.conflict.id for item in known.differences()], each.id)
        seen.pair.tanaka.desk.sync()
        assert seen.pair.tanaka.desk.workspace.not_accepted() == [], "the school lets all of them be asked"


def test_everybody_who_is_not_offered_is_refused_by_the_school(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    workspace = seen.pair.tanaka.desk.workspace
    known = Conflicts(workspace)
    (difference,) = known.differences()
    offered = {each.id for each in known.colleagues([difference], DAY)} | {staff(seen.pair.tanaka)}
    others = [row.id for row in workspace.rows("SELECT id FROM staff ORDER BY id") if row.id not in offered]
    assert others
    for whom in others:
        known.give([difference.conflict.id], whom)
    seen.pair.tanaka.desk.sync()
    assert [group.code for group in workspace.not_accepted()] == ["invalid"] * len(others)
    assert known.differences()[0].conflict.assignee is None


def test_after_the_last_day_of_the_duties_nobody_is_left_to_be_asked(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    known = Conflicts(seen.pair.tanaka.desk.workspace)
    assert known.colleagues(known.differences(), "2029-04-01") == []


def test_where_nobody_else_may_settle_it_the_menu_says_so(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    page.decision.give._colleagues = lambda _: []
    page.decision.give.click()
    opened = menu(page)
    assert [(action.text(), action.isEnabled()) for action in opened.actions()] == [
        ("Nobody else may settle it", False)
    ]
    opened.close()


def test_a_text_of_the_class_teacher_is_given_to_nobody_who_does_not_write_it(seen: Seen) -> None:
    pair = seen.pair
    other = Teacher(pair.classroom.open(pc="教室PC 2"))
    remark = pair.tanaka.remark(5)
    other.put("remark", remark.id, text="よく読みました。")
    pair.tanaka.put("remark", remark.id, text="よく書きました。")
    known = Conflicts(pair.tanaka.desk.workspace)
    assert staff(pair.sato) not in {each.id for each in known.colleagues(known.differences(), DAY)}


def test_by_keys_it_is_given_and_said_here_at_once_without_a_network(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    before = seen.pair.tanaka.desk.workspace.status()
    assert not page.decision.request.isVisible()
    give(seen, page)
    assert page.decision.asked.text() == "You asked 佐藤-sensei to settle this."
    assert page.decision.request.isVisible()
    assert [line.asked for line in page.table.rows if line.case is not None] == ["asked 佐藤-sensei"]
    assert page.strip.message is not None
    assert page.strip.message.words() == "You asked 佐藤-sensei to settle this."
    after = seen.pair.tanaka.desk.workspace.status()
    assert (after.waiting, after.conflicts) == (before.waiting + 1, before.conflicts), "it is still to be decided"
    assert page.decision.pad.hasFocus()


def test_two_keys_give_it_to_the_first_colleague(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    known = Conflicts(seen.pair.tanaka.desk.workspace)
    first = known.colleagues(known.differences(), DAY)[0].id
    seen.bot.keyClick(page.decision.pad, Qt.Key.Key_T)
    seen.bot.keyClick(menu(page), Qt.Key.Key_Return)
    assert [each.assignee for each in seen.pair.tanaka.desk.workspace.conflicts()] == [first]


def test_a_letter_in_a_text_is_a_letter(seen: Seen) -> None:
    pair = seen.pair
    id_ = pair.tanaka.score(11).id
    pair.sato.put("score", id_, note="説明できた。")
    pair.tanaka.put("score", id_, note="見直しが課題。")
    page = seen.conflicts()
    seen.bot.keyClick(page.decision.pad, "3")
    editor = page.decision.outcome.findChild(LineEdit)
    assert editor is not None
    seen.bot.keyClicks(editor, "t")
    assert editor.text().endswith("t")
    assert QApplication.activePopupWidget() is None


def test_the_colleague_sees_it_first_and_by_whom_and_when(seen: Seen, turn: Callable[[], Seen]) -> None:
    pair = seen.pair
    first = pair.differ(11, 71_00, 78_00)
    pair.classroom.clock.pass_(minutes=1)
    pair.differ(12, 71_00, 78_00)
    page = seen.conflicts()
    page.arrive(first)
    give(seen, page)
    pair.tanaka.desk.sync()
    pair.sato.desk.sync()
    theirs = turn().conflicts()
    assert [(line.title, line.asked) for line in theirs.table.rows] == [
        ("Asked of you", ""),
        ("笹本 澪", "from 田中-sensei"),
        ("3年2組 算数", ""),
        (theirs._cases[1].about.pupil, ""),
    ]
    assert theirs.table.rows[1].caption.startswith("3年2組 算数")
    assert theirs.decision.name.text() == "笹本 澪"
    assert theirs.decision.asked.text() == "田中-sensei asked you to settle this.  8:32"
    assert theirs.decision.back.text() == "Give it back"
    assert theirs.count.text() == "%n open".replace("%n", "2")


def test_settled_by_the_colleague_it_vanishes_here(seen: Seen, turn: Callable[[], Seen]) -> None:
    pair = seen.pair
    pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    give(seen, page)
    pair.tanaka.desk.sync()
    pair.sato.desk.sync()
    hers = turn()
    theirs = hers.conflicts()
    hers.bot.keyClick(theirs.decision.pad, "3")
    hers.bot.keyClick(theirs.decision.pad, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert theirs._stack.currentWidget() is theirs.empty
    pair.sato.desk.sync()
    pair.tanaka.desk.sync()
    seen.bot.waitUntil(lambda: page._stack.currentWidget() is page.empty)
    assert page.strip.message is not None
    assert page.strip.message.words() == "佐藤-sensei settled this field. Your value is in the history."


def test_it_is_taken_back_and_the_colleague_is_asked_no_more(seen: Seen) -> None:
    pair = seen.pair
    pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    give(seen, page)
    assert page.decision.back.text() == "Take it back"
    page.decision.back.click()
    assert not page.decision.request.isVisible()
    assert page.strip.message is not None
    assert page.strip.message.words() == "Nobody is asked to settle this any more."
    pair.tanaka.desk.sync()
    pair.sato.desk.sync()
    assert [each.assignee for each in pair.sato.desk.workspace.conflicts()] == [None]
    assert pair.tanaka.desk.workspace.not_accepted() == []


def test_where_the_duty_of_who_was_asked_has_ended_somebody_else_is_to_be_asked(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    give(seen, page)
    page.decision._colleagues = lambda _: []
    page.decision.show_case(page.decision.case, more=False, anew=True)
    assert page.decision.asked.text().startswith("佐藤-sensei was asked to settle this, and may not any more.")
    assert page.decision.asked.tone is Tone.WARN
    page.decision.back.click()
    assert not page.decision.request.isVisible()


def test_fields_that_are_decided_together_are_given_together(seen: Seen) -> None:
    pair = seen.pair
    id_ = pair.tanaka.score(11).id
    pair.sato.put("score", id_, state="scored", value=78_00, note="あまりの意味を説明できた。")
    pair.tanaka.put("score", id_, state="scored", value=71_00, note="見直しが課題。")
    give(seen, seen.conflicts())
    assert [each.assignee for each in pair.tanaka.desk.workspace.conflicts()] == [staff(pair.sato)] * 2
    assert pair.tanaka.desk.workspace.status().groups == 1


def test_what_the_menu_offered_is_given_even_where_another_case_has_come_to_the_screen(seen: Seen) -> None:
    pair = seen.pair
    first = pair.differ(11, 71_00, 78_00)
    pair.differ(12, 71_00, 78_00)
    page = seen.conflicts()
    page.arrive(first)
    page.decision.give.click()
    opened = menu(page)
    page.go_on()
    assert page.decision.name.text() != "笹本 澪"
    opened.setActiveAction(opened.actions()[0])
    seen.bot.keyClick(opened, Qt.Key.Key_Return)
    given = {each.target: each.assignee for each in pair.tanaka.desk.workspace.conflicts()}
    assert [target for target, whom in given.items() if whom is not None] == [first]


def test_choices_made_before_it_was_given_stay(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    seen.bot.keyClick(page.decision.pad, "2")
    give(seen, page)
    assert page.decision.outcome.settle.isEnabled()


def test_the_one_who_is_asked_now_is_not_offered_again(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    page = seen.conflicts()
    give(seen, page)
    page.decision.give.click()
    opened = menu(page)
    assert not any(action.text().startswith("佐藤") for action in opened.actions())
    opened.close()


def test_a_conflict_that_is_not_here_cannot_be_given(seen: Seen) -> None:
    known = Conflicts(seen.pair.tanaka.desk.workspace)
    with pytest.raises(InvalidEdit):
        known.give(["018f0000-0000-7000-8000-0000000000ff"], staff(seen.pair.sato))
    assert seen.pair.tanaka.desk.workspace.status().waiting == 0


def test_undo_takes_the_request_back_before_and_after_it_was_sent(seen: Seen) -> None:
    workspace = seen.pair.tanaka.desk.workspace
    seen.pair.differ(11, 71_00, 78_00)
    for sent in (False, True):
        give(seen, seen.conflicts())
        if sent:
            seen.pair.tanaka.desk.sync()
        assert workspace.undo("conflict") is not None
        assert [each.assignee for each in workspace.conflicts()] == [None]
        seen.pair.tanaka.desk.sync()
        assert [each.assignee for each in workspace.conflicts()] == [None]
    assert workspace.not_accepted() == []


def test_another_who_was_asked_meanwhile_gives_way_to_the_later_word_and_no_conflict_comes_of_it(seen: Seen) -> None:
    pair = seen.pair
    pair.differ(11, 71_00, 78_00)
    pair.sato.desk.sync()
    conflict = pair.sato.desk.workspace.conflicts()[0].id
    Conflicts(pair.sato.desk.workspace).give([conflict], staff(pair.tanaka))
    pair.sato.desk.sync()
    Conflicts(pair.tanaka.desk.workspace).give([conflict], staff(pair.sato))
    pair.tanaka.desk.sync()
    pair.sato.desk.sync()
    for teacher in (pair.tanaka, pair.sato):
        (held,) = teacher.desk.workspace.conflicts()
        assert (held.assignee, held.asked_by) == (staff(pair.sato), staff(pair.tanaka))
        assert teacher.desk.workspace.status().not_accepted == 0
