"""What a day was for a pupil: the first reason that holds, and a way of counting that holds together."""

import pytest

from sync.records.derive.attendance import SchoolDates, Span, Totals, effective, totals
from sync.records.masters import STATUSES
from sync.records.registry import TYPES, faults_of_new

DAY = "2026-11-20"
HERE, LEFT = Span("2026-04-06"), Span("2026-04-06", "2026-11-19")
SCHOOL = {DAY: "school_day"}
SYMBOL = {"symbol_set": "own", "status": "LATE", "symbol": "チ", "name": "遅刻"}


@pytest.mark.parametrize(
    ("span", "dates", "mark", "status"),
    [
        (LEFT, SchoolDates(SCHOOL, {}, frozenset({DAY})), "LATE", "NOT_ENROLLED"),
        (LEFT, SchoolDates({}), None, "NOT_ENROLLED"),
        (HERE, SchoolDates({}), "LATE", None),
        (HERE, SchoolDates({DAY: "holiday"}), "LATE", None),
        (HERE, SchoolDates(SCHOOL, {DAY: "less_school_days"}, frozenset({DAY})), "LATE", "SCHOOL_CLOSED"),
        (HERE, SchoolDates(SCHOOL, {DAY: "suspension"}, frozenset({DAY})), "LATE", "CLASS_CLOSED"),
        (HERE, SchoolDates(SCHOOL, {}, frozenset({DAY})), "LATE", "LATE"),
        (HERE, SchoolDates({DAY: "makeup"}, {}, frozenset({DAY})), None, "PRESENT"),
        (HERE, SchoolDates(SCHOOL), None, "UNKNOWN"),
    ],
)
def test_the_first_reason_that_holds_says_what_a_day_was(
    span: Span, dates: SchoolDates, mark: str | None, status: str | None
) -> None:
    assert effective(DAY, (span,), dates, mark) == status


def test_a_pupil_who_left_and_came_back_is_there_on_both_spans_and_not_between() -> None:
    spans = (Span("2026-04-06", "2026-05-01"), Span("2026-06-01"))
    dates = SchoolDates(dict.fromkeys(("2026-05-01", "2026-05-15", "2026-06-01"), "school_day"))
    assert [effective(day, spans, dates, None) for day in dates.kinds] == ["UNKNOWN", "NOT_ENROLLED", "UNKNOWN"]


def test_every_status_is_counted_as_the_law_counts_it_where_a_board_says_nothing() -> None:
    each = {status: totals([status]) for status in STATUSES}
    assert {status for status, sum_ in each.items() if sum_.suspended} == {"SUSPEND", "MOURNING", "CLASS_CLOSED"}
    assert {status for status, sum_ in each.items() if sum_.absent} == {"ABSENT_SICK", "ABSENT_ACCIDENT"}
    assert {status for status, sum_ in each.items() if not sum_.school_days} == {"SCHOOL_CLOSED", "NOT_ENROLLED"}
    present = {"PRESENT", "LATE", "EARLY", "LATE_EARLY", "EXEMPT_PRESENT"}
    assert {status for status, sum_ in each.items() if sum_.present} == present
    assert each["LATE_EARLY"] == Totals(school_days=1, late=1, early=1)


@pytest.mark.parametrize("counts", [["absent"], ["suspended"], ["early", "late"], [], None])
def test_a_symbol_may_count_as_one_thing(counts: list[str] | None) -> None:
    assert faults_of_new(TYPES["symbol"], SYMBOL if counts is None else SYMBOL | {"counts": counts}) == ()


@pytest.mark.parametrize("counts", [["absent", "suspended"], ["absent", "late"], ["early", "suspended"]])
def test_a_day_is_not_two_things_at_once_and_who_was_away_came_not_late_r01_r03(counts: list[str]) -> None:
    assert faults_of_new(TYPES["symbol"], SYMBOL | {"counts": counts}) == ("counts",)
