"""Attendance of the sample school: what is marked, what is taken, and how often children are away."""

from collections import Counter
from datetime import date

from sync.server.masters import usual as usual_masters
from sync.server.sample.calendar import calendar
from tests.sync.server.sample.made import TODAY, small, usual

AWAY = {"ABSENT_SICK", "ABSENT_ACCIDENT"}


def test_marks_and_taken_days_are_past_school_days() -> None:
    past = {day.isoformat() for day in calendar(2026, 3).until(TODAY)}
    assert {each["date"] for each in usual().of("attendance")} <= past
    taken = Counter(each["class"] for each in usual().of("attendance_day"))
    assert len(taken) == 24
    closed = Counter(each["class"] for each in usual().of("closure"))
    assert set(closed.values()) == {1, 3}
    assert {taken[room] + closed[room] for room in taken} == {len(past)}


def test_the_calendar_says_of_every_date_what_it_is() -> None:
    kinds = {each["date"]: each["kind"] for each in usual().of("school_day")}
    assert len(kinds) == 365
    assert {day for day, kind in kinds.items() if kind != "holiday"} == {
        day.isoformat() for day in calendar(2026, 3).days
    }


def test_on_a_closed_day_nothing_is_marked_or_taken() -> None:
    closed = {(each["class"], each["date"]) for each in usual().of("closure")}
    homes = {each["pupil"]: each["class"] for each in usual().of("membership") if each["kind"] == "home"}
    assert not closed & {(each["class"], each["date"]) for each in usual().of("attendance_day")}
    assert not closed & {(homes[each["pupil"]], each["date"]) for each in usual().of("attendance")}


def test_a_reason_stands_beside_a_mark_it_suits() -> None:
    codes = usual_masters.table("codes")
    attrs = {row["code"]: row["attrs"].split() for row in codes if row["set"] == "attendance_reason"}
    marks = {(each["pupil"], each["date"]): each["mark"] for each in usual().of("attendance")}
    notes = usual().of("attendance_note")
    assert len(notes) > len(marks) / 2
    for note in notes:
        assert marks[note["pupil"], note["date"]] in attrs[note["reason"]]


def test_a_present_pupil_has_no_record() -> None:
    marks = Counter(each["mark"] for each in usual().of("attendance"))
    assert "PRESENT" not in marks
    assert {"ABSENT_SICK", "ABSENT_ACCIDENT", "SUSPEND", "MOURNING", "LATE", "EARLY", "LATE_EARLY"} <= set(marks)


def test_children_are_away_as_often_as_real_ones() -> None:
    away = Counter(each["pupil"] for each in usual().of("attendance") if each["mark"] in AWAY)
    usual_days = sorted(away[pupil] for pupil in usual().ids("pupil"))
    assert 1 <= usual_days[300] <= 4
    assert usual_days[60] == 0
    assert usual_days[-1] > 40


def test_late_and_early_marks_carry_their_times_and_others_none() -> None:
    for each in usual().of("attendance"):
        assert ("late_at" in each) == (each["mark"] in ("LATE", "LATE_EARLY"))
        assert ("left_at" in each) == (each["mark"] in ("EARLY", "LATE_EARLY"))


def test_an_infection_goes_round_in_classes() -> None:
    made = small(date(2027, 3, 31))
    homes = {each["pupil"]: each["class"] for each in made.of("membership") if each["kind"] == "home"}
    together = Counter(
        (homes[each["pupil"]], each["date"]) for each in made.of("attendance") if each["mark"] == "SUSPEND"
    )
    assert max(together.values()) >= 3


def test_on_the_first_day_nothing_has_been_taken() -> None:
    made = small(date(2026, 4, 1))
    assert made.of("attendance") == []
    assert made.of("attendance_day") == []
