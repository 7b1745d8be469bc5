"""評定 of a pupil: which there are depends on the grades of the class (R08, R10 of domain.md)."""

from typing import Any

import pytest

from sync.protocol.messages import Create, Patch
from sync.records.assessment import highest_grade
from tests.sync.conformance.ends import World
from tests.sync.server.tiny import CLASS, MATH, TERM, Tiny

CASES = (([1], 0), ([2], 0), ([3], 3), ([6], 3), ([7], 5), ([9], 5), ([2, 3], 3), ([1, 2], 0), ([5, 6], 3))


def _new(school: Tiny, value: int | None, pupil: int = 0) -> Create:
    key = {"pupil": school.pupils[pupil], "course": MATH, "term": TERM}
    given: dict[str, Any] = {"@class": CLASS, "basis": "manual"}
    given |= {"unrated": "long_absence"} if value is None else {"value": value}
    return Create(type="course_grade", id=school.key("course_grade", **key), set=key | given)


def _grades(school: Tiny, grades: list[int]) -> None:
    """Make class 3-2 one of these grades."""
    id_ = school.key("class", year=2026, key="3-2")
    op = Patch(type="class", id=id_, set={"grades": grades}, base={"grades": 2**53})
    assert school.edit(op).outcome in ("applied", "same")


@pytest.mark.parametrize(("grades", "highest"), CASES)
def test_the_highest_grade_there_is_follows_from_the_class(grades: list[int], highest: int) -> None:
    assert highest_grade(grades) == highest


@pytest.mark.parametrize(("grades", "highest"), [case for case in CASES if case[0] in ([1], [3], [7], [2, 3])])
def test_what_is_above_it_is_refused_and_what_is_not_is_taken(world: World, grades: list[int], highest: int) -> None:
    school, desk = world.school, world.desk("sato")
    _grades(school, grades)
    for number, value in enumerate((highest, highest + 1)):
        if not 1 <= value <= 5:
            continue
        told = desk.push([_new(school, value, number)])[0]
        if value == highest:
            assert told.outcome == "applied"
        else:
            assert (told.outcome, told.code, told.ops) == ("rejected", "invalid", ((0, "value"),))
            assert not [row for row in desk.rows if row[0] == "course_grade" and row[1] == _new(school, 1, number).id]


def test_a_change_to_a_grade_there_is_not_is_refused_and_the_grade_stays(world: World) -> None:
    school, desk = world.school, world.desk("sato")
    made = _new(school, 2)
    assert desk.push([made])[0].outcome == "applied"
    desk.sync()
    told = desk.push([desk.patch("course_grade", made.id, value=4)])[0]
    assert (told.outcome, told.code, told.ops) == ("rejected", "invalid", ((0, "value"),))
    assert desk.push([desk.patch("course_grade", made.id, value=3)])[0].outcome == "applied"
    desk.sync()
    assert desk.rows["course_grade", made.id].fields["value"] == 3


def test_without_a_grade_there_is_nothing_to_refuse(world: World) -> None:
    _grades(world.school, [1])
    assert world.desk("sato").push([_new(world.school, None)])[0].outcome == "applied"
