"""The registry: every declared type holds together, and ids, scopes and faults come out the same on both ends."""

import pytest

from sync.records.field import integer, text
from sync.records.ids import KEYAKI_NS, keyed_id, partition_id, v7
from sync.records.record import ROUTES, Record, describe
from sync.records.registry import (
    TYPES,
    data_class_of,
    faults_of_new,
    faults_of_patch,
    may_write,
    scopes_of,
)
from sync.records.roles import DataClass, Role, TwoEditors

SCHOOL = "018f0000-0000-7000-8000-000000000001"
PUPIL = "018f0000-0000-7000-8000-0000000000aa"
GRADE = {"pupil": PUPIL, "course": "2026:3-2:math", "term": "2026-1", "viewpoint": "know", "@class": "2026:3-2"}
WANTED = (
    "school school_year term subject viewpoint_set symbol grading_rule code_item class group course staff duty pupil "
    "pupil_official enrolment membership evidence evidence_part score viewpoint_grade course_grade attendance "
    "attendance_day remark conflict"
)


def test_every_type_of_the_first_release_is_declared():
    assert set(TYPES) >= set(WANTED.split())


@pytest.mark.parametrize("name", TYPES)
def test_a_type_holds_together(name: str):
    type_ = TYPES[name]
    members = [field for unit in type_.units.values() for field in unit]
    assert sorted(members) == sorted(set(type_.fields) - type_.fixed)
    assert set(type_.routes) <= set(ROUTES)
    assert all(parent in TYPES for parent in type_.parents.values())
    assert not type_.two_editors.value.startswith("merge") or any(
        field.kind.name == "mtext" for field in type_.fields.values()
    )


@pytest.mark.parametrize("name", [name for name, type_ in TYPES.items() if not type_.follows])
def test_scopes_are_made_of_the_declared_routes_alone(name: str):
    type_ = TYPES[name]
    route = {"@class": "2026:3-2", "@classes": ["2026:3-2"], "@lesson": "2026:3-2:math", "@box": "s.math"}
    route |= {"@staff": SCHOOL, "@grade": "2026:3"}
    fields = {field: route[canonical] for canonical, field in type_.routes.items()}
    assert scopes_of(type_, fields)
    assert scopes_of(type_, fields | {"family": "noise"}) == scopes_of(type_, fields)


def test_the_published_id_holds():
    assert TYPES["viewpoint_grade"].id_for(SCHOOL, GRADE) == "cd4d8f69-cef6-5524-b751-c01f6dc6ec19"
    assert str(KEYAKI_NS) == "8d0f6c4e-2b1a-4f57-9c3e-6b6579616b69"
    assert partition_id("pref:05") != partition_id("board:052010")
    assert keyed_id(SCHOOL, "t", 2026, 1) == keyed_id(SCHOOL, "t", "2026", "1") != keyed_id(SCHOOL, "t", "20261")


def test_a_v7_id_sorts_by_time_and_carries_its_random_bits():
    early, late = v7(1_760_000_000_000, 2**80 - 1), v7(1_760_000_000_001, 0)
    assert early < late
    assert early[14] == late[14] == "7"
    assert early[19] in "89ab"
    assert len({v7(1_760_000_000_000, bits << 40) for bits in range(64)}) == 64


def test_a_viewpoint_grade_is_read_by_the_lesson_and_by_the_class():
    assert scopes_of(TYPES["viewpoint_grade"], GRADE) == ("grades:2026:3-2", "lesson:2026:3-2:math")


@pytest.mark.parametrize(
    ("box", "scopes"),
    [
        ("overall", ("homeroom:2026:3-2",)),
        ("y.overall", ("yoroku:2026:3-2",)),
        ("s.math", ("grades:2026:3-2", "lesson:2026:3-2:math")),
    ],
)
def test_a_remark_is_read_where_its_box_belongs_and_so_is_a_conflict_about_it(box: str, scopes: tuple[str, ...]):
    fields = {"@class": "2026:3-2", "@lesson": "2026:3-2:math", "box": box}
    assert scopes_of(TYPES["remark"], fields) == scopes
    about = {"target_type": "remark", **TYPES["remark"].route(fields)}
    assert scopes_of(TYPES["conflict"], about) == scopes
    assert data_class_of(TYPES["conflict"], about) is DataClass.II


def test_a_guest_is_read_in_both_classes_r23():
    pupil = {"@classes": ["2026:3-2", "2026:sp-1"]}
    assert scopes_of(TYPES["pupil"], pupil) == ("roster:2026:3-2", "roster:2026:sp-1")


@pytest.mark.parametrize(
    ("role", "box", "done", "allowed"),
    [
        (Role.HOMEROOM, "overall", True, True),
        (Role.DEPUTY, "overall", False, True),
        (Role.DEPUTY, "overall", True, False),
        (Role.SUBJECT, "overall", False, False),
        (Role.SUBJECT, "s.math", False, True),
        (Role.PRINCIPAL, "overall", False, False),
        (Role.NURSE, "s.math", False, False),
    ],
)
def test_who_may_write_a_remark(role: Role, box: str, done: bool, allowed: bool):
    assert may_write(TYPES["remark"], role, {"box": box, "done": done}) is allowed


SCORE = {"evidence_part": PUPIL, "pupil": PUPIL, "@lesson": "2026:3-2:math", "state": "scored", "value": 8550}


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({}, ()),
        ({"state": "absent", "value": None}, ()),
        ({"state": "absent"}, ("value",)),
        ({"value": None}, ("value",)),
        ({"value": -1}, ("value",)),
        ({"value": 85.5}, ("value",)),
        ({"value": True}, ("value",)),
        ({"value": 10**6}, ("value",)),
        ({"state": "gone"}, ("state",)),
        ({"pupil": "12"}, ("pupil",)),
        ({"pupil": None}, ("pupil",)),
        ({"note": "あ" * 60}, ()),
        ({"note": "あ" * 61}, ("note",)),
        ({"note": "葛\U000e0100" * 60}, ()),
        ({"note": "a\x00"}, ("note",)),
        ({"note": "a\r\n"}, ("note",)),
        ({"unknown": 1}, ("unknown",)),
    ],
)
def test_a_new_score_is_checked_field_by_field(change: dict[str, object], faults: tuple[str, ...]):
    assert faults_of_new(TYPES["score"], SCORE | change) == faults


def test_a_patch_brings_units_whole_and_leaves_key_and_routing_alone():
    score = TYPES["score"]
    assert faults_of_patch(score, SCORE, {"state": "scored"}) == ("value",)
    assert faults_of_patch(score, SCORE, {"state": "scored", "value": 1}) == ()
    assert faults_of_patch(score, SCORE, {"pupil": PUPIL}) == ("pupil",)
    assert faults_of_patch(score, SCORE, {"@lesson": "2026:3-1:math"}) == ("@lesson",)


def test_a_required_field_may_be_cleared_later_but_not_left_out_at_first():
    cleared = SCORE | {"state": None, "value": None}
    assert faults_of_patch(TYPES["score"], cleared, {"state": None, "value": None}) == ()
    assert faults_of_new(TYPES["score"], cleared) == ("state",)


@pytest.mark.parametrize(
    ("value", "sound"), [("A", True), ("B", True), ("C", True), ("D", False), ("ａ", False), (None, True)]
)
def test_a_viewpoint_is_a_b_c_or_blank_r11(value: str | None, sound: bool):
    assert (faults_of_new(TYPES["viewpoint_grade"], GRADE | {"value": value, "basis": "manual"}) == ()) is sound


def test_a_declaration_that_does_not_hold_together_is_refused():
    class Wrong(Record):
        TYPE = "wrong"
        KEY = ("missing",)
        second = text(5, unit="later")
        later = integer()

    with pytest.raises(ValueError, match="missing"):
        describe(Wrong)


def test_grades_and_attendance_are_never_last_writer_wins_r27():
    for name in ("viewpoint_grade", "course_grade", "score", "attendance"):
        assert TYPES[name].two_editors is TwoEditors.UNIT
    assert TYPES["remark"].two_editors is TwoEditors.MERGE
