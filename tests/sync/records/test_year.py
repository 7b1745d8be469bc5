"""School years and eras."""

from datetime import date

import pytest

from sync.records.year import class_code, course_code, era_date, school_year, term_code


@pytest.mark.parametrize(
    ("day", "year"), [("2026-03-31", 2025), ("2026-04-01", 2026), ("2026-12-31", 2026), ("2027-03-31", 2026)]
)
def test_a_school_year_begins_in_april(day: str, year: int):
    assert school_year(date.fromisoformat(day)) == year


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-25", "令和8年11月25日"),
        ("2019-05-01", "令和元年5月1日"),
        ("2019-04-30", "平成31年4月30日"),
        ("1989-01-07", "昭和64年1月7日"),
        ("1920-01-02", "1920年1月2日"),
    ],
)
def test_a_date_is_said_in_its_era(day: str, words: str):
    assert era_date(date.fromisoformat(day)) == words


def test_codes_are_built_in_one_way():
    assert term_code(2026, 0) == "2026-0"
    assert course_code(class_code(2026, "3-2"), "math") == "2026:3-2:math"
