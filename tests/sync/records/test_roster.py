"""A class list: numbers never move, leavers stay in their place, newcomers go to the end."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sync.records.derive.roster import next_number, roster


def member(pupil: str, number: int | None, **more: Any) -> dict[str, Any]:
    return {"pupil": pupil, "number": number, "kind": "home", "from": "2026-04-07"} | more


CLASS = [
    member("a", 1),
    member("b", 2, to="2026-09-01"),
    member("c", 3),
    member("d", 4, **{"from": "2026-10-01"}),
    member("e", None, kind="exchange"),
]


def test_who_left_stays_struck_through_in_place_r15():
    entries = roster(CLASS, {}, "2026-11-25")
    assert [(entry.pupil, entry.number, entry.left_on) for entry in entries[:3]] == [
        ("a", 1, None),
        ("b", 2, "2026-09-01"),
        ("c", 3, None),
    ]
    assert roster(CLASS, {}, "2026-09-01")[1].left_on is None


def test_who_comes_gets_the_next_number_and_nobody_moves_r14():
    assert next_number(CLASS) == 5
    assert next_number([]) == 1
    assert [entry.pupil for entry in roster(CLASS, {}, "2026-09-30")] == ["a", "b", "c", "e"]
    assert [entry.pupil for entry in roster(CLASS, {}, "2026-10-01")] == ["a", "b", "c", "d", "e"]


def test_a_guest_stands_once_at_the_end_r23():
    assert roster(CLASS, {}, "2026-11-25")[-1].guest


def test_who_comes_back_is_shown_once_by_the_latest_stay():
    back = [*CLASS, member("b", 5, **{"from": "2026-11-01"})]
    entries = roster(back, {}, "2026-11-25")
    assert [entry.pupil for entry in entries] == ["a", "c", "d", "b", "e"]


@given(st.permutations(CLASS))
def test_the_order_records_come_in_does_not_matter_r13(members: list[dict[str, Any]]):
    assert roster(members, {}, "2026-11-25") == roster(CLASS, {}, "2026-11-25")
