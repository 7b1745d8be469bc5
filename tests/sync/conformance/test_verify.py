"""Verify finds in which part of a scope two sides differ, and a new epoch says how far they agree."""

import pytest

from sync.protocol.digest import SUM_MODULUS, bucket_of, row_hash
from sync.protocol.errors import EpochChanged, Forbidden
from sync.protocol.frames import Row, unpack
from sync.protocol.messages import NIL_DEVICE, VerifyRequest
from sync.server.storage import epochs, partitions
from tests.sync.conformance.desk import Desk
from tests.sync.conformance.ends import World
from tests.sync.server.tiny import MATH, OTHER

LESSON = f"lesson:{MATH}"
FRESH = "018f0000-0000-7000-8000-00000000e90c"
LATER = "018f0000-0000-7000-8000-00000000e90d"


def _asked(desk: Desk, scope: str = LESSON, buckets: tuple[int, ...] = (), cursor: int | None = None) -> VerifyRequest:
    assert desk.epoch is not None
    assert desk.cursor is not None
    at = desk.cursor if cursor is None else cursor
    return VerifyRequest(epoch=desk.epoch, cursor=at, grants=desk.hash, scope=scope, buckets=buckets)


def _filled(world: World) -> Desk:
    for pupil in world.school.pupils:
        world.school.edit(world.school.new_score(pupil, state="pending"), world.school.new_grade(pupil, "A"))
    return world.desk("sato")


def _held(desk: Desk, bucket: int) -> list[Row]:
    return sorted(row for row in desk.rows.values() if LESSON in row.scopes and bucket_of(row.id) == bucket)


def test_the_sums_of_the_parts_are_those_of_the_rows_held(world: World) -> None:
    desk = _filled(world)
    told = desk.backend.verify(desk.school, _asked(desk))
    assert told.cursor == desk.cursor
    for bucket in range(256):
        rows = _held(desk, bucket)
        total = sum(row_hash(row.type, row.id, row.ver, row.fields) for row in rows) % SUM_MODULUS
        assert told.sums.get(bucket, ("0" * 16, 0)) == (f"{total:016x}", len(rows))
    assert sum(count for _, count in told.sums.values()) == sum(LESSON in row.scopes for row in desk.rows.values())


def test_the_rows_of_the_parts_asked_for_come_whole_and_no_others(world: World) -> None:
    desk = _filled(world)
    parts = tuple(desk.backend.verify(desk.school, _asked(desk)).sums)[:3]
    told = desk.backend.verify(desk.school, _asked(desk, buckets=(*parts, 0)))
    assert set(told.whole) == {*parts, 0}
    found = sorted(row for frame in told.frames for row in unpack(frame))
    assert found == sorted({row.id: row for bucket in (*parts, 0) for row in _held(desk, bucket)}.values())


def test_a_partition_that_has_moved_on_says_so_and_nothing_else(world: World) -> None:
    desk = _filled(world)
    world.school.edit(world.school.new_grade(world.school.pupils[0], "B", "think"))
    told = desk.backend.verify(desk.school, _asked(desk))
    assert (told.cursor, told.sums, told.frames) == ((desk.cursor or 0) + 1, {}, ())


def test_a_scope_that_is_not_granted_is_not_compared_and_changed_grants_come_alone(world: World) -> None:
    desk = _filled(world)
    with pytest.raises(Forbidden):
        desk.backend.verify(desk.school, _asked(desk, f"grades:{OTHER}"))
    told = desk.backend.verify(desk.school, _asked(desk).model_copy(update={"grants": "0" * 16}))
    assert told.grants is not None
    assert (told.grants.hash, told.cursor, told.sums) == (desk.hash, None, {})


def test_a_new_epoch_tells_every_older_one_up_to_where_it_agrees(world: World) -> None:
    desk, late = _filled(world), world.desk("kato")
    first, cut = desk.epoch, desk.cursor
    storage = world.place.storage
    for fresh in (FRESH, LATER):
        with storage.database.writing() as connection:
            held = partitions.lock(connection, desk.school)
            assert held is not None
            epochs.begin(connection, held, fresh)
    assert cut is not None
    for epoch, agreed in ((first, cut), (FRESH, cut + epochs.LEAP), (NIL_DEVICE, cut + epochs.LEAP)):
        with pytest.raises(EpochChanged) as told:
            desk.backend.verify(desk.school, _asked(desk).model_copy(update={"epoch": epoch}))
        assert told.value.facts == {"epoch": LATER, "seq": agreed}
    with pytest.raises(EpochChanged) as pulled:
        desk.ask()
    assert pulled.value.facts == {"epoch": LATER, "seq": cut}
    with pytest.raises(EpochChanged):
        late.push([world.school.new_grade(world.school.pupils[0], "C", "think")])
    desk.epoch, desk.cursor, desk.live = None, None, set()
    desk.sync()
    assert desk.push([world.school.new_grade(world.school.pupils[0], "C", "think")])[0].seq == cut + 2 * epochs.LEAP + 1
