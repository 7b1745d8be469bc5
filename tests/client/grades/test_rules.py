"""What a typed text means: every way a Japanese keyboard may write it, and every way it must not be misread."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.grades.record import BLANK, ColumnKind, GradeColumn, Value
from client.grades.rules import Reason, Refused, decimal, parse, score_value, shown
from client.grades.statistics import summary, tenths
from client.terms import entry_words

WORDS = entry_words("ja")
POINTS = GradeColumn("p", ColumnKind.POINTS, "まとめ", "わり算", "know", "知技", maximum=100_00, weight=40_00)
LEVELS = GradeColumn("l", ColumnKind.LEVELS, "ふり返り", "わり算", "attitude", "主体", maximum=3_00)
VIEWPOINT = GradeColumn("know", ColumnKind.VIEWPOINT, "知技", "", "know", "知技")
GRADE = GradeColumn("grade", ColumnKind.GRADE, "評定", "", "", "")


def points(value: int) -> Value:
    return Value(state="scored", points=value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("85", points(85_00)),
        ("８５", points(85_00)),
        (" 85 ", points(85_00)),
        ("\u300085\u00a0", points(85_00)),
        ("7.5", points(7_50)),
        ("７．５", points(7_50)),
        ("７。５", points(7_50)),
        ("0", points(0)),
        ("０", points(0)),
        ("-0", points(0)),
        ("007", points(7_00)),
        (".5", points(50)),
        ("85.", points(85_00)),
        ("85.00", points(85_00)),
        ("100", points(100_00)),
        ("", BLANK),
        ("  ", BLANK),
        ("未", BLANK),
        ("欠", Value(state="absent")),
        ("k", Value(state="absent")),
        ("Ｋ", Value(state="absent")),
        ("ｋ", Value(state="absent")),
        ("免", Value(state="excluded")),
        ("未提出", Value(state="not_submitted")),
        ("未実施", Value(state="not_done")),
        ("保留", Value(state="pending")),
    ],
)
def test_a_score_is_read_however_the_keyboard_writes_it(typed: str, meant: Value) -> None:
    assert parse(typed, POINTS, WORDS) == meant


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("105", Reason.OVER_MAXIMUM),
        ("１０５", Reason.OVER_MAXIMUM),
        ("100.01", Reason.OVER_MAXIMUM),
        ("9" * 40, Reason.OVER_MAXIMUM),
        ("-5", Reason.NEGATIVE),
        ("ー５", Reason.NEGATIVE),
        ("1.234", Reason.TOO_FINE),
        ("½", Reason.NOT_UNDERSTOOD),
        ("8²", Reason.NOT_UNDERSTOOD),
        ("①", Reason.NOT_UNDERSTOOD),
        ("八", Reason.NOT_UNDERSTOOD),
        ("1/2", Reason.NOT_UNDERSTOOD),
        ("1,000", Reason.NOT_UNDERSTOOD),
        ("8 5", Reason.NOT_UNDERSTOOD),
        ("1e2", Reason.NOT_UNDERSTOOD),
        ("٨٥", Reason.NOT_UNDERSTOOD),
        (".", Reason.NOT_UNDERSTOOD),
        ("-", Reason.NOT_UNDERSTOOD),
        ("A", Reason.NOT_UNDERSTOOD),
        ("だめ", Reason.NOT_UNDERSTOOD),
    ],
)
def test_what_is_no_score_is_refused_with_its_reason(typed: str, reason: Reason) -> None:
    refused = parse(typed, POINTS, WORDS)
    assert isinstance(refused, Refused)
    assert refused.reason is reason


def test_a_refusal_names_the_maximum_and_the_value_it_meant() -> None:
    assert parse("１０５", POINTS, WORDS) == Refused(Reason.OVER_MAXIMUM, "105", "100")


@pytest.mark.parametrize("typed", ["A", "a", "Ａ", "ａ", "あ", "1", "１", "◎"])
def test_every_key_for_the_first_level_means_it(typed: str) -> None:
    assert parse(typed, VIEWPOINT, WORDS) == Value(letter="A")
    assert parse(typed, LEVELS, WORDS) == Value(state="scored", points=3_00, letter="A")


@pytest.mark.parametrize("typed", ["○", "〇", "◯", "B", "ｂ", "2"])
def test_the_three_circles_that_look_alike_are_one_level(typed: str) -> None:
    assert parse(typed, VIEWPOINT, WORDS) == Value(letter="B")


@pytest.mark.parametrize("typed", ["D", "85", "①", "AA"])
def test_what_is_no_letter_is_refused_in_a_column_of_letters(typed: str) -> None:
    refused = parse(typed, VIEWPOINT, WORDS)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_A_LETTER


def test_absent_is_a_score_but_no_letter_of_a_viewpoint() -> None:
    assert parse("欠", LEVELS, WORDS) == Value(state="absent")
    assert isinstance(parse("欠", VIEWPOINT, WORDS), Refused)
    assert parse("未", VIEWPOINT, WORDS) == BLANK


def test_the_overall_grade_is_not_typed_here() -> None:
    refused = parse("3", GRADE, WORDS)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.READ_ONLY


@given(st.integers(0, 100_00))
def test_a_shown_score_is_read_back_as_itself(scaled: int) -> None:
    value = points(scaled)
    assert parse(shown(value, WORDS), POINTS, WORDS) == value


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_shown_state_is_read_back_as_itself(language: str) -> None:
    words = entry_words(language)
    for state in ("absent", "excluded", "not_submitted", "not_done", "pending"):
        value = Value(state=state)
        assert parse(shown(value, words), POINTS, words) == value


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_value_within_the_maximum_or_a_refusal(typed: str) -> None:
    value = parse(typed, POINTS, WORDS)
    assert isinstance(value, Refused) or value.points is None or 0 <= value.points <= 100_00


def test_a_level_stored_as_an_odd_number_is_shown_as_that_number() -> None:
    assert shown(score_value("scored", 2_50, LEVELS), WORDS) == "2.5"
    assert shown(score_value("scored", 2_00, LEVELS), WORDS) == "B"
    assert shown(score_value("scored", 2_00, POINTS), WORDS) == "2"


@pytest.mark.parametrize(("scaled", "text"), [(85_00, "85"), (7_50, "7.5"), (7_05, "7.05"), (0, "0"), (-50, "-0.5")])
def test_a_stored_decimal_is_written_as_people_write_it(scaled: int, text: str) -> None:
    assert decimal(scaled) == text


def test_absent_exempt_and_blank_stay_out_of_the_mean_and_zero_does_not() -> None:
    values = [points(80_00), points(0), Value(state="absent"), Value(state="excluded"), BLANK]
    told = summary(POINTS, values)
    assert (told.mean, told.scored, told.blank, told.counts) == ("40.0", 2, 1, (1, 0, 0, 0, 1, 0))


def test_letters_are_counted_and_have_no_mean() -> None:
    told = summary(VIEWPOINT, [Value(letter="A"), Value(letter="A"), Value(letter="C"), BLANK])
    assert (told.mean, told.scored, told.blank, told.counts, told.labels) == (None, 3, 1, (2, 0, 1), ("A", "B", "C"))


@pytest.mark.parametrize(
    ("number", "text"),
    [(Fraction(1, 3), "0.3"), (Fraction(761, 10), "76.1"), (Fraction(1, 20), "0.1"), (Fraction(0), "0.0")],
)
def test_a_mean_has_one_place_and_halves_go_up(number: Fraction, text: str) -> None:
    assert tenths(number) == text
