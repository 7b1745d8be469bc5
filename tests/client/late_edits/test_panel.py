"""Late edits are decided by keys alone, with both values on screen, and their author hears the answer."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from client.late_edits.panel import LateEditsPage
from client.shell.actions import listed
from client.shell.pages import Left
from client.syncing.panel import SyncPage
from client.syncing.words import score_words
from client.widgets.chip import Chip
from client.widgets.paragraph import Paragraph
from client.workspace import Put
from sync.protocol.messages import Delete, Patch
from tests.client.late_edits.conftest import Looking, Office
from tests.kit.classroom import SATO, TANAKA, Desk

KEY = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Look = Callable[[Desk], Looking]


def lines(page: LateEditsPage) -> list[tuple[str, ...]]:
    """What the list says."""
    return [tuple(column.text(late) for column in page.table.columns) for late in page.table.rows]


def changes(page: LateEditsPage) -> list[tuple[str, ...]]:
    """What the late edit on screen would change."""
    table = page.detail.table
    return [tuple(column.text(change) for column in table.columns) for change in table.rows]


def answers(page: SyncPage) -> list[str]:
    """All that the list of what was sent after the duty had ended says."""
    entries = page.own_late.entries.values()
    return [part.text() for entry in entries for kind in (Chip, Paragraph) for part in entry.findChildren(kind)]


def test_who_decides_sees_who_changed_what_and_both_values_though_the_lesson_is_not_theirs(
    office: Office, look: Look
) -> None:
    before = office.score(11)
    office.late((11, 71_00))
    assert office.vice.workspace.rows("SELECT 1 FROM score") == []
    page = look(office.vice).late_edits()
    ((who, what, arrived, state),) = lines(page)
    assert (who, state) == ("佐藤-sensei", "To decide")
    assert what.startswith("3年2組 算数")
    assert what.endswith("まとめ  笹本 澪")
    assert arrived == "8:31"
    ((name, field, school, late),) = changes(page)
    assert (name, late) == ("11  笹本 澪", "71")
    assert field.endswith("まとめ")
    assert school == score_words(before.state, before.value, levels=False)
    assert "佐藤-sensei entered this on 職員室PC" in page.detail.sentence.text()


def test_ctrl_enter_accepts_and_everybody_sees_the_value_and_the_author_hears_it(office: Office, look: Look) -> None:
    (id_,) = office.late((11, 71_00))
    looking = look(office.vice)
    page = looking.late_edits()
    looking.bot.keyClick(page.list, KEY.Key_Return, CONTROL)
    assert [line[3] for line in lines(page)] == ["Accepted; waiting to be sent"]
    assert looking.synced == 1
    assert not page.detail.foot.isVisible()
    for desk in (office.vice, office.tanaka, office.sato):
        desk.sync()
    row = office.tanaka.workspace.rows("SELECT value FROM score WHERE id = ?", (id_,))[0]
    assert row.value == 71_00
    told = answers(look(office.sato).sync())
    assert told[:2] == ["Accepted by the school", "The school has entered it in your name."]
    assert "大野-sensei, 8:31" in told[2]


def test_to_decline_needs_a_reason_which_the_author_reads_and_nothing_changes(office: Office, look: Look) -> None:
    before = office.score(11)
    office.late((11, 71_00))
    looking = look(office.vice)
    page = looking.late_edits()
    looking.bot.keyClick(page.list, KEY.Key_Return, CONTROL | SHIFT)
    assert page.detail.reason.hasFocus()
    assert [line[3] for line in lines(page)] == ["To decide"]
    looking.bot.keyClicks(page.detail.reason, "new teacher entered it")
    assert page.detail.reason.text() == "new teacher entered it", "a letter is text there and no key of the page"
    looking.bot.keyClick(page.detail.reason, KEY.Key_Return, CONTROL | SHIFT)
    assert [line[3] for line in lines(page)] == ["Declined; waiting to be sent"]
    for desk in (office.vice, office.tanaka, office.sato):
        desk.sync()
    assert office.score(11)["value"] == before.value
    author = look(office.sato)
    sync = author.sync()
    told = answers(sync)
    assert told[0] == "Declined by the school"
    assert told[2].endswith(": new teacher entered it")
    (entry,) = sync.own_late.entries.values()
    entry.withdraw_button.click()
    assert office.sato.workspace.not_accepted() == []
    assert sync.strip.message is not None
    assert sync.strip.message.words() == "It is off this list."


def test_while_nobody_has_decided_the_author_reads_that_it_is_with_the_school(office: Office, look: Look) -> None:
    office.late((11, 71_00))
    page = look(office.sato).sync()
    told = answers(page)
    assert told[0] == "With the school"
    assert page.refused_card.isHidden(), "nothing was refused yet"
    assert not hasattr(next(iter(page.own_late.entries.values())), "withdraw_button")


def test_n_goes_through_those_that_wait_and_a_decision_leads_to_the_next(office: Office, look: Look) -> None:
    office.late((11, 71_00), (12, 72_00), (13, 73_00))
    looking = look(office.vice)
    page = looking.late_edits()
    seen = []
    for _ in range(4):
        seen.append(page.detail.table.rows[0].about.pupil_number)
        looking.bot.keyClick(page.list, KEY.Key_N)
    assert seen == [11, 12, 13, 11]
    looking.bot.keyClick(page.list, KEY.Key_Return, CONTROL)
    assert [line[3] for line in lines(page)] == ["To decide", "To decide", "Accepted; waiting to be sent"]
    assert page.detail.table.rows[0].about.pupil_number == 13, "the one below, not the first"
    assert page.count.text() == "%n to decide".replace("%n", "2")


def test_the_keys_of_the_page_are_listed_and_none_that_does_nothing_there(office: Office, look: Look) -> None:
    looking = look(office.vice)
    looking.late_edits()
    own = [row.name for row in listed(looking.window.screens) if row.screen]
    assert own == ["next", "accept", "decline"]


def test_a_value_changed_since_is_kept_for_the_class_to_decide(office: Office, look: Look) -> None:
    id_ = office.score(11).id
    office.put(office.tanaka, "score", id_, state="scored", value=78_00)
    office.tanaka.sync()
    office.late((11, 71_00))
    looking = look(office.vice)
    page = looking.late_edits()
    looking.bot.keyClick(page.list, KEY.Key_Return, CONTROL)
    office.vice.sync()
    looking.bot.waitUntil(lambda: [line[3] for line in lines(page)] == ["Accepted; both values kept"])
    office.tanaka.sync()
    (conflict,) = office.tanaka.workspace.conflicts()
    staff, _ = office.room.person(SATO)
    assert (conflict.incoming.by, dict(conflict.incoming.value or {})) == (staff, {"state": "scored", "value": 71_00})
    assert office.score(11)["value"] == 78_00


def test_what_the_school_cannot_enter_says_so_and_can_be_declined(office: Office, look: Look) -> None:
    office.late((11, 71_00))
    year = office.tanaka.workspace.rows("SELECT id, ver FROM school_year WHERE year = 2026")[0]
    office.change(Patch(type="school_year", id=year.id, set={"sealed": True}, base={"sealed": year.ver}))
    looking = look(office.vice)
    page = looking.late_edits()
    looking.bot.keyClick(page.list, KEY.Key_Return, CONTROL)
    office.vice.sync()
    looking.bot.waitUntil(lambda: [line[3] for line in lines(page)] == ["Not possible"])
    assert page.detail.told.text() == "The school cannot enter these values: what they belong to is closed or gone."
    page.detail.reason.setText("year closed")
    looking.bot.keyClick(page.list, KEY.Key_Return, CONTROL | SHIFT)
    office.vice.sync()
    looking.bot.waitUntil(lambda: [line[3] for line in lines(page)] == ["Declined"])
    assert office.vice.workspace.not_accepted() == []


def test_the_page_of_sync_leads_who_decides_there_and_nobody_else(office: Office, look: Look) -> None:
    office.late((11, 71_00))
    office.tanaka.sync()
    assert look(office.tanaka).sync().late_card.isHidden()
    assert look(office.sato).sync().late_card.isHidden(), "an author does not decide"
    looking = look(office.vice)
    page = looking.sync()
    assert page.late_card.isVisible()
    page.review.click()
    assert looking.window.key == "late_edits"


def test_an_empty_page_says_what_will_be_here(office: Office, look: Look) -> None:
    page = look(office.vice).late_edits()
    assert page._stack.currentWidget() is page.empty


def test_news_leaves_the_line_that_is_being_read(office: Office, look: Look) -> None:
    ids = [office.score(number).id for number in (11, 12)]
    texts = ("見直しが課題。", "説明できた。")
    office.sato.workspace.edit(
        "grades.typed", [Put("score", {"note": text}, id=id_) for id_, text in zip(ids, texts, strict=True)]
    )
    office.end()
    office.sato.sync()
    office.vice.sync()
    page = look(office.vice).late_edits()
    assert page.detail.texts.late.accessibleName() == texts[0]
    page.detail.view.selectRow(1)
    assert page.detail.texts.late.accessibleName() == texts[1]
    page.records_changed(frozenset({"late_edit"}))
    assert page.detail.texts.late.accessibleName() == texts[1]


def test_long_texts_are_read_whole_beside_each_other(office: Office, look: Look) -> None:
    remark = office.tanaka.workspace.rows("SELECT id, text FROM remark WHERE box = 'overall' ORDER BY id LIMIT 1")[0]
    office.put(office.tanaka, "remark", remark.id, text=remark.text + "係の仕事に進んで取り組みました。")
    staff, _ = office.room.person(TANAKA)
    duties = office.tanaka.workspace.rows("SELECT id, ver FROM duty WHERE staff = ?", (staff,))
    office.change(*(Delete(type="duty", id=row.id, base=row.ver) for row in duties))
    office.tanaka.sync()
    office.vice.sync()
    page = look(office.vice).late_edits()
    assert page.detail.texts.isVisible()
    assert page.detail.texts.school.accessibleName() == remark.text
    assert page.detail.texts.late.accessibleName() == remark.text + "係の仕事に進んで取り組みました。"


def test_another_language_says_all_of_it_anew(
    office: Office, look: Look, left_behind: Callable[[QWidget, Looking], list[str]]
) -> None:
    office.late((11, 71_00), (12, 72_00))
    looking = look(office.vice)
    page = looking.late_edits()
    looking.bot.keyClick(page.list, KEY.Key_Return, CONTROL | SHIFT)
    assert left_behind(looking.window, looking) == []
    assert page.strip.message is not None
    assert page.strip.accessibleName() == page.strip.message.words()


def test_the_authors_page_says_what_was_decided_in_the_language_of_the_moment(
    office: Office, look: Look, left_behind: Callable[[QWidget, Looking], list[str]]
) -> None:
    office.late((11, 71_00))
    deciding = look(office.vice).late_edits()
    deciding.detail.reason.setText("新しい担当が入力済み")
    deciding.decline()
    for desk in (office.vice, office.sato):
        desk.sync()
    author = look(office.sato)
    author.sync()
    assert left_behind(author.window, author) == []


def test_a_reason_that_was_being_written_comes_back_with_the_late_edit_it_is_about(office: Office, look: Look) -> None:
    office.late((11, 71_00))
    looking = look(office.vice)
    page = looking.late_edits()
    page.detail.reason.setFocus()
    looking.bot.keyClicks(page.detail.reason, "It is closed")
    kept = page.left()
    assert kept is not None
    page.detail.reason.clear()
    assert page.come_back(kept)
    assert page.detail.reason.text() == "It is closed"
    assert not page.come_back(Left({"late": "gone"}, {"reason": "It is closed"}))
