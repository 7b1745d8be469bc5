"""What the server sends is written set by set: the newest wins, nothing unknown is lost, nothing odd gets in."""

from typing import Any

import orjson
import pytest

from client.store.pages import delete, leave, put, put_at_once, take
from client.store.purge import purge
from client.store.writing import Writing
from sync.protocol.errors import BadBody
from sync.protocol.frames import Frame
from sync.protocol.messages import PullAnswer
from tests.client.store.conftest import SCHOOL

LESSON, ELSEWHERE = "lesson:2026:3-2:math", "lesson:2026:6-1:math"
ID, OTHER = "018f0000-0000-7000-8000-00000000000a", "018f0000-0000-7000-8000-00000000000b"


def frame(*rows: list[Any], columns: tuple[str, ...] = ("state", "value"), **more: Any) -> Frame:
    """Scores of the lesson."""
    said = {"type": "score", "scopes": (LESSON,), "columns": ("id", "ver", *columns), "rows": list(rows)}
    return Frame.model_validate(said | more)


def scores(writing: Writing) -> dict[str, tuple[int, Any, Any]]:
    """{id: (ver, state, value)}."""
    return {row["id"]: (row["ver"], row["state"], row["value"]) for row in writing.run("SELECT * FROM score")}


def test_rows_are_written_with_their_versions_and_scopes(writing: Writing) -> None:
    page = frame([ID, 7, "scored", 8500], [OTHER, 5, "absent", None], fv={"0": {"note": 3}})
    assert put_at_once(writing, SCHOOL, [page]) == 2
    assert scores(writing) == {ID: (7, "scored", 8500), OTHER: (5, "absent", None)}
    (row,) = writing.run("SELECT fv, own, scope_set FROM score WHERE id = ?", ID)
    assert (row["fv"], row["own"]) == ('{"note":3}', None)
    assert writing.scopes(row["scope_set"]) == (SCHOOL, (LESSON,))


def test_the_newest_version_wins_in_whichever_order_rows_come(writing: Writing) -> None:
    old, new = frame([ID, 7, "scored", 100]), frame([ID, 9, "scored", 900])
    for page in (new, old, new, old):
        put_at_once(writing, SCHOOL, [page])
    assert scores(writing) == {ID: (9, "scored", 900)}


def test_a_row_of_the_same_version_is_taken_again_because_it_may_know_more_of_other_units(writing: Writing) -> None:
    put_at_once(writing, SCHOOL, [frame([ID, 9, "scored", 900])])
    put_at_once(writing, SCHOOL, [frame([ID, 9, "scored", 900], fv={"0": {"note": 8}})])
    assert writing.run("SELECT fv FROM score")[0]["fv"] == '{"note":8}'


def test_a_row_is_replaced_as_a_whole(writing: Writing) -> None:
    put_at_once(writing, SCHOOL, [frame([ID, 7, "scored", 100, "x"], columns=("state", "value", "note"))])
    put_at_once(writing, SCHOOL, [frame([ID, 8, "absent"], columns=("state",))])
    (row,) = writing.run("SELECT state, value, note FROM score")
    assert tuple(row) == ("absent", None, None)


def test_a_deleted_record_stays_deleted_until_a_newer_row_comes(writing: Writing) -> None:
    put_at_once(writing, SCHOOL, [frame([ID, 7, "scored", 100])])
    delete(writing, [("score", ID, 8)])
    assert scores(writing) == {}
    put_at_once(writing, SCHOOL, [frame([ID, 7, "scored", 100])])
    assert scores(writing) == {}
    put_at_once(writing, SCHOOL, [frame([ID, 9, "scored", 900])])
    assert scores(writing) == {ID: (9, "scored", 900)}
    assert writing.run("SELECT count(*) FROM tombstone")[0][0] == 0


def test_a_deletion_older_than_the_row_changes_nothing(writing: Writing) -> None:
    put_at_once(writing, SCHOOL, [frame([ID, 9, "scored", 900])])
    delete(writing, [("score", ID, 8)])
    assert scores(writing) == {ID: (9, "scored", 900)}


def test_a_record_that_leaves_its_only_granted_scope_is_purged(writing: Writing) -> None:
    put_at_once(writing, SCHOOL, [frame([ID, 7, "scored", 100])])
    leave(writing, SCHOOL, [(LESSON, "score", ID)])
    assert scores(writing) == {}
    put_at_once(writing, SCHOOL, [frame([ID, 7, "scored", 100])])
    assert scores(writing) == {ID: (7, "scored", 100)}


def test_a_record_that_leaves_one_of_two_granted_scopes_stays(writing: Writing) -> None:
    put_at_once(writing, SCHOOL, [frame([ID, 7, "scored", 100], scopes=("all", LESSON))])
    leave(writing, SCHOOL, [(LESSON, "score", ID), (ELSEWHERE, "score", ID), (LESSON, "score", OTHER)])
    assert scores(writing) == {ID: (7, "scored", 100)}
    assert writing.scopes(writing.run("SELECT scope_set FROM score")[0][0]) == (SCHOOL, ("all",))
    leave(writing, SCHOOL, [("all", "score", ID)])
    assert scores(writing) == {}


def test_rows_in_no_granted_scope_are_not_taken(writing: Writing) -> None:
    assert put_at_once(writing, SCHOOL, [frame([ID, 7, "scored", 100], scopes=(ELSEWHERE,))]) == 0
    assert scores(writing) == {}


def test_fields_this_program_does_not_know_survive(writing: Writing) -> None:
    columns = ("colour", "state", "shade")
    put_at_once(writing, SCHOOL, [frame([ID, 7, "red", "absent", None], columns=columns)])
    (row,) = writing.run("SELECT state, extra FROM score")
    assert (row["state"], orjson.loads(row["extra"])) == ("absent", {"colour": "red"})


def test_records_of_types_this_program_does_not_know_survive(writing: Writing) -> None:
    page = frame([ID, 7, "red", None], columns=("colour", "extra"), type="medal", fv={"0": {"colour": 3}})
    put_at_once(writing, SCHOOL, [page])
    put_at_once(writing, SCHOOL, [frame([ID, 6, "blue"], columns=("colour",), type="medal")])
    (row,) = writing.run("SELECT * FROM unknown_record")
    assert (row["ver"], row["fv"], orjson.loads(row["fields"])) == (7, '{"colour":3}', {"colour": "red"})
    delete(writing, [("medal", ID, 8)])
    assert writing.run("SELECT * FROM unknown_record") == []


def test_an_unknown_record_leaves_with_its_scope_too(writing: Writing) -> None:
    put_at_once(writing, SCHOOL, [frame([ID, 7, "red"], columns=("colour",), type="medal", scopes=("all", LESSON))])
    leave(writing, SCHOOL, [("all", "medal", ID)])
    assert len(writing.run("SELECT * FROM unknown_record")) == 1
    leave(writing, SCHOOL, [(LESSON, "medal", ID)])
    assert writing.run("SELECT * FROM unknown_record") == []


@pytest.mark.parametrize(
    "row",
    [
        [ID, "7", "scored", 100],
        [ID, 7.5, "scored", 100],
        [ID, True, "scored", 100],
        [7, 7, "scored", 100],
        ["short", 7, "scored", 100],
        [ID, 7, "scored", "many"],
        [ID, 7, {"a": 1}, 100],
        [ID, 7, ["scored"], 100],
        [ID, 7, "scored", 2**70],
    ],
)
def test_a_row_that_cannot_be_is_not_believed(writing: Writing, row: list[Any]) -> None:
    with pytest.raises(BadBody):
        put_at_once(writing, SCHOOL, [frame([OTHER, 7, "scored", 100], row)])


def test_rows_are_committed_in_the_portions_that_were_asked_for(writing: Writing) -> None:
    rows = [[f"018f0000-0000-7000-8000-{n:012d}", 7, "scored", n] for n in range(2_300)]
    steps = put(writing, SCHOOL, [frame(*rows[:700]), frame(*rows[700:])], 1_000)
    assert next(steps) is False  # the first frame has been read
    assert list(steps) == [*[False] * 4, True, *[False] * 4, True, False]
    assert len(scores(writing)) == 2_300


def test_rows_that_lie_beside_each_other_are_written_together(writing: Writing) -> None:
    rows = [[f"018f0000-0000-7000-8000-{n * 7 % 10:012d}", 7, "scored", n] for n in range(10)]
    steps = put(writing, SCHOOL, [frame(*rows[:4]), frame(*rows[4:])], 5)
    assert next(steps)
    assert sorted(scores(writing)) == [f"018f0000-0000-7000-8000-{n:012d}" for n in range(5)]
    assert list(steps) == []
    assert len(scores(writing)) == 10


def test_a_row_keeps_its_units_versions_in_whichever_portion_it_is_written(writing: Writing) -> None:
    rows = [[f"018f0000-0000-7000-8000-{n:012d}", 7, "scored", n] for n in range(5)]
    page = frame(*rows, fv={"1": {"note": 1}, "3": {"note": 3}})
    assert list(put(writing, SCHOOL, [page], 2)) == [True, True]
    held = writing.run("SELECT value, fv FROM score ORDER BY id")
    assert [tuple(row) for row in held] == [(0, None), (1, '{"note":1}'), (2, None), (3, '{"note":3}'), (4, None)]


def test_what_leaves_and_what_is_deleted_lets_edits_come_between_too(writing: Writing) -> None:
    ids = [f"018f0000-0000-7000-8000-{n:012d}" for n in range(50)]
    put_at_once(writing, SCHOOL, [frame(*([id_, 7, "scored", 1] for id_ in ids))])
    answer = PullAnswer.model_validate(
        {
            "epoch": SCHOOL,
            "out": [(LESSON, "score", id_) for id_ in ids[:25]],
            "del": [("score", id_, 8) for id_ in ids[25:]],
            "frames": [frame([OTHER, 7, "scored", 1]).model_dump()],
        }
    )
    assert list(take(writing, SCHOOL, answer, 10)) == [True, True, False, True, True, False]
    assert list(scores(writing)) == [OTHER]


def test_a_purge_takes_everything_that_is_left_in_no_granted_scope(writing: Writing) -> None:
    put_at_once(
        writing, SCHOOL, [frame([ID, 7, "scored", 100]), frame([OTHER, 7, "absent", None], scopes=("all", LESSON))]
    )
    put_at_once(writing, SCHOOL, [frame([ID, 7, "red"], columns=("colour",), type="medal")])
    writing.run("DELETE FROM scope WHERE name = ?", LESSON)
    writing.regranted()
    purge(writing, SCHOOL, for_good=True)
    assert scores(writing) == {OTHER: (7, "absent", None)}
    assert writing.run("SELECT * FROM unknown_record") == []
