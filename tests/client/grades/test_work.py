"""The form of a work is read as people write it, and what cannot be is named."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.grades.record import POINT
from client.grades.work import (
    LETTER_MAXIMUM,
    Draft,
    Entered,
    Fault,
    Field,
    HeldPart,
    Part,
    Why,
    Work,
    day_text,
    dropped,
    read_day,
    read_draft,
    read_number,
    suggested,
)

GOOD = Entered("小テスト1", "quiz", "わり算", "9/9", letters=False, parts={"know": ("20", "40")})
WORK = Work(
    "e1",
    Draft("まとめ", "test", "わり算", "2026-09-09", (Part("know", 100_00, 40_00), Part("think", 50_00, 60_00))),
    closed=False,
    letters=False,
    held=(
        HeldPart("p1", Part("know", 100_00, 40_00), ("s1", "s2"), 2, 85_00, 3),
        HeldPart("p2", Part("think", 50_00, 60_00), (), 0, None, 3),
    ),
    seen={"title": 3},
)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("9/9", "2026-09-09"),
        ("９／９", "2026-09-09"),
        ("9月9日", "2026-09-09"),
        ("2026-09-09", "2026-09-09"),
        ("2026年9月9日", "2026-09-09"),
        (" 3/31 ", "2027-03-31"),
        ("4/1", "2026-04-01"),
        ("2/30", None),
        ("13/1", None),
        ("きょう", None),
        ("9/9/9", None),
    ],
)
def test_a_day_is_read_as_people_write_it_within_the_school_year(text: str, iso: str | None) -> None:
    assert read_day(text, 2026) == iso


@given(st.dates(date(2020, 1, 1), date(2032, 12, 31)))
def test_a_day_that_is_shown_is_read_back_as_itself(day: date) -> None:
    assert read_day(day_text(day.isoformat(), 2026), 2026) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "scaled"),
    [("100", 100_00), ("１２．５", 12_50), ("40%", 40_00), ("0", 0), ("-1", None), ("", None), ("½", None)],
)
def test_a_maximum_or_a_weight_is_read_however_it_is_written(text: str, scaled: int | None) -> None:
    assert read_number(text, 9_999 * POINT) == scaled


@given(st.text())
def test_whatever_is_written_is_a_number_within_its_bounds_or_none(text: str) -> None:
    found = read_number(text, 999 * POINT)
    assert found is None or 0 <= found <= 999 * POINT


def test_a_form_is_read_with_its_spaces_made_one() -> None:
    read = read_draft(replace(GOOD, title="  小テスト　 1 "), 2026, None)
    assert read == Draft("小テスト 1", "quiz", "わり算", "2026-09-09", (Part("know", 20_00, 40_00),))


def test_letters_have_the_maximum_of_letters_whatever_stands_there() -> None:
    read = read_draft(replace(GOOD, letters=True, parts={"know": ("", "40")}), 2026, None)
    assert isinstance(read, Draft)
    assert read.parts == (Part("know", LETTER_MAXIMUM, 40_00),)


@pytest.mark.parametrize(
    ("entered", "fault"),
    [
        (replace(GOOD, title=" "), Fault(Field.TITLE, Why.MISSING)),
        (replace(GOOD, title="あ" * 41), Fault(Field.TITLE, Why.TOO_LONG, limit="40")),
        (replace(GOOD, unit="あ" * 61), Fault(Field.UNIT, Why.TOO_LONG, limit="60")),
        (replace(GOOD, date="9/31"), Fault(Field.DATE, Why.NO_DAY)),
        (replace(GOOD, parts={}), Fault(Field.PARTS, Why.MISSING)),
        (replace(GOOD, parts={"know": ("0", "40")}), Fault(Field.MAXIMUM, Why.NO_NUMBER, "know")),
        (replace(GOOD, parts={"know": ("20", "x")}), Fault(Field.WEIGHT, Why.NO_NUMBER, "know")),
    ],
)
def test_the_first_thing_that_is_wrong_is_named(entered: Entered, fault: Fault) -> None:
    assert read_draft(entered, 2026, None) == fault


def test_a_maximum_below_a_score_that_exists_is_refused_and_another_way_of_marking_too() -> None:
    lower = replace(GOOD, parts={"know": ("80", "40")})
    assert read_draft(lower, 2026, WORK) == Fault(Field.MAXIMUM, Why.BELOW_SCORES, "know", "85")
    assert isinstance(read_draft(replace(GOOD, parts={"know": ("85", "40")}), 2026, WORK), Draft)
    assert read_draft(replace(GOOD, letters=True), 2026, WORK) == Fault(Field.PARTS, Why.HAS_SCORES, limit="2")


def test_a_viewpoint_that_is_not_ticked_any_more_takes_its_column_away() -> None:
    assert dropped(WORK, replace(WORK.draft, parts=WORK.draft.parts[1:])) == WORK.held[:1]
    assert dropped(WORK, WORK.draft) == ()
    assert WORK.values == 2


def test_a_new_column_starts_as_the_newest_of_its_viewpoint() -> None:
    parts = [Part("know", LETTER_MAXIMUM, 30_00), Part("know", 20_00, 10_00), Part("think", 50_00, 60_00)]
    assert suggested("know", parts) == Part("know", 20_00, 30_00)
    assert suggested("attitude", parts) == Part("attitude", 100_00, 100_00)
