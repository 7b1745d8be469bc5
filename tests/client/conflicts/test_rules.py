"""What a choice means, which differences belong together, and what comes next."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from client.conflicts.record import Choice, Difference
from client.conflicts.rules import Bulk, after, by_rule, cases, may_settle, rights_of, settled
from client.syncing.record import FieldKind, Subject
from client.workspace import OpenConflict, Settle, Side
from sync.records.scopes import Opened


def difference(
    incoming: Mapping[str, Any] | None,
    current: Mapping[str, Any] | None,
    base: Mapping[str, Any] | None = None,
    *,
    id_: str = "c1",
    unit: str = "state",
    pupil: str = "p1",
    q: int = 1,
    at: tuple[str, str] = ("2026-09-11T05:32:00.000Z", "2026-09-11T05:31:00.000Z"),
) -> Difference:
    conflict = OpenConflict(
        id=id_,
        type="score",
        target="t1",
        unit=unit,
        base=base,
        current=Side(current, "staff2", "職員室PC", at[1], None),
        incoming=Side(incoming, "staff1", "教室PC", at[0], None),
        group=("dev1", q),
    )
    kind = FieldKind.TEXT if unit == "note" else FieldKind.POINTS
    return Difference(conflict, Subject("score", "t1", unit, kind, "3年2組 算数", pupil_id=pupil), here=True)


SCORED = {"state": "scored", "value": 70_00}
OTHER = {"state": "scored", "value": 78_00}
BLANK = {"state": None, "value": None}


def test_each_column_is_its_own_decision() -> None:
    asked = difference(SCORED, OTHER, None)
    assert settled(asked, Choice.INCOMING) == Settle("c1", "incoming")
    assert settled(asked, Choice.CURRENT) == Settle("c1", "current")
    assert settled(asked, Choice.BASE) == Settle("c1", "other", BLANK)


def test_the_original_value_comes_back_with_every_field_of_its_unit() -> None:
    asked = difference(SCORED, OTHER, {"state": "absent"})
    assert settled(asked, Choice.BASE) == Settle("c1", "other", {"state": "absent", "value": None})


def test_a_text_that_was_edited_on_screen_is_another_value() -> None:
    asked = difference({"note": "見直し"}, {"note": "説明できた"}, {"note": ""}, unit="note")
    assert settled(asked, Choice.CURRENT, "説明できた") == Settle("c1", "current")
    assert settled(asked, Choice.CURRENT, "説明もできた") == Settle("c1", "other", {"note": "説明もできた"})
    assert settled(asked, Choice.CURRENT, "") == Settle("c1", "other", {"note": None})


def test_fields_of_one_act_on_one_pupil_are_one_case_and_the_newest_comes_first() -> None:
    early = ("2026-09-11T05:00:00.000Z", "2026-09-11T05:00:00.000Z")
    made = cases(
        [
            difference(SCORED, OTHER, id_="old", pupil="p2", q=9, at=early),
            difference(SCORED, OTHER, id_="a"),
            difference({"note": "x"}, {"note": "y"}, id_="b", unit="note"),
            difference(SCORED, OTHER, id_="c", pupil="p3"),
        ]
    )
    assert [[item.conflict.id for item in case.differences] for case in made] == [["a", "b"], ["c"], ["old"]]


def test_what_i_am_asked_to_settle_comes_first_and_the_rest_as_before() -> None:
    def given(id_: str, pupil: str, minute: int, whom: str | None) -> Difference:
        stamp = f"2026-09-11T05:{minute}:00.000Z"
        made = difference(SCORED, OTHER, id_=id_, pupil=pupil, at=(stamp, stamp))
        return replace(made, conflict=replace(made.conflict, assignee=whom))

    held = [
        given("a", "p1", 10, "me"),
        given("b", "p2", 20, None),
        given("c", "p3", 30, "her"),
        given("d", "p4", 40, "me"),
    ]
    assert [case.differences[0].conflict.id for case in cases(held, "me")] == ["d", "a", "c", "b"]
    assert [case.differences[0].conflict.id for case in cases(held, None)] == ["d", "c", "b", "a"]
    assert [case.is_given_to("her") for case in cases(held, "me")] == [False, False, True, False]


TEACHES, READS = (
    Opened("lesson:2026:3-2:math", "subject", rights, "2026-04-01", "2026-09-11") for rights in ("rw", "r")
)
LESSON = {"@lesson": "2026:3-2:math"}


@pytest.mark.parametrize(
    ("type_", "fields", "opened", "day", "may"),
    [
        ("score", LESSON, [TEACHES], "2026-09-11", True),
        ("score", LESSON, [TEACHES], "2026-09-12", False),
        ("score", LESSON, [READS], "2026-09-11", False),
        ("score", {"@lesson": "2026:3-1:math"}, [TEACHES], "2026-09-11", False),
        ("score", None, [TEACHES], "2026-09-11", False),
        ("no_such_type", LESSON, [TEACHES], "2026-09-11", False),
        ("notice", {"author": "her"}, [Opened("all", "staff", "rw", "2026-04-01")], "2026-09-11", True),
        ("notice", {"author": "him"}, [Opened("all", "staff", "rw", "2026-04-01")], "2026-09-11", False),
    ],
)
def test_who_may_settle_a_conflict_is_read_off_their_duties(
    type_: str, fields: Mapping[str, Any] | None, opened: list[Opened], day: str, may: bool
) -> None:
    assert may_settle("her", rights_of(opened, day), type_, fields) is may


@pytest.mark.parametrize(
    ("incoming", "current", "chosen"),
    [
        (SCORED, BLANK, Choice.INCOMING),
        (BLANK, OTHER, Choice.CURRENT),
        (SCORED, None, Choice.INCOMING),
        (SCORED, OTHER, None),
        (BLANK, None, None),
    ],
)
def test_the_rule_for_blanks_decides_only_where_one_is_blank(
    incoming: Mapping[str, Any] | None, current: Mapping[str, Any] | None, chosen: Choice | None
) -> None:
    assert by_rule(difference(incoming, current), Bulk.FILLED) is chosen


def test_newer_is_what_reached_the_school_later() -> None:
    assert by_rule(difference(SCORED, OTHER), Bulk.NEWER) is Choice.INCOMING
    moved_on = ("2026-09-11T05:32:00.000Z", "2026-09-11T06:00:00.000Z")
    assert by_rule(difference(SCORED, OTHER, at=moved_on), Bulk.NEWER) is Choice.CURRENT
    assert by_rule(difference(SCORED, OTHER), Bulk.CURRENT) is Choice.CURRENT


def test_after_the_last_case_comes_the_first() -> None:
    assert [after(["a", "b", "c"], key) for key in ("a", "c", "gone", None)] == ["b", "a", "a", "a"]
    assert after([], "a") is None
