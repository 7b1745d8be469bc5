"""A class list is read as the school keeps it: numbers stand, leavers stay, names are as typed."""

from client.register.repository import class_list
from tests.kit.classroom import CLASS, Classroom


def test_the_list_of_a_class_stands_by_number_with_its_leavers(classroom: Classroom) -> None:
    listed = class_list(classroom.open().workspace, CLASS, "2026-11-20")
    assert [row.number for row in listed.rows] == list(range(1, 29))
    gone = [row for row in listed.rows if row.gone]
    assert [(row.name, row.leave) for row in gone] == [("木下 悠真", "transferred")]
    assert all(CLASS in listed.classes[row.pupil] for row in listed.rows if not row.gone)


def test_nobody_is_listed_before_the_first_day(classroom: Classroom) -> None:
    workspace = classroom.open().workspace
    april = class_list(workspace, CLASS, "2026-04-10")
    assert "加納 一颯" not in [row.name for row in april.rows]
    assert not any(row.gone for row in april.rows)


def test_a_name_that_the_register_writes_otherwise_is_shown_as_typed_and_marked(classroom: Classroom) -> None:
    rows = {row.name: row for row in class_list(classroom.open().workspace, CLASS, "2026-11-20").rows}
    assert rows["髙橋 陽菜"].official
    assert rows["﨑山 蓮"].kana == "さきやま れん"
    assert not rows["﨑山 蓮"].official


def test_a_class_that_is_not_held_here_is_empty(classroom: Classroom) -> None:
    assert class_list(classroom.open().workspace, "2026:9-9", "2026-11-20").rows == ()
