"""What a class is proposed, where decisions differ from it, and what taking over or other cut-offs would change."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.grades.record import Lesson, Term
from client.register.record import RosterRow
from client.summing_up.record import (
    AUTO,
    GRADE,
    MANUAL,
    UNDECIDED,
    Basis,
    Book,
    Cell,
    Change,
    Decision,
    Kind,
    Line,
    Told,
    Viewpoint,
    Work,
    decision_of,
)
from client.summing_up.rules import (
    Reason,
    Scope,
    decided,
    findings,
    kept,
    parse,
    percent,
    shift,
    shown,
    summed,
    taken_over,
    values_of,
)
from client.terms import entry_words
from sync.records.derive.grading import Part, rule_of
from sync.server.masters import usual

WORDS = entry_words("ja")
USUAL = rule_of(usual.grading_rule(2026, "P")[1])
OTHER = rule_of(
    {
        "cut_a": 70_00,
        "cut_b": 33_33,
        "not_submitted": "zero",
        "version": 4,
        "table": [
            {"pattern": "AA", "default": 2, "allowed": [2, 3]},
            {"pattern": "AB", "default": 2, "allowed": [2]},
            {"pattern": "BB", "default": 1, "allowed": [1]},
        ],
    }
)
"""Of another board: two viewpoints, other cut-offs, 1 to 3, and ◎○△ on screen."""
MARKS = {"A": "◎", "B": "○", "C": "△"}
THREE, TWO = ("know", "think", "attitude"), ("know", "think")
LESSON = Lesson("2026:3-2:math", "2026:3-2", "3年2組", "math", "算数", 3, live=True, writable=True)
TERM = Term("2026-1", 1, "1学期", "2026-04-01", "2026-07-31")


def part(percent_: int | None, state: str = "scored") -> Part:
    return Part(state, None if percent_ is None else percent_ * 100, 100_00, 1_00)


def line(
    pupil: str, held: dict[str, Decision], shares: dict[str, Part], *, gone: bool = False, highest: int = 3
) -> Line:
    who = RosterRow(pupil, 1, "見本", pupil, "みほん", guest=False, left_on="2026-06-01" if gone else None)
    cells = {key: Cell(f"{pupil}.{key}", held.get(key, UNDECIDED), exists=key in held) for key in (*THREE, GRADE)}
    work = Work("w", "テスト", "", "", None, 100_00, 1_00)
    bases = {key: Basis(((work, each),)) for key, each in shares.items()}
    return Line(who, "2026:3-2", highest, cells, bases)


def book(*lines: Line, **facts: Any) -> Book:
    codes = facts.pop("codes", THREE)
    viewpoints = tuple(Viewpoint(code, code, code) for code in codes)
    facts = {"graded": True, "taught": True, "rule": USUAL, **facts}
    return Book(LESSON, TERM, viewpoints, lines=lines, **facts)


def auto(value: Told, proposed: Told = "same") -> Decision:
    return Decision(value, AUTO, value if proposed == "same" else proposed, version=1)


def by_hand(value: Told, proposed: Told, reason: str = "提出物のため") -> Decision:
    return Decision(value, MANUAL, proposed, reason, version=1)


FULL = {"know": part(90), "think": part(60), "attitude": part(85)}
"""A, B, A: 3 by the usual table."""


def kinds(held: Book) -> list[tuple[str, Kind]]:
    return [(each.key, each.kind) for each in findings(held, summed(held, held.rule))]


def test_each_viewpoint_and_the_grade_are_computed_beside_what_was_decided() -> None:
    held = book(line("p", {}, FULL))
    told = summed(held, held.rule)["p"]
    assert [told[key].value for key in held.keys] == ["A", "B", "A", 3]
    assert percent(told["know"]) == "90.0"


def test_a_grade_is_computed_from_decided_letters_and_from_computed_ones_only_where_nothing_is_decided() -> None:
    held = book(line("p", {"know": by_hand("C", "A"), "think": auto("B")}, FULL))
    assert summed(held, held.rule)["p"][GRADE].value == 2
    unrated = book(line("p", {"know": Decision(unrated="long_absence")}, FULL))
    assert summed(unrated, unrated.rule)["p"][GRADE].value is None


def test_a_share_is_cut_and_never_rounded_up_over_a_cut_off() -> None:
    held = book(line("p", {}, {"know": Part("scored", 79_99, 100_00, 1_00)}))
    told = summed(held, held.rule)["p"]["know"]
    assert (percent(told), told.value) == ("79.9", "B")


@pytest.mark.parametrize(
    ("decision", "share", "told"),
    [
        (UNDECIDED, part(90), [Kind.BLANK]),
        (UNDECIDED, part(None, "absent"), [Kind.NO_EVIDENCE]),
        (auto("A"), part(90), []),
        (auto("A"), part(60), [Kind.CHANGED]),
        (by_hand("B", "A"), part(90), [Kind.OVERRIDDEN]),
        (by_hand("B", "A", ""), part(90), [Kind.DIFFERS]),
        (by_hand("B", "A"), part(10), [Kind.CHANGED, Kind.OVERRIDDEN]),
        (by_hand("B", "A"), part(60), [Kind.CHANGED]),
        (by_hand("B", None, ""), part(60), []),
        (by_hand("B", None, ""), part(None, "absent"), [Kind.NO_EVIDENCE]),
        (Decision(unrated="long_absence"), part(90), []),
    ],
)
def test_a_cell_is_on_the_list_for_what_is_the_matter_with_it(
    decision: Decision, share: Part, told: list[Kind]
) -> None:
    held = book(line("p", {"know": decision}, {"know": share}), codes=("know",), graded=False)
    assert [kind for _, kind in kinds(held)] == told


@pytest.mark.parametrize(
    ("letters", "given_", "told"),
    [
        ("ABA", 3, None),
        ("ABA", 1, Kind.NOT_ALLOWED),
        ("ACA", 2, Kind.A_AND_C),
        ("AB-", None, Kind.LETTERS_MISSING),
        ("AB-", 3, Kind.INCOMPLETE),
    ],
)
def test_what_is_odd_in_itself_is_on_the_list(letters: str, given_: int | None, told: Kind | None) -> None:
    held = {code: auto(each) for code, each in zip(THREE, letters, strict=True) if each != "-"}
    if given_ is not None:
        held[GRADE] = auto(given_)
    found = [kind for key, kind in kinds(book(line("p", held, FULL))) if key == GRADE]
    assert told is None or told in found
    assert told is not None or Kind.NOT_ALLOWED not in found


def test_who_has_left_is_not_waited_for() -> None:
    held = book(line("p", {}, FULL, gone=True))
    assert kinds(held) == []
    assert taken_over(held, summed(held, held.rule), Scope.ALL) == []


def test_a_filter_keeps_the_lines_with_such_a_finding() -> None:
    held = book(line("p", {"know": by_hand("B", "A")}, FULL), line("q", {}, FULL))
    found = findings(held, summed(held, held.rule))
    assert [each.id for each in kept(held, found, {Kind.OVERRIDDEN})] == ["p"]
    assert [each.id for each in kept(held, found, frozenset())] == ["p", "q"]


# -- deciding ---------------------------------------------------------------------------------------------------------


def test_a_typed_value_is_the_programs_where_it_is_the_computed_one_and_by_hand_else() -> None:
    assert decided("A", "A", USUAL) == Decision("A", AUTO, "A", version=1)
    assert decided("B", "A", USUAL) == Decision("B", MANUAL, "A", version=1)
    assert decided(None, "A", USUAL, by_hand("B", "A")) == UNDECIDED
    assert decided("C", "A", USUAL, by_hand("B", "A", "見学のため")).reason == "見学のため"
    assert decided("A", "A", USUAL, by_hand("B", "A", "見学のため")).reason == ""


def test_blank_cells_take_the_computed_values_over_and_the_grade_follows_the_letters_as_they_will_be() -> None:
    held = book(line("p", {"know": by_hand("C", "A")}, FULL))
    changes = taken_over(held, summed(held, held.rule), Scope.BLANK)
    assert [(each.key, each.decided.value, each.decided.basis) for each in changes] == [
        ("think", "B", AUTO),
        ("attitude", "A", AUTO),
        (GRADE, 2, AUTO),
    ]


def test_all_cells_take_over_but_for_what_is_the_same_and_what_cannot_be_rated() -> None:
    held = book(
        line("p", {"know": by_hand("C", "A"), "think": auto("B")}, FULL),
        line("q", {code: Decision(unrated="long_absence") for code in (*THREE, GRADE)}, FULL),
    )
    changes = taken_over(held, summed(held, held.rule), Scope.ALL)
    assert [(each.line.id, each.key, each.decided.value) for each in changes] == [
        ("p", "know", "A"),
        ("p", "attitude", "A"),
        ("p", GRADE, 3),
    ]


def test_other_cut_offs_are_taken_over_as_decisions_by_hand_where_the_rule_says_another_value() -> None:
    held = book(line("p", {}, FULL))
    changes = taken_over(held, summed(held, held.rule), Scope.BLANK, USUAL.cut(95_00, 50_00), "難しいテストのため")
    assert [(each.key, each.decided) for each in changes] == [
        ("know", Decision("B", MANUAL, "A", "難しいテストのため", version=1)),
        ("think", Decision("B", AUTO, "B", version=1)),
        ("attitude", Decision("B", MANUAL, "A", "難しいテストのため", version=1)),
        (GRADE, Decision(2, AUTO, 2, version=1)),
    ]


def test_other_cut_offs_say_whom_they_move_and_how_the_class_is_spread() -> None:
    held = book(line("p", {}, FULL), line("q", {}, {**FULL, "think": part(30)}), line("r", {}, FULL, gone=True))
    told = shift(held, summed(held, held.rule), summed(held, USUAL.cut(88_00, 50_00)))
    assert told.pupils == 2
    assert (dict(told.before["attitude"]), dict(told.after["attitude"])) == ({"A": 2}, {"B": 2})
    assert sum(told.after[GRADE].values()) == 2


def test_b_is_never_cut_above_a() -> None:
    assert (USUAL.cut(40_00, 50_00).cut_a, USUAL.cut(40_00, 50_00).cut_b) == (40_00, 40_00)


# -- another board ----------------------------------------------------------------------------------------------------


def test_nothing_of_a_rule_is_fixed_in_the_program() -> None:
    held = book(
        line("p", {}, {"know": part(70), "think": part(34)}),
        line("q", {}, {"know": part(None, "not_submitted"), "think": part(70)}),
        codes=TWO,
        rule=OTHER,
        symbols=MARKS,
    )
    told = summed(held, OTHER)
    assert [shown(told["p"][key].value, MARKS) for key in held.keys] == ["◎", "○", "2"]
    assert [shown(told["q"][key].value, MARKS) for key in held.keys] == ["△", "◎", ""]
    assert values_of(held, GRADE) == (3, 2, 1)
    assert parse("◎", held, held.lines[0], "know", WORDS) == "A"
    assert parse("△", held, held.lines[0], "know", WORDS) == "C"


def test_a_boards_own_symbols_come_before_what_people_usually_type() -> None:
    own = book(line("p", {}, FULL), symbols={"A": "1", "B": "C", "C": "特"})
    assert [parse(text, own, own.lines[0], "know", WORDS) for text in ("1", "C", "特", "A")] == ["A", "B", "C", "A"]


# -- typing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key", "told"),
    [
        ("a", "know", "A"),
        ("２", "know", "B"),
        ("c", "know", "C"),
        ("", "know", None),
        ("x", "know", Reason.NOT_A_LETTER),
        ("4", "know", Reason.NOT_A_LETTER),
        ("3", GRADE, 3),
        ("１", GRADE, 1),
        ("", GRADE, None),
        ("4", GRADE, Reason.NOT_A_GRADE),
        ("0", GRADE, Reason.NOT_A_GRADE),
        ("A", GRADE, Reason.NOT_A_GRADE),
    ],
)
def test_one_key_is_a_letter_or_a_grade_of_this_year(text: str, key: str, told: Told | Reason) -> None:
    held = book(line("p", {}, FULL))
    assert parse(text, held, held.lines[0], key, WORDS) == told


def test_a_junior_high_pupil_may_have_a_five_and_a_first_grader_none_at_all() -> None:
    held = book(line("p", {}, FULL, highest=5), line("q", {}, FULL, highest=0))
    assert parse("5", held, held.lines[0], GRADE, WORDS) == 5
    assert parse("3", held, held.lines[1], GRADE, WORDS) is Reason.NO_GRADE


def test_a_subject_of_other_years_a_leaver_and_a_reader_take_no_value() -> None:
    there = line("p", {}, FULL)
    assert parse("a", book(there, taught=False), there, "know", WORDS) is Reason.NOT_TAUGHT
    assert parse("a", book(there), replace(line("q", {}, FULL, gone=True)), "know", WORDS) is Reason.LEFT
    reader = replace(book(there), lesson=replace(LESSON, writable=False))
    assert parse("a", reader, there, "know", WORDS) is Reason.READ_ONLY


# -- always -----------------------------------------------------------------------------------------------------------

shares = st.fixed_dictionaries({code: st.integers(0, 100).map(part) for code in THREE})
letters = st.sampled_from([UNDECIDED, auto("A"), auto("C"), by_hand("B", "A"), Decision(unrated="other")])
classes = st.lists(st.tuples(st.fixed_dictionaries(dict.fromkeys(THREE, letters)), shares), max_size=5).map(
    lambda pupils: book(*(line(f"p{at}", held, own) for at, (held, own) in enumerate(pupils)))
)


def applied(held: Book, changes: list[Change]) -> Book:
    by = {(each.line.id, each.key): each.decided for each in changes}
    lines = tuple(
        replace(
            each,
            cells={
                key: replace(cell, decided=by.get((each.id, key), cell.decided)) for key, cell in each.cells.items()
            },
        )
        for each in held.lines
    )
    return replace(held, lines=lines)


@given(classes)
def test_after_all_is_taken_over_nothing_differs_and_a_second_time_changes_nothing(held: Book) -> None:
    after = applied(held, taken_over(held, summed(held, held.rule), Scope.ALL))
    left = {kind for _, kind in kinds(after)}
    assert not left & {Kind.DIFFERS, Kind.OVERRIDDEN, Kind.CHANGED, Kind.NOT_ALLOWED}
    assert taken_over(after, summed(after, after.rule), Scope.ALL) == []


@given(classes)
def test_taking_over_the_blank_ones_leaves_every_decision_alone(held: Book) -> None:
    for change in taken_over(held, summed(held, held.rule), Scope.BLANK):
        assert change.cell.decided.blank


@given(classes, st.integers(0, 100), st.integers(0, 100))
def test_a_trial_says_as_many_pupils_as_are_there(held: Book, upper: int, lower: int) -> None:
    told = shift(held, summed(held, held.rule), summed(held, USUAL.cut(upper * 100, lower * 100)))
    assert 0 <= told.pupils <= len(held.lines)
    for key in held.keys:
        assert sum(told.before[key].values()) == sum(told.after[key].values()) == len(held.lines)


def test_fields_of_a_unit_are_a_decision_and_none_is_nothing() -> None:
    fields = {"value": "A", "basis": AUTO, "proposed": "A", "reason": None, "unrated": None, "rule_version": 1}
    assert decision_of(fields) == Decision("A", AUTO, "A", version=1)
    assert decision_of(None) == UNDECIDED
