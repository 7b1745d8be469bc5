"""How each cost on a server grows from one school to ten, a hundred and a thousand in one database.

The device measured belongs to the school in the middle. Then every school is read once, so that the process knows all
it ever will, and one client listens at each.
"""

import os
import shutil
import socket
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import psycopg
from sqlalchemy import make_url

from client.demo import DemoServer
from client.workspace import MemorySecretStore, Put, Workspace
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.transport import Transport
from sync.protocol.messages import PullRequest, wire
from sync.records.year import school_year
from sync.server.storage.store import Storage, open_storage
from tests.bench.machine import Work, cpu_s, memory_mb
from tests.bench.postgres import PostgresDemo, serving
from tests.bench.prefecture import Place, embedded, enrol, pour
from tests.bench.rig import POSTGRESQL, SQLITE, VERSION, Seat
from tests.bench.school import today
from tests.bench.wire import ask, request
from tests.kit.postgres import private_server

SIZES = (1, 10, 100, 1_000)
BULK = 300
LISTENED_S = 6.0
"""How long the server is watched while clients listen."""
LETTERS = 'SELECT id, value FROM viewpoint_grade WHERE "@class" = ? ORDER BY id LIMIT ?'
_WORD = {"database a school": "kB", "memory": "mb", "processor while": "%"}


def measure(rounds: int, database: str = SQLITE, sizes: Sequence[int] = SIZES) -> Iterator[tuple[str, dict[str, Any]]]:
    """One row for each cost: what it is with 1, 10, 100 and 1,000 schools. Times are the processor's."""
    costs: list[dict[str, float]] = []
    for size in sizes:
        with TemporaryDirectory(prefix="keyaki-bench-") as made, _held(Path(made), size, database, max(sizes)) as held:
            costs.append(_costs(held, size, rounds))
    for name in costs[0]:
        unit = next((unit for begin, unit in _WORD.items() if name.startswith(begin)), "ms")
        figures = {f"{size:,} schools_{unit}": cost[name] for size, cost in zip(sizes, costs, strict=True)}
        yield f"a server grows ({database}): {name}", figures


@dataclass(frozen=True, slots=True)
class Held:
    """A database of many schools. serve: a server over it; size: its bytes now; backends: processes of its own."""

    folder: Path
    url: str | None
    serve: Callable[[], Any]
    size: Callable[[], int]
    backends: Callable[[], Sequence[int]] = tuple

    @contextmanager
    def storage(self) -> Generator[Storage]:
        """The data, beside a server."""
        with closing(open_storage(self.folder / "school", self.url)) as opened:
            yield opened


@contextmanager
def _held(folder: Path, size: int, database: str, most: int) -> Generator[Held]:
    """A database of `size` schools. most: how many the largest of this measurement has."""
    here = folder / "school"
    if database == SQLITE:
        shutil.copytree(embedded(size), here)
        yield Held(folder, None, lambda: DemoServer(here), lambda: (here / "server.db").stat().st_size)
        return
    assert database == POSTGRESQL
    here.mkdir()
    with private_server() as cluster:
        url = cluster.create_database()
        where = cluster.conninfo(str(make_url(url).database))
        pour(embedded(most), url, where, size)

        def bytes_() -> int:
            with psycopg.connect(where) as connection:
                found = connection.execute("SELECT pg_database_size(current_database())").fetchone()
                assert found is not None
                return found[0]

        def backends() -> Sequence[int]:
            with psycopg.connect(where) as connection:
                found = connection.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
                return [row[0] for row in found if row[0] != connection.info.backend_pid]

        yield Held(folder, url, lambda: serving(here, url), bytes_, backends)


def _costs(held: Held, size: int, rounds: int) -> dict[str, float]:
    with held.storage() as storage:
        places = [enrol(storage, number) for number in range(1, size + 1)]
        middle = size // 2 + 1
        mine, theirs = enrol(storage, middle), enrol(storage, middle)
    costs = {"database a school": held.size() / size / 1000}
    with held.serve() as server:
        pid = _pid(server)
        costs["start until ready"] = cpu_s(pid) * 1000
        costs["memory of its own after the start"] = memory_mb(pid, own=True)
        costs |= _exchange(held, server, (mine, theirs), rounds)
        with closing(_line(server)) as line:
            for place in places:
                _read(line, place)
        costs["memory of its own when every school has been read"] = memory_mb(pid, own=True)
        costs |= _listening(server, places)
    return costs


def _exchange(
    held: Held, server: DemoServer | PostgresDemo, places: tuple[Place, Place], rounds: int
) -> dict[str, float]:
    """What two devices of one school exchange: processor time of device, server and database."""
    work = Work(lambda: (os.getpid(), _pid(server), *held.backends()))
    mine, theirs = (_seat(server, held.folder / f"seat-{n}", place) for n, place in enumerate(places))
    costs = {"load of one class": work.of(mine.sync)}
    theirs.sync()
    mine.sync()
    class_ = f"{school_year(today())}:3-1"
    costs["nothing new"] = work.of(mine.sync, 40 * rounds)
    costs["edit 1 and push it"] = work.of(lambda: (_change(mine, class_, 1), mine.sync()), 20 * rounds)
    theirs.sync()
    _change(mine, class_, BULK)
    costs["push 300"] = work.of(mine.sync)
    costs["pull 300"] = work.of(theirs.sync)
    mine.close()
    theirs.close()
    return costs


def _change(seat: Seat, class_: str, count: int) -> None:
    rows = seat.workspace.rows(LETTERS, (class_, count))
    assert len(rows) == count
    for row in rows:
        put = Put("viewpoint_grade", {"value": "B" if row.value == "A" else "A", "basis": "manual"}, id=row.id)
        seat.workspace.edit("grades.letter", [put])


def _listening(server: DemoServer | PostgresDemo, places: Sequence[Place]) -> dict[str, float]:
    """The server's processor while one client listens at each school and nothing happens."""
    with ExitStack() as stack:
        for place in places:
            line, path = stack.enter_context(_line(server)), f"/v1/schools/{place.enrolment.school}/wait?seq="
            now = ask(line, place, "GET", f"{path}0")["seq"]
            line.sendall(request(place, "GET", f"{path}{now}"))
        time.sleep(1.0)
        before, began = cpu_s(_pid(server)), time.perf_counter()
        time.sleep(LISTENED_S)
        share = (cpu_s(_pid(server)) - before) / (time.perf_counter() - began) * 100
    return {"processor while one listens at each school": share}


def _read(line: socket.socket, place: Place) -> None:
    """Grants and a first page of one school, as a new device asks."""
    school = place.enrolment.school
    path = f"/v1/schools/{school}/pull"
    told = ask(line, place, "POST", path, wire(PullRequest()))
    loading: dict[str, int | None] = {grant["scope"]: 0 for grant in told["grants"]["rows"]}
    asked = PullRequest(epoch=told["epoch"], grants=told["grants"]["hash"], loading=loading, max=100)
    assert ask(line, place, "POST", path, wire(asked))["frames"]


def _seat(server: DemoServer | PostgresDemo, folder: Path, place: Place) -> Seat:
    workspace = Workspace.open(folder, secrets=MemorySecretStore(), enrolment=place.enrolment)
    workspace.keep(place.tokens)
    caller = Caller(place.enrolment.device, VERSION)
    return Seat(workspace, HttpBackend(server.url, caller, workspace, Transport()))


def _pid(server: DemoServer | PostgresDemo) -> int:
    assert server._process is not None
    return server._process.pid


def _line(server: DemoServer | PostgresDemo) -> socket.socket:
    address = urlsplit(server.url)
    return socket.create_connection((str(address.hostname), int(address.port or 0)))
