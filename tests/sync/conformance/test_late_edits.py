"""Late edits: kept whole for who decides, let in once with their author's values, or declined with a reason."""

from typing import Any

import pytest
from sqlalchemy import select

from sync.protocol.frames import Row
from sync.protocol.messages import Create, Delete, GroupOutcome, Patch
from sync.server.storage.tables import history
from tests.sync.conformance.desk import MADE, Desk
from tests.sync.conformance.ends import World
from tests.sync.server.tiny import MATH, OTHER, Tiny, partition_seq

ACCEPTED = {"state": "accepted", "reason": None, "decided_by": None, "decided_at": None}


def mark(school: Tiny, value: str, **fields: Any) -> Create:
    """How a pupil of 3-1 came to school one day."""
    given = {"pupil": school.guest, "date": "2026-11-20", "@classes": [OTHER], "mark": value} | fields
    return Create(type="attendance", id=school.key("attendance", **given), set=given)


def late(desk: Desk) -> list[Row]:
    """The late edits a desk holds, in the order of their numbers."""
    return sorted((row for row in desk.rows.values() if row.type == "late_edit"), key=lambda row: row.fields["q"])


def decide(desk: Desk, row: Row, state: str, reason: str | None = None) -> GroupOutcome:
    """Push a decision."""
    unit = {"state": state, "reason": reason, "decided_by": None, "decided_at": None}
    op = Patch(type="late_edit", id=row.id, set=unit, base={"state": row.fv.get("state", row.ver)})
    return desk.push([op], kind="late.decide")[0]


def test_a_late_edit_reaches_who_decides_and_its_author_whole_and_nobody_else(world: World) -> None:
    ito, sato, vice = world.desk("ito", "職員室PC 4"), world.desk("sato"), world.desk("vice")
    world.school.end_duty("ito.homeroom")
    before = partition_seq(world.school)
    op = mark(world.school, "LATE")
    assert ito.push([op])[0].outcome == "quarantined"
    assert partition_seq(world.school) == before + 1
    for desk in (ito, sato, vice):
        desk.sync()
    (held,) = late(vice)
    device = held.fields["device"]
    assert held.fields == {
        "device": device,
        "q": 1,
        "author": world.school.people["ito"].staff,
        "device_name": "職員室PC 4",
        "kind": "test.edit",
        "made": MADE,
        "arrived": "2026-11-19T23:31:00.000Z",
        "ops": [op.model_dump(mode="json")],
        "state": "open",
    }
    assert held.scopes == ("late", f"staff:{world.school.people['ito'].staff}")
    assert late(ito) == [held]
    assert late(sato) == []
    assert vice.computed_sums() == vice.told_sums()


def test_what_the_school_has_now_is_told_to_who_decides_and_never_to_the_author(world: World) -> None:
    pupil = world.school.pupils[0]
    world.school.edit(world.school.new_score(pupil, state="pending"))
    kato, vice, sato = world.desk("kato"), world.desk("vice"), world.desk("sato")
    op = kato.patch("score", world.school.score(pupil), state="scored", value=7000)
    sato.push([sato.patch("score", world.school.score(pupil), state="scored", value=9100)])
    world.school.end_duty("kato.subject")
    assert kato.push([op])[0].outcome == "quarantined"
    for desk in (kato, vice):
        desk.sync()
    assert [row for row in kato.rows.values() if row.type in ("late_target", "score")] == []
    assert [row for row in vice.rows.values() if row.type == "score"] == []
    (about,) = (row for row in vice.rows.values() if row.type == "late_target")
    told = {record["type"]: record["fields"] for record in about.fields["records"]}
    assert set(told) == {"score", "evidence_part", "evidence"}
    assert (told["score"]["value"], told["evidence"]["title"]) == (9100, "わり算")


def test_an_accepted_late_edit_takes_effect_as_its_authors_and_history_names_both(world: World) -> None:
    ito, vice = world.desk("ito", "職員室PC 4"), world.desk("vice")
    world.school.end_duty("ito.homeroom")
    op = mark(world.school, "LATE", late_at="08:55")
    ito.push([op])
    vice.sync()
    told = decide(vice, late(vice)[0], "accepted", "学年主任に確かめました")
    assert (told.outcome, told.ops) == ("applied", ())
    for desk in (ito, vice):
        desk.sync()
    assert vice.rows["attendance", op.id].fields == op.set
    held = late(ito)[0].fields
    assert (held["state"], held["reason"], held["outcome"]) == ("accepted", "学年主任に確かめました", "applied")
    people = world.school.people
    assert (held["decided_by"], held["decided_at"]) == (people["vice"].staff, "2026-11-19T23:31:00.000Z")
    with world.place.storage.database.reading() as connection:
        columns = (history.c.user, history.c.staff, history.c.device, history.c.dseq, history.c.made)
        wanted = (history.c.school == world.school.school) & (history.c.id == op.id)
        rows = [tuple(row) for row in connection.execute(select(*columns).where(wanted))]
    assert rows == [(people["vice"].user, people["ito"].staff, held["device"], 1, MADE)]
    assert vice.computed_sums() == vice.told_sums()


def test_a_late_edit_is_let_in_once_whatever_is_decided_again(world: World) -> None:
    ito, vice, other = world.desk("ito"), world.desk("vice"), world.desk("vice", "校長室PC")
    world.school.end_duty("ito.homeroom")
    op = mark(world.school, "LATE")
    ito.push([op])
    for desk in (vice, other):
        desk.sync()
    row = late(vice)[0]
    decide(vice, row, "accepted")
    vice.sync()
    world.school.edit(Patch(type=op.type, id=op.id, set=unit("PRESENT"), base={"mark": vice.ver(op.type, op.id)}))
    seq = partition_seq(world.school)
    assert decide(other, row, "accepted").outcome == "same"
    told = decide(other, row, "declined", "まちがい")
    assert (told.outcome, told.code, told.ops) == ("rejected", "period_closed", ((0, "state"),))
    assert late(other)[0].fields["state"] == "accepted", "what was decided comes with the answer"
    assert partition_seq(world.school) == seq
    other.sync()
    assert other.rows[op.type, op.id].fields["mark"] == "PRESENT"


def unit(value: str) -> dict[str, Any]:
    """The unit of a mark."""
    return {"mark": value, "late_at": None, "left_at": None}


def test_a_value_changed_since_is_kept_beside_the_late_one_and_nothing_is_overwritten(world: World) -> None:
    op = mark(world.school, "PRESENT")
    world.school.edit(op)
    ito, vice = world.desk("ito", "貸出PC 12"), world.desk("vice")
    late_op = ito.patch(op.type, op.id, mark="LATE", late_at="08:55")
    vice.push([vice.patch(op.type, op.id, mark="ABSENT_SICK")])
    world.school.end_duty("ito.homeroom")
    ito.push([late_op])
    vice.sync()
    assert decide(vice, late(vice)[0], "accepted").outcome == "applied"
    vice.sync()
    assert vice.rows[op.type, op.id].fields["mark"] == "ABSENT_SICK"
    assert late(vice)[0].fields["outcome"] == "conflict_kept"
    (conflict,) = vice.conflicts()
    people = world.school.people
    assert conflict.fields["base"] == {"mark": "PRESENT"}
    assert conflict.fields["current"]["by"] == people["vice"].staff
    assert conflict.fields["incoming"] == {
        "value": {"mark": "LATE", "late_at": "08:55"},
        "by": people["ito"].staff,
        "device": "貸出PC 12",
        "at": "2026-11-19T23:31:00.000Z",
        "made": MADE,
    }
    assert vice.computed_sums() == vice.told_sums()


def test_a_declined_late_edit_changes_nothing_and_tells_its_author_why(world: World) -> None:
    ito, vice = world.desk("ito"), world.desk("vice")
    world.school.end_duty("ito.homeroom")
    op = mark(world.school, "LATE")
    ito.push([op])
    vice.sync()
    told = decide(vice, late(vice)[0], "declined")
    assert (told.outcome, told.code) == ("rejected", "invalid"), "who declines says why"
    assert decide(vice, late(vice)[0], "declined", "新しい担任が記録しました").outcome == "applied"
    for desk in (ito, vice):
        desk.sync()
    assert ("attendance", op.id) not in vice.rows
    held = late(ito)[0].fields
    assert (held["state"], held["reason"]) == ("declined", "新しい担任が記録しました")
    assert "outcome" not in held


@pytest.mark.parametrize("together", [True, False])
def test_late_edits_that_stand_on_each_other_are_let_in_one_after_the_other(world: World, together: bool) -> None:
    ito, vice = world.desk("ito"), world.desk("vice")
    world.school.end_duty("ito.homeroom")
    op = mark(world.school, "LATE")
    ito.push([op], [Patch(type=op.type, id=op.id, set=unit("PRESENT"), base={"mark": "q1"})])
    told = ito.push([Delete(type=op.type, id=op.id, base="q2")])
    assert {one.outcome for one in ito.outcomes.values()} == {"quarantined"}, told
    vice.sync()
    first, second, _ = late(vice)
    assert decide(vice, second, "accepted").code == "parent_missing", "not before what it stands on"
    vice.sync()
    ops = [Patch(type="late_edit", id=row.id, set=ACCEPTED, base={"state": row.ver}) for row in (first, second)]
    told = vice.push(ops) if together else vice.push(*([each] for each in ops))
    assert {one.outcome for one in told} == {"applied"}
    vice.sync()
    assert vice.rows[op.type, op.id].fields["mark"] == "PRESENT"
    assert [row.fields.get("outcome") for row in late(vice)] == ["applied", "applied", None]


def test_late_edits_that_stand_on_each_other_differ_together_from_what_came_before_them(world: World) -> None:
    world.school.edit(mark(world.school, "ABSENT_SICK"))
    ito, vice = world.desk("ito"), world.desk("vice")
    world.school.end_duty("ito.homeroom")
    op = mark(world.school, "LATE")
    ito.push([op], [Patch(type=op.type, id=op.id, set=unit("PRESENT"), base={"mark": "q1"})])
    vice.sync()
    vice.push([Patch(type="late_edit", id=row.id, set=ACCEPTED, base={"state": row.ver}) for row in late(vice)])
    vice.sync()
    assert vice.rows[op.type, op.id].fields["mark"] == "ABSENT_SICK"
    assert [row.fields["outcome"] for row in late(vice)] == ["conflict_kept", "conflict_kept"]
    assert {row.fields["incoming"]["value"]["mark"] for row in vice.conflicts()} == {"LATE", "PRESENT"}


def test_two_authors_late_values_for_one_field_let_in_by_one_act_are_both_kept(world: World) -> None:
    pupil = world.school.pupils[0]
    world.school.edit(world.school.new_score(pupil, state="pending"))
    sato, kato, vice = world.desk("sato"), world.desk("kato"), world.desk("vice")
    id_ = world.school.score(pupil)
    first = sato.patch("score", id_, state="scored", value=7000)
    other = kato.patch("score", id_, state="scored", value=8000)
    for name in ("sato.subject", "kato.subject"):
        world.school.end_duty(name)
    assert [desk.push([op])[0].outcome for desk, op in ((sato, first), (kato, other))] == ["quarantined"] * 2
    vice.sync()
    rows = sorted(late(vice), key=lambda row: row.ver)
    vice.push([Patch(type="late_edit", id=row.id, set=ACCEPTED, base={"state": row.ver}) for row in rows])
    vice.sync()
    ended = {row.fields["author"]: row.fields["outcome"] for row in late(vice)}
    people = world.school.people
    assert ended == {people["sato"].staff: "applied", people["kato"].staff: "conflict_kept"}
    ito = world.school.people["ito"].staff
    world.school.make("duty", staff=ito, role="subject", target_kind="course", target=MATH, from_="2026-04-01")
    reader = world.desk("ito")
    (conflict,) = reader.conflicts()
    assert (conflict.fields["base"], conflict.fields["current"]["by"]) == ({"state": "pending"}, people["sato"].staff)
    assert reader.rows["score", id_].fields["value"] == 7000


def test_what_cannot_be_let_in_leaves_the_late_edit_open_and_no_trace(world: World) -> None:
    ito, vice = world.desk("ito"), world.desk("vice")
    world.school.end_duty("ito.homeroom")
    ito.push([mark(world.school, "LATE")])
    year = world.school.key("school_year", year=2026)
    seal = Patch(type="school_year", id=year, set={"sealed": True}, base={"sealed": partition_seq(world.school)})
    assert world.school.edit(seal).outcome == "applied"
    vice.sync()
    seq = partition_seq(world.school)
    told = decide(vice, late(vice)[0], "accepted")
    assert (told.outcome, told.code, told.ops) == ("rejected", "period_closed", ((0, "state"),))
    assert (late(vice)[0].fields["state"], partition_seq(world.school)) == ("open", seq)


def test_only_who_holds_the_duty_decides_and_only_with_the_state(world: World) -> None:
    ito, sato, vice = world.desk("ito"), world.desk("sato"), world.desk("vice")
    world.school.end_duty("ito.homeroom")
    ito.push([mark(world.school, "LATE")])
    for desk in (ito, vice):
        desk.sync()
    row = late(vice)[0]
    for desk in (ito, sato):
        assert decide(desk, row, "accepted").code == "forbidden"
    forged = Patch(type="late_edit", id=row.id, set={"outcome": "applied", "marks": None}, base={"outcome": row.ver})
    assert vice.push([forged])[0].code == "invalid"
    assert decide(vice, row, "open").code == "invalid"
    made = Create(type="late_edit", id=row.id, set=dict(row.fields) | {"ops": []})
    assert vice.push([made])[0].code == "forbidden"
    world.school.end_duty("vice.vice")
    assert decide(vice, row, "accepted").code == "forbidden", "a decision that comes late is none"
