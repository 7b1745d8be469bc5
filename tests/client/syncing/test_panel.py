"""The page of sync says what waits, what was not accepted and why, and every change can be dealt with."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.conflicts.repository import Conflicts
from client.syncing.comparison import ComparisonCard
from client.syncing.record import Refused, Waiting
from client.syncing.refusals import RefusalList, reason_words
from client.syncing.status import Standing
from client.terms import Speech
from client.widgets.button import Button
from client.widgets.chip import Chip
from client.widgets.label import Label
from client.workspace import Comparison, Put, Remove
from tests.kit.classroom import MATH
from tests.kit.pair import Seen


def test_what_waits_is_counted_by_place_and_kind(seen: Seen) -> None:
    tanaka = seen.pair.tanaka
    for number in (1, 2, 3):
        tanaka.put("score", tanaka.score(number).id, sync=False, state="scored", value=5_00)
    tanaka.put("remark", tanaka.remark(4).id, sync=False, text="一学期の所見を書き直しました。")
    page = seen.sync()
    assert [(line.place, line.type, line.count) for line in page.waiting.rows] == [
        ("3年2組", "remark", 1),
        ("3年2組 算数", "score", 3),
    ]
    assert page.sentence.text() == "%n change(s) waiting to be sent".replace("%n", "4")


def test_when_all_has_arrived_the_page_is_calm(seen: Seen) -> None:
    page = seen.sync()
    assert page.waiting_card.isHidden()
    assert page.refused_card.isHidden()
    assert page.decide.isHidden()
    assert page.told.text() == "Everything you entered has reached the school."


def test_a_line_leads_to_the_sheet(seen: Seen) -> None:
    tanaka = seen.pair.tanaka
    id_ = tanaka.score(1).id
    tanaka.put("score", id_, sync=False, state="scored", value=5_00)
    page = seen.sync()
    line = page.waiting.rows[0]
    assert isinstance(line, Waiting)
    page.waiting_view.activated.emit(page.waiting.index(0, 0))
    assert seen.asked == [("score", id_)]


def test_the_page_follows_what_is_sent(seen: Seen) -> None:
    tanaka = seen.pair.tanaka
    tanaka.put("score", tanaka.score(1).id, sync=False, state="scored", value=5_00)
    page = seen.sync()
    assert not page.waiting_card.isHidden()
    tanaka.desk.sync()
    seen.bot.waitUntil(page.waiting_card.isHidden)


def test_conflicts_are_told_here_and_lead_to_the_decision(seen: Seen) -> None:
    seen.pair.differ(11, 71_00, 78_00)
    page = seen.sync()
    assert page.decide.isVisible()
    page.decide.click()
    assert seen.window.key == "conflicts"


def refused_group(seen: Seen) -> None:
    """A change the school refuses: the colleague has deleted the work it belongs to before it arrives."""
    tanaka, sato = seen.pair.tanaka, seen.pair.sato
    part = tanaka.score(5, "小テスト").evidence_part
    for row in sato.desk.workspace.rows("SELECT id FROM score WHERE evidence_part = ?", (part,)):
        sato.desk.workspace.edit("grades.column", [Remove("score", row.id)])
    sato.desk.workspace.edit("grades.column", [Remove("evidence_part", part)])
    sato.desk.sync()
    leaver = tanaka.desk.workspace.rows("SELECT pupil FROM membership WHERE number = 7")[0].pupil
    key = {"evidence_part": part, "pupil": leaver, "@lesson": MATH}
    tanaka.desk.workspace.edit("grades.typed", [Put("score", key | {"state": "scored", "value": 5_00})])
    tanaka.desk.sync()


def test_a_refused_change_is_kept_with_its_reason_and_can_be_withdrawn(seen: Seen) -> None:
    refused_group(seen)
    page = seen.sync()
    assert not page.refused_card.isHidden()
    group = page._groups[0]
    assert reason_words(group) == "What this belongs to is not at the school any more."
    entry = page.refusals.entries[group.q]
    entry.withdraw_button.click()
    assert page.refused_card.isHidden()
    assert seen.pair.tanaka.desk.workspace.not_accepted() == []


def test_a_colleague_who_could_not_be_asked_is_told_and_leads_back_to_the_decision(seen: Seen) -> None:
    workspace = seen.pair.tanaka.desk.workspace
    seen.pair.differ(11, 71_00, 78_00)
    seen.pair.differ(12, 71_00, 78_00)
    known = Conflicts(workspace)
    conflict = known.differences()[1].conflict
    known.give([conflict.id], workspace.rows("SELECT staff FROM duty WHERE role = 'vice'")[0].staff)
    seen.pair.tanaka.desk.sync()
    page = seen.sync()
    (group,) = page._groups
    assert reason_words(group) == "The colleague you asked may not settle this."
    page.refusals.entries[group.q].open_button.click()
    decision = seen.conflicts().decision
    assert decision.case is not None
    assert decision.case.differences[0].conflict.id == conflict.id


def test_a_refused_change_can_be_sent_again(seen: Seen) -> None:
    refused_group(seen)
    page = seen.sync()
    asked: list[bool] = []
    page.sync_asked.connect(lambda: asked.append(True))
    next(iter(page.refusals.entries.values())).resend_button.click()
    assert asked == [True]
    assert seen.pair.tanaka.desk.workspace.status().waiting == 1


def test_everything_can_be_checked_at_once_and_the_page_says_when_it_was(seen: Seen) -> None:
    page = seen.sync()
    card, asked = page.comparison, list[bool]()
    page.sync_asked.connect(lambda: asked.append(True))
    assert card.told.text() == "The records on this PC have not been checked against the school's yet."
    card.check.setFocus()
    card.check.click()
    assert asked == [True]
    assert card.told.text() == "Every record on this PC is being checked against the school's…"
    assert card.check.hasFocus(), "the next key does not fall on another button"
    seen.pair.tanaka.desk.sync()
    told = "Checked 8:31: every record on this PC is the same as at the school."
    seen.bot.waitUntil(lambda: card.told.text() == told)


def test_without_a_connection_no_check_is_said_to_go_on(seen: Seen) -> None:
    seen.standing = Standing(reached=False)
    page = seen.sync()
    page.comparison.check.click()
    assert page.comparison.told.text() == "Everything is checked as soon as the school can be reached."


def test_what_a_check_put_right_is_counted(qtbot: QtBot) -> None:
    card = ComparisonCard()
    qtbot.addWidget(card)
    now = datetime(2026, 9, 12, 8, 31, tzinfo=UTC)
    card.show_comparison(Comparison("2026-09-12T08:00:00Z", 3, due=False), Standing(reached=True), now)
    assert card.told.text().startswith("Checked 17:00: ")
    assert "What you entered was not touched." in card.told.text()


def test_the_time_of_the_last_round_is_said_once(seen: Seen) -> None:
    page = seen.sync()
    assert page.sentence.text() == "Sent 8:31"
    assert page.last.isHidden()
    seen.standing = Standing(reached=False)
    page.standing_changed()
    assert page.sentence.text() == "Offline (saved on this PC)"
    assert page.last.text() == "Last sent and received: 8:31"
    assert page.last.isVisible()


def test_another_language_says_all_of_it_anew(seen: Seen, left_behind: Callable[[QWidget, Seen], list[str]]) -> None:
    refused_group(seen)
    tanaka = seen.pair.tanaka
    page = seen.sync()
    page.comparison.check.click()
    next(iter(page.refusals.entries.values())).resend_button.click()
    tanaka.desk.sync()
    tanaka.put("score", tanaka.score(1).id, sync=False, state="scored", value=6_00)
    seen.bot.waitUntil(lambda: not page.refused_card.isHidden())
    assert page.strip.isVisible()
    assert left_behind(seen.window, seen) == []


def test_what_nobody_has_any_more_is_told_with_its_time_and_what_to_do(qtbot: QtBot) -> None:
    held = RefusalList(Speech(lambda: "en"))
    qtbot.addWidget(held)
    lost = Refused(7, "2026-06-12T05:31:00+00:00", "lost", None, (), kind="grades.typed")
    held.show_groups([lost], {}, datetime(2026, 9, 12, tzinfo=UTC))
    (entry,) = held.entries.values()
    labels = [label.text() for label in entry.findChildren(Label)]
    assert labels == ["A change of grades", "6/12 14:31"]
    assert [chip.text() for chip in entry.findChildren(Chip)] == ["No longer at the school"]
    assert "set back to an earlier backup" in reason_words(lost)
    assert [button.text() for button in entry.findChildren(Button)] == ["Take off this list"]
    with qtbot.waitSignal(held.withdrawn) as told:
        entry.withdraw_button.click()
    assert told.args == [7]
