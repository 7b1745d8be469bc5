"""Lending: what a device is given, what is kept of it, and what is destroyed; on each database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from sync.protocol.errors import Forbidden
from sync.protocol.lease import Lease, LeaseAnswer, LeaseRequest, Stream, lease_of, share_of
from sync.protocol.messages import read
from sync.protocol.signed import keys_of, root_of
from sync.records.registry import NUMBER
from sync.server.caller import Caller
from sync.server.leases.lend import Lending, lend
from sync.server.leases.signing import fresh_keys
from sync.server.settings import DeskHours
from sync.server.storage import identity, leases, streams
from sync.server.storage.identity import ACTIVE, DeviceRow
from sync.server.storage.store import Storage
from tests.sync.server.gate import Gate

LENDING = Lending(fresh_keys(date(2026, 11, 20)), "https://keyaki.example", DeskHours())


class Counter:
    """One school that lends, and a device of a teacher there."""

    def __init__(self, gate: Gate) -> None:
        self.gate, self.storage = gate, gate.storage
        self.device = self.new_device()

    def new_device(self) -> Caller:
        """A device of the teacher's, who has just signed in on it."""
        person, school, device = self.gate.school.people["sato"], self.gate.school.school, str(uuid4())
        with self.storage.database.writing() as connection:
            identity.enrol_device(connection, device, DeviceRow(person.user, school, ACTIVE), ("PC", "linux", None), 0)
        return Caller(person.user, person.staff, device, "PC", school, NUMBER, self.ms())

    def ms(self) -> int:
        """Now, in milliseconds."""
        return int(self.gate.clock.now.timestamp() * 1000)

    def lend(self, caller: Caller, *held: str, newest: int = 0) -> LeaseAnswer:
        """A new lease."""
        request = LeaseRequest(held=held, newest=newest)
        return read(LeaseAnswer, lend(self.storage, LENDING, caller, request, self.gate.clock.now))

    def lend_with(self, caller: Caller, stream: Stream) -> None:
        """A new lease, asked for by a store that tells of its journal."""
        lend(self.storage, LENDING, caller, LeaseRequest(stream=stream), self.gate.clock.now)


@pytest.fixture
def counter(gate: Gate) -> Counter:
    return Counter(gate)


def lease_in(answer: LeaseAnswer) -> Lease:
    """The lease, checked as a client does."""
    lease = lease_of(answer.lease, keys_of(answer.keys, root_of(answer.keys).thumbprint()))
    share_of(lease, answer.share)
    return lease


def kept(storage: Storage, device: str) -> list[tuple[int, bool]]:
    """The numbers of a device's leases, and whether their shares are there."""
    with storage.database.reading() as connection:
        rows = connection.execute(leases.lease.select().where(leases.lease.c.device == device)).mappings().all()
    return sorted((row["n"], row["share"] is not None) for row in rows)


def test_a_lease_says_whom_it_is_for_and_is_believed_by_who_fixed_the_root(counter: Counter) -> None:
    at = int(counter.gate.clock.now.timestamp())
    lease = lease_in(counter.lend(counter.device))
    assert (lease.iss, lease.aud, lease.sub) == ("https://keyaki.example", counter.device.device, counter.device.user)
    assert (lease.kind, lease.purpose, lease.max_class, lease.n, lease.prev) == ("desk", "continuity", "II", 1, None)
    assert (lease.iat, lease.nbf) == (at, at)
    assert lease.holds(at)
    assert not lease.holds(lease.exp)
    assert {"school", "class:2026:3-2", "lesson:2026:3-2:math"} <= set(lease.scopes) or "all" in lease.scopes
    assert list(lease.scopes) == sorted(set(lease.scopes))


def test_each_lease_has_a_higher_number_and_a_share_of_its_own(counter: Counter) -> None:
    answers = [counter.lend(counter.device) for _ in range(3)]
    found = [lease_in(answer) for answer in answers]
    assert [lease.n for lease in found] == [1, 2, 3]
    assert [lease.prev for lease in found] == [None, found[0].jti, found[1].jti]
    assert len({answer.share for answer in answers}) == 3
    assert lease_in(counter.lend(counter.new_device())).n == 1


def test_a_server_that_was_set_back_goes_on_above_what_the_device_knows(counter: Counter) -> None:
    assert lease_in(counter.lend(counter.device, newest=41)).n == 42
    assert lease_in(counter.lend(counter.device)).n == 43


def test_the_shares_in_use_and_later_are_kept_and_those_before_are_destroyed(counter: Counter) -> None:
    found = [lease_in(counter.lend(counter.device)) for _ in range(3)]
    assert kept(counter.storage, counter.device.device) == [(1, True), (2, True), (3, True)]
    counter.lend(counter.device, found[1].jti, found[2].jti)
    assert kept(counter.storage, counter.device.device) == [(1, False), (2, True), (3, True), (4, True)]
    counter.lend(counter.device, str(uuid4()))  # of no lease of this device: nothing follows from it
    assert kept(counter.storage, counter.device.device)[1:] == [(2, True), (3, True), (4, True), (5, True)]


def test_right_after_a_sign_in_the_shares_of_the_leases_named_are_told_again(counter: Counter) -> None:
    first, second = counter.lend(counter.device), counter.lend(counter.device)
    names = [lease_in(answer).jti for answer in (first, second)]
    answer = counter.lend(counter.device, *names)
    assert {lent.lease: lent.share for lent in answer.held} == dict(
        zip(names, (first.share, second.share), strict=True)
    )


def test_ten_minutes_after_a_sign_in_no_earlier_share_is_told(counter: Counter) -> None:
    first = counter.lend(counter.device)
    counter.gate.clock.pass_(minutes=10)
    assert len(counter.lend(counter.device, lease_in(first).jti).held) == 1
    counter.gate.clock.pass_(seconds=1)
    assert counter.lend(counter.device, lease_in(first).jti).held == ()


def test_no_device_is_told_the_share_of_another_ones_lease(counter: Counter) -> None:
    first, other = counter.lend(counter.device), counter.new_device()
    assert counter.lend(other, lease_in(first).jti).held == ()
    assert kept(counter.storage, counter.device.device) == [(1, True)]


def test_the_scopes_of_a_lease_are_those_of_the_duties_of_the_day(counter: Counter) -> None:
    before = set(lease_in(counter.lend(counter.device)).scopes)
    counter.gate.school.end_duty(next(name for name in counter.gate.school.duties if name.startswith("sato.")))
    counter.gate.clock.pass_(days=1)
    after = set(lease_in(counter.lend(counter.device)).scopes)
    assert after < before


def test_no_share_is_stored_in_the_token(counter: Counter) -> None:
    answer = counter.lend(counter.device)
    assert answer.share not in answer.lease
    assert lease_in(answer).lsh != answer.share


def test_leases_of_one_device_asked_for_at_once_have_numbers_of_their_own(counter: Counter) -> None:
    ask: Callable[[int], int] = lambda _: lease_in(counter.lend(counter.device)).n  # noqa: E731
    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(ask, range(8)))
    assert sorted(numbers) == list(range(1, 9))


def test_a_journal_is_known_with_its_key_and_nobody_else_can_claim_it(counter: Counter) -> None:
    mine = Stream(id=str(uuid4()), key="A" * 43)
    for _ in range(2):
        counter.lend_with(counter.device, mine)
    copy = counter.new_device()
    counter.lend_with(copy, mine)  # the store has become a device of its own, and goes on with its journal
    with pytest.raises(Forbidden):
        counter.lend_with(counter.device, Stream(id=mine.id, key="B" * 43))
    with counter.storage.database.reading() as connection:
        known = streams.of_user(connection, counter.device.user, counter.device.school)
    assert {(row.stream, row.device, row.key) for row in known} == {
        (mine.id, device, "A" * 43) for device in (counter.device.device, copy.device)
    }
    kato = counter.gate.school.people["kato"]
    other = replace(counter.new_device(), user=kato.user, staff=kato.staff)
    with pytest.raises(Forbidden):
        counter.lend_with(other, mine)
