"""The page of sync says what waits, what was not accepted and why, and every change can be dealt with."""

from client.syncing.record import Waiting
from client.syncing.refusals import reason_words
from client.workspace import Put, Remove
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


def test_a_refused_change_can_be_sent_again(seen: Seen) -> None:
    refused_group(seen)
    page = seen.sync()
    asked: list[bool] = []
    page.sync_asked.connect(lambda: asked.append(True))
    next(iter(page.refusals.entries.values())).resend_button.click()
    assert asked == [True]
    assert seen.pair.tanaka.desk.workspace.status().waiting == 1
