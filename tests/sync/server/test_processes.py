"""Several processes over one PostgreSQL database are one server: one order, one outcome, one set of rights."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from sync.protocol.errors import DeviceSuspended
from sync.server.caller import Caller
from sync.server.identity.demo_issuer import DemoIssuer
from sync.server.migrate import migrate
from sync.server.storage import identity
from sync.server.storage.store import open_storage
from tests.kit.clock import HeldClock
from tests.kit.postgres import PostgresServer
from tests.sync.conformance.crowd import boxes, follow, name_of, patiently, write
from tests.sync.conformance.desk import Desk
from tests.sync.conformance.ends import Place
from tests.sync.server.served import process_on
from tests.sync.server.tiny import MATH, Person, Tiny, partition_seq

PROCESSES, WRITERS, PUSHES = 2, 6, 8


@dataclass(slots=True)
class Twins:
    """Two processes on one database, a school in it that nobody else uses, and how to sit down at either."""

    places: list[Place]
    school: Tiny

    def enrol(self, name: str) -> Caller:
        """A new device of a member of staff."""
        return self.places[0].enrol(self.school, name, "職員室PC 1")

    def desk(self, caller: Caller, process: int) -> Desk:
        """A store of that device, loaded through one of the processes."""
        desk = Desk(self.places[process].http(caller), self.school.school)
        desk.sync()
        return desk


@pytest.fixture(scope="module")
def places(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Place]]:
    folder, url, clock = tmp_path_factory.mktemp("twins"), postgres.create_database(), HeldClock()
    with ExitStack() as stack:
        # Both start at once on an empty database, as they do where a service is made of several.
        with ThreadPoolExecutor(PROCESSES) as pool:
            begun = [process_on(folder, url) for _ in range(PROCESSES)]
            addresses = [job.result(60) for job in [pool.submit(stack.enter_context, one) for one in begun]]
        storage = open_storage(folder, url)
        stack.callback(storage.close)
        assert migrate(storage.database) is False
        found = [Place(storage, clock, address, DemoIssuer(address, clock, str)) for address in addresses]
        yield found
        for place in found:
            for transport in place.transports:
                transport.close()


@pytest.fixture
def twins(places: list[Place]) -> Twins:
    """A school of this test's own."""
    return Twins(places, places[0].new_school())


def test_readers_of_each_process_have_every_change_of_the_writers_of_both(twins: Twins) -> None:
    writers = [twins.desk(twins.enrol("sato"), number % PROCESSES) for number in range(WRITERS)]
    readers = [twins.desk(twins.enrol("sato"), process) for process in range(PROCESSES)]
    over = threading.Event()
    with ThreadPoolExecutor(WRITERS + PROCESSES) as pool:
        following = [pool.submit(follow, reader, over) for reader in readers]
        writing = [pool.submit(write, desk, twins.school, number, PUSHES) for number, desk in enumerate(writers)]
        for job in writing:
            job.result(100)
        over.set()
        for job in following:
            job.result(100)
    whole = twins.desk(twins.enrol("sato"), 0)
    assert boxes(whole) == {name_of(writer, push) for writer in range(WRITERS) for push in range(PUSHES)}
    for desk in readers:
        assert desk.rows == whole.rows
    assert partition_seq(twins.school) == WRITERS * PUSHES + 1, "one number a push, none skipped"
    assert whole.ask(sums=True).sums == whole.computed_sums()


def test_the_same_groups_pushed_through_both_at_once_are_decided_once(twins: Twins) -> None:
    caller = twins.enrol("sato")
    copies = [twins.desk(caller, number % PROCESSES) for number in range(6)]
    ops = [twins.school.new_grade(pupil, "A") for pupil in twins.school.pupils]
    before = partition_seq(twins.school)
    with ThreadPoolExecutor(len(copies)) as pool:
        told = list(pool.map(lambda copy: patiently(lambda: copy.push(*([op] for op in ops))), copies))
    assert [outcome.outcome for outcome in told[0]] == ["applied"] * 3
    assert all(one == told[0] for one in told)
    assert partition_seq(twins.school) == before + 1


def test_a_long_poll_at_one_ends_within_a_second_of_a_push_through_the_other(twins: Twins) -> None:
    writer, reader = twins.desk(twins.enrol("sato"), 0), twins.desk(twins.enrol("kato"), 1)
    with ThreadPoolExecutor(1) as pool:
        for pupil in twins.school.pupils:
            seq = partition_seq(twins.school)
            waiting = pool.submit(lambda seq=seq: (reader.backend.wait(reader.school, seq), time.monotonic()))
            time.sleep(0.3)
            assert not waiting.done()
            writer.push([twins.school.new_grade(pupil, "A")])
            pushed = time.monotonic()
            news, woken = waiting.result(20)
            assert news.seq == seq + 1
            assert woken - pushed < 1


def test_a_right_taken_away_through_one_is_gone_at_the_other(twins: Twins) -> None:
    school, caller = twins.school, twins.enrol("kato")
    desk = twins.desk(caller, 0)
    also = twins.desk(caller, 1)
    assert f"lesson:{MATH}" in desk.scopes & also.scopes
    school.end_duty("kato.subject")
    assert [outcome.outcome for outcome in desk.push([school.new_grade(school.pupils[0], "A")])] == ["quarantined"]
    assert also.ask().grants is not None
    assert f"lesson:{MATH}" not in also.scopes
    assert not [row for row in also.rows.values() if row.type == "evidence"]


def test_scopes_first_named_through_one_are_read_through_the_other(twins: Twins) -> None:
    school = twins.school
    readers = [twins.desk(twins.enrol("vice"), process) for process in range(PROCESSES)]
    for number, process in enumerate((0, 1, 1, 0)):
        key, user = f"1-{number}", school.ids()
        class_ = school.make("class", year=2026, key=key, label=key, kind="regular", grades=[1])
        staff = school.make("staff", user=user, name=key, active=True)
        days = {"from_": "2026-04-01", "to": "2027-03-31"}
        school.make("duty", staff=staff, role="homeroom", target_kind="class", target=f"2026:{key}", **days)
        school.people[key] = Person(user, staff)
        pupil = school.make(
            "pupil", at_classes=[f"2026:{key}"], family="見本", given="花", kana_family="みほん", kana_given="はな"
        )
        school.make("membership", pupil=pupil, class_=f"2026:{key}", from_="2026-04-01", number=1, kind="home")
        writer = twins.desk(twins.enrol(key), process)
        remark = school.new_remark(pupil, key, **{"@class": f"2026:{key}"})
        assert writer.push([remark])[0].outcome == "applied"
        for reader in (writer, *readers):
            reader.sync()
            assert reader.rows["remark", remark.id].scopes == writer.rows["remark", remark.id].scopes
            assert ("class", class_) in reader.rows


def test_a_device_blocked_is_sent_away_by_both(twins: Twins) -> None:
    caller = twins.enrol("sato")
    desks = [twins.desk(caller, process) for process in range(PROCESSES)]
    with twins.school.storage.database.writing() as connection:
        identity.set_device_status(connection, caller.device, "suspended")
    for desk in desks:
        with pytest.raises(DeviceSuspended):
            desk.ask()
