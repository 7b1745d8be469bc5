"""Evidence, scores, letters and 評定 of the sample school follow the rules of assessment."""

from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from sync.server.masters.usual import code_items
from sync.server.sample.calendar import Event, calendar
from tests.sync.server.sample.made import TODAY, Made, small, usual

YEAR_END = date(2027, 3, 31)
VIEWPOINTS = ("know", "think", "attitude")
AGE_OF_SUBJECT = {
    "life": {1, 2},
    "soc": {3, 4, 5, 6},
    "sci": {3, 4, 5, 6},
    "home": {5, 6},
    "eng": {5, 6},
    "fla": {3, 4},
}


def letters_by_hand(made: Made) -> dict[tuple[str, str, str, str], str]:
    """What the rule makes of the scores, with fractions: domain.md 6.2 and 6.3."""
    parts = {key: made.by_id[key].fields for key in made.ids("evidence_part")}
    shares = defaultdict[tuple[str, str, str, str], list[tuple[Fraction, int]]](list)
    for score in made.of("score"):
        if score["state"] == "scored":
            part = parts[score["evidence_part"]]
            term = made.by_id[part["evidence"]].fields["term"]
            for each in (term, f"{term[:4]}-0"):
                key = (score["pupil"], score["@lesson"], each, part["viewpoint"])
                shares[key].append((Fraction(score["value"], part["max"]), part["weight"]))
    means = {key: sum(r * w for r, w in all_) / sum(w for _, w in all_) for key, all_ in shares.items()}
    return {
        key: "A" if mean >= Fraction(80, 100) else "B" if mean >= Fraction(1, 2) else "C" for key, mean in means.items()
    }


def key_of(grade: Any) -> tuple[str, str, str, str]:
    return grade["pupil"], grade["course"], grade["term"], grade.get("viewpoint", "")


def test_every_proposed_letter_is_what_the_rule_makes_of_the_scores() -> None:
    """R11."""
    made = small(YEAR_END)
    by_hand = letters_by_hand(made)
    grades = made.of("viewpoint_grade")
    assert len(grades) > 4_000
    assert [each for each in grades if each.get("proposed") != by_hand.get(key_of(each))] == []


def test_every_grade_comes_from_the_table_and_only_from_grade_three_on() -> None:
    """R08, R10."""
    made = small(YEAR_END)
    age = made.grade_of()
    rule = next(each for each in made.of("grading_rule") if each["stage"] == "P")
    table_ = {row["pattern"]: row for row in rule["table"]}
    letters = {key_of(each): each.get("value") for each in made.of("viewpoint_grade")}
    for each in made.of("course_grade"):
        assert age[each["pupil"]] >= 3
        pattern = "".join(sorted(letters[(*key_of(each)[:3], view)] or "-" for view in VIEWPOINTS))
        if "value" in each:
            assert each["proposed"] == table_[pattern]["default"]
            assert each["value"] in {1, 2, 3} & set(table_[pattern]["allowed"])
    graded = {each["pupil"] for each in made.of("course_grade")}
    assert graded == {pupil for pupil, grade in age.items() if grade >= 3} - _gone_early(made)


def _gone_early(made: Made) -> set[str]:
    return {each["pupil"] for each in made.of("enrolment") if each.get("to", "2099") < "2026-07-22"}


def test_a_letter_differs_from_its_proposal_only_with_a_reason() -> None:
    for type_ in ("viewpoint_grade", "course_grade"):
        for each in usual().of(type_):
            differs = each.get("value") != each.get("proposed")
            assert each["basis"] == ("manual" if differs or "value" not in each else "auto")
            assert ("reason" in each) == (differs and "value" in each)


def test_no_letters_at_all_need_a_reason_and_some_letters_never_stand_alone() -> None:
    """R12."""
    by_course = defaultdict[tuple[str, ...], list[Any]](list)
    for each in usual().of("viewpoint_grade"):
        by_course[key_of(each)[:3]].append(each)
    for three in by_course.values():
        assert len({"value" in each for each in three}) == 1
        assert all(("unrated" in each) == ("value" not in each) for each in three)
        assert sorted(each["viewpoint"] for each in three) == sorted(VIEWPOINTS)


def test_subjects_are_taught_in_their_grades_and_texts_have_no_letters() -> None:
    """R09, R39, R40."""
    for each in usual().of("course"):
        grade = each["class"].partition(":")[2][0]
        if grade.isdigit() and each["subject"] in AGE_OF_SUBJECT:
            assert int(grade) in AGE_OF_SUBJECT[each["subject"]]
        assert each["text_only"] == (each["subject"] in ("moral", "fla", "integ"))
    lettered = {each["course"].rpartition(":")[2] for each in usual().of("viewpoint_grade")}
    assert lettered.isdisjoint({"moral", "fla", "integ"})
    assert all(not each["course"].endswith((":moral", ":fla", ":integ")) for each in usual().of("evidence"))


def test_letters_are_spread_as_in_a_real_school() -> None:
    for viewpoint in VIEWPOINTS:
        values = Counter(each.get("value") for each in usual().of("viewpoint_grade") if each["viewpoint"] == viewpoint)
        total = sum(values.values())
        assert 0.25 < values["A"] / total < 0.6
        assert 0.01 < values["C"] / total < 0.12


def test_results_of_a_child_hang_together() -> None:
    """A child good in one subject is mostly good in another: no dice are thrown per cell."""
    points = {"A": 3, "B": 2, "C": 1}
    sums = defaultdict[str, dict[str, int]](lambda: defaultdict(int))
    for each in usual().of("viewpoint_grade"):
        subject = each["course"].rpartition(":")[2]
        sums[subject][each["pupil"]] += points.get(each.get("value", ""), 0)
    both = [(sums["jpn"][pupil], sums["math"][pupil]) for pupil in sums["jpn"] if pupil in sums["math"]]
    low, high = [b for a, b in both if a <= 6], [b for a, b in both if a == 9]
    assert sum(high) / len(high) - sum(low) / len(low) > 0.8


def test_values_fit_their_part_and_every_state_occurs() -> None:
    parts = {key: usual().by_id[key].fields["max"] for key in usual().ids("evidence_part")}
    states = Counter[str]()
    for score in usual().of("score"):
        states[score["state"]] += 1
        assert ("value" in score) == (score["state"] == "scored")
        assert 0 <= score.get("value", 0) <= parts[score["evidence_part"]]
    assert set(states) == {"scored", "not_done", "not_submitted", "absent", "excluded", "pending"}


def test_finished_units_are_filled_and_the_future_is_blank() -> None:
    day = {
        key: usual().by_id[usual().by_id[key].fields["evidence"]].fields["date"] for key in usual().ids("evidence_part")
    }
    filled = Counter(score["evidence_part"] for score in usual().of("score"))
    assert all(filled[part] == 0 for part in day if day[part] >= TODAY.isoformat())
    assert all(filled[part] > 0 for part in day if day[part] < "2026-11-01")
    assert any(day[part] >= TODAY.isoformat() for part in day)


def columns(made: Made, lesson: str) -> list[tuple[str, str, str, int]]:
    """(unit, evidence, viewpoint, filled cells) of a course in the order of days."""
    filled = Counter(score["evidence_part"] for score in made.of("score"))
    rows = list[tuple[str, str, str, str, int]]()
    for key in made.ids("evidence_part"):
        part = made.by_id[key].fields
        if part["@lesson"] == lesson:
            evidence = made.by_id[part["evidence"]].fields
            rows.append((evidence["date"], evidence["unit_name"], evidence["title"], part["viewpoint"], filled[key]))
    return [row[1:] for row in sorted(rows, key=lambda row: row[0])]


def test_the_guided_tour_finds_two_cells_to_fill_in_the_test_of_the_current_unit() -> None:
    rows = columns(usual(), "2026:3-2:math")
    unit = rows[-1][0]
    test = [filled for name, title, _, filled in rows if name == unit and title == "まとめ"]
    assert test == [25, 25]
    assert rows[-1][3] == 0
    assert all(filled >= 26 for name, _, _, filled in rows if name != unit)


def test_something_is_there_to_enter_on_every_day_of_a_running_term() -> None:
    for today in (date(2026, 4, 3), date(2026, 4, 8), date(2026, 8, 10), date(2026, 9, 1), date(2027, 1, 5)):
        made = small(today)
        assert any(not each["closed"] for each in made.of("evidence"))
        assert {each["kind"] for each in made.of("evidence")} <= {item["code"] for _, item in code_items()}


def test_evidence_of_finished_terms_is_closed_and_lies_within_its_term() -> None:
    terms = {f"2026-{each['no']}": each for each in usual().of("term")}
    for each in usual().of("evidence"):
        term = terms[each["term"]]
        assert term["start"] <= each["date"] <= term["end"]
        assert each["closed"] == (each["term"] == "2026-1")


def test_each_unit_has_three_or_more_pieces_of_evidence_over_all_viewpoints() -> None:
    units = defaultdict[tuple[str, str], set[str]](set)
    pieces = Counter[tuple[str, str]]()
    for key in usual().ids("evidence"):
        evidence = usual().by_id[key].fields
        pieces[(evidence["course"], evidence["unit_name"])] += 1
    for part in usual().of("evidence_part"):
        evidence = usual().by_id[part["evidence"]].fields
        units[(evidence["course"], evidence["unit_name"])].add(part["viewpoint"])
    assert sum(3 <= count <= 4 for count in pieces.values()) / len(pieces) > 0.9
    assert sum(found == set(VIEWPOINTS) for found in units.values()) / len(units) > 0.9


def test_nobody_is_tested_on_a_sports_day_or_a_trip() -> None:
    days = {(each["course"].partition(":")[2][0], each["date"]) for each in usual().of("evidence")}
    out = {
        (str(grade), event.day.isoformat())
        for event in calendar(2026, 3).events
        for grade in event.grades
        if _out(event)
    }
    assert len(out) > 15
    assert days & out == set()


def _out(event: Event) -> bool:
    return event.on_saturday or event.talk == "trip"
