"""Grants out of duties: who holds which scope, and that nobody holds more than the table says."""

import pytest

from sync.records.roles import Role
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
