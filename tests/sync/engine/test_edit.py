"""What a screen asks for becomes exactly the ops the server can decide about."""

from collections.abc import Callable
from typing import Any

import pytest

from sync.engine.edit import Compiled, Desk, Edit, InvalidEdit, Put, Remove, addressed, compile_group
from sync.engine.rebase import Visible
from sync.records.ids import keyed_id
from tests.kit.ids import CountedIds

SCHOOL = "018f0000-0000-7000-8000-000000000001"
PART = "018f0000-0000-7000-8000-0000000000b1"
PUPIL = "018f0000-0000-7000-8000-0000000000aa"
KEY = {"evidence_part": PART, "pupil": PUPIL}
NEW = KEY | {"@lesson": "2026:3-2:math"}
ID = keyed_id(SCHOOL, "score", PART, PUPIL)
HELD = NEW | {"state": "scored", "value": 7000, "note": "再テスト"}
EVIDENCE = {
    "@lesson": "2026:3-2:math",
    "course": "2026:3-2:math",
    "term": "2026-1",
    "title": "小テスト",
    "kind": "test",
}


def desk(*held: tuple[str, str, Visible]) -> Desk:
    """A desk on which these records lie."""
    lying = {(type_, id_): visible for type_, id_, visible in held}
    look: Callable[[str, str], Visible | None] = lambda type_, id_: lying.get((type_, id_))  # noqa: E731
    return Desk(look, SCHOOL, CountedIds())


def shown(fields: dict[str, Any] = HELD, **own: int) -> tuple[str, str, Visible]:
    """The score as it is visible at version 7, its note at 5, with edits of one's own."""
    return (
        "score",
        ID,
        Visible(fields, 7, {"note": 5}, {name.replace("record", "@record"): q for name, q in own.items()}),
    )


def ops(*edits: Edit, on: Desk) -> list[dict[str, Any]]:
    """What the edits are compiled into."""
    return [each.op for each in compiled(*edits, on=on)]


def compiled(*edits: Edit, on: Desk) -> list[Compiled]:
    """The edits as one group."""
    return compile_group(addressed(edits, on), on)


def refused(*edits: Edit, on: Desk) -> dict[str, object]:
    """The facts of the refusal."""
    with pytest.raises(InvalidEdit) as error:
        compiled(*edits, on=on)
    return error.value.facts


def test_a_value_for_a_record_that_is_not_there_creates_it_under_the_id_of_its_key() -> None:
    put = Put("score", NEW | {"state": "absent", "value": None})
    assert ops(put, on=desk()) == [{"do": "create", "type": "score", "id": ID, "set": NEW | {"state": "absent"}}]


def test_a_type_without_a_key_gets_a_fresh_id() -> None:
    (op,) = ops(Put("evidence", EVIDENCE), on=desk())
    assert op["id"] == CountedIds()()


def test_a_change_is_sent_as_a_whole_unit_with_the_version_that_was_visible() -> None:
    (op,) = ops(Put("score", KEY | {"value": 8500}), on=desk(shown()))
    assert (op["do"], op["set"], op["base"]) == ("patch", {"state": "scored", "value": 8500}, {"state": 7})


def test_each_unit_has_its_own_version() -> None:
    (op,) = ops(Put("score", KEY | {"state": "absent", "value": None, "note": None}), on=desk(shown()))
    assert op["base"] == {"state": 7, "note": 5}


def test_a_unit_with_an_edit_of_ones_own_is_based_on_that_group() -> None:
    (op,) = ops(Put("score", KEY | {"value": 8500, "note": "x"}), on=desk(shown(state=42)))
    assert op["base"] == {"state": "q42", "note": 5}


def test_every_unit_of_a_record_made_here_is_based_on_the_group_that_made_it() -> None:
    (op,) = ops(Put("score", KEY | {"note": "x"}), on=desk(shown(record=41, state=42)))
    assert op["base"] == {"note": "q41"}


def test_what_the_screen_showed_is_the_base_whatever_has_arrived_since() -> None:
    (op,) = ops(Put("score", KEY | {"value": 8500}, seen={"state": 3}), on=desk(shown()))
    assert op["base"] == {"state": 3}


def test_a_screen_that_showed_no_record_says_so_although_one_has_arrived() -> None:
    (op,) = ops(Put("score", NEW | {"state": "absent", "value": None}, seen={"state": 0}), on=desk(shown()))
    assert (op["do"], op["base"]) == ("patch", {"state": 0})


def test_a_screen_that_still_showed_a_deleted_record_does_not_bring_it_back_unseen() -> None:
    (op,) = ops(Put("score", NEW | {"state": "absent"}, seen={"state": 7}), on=desk())
    assert (op["do"], op["set"], op["base"]) == ("patch", {"state": "absent", "value": None}, {"state": 7})


def test_values_that_are_visible_already_make_no_group() -> None:
    assert ops(Put("score", KEY | {"state": "scored", "value": 7000}), on=desk(shown())) == []


def test_clearing_what_was_never_there_makes_no_group() -> None:
    assert ops(Put("score", NEW | {"state": None, "value": None}), on=desk()) == []


def test_clearing_a_cell_sets_its_unit_to_null_and_deletes_nothing() -> None:
    (op,) = ops(Put("score", KEY | {"state": None, "value": None}), on=desk(shown()))
    assert (op["do"], op["set"]) == ("patch", {"state": None, "value": None})


def test_two_edits_of_one_record_in_one_group_are_one_op() -> None:
    found = ops(Put("score", KEY | {"value": 8500}), Put("score", KEY | {"note": "x"}), on=desk(shown()))
    assert [op["base"] for op in found] == [{"state": 7, "note": 5}]


def test_a_removal_is_based_on_the_version_of_the_record_that_was_seen() -> None:
    assert ops(Remove("score", ID), on=desk(shown()))[0]["base"] == 7
    assert ops(Remove("score", ID, seen=6), on=desk(shown()))[0]["base"] == 6


def test_an_edit_of_ones_own_does_not_let_a_removal_pass_over_what_a_colleague_changed() -> None:
    assert ops(Remove("score", ID), on=desk(shown(state=42)))[0]["base"] == 7


def test_a_record_only_this_device_knows_is_removed_by_its_group() -> None:
    assert ops(Remove("score", ID), on=desk(shown(record=42, state=42)))[0]["base"] == "q42"


def test_settling_with_the_current_value_changes_nothing_but_names_the_conflict() -> None:
    (op,) = ops(Put("score", {}, id=ID, resolves=(PART,)), on=desk(shown()))
    assert (op["do"], op["set"], op["base"], op["resolves"]) == ("patch", {}, {}, [PART])


def test_a_conflict_about_a_record_that_is_gone_can_be_settled_by_leaving_it_so() -> None:
    (op,) = ops(Put("score", {}, id=ID, resolves=(PART,)), on=desk())
    assert (op["do"], op["set"], op["resolves"]) == ("patch", {}, [PART])


def test_a_conflict_is_given_to_somebody_by_the_whole_unit_and_nothing_else() -> None:
    fields = {"target_type": "score", "target": ID, "unit": "state", "device": PART, "q": 1, "state": "open"}
    on = desk(("conflict", PART, Visible(fields, 7, {}, {})))
    (op,) = ops(Put("conflict", {"assignee": PUPIL}, id=PART), on=on)
    assert (op["set"], op["base"]) == ({"assignee": PUPIL, "by": None, "at": None}, {"assignee": 7})
    assert ops(Put("conflict", {"assignee": None}, id=PART), on=on) == []


def test_key_and_routing_fields_that_come_along_are_not_sent_again() -> None:
    (op,) = ops(Put("score", NEW | {"value": 8500}), on=desk(shown()))
    assert set(op["set"]) == {"state", "value"}


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (Put("no_such_type", {}), "type"),
        (Put("pupil", {"family": "髙橋"}, id=PUPIL), "server"),
        (Remove("pupil", PUPIL), "server"),
        (Put("conflict", {"assignee": PUPIL}), "server"),
        (Put("conflict", {"assignee": PUPIL, "state": "resolved"}, id=PART), "server"),
        (Put("conflict", {}, id=PART), "server"),
        (Remove("conflict", PART), "server"),
        (Put("conflict", {"assignee": PUPIL}, id=PART), "fields"),
        (Put("score", NEW | {"colour": "red"}), "fields"),
        (Put("score", NEW | {"state": "scored"}), "fields"),
        (Put("score", {"state": "absent"}), "key"),
        (Put("score", NEW | {"state": "absent"}, id=PUPIL), "key"),
        (Put("evidence", {"title": "x"}, id=PART), "gone"),
    ],
)
def test_an_edit_no_server_would_take_is_refused_here(edit: Edit, rule: str) -> None:
    assert refused(edit, on=desk())["rule"] == rule


def test_a_change_that_makes_a_sound_record_unsound_is_refused() -> None:
    facts = refused(Put("score", KEY | {"state": "absent"}), on=desk(shown()))
    assert (facts["rule"], facts["fields"]) == ("fields", ("value",))


def test_clearing_what_a_rule_of_the_type_needs_is_refused_and_not_a_crash() -> None:
    held = Visible(EVIDENCE, 7, {}, {})
    assert refused(Put("evidence", {"course": None}, id=PART), on=desk(("evidence", PART, held)))["rule"] == "fields"


def test_removing_and_changing_one_record_in_one_group_is_refused() -> None:
    facts = refused(Remove("score", ID), Put("score", KEY | {"note": "x"}), on=desk(shown()))
    assert facts["rule"] == "twice"


def test_a_group_larger_than_a_push_may_carry_is_refused() -> None:
    edits = [Put("evidence", EVIDENCE) for _ in range(5_001)]
    assert refused(*edits, on=desk())["rule"] == "size"


def test_what_was_visible_before_is_kept_for_undo() -> None:
    (changed,) = compiled(Put("score", KEY | {"value": 8500}), on=desk(shown()))
    assert changed.before == {"state": {"state": "scored", "value": 7000}}
    (removed,) = compiled(Remove("score", ID), on=desk(shown()))
    assert removed.before == {"@record": HELD}
