"""How each cost on a server grows from one school to ten, a hundred and a thousand in one database.

The device measured belongs to the school in the middle. Then every school is read once, so that the process knows all
it ever will, and one client listens at each.
"""

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
from sync.protocol.messages import PullRequest
from sync.records.year import school_year
from sync.server.storage.store import Storage, open_storage
from tests.bench.postgres import PostgresDemo, serving
from tests.bench.prefecture import MANY, Place, embedded, enrol, pour
from tests.bench.rig import POSTGRESQL, SQLITE, VERSION, Seat, cpu_s, median, memory_mb, timed
from tests.bench.school import today
from tests.bench.wire import get
from tests.kit.postgres import private_server

SIZES = (1, 10, 100, 1_000)
BULK = 300
LISTENED_S = 6.0
"""How long the server is watched while clients listen."""
LETTERS = 'SELECT id, value FROM viewpoint_grade WHERE "@class" = ? ORDER BY id LIMIT ?'
_WORD = {"database a school": "kB", "memory": "mb", "processor while": "%"}


def measure(rounds: int, database: str = SQLITE, sizes: Sequence[int] = SIZES) -> Iterator[tuple[str, dict[str, Any]]]:
    """One row for each cost: what it is with 1, 10, 100 and 1,000 schools."""
    costs: list[dict[str, float]] = []
    for size in sizes:
        with TemporaryDirectory(prefix="keyaki-bench-") as made, _held(Path(made), size, database) as held:
            costs.append(_costs(held, size, rounds))
    for name in costs[0]:
        unit = next((unit for begin, unit in _WORD.items() if name.startswith(begin)), "ms")
        figures = {f"{size:,} schools_{unit}": cost[name] for size, cost in zip(sizes, costs, strict=True)}
        yield f"a server grows ({database}): {name}", figures


@dataclass(frozen=True, slots=True)
class Held:
    """A database of many schools. serve: a server over it; size: its bytes now."""

    folder: Path
    url: str | None
    serve: Callable[[], Any]
    size: Callable[[], int]

    @contextmanager
    def storage(self) -> Generator[Storage]:
        """The data, beside a server."""
        with closing(open_storage(self.folder / "school", self.url)) as opened:
            yield opened


@contextmanager
def _held(folder: Path, size: int, database: str) -> Generator[Held]:
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
        pour(embedded(MANY), url, where, size)

        def bytes_() -> int:
            with psycopg.connect(where) as connection:
                found = connection.execute("SELECT pg_database_size(current_database())").fetchone()
                assert found is not None
                return found[0]

        yield Held(folder, url, lambda: serving(here, url), bytes_)


def _costs(held: Held, size: int, rounds: int) -> dict[str, float]:
    with held.storage() as storage:
        places = [enrol(storage, number) for number in range(1, size + 1)]
        middle = size // 2 + 1
        mine, theirs, third = (enrol(storage, middle) for _ in range(3))
    costs = {"database a school": held.size() / size / 1000}
    began = time.perf_counter()
    with held.serve() as server:
        costs["start until ready"] = (time.perf_counter() - began) * 1000
        pid = _pid(server)
        costs["memory after the start"] = memory_mb(pid)
        costs |= _exchange(held, server, (mine, theirs), rounds)
        for place in places:
            _read(server, place)
        costs["memory when every school has been read"] = memory_mb(pid)
        costs |= _listening(server, places, third, held.folder)
    return costs


def _exchange(
    held: Held, server: DemoServer | PostgresDemo, places: tuple[Place, Place], rounds: int
) -> dict[str, float]:
    """What two devices of one school exchange."""
    mine, theirs = (_seat(server, held.folder / f"seat-{n}", place) for n, place in enumerate(places))
    costs = {"load of one class": timed(mine.sync)}
    theirs.sync()
    class_ = f"{school_year(today())}:3-1"
    costs["nothing new"] = median([timed(mine.sync) for _ in range(20 * rounds)])
    pushed: list[float] = []
    for _ in range(10 * rounds):
        _change(mine, class_, 1)
        pushed.append(timed(mine.sync))
    costs["push 1"] = median(pushed)
    theirs.sync()
    _change(mine, class_, BULK)
    costs["push 300"] = timed(mine.sync)
    costs["pull 300"] = timed(theirs.sync)
    mine.close()
    theirs.close()
    return costs


def _change(seat: Seat, class_: str, count: int) -> None:
    rows = seat.workspace.rows(LETTERS, (class_, count))
    assert len(rows) == count
    for row in rows:
        put = Put("viewpoint_grade", {"value": "B" if row.value == "A" else "A", "basis": "manual"}, id=row.id)
        seat.workspace.edit("grades.letter", [put])


def _listening(
    server: DemoServer | PostgresDemo, places: Sequence[Place], mine: Place, folder: Path
) -> dict[str, float]:
    """The server's processor while one client listens at each school and nothing happens; a round meanwhile."""
    seat = _seat(server, folder / "listening", mine)
    seat.sync()
    with ExitStack() as stack:
        address = urlsplit(server.url)
        for place in places:
            line = stack.enter_context(socket.create_connection((str(address.hostname), int(address.port or 0))))
            answer = get(line, place, f"/v1/schools/{place.enrolment.school}/wait?seq=0")
            seq = answer["seq"]
            get(line, place, f"/v1/schools/{place.enrolment.school}/wait?seq={seq}", wait=False)
        time.sleep(1.0)
        before, began = cpu_s(_pid(server)), time.perf_counter()
        time.sleep(LISTENED_S)
        share = (cpu_s(_pid(server)) - before) / (time.perf_counter() - began) * 100
        idle = median([timed(seat.sync) for _ in range(20)])
    seat.close()
    return {"processor while one listens at each school": share, "nothing new meanwhile": idle}


def _read(server: DemoServer | PostgresDemo, place: Place) -> None:
    """Grants and a first page of one school, as a new device asks."""
    keeper = _Kept(place)
    own = place.enrolment
    with closing(HttpBackend(server.url, Caller(own.device, VERSION), keeper, Transport())) as link:
        answer = link.pull(own.school, PullRequest())
        assert answer.grants is not None
        loading: dict[str, int | None] = {grant.scope: 0 for grant in answer.grants.rows}
        link.pull(own.school, PullRequest(epoch=answer.epoch, grants=answer.grants.hash, loading=loading, max=100))


@dataclass(slots=True)
class _Kept:
    """The tokens of a device that is never closed."""

    place: Place

    def tokens(self) -> Any:
        """The only ones."""
        return self.place.tokens

    def keep(self, tokens: Any) -> None:
        """None come: they live for a day."""
        raise AssertionError(tokens)


def _seat(server: DemoServer | PostgresDemo, folder: Path, place: Place) -> Seat:
    workspace = Workspace.open(folder, secrets=MemorySecretStore(), enrolment=place.enrolment)
    workspace.keep(place.tokens)
    caller = Caller(place.enrolment.device, VERSION)
    return Seat(workspace, HttpBackend(server.url, caller, workspace, Transport()))


def _pid(server: DemoServer | PostgresDemo) -> int:
    assert server._process is not None
    return server._process.pid
