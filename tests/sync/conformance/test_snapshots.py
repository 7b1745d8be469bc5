"""What chunks promise: packed once for all, nothing that has left, nothing missing, whatever happens meanwhile."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from sync.protocol.errors import ChunkGone, Forbidden
from sync.protocol.messages import Chunk, Create, Delete, Patch, PullRequest
from sync.records import registry
from sync.records.record import Fields, RecordType
from sync.records.roles import DataClass
from sync.server.snapshots import pack
from sync.server.storage import epochs, partitions, records
from sync.server.storage.snapshots import snapshot
from tests.sync.conformance.desk import Desk
from tests.sync.conformance.ends import World
from tests.sync.server.tiny import CLASS, Tiny, creates

ONE_WORLD = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
LAST = {"state": 2**53}


def test_two_teachers_are_given_the_very_same_chunks_and_hold_what_they_would_without(world: World) -> None:
    _marks(world.school, 30)
    _pack(world)
    sato, kato, plain = _loaded(world, "sato"), _loaded(world, "kato"), world.desk("sato")
    assert plain.chunks == {}
    assert sato.rows == plain.rows
    assert sato.computed_sums() == sato.told_sums()
    assert kato.computed_sums() == kato.told_sums()
    assert sum(chunk.rows for chunk in sato.chunks.values()) > 40
    assert {chunk.rows for chunk in sato.chunks.values() if chunk.id in kato.chunks} >= {3}, "the lesson of both"
    assert _loaded(world, "sato").chunks == sato.chunks


def test_a_load_has_what_it_reads_packed_for_the_next(world: World) -> None:
    _marks(world.school, 120)
    with _chunking(world, least=100):
        first = _loaded(world, "sato")
        assert first.chunks == {}
        later = first
        for _ in range(100):
            if later.chunks:
                break
            threading.Event().wait(0.05)
            later = _loaded(world, "sato")
        assert [chunk.rows for chunk in later.chunks.values()] == [120], "what is small stays on the page"
        assert later.rows == first.rows


def test_what_changed_since_it_was_packed_comes_with_the_merge(world: World) -> None:
    marks = _marks(world.school, 24)
    _pack(world)
    writer = world.desk("sato")
    writer.push([writer.patch(marks[5].type, marks[5].id, mark="LATE")])
    _marks(world.school, 25)
    desk = _loaded(world, "sato")
    assert 24 in {chunk.rows for chunk in desk.chunks.values()}, "packed before"
    assert desk.rows["attendance", marks[5].id].fields["mark"] == "LATE"
    writer.sync()
    assert desk.rows == writer.rows
    assert desk.computed_sums() == desk.told_sums()


def test_a_snapshot_that_is_far_behind_is_not_given_and_packed_anew(world: World) -> None:
    marks = _marks(world.school, 24)
    _pack(world)
    before = set(_loaded(world, "sato").chunks)
    writer = world.desk("sato")
    writer.push([writer.patch(mark.type, mark.id, mark="LATE") for mark in marks[:7]])
    desk = _loaded(world, "sato")
    assert 24 not in {chunk.rows for chunk in desk.chunks.values()}
    assert desk.chunks, "quiet sets are given as before"
    _pack(world)
    after = _loaded(world, "sato")
    assert [chunk.rows for chunk in after.chunks.values() if chunk.id not in before] == [24]
    assert after.rows == desk.rows


@pytest.mark.parametrize("how", ["deleted", "left"])
def test_a_chunk_with_a_row_that_has_gone_is_given_to_nobody_any_more(world: World, how: str) -> None:
    _marks(world.school, 24)
    _pack(world)
    desk = _loaded(world, "sato")
    wanted = [chunk for chunk in desk.chunks.values() if _holds(desk, chunk, "pupil")]
    assert wanted
    guest = world.school.pupils[2]
    held = desk.rows["pupil", guest].fields
    gone = [Delete(type="pupil", id=guest, base=desk.ver("pupil", guest))]
    moved = [Create(type="pupil", id=guest, set={**held, "@classes": ["2026:3-1"]})] if how == "left" else []
    assert world.school.edit(*gone, *moved).outcome == "applied"
    for chunk in wanted:
        with pytest.raises(ChunkGone):
            desk.backend.get_chunks(desk.school, [chunk])
    later = _loaded(world, "sato")
    assert not set(later.chunks) & {chunk.id for chunk in wanted}
    assert ("pupil", guest) not in later.rows
    assert later.computed_sums() == later.told_sums()
    _pack(world)
    assert _loaded(world, "sato").rows == later.rows


def test_what_has_become_class_one_is_in_no_chunk_any_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    pupil = world.school.pupils[0]
    world.school.edit(world.school.new_score(pupil, state="pending"))
    _pack(world)
    desk = _loaded(world, "sato")
    wanted = [chunk for chunk in desk.chunks.values() if _holds(desk, chunk, "score")]
    assert wanted

    def data_class_of(type_: RecordType, fields: Fields) -> DataClass:
        return DataClass.I if type_.name == "score" else registry.followed(type_, fields).data_class

    monkeypatch.setattr(records, "data_class_of", data_class_of)
    absent = Patch(type="score", id=world.school.score(pupil), set={"state": "absent", "value": None}, base=LAST)
    assert world.school.edit(absent).outcome == "applied"
    with pytest.raises(ChunkGone):
        desk.backend.get_chunks(desk.school, wanted)
    assert ("score", world.school.score(pupil)) not in _loaded(world, "sato").rows
    _pack(world)
    assert ("score", world.school.score(pupil)) not in _loaded(world, "sato").rows


def test_a_teacher_whose_duty_has_ended_is_refused_and_one_without_it_never_let_in(world: World) -> None:
    _marks(world.school, 24)
    _pack(world)
    sato, ito = _loaded(world, "sato"), _loaded(world, "ito")
    wanted = [chunk for chunk in sato.chunks.values() if chunk.rows == 24]
    assert sato.backend.get_chunks(sato.school, wanted)
    for other in (ito, _elsewhere(world)):
        with pytest.raises(Forbidden):
            other.backend.get_chunks(world.school.school, wanted)
    world.school.end_duty("sato.homeroom")
    with pytest.raises(Forbidden):
        sato.backend.get_chunks(sato.school, wanted)


def test_what_was_never_packed_is_not_there(world: World) -> None:
    desk = world.desk("sato")
    with pytest.raises(ChunkGone):
        desk.backend.get_chunks(desk.school, [Chunk("0" * 32, 10, 1)])


def test_chunks_of_another_epoch_are_never_given(world: World) -> None:
    _marks(world.school, 24)
    _pack(world)
    wanted = list(_loaded(world, "sato").chunks.values())
    with world.place.storage.database.writing() as connection:
        held = partitions.lock(connection, world.school.school)
        assert held is not None
        epochs.begin(connection, held, str(uuid4()))
    desk = _loaded(world, "sato")
    assert desk.chunks == {}
    with pytest.raises(ChunkGone):
        desk.backend.get_chunks(desk.school, wanted)
    _pack(world)
    assert _kept(world) == {desk.epoch}, "and forgotten when there are new ones"


def test_old_chunks_stay_for_whoever_is_still_fetching_them_and_no_longer(world: World) -> None:
    marks = _marks(world.school, 24)
    _pack(world)
    desk = _loaded(world, "sato")
    old = [chunk for chunk in desk.chunks.values() if chunk.rows == 24]
    writer, clock = world.desk("sato"), world.place.clock
    try:
        for minutes, mark, there in ((2, "LATE", True), (61, "EARLY", False)):
            clock.pass_(minutes=minutes)
            writer.push([writer.patch(marks[0].type, marks[0].id, mark=mark)])
            writer.sync()
            _pack(world)
            if there:
                assert desk.backend.get_chunks(desk.school, old)
            else:
                with pytest.raises(ChunkGone):
                    desk.backend.get_chunks(desk.school, old)
    finally:
        clock.pass_(minutes=-63)


def test_a_set_is_not_packed_again_at_once(world: World) -> None:
    marks = _marks(world.school, 24)
    _pack(world)
    writer = world.desk("sato")
    writer.push([writer.patch(marks[0].type, marks[0].id, mark="LATE")])
    before = _loaded(world, "sato").chunks
    pack(world.place.storage, world.school.school, range(1, 40), world.place.clock)
    assert _loaded(world, "sato").chunks == before


def test_many_may_pack_the_same_at_the_same_time(world: World) -> None:
    _marks(world.school, 60)
    with _chunking(world, rows=7, apart_s=0), ThreadPoolExecutor(4) as pool:
        storage, school = world.place.storage, world.school.school
        for job in [pool.submit(pack, storage, school, range(1, 40), world.place.clock) for _ in range(8)]:
            job.result(60)
    desk = _loaded(world, "sato")
    assert len(desk.chunks) > 10
    assert desk.rows == world.desk("sato").rows


@ONE_WORLD
@given(size=st.integers(3, 30), rows=st.integers(1, 9), page=st.integers(1, 40), steps=st.lists(st.integers(0, 4)))
def test_whatever_happens_between_two_pages_a_load_with_chunks_ends_with_the_schools_rows(
    world: World, size: int, rows: int, page: int, steps: list[int]
) -> None:
    school = world.place.new_school()
    here = replace(world, school=school)
    marks = _marks(school, size)
    with _chunking(world, rows=rows, spared=1, apart_s=0):
        _pack(here)
        reader, writer = here.unloaded(school, "sato"), here.desk_of(school, "sato")
        while reader.ask().grants is not None:
            pass
        loading = dict.fromkeys(reader.scopes, 0)
        request = PullRequest(epoch=reader.epoch, grants=reader.hash, loading=loading, max=page, chunks=True)
        turns = iter(steps)
        while True:
            try:
                answer = reader.page(request)
            except ChunkGone:
                answer = reader.page(request.model_copy(update={"chunks": False}))
            if answer.next is None:
                break
            request = request.model_copy(update={"next": answer.next})
            _happen(here, writer, marks, next(turns, 4))
    reader.live, reader.cursor = set(reader.scopes), answer.cursor
    assert reader.computed_sums() == reader.told_sums() if not _moved(here, reader) else True
    reader.sync()
    writer.sync()
    assert reader.rows == writer.rows
    assert reader.computed_sums() == reader.told_sums()


def _moved(world: World, desk: Desk) -> bool:
    """Whether the school has gone on since the desk last heard of it."""
    with world.place.storage.database.reading() as connection:
        held = partitions.read(connection, desk.school)
    assert held is not None
    return held.seq != desk.cursor


def _happen(world: World, writer: Desk, marks: list[Create], what: int) -> None:
    """A mark changes, goes or comes, everything is packed anew, or nothing happens."""
    mark = marks[what % len(marks)]
    there = (mark.type, mark.id) in writer.rows
    if what == 0 and there:
        writer.push([Delete(type=mark.type, id=mark.id, base=writer.ver(mark.type, mark.id))])
    elif what == 1 and there:
        writer.push([writer.patch(mark.type, mark.id, mark=("LATE", "EARLY")[writer.q % 2])])
    elif what == 2 and not there:
        writer.push([mark])
    elif what == 3:
        _pack(world)
    writer.sync()


def _loaded(world: World, name: str) -> Desk:
    """A new device of a member of staff, loaded with chunks."""
    desk = world.unloaded(world.school, name)
    desk.chunked = True
    desk.sync()
    return desk


def _elsewhere(world: World) -> Desk:
    """A device at another school."""
    return world.desk_of(world.place.new_school(), "sato")


def _pack(world: World) -> None:
    """Pack all scope sets of the school as they are now."""
    with _chunking(world, apart_s=0):
        pack(world.place.storage, world.school.school, range(1, 40), world.place.clock)


@contextmanager
def _chunking(world: World, **change: Any) -> Iterator[None]:
    storage = world.place.storage
    before = storage.chunking
    storage.chunking = replace(before, **change)
    yield
    storage.chunking = before


def _holds(desk: Desk, chunk: Chunk, type_: str) -> bool:
    return any(frame.type == type_ for frame in desk.backend.get_chunks(desk.school, [chunk]))


def _kept(world: World) -> set[str]:
    """The epochs of the chunks that are kept of the school."""
    with world.place.storage.database.reading() as connection:
        rows = connection.execute(select(snapshot.c.epoch).where(snapshot.c.school == world.school.school))
        return {row[0] for row in rows}


def _marks(school: Tiny, count: int) -> list[Create]:
    """Attendance marks of three pupils on many days; those that are there already stay."""
    dates = [f"2026-{4 + i // 81:02}-{1 + i // 3 % 27:02}" for i in range(count)]
    keys = [{"pupil": school.pupils[i % 3], "date": date} for i, date in enumerate(dates)]
    marks = [
        Create(
            type="attendance",
            id=school.key("attendance", **key),
            set=key | {"@classes": [CLASS], "mark": "ABSENT_SICK"},
        )
        for key in keys
    ]
    with school.storage.database.reading() as connection:
        own = partitions.read(connection, school.school)
        assert own is not None
        names = school.storage.names.read(connection, own)
        there = records.read(school.storage.database, connection, names, school.school, [(m.type, m.id) for m in marks])
    creates(school, [mark for mark in marks if (mark.type, mark.id) not in there])
    return marks
