"""A device tells what it has erased; a group it has erased keeps its number, and is never decided a second time."""

import pytest
from sqlalchemy import select

from sync.protocol.digest import group_hash
from sync.protocol.errors import DeviceForked, EpochChanged, Forbidden
from sync.protocol.messages import Group, Item, Outcome, Patch, PurgedRequest, PushRequest
from sync.records.registry import TYPES
from sync.server.push import sent
from sync.server.storage.tables import purged
from tests.sync.conformance.desk import MADE, Desk
from tests.sync.conformance.ends import World
from tests.sync.server.tiny import BOARD, MATH, OTHER

LESSON = f"lesson:{MATH}"
FRESH = "018f0000-0000-7000-8000-00000000e90c"


def _on_record(world: World, partition: str) -> list[tuple[str, str]]:
    with world.place.storage.database.reading() as connection:
        query = select(purged.c.scope, purged.c.user).where(purged.c.school == partition).order_by(purged.c.scope)
        return [(scope, user) for scope, user in connection.execute(query)]


def _emptied(item: Item) -> Item:
    group = item.group.model_copy(update={"ops": ()})
    return item.model_copy(update={"group": group, "gone": group_hash(sent(item))})


def _item(desk: Desk, *ops: object) -> Item:
    return Item(q=desk.q + 1, rev=0, group=Group(at=MADE, kind="test.edit", ops=tuple(ops)))


def test_what_a_device_tells_of_itself_is_on_record_once_however_often_it_is_told(world: World) -> None:
    desk = world.desk("sato")
    assert desk.epoch is not None
    told = PurgedRequest(epoch=desk.epoch, scopes=(LESSON, f"grades:{OTHER}"))
    for _ in range(2):
        assert desk.backend.purged(desk.school, told).epoch == desk.epoch
    user = world.school.people["sato"].user
    assert _on_record(world, desk.school) == [(f"grades:{OTHER}", user), (LESSON, user)]


def test_an_end_is_told_to_the_own_school_and_what_is_above_it_and_of_the_present_epoch(world: World) -> None:
    desk = world.desk("sato")
    assert desk.epoch is not None
    with pytest.raises(EpochChanged):
        desk.backend.purged(desk.school, PurgedRequest(epoch=FRESH, scopes=(LESSON,)))
    with pytest.raises(Forbidden):
        desk.backend.purged(world.place.new_school().school, PurgedRequest(epoch=desk.epoch, scopes=(LESSON,)))
    above = Desk(desk.backend, BOARD)
    above.sync()
    assert above.epoch is not None
    desk.backend.purged(BOARD, PurgedRequest(epoch=above.epoch, scopes=("all",)))
    assert _on_record(world, desk.school) == []


def test_a_group_whose_content_is_gone_is_known_by_its_hash(world: World) -> None:
    desk = world.desk("sato")
    item = _item(desk, world.school.new_grade(world.school.pupils[0], "A"))
    first = desk.push_items([item])
    desk.chain, desk.q = "0" * 32, 0
    again = desk.push_items([_emptied(item)])
    assert (again.outcomes, again.chain) == (first.outcomes, first.chain)
    other = _emptied(item).model_copy(update={"gone": "0" * 64})
    assert desk.epoch is not None
    forked = PushRequest(epoch=desk.epoch, chain="0" * 32, groups=(other,))
    with pytest.raises(DeviceForked):
        desk.backend.push(desk.school, forked)


def test_a_group_nobody_has_any_more_is_lost_and_the_next_one_stands_on_nothing_of_it(world: World) -> None:
    desk, pupil = world.desk("sato"), world.school.pupils[0]
    create = world.school.new_grade(pupil, "A")
    lost = desk.push_items([_emptied(_item(desk, create))])
    assert [(one.outcome, one.seq) for one in lost.outcomes] == [(Outcome.LOST, None)]
    desk.q = 1
    world.school.edit(world.school.new_grade(pupil, "B"))
    (then,) = desk.push([on_the_first(create.id)])
    assert then.outcome is Outcome.CONFLICT_KEPT


def on_the_first(id_: str) -> Patch:
    """A grade changed on the strength of what group 1 had made."""
    names = TYPES["viewpoint_grade"].units["value"]
    whole = dict.fromkeys(names) | {"value": "C", "basis": "manual"}
    return Patch(type="viewpoint_grade", id=id_, set=whole, base={"value": "q1"})
