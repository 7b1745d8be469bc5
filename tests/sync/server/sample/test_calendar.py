"""Holidays, school days and terms of the sample school."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from sync.server.holidays import national_holidays
from sync.server.sample.calendar import calendar

HOLIDAYS_2026 = (
    "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23"
)


def test_national_holidays_of_2026_are_known() -> None:
    """With a substitute day (6 May) and a day between two holidays (22 September)."""
    assert national_holidays(2026) == {date.fromisoformat(f"2026-{day}") for day in HOLIDAYS_2026.split()}


@pytest.mark.parametrize("year", range(2024, 2041))
def test_a_year_has_about_two_hundred_school_days_and_none_on_a_holiday(year: int) -> None:
    days = calendar(year, 3).days
    assert 200 <= len(days) <= 206
    assert not set(days) & (national_holidays(year) | national_holidays(year + 1))
    assert all(day.weekday() < 5 for day in days if day not in {event.day for event in calendar(year, 3).events})


def test_a_saturday_at_school_is_made_up_for() -> None:
    days = set(calendar(2026, 3).days)
    assert date(2026, 9, 26) in days
    assert date(2026, 9, 28) not in days


@pytest.mark.parametrize("term_count", [2, 3])
def test_terms_cover_the_year_without_a_gap(term_count: int) -> None:
    """R24."""
    terms = calendar(2026, term_count).terms
    assert [term.no for term in terms] == list(range(1, term_count + 1))
    assert terms[0].start == date(2026, 4, 1)
    assert terms[-1].end == date(2027, 3, 31)
    for earlier, later in pairwise(terms):
        assert later.start - earlier.end == timedelta(days=1)
    assert sum(len(term.days) for term in terms) == len(calendar(2026, term_count).days)


def test_a_term_is_finished_after_its_last_school_day() -> None:
    year = calendar(2026, 3)
    last = year.terms[0].days[-1]
    assert year.finished(last) == ()
    assert year.finished(last + timedelta(days=1)) == (year.terms[0],)
