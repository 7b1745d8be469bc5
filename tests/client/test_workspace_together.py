"""Two people at the same records, with a real server between them: both values stay."""

from typing import Any

import pytest

from client.workspace import (
    MarkKind,
    Put,
    Remove,
    UndoRefused,
)
from sync.protocol.errors import (
    TooLarge,
)
from tests.kit.village import Village
from tests.kit.ways import Desk


def test_the_same_cell_edited_by_two_becomes_one_conflict_with_both_values(here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    there.put(0, 0, 200)
    here.sync()
    assert there.sync() == {"conflict_kept": 1}
    assert there.value(0, 0) == 100
    (conflict,) = there.workspace.conflicts()
    assert (conflict.current.value, conflict.incoming.value) == (
        {"state": "scored", "value": 100},
        {"state": "scored", "value": 200},
    )
    assert (conflict.base, conflict.incoming.device) == ({"state": "scored", "value": 5_000}, "PC 1")
    assert there.marks() == [MarkKind.CONFLICT]
    here.sync()
    assert here.workspace.status().conflicts == 1


@pytest.mark.parametrize(
    ("choice", "value", "expected"),
    [("current", None, 100), ("incoming", None, 200), ("other", {"state": "scored", "value": 300}, 300)],
)
def test_a_conflict_settled_on_one_device_is_gone_on_the_other(
    here: Desk, there: Desk, choice: Any, value: Any, expected: int
) -> None:
    here.put(0, 0, 100)
    there.put(0, 0, 200)
    here.sync()
    there.sync()
    there.workspace.resolve(there.workspace.conflicts()[0].id, choice, value)
    assert there.workspace.conflicts() == []
    assert there.workspace.status().conflicts == 0
    there.sync()
    here.sync()
    assert (here.value(0, 0), there.value(0, 0)) == (expected, expected)
    assert here.workspace.status().conflicts == 0
    (row,) = here.workspace.rows("SELECT state, choice FROM conflict")
    assert (row.state, row.choice) == ("resolved", choice)


def test_a_conflict_ahead_is_shown_before_it_is_sent(here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    here.sync()
    there.put(0, 0, 200)
    there.way.before = [TooLarge()]
    there.fails(TooLarge)
    assert there.marks() == [MarkKind.AHEAD]
    assert there.value(0, 0) == 200
    there.sync()
    assert there.marks() == [MarkKind.CONFLICT]


def test_two_units_of_one_record_are_merged_without_asking(village: Village, here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    there.workspace.edit("grades.note", [Put("score", village.score(0, 0) | {"note": "再テスト"})])
    here.sync()
    assert there.sync() == {"applied": 1}
    here.sync()
    rows = [
        desk.workspace.rows("SELECT value, note, ver, fv FROM score WHERE note IS NOT NULL") for desk in (here, there)
    ]
    assert [tuple(row[0])[:2] for row in rows] == [(100, "再テスト")] * 2
    assert tuple(rows[0][0]) == tuple(rows[1][0])


def test_the_same_new_record_made_by_two_is_one_record(here: Desk, there: Desk) -> None:
    here.put(1, 0, 100)
    there.put(1, 0, 100)
    here.sync()
    assert there.sync() == {"same": 1}
    assert there.marks() == []
    assert there.value(1, 0) == 100


def test_two_who_make_one_record_with_another_field_each_differ_in_nothing(
    village: Village, here: Desk, there: Desk
) -> None:
    here.put(1, 0, 100)
    fields = village.score(1, 0) | village.points(100) | {"note": "再テスト"}
    there.workspace.edit("grades.score", [Put("score", fields)])
    here.sync()
    assert there.sync() == {"merged": 1}
    here.sync()
    for desk in (here, there):
        (row,) = desk.workspace.rows("SELECT value, note FROM score WHERE id = ?", (village.score_id(1, 0),))
        assert tuple(row) == (100, "再テスト")
        assert desk.workspace.rows("SELECT 1 FROM conflict") == []
        assert desk.marks() == []


def test_who_empties_a_field_and_who_fills_it_unseen_do_differ(village: Village, here: Desk, there: Desk) -> None:
    noted = village.score(1, 0) | village.points(100) | {"note": "再テスト"}
    there.workspace.edit("grades.score", [Put("score", noted)])
    here.workspace.edit("grades.score", [Put("score", village.score(1, 0) | village.points(100) | {"note": "欠席"})])
    here.sync()
    here.workspace.edit("grades.score", [Put("score", village.score(1, 0) | {"note": None})])
    here.sync()
    assert there.sync() == {"conflict_kept": 1}


def test_an_edit_based_on_what_the_screen_showed_does_not_pass_over_what_had_arrived(here: Desk, there: Desk) -> None:
    (row,) = there.workspace.rows("SELECT ver FROM score WHERE id = ?", (there.village.score_id(0, 0),))
    here.put(0, 0, 100)
    here.sync()
    there.sync()
    there.put(0, 0, 200, seen={"state": row.ver})
    assert there.marks() == [MarkKind.AHEAD]
    assert there.sync() == {"conflict_kept": 1}


def test_a_record_deleted_by_one_and_changed_by_the_other_keeps_both(village: Village, here: Desk, there: Desk) -> None:
    here.workspace.edit("grades.score", [Remove("score", village.score_id(0, 0))])
    here.sync()
    there.put(0, 0, 200)
    there.way.before = [TooLarge()]
    there.fails(TooLarge)
    assert (there.value(0, 0), there.marks()) == (200, [MarkKind.AHEAD])
    assert there.sync() == {"conflict_kept": 1}
    assert there.value(0, 0) is None
    (conflict,) = there.workspace.conflicts()
    assert (conflict.unit, conflict.current.value) == ("@record", None)
    assert conflict.incoming.value == {"state": "scored", "value": 200}
    there.workspace.resolve(conflict.id, "current")
    there.sync()
    assert there.workspace.conflicts() == []


def test_a_record_deleted_by_one_comes_back_whole_with_the_others_change(
    village: Village, here: Desk, there: Desk
) -> None:
    whole = 'SELECT pupil, evidence_part, "@lesson" FROM score WHERE id = ?'
    before = there.workspace.rows(whole, (village.score_id(0, 0),))[0][:]
    here.workspace.edit("grades.score", [Remove("score", village.score_id(0, 0))])
    here.sync()
    there.put(0, 0, 200)
    assert there.sync() == {"conflict_kept": 1}
    there.workspace.resolve(there.workspace.conflicts()[0].id, "incoming")
    assert there.sync() == {"applied": 1}
    here.sync()
    assert here.value(0, 0) == 200
    assert here.workspace.rows(whole, (village.score_id(0, 0),))[0][:] == before
    assert there.workspace.conflicts() == here.workspace.conflicts() == []


def test_a_removal_against_a_newer_edit_keeps_the_record(village: Village, here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    here.sync()
    there.workspace.edit("grades.score", [Remove("score", village.score_id(0, 0))])
    assert there.sync() == {"conflict_kept": 1}
    assert there.value(0, 0) == 100
    there.workspace.resolve(there.workspace.conflicts()[0].id, "incoming")
    there.sync()
    here.sync()
    assert (there.value(0, 0), here.value(0, 0)) == (None, None)


def test_undo_after_sending_is_a_new_edit(here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    here.sync()
    here.workspace.undo("grades")
    assert here.value(0, 0) == 5_000
    assert here.sync() == {"applied": 1}
    there.sync()
    assert there.value(0, 0) == 5_000


def test_undo_of_a_value_a_colleague_has_changed_since_is_refused(here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    here.sync()
    there.sync()
    there.put(0, 0, 200)
    there.sync()
    here.sync()
    with pytest.raises(UndoRefused):
        here.workspace.undo("grades")
    assert here.value(0, 0) == 200
