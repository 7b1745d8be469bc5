"""Undo after sending brings back what was visible, or is refused where somebody has changed it since."""

from typing import Any

import pytest

from sync.engine.edit import Edit, Put, Remove
from sync.engine.inverse import Made, UndoRefused, inverse, untouched
from sync.engine.rebase import Visible

KEY = {"evidence_part": "p", "pupil": "a", "@lesson": "2026:3-2:math"}
HELD = KEY | {"state": "scored", "value": 8500}
BEFORE = {"state": {"state": "scored", "value": 7000}}
PATCH = {"do": "patch", "type": "score", "id": "i", "set": {"state": "scored", "value": 8500}, "base": {"state": 9}}
CREATE = {"do": "create", "type": "score", "id": "i", "set": KEY | {"state": "absent"}}
DELETE = {"do": "delete", "type": "score", "id": "i", "base": 9}


def made(op: dict[str, Any], before: dict[str, Any], seq: int | None = 15) -> Made:
    """Group 42 with one op; `seq` 15 when it was applied, None while it is under way."""
    return Made(42, seq, (op,), (before,))


def back(group: Made, visible: Visible | None) -> list[Edit]:
    """The edits that take the group back."""
    return inverse(group, lambda _type, _id: visible)


def test_a_sent_value_is_taken_back_by_the_value_before_it() -> None:
    assert back(made(PATCH, BEFORE), Visible(HELD, 15, {}, {})) == [
        Put("score", {"state": "scored", "value": 7000}, id="i", seen={"state": 15})
    ]


def test_a_value_under_way_is_taken_back_on_top_of_its_own_group() -> None:
    assert back(made(PATCH, BEFORE, None), Visible(HELD, 9, {}, {"state": 42})) == [
        Put("score", {"state": "scored", "value": 7000}, id="i", seen={"state": "q42"})
    ]


@pytest.mark.parametrize(
    "visible",
    [
        None,
        Visible(HELD, 16, {}, {}),
        Visible(HELD, 16, {"state": 14}, {}),
        Visible(HELD, 15, {}, {"state": 43}),
    ],
)
def test_undo_is_refused_when_the_value_is_not_that_groups_any_more(visible: Visible | None) -> None:
    with pytest.raises(UndoRefused) as error:
        back(made(PATCH, BEFORE), visible)
    assert error.value.facts["unit"] == "state"


def test_a_colleagues_change_of_another_unit_does_not_hinder_undo() -> None:
    seen = Visible(HELD, 20, {"state": 15}, {})
    assert back(made(PATCH, BEFORE), seen) == [
        Put("score", {"state": "scored", "value": 7000}, id="i", seen={"state": 15})
    ]


def test_a_record_nobody_else_touched_is_removed_again() -> None:
    assert back(made(CREATE, {}), Visible(KEY | {"state": "absent"}, 15, {}, {})) == [Remove("score", "i", 15)]
    under_way = Visible(KEY | {"state": "absent"}, 0, {}, {"@record": 42, "state": 42})
    assert back(made(CREATE, {}, None), under_way) == [Remove("score", "i", "q42")]


def test_of_a_record_others_have_written_in_only_ones_own_value_is_cleared() -> None:
    seen = Visible(KEY | {"state": "absent", "note": "x"}, 20, {"state": 15}, {})
    assert back(made(CREATE, {}), seen) == [Put("score", {"state": None, "value": None}, id="i", seen={"state": 15})]


def test_a_removed_record_comes_back_unless_somebody_has_made_it_anew() -> None:
    assert back(made(DELETE, {"@record": HELD}), None) == [Put("score", HELD, id="i")]
    with pytest.raises(UndoRefused):
        back(made(DELETE, {"@record": HELD}), Visible(HELD, 20, {}, {}))


def test_an_unsent_group_may_be_emptied_only_while_it_is_on_top() -> None:
    group = made(PATCH, BEFORE, None)
    untouched(group, lambda _type, _id: Visible(HELD, 9, {}, {"state": 42}))
    with pytest.raises(UndoRefused):
        untouched(group, lambda _type, _id: Visible(HELD, 9, {}, {"state": 43}))
    created = made(CREATE, {}, None)
    untouched(created, lambda _type, _id: Visible(KEY, 0, {}, {"@record": 42, "state": 42}))
    with pytest.raises(UndoRefused):
        untouched(created, lambda _type, _id: Visible(KEY, 0, {}, {"@record": 42, "state": 42, "note": 43}))
