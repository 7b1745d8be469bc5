"""What a teacher sees of one record is what the server says with the waiting edits on top."""

from typing import Any

import pytest

from sync.engine.rebase import Ground, Visible, Waiting, landed, overtaken, project, units_of
from sync.records.registry import TYPES

SCORE, REMARK, ATTENDANCE_DAY = TYPES["score"], TYPES["remark"], TYPES["attendance_day"]
KEY = {"evidence_part": "p", "pupil": "a", "@lesson": "2026:3-2:math"}
HELD = KEY | {"state": "scored", "value": 7000}
GROUND = Ground(ver=9, fv={"note": 4}, fields=HELD, scopes=3)


def patch(value: int, base: int | str = 9) -> dict[str, Any]:
    """An edit of the result."""
    return {
        "do": "patch",
        "type": "score",
        "id": "i",
        "set": {"state": "scored", "value": value},
        "base": {"state": base},
    }


def note(text: str | None, base: int | str = 4) -> dict[str, Any]:
    """An edit of the note."""
    return {"do": "patch", "type": "score", "id": "i", "set": {"note": text}, "base": {"note": base}}


def create(**fields: Any) -> dict[str, Any]:
    """A new record, made here."""
    return {"do": "create", "type": "score", "id": "i", "set": KEY | fields}


def delete(base: int | str = 9) -> dict[str, Any]:
    """A removal."""
    return {"do": "delete", "type": "score", "id": "i", "base": base}


def see(ground: Ground, *ops: dict[str, Any]) -> Visible | None:
    """The record with these ops on top, numbered from 41."""
    return project(SCORE, ground, [Waiting(q, op) for q, op in enumerate(ops, start=41)])


def test_without_waiting_edits_the_server_is_shown_as_it_is() -> None:
    assert see(GROUND) == Visible(HELD, 9, {"note": 4}, {})


def test_the_newest_edit_is_on_top_and_the_version_stays_the_servers() -> None:
    seen = see(GROUND, patch(8000), patch(8500, "q41"))
    assert seen == Visible(HELD | {"value": 8500}, 9, {"note": 4}, {"state": 42})


def test_edits_of_two_units_are_told_apart() -> None:
    seen = see(GROUND, patch(8000), note("x"))
    assert seen is not None
    assert (seen.base("state"), seen.base("note"), seen.fields["note"]) == ("q41", "q42", "x")


def test_a_cleared_field_is_gone() -> None:
    seen = see(Ground(9, {}, HELD | {"note": "x"}, None, 3), note(None))
    assert seen is not None
    assert "note" not in seen.fields


def test_a_record_made_here_is_based_on_its_group_in_every_unit() -> None:
    seen = see(Ground(), create(state="absent"))
    assert seen is not None
    assert (seen.base("state"), seen.base("note"), seen.fields) == ("q41", "q41", KEY | {"state": "absent"})


def test_making_a_record_that_has_arrived_meanwhile_is_based_on_the_group_only_where_it_set_something() -> None:
    seen = see(GROUND, create(state="absent"))
    assert seen is not None
    assert (seen.base("state"), seen.base("note")) == ("q41", 4)


def test_a_deleted_record_is_not_shown() -> None:
    assert see(GROUND, delete()) is None
    assert see(Ground(ver=9)) is None


def test_a_record_removed_and_made_again_shows_the_new_one_alone() -> None:
    seen = see(Ground(9, {}, HELD | {"note": "x"}, None, 3), delete(), create(state="absent"))
    assert seen is not None
    assert (seen.fields, seen.own) == (KEY | {"state": "absent"}, {"@record": 42, "state": 42})


def test_a_record_deleted_under_waiting_edits_stays_in_sight_with_them() -> None:
    seen = see(Ground(ver=12, fields=None, last=HELD), patch(8500))
    assert seen is not None
    assert seen.fields == HELD | {"value": 8500}


def test_an_edit_of_a_record_out_of_sight_shows_nothing() -> None:
    assert see(Ground(), patch(8500)) is None


def test_an_applied_edit_becomes_what_the_server_says_at_its_number() -> None:
    after = landed(SCORE, GROUND, patch(8500), 15)
    assert (after.ver, after.fv, after.fields) == (15, {"note": 4}, HELD | {"value": 8500})


def test_units_an_applied_edit_did_not_touch_keep_the_version_they_had() -> None:
    after = landed(SCORE, Ground(9, {}, HELD, None, 3), patch(8500), 15)
    assert (after.ver, after.fv) == (15, {"note": 9})


def test_an_outcome_that_arrives_after_a_newer_row_changes_nothing() -> None:
    newer = Ground(20, {}, HELD | {"value": 100}, None, 3)
    assert landed(SCORE, newer, patch(8500), 15) is newer


def test_an_applied_creation_is_there_an_applied_removal_is_not() -> None:
    made = landed(SCORE, Ground(), create(state="absent"), 15)
    assert (made.ver, made.fv, made.fields) == (15, {}, KEY | {"state": "absent"})
    gone = landed(SCORE, GROUND, delete(), 15)
    assert (gone.ver, gone.fields) == (15, None)


def test_settling_with_the_current_value_leaves_the_record_alone() -> None:
    kept = {"do": "patch", "type": "score", "id": "i", "set": {}, "base": {}, "resolves": ["c"]}
    assert landed(SCORE, GROUND, kept, 15) is GROUND
    assert units_of(SCORE, kept) == ()


@pytest.mark.parametrize(
    ("ground", "op", "expected"),
    [
        (GROUND, patch(8500, 9), set[str]()),
        (GROUND, patch(8500, 8), {"state"}),
        (GROUND, patch(7000, 8), set[str]()),
        (GROUND, patch(8500, "q41"), set[str]()),
        (GROUND, note("x", 3), {"note"}),
        (GROUND, create(state="absent"), {"state"}),
        (GROUND, create(state="scored", value=7000), set[str]()),
        (Ground(), create(state="absent"), set[str]()),
        (GROUND, delete(8), {"@record"}),
        (GROUND, delete(9), set[str]()),
        (Ground(ver=12, last=HELD), patch(8500), {"state"}),
    ],
)
def test_a_unit_somebody_else_moved_on_is_found_before_it_is_sent(
    ground: Ground, op: dict[str, Any], expected: set[str]
) -> None:
    assert overtaken(SCORE, ground, op) == expected


def test_texts_that_can_be_merged_and_acts_that_only_grow_are_no_difference_yet() -> None:
    text = {"do": "patch", "type": "remark", "id": "i", "set": {"text": "今。"}, "base": {"text": 1}}
    assert overtaken(REMARK, Ground(5, {}, {"text": "前。"}), text) == set()
    taken = {"do": "patch", "type": "attendance_day", "id": "i", "set": {"taken": True}, "base": {"taken": 1}}
    assert overtaken(ATTENDANCE_DAY, Ground(5, {}, {"taken": False}), taken) == set()


def test_of_two_who_are_asked_to_settle_a_conflict_none_makes_a_difference() -> None:
    unit = {"assignee": "a", "by": "b", "at": None}
    op = {"do": "patch", "type": "conflict", "id": "i", "set": unit, "base": {"assignee": 1}}
    assert overtaken(TYPES["conflict"], Ground(5, {}, {"assignee": "c", "by": "d"}), op) == set()


def test_several_edits_of_one_push_have_one_number_and_all_take_effect() -> None:
    ground = Ground()
    for op in (create(state="absent"), patch(8500, "q41"), note("x", "q41")):
        ground = landed(SCORE, ground, op, 15)
    assert (ground.ver, ground.fv, ground.fields) == (15, {}, HELD | {"value": 8500, "note": "x"})
    again = ground
    for op in (create(state="absent"), patch(8500, "q41"), note("x", "q41")):
        again = landed(SCORE, again, op, 15)
    assert again == ground
