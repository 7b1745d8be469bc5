"""Who may give a conflict to whom: the table of rights over records of several kinds."""

from typing import Any

import pytest

from sync.protocol.messages import Group, Outcome, Patch, Rejection
from sync.records.registry import TYPES
from sync.server.decide.assignment import asked
from sync.server.decide.group import decide
from sync.server.decide.world import Actor, Decided, Held, Rights, World

SCHOOL = "018f0000-0000-7000-8000-000000000001"
TARGET = "018f0000-0000-7000-8000-0000000000a1"
CONFLICT = "018f0000-0000-7000-8000-0000000000c1"
ME, YOU = "018f0000-0000-7000-8000-0000000000f1", "018f0000-0000-7000-8000-0000000000f2"
NOW = "2026-11-20T05:31:07.120Z"
SCORE = {"evidence_part": TARGET, "pupil": TARGET, "@lesson": "2026:3-2:math", "state": "pending"}
REMARK = {"pupil": TARGET, "term": "2026-1", "box": "life", "@class": "2026:3-2", "text": "a"}
NOTICE = {"author": ME, "title": "a", "body": "b"}
TEACHES = {"lesson:2026:3-2:math": frozenset({"subject"})}
ELSEWHERE = {"lesson:2026:3-1:math": frozenset({"subject"})}
HOMEROOM = {"homeroom:2026:3-2": frozenset({"homeroom"})}
DRAFTS = {"homeroom:2026:3-2": frozenset({"deputy"})}
NOTES = {"homeroom:2026:3-2": frozenset({"subject"})}
STAFF = {"all": frozenset({"staff"})}
Scopes = dict[str, frozenset[str]]


def world(type_: str, fields: dict[str, Any], *, deleted: bool = False) -> World:
    """A school with one open conflict about one record."""
    target = Held(TYPES[type_], TARGET, fields, {}, 1, deleted=deleted)
    about = {"target_type": type_, "target": TARGET, "unit": "state", "device": TARGET, "q": 1, "state": "open"}
    conflict = Held(TYPES["conflict"], CONFLICT, about | TYPES[type_].route(fields), {}, 1)
    return World(SCHOOL, 2, 0, records={held.key: held for held in (target, conflict)})


def given(ours: World, me: Rights, you: Rights | None, whom: str | None = YOU) -> Decided:
    """Decide a group that gives the conflict to `whom`."""
    ours.colleagues = {} if you is None else {YOU: you}
    op = Patch(type="conflict", id=CONFLICT, set={"assignee": whom, "by": None, "at": None}, base={"assignee": 0})
    return decide(ours, Actor("u1", ME, TARGET, "PC 1", me, NOW), 1, Group(at=NOW, kind="conflict.give", ops=(op,)))


@pytest.mark.parametrize(
    ("type_", "fields", "me", "you", "code"),
    [
        ("score", SCORE, TEACHES, TEACHES, None),
        ("score", SCORE, TEACHES, ELSEWHERE, Rejection.INVALID),
        ("score", SCORE, TEACHES, {}, Rejection.INVALID),
        ("score", SCORE, ELSEWHERE, TEACHES, Rejection.FORBIDDEN),
        ("score", SCORE, HOMEROOM, TEACHES, Rejection.FORBIDDEN),
        ("remark", REMARK, HOMEROOM, DRAFTS, None),
        ("remark", REMARK | {"done": True}, HOMEROOM, DRAFTS, Rejection.INVALID),
        ("remark", REMARK | {"done": True}, DRAFTS, HOMEROOM, Rejection.FORBIDDEN),
        ("remark", REMARK, HOMEROOM, NOTES, Rejection.INVALID),
        ("notice", NOTICE, STAFF, STAFF, Rejection.INVALID),
        ("notice", NOTICE | {"author": YOU}, STAFF, STAFF, Rejection.FORBIDDEN),
    ],
)
def test_both_must_be_able_to_settle_it(
    type_: str, fields: dict[str, Any], me: Scopes, you: Scopes, code: Rejection | None
) -> None:
    told = given(world(type_, fields), Rights(me), Rights(you))
    assert (told.how, told.code) == (Outcome.REJECTED if code else Outcome.APPLIED, code)
    assert set(told.records) == (set() if code else {("conflict", CONFLICT)})


def test_the_name_of_the_one_who_asks_and_the_hour_are_the_servers_and_all_else_stays() -> None:
    ours = world("score", SCORE)
    before = ours.records["conflict", CONFLICT]
    after = given(ours, Rights(TEACHES), Rights(TEACHES)).records["conflict", CONFLICT]
    assert after.fields == dict(before.fields) | {"assignee": YOU, "by": ME, "at": NOW}
    assert (after.version("assignee"), after.version("state")) == (2, 1)


def test_a_grant_that_has_ended_is_none_on_either_side() -> None:
    ended = Rights({}, TEACHES)
    assert given(world("score", SCORE), ended, Rights(TEACHES)).code is Rejection.FORBIDDEN
    assert given(world("score", SCORE), Rights(TEACHES), ended).code is Rejection.INVALID
    assert given(world("score", SCORE), Rights(TEACHES), None).code is Rejection.INVALID


def test_it_can_be_taken_back_and_that_nobody_was_asked_is_the_same_again() -> None:
    ours = world("score", SCORE)
    ours.take(1, given(ours, Rights(TEACHES), Rights(TEACHES)))
    ours.seq = 3
    back = given(ours, Rights(TEACHES), None, None)
    assert back.records["conflict", CONFLICT].fields.keys().isdisjoint({"assignee", "by", "at"})
    (past,) = back.past["conflict", CONFLICT]
    assert (past.unit, past.old, past.new) == ("assignee", {"assignee": YOU, "by": ME, "at": NOW}, {})
    ours.take(2, back)
    assert given(ours, Rights(TEACHES), None, None).how is Outcome.SAME


def test_a_conflict_about_a_record_that_was_deleted_is_given_too() -> None:
    assert given(world("score", SCORE, deleted=True), Rights(TEACHES), Rights(TEACHES)).how is Outcome.APPLIED


def test_in_a_sealed_year_there_is_nothing_left_to_settle() -> None:
    ours = world("score", SCORE)
    ours.sealed = frozenset({"2026"})
    assert given(ours, Rights(TEACHES), Rights(TEACHES)).code is Rejection.PERIOD_CLOSED


def test_only_what_can_be_a_member_of_staff_is_looked_up() -> None:
    def op(type_: str, value: object) -> Patch:
        return Patch(type=type_, id=CONFLICT, set={"assignee": value}, base={"assignee": 0})

    assert asked([op("conflict", YOU), op("conflict", None), op("conflict", "x"), op("conflict", [YOU])]) == {YOU}
    assert asked([op("score", ME)]) == frozenset()
