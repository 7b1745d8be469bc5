"""The school's own comes before the board's, the board's before the prefecture's, key by key and day by day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records.configured import LEVELS, Stated, holding, in_force, level_of, rule_for
from sync.records.registry import TYPES
from sync.records.roles import Partition

CODE, RULE = TYPES["code_item"], TYPES["grading_rule"]
DAY = "2026-11-26"

days = st.sampled_from(["2026-04-01", "2026-11-25", "2026-11-26", "2026-11-27", "2027-03-31"])
codes = st.builds(
    lambda level, code, first, last: Stated(
        level, f"{level} {code} {first} {last}", {"set": "letter", "code": code, "valid_from": first, "valid_to": last}
    ),
    st.sampled_from(LEVELS),
    st.sampled_from("ABC"),
    st.none() | days,
    st.none() | days,
)


def said(level: Partition, **fields: object) -> Stated:
    return Stated(level, level.value, {"set": "letter", "code": "C", **fields})


def test_the_nearest_that_says_something_holds_whatever_order_they_come_in() -> None:
    three = [said(level) for level in LEVELS]
    for order in (three, three[::-1], [three[1], three[2], three[0]]):
        assert holding(CODE, order)["letter", "C"].level is Partition.SCHOOL
    assert holding(CODE, three[:2])["letter", "C"].level is Partition.BOARD


def test_a_school_that_says_one_thing_otherwise_keeps_all_the_others_of_its_board() -> None:
    board = [Stated(Partition.BOARD, code, {"set": "letter", "code": code}) for code in "ABC"]
    found = holding(CODE, [*board, said(Partition.SCHOOL)])
    assert [each.level for each in found.values()] == [Partition.BOARD, Partition.BOARD, Partition.SCHOOL]


def test_before_its_day_and_after_its_last_the_schools_own_gives_way_to_the_boards() -> None:
    own = said(Partition.SCHOOL, valid_from="2026-12-01", valid_to="2027-03-31")
    both = [own, said(Partition.BOARD)]
    told = {
        day: holding(CODE, both, day)["letter", "C"].level for day in (DAY, "2026-12-01", "2027-03-31", "2027-04-01")
    }
    assert list(told.values()) == [Partition.BOARD, Partition.SCHOOL, Partition.SCHOOL, Partition.BOARD]


def test_a_rule_of_the_subject_comes_before_one_for_every_subject_even_the_schools() -> None:
    rules = [
        Stated(Partition.BOARD, "math", {"year": 2026, "stage": "P", "subject": "math"}),
        Stated(Partition.BOARD, "all", {"year": 2026, "stage": "P", "subject": "*"}),
        Stated(Partition.SCHOOL, "own", {"year": 2026, "stage": "P", "subject": "*"}),
    ]
    found = holding(RULE, rules)
    assert [getattr(rule_for(found, 2026, "P", subject), "id", None) for subject in ("math", "jpn")] == ["math", "own"]
    assert rule_for(found, 2025, "P", "math") is None


def test_a_partition_tells_its_level_by_its_name() -> None:
    assert [level_of(name) for name in ("pref:05", "board:059902", "school")] == list(LEVELS)
    with pytest.raises(ValueError, match="any body"):
        level_of("any body")


@given(st.lists(codes, max_size=12), st.none() | days)
def test_what_holds_is_in_force_and_nothing_in_force_is_nearer(stated: list[Stated], day: str | None) -> None:
    found = holding(CODE, stated, day)
    live = [each for each in stated if in_force(each.fields, day)]
    assert set(found) == {("letter", each.fields["code"]) for each in live}
    for each in live:
        winner = found["letter", each.fields["code"]]
        assert winner in live
        assert LEVELS.index(winner.level) >= LEVELS.index(each.level)


@given(st.lists(codes, max_size=8, unique_by=lambda each: (each.level, each.fields["code"])))
def test_the_order_they_come_in_changes_nothing(stated: list[Stated]) -> None:
    assert dict(holding(CODE, stated)) == dict(holding(CODE, stated[::-1]))
