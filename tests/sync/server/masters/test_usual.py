"""The tables of resources/masters fit each other and the record types, and say what domain rules ask for."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, combinations_with_replacement, pairwise

import pytest

from sync.records.masters import STATUSES
from sync.records.registry import TYPES, faults_of_new
from sync.server.masters import usual
from sync.server.masters.usual import Master
from sync.server.roster.codes import SCHOOL_KINDS

YEAR = 2026
STAGES = {"P": range(1, 4), "J": range(1, 6)}


def everything() -> Iterator[Master]:
    of_board = chain(usual.subjects(), usual.viewpoint_sets(), usual.code_items(), usual.symbols())
    return chain(
        of_board,
        (usual.grading_rule(YEAR, stage) for stage in usual.STAGES),
        [usual.school_year(YEAR, 3, "kanji")],
        usual.terms(YEAR, 2),
        usual.terms(YEAR, 3),
    )


def test_every_master_is_a_sound_record() -> None:
    wrong = [(type_, fields) for type_, fields in everything() if faults_of_new(TYPES[type_], fields)]
    assert wrong == []


def test_each_set_of_symbols_names_every_status_once() -> None:
    sets = {fields["symbol_set"] for _, fields in usual.symbols()}
    assert {fields["code"] for _, fields in usual.code_items() if fields["set"] == "symbol_set"} == sets
    for name in sets:
        named = [fields["status"] for _, fields in usual.symbols() if fields["symbol_set"] == name]
        assert sorted(named) == sorted(STATUSES)


@pytest.mark.parametrize("stage", ["P", "J"])
def test_a_rating_is_given_for_all_letters_in_any_order_and_within_the_stages_scale(stage: str) -> None:
    table = usual.ratings(stage)
    assert set(table) == {"".join(letters) for letters in combinations_with_replacement("ABC", 3)}
    for default, allowed in table.values():
        assert default in allowed
        assert set(allowed) <= set(STAGES[stage])  # R10
    assert {default for default, _ in table.values()} == set(STAGES[stage])


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("year", [2025, 2026, 2027, 2031])
def test_terms_cover_the_year_without_a_gap(count: int, year: int) -> None:
    whole, *terms = [fields for _, fields in usual.terms(year, count)]
    assert [term["no"] for term in (whole, *terms)] == list(range(count + 1))  # R24
    assert (whole["start"], whole["end"]) == (f"{year}-04-01", f"{year + 1}-03-31")
    assert (terms[0]["start"], terms[-1]["end"]) == (whole["start"], whole["end"])
    for before, after in pairwise(terms):
        assert date.fromisoformat(after["start"]) - date.fromisoformat(before["end"]) == timedelta(days=1)


def test_the_second_of_two_terms_begins_after_the_autumn_holiday() -> None:
    assert [fields["end"] for _, fields in usual.terms(2026, 2)] == ["2027-03-31", "2026-10-12", "2027-03-31"]


def test_each_kind_of_school_has_its_habits() -> None:
    for kind in SCHOOL_KINDS.values():
        stages, count, symbol_set = usual.habits(kind)
        assert set(stages) <= set(usual.STAGES)
        assert list(usual.terms(YEAR, count))
        assert symbol_set in {fields["symbol_set"] for _, fields in usual.symbols()}
    assert usual.habits("elementary")[0] == ("P",)
    assert usual.habits("junior_high")[0] == ("J",)


def test_subjects_are_taught_in_the_grades_that_have_them() -> None:
    grades = {fields["code"]: fields["grades"] for _, fields in usual.subjects()}
    assert (grades["life"], grades["sci"], grades["home"], grades["fla"]) == ([1, 2], [*range(3, 10)], [5, 6], [3, 4])
    assert {row["code"] for row in usual.subjects_of(7)} == {code for code, each in grades.items() if 7 in each}
    for grade, units in ((1, 850), (4, 1015), (9, 1015)):
        own = [fields["yearly_units"] for _, fields in usual.subjects() if grade in fields["grades"]]
        assert sum(entry["units"] for entries in own for entry in entries if entry["grade"] == grade) == units


def test_a_usual_year_has_its_weekdays_without_holidays_and_breaks() -> None:
    days = {fields["date"]: fields for _, fields in usual.school_days(2026)}
    assert len(days) == 365
    assert days["2026-11-20"] == {"date": "2026-11-20", "kind": "school_day"}
    assert days["2026-11-21"] == {"date": "2026-11-21", "kind": "holiday"}
    assert days["2026-11-23"]["title"] == "祝日"
    assert days["2026-08-10"]["title"] == "夏季休業"
    assert 195 <= sum(fields["kind"] == "school_day" for fields in days.values()) <= 210
