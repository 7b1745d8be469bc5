"""People of the sample school at PCs of their own, each before the page of devices; a real server behind it."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from client.demo import DemoServer, Visitor
from client.loss import panel as loss
from client.loss.panel import DevicesPage
from client.loss.repository import Devices as Named
from client.shell.tasks import Tasks
from client.store.ambient import fresh_id, utc_now
from client.syncing.repository import Situation
from client.terms import Speech
from client.unlock.enrol import Enrol, Joined, Place
from client.unlock.signin import Provider
from client.vault.device_key import public_key, signed_proof
from client.workspace import MemorySecretStore, Workspace
from sync.engine.devices import Devices, Summons
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.tokens import HeldTokens
from sync.engine.transport import Patience, Transport
from sync.protocol.device import Erased, Order, Proof, order_of
from sync.protocol.lease import LeaseRequest, lease_of
from sync.protocol.signed import PublicKey, keys_of, root_of
from tests.kit.on_screen import OnScreen


@dataclass(slots=True)
class Seat:
    """Somebody at a PC of theirs. lease, document: what it opens with; secret: what it signs with."""

    bot: QtBot
    url: str
    joined: Joined
    transport: Transport
    folder: Path
    secret: bytes
    lease: str = ""
    document: str = ""
    workspace: Workspace | None = None
    screen: OnScreen | None = None
    tasks: Tasks | None = None

    @property
    def device(self) -> str:
        """Its number."""
        return self.joined.enrolment.device

    def ask_for_lease(self) -> None:
        """As a store does when it is made."""
        line = HttpBackend(self.url, Caller(self.device, "0.1.0"), HeldTokens(self.joined.tokens), self.transport)
        answer = line.lease(LeaseRequest(key=public_key(self.secret)))
        self.document = answer.keys
        self.lease = lease_of(answer.lease, self._keys()).jti

    def before_the_page(self) -> DevicesPage:
        """Everything is loaded, and the page is opened."""
        enrolment = self.joined.enrolment
        self.workspace = Workspace.open(
            self.folder / self.device, secrets=MemorySecretStore(), enrolment=enrolment, clock=utc_now, ids=fresh_id
        )
        self.workspace.keep(self.joined.tokens)
        line = HttpBackend(self.url, Caller(self.device, "0.1.0"), self.workspace, self.transport)
        while self.workspace.status().last_success is None or self.workspace.status().loading:
            self.workspace.sync(line)
        self.tasks = Tasks()
        sources = loss.Sources(
            Named(Situation(self.workspace), Devices(self._line)),
            Speech(lambda: "en"),
            lambda: utc_now().astimezone(),
            self.tasks,
            lambda name: str(self.folder / name.replace("/", "-")),
        )
        self.screen = OnScreen(self.bot, self.workspace, [loss.page(sources)])
        return self.screen.page("devices", DevicesPage)

    def hears(self) -> tuple[str, Order]:
        """What this PC, locked, is told to do, checked as a client does."""
        answer = self._summons().hello(self.lease)
        return answer.order, order_of(answer.order, self._keys())

    def erased(self, *, proved: bool = True) -> str:
        """It carries out its order; how the school takes it."""
        token, order = self.hears()
        said = Proof(iss=self.device, jti=order.jti, kept=0, brought=True)
        proof = signed_proof(self.secret, said) if proved else ""
        return self._summons().erased(Erased(order=token, proof=proof)).state

    def close(self) -> None:
        """Go."""
        if self.tasks is not None:
            self.tasks.close()
        if self.screen is not None:
            self.screen.close()
        if self.workspace is not None:
            self.workspace.close()
        self.transport.close()

    def _keys(self) -> tuple[PublicKey, ...]:
        return keys_of(self.document, root_of(self.document).thumbprint())

    def _summons(self) -> Summons:
        return Summons(HttpBackend(self.url, Caller(self.device, "0.1.0"), HeldTokens(None), self.transport))

    def _line(self) -> HttpBackend:
        keeper = HeldTokens(self.joined.tokens) if self.workspace is None else self.workspace
        return HttpBackend(self.url, Caller(self.device, "0.1.0"), keeper, Transport())


@pytest.fixture
def seat(qtbot: QtBot, backend: DemoServer, tmp_path: Path) -> Iterator[Callable[[str, str], Seat]]:
    """Sets somebody of the school before a PC that has just signed in, by name."""
    seats: list[Seat] = []

    def enter(name: str, pc: str) -> Seat:
        transport = Transport(Patience(connect_s=5, stall_s=30))
        place = Place(backend.url, Provider(backend.issuer, "keyaki"), pc, "0.1.0")
        attempt = Enrol(place, (), transport, secrets.token_bytes, lambda: str(uuid4()))
        joined = attempt.run(Visitor(name), "done", lambda: False)
        assert joined is not None
        seats.append(Seat(qtbot, backend.url, joined, transport, tmp_path, secrets.token_bytes(32)))
        seats[-1].ask_for_lease()
        return seats[-1]

    yield enter
    for each in seats:
        each.close()
