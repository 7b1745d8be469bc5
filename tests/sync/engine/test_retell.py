"""What a restored server is told: bases it understands, and records it has never heard of."""

from typing import Any

from sync.engine.rebase import Ground
from sync.engine.retell import Retelling, names_later, young
from sync.records.registry import TYPES

SCORE = "018f0000-0000-7000-8000-0000000000aa"
KEY = ("score", SCORE)
CUT = 100
SKELETON = {"evidence_part": "p", "pupil": "q", "@lesson": "2026:3-2:math", "state": "pending"}


def patch(base: int | str, **set_: Any) -> dict[str, Any]:
    return {"do": "patch", "type": "score", "id": SCORE, "set": set_, "base": dict.fromkeys(set_, base)}


def test_what_the_server_still_knows_is_told_as_it_was() -> None:
    op = patch(100, note="a")
    assert Retelling(CUT, {}).told(7, [op], 101) == [op]


def test_an_edit_stands_on_the_own_edit_before_it_whose_version_is_lost() -> None:
    telling = Retelling(CUT, {})
    telling.told(7, [patch(90, note="a")], 101)
    assert telling.told(8, [patch(101, note="b")], 102) == [patch("q7", note="b")]
    assert telling.told(9, [patch(102, note="c")], None) == [patch("q8", note="c")]


def test_a_version_somebody_else_had_made_stays_a_number() -> None:
    telling = Retelling(CUT, {})
    telling.told(7, [patch(90, note="a")], 101)
    assert telling.told(8, [patch(105, note="b")], None) == [patch(105, note="b")]


def test_a_change_of_a_record_that_came_in_the_lost_time_brings_it_along_once() -> None:
    telling = Retelling(CUT, {KEY: SKELETON})
    made = {"do": "create", "type": "score", "id": SCORE, "set": SKELETON | {"note": "a"}}
    assert telling.told(7, [patch(103, note="a")], 104) == [made]
    assert telling.told(8, [patch(103, note="b")], None) == [patch("q7", note="b")]


def test_a_record_the_device_had_made_itself_is_made_by_it_again() -> None:
    telling = Retelling(CUT, {KEY: SKELETON})
    made = {"do": "create", "type": "score", "id": SCORE, "set": SKELETON}
    assert telling.told(7, [made], 103) == [made]
    assert telling.told(8, [patch(103, note="b")], 104) == [patch("q7", note="b")]
    gone = {"do": "delete", "type": "score", "id": SCORE, "base": 104}
    assert telling.told(9, [gone], None) == [gone | {"base": "q8"}]


def test_a_record_made_by_a_group_that_may_not_change_is_not_made_a_second_time() -> None:
    telling = Retelling(CUT, {KEY: SKELETON})
    telling.kept(7, [{"do": "create", "type": "score", "id": SCORE, "set": SKELETON}])
    assert telling.told(8, [patch(103, note="b")], 104) == [patch("q7", note="b")]


def test_only_what_stands_on_the_lost_time_is_surely_unheard() -> None:
    made = {"do": "create", "type": "score", "id": SCORE, "set": SKELETON}
    gone = {"do": "delete", "type": "score", "id": SCORE, "base": CUT}
    assert not names_later([made, patch(CUT, note="a"), patch("q7", note="a"), gone], CUT)
    assert names_later([made, patch(CUT + 1, note="a")], CUT)
    assert names_later([gone | {"base": CUT + 1}], CUT)


def test_a_record_is_young_when_every_unit_is() -> None:
    fields = SKELETON | {"note": "a", "value": None}
    assert young(TYPES["score"], Ground(103, {}, fields), CUT) == SKELETON
    assert young(TYPES["score"], Ground(103, {"note": 90}, fields), CUT) is None
    assert young(TYPES["score"], Ground(103, {}, None), CUT) is None


def test_a_conflict_of_the_lost_time_is_not_made_by_whoever_was_asked_to_settle_it() -> None:
    fields = {"target_type": "score", "target": SCORE, "unit": "state", "device": SCORE, "q": 7, "state": "open"}
    assert young(TYPES["conflict"], Ground(103, {}, fields), CUT) is None
