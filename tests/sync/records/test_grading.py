"""Letters and 評定 follow from evidence by a board's rule, exactly, whatever numbers the rule has (domain.md 6)."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records.assessment import STATES, highest_grade
from sync.records.derive.grading import Entry, Part, Rule, Warned, counts, grade, letter, rate, rule_of, warnings
from sync.server.masters import usual

USUAL = {stage: rule_of(usual.grading_rule(2026, stage)[1]) for stage in usual.STAGES}
OTHER = rule_of(
    {
        "cut_a": 72_50,
        "cut_b": 41_25,
        "not_submitted": "zero",
        "version": 7,
        "table": [
            {"pattern": "AA", "default": 3, "allowed": [3, 2]},
            {"pattern": "AB", "default": 2, "allowed": [3, 2]},
            {"pattern": "BA", "default": 3, "allowed": [3]},
            {"pattern": "BB", "default": 2, "allowed": [2]},
            {"pattern": "BC", "default": 1},
        ],
    }
)
"""Two viewpoints whose order counts, other cut-offs, and nothing for what was not handed in."""


def scored(value: int, maximum: int, weight: int = 1_00) -> Part:
    return Part("scored", value, maximum, weight)


hundredths = st.integers(0, 100_00)
parts = st.builds(
    Part,
    state=st.sampled_from([*STATES, None]),
    value=st.none(),
    maximum=st.one_of(st.none(), st.integers(1, 9999_99)),
    weight=st.one_of(st.none(), st.integers(0, 999_99)),
).flatmap(
    lambda part: (
        st.just(part)
        if part.state != "scored"
        else st.integers(0, part.maximum or 100).map(lambda value: replace(part, value=value))
    )
)
rules = st.builds(
    lambda a, b, zero: Rule(a, min(a, b), zero, USUAL["J"].table), st.integers(0, 100_00), hundredths, st.booleans()
)


# -- by hand ----------------------------------------------------------------------------------------------------------


def test_a_rate_is_the_weighted_mean_of_what_was_reached() -> None:
    held = [scored(45_00, 50_00, 60_00), scored(2_00, 3_00, 40_00)]
    assert rate(held, USUAL["P"]) == Fraction(60 * 45, 50 * 100) + Fraction(40 * 2, 3 * 100)


@pytest.mark.parametrize(
    ("value", "told"), [(80_00, "A"), (79_99, "B"), (50_00, "B"), (49_99, "C"), (0, "C"), (100_00, "A")]
)
def test_eighty_percent_is_an_a_and_fifty_a_b_by_the_usual_rule(value: int, told: str) -> None:
    assert letter(rate([scored(value, 100_00)], USUAL["P"]), USUAL["P"]) == told


def test_a_third_of_a_percent_below_a_cut_off_is_below_it() -> None:
    parts = [scored(1_00, 3_00), scored(1_00, 3_00), scored(1_00, 3_00)]
    rule = replace(USUAL["P"], cut_a=33_34, cut_b=33_33)
    assert rate(parts, rule) == Fraction(1, 3)
    assert letter(rate(parts, rule), rule) == "B"


@pytest.mark.parametrize("state", ["absent", "excluded", "pending", "not_done", None])
def test_what_was_not_assessed_is_left_out_and_is_not_zero(state: str | None) -> None:
    missing = Part(state, None, 100_00, 50_00)
    for rule in (*USUAL.values(), OTHER):
        assert rate([scored(90_00, 100_00, 50_00), missing], rule) == Fraction(9, 10)


def test_what_was_not_handed_in_counts_as_the_rule_says() -> None:
    held = [scored(90_00, 100_00), Part("not_submitted", None, 100_00, 1_00)]
    assert rate(held, USUAL["P"]) == Fraction(9, 10)
    assert rate(held, OTHER) == Fraction(9, 20)


def test_without_a_scored_part_there_is_no_proposal() -> None:
    assert rate([], USUAL["P"]) is None
    assert rate([Part("absent", None, 10_00, 1_00)], USUAL["P"]) is None
    assert rate([scored(5_00, 10_00, 0)], USUAL["P"]) is None
    assert letter(None, USUAL["P"]) is None
    assert grade(("A", None, "A"), USUAL["P"], 3) is None


def test_an_undecided_cut_off_proposes_nothing() -> None:
    rule = rule_of({"table": [], "cut_a": 80_00})
    assert letter(Fraction(1), rule) is None


@pytest.mark.parametrize(
    ("pattern", "junior", "elementary"),
    [
        ("AAA", (5, {5, 4}), (3, {3})),
        ("AAB", (4, {5, 4}), (3, {3, 2})),
        ("AAC", (3, {4, 3}), (2, {3, 2})),
        ("ABB", (3, {4, 3}), (2, {3, 2})),
        ("ABC", (3, {3}), (2, {2})),
        ("BBB", (3, {3}), (2, {2})),
        ("ACC", (3, {3, 2}), (2, {2, 1})),
        ("BBC", (3, {3, 2}), (2, {2, 1})),
        ("BCC", (2, {2}), (1, {2, 1})),
        ("CCC", (1, {2, 1}), (1, {1})),
    ],
)
def test_the_usual_table_leads_from_every_pattern_to_its_grade(
    pattern: str, junior: tuple[int, set[int]], elementary: tuple[int, set[int]]
) -> None:
    for order in set(permutations(pattern)):
        assert grade(order, USUAL["J"], 5) == junior[0]
        assert grade(order, USUAL["P"], 3) == elementary[0]
        for rule, told in ((USUAL["J"], junior), (USUAL["P"], elementary)):
            entry = rule.entry(order)
            assert entry is not None
            assert set(entry.allowed) == told[1]


def test_the_usual_table_of_junior_high_is_its_average_rule() -> None:
    points = {"A": 3, "B": 2, "C": 1}
    for pattern in combinations_with_replacement("ABC", 3):
        mean = Fraction(sum(points[each] for each in pattern), 3)
        steps = ((27, 5), (25, 4), (15, 3), (11, 2), (0, 1))
        assert grade(pattern, USUAL["J"], 5) == next(told for tenths, told in steps if mean * 10 >= tenths)


def test_another_rule_has_its_own_viewpoints_cut_offs_and_order() -> None:
    assert letter(Fraction(725, 1000), OTHER) == "A"
    assert letter(Fraction(4125, 10000), OTHER) == "B"
    assert [grade(pattern, OTHER, 3) for pattern in ("AB", "BA", "BC", "CB", "CC")] == [2, 3, 1, 1, None]
    assert OTHER.table["BC"] == Entry(1, (1,))


def test_a_grade_the_school_does_not_have_is_not_proposed() -> None:
    assert grade("AAA", USUAL["J"], highest_grade([6])) is None
    assert grade("AAA", USUAL["P"], highest_grade([1])) is None
    assert grade("AAA", USUAL["P"], highest_grade([3])) == 3


@pytest.mark.parametrize(
    ("letters", "given_", "excused", "told"),
    [
        ("AAB", 3, False, ()),
        ("AAB", 1, False, (Warned.W1,)),
        ("ABC", 2, False, (Warned.W2,)),
        ("AA-", None, False, (Warned.W3,)),
        ("AA-", 3, False, (Warned.R12,)),
        ("---", 3, True, (Warned.R12,)),
        ("---", None, False, (Warned.R12_REASON,)),
        ("---", None, True, ()),
        ("AC-", 2, False, (Warned.W2, Warned.R12)),
    ],
)
def test_what_is_odd_is_warned_of(letters: str, given_: int | None, excused: bool, told: tuple[Warned, ...]) -> None:
    held = [None if each == "-" else each for each in letters]
    assert warnings(held, given_, USUAL["P"], excused=excused) == told


# -- always -----------------------------------------------------------------------------------------------------------


@given(st.lists(parts, max_size=8), rules)
def test_a_rate_is_what_fractions_say(held: list[Part], rule: Rule) -> None:
    used = [
        (Fraction(each.value or 0, each.maximum), each.weight)
        for each in held
        if counts(each, rule) and each.maximum and each.weight
    ]
    weights = sum(weight for _, weight in used)
    plain = sum((share * weight for share, weight in used), Fraction()) / weights if weights else None
    assert rate(held, rule) == plain


@given(st.lists(parts, max_size=6), rules, st.randoms(use_true_random=False))
def test_the_order_of_evidence_says_nothing(held: list[Part], rule: Rule, chance: Random) -> None:
    mixed = list(held)
    chance.shuffle(mixed)
    assert rate(mixed, rule) == rate(held, rule)


@given(st.lists(parts, max_size=6), rules, st.integers(2, 50))
def test_all_weights_times_a_number_change_nothing_and_so_do_score_and_maximum(
    held: list[Part], rule: Rule, times: int
) -> None:
    heavier = [replace(each, weight=None if each.weight is None else each.weight * times) for each in held]
    finer = [
        replace(
            each,
            value=None if each.value is None else each.value * times,
            maximum=None if each.maximum is None else each.maximum * times,
        )
        for each in held
    ]
    assert rate(heavier, rule) == rate(finer, rule) == rate(held, rule)


@given(st.lists(parts, min_size=1, max_size=6), rules, st.data())
def test_a_better_score_never_makes_a_letter_worse(held: list[Part], rule: Rule, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(held) - 1))
    if held[at].state != "scored":
        return
    better = [*held]
    better[at] = replace(held[at], value=data.draw(st.integers(held[at].value or 0, held[at].maximum or 100)))
    before, after = rate(held, rule), rate(better, rule)
    assert (before is None) == (after is None)
    assert before is None or after is None or after >= before
    if before is not None:
        assert str(letter(after, rule)) <= str(letter(before, rule))


@given(st.fractions(0, 1), rules, hundredths, hundredths)
def test_higher_cut_offs_never_make_a_letter_better(share: Fraction, rule: Rule, up_a: int, up_b: int) -> None:
    assert rule.cut_a is not None
    assert rule.cut_b is not None
    higher = rule.cut(rule.cut_a + up_a, rule.cut_b + up_b)
    assert str(letter(share, higher)) >= str(letter(share, rule))


@given(st.lists(parts, max_size=6), rules)
def test_a_rate_of_scores_within_their_maximum_is_between_nothing_and_all(held: list[Part], rule: Rule) -> None:
    share = rate(held, rule)
    assert share is None or 0 <= share <= 1


@given(st.permutations("AABBC").map(lambda letters: letters[:3]))
def test_a_better_letter_never_makes_the_usual_grade_worse(letters: list[str]) -> None:
    for rule, highest in ((USUAL["P"], 3), (USUAL["J"], 5)):
        before = grade(letters, rule, highest)
        for at, each in enumerate(letters):
            if each != "A":
                after = grade([*letters[:at], chr(ord(each) - 1), *letters[at + 1 :]], rule, highest)
                assert before is not None
                assert after is not None
                assert after >= before
