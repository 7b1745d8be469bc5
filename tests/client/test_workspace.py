"""The facade without a network: what is saved is there, shown, marked, undone and kept."""

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from client.store.errors import StoreClosed
from client.workspace import (
    Enrolment,
    InvalidEdit,
    MarkKind,
    MemorySecretStore,
    Put,
    Remove,
    Saved,
    UndoRefused,
    Workspace,
    base_of,
)
from sync.errors import Defect
from tests.kit.logguard import LogGuard
from tests.kit.village import Village

UNIT = "SELECT state, value, note, ver, fv, own FROM score WHERE id = ?"


@pytest.fixture
def enrolment(village: Village) -> Enrolment:
    """The first teacher's device."""
    return village.enrolment(0)


@pytest.fixture
def workspace(village: Village, enrolment: Enrolment, tmp_path: Path) -> Iterator[Workspace]:
    """A store that has loaded the school; the first pupil has 50 points in the first part."""
    village.scored([(0, 0, 5_000)])
    made = village.opened(tmp_path / "store", MemorySecretStore(), enrolment)
    made.sync(village.core(enrolment))
    yield made
    made.close()


def shown(workspace: Workspace, id_: str) -> tuple[object, ...] | None:
    """state, value and note of a score as it is visible."""
    rows = workspace.rows(UNIT, (id_,))
    return tuple(rows[0])[:3] if rows else None


def type_in(workspace: Workspace, village: Village, cell: tuple[int, int], points: int) -> Saved:
    """What the grid does for one typed value."""
    return workspace.edit("grades.score", [Put("score", village.score(*cell) | village.points(points))])


def test_a_typed_value_is_visible_marked_and_counted_at_once(workspace: Workspace, village: Village) -> None:
    saved = type_in(workspace, village, (0, 0), 8_500)
    id_ = village.score_id(0, 0)
    assert (saved.q, saved.records) == (1, (("score", id_),))
    assert shown(workspace, id_) == ("scored", 8_500, None)
    assert [(mark.id, mark.unit, mark.kind, mark.ref) for mark in workspace.marks("score")] == [
        (id_, "state", MarkKind.WAITING, "1")
    ]
    status = workspace.status()
    assert (status.waiting, status.groups, status.in_flight) == (1, 1, 0)
    assert status.oldest_waiting == "2026-11-19T23:31:00.000Z"


def test_a_value_is_there_after_the_store_was_closed_and_opened(village: Village, tmp_path: Path) -> None:
    secrets, enrolment = MemorySecretStore(), village.enrolment(0)
    with Workspace.open(tmp_path / "s", secrets=secrets, enrolment=enrolment, ids=village.ids) as first:
        first.sync(village.core(enrolment))
        type_in(first, village, (0, 0), 8_500)
    with Workspace.open(tmp_path / "s", secrets=secrets) as again:
        assert shown(again, village.score_id(0, 0)) == ("scored", 8_500, None)
        assert (again.enrolment, again.status().waiting) == (enrolment, 1)


def test_posted_edits_are_saved_in_their_order(workspace: Workspace, village: Village) -> None:
    futures: list[Future[Saved]] = [
        workspace.post("grades.score", [Put("score", village.score(0, 0) | village.points(points))])
        for points in range(100, 2_100, 100)
    ]
    assert [future.result().q for future in futures] == list(range(1, 21))
    assert shown(workspace, village.score_id(0, 0)) == ("scored", 2_000, None)


def test_an_edit_that_changes_nothing_writes_nothing(workspace: Workspace, village: Village) -> None:
    assert type_in(workspace, village, (0, 0), 5_000) == Saved(None, "grades.score", ())
    assert workspace.status().groups == 0
    assert not workspace.can_undo("grades")


def test_an_edit_that_is_refused_writes_nothing(workspace: Workspace, village: Village) -> None:
    good = Put("score", village.score(0, 1) | village.points(100))
    bad = Put("score", village.score(0, 2) | {"state": "scored"})
    with pytest.raises(InvalidEdit):
        workspace.edit("grades.paste", [good, bad])
    assert shown(workspace, village.score_id(0, 1)) is None
    assert workspace.status().groups == 0
    type_in(workspace, village, (0, 0), 8_500)
    assert workspace.status().groups == 1


def test_a_kind_the_protocol_does_not_take_is_refused_before_it_could_block_the_outbox(
    workspace: Workspace, village: Village
) -> None:
    with pytest.raises(Defect):
        workspace.edit("Grades!", [Put("score", village.score(0, 0) | village.points(100))])
    assert workspace.status().groups == 0


def test_a_row_tells_what_an_edit_from_it_is_based_on(workspace: Workspace, village: Village) -> None:
    id_ = village.score_id(0, 0)
    (row,) = workspace.rows(UNIT, (id_,))
    assert base_of(row, "state") == row.ver
    type_in(workspace, village, (0, 0), 8_500)
    (edited,) = workspace.rows(UNIT, (id_,))
    assert (base_of(edited, "state"), base_of(edited, "note")) == ("q1", row.ver)
    (nothing,) = workspace.rows("SELECT score.* FROM (SELECT 1) LEFT JOIN score ON score.id = 'x'")
    assert base_of(nothing, "state") == 0


def test_a_record_made_here_is_removed_again_without_a_trace_in_the_grid(
    workspace: Workspace, village: Village
) -> None:
    type_in(workspace, village, (1, 0), 700)
    workspace.edit("grades.score", [Remove("score", village.score_id(1, 0))])
    assert shown(workspace, village.score_id(1, 0)) is None


# -- undo ------------------------------------------------------------------------------------------------------------


def test_undo_takes_back_a_paste_as_one_step_and_redo_brings_it_back(workspace: Workspace, village: Village) -> None:
    cells = [(part, pupil) for part in range(2) for pupil in range(5)]
    ids = [village.score_id(*cell) for cell in cells]
    before = [shown(workspace, id_) for id_ in ids]
    workspace.edit("grades.paste", [Put("score", village.score(*cell) | village.points(900)) for cell in cells])
    after = [shown(workspace, id_) for id_ in ids]
    workspace.undo("grades")
    assert [shown(workspace, id_) for id_ in ids] == before
    assert workspace.status().waiting == 0
    assert workspace.marks("score") == []
    workspace.redo("grades")
    assert [shown(workspace, id_) for id_ in ids] == after


def test_undo_goes_back_step_by_step_and_forward_again(workspace: Workspace, village: Village) -> None:
    id_ = village.score_id(0, 0)
    for points in (600, 700, 800):
        type_in(workspace, village, (0, 0), points)
    seen: list[object] = []
    for turn in (workspace.undo, workspace.undo, workspace.redo, workspace.undo, workspace.undo, workspace.redo):
        turn("grades")
        row = shown(workspace, id_)
        assert row is not None
        seen.append(row[1])
    assert seen == [700, 600, 700, 600, 5_000, 600]


def test_each_screen_has_its_own_undo(workspace: Workspace, village: Village) -> None:
    type_in(workspace, village, (0, 0), 600)
    workspace.edit("remarks.note", [Put("score", village.score(0, 1) | village.points(700))])
    workspace.undo("grades")
    assert shown(workspace, village.score_id(0, 0)) == ("scored", 5_000, None)
    assert shown(workspace, village.score_id(0, 1)) == ("scored", 700, None)
    assert (workspace.can_undo("grades"), workspace.can_redo("grades"), workspace.can_undo("remarks")) == (
        False,
        True,
        True,
    )


def test_a_new_edit_ends_what_could_be_done_again(workspace: Workspace, village: Village) -> None:
    type_in(workspace, village, (0, 0), 600)
    workspace.undo("grades")
    type_in(workspace, village, (0, 1), 700)
    assert not workspace.can_redo("grades")
    assert workspace.redo("grades") is None


def test_undo_of_a_value_changed_from_another_screen_is_refused_once_and_then_passes_on(
    workspace: Workspace, village: Village
) -> None:
    type_in(workspace, village, (0, 1), 100)
    type_in(workspace, village, (0, 0), 600)
    workspace.edit("seats.score", [Put("score", village.score(0, 0) | village.points(700))])
    with pytest.raises(UndoRefused) as error:
        workspace.undo("grades")
    assert error.value.facts == {"type": "score", "id": village.score_id(0, 0), "unit": "state"}
    assert shown(workspace, village.score_id(0, 0)) == ("scored", 700, None)
    workspace.undo("grades")
    assert shown(workspace, village.score_id(0, 1)) is None


def test_two_hundred_steps_are_kept(workspace: Workspace, village: Village) -> None:
    for points in range(205):
        type_in(workspace, village, (0, 0), points)
    assert workspace.rows("SELECT count(*) AS n FROM undo")[0].n == 200


def test_nothing_to_undo_is_nothing_to_fear(workspace: Workspace) -> None:
    assert workspace.undo("grades") is None
    assert workspace.redo("grades") is None


# -- the rest --------------------------------------------------------------------------------------------------------


def test_the_history_of_a_cell_tells_what_was_typed_here(workspace: Workspace, village: Village) -> None:
    type_in(workspace, village, (0, 0), 600)
    workspace.edit("grades.paste", [Put("score", village.score(0, 0) | {"state": "absent", "value": None})])
    past = workspace.history("score", village.score_id(0, 0), "state")
    assert [(each.q, each.kind, each.before, each.after, each.outcome) for each in past] == [
        (2, "grades.paste", {"state": "scored", "value": 600}, {"state": "absent", "value": None}, None),
        (1, "grades.score", {"state": "scored", "value": 5_000}, {"state": "scored", "value": 600}, None),
    ]


def test_the_history_of_a_record_made_here_begins_with_nothing(workspace: Workspace, village: Village) -> None:
    type_in(workspace, village, (1, 0), 600)
    workspace.edit("grades.score", [Remove("score", village.score_id(1, 0))])
    past = workspace.history("score", village.score_id(1, 0), "state")
    assert [(each.before, each.after) for each in past] == [
        ({"state": "scored", "value": 600}, None),
        (None, {"state": "scored", "value": 600}),
    ]


def test_whoever_listens_hears_what_changed_until_it_ends(workspace: Workspace, village: Village) -> None:
    heard: list[frozenset[str]] = []
    end = workspace.subscribe(heard.append)
    type_in(workspace, village, (0, 0), 600)
    workspace.status()
    end()
    type_in(workspace, village, (0, 0), 700)
    workspace.close()
    assert heard == [frozenset({"score", "outbox"})]


def test_a_listener_that_fails_harms_no_edit(workspace: Workspace, village: Village, logs: LogGuard) -> None:
    logs.announce("keyaki.store", "listener", level=40)

    def fail(types: frozenset[str]) -> None:
        raise ZeroDivisionError

    workspace.subscribe(fail)
    type_in(workspace, village, (0, 0), 600)
    type_in(workspace, village, (0, 0), 700)
    assert shown(workspace, village.score_id(0, 0)) == ("scored", 700, None)


def test_a_closed_workspace_says_so(workspace: Workspace, village: Village) -> None:
    workspace.close()
    workspace.close()
    with pytest.raises(StoreClosed):
        workspace.rows("SELECT 1")
    with pytest.raises(StoreClosed):
        type_in(workspace, village, (0, 0), 600)


def test_a_question_that_does_not_fit_the_tables_is_our_own_fault(workspace: Workspace) -> None:
    with pytest.raises(Defect):
        workspace.rows("SELECT nothing FROM nowhere")


def test_a_reader_cannot_write(workspace: Workspace) -> None:
    with pytest.raises(Defect):
        workspace.rows("DELETE FROM score")


def test_rows_answer_by_name_by_place_and_as_a_whole(workspace: Workspace) -> None:
    (row,) = workspace.rows('SELECT value, "@lesson" FROM score')
    assert (row.value, row["@lesson"], row[0], tuple(row)) == (5_000, "2026:3-2:math", 5_000, (5_000, "2026:3-2:math"))
    with pytest.raises(AttributeError):
        _ = row.nothing
