"""A take-out from the request to its return: a real server, a real vault and store, and a head who approves.

What the permit does not name leaves no byte in the store's decrypted pages; what was typed outside arrives; everything
is back afterwards.
"""

import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from client.demo import PIN, SATO, DemoServer, Switch, Visitor
from client.takeout.repository import Takeouts
from client.unlock.enrol import Enrol, Joined, Place
from client.unlock.protection import Opening, Protection, Unlocked, request_for
from client.unlock.record import Known
from client.unlock.signin import Provider
from client.workspace import Put, Workspace, fresh_id
from sync.engine.http import HttpBackend
from sync.engine.permits import Permits
from sync.engine.request import Caller
from sync.engine.transport import Transport
from sync.errors import KeyakiError
from sync.protocol.errors import PermitRefused
from sync.protocol.lease import LeaseRequest
from sync.protocol.permit import PermitAsk, PermitVerdict
from tests.kit.lending import CHEAP, KeyPlaces
from tests.kit.raw_store import raw_bytes

pytestmark = pytest.mark.timeout(600)  # the first test of a run makes the sample school
VERSION = "0.1.0"
HEAD = "SELECT staff.name FROM staff JOIN duty ON duty.staff = staff.id WHERE duty.role = 'principal'"
OURS = "2026:3-2"
SCORES = 'SELECT id, note FROM score WHERE "@lesson" LIKE ? ORDER BY id'


class Pc:
    """One person's store behind a vault, and the way to the school."""

    def __init__(self, folder: Path, address: str, issuer: str, who: str) -> None:
        self.folder, self.address, self.issuer, self.who = folder, address, issuer, who
        self.transport = Transport()
        places = KeyPlaces()
        self.protection = Protection(lambda _: places, secrets.token_bytes, lambda: datetime.now(UTC), CHEAP)
        joined = self._signed_in()
        self.known = joined.known
        self.vault = self.protection.vault(folder, joined.known)
        lease = joined.lease
        assert lease is not None
        opening = Opening(lambda: self.vault.make(PIN, lease))
        self.workspace = Workspace.open(folder, secrets=opening, enrolment=joined.enrolment)
        self.workspace.keep(joined.tokens)
        self.unlocked = opening.unlocked(self.vault)
        self.takeouts = Takeouts(self.workspace, Permits(self.line), self.sync)

    def _signed_in(self) -> Joined:
        place = Place(self.address, Provider(self.issuer, "keyaki"), "PC", VERSION)

        def asks(known: Known) -> LeaseRequest:
            return request_for(self.protection.vault(self.folder, known))

        enrol = Enrol(place, (), self.transport, secrets.token_bytes, fresh_id, asks=asks)
        joined = enrol.run(Visitor(self.who), "done", lambda: False)
        assert joined is not None
        return joined

    def line(self) -> HttpBackend:
        """A way to the school."""
        caller = Caller(self.workspace.enrolment.device, VERSION)
        return HttpBackend(self.address, caller, self.workspace, Transport())

    def sync(self) -> None:
        """Rounds until all is here, or gone."""
        line = self.line()
        try:
            for _ in range(3):
                self.workspace.sync(line)
        finally:
            line.close()

    def take(self, permit: str, *, back: bool = False) -> None:
        """Begin or return, and put the lease into the vault."""
        act = self.takeouts.give_back if back else self.takeouts.start
        answer = act(permit, request_for(self.vault))
        granted = {grant.scope for grant in self.workspace.grants()}
        self.unlocked = self.unlocked.renewed(answer, granted)
        self.sync()

    def reopened(self, now: int) -> Unlocked:
        """Close the store and open it again with the PIN alone, at another time."""
        self.workspace.close()
        opening = Opening(lambda: self.vault.unlock(PIN, now))
        self.workspace = Workspace.open(self.folder, secrets=opening)
        self.unlocked = opening.unlocked(self.vault)
        self.takeouts = Takeouts(self.workspace, Permits(self.line), self.sync)
        return self.unlocked

    def scores(self, class_: str) -> dict[str, str | None]:
        """{id: note} of the scores in mathematics of a class that are here."""
        return {row.id: row.note for row in self.workspace.rows(SCORES, (f"%:{class_}:math",))}

    def bytes_with(self, ids: Iterable[str]) -> set[str]:
        """Files of the store with one of these ids in them, decrypted page by page."""
        held = raw_bytes(self.folder, self.unlocked.keys.database)
        wanted = [id_.encode() for id_ in ids]
        return {name for name, data in held.items() if any(id_ in data for id_ in wanted)}

    def close(self) -> None:
        """Close the store and the way."""
        self.workspace.close()
        self.transport.close()


@pytest.fixture
def switch(own_backend: DemoServer) -> Iterator[Switch]:
    made = Switch(own_backend.url)
    yield made
    made.off()


@pytest.fixture
def sato(own_backend: DemoServer, switch: Switch, tmp_path: Path) -> Iterator[Pc]:
    made = Pc(tmp_path / "sato", switch.address, own_backend.issuer, SATO)
    made.sync()
    yield made
    made.close()


@pytest.fixture
def head(own_backend: DemoServer, sato: Pc, tmp_path: Path) -> Iterator[Pc]:
    """The head teacher, who has just signed in on her own PC."""
    made = Pc(tmp_path / "head", own_backend.url, own_backend.issuer, sato.workspace.rows(HEAD)[0].name)
    yield made
    made.close()


def asked(pc: Pc, *classes: str, hours: int = 48) -> str:
    """A request from now on; its id."""
    now = pc.protection.now()
    request = PermitAsk(
        id=str(uuid4()), classes=classes, purpose="grading", text="見取り", since=now, until=now + hours * 3600
    )
    return pc.takeouts.office.ask(request).id


def test_a_take_out_from_the_request_to_its_return(sato: Pc, head: Pc, switch: Switch) -> None:
    ours, theirs = sato.scores("3-2"), sato.scores("3-1")
    assert ours
    assert theirs
    assert "store.db" in sato.bytes_with(theirs)
    assert "2026:3-1" in {choice.code for choice in sato.takeouts.classes()}
    permit = asked(sato, OURS)
    with pytest.raises(PermitRefused):
        sato.take(permit)
    (waiting,) = [each for each in head.takeouts.office.lists().permits if each.mine_to_decide]
    head.takeouts.office.decide(waiting.id, PermitVerdict(verdict="approved"))
    sato.take(permit)
    lease = sato.unlocked.lease
    assert lease is not None
    assert (lease.kind, lease.permit, lease.purpose) == ("takeout", permit, "grading")
    assert sato.scores("3-2") == ours
    assert sato.scores("3-1") == {}
    assert sato.bytes_with(theirs) == set()
    assert {grant.scope for grant in sato.workspace.grants()} == set(lease.scopes)

    switch.off()
    sato.reopened(sato.protection.now() + 20 * 3600)  # whatever the hour: a take-out is not bound to the school's
    written = next(iter(ours))
    sato.workspace.edit("grades.typed", [Put("score", {"note": "家で見ました"}, id=written)])
    with pytest.raises(KeyakiError):
        sato.take(permit, back=True)
    assert sato.workspace.status().waiting == 1

    switch.on()
    sato.take(permit, back=True)
    assert sato.unlocked.lease is not None
    assert sato.unlocked.lease.kind == "desk"
    assert sato.scores("3-2") == ours | {written: "家で見ました"}
    assert sato.scores("3-1") == theirs
    (told,) = head.takeouts.office.ledger().permits
    assert [event.event for event in told.events] == ["requested", "approved", "active", "returned"]
    begun = told.events[2]
    assert (begun.device, begun.lease) == (sato.workspace.enrolment.device, lease.jti)
    assert begun.counts["score"] == len(sato.workspace.rows(SCORES, ("%:3-2:%",)))


def test_nothing_begins_while_something_waits_that_cannot_be_sent(sato: Pc, head: Pc, switch: Switch) -> None:
    permit = asked(sato, OURS)
    head.takeouts.office.decide(permit, PermitVerdict(verdict="approved"))
    switch.off()
    sato.workspace.edit("grades.typed", [Put("score", {"note": "x"}, id=next(iter(sato.scores("3-2"))))])
    with pytest.raises(KeyakiError):
        sato.take(permit)
    assert sato.scores("3-1")
    switch.on()
    (mine,) = sato.takeouts.office.lists().permits
    assert mine.state == "approved"
