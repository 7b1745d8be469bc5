"""The report says in both languages what is wrong and what to do, in columns a person can read."""

import csv
import json
import unicodedata

import pytest

from sync.server.roster.problem import SHOWN, Kind, Problem, Problems, Severity
from sync.server.roster.report import VALUE_SHOWN, Changed, Report, shortened
from sync.server.roster.words import TERMS, Language, headings, words
from tests.sync.server.roster.builder import changed, put, read

LOST = put("enrollments", 13, "classSourcedId", "00000000-0000-4000-8000-00000000dead")


def report_of(*problems: Problem, taken: bool = False) -> Report:
    found = Problems()
    found.extend(problems)
    return Report("RO_20260401_B105299999010.zip", taken, {"users": 68}, found, {})


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_problem_has_words_and_every_word_a_problem(language: Language) -> None:
    said = words(language)
    assert set(said) == {kind.key for kind in Kind}
    assert all(sentence.what and sentence.todo for sentence in said.values())


def test_no_problem_is_worded_twice() -> None:
    with (TERMS / "roster_problems.csv").open(encoding="utf-8", newline="") as file:
        keys = [row["key"] for row in csv.DictReader(file)]
    assert len(keys) == len(set(keys))


def test_the_json_report_names_file_row_column_value_and_what_to_do() -> None:
    reading = read(changed(LOST))
    body = json.loads(
        Report("p.zip", taken=False, counts=reading.counts, problems=reading.problems, changed={}).as_json("en")
    )
    assert (body["taken"], body["errors"], body["warnings"], body["counts"]["users"]) == (False, 1, 0, 68)
    assert body["problems"] == [
        {
            "file": "enrollments.csv",
            "row": 13,
            "column": "classSourcedId",
            "value": "00000000-0000-4000-8000-00000000dead",
            "number": 6,
            "kind": "reference",
            "severity": "error",
            "what": "This points to a row that classes.csv does not have.",
            "todo": "Add that row or correct this value, and export again.",
        }
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_text_report_has_straight_columns(language: Language) -> None:
    problems = [
        Problem(Kind.REFERENCE, "enrollments.csv", 13, "classSourcedId", "x", "classes.csv"),
        Problem(Kind.CHARACTER_RARE, "users.csv", 1300, "familyName", "髙橋"),
    ]
    text = report_of(*problems).as_text(language)
    head, first, second = next(block for block in text.split("\n\n") if "13" in block and "users" in block).split("\n")
    said = headings(language)
    for key, cell in (("row", "1300"), ("column", "familyName"), ("value", "髙橋"), ("severity", said["warning"])):
        at = width(head[: head.index(f"  {said[key]}") + 2])
        assert width(second[: second.index(f"  {cell}") + 2]) == at
        assert first.startswith("enrollments.csv  13")


def test_a_taken_package_lists_what_changed() -> None:
    report = Report(
        "p.zip", taken=True, counts={"users": 68}, problems=Problems(), changed={"pupil": Changed(58, 2, 0, 1)}
    )
    assert ["Pupil", "58", "2", "0", "1"] in [line.split() for line in report.as_text("en").split("\n")]
    assert json.loads(report.as_json())["changed"]["pupil"] == {
        "created": 58,
        "changed": 2,
        "deleted": 0,
        "unchanged": 1,
    }


def test_a_long_value_is_cut_and_cannot_break_the_table() -> None:
    assert shortened("長" * 100) == "長" * (VALUE_SHOWN - 1) + "…"
    assert shortened("a\nb\x1b[31m\u202ec") == "a�b�[31m�c"
    assert shortened("佐藤　花") == "佐藤　花"


def test_problems_beyond_the_limit_are_counted_and_errors_come_first() -> None:
    many = [Problem(Kind.CHARACTER_RARE, "users.csv", n) for n in range(SHOWN + 5)]
    report = report_of(*many, Problem(Kind.REFERENCE, "users.csv", 7, hint="classes.csv"))
    assert report.problems.warning_count == SHOWN + 5
    assert report.problems.all()[0].kind.severity is Severity.ERROR
    assert len(report.problems.all()) == SHOWN + 1
    assert "5" in report.as_text("en").split("\n\n")[-1]
    assert report.problems.refused
