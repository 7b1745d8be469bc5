"""Many writers at once: whoever follows a school by its cursor misses nothing (I2), on both storages."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.sync.conformance.crowd import Bustle, boxes, bustled, patiently
from tests.sync.conformance.desk import Desk
from tests.sync.conformance.ends import Place, World
from tests.sync.server.tiny import partition_seq

BUSTLE = Bustle(writers=8, readers=2, pushes=12)


@pytest.fixture
def crowd(place: Place) -> World:
    """A school of this test's own, reached directly: the threads are the crowd, not the sockets."""
    return World(place, place.new_school(), place.core)


def test_a_reader_that_only_follows_its_cursor_has_every_change_of_eight_writers(crowd: World) -> None:
    school = crowd.school
    readers = bustled(crowd, BUSTLE)
    whole = crowd.desk("sato")
    for desk in (*readers, whole):
        assert boxes(desk) == BUSTLE.written
        assert desk.rows == whole.rows
    assert partition_seq(school) == BUSTLE.writers * BUSTLE.pushes + 1, "one number a push, none skipped"
    assert whole.ask(sums=True).sums == whole.computed_sums()


def test_one_device_pushing_the_same_groups_from_many_threads_is_decided_once(crowd: World) -> None:
    desk = crowd.desk("sato")
    ops = [crowd.school.new_grade(pupil, "A") for pupil in crowd.school.pupils]
    before = partition_seq(crowd.school)
    copies = [Desk(desk.backend, desk.school, epoch=desk.epoch, scopes=set(desk.scopes)) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda copy: patiently(lambda: copy.push(*([op] for op in ops))), copies))
    assert all(one == told[0] for one in told)
    assert [outcome.outcome for outcome in told[0]] == ["applied"] * 3
    assert partition_seq(crowd.school) == before + 1


def test_writers_of_one_cell_leave_one_value_and_a_conflict_for_every_other(crowd: World) -> None:
    school, pupil = crowd.school, crowd.school.pupils[0]
    desks = [crowd.desk("sato", f"PC {number}") for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        values = dict(enumerate(("A", "B", "C", "A", "B", "C")))
        jobs = [
            pool.submit(patiently, lambda n=number, d=desk: d.push([school.new_grade(pupil, values[n])]))
            for number, desk in enumerate(desks)
        ]
        outcomes = [job.result(100)[0].outcome for job in jobs]
    reader = crowd.desk("sato")
    current = reader.rows["viewpoint_grade", school.grade(pupil)].fields["value"]
    kept = sorted(row.fields["incoming"]["value"]["value"] for row in reader.conflicts())
    assert outcomes.count("applied") == 1
    assert outcomes.count("same") == 1
    assert kept == sorted(value for value in ("A", "B", "C") * 2 if value != current)
