"""A late group let in by the school ends as it would have, had its author still had the right at that moment."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.protocol.messages import Create, Delete, Group, Outcome, Patch, Rejection
from sync.server.decide import late
from sync.server.decide.group import decide
from sync.server.decide.world import Actor, Decided, Held, Rights, World
from tests.sync.server.decide.test_oracle import FIXED, ID, MADE, RIGHTS, SCORE, VALUES, world

LATER = "2026-11-21T00:00:00.000Z"
ONCE = Rights({}, dict(RIGHTS.now))
GONE = Actor("u1", "a0000000-0000-7000-8000-000000000001", "d0000000-0000-7000-8000-000000000001", "PC 1", ONCE, MADE)
VICE = Actor(
    "u2",
    "a0000000-0000-7000-8000-000000000002",
    "d0000000-0000-7000-8000-000000000002",
    "PC 2",
    Rights({"late": frozenset({"vice"})}, {}),
    LATER,
)
HERE = Actor("u3", "a0000000-0000-7000-8000-000000000003", "d0000000-0000-7000-8000-000000000003", "PC 3", RIGHTS, MADE)
Values = dict[str, dict[str, Any]]

unit_values = st.fixed_dictionaries({}, optional={unit: st.sampled_from(values) for unit, values in VALUES.items()})
saved = unit_values.filter(bool)


def op_on(held: Held | None, values: Values, *, gone: bool = False) -> Create | Patch | Delete:
    """What a client would push that sees the record so."""
    if gone and held is not None:
        return Delete(type="score", id=ID, base=held.ver)
    if held is None:
        flat = {name: value for unit in values.values() for name, value in unit.items()}
        return Create(type="score", id=ID, set=FIXED | {"state": "pending"} | flat)
    whole = {name: unit.get(name) for first, unit in values.items() for name in SCORE.units[first]}
    return Patch(type="score", id=ID, set=whole, base={unit: held.version(unit) for unit in values})


def done(ours: World, actor: Actor, q: int, *ops: Create | Patch | Delete) -> Decided:
    """Decide a group and let the world see it."""
    ours.seq += 1
    group = Group(at=MADE, kind="x", ops=ops)
    decided = decide(ours, actor, q, group)
    if decided.how is Outcome.QUARANTINED:
        decided = late.kept(ours, actor, q, group, decided)
    ours.take(q, decided)
    return decided


def decision(ours: World, q: int, state: str, reason: str | None = None) -> Patch:
    """The vice principal's decision about the late edit of a number."""
    key = late.key_of(ours.partition, GONE.device, q)
    unit = {"state": state, "reason": reason, "decided_by": None, "decided_at": None}
    return Patch(type=key[0], id=key[1], set=unit, base={"state": ours.records[key].version("state")})


@settings(max_examples=200)
@given(st.lists(saved, max_size=3), saved, st.booleans(), st.lists(saved, max_size=3), st.booleans())
def test_a_late_group_let_in_ends_as_if_its_author_had_the_right(
    before: list[Values], values: Values, delete: bool, after: list[Values], deleted_since: bool
) -> None:
    ours = world()
    for q, each in enumerate(before, 1):
        done(ours, HERE, q, op_on(ours.records.get(("score", ID)), each))
    op = op_on(ours.records.get(("score", ID)), values, gone=delete)
    kept = done(ours, GONE, 7, op)
    assert kept.how is Outcome.QUARANTINED
    assert {type_ for type_, _ in kept.records} == {"late_edit", "late_target"}
    for q, each in enumerate(after, 5):
        held = ours.records.get(("score", ID))
        done(ours, HERE, q, op_on(None if held is None or held.deleted else held, each))
    there = ours.records.get(("score", ID))
    if deleted_since and there is not None and not there.deleted:
        done(ours, HERE, 9, op_on(there, {}, gone=True))
    ours.seq += 1
    ours.groups.clear()
    author = Actor(None, GONE.staff, GONE.device, GONE.device_name, RIGHTS, LATER)
    wanted = decide(ours, author, 7, Group(at=MADE, kind="x", ops=(op,)))
    told = decide(ours, VICE, 1, Group(at=LATER, kind="late.decide", ops=(decision(ours, 7, "accepted"),)))
    assert told.how is Outcome.APPLIED
    key = late.key_of(ours.partition, GONE.device, 7)
    assert {one: held for one, held in told.records.items() if one != key} == wanted.records
    assert {one: past for one, past in told.past.items() if one != key} == wanted.past
    assert told.records[key].fields["outcome"] == wanted.how
    assert [mark[1:4] for mark in told.records[key].fields.get("marks", ())] == [list(m[1:4]) for m in wanted.marks]
    assert told.marks == (), "the author's marks are not the decider's"


@given(saved)
def test_a_late_group_declined_leaves_everything_as_it_is(values: Values) -> None:
    ours = world()
    done(ours, GONE, 1, op_on(None, values))
    held = dict(ours.records)
    told = done(ours, VICE, 1, decision(ours, 1, "declined", "x"))
    assert {key[0] for key in told.records} == {"late_edit"}
    assert {key: one for key, one in ours.records.items() if key not in told.records} == {
        key: one for key, one in held.items() if key not in told.records
    }


def test_a_late_group_changes_nothing_by_itself() -> None:
    ours = world()
    done(ours, HERE, 1, Create(type="score", id=ID, set=FIXED | {"state": "absent"}))
    noted = Patch(type="score", id=ID, set={"note": "x"}, base={"note": 0})
    decided = decide(ours, GONE, 2, Group(at=MADE, kind="x", ops=(noted,)))
    assert decided.how is Outcome.QUARANTINED
    assert (decided.records, decided.past) == ({}, {})


def test_a_group_is_let_in_whole_or_not_at_all() -> None:
    ours = world()
    other = Create(type="score", id=ID, set=FIXED | {"state": "absent"})
    done(ours, GONE, 3, other)
    second = Patch(type="score", id=ID, set={"note": "x"}, base={"note": "q3"})
    assert done(ours, GONE, 4, second).how is Outcome.QUARANTINED
    del ours.groups[3], ours.groups[4]
    told = done(ours, VICE, 1, decision(ours, 4, "accepted"))
    assert (told.how, told.code, told.records) == (Outcome.REJECTED, Rejection.PARENT_MISSING, {})
    both = done(ours, VICE, 2, decision(ours, 3, "accepted"), decision(ours, 4, "accepted"))
    assert both.how is Outcome.APPLIED
    assert ours.records["score", ID].fields == FIXED | {"state": "absent", "note": "x"}


def test_an_edit_on_a_record_only_a_late_one_would_make_is_late_only_for_that_record() -> None:
    ours = world()
    done(ours, GONE, 3, Create(type="score", id=ID, set=FIXED | {"state": "absent"}))
    stranger = Patch(type="evidence", id=ID, set={"title": "x"}, base={"title": "q3"})
    assert done(ours, GONE, 4, stranger).how is Outcome.REJECTED
