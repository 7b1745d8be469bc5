"""Pulls on a real streaming replica: read there when it knows all, from the database itself when it lags or is gone."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, make_url

from sync.protocol.backend import Backend
from sync.protocol.errors import ChunkGone, DeviceForked
from sync.protocol.frames import Frame
from sync.protocol.messages import Chunk, Delete, PullAnswer, PullRequest
from sync.server.core import Core
from sync.server.migrate import migrate
from sync.server.snapshots import pack
from sync.server.storage.names import NameCache
from sync.server.storage.replica import AWAY_S, Replica
from sync.server.storage.snapshots import Chunking
from sync.server.storage.store import GrantCache, open_storage
from tests.kit.clock import HeldClock
from tests.kit.postgres import PostgresServer
from tests.sync.conformance.desk import Desk
from tests.sync.conformance.ends import Place, World
from tests.sync.server.tiny import MATH, tiny_school


@dataclass(slots=True)
class Lagging:
    """A school whose pulls may be read on a replica, which can be held still."""

    world: World
    server: PostgresServer
    replica: Replica
    told: list[str] = field(default_factory=list)

    def stop(self) -> None:
        """From now on the replica learns nothing new."""
        self._say("SELECT pg_wal_replay_pause()")
        while self._say("SELECT pg_get_wal_replay_pause_state()") != "paused":
            time.sleep(0.01)

    def resume(self) -> None:
        """It learns again; returns when it knows all the database knows."""
        self._say("SELECT pg_wal_replay_resume()")
        self.catch_up()

    def catch_up(self) -> None:
        """Return when the replica knows all the database knows."""
        with self.replica.primary.writing() as connection:
            reached = connection.exec_driver_sql("SELECT pg_current_wal_insert_lsn()").scalar_one()
        until = time.monotonic() + 20
        while not self._say(f"SELECT pg_last_wal_replay_lsn() >= '{reached}'"):
            assert time.monotonic() < until, "the replica never caught up"
            time.sleep(0.01)

    def read_since(self) -> tuple[int, int]:
        """How often rows were read on the replica, and in the database, since the last call."""
        found = self.told.count("replica"), self.told.count("database")
        self.told.clear()
        return found

    def _say(self, statement: str) -> object:
        with psycopg.connect(self.server.conninfo("postgres"), autocommit=True) as connection:
            row = connection.execute(statement.encode()).fetchone()
        return None if row is None else row[0]


@pytest.fixture
def lagging(postgres: PostgresServer, replica: PostgresServer, tmp_path: Path) -> Iterator[Lagging]:
    url, clock = postgres.create_database(), HeldClock()
    storage = open_storage(tmp_path, url, replica.url(str(make_url(url).database)))
    assert storage.replica is not None
    migrate(storage.database)
    place = Place(storage, clock, "", issuer=None)
    found = Lagging(World(place, tiny_school(storage, clock.now), place.core), replica, storage.replica)
    for name, database in (("replica", storage.replica.database), ("database", storage.database)):
        event.listen(database.snapshots, "before_cursor_execute", _listener(found, name))
    found.catch_up()
    yield found
    found.resume()
    storage.close()


def test_pages_are_read_on_a_replica_that_knows_everything(lagging: Lagging) -> None:
    desk = lagging.world.desk("sato")
    there, here = lagging.read_since()
    assert there > 0
    assert here == 0
    assert desk.told_sums() == desk.computed_sums()


def test_a_reader_finds_its_own_writes_and_everybody_elses_while_the_replica_lags(lagging: Lagging) -> None:
    school = lagging.world.school
    desk, other = lagging.world.desk("sato"), lagging.world.desk("kato")
    lagging.catch_up()
    lagging.stop()
    desk.push([school.new_grade(school.pupils[0], "A")], [school.new_remark(school.pupils[0], "一。")])
    lagging.read_since()
    for one in (desk, other):
        one.sync()
        assert one.rows["viewpoint_grade", school.grade(school.pupils[0])].fields["value"] == "A"
    assert lagging.read_since()[0] == 0
    lagging.resume()
    other.sync()
    there, here = lagging.read_since()
    assert there > 0
    assert here == 0
    assert other.rows["viewpoint_grade", school.grade(school.pupils[0])].fields["value"] == "A"


def test_a_load_begun_on_the_replica_goes_on_in_the_database_without_a_gap(lagging: Lagging) -> None:
    school = lagging.world.school
    desk, reader = lagging.world.desk("sato"), lagging.world.unloaded(school, "sato")
    lagging.catch_up()
    lagging.read_since()

    def overtaken() -> None:
        """The replica stands still, and somebody writes behind the sweep."""
        lagging.stop()
        desk.push([school.new_grade(pupil, "A") for pupil in school.pupils])

    reader.backend = _Between(reader.backend, 1, overtaken)
    reader.sync(size=3)
    assert min(lagging.read_since()) > 0
    lagging.resume()
    fresh = lagging.world.desk("sato")
    reader.sync()
    assert reader.rows == fresh.rows
    assert reader.told_sums() == reader.computed_sums()


def test_a_right_that_ended_gives_nothing_though_the_replica_has_not_heard_of_it(lagging: Lagging) -> None:
    desk = lagging.world.desk("kato")
    assert f"lesson:{MATH}" in desk.scopes
    lagging.catch_up()
    lagging.stop()
    lagging.world.school.end_duty("kato.subject")
    assert desk.ask().grants is not None
    assert f"lesson:{MATH}" not in desk.scopes


def test_a_group_that_changed_nothing_makes_no_fork_of_its_device_on_a_replica_that_lags(lagging: Lagging) -> None:
    school = lagging.world.school
    desk = lagging.world.desk("sato")
    desk.push([school.new_grade(school.pupils[0], "A")])
    lagging.catch_up()
    desk.sync()
    lagging.stop()
    told = desk.push([desk.patch("viewpoint_grade", school.grade(school.pupils[0]), value="A")])
    assert [outcome.outcome for outcome in told] == ["same"]
    desk.sync()
    copy = lagging.world.desk("sato")
    copy.acknowledged = (1, "0" * 32)
    with pytest.raises(DeviceForked):
        copy.ask()


def test_a_replica_that_is_gone_is_left_alone_for_a_while_and_nobody_notices(lagging: Lagging, tmp_path: Path) -> None:
    storage, now = lagging.world.place.storage, [0.0]
    nowhere = open_storage(tmp_path, f"postgresql+psycopg://keyaki@/nothing?host={tmp_path}")
    storage.replica = Replica(lagging.replica.primary, nowhere.database, lambda: now[0])
    tried: list[object] = []
    event.listen(nowhere.database.engine, "do_connect", lambda *args: tried.append(args))
    desk = lagging.world.desk("sato")
    assert desk.rows
    assert len(tried) == 1
    now[0] = AWAY_S + 1
    desk.sync()
    assert len(tried) == 2
    nowhere.close()


def test_a_chunk_the_replica_has_not_heard_of_is_given_by_the_database_and_later_by_the_replica(
    lagging: Lagging,
) -> None:
    lagging.catch_up()
    lagging.stop()
    _pack(lagging)  # no row changes: the replica still knows all rows, and is read, but has no chunk
    desk = _of_two_processes(lagging)
    desk.sync()
    assert sum(chunk.rows for chunk in desk.chunks.values()) > 5
    assert desk.rows == lagging.world.desk("sato").rows
    assert desk.computed_sums() == desk.told_sums()
    chunks = list(desk.chunks.values())
    given = desk.backend.get_chunks(desk.school, chunks)
    lagging.resume()
    lagging.read_since()
    assert desk.backend.get_chunks(desk.school, chunks) == given
    there, here = lagging.read_since()
    assert there > 0
    assert here == 0


def test_a_chunk_that_was_offered_before_a_row_left_it_is_given_by_no_replica_that_has_not_heard_of_that(
    lagging: Lagging,
) -> None:
    school = lagging.world.school
    _pack(lagging)
    lagging.catch_up()
    reader = _of_two_processes(lagging)
    while reader.ask().grants is not None:
        pass
    loading = dict.fromkeys(reader.scopes, 0)
    asked = PullRequest(epoch=reader.epoch, grants=reader.hash, loading=loading, chunks=True)
    offered = reader.backend.pull(school.school, asked).chunks
    guest = school.pupils[2]
    (wanted,) = (chunk for chunk in offered if _holds(reader.backend.get_chunks(school.school, [chunk]), guest))
    ver = lagging.world.desk("sato").ver("pupil", guest)
    lagging.catch_up()
    lagging.stop()
    assert school.edit(Delete(type="pupil", id=guest, base=ver)).outcome == "applied"
    with pytest.raises(ChunkGone):
        reader.backend.get_chunks(school.school, [wanted])
    reader.sync()
    assert wanted.id not in reader.chunks
    assert ("pupil", guest) not in reader.rows
    assert reader.rows == lagging.world.desk("sato").rows
    assert reader.computed_sums() == reader.told_sums()


@dataclass(slots=True)
class _Between:
    """A way to the server on which something happens behind one page of rows."""

    backend: Backend
    pages: int
    happens: Callable[[], None]

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        answer = self.backend.pull(school, request)
        if answer.next is not None:
            self.pages -= 1
            if self.pages == 0:
                self.happens()
        return answer


@dataclass(slots=True)
class _TwoProcesses:
    """A way to the server on which one process answers pulls, reading the database, and another gives the chunks."""

    pulls: Backend
    gives: Backend

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        return self.pulls.pull(school, request)

    def get_chunks(self, school: str, chunks: Sequence[Chunk]) -> tuple[Frame, ...]:
        return self.gives.get_chunks(school, chunks)


def _of_two_processes(of: Lagging) -> Desk:
    """A desk with nothing yet, that takes chunks; those come from a process that may read on the replica."""
    place, school = of.world.place, of.world.school
    caller = place.enrol(school, "sato", "職員室PC 1")
    alone = replace(place.storage, replica=None, names=NameCache(), grants=GrantCache())
    ways: Any = _TwoProcesses(Core(alone, caller, place.clock, wait_s=0), place.core(caller))
    return Desk(ways, school.school, chunked=True)


def _pack(of: Lagging) -> None:
    """Pack all scope sets of the school as they are now."""
    storage = of.world.place.storage
    storage.chunking = Chunking(least=1, apart_s=0)
    pack(storage, of.world.school.school, range(1, 40), of.world.place.clock)


def _holds(frames: Sequence[Frame], id_: str) -> bool:
    return any(id_ in row for frame in frames for row in frame.rows)


def _listener(of: Lagging, name: str) -> Any:
    """Notes each statement that reads more than where a partition stands."""

    def listen(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
        if "FROM partition" not in " ".join(statement.split()):
            of.told.append(name)

    return listen
