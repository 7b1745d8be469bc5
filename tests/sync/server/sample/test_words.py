"""The tables of resources/sample fit each other."""

import re

from sync.server.masters import usual
from sync.server.sample.phrases import CHOICE
from sync.server.sample.words import table

MONTHS = [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]
SLOTS = {"unit", "role", "committee", "theme", "show", "trip", "meeting", "next"}


def test_units_belong_to_a_grade_that_has_the_subject_and_run_through_the_year() -> None:
    taught = {(row["code"], grade) for row in usual.table("subjects") for grade in "123456" if row[f"P{grade}"]}
    lettered = {pair for pair in taught if pair[0] not in ("moral", "fla", "integ", "special")}
    units = [row for row in table("units") if row["grade"] != "0"]
    assert {(row["subject"], row["grade"]) for row in units} == lettered
    for subject, grade in lettered:
        months = [
            MONTHS.index(int(row["month"])) for row in units if (row["subject"], row["grade"]) == (subject, grade)
        ]
        assert months == sorted(months)
        assert len(months) >= 7


def test_a_title_comes_once_in_a_subject_and_grade() -> None:
    rows = [(row["subject"], row["grade"], row["title"]) for row in table("units")]
    assert len(set(rows)) == len(rows)


def test_every_phrase_is_well_formed() -> None:
    for row in table("remarks"):
        plain = CHOICE.sub("", row["text"])
        assert "[" not in plain
        assert "]" not in plain
        assert set(re.findall(r"\{(\w+)\}", row["text"])) <= SLOTS
        assert set(row["bands"]) <= set("LMH")
        assert row["text"].endswith("。")


def test_every_phrase_can_be_reached() -> None:
    kinds = {row["subject"] for row in table("units")} | {f"{row['subject']}.{row['kind']}" for row in table("units")}
    kinds |= {"-", "event", "moral", "fla", "integ"}
    assert [row for row in table("remarks") if not set(row["match"].split()) <= kinds] == []


def test_assessments_speak_of_known_subjects_kinds_and_viewpoints() -> None:
    codes = {(row["set"], row["code"]) for row in usual.table("codes")}
    kinds = {(row["subject"], row["kind"]) for row in table("units")}
    for row in table("assessments"):
        assert ("evidence", row["kind"]) in codes
        assert all((row["subject"], kind) in kinds for kind in row["units"].split())
        assert all(("viewpoint", cell.split(":")[0]) in codes for cell in row["parts"].split())
        assert len(row["title"]) <= 40


def test_name_lists_have_readings_and_no_doubles() -> None:
    for name in ("family_names", "family_names_rare", "given_names_children", "given_names_adults"):
        rows = table(name)
        assert all(re.fullmatch(r"[ぁ-ゖー]+", row["kana"]) for row in rows)
        column = "family" if name.startswith("family") else "given"
        assert len({(row[column], row["kana"], row.get("official")) for row in rows}) == len(rows)
