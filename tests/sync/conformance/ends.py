"""The four servers every test of conformance meets: SQLite and PostgreSQL, called directly and over HTTP."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from uuid import uuid4

import uvicorn

from sync.engine.http import HttpBackend
from sync.engine.request import Caller as RequestCaller
from sync.engine.tokens import HeldTokens, Tokens
from sync.engine.transport import Patience as ClientPatience
from sync.engine.transport import Transport
from sync.protocol.backend import Backend
from sync.records.registry import NUMBER
from sync.server.app import create_app
from sync.server.caller import Caller
from sync.server.core import Core
from sync.server.identity import tokens
from sync.server.identity.demo_issuer import DemoIssuer
from sync.server.identity.tokens import SignedIn
from sync.server.migrate import migrate
from sync.server.serving import listen
from sync.server.settings import Patience, Settings, TokenTimes
from sync.server.storage import identity
from sync.server.storage.identity import ACTIVE, DeviceRow
from sync.server.storage.store import Storage, open_storage
from tests.kit.clock import HeldClock
from tests.sync.conformance.desk import Desk
from tests.sync.server.tiny import Tiny, tiny_school

QUICK = Patience(wait_min_s=0.3, wait_max_s=0.4, look_s=0.05)


@dataclass(slots=True)
class Place:
    """One storage of this test session, served and called directly. Each test gets a school of its own."""

    storage: Storage
    clock: HeldClock
    url: str
    issuer: DemoIssuer
    schools: Iterator[int] = field(default_factory=count)
    transports: list[Transport] = field(default_factory=list)

    def new_school(self) -> Tiny:
        """A school nobody else uses."""
        return tiny_school(self.storage, self.clock.now, next(self.schools))

    def enrol(self, school: Tiny, name: str, label: str) -> Caller:
        """A new device of a member of staff."""
        person, device = school.people[name], str(uuid4())
        with self.storage.database.writing() as connection:
            owner = DeviceRow(person.user, school.school, ACTIVE)
            identity.enrol_device(connection, device, owner, (label, "linux", None), 0)
        return Caller(person.user, person.staff, device, label, school.school, NUMBER)

    def http(self, caller: Caller) -> HttpBackend:
        """The client's own way to the server, signed in."""
        who = SignedIn(caller.user, caller.staff, caller.device, caller.school, 0, "pwd otp")
        pair = tokens.issue(self.storage, who, TokenTimes(), self.clock.now)
        transport = Transport(ClientPatience(connect_s=5, stall_s=20, poll_s=20, whole_s=60))
        self.transports.append(transport)
        keeper = HeldTokens(Tokens(pair.access, pair.refresh))
        return HttpBackend(self.url, RequestCaller(caller.device, "0.1.0"), keeper, transport)

    def core(self, caller: Caller) -> Core:
        """The server without a wire."""
        return Core(self.storage, caller, self.clock, wait_s=0.3)


@dataclass(slots=True)
class World:
    """A school and how its desks reach the server."""

    place: Place
    school: Tiny
    connect: Callable[[Caller], Backend]

    def desk(self, name: str, label: str = "職員室PC 1") -> Desk:
        """A new device of a member of staff, loaded."""
        return self.desk_of(self.school, name, label)

    def desk_of(self, school: Tiny, name: str, label: str = "職員室PC 1") -> Desk:
        """A new device at another school, loaded."""
        desk = self.unloaded(school, name, label)
        desk.sync()
        return desk

    def unloaded(self, school: Tiny, name: str, label: str = "職員室PC 1") -> Desk:
        """A new device that has pulled nothing yet."""
        return Desk(self.connect(self.place.enrol(school, name, label)), school.school)


@contextmanager
def served(data: Path, url: str | None) -> Iterator[Place]:
    """A storage, migrated and served on a free port."""
    storage, clock = open_storage(data, url), HeldClock()
    migrate(storage.database)
    listening = listen("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    settings = Settings(data, url, demo=True, address=address, patience=QUICK, keys=data)
    app = create_app(settings, storage, clock)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    place = Place(storage, clock, address, app.state.services.issuer)
    try:
        yield place
    finally:
        for transport in place.transports:
            transport.close()
        server.should_exit = True
        thread.join()
        listening.close()
        storage.close()
