"""What a process remembers between requests is what was committed, and never what its own transaction only meant to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, event

from sync.protocol.messages import Patch
from sync.records.registry import NUMBER, TYPES, scopes_of
from sync.server.caller import Caller
from sync.server.core import Core
from sync.server.edits import server_edit
from sync.server.migrate import migrate
from sync.server.storage import partitions
from sync.server.storage.identity import ACTIVE, DeviceRow, enrol_device
from sync.server.storage.names import NameCache
from sync.server.storage.store import Storage, open_storage
from tests.kit.clock import HeldClock
from tests.kit.postgres import PostgresServer
from tests.sync.conformance.desk import Desk
from tests.sync.server.tiny import Tiny, tiny_school


class _DiskFull(Exception):
    """What a commit fails with here."""


@pytest.fixture(params=["sqlite", "postgres"])
def processes(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Storage, Storage]]:
    """Two processes' storages over one database."""
    url = None
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.create_database()
    one, other = open_storage(tmp_path, url), open_storage(tmp_path, url)
    migrate(one.database)
    yield one, other
    one.close()
    other.close()


def test_scopes_of_a_push_whose_commit_failed_mean_nothing_afterwards(processes: tuple[Storage, Storage]) -> None:
    clock = HeldClock()
    school = tiny_school(processes[0], clock.now)
    pupil = school.pupils[0]
    desk, other, reader = (_desk(storage, school, clock) for storage in (*processes, processes[0]))
    refused = school.new_grade(pupil, "no such mark")
    failing = _failing(processes[0])
    with failing, pytest.raises(_DiskFull):
        desk.push([school.new_grade(pupil, "A")], [refused])  # the first grade of this school, and then its frame
    assert other.push([school.new_remark(pupil, "一。")])[0].outcome == "applied"
    for one in (other, reader):
        one.sync()
        row = one.rows["remark", school.remark(pupil)]
        assert row.scopes == scopes_of(TYPES["remark"], row.fields)
        assert row.fields["text"] == "一。"


def test_names_of_more_schools_than_a_process_may_remember_are_read_again(processes: tuple[Storage, Storage]) -> None:
    clock, storage = HeldClock(), processes[0]
    schools = [tiny_school(storage, clock.now, number).school for number in range(2)]
    asked: list[str] = []
    event.listen(storage.database.engine, "before_cursor_execute", lambda _c, _k, text, *_: asked.append(text))

    def read(cache: NameCache) -> list[int]:
        """How many statements the names of the schools take, one after the other, twice."""
        took: list[int] = []
        with storage.database.reading() as connection:
            for school in schools * 2:
                partition = partitions.read(connection, school)
                assert partition is not None
                asked.clear()
                names = cache.read(connection, partition)
                took.append(len(asked))
                assert len(names.scopes) == partition.scope_n
        return took

    assert read(NameCache(2)) == [3, 3, 0, 0]
    assert read(NameCache(1)) == [3, 3, 3, 3]


def test_sums_stay_true_where_two_processes_push_in_turns_and_a_commit_fails(
    processes: tuple[Storage, Storage],
) -> None:
    clock = HeldClock()
    school = tiny_school(processes[0], clock.now)
    one, other, failing = (_desk(storage, school, clock) for storage in (*processes, processes[0]))
    pupil = school.pupils[0]
    assert one.push([school.new_remark(pupil, "一。")])[0].outcome == "applied"
    with _failing(processes[0]), pytest.raises(_DiskFull):
        failing.push([school.new_remark(pupil, "二。", "moral")])
    assert other.push([school.new_remark(pupil, "三。", "total")])[0].outcome == "applied"
    one.sync()
    assert one.push([one.patch("remark", school.remark(pupil), text="四。")])[0].outcome == "applied"
    for desk in (one, other):
        desk.sync()
        assert desk.told_sums() == desk.computed_sums()


def test_a_push_asks_neither_for_sums_nor_for_sealed_years_that_the_one_before_has_left(
    processes: tuple[Storage, Storage],
) -> None:
    clock = HeldClock()
    school = tiny_school(processes[0], clock.now)
    desk = _desk(processes[0], school, clock)
    asked: list[str] = []
    event.listen(processes[0].database.engine, "before_cursor_execute", lambda _c, _k, text, *_: asked.append(text))
    took: list[int] = []
    for text in ("一。", "二。", "三。"):
        asked.clear()
        desk.push([school.new_remark(school.pupils[0], text)])
        took.append(sum(line.startswith("SELECT") and ("scope_sum" in line or "deleted IS" in line) for line in asked))
    assert took == [2, 0, 0]


def test_a_year_that_another_process_seals_takes_no_edit_here(processes: tuple[Storage, Storage]) -> None:
    clock = HeldClock()
    school = tiny_school(processes[1], clock.now)
    desk = _desk(processes[0], school, clock)
    assert desk.push([school.new_remark(school.pupils[0], "一。")])[0].outcome == "applied"
    for sealed, told in ((True, "rejected"), (False, "applied")):
        with processes[1].database.reading() as connection:
            now = partitions.read(connection, school.school)
        assert now is not None
        year = school.key("school_year", year=2026)
        op = Patch(type="school_year", id=year, set={"sealed": sealed}, base={"sealed": now.seq})
        for storage in processes if sealed else reversed(processes):
            server_edit(storage, school.school, [[op]], clock.now)
        assert desk.push([school.new_grade(school.pupils[0], "A")])[0].outcome == told


@contextmanager
def _failing(storage: Storage) -> Iterator[None]:
    """Within, no commit of this process succeeds."""

    def fail(connection: Connection) -> None:
        raise _DiskFull

    event.listen(storage.database.writers, "commit", fail)
    yield
    event.remove(storage.database.writers, "commit", fail)


def _desk(storage: Storage, school: Tiny, clock: HeldClock) -> Desk:
    """A new device of the class teacher at one of the processes, loaded."""
    person, device = school.people["sato"], str(uuid4())
    with storage.database.writing() as connection:
        owner = DeviceRow(person.user, school.school, ACTIVE)
        enrol_device(connection, device, owner, ("PC", "linux", None), 0)
    caller = Caller(person.user, person.staff, device, "PC", school.school, NUMBER)
    desk = Desk(Core(storage, caller, clock, wait_s=0), school.school)
    desk.sync()
    return desk
