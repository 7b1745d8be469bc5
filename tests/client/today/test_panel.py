"""The first page says what to do now, and each of it leads to its exact place."""

from dataclasses import replace
from datetime import timedelta
from time import process_time
from typing import Any, cast

from PySide6.QtCore import Qt

from client.shell.agenda import Asked, Door, Item, Progress, Rank, gathered
from client.today.record import Work
from client.today.rules import due, is_alarming, is_school_day, is_worth_telling
from client.today.sources import today
from client.workspace import Put
from sync.protocol.lease import Lease
from tests.client.today.conftest import Morning
from tests.kit.classroom import CLASS, JAPANESE, MATH, TERM


def test_what_a_day_waits_for_comes_before_what_has_time(morning: Morning) -> None:
    assert morning.asked() == [f"attendance {CLASS}", f"grades {JAPANESE}", f"grades {MATH}"]


def test_attendance_is_asked_for_until_it_is_taken(morning: Morning) -> None:
    morning.take_attendance()
    morning.bot.waitUntil(lambda: f"attendance {CLASS}" not in morning.asked())


def test_on_a_day_without_school_nobody_is_asked_for_attendance(morning: Morning) -> None:
    morning.pair.classroom.clock.pass_(days=1)  # Saturday
    morning.page.reload()
    assert f"attendance {CLASS}" not in morning.asked()


def test_a_card_of_grades_leads_to_the_first_blank_cell(morning: Morning) -> None:
    card = next(card for card in morning.page.cards if card.item.key == f"grades {MATH}")
    card.button.click()
    ((page, argument),) = morning.led
    lesson, term, cell = cast("tuple[str, str, str]", argument)
    assert (page, lesson, term) == ("grades", MATH, TERM)
    assert not morning.pair.tanaka.desk.workspace.rows(
        "SELECT 1 FROM score WHERE id = ? AND state IS NOT NULL", (cell,)
    )
    assert "﨑山 蓮" in card.spoken


def test_entering_the_last_score_of_a_work_moves_the_card_on(morning: Morning) -> None:
    workspace = morning.pair.tanaka.desk.workspace
    before = next(card.item for card in morning.page.cards if card.item.key == f"grades {MATH}")
    cell = cast("tuple[str, str, str]", before.door.argument)[2]
    done = morning.page.progress.rows
    figures = [row.figures for row in done]
    part = next(work for work in morning.page._from.day.works([MATH], TERM, _day(morning)) if work.missing)
    for pupil, _name in morning.page._from.day.without(part, _day(morning), 99):
        key = {"evidence_part": part.part, "pupil": pupil, "@lesson": MATH, "state": "absent", "value": None}
        workspace.edit("grades.typed", [_put(key)])
    morning.bot.waitUntil(lambda: [row.figures for row in morning.page.progress.rows] != figures)
    after = next(card.item for card in morning.page.cards if card.item.key == f"grades {MATH}")
    assert cast("tuple[str, str, str]", after.door.argument)[2] != cell or part.part not in str(before.more)


def test_a_figure_key_does_what_the_card_of_that_number_asks(morning: Morning) -> None:
    morning.bot.keyClick(morning.page, Qt.Key.Key_2)
    assert [page for page, _ in morning.led] == ["grades"]
    morning.bot.keyClick(morning.page, Qt.Key.Key_9)
    assert len(morning.led) == 1


def test_a_difference_is_a_card_that_names_whom_it_is_about_and_who_else_wrote(morning: Morning) -> None:
    morning.pair.differ(11, 71_00, 78_00)
    morning.bot.waitUntil(lambda: "conflicts" in morning.asked())
    card = next(card for card in morning.page.cards if card.item.key == "conflicts")
    assert "3年2組 算数" in card.spoken
    assert "佐藤" in card.spoken
    card.button.click()
    assert morning.led == [("conflicts", None)]


def test_what_waits_is_told_after_a_day_and_loudly_after_three(morning: Morning) -> None:
    tanaka = morning.pair.tanaka
    tanaka.put("score", tanaka.score(1).id, sync=False, state="scored", value=5_00)
    morning.page.reload()
    assert "waiting" not in morning.asked()
    for days, tone in ((1, "neutral"), (3, "warn")):
        morning.pair.classroom.clock.now += timedelta(days=days)
        morning.page.reload()
        item = next(card.item for card in morning.page.cards if card.item.key == "waiting")
        assert item.tone.value == tone


def test_a_takeout_that_ends_within_a_day_is_told(morning: Morning) -> None:
    now = int(morning.pair.classroom.clock().timestamp())
    lease: Any = Lease.model_construct(kind="takeout", exp=now + 3 * 24 * 3600)
    morning.lease = lease
    morning.page.reload()
    assert "takeout" not in morning.asked()
    morning.lease = cast("Lease", Lease.model_construct(kind="takeout", exp=now + 20 * 3600))
    morning.page.reload()
    assert "takeout" in morning.asked()


def test_ones_own_classes_stand_there_with_where_to_go(morning: Morning) -> None:
    ((own,),) = ([each for each in morning.page._from.day.classes(_day(morning)) if each.homeroom],)
    assert (own.code, own.label, own.pupils) == (CLASS, "3年2組", 27)
    morning.page.classes.opened.emit(Door("grades", (MATH, "", "")))
    assert morning.led == [("grades", (MATH, "", ""))]


def test_nothing_to_do_is_said_kindly(morning: Morning) -> None:
    page = morning.page
    page._from = replace(page._from, asks=())
    page.reload()
    assert page.cards == []
    assert page.calm.isVisible()
    assert page._calm_title() == "Nothing waits for you"


def test_what_has_no_page_here_is_not_asked(morning: Morning) -> None:
    page = morning.page
    page._from = replace(page._from, opens=frozenset({"grades"}))
    page.reload()
    assert {card.item.door.page for card in page.cards} == {"grades"}


def test_the_page_is_read_in_less_than_its_budget(morning: Morning) -> None:
    """By processor time, whatever else this computer does."""
    times: list[float] = []
    for _ in range(3):
        began = process_time()
        morning.page.reload()
        times.append(process_time() - began)
    assert min(times) < 0.2


def test_sources_are_asked_in_the_order_of_rank() -> None:
    def item(key: str, rank: Rank) -> Item:
        return Item(key, rank, "grades", key, "Do", Door("grades"))

    class Two:
        types = frozenset[str]()

        def ask(self, now: object) -> Asked:
            line = Progress("p", "p", 1, 2, Door("grades"))
            return Asked((item("later", Rank.NOTICE), item("first", Rank.TROUBLE)), (line,))

    asked = gathered([Two(), Two()], cast("Any", None))
    assert [each.key for each in asked.items] == ["first", "first", "later", "later"]
    assert len(asked.progress) == 2


def test_a_work_is_due_on_its_day_or_once_it_is_begun(morning: Morning) -> None:
    works = [
        Work("l", "later", "t", "", "2026-12-01", 27, 0),
        Work("l", "begun", "t", "", "2026-12-01", 27, 1),
        Work("l", "given", "t", "", "2026-11-20", 27, 0),
        Work("l", "undated", "t", "", None, 27, 0),
    ]
    assert [work.part for work in due(works, _day(morning))] == ["given", "begun"]


def test_school_meets_on_weekdays_of_a_term(morning: Morning) -> None:
    day = _day(morning)
    terms = [("2026-09-01", "2026-12-25")]
    assert is_school_day(day, terms)
    assert not is_school_day(day + timedelta(days=1), terms)
    assert not is_school_day(day, [])


def test_many_waiting_changes_are_worth_a_word(morning: Morning) -> None:
    status, now = morning.pair.tanaka.desk.workspace.status(), morning.pair.classroom.clock()
    assert not is_worth_telling(status, now)
    assert is_worth_telling(replace(status, waiting=50), now)
    assert not is_alarming(replace(status, waiting=50), now)


def _day(morning: Morning) -> Any:
    return today(morning.pair.classroom.clock())


def _put(key: dict[str, Any]) -> Any:
    return Put("score", key)
