"""Names, classes and duties of the sample school."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from sync.records.kana import collation_key, hiragana
from sync.server.sample.names import NamePool, well_known
from sync.server.sample.words import table
from tests.sync.server.sample.made import small, usual

RARE = ("髙橋", "﨑山", "𠮷田", "柳瀨", "渡邉", "渡邊", "葛\U000e0100")


def test_no_two_pupils_share_a_full_name() -> None:
    names = Counter((each["family"], each["given"]) for each in usual().of("pupil"))
    assert [name for name, times in names.items() if times > 1] == []


def test_readings_are_hiragana_and_stand_beside_the_name_they_read() -> None:
    known: dict[str, set[str]] = {}
    for name in ("family_names", "family_names_rare", "class_3_2", "foreign_names"):
        for row in table(name):
            known.setdefault(row["family"], set()).add(row.get("kana") or row["kana_family"])
    for pupil in usual().of("pupil"):
        assert hiragana(pupil["kana_family"]) == pupil["kana_family"]
        assert pupil["kana_family"] in known[pupil["family"]]


def test_rare_characters_are_kept_as_typed() -> None:
    pool = NamePool(Random(1))
    drawn = "|".join(pool.child([]).family for _ in range(1_500))
    assert [name for name in RARE if name not in drawn] == []
    shown = "|".join(each["family"] for each in usual().of("pupil"))
    assert sum(name in shown for name in RARE) >= 5


def test_official_names_differ_from_display_names_for_some() -> None:
    displayed = {pupil: usual().by_id[pupil].fields for pupil in usual().ids("pupil")}
    official = usual().of("pupil_official")
    assert len(official) == 600
    differing = [each for each in official if each["family"] != displayed[each["pupil"]]["family"]]
    assert 8 <= len(differing) <= 60
    assert {each["glyph_state"] for each in official} == {"ok", "unmapped", "missing"}
    assert any("common_family" in each and "latin" in each for each in official)


def test_nobody_is_called_like_somebody_in_public_life() -> None:
    assert well_known("大谷翔平")
    pool = NamePool(Random(5))
    drawn = [pool.child([]) for _ in range(1_500)]
    assert not any(well_known(name.family + name.given) for name in drawn)


def test_class_lists_run_by_reading_with_those_who_came_later_last() -> None:
    """R13, R14."""
    for room in usual().of("class"):
        if room["kind"] == "regular":
            places = [each for each in usual().of("membership") if each["class"] == f"2026:{room['key']}"]
            numbers = sorted(each["number"] for each in places)
            assert numbers == list(range(1, len(places) + 1))
            first = [each for each in places if each["kind"] == "home" and each["from"] == "2026-04-01"]
            names = [usual().by_id[each["pupil"]].fields for each in sorted(first, key=lambda each: each["number"])]
            keys = [(collation_key(name["kana_family"]), collation_key(name["kana_given"])) for name in names]
            assert keys == sorted(keys)
            later = [each["number"] for each in places if each["from"] > "2026-04-01"]
            assert sorted(numbers)[len(numbers) - len(later) :] == sorted(later)


def test_those_who_left_keep_their_number_and_have_no_mark_after_their_last_day() -> None:
    """R06, R15."""
    gone = {each["pupil"]: each["to"] for each in usual().of("enrolment") if "to" in each}
    assert len(gone) == 4
    assert {each["to"] for each in usual().of("membership") if each["pupil"] in gone} == set(gone.values())
    came = {each["pupil"]: each["from"] for each in usual().of("membership") if each["kind"] == "home"}
    for mark in usual().of("attendance"):
        assert came[mark["pupil"]] <= mark["date"] <= gone.get(mark["pupil"], "2027-03-31")


def test_special_support_pupils_sit_in_a_class_of_their_grade_and_count_once() -> None:
    """R23."""
    guests = [each for each in usual().of("membership") if each["kind"] == "exchange"]
    homes = {each["pupil"]: each["class"] for each in usual().of("membership") if each["kind"] == "home"}
    assert len(guests) == 7
    assert all(homes[each["pupil"]] == "2026:sp-1" for each in guests)
    assert len(homes) == 600
    classes = {each["pupil"]: usual().by_id[each["pupil"]].fields["@classes"] for each in guests}
    assert all({each["class"], "2026:sp-1"} <= set(classes[each["pupil"]]) for each in guests)


def test_the_class_of_the_guided_tour_is_always_the_same() -> None:
    listed = usual().pupils_of("2026:3-2")
    names = [f"{pupil['family']} {pupil['given']}" for _, _, pupil in listed]
    assert len(names) == 28
    assert {"髙橋 陽菜", "﨑山 蓮", "木下 悠真", "加納 一颯"} <= set(names)
    enrolled = {each["pupil"]: each for each in usual().of("enrolment")}
    assert enrolled[listed[6][1]]["leave"] == "transferred"
    assert enrolled[listed[27][1]]["entry"] == "transfer_in"


@pytest.mark.parametrize("today", [date(2026, 4, 1), date(2026, 4, 7), date(2027, 3, 31)], ids=str)
def test_moves_lie_within_the_year_and_not_after_today(today: date) -> None:
    for each in small(today).of("enrolment"):
        assert "to" not in each or "2026-04-01" <= each["to"] <= today.isoformat()
        assert each["from"] <= today.isoformat()


def test_every_duty_a_school_needs_is_held() -> None:
    roles = Counter(each["role"] for each in usual().of("duty"))
    single = {"principal": 1, "vice": 1, "academic": 1, "nurse": 1, "clerk": 1, "special": 1, "resource": 1, "ict": 1}
    assert single.items() <= roles.items()
    assert (roles["homeroom"], roles["grade_lead"], roles["form_owner"]) == (23, 6, 1)
    taught = {each["target"] for each in usual().of("duty") if each["role"] == "subject"}
    assert taught == {each["@lesson"] for each in usual().of("course")}


def test_two_teachers_of_the_guided_tour_share_a_course() -> None:
    staff = {usual().by_id[key].fields["name"]: key for key in usual().ids("staff")}
    held = {
        name: {(each["role"], each["target"]) for each in usual().of("duty") if each["staff"] == staff[name]}
        for name in ("田中 葵", "佐藤 涼")
    }
    assert ("homeroom", "2026:3-2") in held["田中 葵"]
    own = {each["@lesson"] for each in usual().of("course") if each["class"] == "2026:3-2"}
    assert {("subject", code) for code in own} <= held["田中 葵"]
    assert ("subject", "2026:3-2:math") in held["佐藤 涼"]
    assert ("homeroom", "2026:3-2") not in held["佐藤 涼"]


def test_some_members_of_staff_hold_several_duties_and_some_teach_in_other_classes() -> None:
    rooms = {each["staff"]: each["target"] for each in usual().of("duty") if each["role"] == "homeroom"}
    elsewhere = [
        each
        for each in usual().of("duty")
        if each["role"] == "subject" and each["staff"] in rooms and not each["target"].startswith(rooms[each["staff"]])
    ]
    assert len(elsewhere) >= 20
