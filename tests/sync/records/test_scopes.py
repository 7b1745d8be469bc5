"""Grants out of duties: who holds which scope, and that nobody holds more than the table says."""

import pytest

from sync.records.registry import TYPES, may_write, scopes_of
from sync.records.roles import Role, TwoEditors
from sync.records.scopes import ClassKey, Opened, of_duty, of_staff, valid_on

CLASSES = [
    ClassKey("2026:3-1", (3,)),
    ClassKey("2026:3-2", (3,)),
    ClassKey("2026:4-1", (4,)),
    ClassKey("2026:sp-1", (3, 4)),
]
STAFF = "018f0000-0000-7000-8000-0000000000bb"


def opened(role: str, kind: str, target: str) -> dict[str, str]:
    duty = {"role": role, "target_kind": kind, "target": target, "from": "2026-04-01", "to": "2027-03-31"}
    return {item.scope: item.rights for item in of_duty(duty, CLASSES)}


def test_a_homeroom_teacher_holds_the_own_class_and_no_other():
    scopes = opened("homeroom", "class", "2026:3-2")
    assert {scope.split(":", 1)[1] for scope in scopes if not scope.startswith("grade:")} == {"2026:3-2"}
    assert [scope for scope in scopes if scope.startswith("grade:")] == ["grade:2026:3"]
    assert scopes["class:2026:3-2"] == "rw"
    assert scopes["grades:2026:3-2"] == "r"
    assert "lesson:2026:3-2:math" not in scopes


def test_a_subject_teacher_writes_the_lesson_and_reads_names_only_of_the_class():
    scopes = opened("subject", "course", "2026:3-2:math")
    assert scopes == {
        "lesson:2026:3-2:math": "rw",
        "roster:2026:3-2": "r",
        "notes:2026:3-2": "rw",
        "care:2026:3-2": "r",
        "grade:2026:3": "rw",
    }


def test_who_teaches_a_pupil_in_the_resource_room_writes_texts_of_the_course_and_nothing_else_of_it():
    assert opened("resource", "course", "2026:3-2:math")["lesson:2026:3-2:math"] == "rw"
    of_lesson = ("evidence", "evidence_part", "score", "viewpoint_grade", "course_grade", "remark")
    assert [name for name in of_lesson if may_write(TYPES[name], Role.RESOURCE, {"box": "s.math"})] == ["remark"]
    assert not may_write(TYPES["remark"], Role.RESOURCE, {"box": "overall"})


WRITTEN = [
    (name, role)
    for name, type_ in TYPES.items()
    if type_.two_editors is not TwoEditors.SERVER and Role.STAFF not in type_.writers  # any member of staff has a place
    for role in sorted(type_.writers)
]


@pytest.mark.parametrize(("name", "role"), WRITTEN)
def test_whoever_may_write_a_type_can_hold_a_scope_in_which_to_do_so(name: str, role: Role):
    duties = [("school", "school"), ("grade", "2026:3"), ("class", "2026:3-2"), ("course", "2026:3-2:math")]
    held = {scope: rights for kind, target in duties for scope, rights in opened(role, kind, target).items()}
    route = {"@class": "2026:3-2", "@classes": ["2026:3-2"], "@lesson": "2026:3-2:math", "@staff": STAFF}
    type_ = TYPES[name]
    for box in ("overall", "s.math"):
        fields = {field: (route | {"@box": box}).get(canonical) for canonical, field in type_.routes.items()}
        if may_write(type_, role, fields) and any(held.get(scope) == "rw" for scope in scopes_of(type_, fields)):
            return
    pytest.fail(f"{role} may write {name}, and nobody could")


def test_a_grade_lead_reads_the_grade_with_its_multi_grade_classes():
    scopes = opened("grade_lead", "grade", "2026:3")
    assert {scope for scope in scopes if scope.startswith("class:")} == {
        "class:2026:3-1",
        "class:2026:3-2",
        "class:2026:sp-1",
    }
    assert scopes["class:2026:3-1"] == "r"
    assert scopes["grade:2026:3"] == "rw"


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.ACADEMIC])
def test_principal_and_academic_read_every_class_and_write_none(role: Role):
    scopes = opened(role, "school", "school")
    assert len([scope for scope in scopes if scope.startswith("class:")]) == len(CLASSES)
    assert {rights for scope, rights in scopes.items() if scope.endswith(("3-1", "3-2", "4-1", "sp-1"))} == {"r"}


def test_a_clerk_sees_no_grade_no_attendance_no_remark():
    scopes = opened("clerk", "school", "school")
    assert not [scope for scope in scopes if scope.split(":")[0] in ("class", "homeroom", "grades", "lesson", "yoroku")]


def test_every_member_of_staff_has_the_common_scope_and_the_own_ones():
    assert {item.scope: item.rights for item in of_staff(STAFF, "2026-04-01", None)} == {
        "all": "rw",
        f"staff:{STAFF}": "rw",
        f"inbox:{STAFF}": "rw",
    }


def test_a_grant_holds_from_its_first_to_its_last_day_r30():
    grant = Opened("all", "staff", "r", "2026-04-01", "2027-03-31")
    days = ("2026-03-31", "2026-04-01", "2027-03-31", "2027-04-01")
    assert [valid_on(grant, day) for day in days] == [False, True, True, False]
    assert valid_on(Opened("all", "staff", "r", "2026-04-01"), "2099-01-01")
