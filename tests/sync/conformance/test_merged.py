"""Who is told whose changes met in a unit that was merged, and who is not."""

import pytest

from sync.protocol.digest import CHAIN_START
from sync.protocol.messages import Group, Item
from sync.server.decide import fields
from tests.sync.conformance.desk import MADE, Desk
from tests.sync.conformance.ends import World


def item_of(desk: Desk, id_: str, text: str) -> Item:
    """The first group of a desk: another text of a remark it holds."""
    return Item(q=1, rev=0, group=Group(at=MADE, kind="test.edit", ops=(desk.patch("remark", id_, text=text),)))


def test_whoever_was_merged_with_is_named_and_a_repeat_says_the_same(world: World) -> None:
    pupil = world.school.pupils[0]
    world.school.edit(world.school.new_remark(pupil, "一。二。三。四。五。"))
    one, other, two = (world.desk("sato", label) for label in ("教室PC", "職員室PC 2", "自宅PC"))
    id_, sato = world.school.remark(pupil), world.school.people["sato"].staff
    assert one.push([one.patch("remark", id_, text="一、いち。二。三。四。五。")])[0].merged == ()
    world.place.clock.pass_(minutes=5)
    other.push([other.patch("remark", id_, text="一。二。三、さん。四。五。")])
    item = item_of(two, id_, "一。二。三。四。五、ご。")
    (told,) = two.push_items([item]).outcomes
    now = "2026-11-19T23:36:00.000Z"
    world.place.clock.pass_(minutes=-5)
    named = [(each.op, each.unit, each.by, each.device, each.at) for each in told.merged]
    assert named == [(0, "text", sato, "職員室PC 2", now), (0, "text", sato, "教室PC", "2026-11-19T23:31:00.000Z")]
    two.chain = CHAIN_START
    assert two.push_items([item]).outcomes == (told,), "whoever asks again is told the same"
    two.acknowledged = (0, CHAIN_START)
    assert two.ask().outcomes == (told,), "also by a pull, where the answer to the push was lost"


def test_whose_duty_has_ended_is_not_told_who_wrote_since(world: World) -> None:
    pupil = world.school.pupils[0]
    world.school.edit(world.school.new_remark(pupil, "一。二。三。"))
    one, two = world.desk("sato", "教室PC"), world.desk("sato", "自宅PC")
    id_ = world.school.remark(pupil)
    one.push([one.patch("remark", id_, text="一、いち。二。三。")])
    item = item_of(two, id_, "一。二。三、さん。")
    (told,) = two.push_items([item]).outcomes
    assert [each.device for each in told.merged] == ["教室PC"]
    world.school.end_duty("sato.homeroom")
    two.chain, two.acknowledged = CHAIN_START, (0, CHAIN_START)
    assert two.ask().grants is not None
    (again,) = two.ask().outcomes
    assert (again.outcome, again.ops, again.merged) == ("merged", told.ops, ())
    (again,) = two.push_items([item]).outcomes
    assert (again.outcome, again.ops, again.merged) == ("merged", told.ops, ())


def test_a_group_that_merges_a_whole_class_names_people_for_the_first_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fields, "NAMED_OPS_MAX", 2)
    ids = [world.school.remark(pupil) for pupil in world.school.pupils[:3]]
    for pupil in world.school.pupils[:3]:
        world.school.edit(world.school.new_remark(pupil, "一。二。三。"))
    one, two = world.desk("sato", "教室PC"), world.desk("sato", "自宅PC")
    one.push([one.patch("remark", id_, text="一、いち。二。三。") for id_ in ids])
    told = two.push([two.patch("remark", id_, text="一。二。三、さん。") for id_ in ids])[0]
    assert ([op for op, *_ in told.ops], [each.op for each in told.merged]) == ([0, 1, 2], [0, 1])
