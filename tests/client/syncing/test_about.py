"""What a record is about is told in the school's words, also of attendance and of daily notes."""

import pytest

from client.syncing.about import about
from client.syncing.record import Subject
from client.syncing.repository import Situation
from client.syncing.rules import PAGES
from client.syncing.words import path_of, value_words
from client.terms import Speech
from client.workspace import Put
from sync.records.registry import TYPES
from tests.kit.classroom import CLASS, Classroom, Desk

SPEECH = Speech(lambda: "en")
DAY = "2026-11-20"


@pytest.fixture
def desk(classroom: Classroom) -> Desk:
    return classroom.open()


def made(desk: Desk, type_: str, **fields: object) -> tuple[str, str]:
    """A record about 髙橋 陽菜 that waits to be sent."""
    (row,) = desk.workspace.rows("SELECT id FROM pupil WHERE family = '髙橋'")
    named = {"pupils": [row.id]} if type_ == "daily_note" else {"pupil": row.id}
    saved = desk.workspace.edit("test.made", [Put(type_, named | {"@classes": [CLASS]} | fields)])
    return saved.records[0]


def told(desk: Desk, type_: str, id_: str, unit: str) -> Subject:
    return about(desk.workspace, [(type_, id_, unit)])[type_, id_, unit]


def test_a_mark_is_told_with_pupil_class_day_and_the_schools_word(desk: Desk) -> None:
    fields = {"date": DAY, "mark": "LATE", "late_at": "09:10", "left_at": None, "source": "teacher"}
    key = made(desk, "attendance", **fields)
    subject = told(desk, *key, "mark")
    assert (subject.place, subject.pupil, subject.group, subject.day) == ("3年2組", "髙橋 陽菜", "11/20", None)
    assert path_of(subject, SPEECH) == "11/20 Attendance"
    assert value_words(subject, {"mark": "LATE", "late_at": "09:10"}, SPEECH).startswith("遅刻, ")
    assert value_words(subject, {"mark": "LATE", "late_at": "09:10"}, SPEECH).endswith("09:10")
    assert value_words(told(desk, *key, "source"), {"source": "teacher"}, SPEECH).endswith(" the teacher")
    assert value_words(subject, {"mark": None}, SPEECH) == ""


def test_a_reason_and_a_note_are_told_in_the_schools_words(desk: Desk) -> None:
    reason = made(desk, "attendance_note", date=DAY, reason="fever", text="38度")
    subject = told(desk, *reason, "reason")
    assert value_words(subject, {"reason": "fever", "text": "38度"}, SPEECH).startswith("発熱, ")
    author = desk.workspace.enrolment.staff
    note = made(desk, "daily_note", author=author, date=DAY, audience="team", text="手を挙げた。", tags=["study"])
    subject = told(desk, *note, "text")
    assert (subject.pupil, subject.place, subject.group) == ("髙橋 陽菜", "3年2組", "11/20")
    assert value_words(subject, {"text": "手を挙げた。"}, SPEECH) == "手を挙げた。"
    assert value_words(told(desk, *note, "tags"), {"tags": ["study"]}, SPEECH) == "学習"


def test_what_waits_is_counted_by_class_for_every_kind(desk: Desk) -> None:
    made(desk, "attendance", date=DAY, mark="LATE", late_at=None, left_at=None)
    made(desk, "daily_note", author=desk.workspace.enrolment.staff, date=DAY, audience="own", text="手を挙げた。")
    desk.workspace.edit("attendance.taken", [Put("attendance_day", {"class": CLASS, "date": DAY, "taken": True})])
    lines = {line.type: line.place for line in Situation(desk.workspace).waiting()}
    assert lines == {"attendance": "3年2組", "attendance_day": "3年2組", "daily_note": "3年2組"}


def test_every_door_is_of_a_type_there_is() -> None:
    assert PAGES.keys() <= TYPES.keys()
