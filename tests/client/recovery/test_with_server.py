"""A store is gone and its journal is left: against the real server, what was typed comes back, and once."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from client.demo import SATO, TANAKA, DemoServer, Visitor
from client.recovery.repository import Recoveries
from client.store.ambient import fresh_id, utc_now
from client.store.opening import FILE
from client.unlock.enrol import Enrol, Joined, Place
from client.unlock.signin import Provider
from client.vault.quarantine import QUARANTINE
from client.vault.stream import hand_of, stream_of
from client.workspace import MemorySecretStore, Put, Workspace
from sync.engine.http import HttpBackend
from sync.engine.recovery import Recovery
from sync.engine.request import Caller
from sync.engine.transport import Patience, Transport
from sync.protocol.lease import LeaseRequest
from sync.protocol.outbox_key import outbox_key_of
from sync.protocol.signed import root_of

pytestmark = pytest.mark.timeout(600)  # the first test of a run makes the sample school
SCORES = """
SELECT id, value FROM score WHERE "@lesson" LIKE '%:3-2:math' AND value IS NOT NULL ORDER BY id LIMIT 12
"""


@dataclass
class Store:
    """A teacher's store with a journal, and its way to the school. dek: of its vault."""

    folder: Path
    url: str
    joined: Joined
    transport: Transport
    dek: bytes

    def __post_init__(self) -> None:
        enrolment = self.joined.enrolment
        self.workspace = Workspace.open(
            self.folder, secrets=MemorySecretStore(), enrolment=enrolment, clock=utc_now, ids=fresh_id
        )
        self.workspace.keep(self.joined.tokens)
        self.line = HttpBackend(self.url, Caller(enrolment.device, "0.1.0"), self.workspace, self.transport)
        document = self.line.lease(LeaseRequest(stream=stream_of(self.dek, UUID(enrolment.device)))).keys
        key = outbox_key_of(document, root_of(document).thumbprint())
        assert key is not None
        self.workspace.copies.keep(lambda device: hand_of(self.dek, device, key))
        self.recoveries = Recoveries(self.workspace, Recovery(self.line))

    def loaded(self) -> "Store":
        """With all there is."""
        while self.workspace.status().last_success is None or self.workspace.status().loading:
            self.workspace.sync(self.line)
        return self

    def scores(self) -> dict[str, int]:
        """Some scores of one lesson."""
        return {row.id: row.value for row in self.workspace.rows(SCORES)}

    def type_(self, id_: str, value: int) -> None:
        """Change one of them."""
        self.workspace.edit("grades.score", [Put("score", {"state": "scored", "value": value}, id=id_)])

    def lose(self) -> None:
        """The file of the store is gone; what lies beside it is left."""
        self.workspace.close()
        for path in self.folder.glob(f"{FILE}*"):
            path.unlink()


@pytest.fixture
def come_in(backend: DemoServer, tmp_path: Path) -> Iterator[Callable[..., Store]]:
    transports: list[Transport] = []
    stores: list[Store] = []

    def enter(teacher: str = TANAKA, folder: str = "store") -> Store:
        place = Place(backend.url, Provider(backend.issuer, "keyaki"), "職員室PC 3", "0.1.0")
        transports.append(Transport(Patience(connect_s=5, stall_s=30)))
        attempt = Enrol(place, (), transports[-1], secrets.token_bytes, lambda: str(uuid4()))
        joined = attempt.run(Visitor(teacher), "done", lambda: False)
        assert joined is not None
        stores.append(Store(tmp_path / folder, backend.url, joined, transports[-1], secrets.token_bytes(32)))
        return stores[-1]

    yield enter
    for store in stores:
        store.workspace.close()
    for transport in transports:
        transport.close()


def test_what_was_typed_without_a_network_into_a_store_that_is_gone_arrives_once(come_in: Callable[..., Store]) -> None:
    old = come_in().loaded()
    before = old.scores()
    typed = {id_: (value + 300 if value < 5000 else value - 300) for id_, value in list(before.items())[:5]}
    for id_, value in typed.items():
        old.type_(id_, value + 100)
        old.type_(id_, value)  # a group that stands on the one before
    assert old.workspace.status().waiting == 10
    old.lose()

    new = come_in().loaded()
    assert new.joined.enrolment.device != old.joined.enrolment.device
    assert new.scores() == before
    assert new.recoveries.wanted()
    found = new.recoveries.look()
    assert [line.state for line in found.lines] == ["unsent"] * 10
    told: list[tuple[str, int, int]] = []
    for line in found.lines:
        (change,) = line.changes
        assert change.school is not None
        assert change.late is not None
        assert change.about.pupil != ""
        told.append((change.about.id, change.school["value"], change.late["value"]))
    assert told == [(id_, before[id_], typed[id_] + more) for id_ in typed for more in (100, 0)]
    assert (found.places, found.lost, found.foreign) == ((), 0, 0)
    ended = new.recoveries.decide(found, {line.id for line in found.open})
    assert (ended.restored, ended.kept, ended.refused, ended.declined) == (10, 0, 0, 0)
    assert not new.recoveries.wanted()
    new.workspace.sync(new.line)
    assert new.scores() == before | typed
    other = come_in(SATO, "other").loaded()
    assert other.scores() == before | typed

    again = new.recoveries.decide(found, {line.id for line in found.open})
    (read,) = (new.folder / QUARANTINE).glob("read-*")
    shutil.copytree(read, read.with_name(read.name.removeprefix("read-")))
    assert new.recoveries.wanted()
    shown = new.recoveries.look()
    assert (again.restored, shown.open, shown.sent) == (0, (), 10)
    new.recoveries.decide(shown, set())
    other.workspace.sync(other.line)
    assert other.scores() == before | typed


def test_what_its_teacher_does_not_want_stays_away_and_what_they_want_comes(come_in: Callable[..., Store]) -> None:
    old = come_in().loaded()
    before = old.scores()
    first, second, third = list(before)[5:8]
    for id_ in (first, second, third):
        old.type_(id_, before[id_] - 100)
    old.lose()
    new = come_in().loaded()
    found = new.recoveries.look()
    wanted = {line.id for line in found.open if line.changes[0].about.id == second}
    ended = new.recoveries.decide(found, wanted)
    assert (ended.restored, ended.declined) == (1, 2)
    assert not new.recoveries.wanted()
    new.workspace.sync(new.line)
    assert new.scores() == before | {second: before[second] - 100}
    new.type_(third, before[third] - 200)
    new.workspace.sync(new.line)
    assert new.workspace.status().waiting == 0
