"""Processes, clients, clocks and medians the measurements share."""

import json
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from client.demo import DemoServer, Visitor
from client.unlock.enrol import Enrol
from client.unlock.enrol import Place as Address
from client.unlock.signin import Provider
from client.workspace import FileSecretStore, MemorySecretStore, Workspace, fresh_id
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.transport import Transport
from sync.server.storage.store import Storage, open_storage
from tests.bench.floor import FloorClient
from tests.bench.postgres import PostgresDemo, postgres_demo
from tests.bench.prefecture import Place
from tests.bench.school import school
from tests.kit.desks import Desk

VERSION = "0.1.0"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
PROGRAM = "tests.bench.desk_process"
TEACHER, COLLEAGUE = "田中 葵", "佐藤 涼"


@dataclass(slots=True)
class Rig:
    """A running server over a copy of one school, and the floor's server beside it."""

    folder: Path
    server: DemoServer | PostgresDemo
    floor_port: int
    _count: int = 0

    def join(self, teacher: str, address: str = "") -> "Seat":
        """A fresh device of that teacher, signed in, its store still empty."""
        self._count += 1
        address = address or self.server.url
        transport = Transport()
        place = Address(address, Provider(self.server.issuer, "keyaki"), f"PC {self._count}", VERSION)
        joined = Enrol(place, (), transport, secrets.token_bytes, fresh_id).run(Visitor(teacher), "done", lambda: False)
        assert joined is not None
        folder = self.folder / f"desk-{self._count}"
        workspace = Workspace.open(folder, secrets=MemorySecretStore(), enrolment=joined.enrolment)
        workspace.keep(joined.tokens)
        return Seat(workspace, HttpBackend(address, Caller(joined.enrolment.device, VERSION), workspace, transport))

    def desks(self, teachers: Sequence[str], address: str = "") -> list[Desk]:
        """A client process on a fresh device for each of these teachers, signed in, its store still empty."""
        address, issuer = address or self.server.url, self.server.issuer
        made = [
            Desk(self.folder / f"desk-{self._count + n}", address, issuer, teacher, PROGRAM)
            for n, teacher in enumerate(teachers, 1)
        ]
        self._count += len(made)
        for desk in made:
            desk.start()
        return made

    def desk(self, place: Place) -> Desk:
        """A client process on a device that is enrolled, its store still empty."""
        self._count += 1
        desk = Desk(self.folder / f"desk-{self._count}", self.server.url, self.server.issuer, "", PROGRAM)
        desk.folder.mkdir()
        secret = FileSecretStore(desk.folder / "secret")
        with Workspace.open(desk.folder / "store", secrets=secret, enrolment=place.enrolment) as made:
            made.keep(place.tokens)
        desk.start()
        return desk

    @contextmanager
    def storage(self) -> Iterator[Storage]:
        """The server's data, beside the server."""
        url = self.server.database if isinstance(self.server, PostgresDemo) else None
        with closing(open_storage(self.folder / "school", url)) as opened:
            yield opened

    @property
    def server_pid(self) -> int:
        """The server's process."""
        assert self.server._process is not None
        return self.server._process.pid

    def database_s(self) -> float | None:
        """Processor time the server's database has used so far, in seconds; None where it is part of the server."""
        return self.server.database_s() if isinstance(self.server, PostgresDemo) else None

    def floor(self) -> FloorClient:
        """A client of the floor's server."""
        return FloorClient(self.floor_port)


@dataclass(slots=True)
class Seat:
    """One device: its store and its way to the server."""

    workspace: Workspace
    link: HttpBackend

    def sync(self) -> None:
        """One round."""
        self.workspace.sync(self.link)

    def close(self) -> None:
        """Close both."""
        self.link.close()
        self.workspace.close()


@contextmanager
def rig(name: str, database: str = SQLITE) -> Iterator[Rig]:
    """Serve a copy of the named school, and the floor. database: SQLITE or POSTGRESQL."""
    with TemporaryDirectory(prefix="keyaki-bench-") as made:
        folder = Path(made)
        (folder / "floor").mkdir()
        words = [sys.executable, "-m", "tests.bench.floor", str(folder / "floor")]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as floor:
            assert floor.stdout is not None
            port = json.loads(floor.stdout.readline())["port"]
            try:
                with _server(name, database, folder / "school") as server:
                    yield Rig(folder, server, port)
            finally:
                floor.terminate()


@contextmanager
def _server(name: str, database: str, folder: Path) -> Iterator[DemoServer | PostgresDemo]:
    if database == POSTGRESQL:
        with postgres_demo(folder, name) as there:
            yield there
    else:
        shutil.copytree(school(name), folder)
        with DemoServer(folder) as here:
            yield here


@dataclass(slots=True)
class Meter:
    """A relay that counts what goes up and down, for figures in bytes; timings never go through it."""

    target: tuple[str, int]
    up: int = 0
    down: int = 0
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def start(self) -> "Meter":
        """Begin to relay."""
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def taken(self) -> int:
        """Bytes both ways since the last call."""
        total, self.up, self.down = self.up + self.down, 0, 0
        return total

    def _listen(self) -> None:
        while True:
            client, _ = self._listener.accept()
            server = socket.create_connection(self.target)
            for source, sink, way in ((client, server, "up"), (server, client, "down")):
                threading.Thread(target=self._carry, args=(source, sink, way), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, way: str) -> None:
        with closing(source), closing(sink):
            try:
                while part := source.recv(65_536):
                    setattr(self, way, getattr(self, way) + len(part))
                    sink.sendall(part)
            except OSError:
                return


def meter(of: Rig) -> Meter:
    """A counting relay before the rig's server."""
    url = urlsplit(of.server.url)
    return Meter((str(url.hostname), int(url.port or 0))).start()


def timed(act: Callable[[], Any]) -> float:
    """Milliseconds an act takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000
