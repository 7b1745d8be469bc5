"""Who teaches what: groups, lessons, courses and the duties that open rights."""

from datetime import date
from typing import Any

import pytest

from sync.server.roster.known import Source
from sync.server.roster.problem import Kind
from tests.sync.server.roster.builder import (
    Change,
    as_delta,
    changed,
    copy_row,
    drop_row,
    only,
    only_rows,
    put,
)
from tests.sync.server.roster.school import School
from tests.sync.server.roster.wakakusa import BULK, CLASS_1, CLASS_2, HOMEROOM_1, PUPIL_ID

FREE = "71bd8693-a78c-4531-9cda-c55e46db8ab6"  # a member of staff without a class
FREE_LINE = 9
LESSON = "0a000000-0000-4000-8000-00000000cccc"
ROW = "0a000000-0000-4000-8000-00000000dddd"
SEAT = "0a000000-0000-4000-8000-00000000eeee"
VIEWPOINTS = "018f0000-0000-7000-8000-0000000000f1"
RULE = "018f0000-0000-7000-8000-0000000000f2"
MATH_RULE = "018f0000-0000-7000-8000-0000000000f3"


def ready(**options: Any) -> School:
    """A school whose board has set up viewpoints and rules."""
    rules = {(2026, "P", "*"): RULE, (2026, "P", "math"): MATH_RULE}
    return School(viewpoint_set=VIEWPOINTS, rules=rules, **options)


def lesson(code: str = "0101", title: str = "算数", codes: str = "P030", kind: str = "scheduled") -> tuple[Change, ...]:
    """A scheduled class with one pupil of 1-1 and the member of staff who has no class."""
    place = {"sourcedId": LESSON, "classCode": code, "title": title, "classType": kind}
    names = ",".join("算数" for _ in codes.split(","))
    return (
        copy_row("classes", 2, **place, subjects=names, subjectCodes=codes),
        copy_row("enrollments", 2, sourcedId=ROW, classSourcedId=LESSON, userSourcedId=FREE),
        copy_row("enrollments", 8, sourcedId=SEAT, classSourcedId=LESSON),
    )


def duties(school: School, user: str) -> set[tuple[str, str, str, str]]:
    held = school.some("duty", staff=school.staff(user))
    return {(duty["role"], duty["target"], duty["from"], duty["to"]) for duty in held}


def test_a_course_without_a_subject_code_makes_no_course() -> None:
    school = ready()
    school.take(BULK)
    assert school.all("course") == []
    assert school.problems == []


def test_a_class_whose_course_has_subjects_gets_a_course_for_each() -> None:
    school = ready()
    subjects = [put("courses", 2, "subjects", "国語,算数"), put("courses", 2, "subjectCodes", "P010,P030")]
    school.take(changed(*subjects))
    assert {course["@lesson"]: course["rule"] for course in school.all("course")} == {
        "2026:1-1:jpn": RULE,
        "2026:1-1:math": MATH_RULE,
    }
    assert school.one("course", subject="math") == {
        "year": 2026,
        "class": "2026:1-1",
        "subject": "math",
        "@lesson": "2026:1-1:math",
        "viewpoint_set": VIEWPOINTS,
        "rule": MATH_RULE,
        "text_only": False,
    }
    assert school.take(changed(*subjects)).ops == ()


def test_a_course_that_was_set_up_otherwise_is_left_alone() -> None:
    school = ready()
    school.take(changed(*lesson()))
    key = next(key for key in school.records if key[0] == "course")
    held = school.records[key]
    school.records[key] = type(held)(held.type, held.id, {**held.fields, "rule": RULE, "text_only": True}, {}, 9)
    assert school.take(changed(*lesson())).ops == ()


def test_without_viewpoints_and_rules_there_is_no_course_and_the_report_says_so() -> None:
    school = School()
    school.take(changed(*lesson()))
    assert school.all("course") == []
    assert school.kinds() == [Kind.COURSE_UNREADY]
    school.viewpoint_set, school.rules = VIEWPOINTS, {(2026, "P", "*"): RULE}
    school.take(changed(*lesson()))
    assert [course["@lesson"] for course in school.all("course")] == ["2026:1-1:math"]


def test_a_lesson_of_a_class_is_a_course_of_it_and_seats_nobody_twice() -> None:
    school = ready()
    school.take(changed(*lesson()))
    assert school.all("group") == []
    assert len(school.some("membership", pupil=school.pupil(PUPIL_ID))) == 1
    assert duties(school, FREE) == {("subject", "2026:1-1:math", "2026-04-01", "2027-03-31")}
    assert school.take(changed(*lesson())).ops == ()


@pytest.mark.parametrize("kind", ["scheduled", "ext:special"])
def test_any_other_scheduled_class_is_a_group_with_its_course(kind: str) -> None:
    school = ready()
    school.take(changed(*lesson("", "算数 少人数A", kind=kind)))
    assert school.one("group", key="g-0a0000") == {"year": 2026, "key": "g-0a0000", "name": "算数 少人数A"}
    seats = {m["class"]: m["kind"] for m in school.some("membership", pupil=school.pupil(PUPIL_ID))}
    assert seats == {"2026:1-1": "home", "2026:g-0a0000": "group"}
    assert school.records["pupil", school.pupil(PUPIL_ID)].fields["@classes"] == ["2026:1-1", "2026:g-0a0000"]
    assert duties(school, FREE) == {("subject", "2026:g-0a0000:math", "2026-04-01", "2027-03-31")}
    assert school.take(changed(*lesson("", "算数 少人数A", kind=kind))).ops == ()


def test_a_deleted_row_ends_every_duty_that_came_of_it() -> None:
    school = ready()
    school.take(changed(*lesson("", "合同", codes="P010,P030")))
    assert {target for _, target, _, _ in duties(school, FREE)} == {"2026:g-0a0000:jpn", "2026:g-0a0000:math"}
    row = copy_row("enrollments", 2, sourcedId=ROW, status="tobedeleted", dateLastModified="2026-06-30T15:00:00Z")
    school.take(changed(as_delta, row, only("enrollments"), only_rows("enrollments", 68)))
    assert {end for _, _, _, end in duties(school, FREE)} == {"2026-07-01"}


def test_a_special_support_classs_teacher_holds_it_as_such() -> None:
    school = ready()
    school.take(changed(put("classes", 2, "metadata.jp.specialNeeds", "true")))
    assert duties(school, HOMEROOM_1) == {("special", "2026:sp-1", "2026-04-01", "2027-03-31")}


def test_a_second_teacher_of_a_class_is_its_deputy() -> None:
    school = ready()
    school.take(changed(copy_row("enrollments", 2, sourcedId=ROW, userSourcedId=FREE, primary="false")))
    assert duties(school, FREE) == {("deputy", "2026:1-1", "2026-04-01", "2027-03-31")}
    assert duties(school, HOMEROOM_1) == {("homeroom", "2026:1-1", "2026-04-01", "2027-03-31")}


def test_an_administrators_or_guardians_row_opens_nothing() -> None:
    school = ready()
    for role in ("administrator", "guardian", "ext:helper"):
        school.take(changed(copy_row("enrollments", 2, sourcedId=ROW, userSourcedId=FREE, role=role)))
        assert duties(school, FREE) == set()


def home(class_: str) -> Change:
    return put("users", FREE_LINE, "metadata.jp.homeClass", class_)


def test_a_home_class_alone_makes_a_deputy_where_somebody_is_in_charge() -> None:
    school = ready()
    school.take(changed(home(CLASS_1)))
    assert duties(school, FREE) == {("deputy", "2026:1-1", "2026-04-01", "2027-03-31")}
    assert school.take(changed(home(CLASS_1))).ops == ()


def test_a_home_class_alone_puts_in_charge_where_nobody_is() -> None:
    school = ready()
    school.take(changed(drop_row("enrollments", 2), home(CLASS_1), put("users", 3, "metadata.jp.homeClass", "")))
    assert duties(school, FREE) == {("homeroom", "2026:1-1", "2026-04-01", "2027-03-31")}


def test_a_changed_home_class_ends_the_former_duty_today() -> None:
    school = ready(today=date(2026, 9, 1))
    school.take(changed(home(CLASS_1)))
    school.take(changed(home(CLASS_2)))
    assert duties(school, FREE) == {
        ("deputy", "2026:1-1", "2026-04-01", "2026-09-01"),
        ("deputy", "2026:2-1", "2026-04-01", "2027-03-31"),
    }
    school.take(changed(home("")))
    assert {end for _, _, _, end in duties(school, FREE)} == {"2026-09-01"}


def test_a_duty_a_person_has_ended_is_not_opened_again() -> None:
    school = ready()
    school.take(BULK)
    source = next(source for source in school.sources if source.type == "duty")
    key = ("duty", school.sources[source])
    held = school.records[key]
    school.records[key] = type(held)(held.type, held.id, {**held.fields, "to": "2026-10-01"}, {}, 9)
    assert school.take(BULK).ops == ()


def test_a_duty_the_sender_took_away_by_mistake_comes_back() -> None:
    school = ready()
    school.take(BULK)
    before = duties(school, HOMEROOM_1)
    gone = [put("enrollments", 2, "status", "tobedeleted"), only("enrollments"), only_rows("enrollments", 2)]
    school.take(changed(as_delta, *gone))
    assert {end for _, _, _, end in duties(school, HOMEROOM_1)} == {"2026-05-02"}
    school.take(BULK)
    assert duties(school, HOMEROOM_1) == before
    assert Source("enrollments", "da9a67df-33d5-463e-a3af-f30075695334", "duty") in school.sources


def test_a_teacher_who_is_deleted_loses_every_duty_and_works_here_no_more() -> None:
    school = ready()
    school.take(BULK)
    files = [("users", 3), ("roles", 4), ("enrollments", 2)]
    gone = [put(file, line, "status", "tobedeleted") for file, line in files]
    rows = [only_rows(file, line) for file, line in files]
    before = school.staff(HOMEROOM_1)
    school.take(changed(as_delta, *gone, only("users", "roles", "enrollments"), *rows))
    assert school.records["staff", before].fields["active"] is False
    assert {duty["to"] for duty in school.some("duty", staff=before)} == {"2026-05-02"}
    school.take(BULK)
    assert school.records["staff", before].fields["active"] is True


def test_a_teacher_a_person_has_set_aside_is_not_brought_back() -> None:
    school = ready()
    school.take(BULK)
    key = ("staff", school.staff(HOMEROOM_1))
    held = school.records[key]
    school.records[key] = type(held)(held.type, held.id, {**held.fields, "active": False}, {}, 9)
    assert school.take(BULK).ops == ()


def test_the_user_a_teacher_signs_in_as_never_changes_with_a_roster() -> None:
    school = ready()
    school.take(changed(put("users", 3, "userMasterIdentifier", "")))
    user = school.records["staff", school.staff(HOMEROOM_1)].fields["user"]
    school.take(BULK)
    assert school.records["staff", school.staff(HOMEROOM_1)].fields["user"] == user


def test_a_delta_takes_a_courses_subjects_from_the_last_package_that_had_them() -> None:
    school = ready()
    subject = [put("courses", 2, "subjects", "国語"), put("courses", 2, "subjectCodes", "P010")]
    school.take(changed(*subject))
    school.take(changed(put("courses", 2, "subjects", "算数"), put("courses", 2, "subjectCodes", "P030")))
    row = copy_row("classes", 2, sourcedId=LESSON, classCode="0102", title="1年2組")
    school.take(changed(as_delta, row, only("classes"), only_rows("classes", 8)))
    assert [c["@lesson"] for c in school.some("course", class_="2026:1-2")] == ["2026:1-2:math"]


def test_a_teacher_who_is_deleted_alone_loses_the_duties_all_the_same() -> None:
    school = ready()
    school.take(BULK)
    before = school.staff(HOMEROOM_1)
    gone = [put("users", 3, "status", "tobedeleted"), only("users"), only_rows("users", 3)]
    school.take(changed(as_delta, *gone))
    assert {duty["to"] for duty in school.some("duty", staff=before)} == {"2026-05-02"}
