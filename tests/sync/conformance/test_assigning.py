"""A conflict is given to a colleague who may settle it, by one who may; nobody else, and nobody sees more by it."""

from typing import Any

import pytest

from sync.protocol.messages import Create, Delete, Patch
from tests.sync.conformance.desk import Desk
from tests.sync.conformance.ends import World
from tests.sync.server.tiny import partition_seq

NOBODY = "018f0000-0000-7000-8000-0000000000ff"


def differing(world: World) -> tuple[Desk, Desk, str]:
    """Two desks that gave one score 78 and 70, and the conflict about it; both know it."""
    pupil = world.school.pupils[0]
    world.school.edit(world.school.new_score(pupil, state="pending"))
    id_ = world.school.score(pupil)
    sato, kato = world.desk("sato"), world.desk("kato")
    sato.push([sato.patch("score", id_, state="scored", value=7800)])
    told = kato.push([kato.patch("score", id_, state="scored", value=7000)])[0]
    sato.sync()
    kato.sync()
    conflict = told.ops[0][3]
    assert isinstance(conflict, str)
    return sato, kato, conflict


def giving(conflict: str, whom: str | None, base: int = 0) -> Patch:
    """The op that gives a conflict to a member of staff, or to nobody."""
    unit = {"assignee": whom, "by": None, "at": None}
    return Patch(type="conflict", id=conflict, set=unit, base={"assignee": base})


def test_a_conflict_is_given_and_everybody_who_holds_it_sees_by_whom_and_when(world: World) -> None:
    sato, kato, conflict = differing(world)
    people = world.school.people
    before = kato.rows["conflict", conflict]
    told = kato.push([kato.patch("conflict", conflict, assignee=people["sato"].staff)])[0]
    assert (told.outcome, told.seq, told.ops) == ("applied", partition_seq(world.school), ())
    sato.sync()
    row = sato.rows["conflict", conflict]
    said = {"assignee": people["sato"].staff, "by": people["kato"].staff, "at": "2026-11-19T23:31:00.000Z"}
    assert row.fields == {**before.fields, **said}
    assert row.scopes == before.scopes
    assert kato.rows["conflict", conflict] == row, "the server's own words come with the answer"
    assert sato.computed_sums() == sato.told_sums()


def test_it_is_taken_back_and_nothing_of_it_is_left(world: World) -> None:
    sato, kato, conflict = differing(world)
    before = kato.rows["conflict", conflict].fields
    kato.push([giving(conflict, world.school.people["sato"].staff)])
    sato.sync()
    assert sato.push([sato.patch("conflict", conflict, assignee=None)])[0].outcome == "applied"
    kato.sync()
    assert kato.rows["conflict", conflict].fields == before


def test_who_was_asked_stays_said_when_it_is_settled(world: World) -> None:
    sato, kato, conflict = differing(world)
    people = world.school.people
    kato.push([giving(conflict, people["sato"].staff)])
    sato.sync()
    score = world.school.score(world.school.pupils[0])
    settled = Patch(type="score", id=score, set={}, base={}, resolves=(conflict,))
    assert sato.push([settled])[0].outcome == "applied"
    kato.sync()
    fields = kato.rows["conflict", conflict].fields
    assert (fields["state"], fields["resolved_by"]) == ("resolved", people["sato"].staff)
    assert fields["assignee"] == people["sato"].staff


def test_of_two_who_are_asked_at_once_the_later_stands_and_no_conflict_is_about_a_conflict(world: World) -> None:
    sato, kato, conflict = differing(world)
    people = world.school.people
    ver = sato.ver("conflict", conflict)
    assert sato.push([giving(conflict, people["kato"].staff, ver)])[0].outcome == "applied"
    assert kato.push([giving(conflict, people["sato"].staff, ver)])[0].outcome == "applied"
    sato.sync()
    assert sato.rows["conflict", conflict].fields["assignee"] == people["sato"].staff
    assert [row.id for row in sato.conflicts()] == [conflict]
    again = kato.push([giving(conflict, people["sato"].staff, ver)])[0]
    assert (again.outcome, again.ops) == ("same", ((0, "assignee", "same", None),))


def test_giving_while_another_settles_is_taken_and_opens_nothing(world: World) -> None:
    sato, kato, conflict = differing(world)
    score = world.school.score(world.school.pupils[0])
    sato.push([Patch(type="score", id=score, set={}, base={}, resolves=(conflict,))])
    assert kato.push([giving(conflict, world.school.people["sato"].staff)])[0].outcome == "applied"
    sato.sync()
    assert sato.conflicts() == []
    assert sato.rows["conflict", conflict].fields["choice"] == "current"


@pytest.mark.parametrize(
    ("who", "whom", "code"),
    [
        ("kato", "sato", None),
        ("sato", "sato", None),
        ("kato", "ito", "invalid"),
        ("kato", "vice", "invalid"),
        ("ito", "kato", "forbidden"),
        ("vice", "kato", "forbidden"),
        ("vice", "vice", "forbidden"),
    ],
)
def test_who_may_settle_it_gives_it_to_whom_may_settle_it(world: World, who: str, whom: str, code: str | None) -> None:
    _, kato, conflict = differing(world)
    told = world.desk(who).push([giving(conflict, world.school.people[whom].staff)])[0]
    assert (told.outcome, told.code) == ("rejected" if code else "applied", code)
    if code == "invalid":
        assert told.ops == ((0, "assignee"),)
    kato.sync()
    held = kato.rows["conflict", conflict].fields
    assert held.get("assignee") == (None if code else world.school.people[whom].staff)


def test_somebody_who_is_no_member_of_staff_is_not_asked(world: World) -> None:
    _, kato, conflict = differing(world)
    told = kato.push([giving(conflict, NOBODY)], [giving(conflict, world.school.pupils[0])])
    assert [(one.outcome, one.code) for one in told] == [("rejected", "invalid")] * 2


def test_a_colleague_whose_duty_has_ended_is_not_asked_and_asks_nobody(world: World) -> None:
    sato, kato, conflict = differing(world)
    people = world.school.people
    world.school.end_duty("kato.subject")
    told = sato.push([giving(conflict, people["kato"].staff)])[0]
    assert (told.outcome, told.code) == ("rejected", "invalid")
    told = kato.push([giving(conflict, people["sato"].staff)])[0]
    assert (told.outcome, told.code) == ("rejected", "forbidden"), "a request is no late edit for the school to decide"
    kato.sync()
    assert ("conflict", conflict) not in kato.rows


def test_all_else_on_a_conflict_is_the_servers_alone(world: World) -> None:
    _, kato, id_ = differing(world)
    before = kato.rows["conflict", id_]
    both: dict[str, Any] = {"assignee": None, "by": None, "at": None, "incoming": {}}
    tried: list[Create | Patch | Delete] = [
        Patch(type="conflict", id=id_, set={"state": "resolved"}, base={"state": 0}),
        Patch(type="conflict", id=id_, set=both, base={"assignee": 0, "incoming": 0}),
        Patch(type="conflict", id=id_, set={}, base={}),
        giving(id_, None).model_copy(update={"resolves": (id_,)}),
        Delete(type="conflict", id=id_, base=10**9),
        Create(type="conflict", id=id_, set=dict(before.fields)),
    ]
    told = kato.push(*([op] for op in tried))
    assert [(one.outcome, one.code) for one in told] == [("rejected", "forbidden")] * len(tried)
    kato.sync()
    assert kato.rows["conflict", id_] == before


def test_a_conflict_that_is_not_there_gets_the_answer_of_one_that_may_not_be_seen(world: World) -> None:
    _, kato, _ = differing(world)
    told = kato.push([giving(NOBODY, world.school.people["sato"].staff)])[0]
    assert (told.outcome, told.code) == ("rejected", "forbidden")


def test_the_unit_comes_whole_and_of_its_form(world: World) -> None:
    _, kato, conflict = differing(world)
    part = Patch(type="conflict", id=conflict, set={"assignee": None}, base={"assignee": 0})
    wrong = giving(conflict, "sato")
    assert [(one.outcome, one.code) for one in kato.push([part], [wrong])] == [("rejected", "invalid")] * 2


def test_who_is_asked_is_the_servers_word_on_who_asks(world: World) -> None:
    sato, kato, conflict = differing(world)
    people = world.school.people
    unit = {"assignee": people["sato"].staff, "by": people["vice"].staff, "at": "2020-01-01T00:00:00.000Z"}
    kato.push([Patch(type="conflict", id=conflict, set=unit, base={"assignee": 0})])
    sato.sync()
    assert sato.rows["conflict", conflict].fields["by"] == people["kato"].staff
    assert sato.rows["conflict", conflict].fields["at"] == "2026-11-19T23:31:00.000Z"
