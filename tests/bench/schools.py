"""Five hundred schools push at once on PostgreSQL: over HTTP, without HTTP, and the bare statements of the same pushes.

A push is one new mark of one pupil, with all checks, on a device of its own at each school. The processes that push
share the machine with the server and with PostgreSQL, whose every commit is on the disk.
"""

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import psycopg
from sqlalchemy import event, make_url, select

from sync.protocol.digest import CHAIN_START, chain_next, group_hash
from sync.protocol.messages import Create, Group, Item, PushRequest, read, wire
from sync.records.ids import keyed_id
from sync.records.registry import NUMBER
from sync.records.year import school_year
from sync.server.caller import Caller
from sync.server.clock import system_clock
from sync.server.push import batch_of, push, sent
from sync.server.storage.store import open_storage
from sync.server.storage.tables import partition
from tests.bench.copies import small_school
from tests.bench.machine import cpu_s, memory_mb
from tests.bench.postgres import serving
from tests.bench.prefecture import MANY, Place, embedded, enrol, pour
from tests.bench.pushing import Job, Statement
from tests.bench.school import ROOT, today
from tests.bench.wire import request
from tests.kit.postgres import PostgresServer, private_server

SCHOOLS, TURNS = 500, 5
"""Every school pushes so often; the first time is not timed, as a server that has run for a while knows its schools."""
LANES = 16
"""Connections that push at the same time, over all processes."""
_PUSH = "/v1/schools/{}/push"
MADE = "2026-11-19T23:30:00.000Z"


def measure(rounds: int, schools: int = SCHOOLS) -> Iterator[tuple[str, dict[str, Any]]]:
    """Pushes a second, the raw limit of the same run, and memory; each way on databases that start alike."""
    with TemporaryDirectory(prefix="keyaki-bench-") as made, private_server() as cluster:
        ground = Ground.laid(Path(made), cluster, schools)
        total = schools * (TURNS - 1)
        name = f"{schools} schools × {TURNS - 1} pushes of one mark on PostgreSQL"
        for _ in range(rounds):
            bare = ground.bare()
            yield f"{name}: the bare statements, two processes", bare.figures(total, bare)
            yield f"{name}: decided without HTTP, two processes", ground.direct().figures(total, bare)
            for processes in (1, 2):
                ran, about = ground.over_http(processes)
                yield f"{name}: over HTTP, {processes} API process(es)", ran.figures(total, bare) | about


@dataclass(frozen=True, slots=True)
class Ran:
    """Seconds until all pushes were answered, and processor seconds of PostgreSQL and of who pushed."""

    s: float
    postgres_s: float
    pushing_s: float

    def figures(self, total: int, bare: "Ran") -> dict[str, Any]:
        """A second, against the bare statements, and what one push costs the processor."""
        return {
            "pushes_/s": total / self.s,
            "ratio": self.s / bare.s,
            "a push costs PostgreSQL_ms": self.postgres_s * 1000 / total,
            "who pushes_ms": self.pushing_s * 1000 / total,
        }


@dataclass(slots=True)
class Ground:
    """The template of all databases, and a device at every school."""

    folder: Path
    cluster: PostgresServer
    template: str
    places: list[Place]
    bodies: list[list[bytes]]

    @classmethod
    def laid(cls, folder: Path, cluster: PostgresServer, schools: int) -> "Ground":
        """A database of so many schools."""
        url = cluster.create_database()
        name = str(make_url(url).database)
        pour(embedded(max(schools, MANY)), url, cluster.conninfo(name), schools)
        with closing(open_storage(folder, url)) as storage:
            places = [enrol(storage, number) for number in range(1, schools + 1)]
            with storage.database.reading() as connection:
                epochs = {row[0]: row[1] for row in connection.execute(select(partition.c.school, partition.c.epoch))}
        bodies = [
            list(_bodies(number, place, epochs[place.enrolment.school])) for number, place in enumerate(places, 1)
        ]
        return cls(folder, cluster, name, places, bodies)

    def bare(self) -> Ran:
        """What the statements of all pushes take, recorded on one copy and said again on another."""
        with self._copy() as name:
            said = self._recorded(name)
        with self._copy() as name:
            where = self.cluster.conninfo(name)
            return self._run("bare", [where, where], said)

    def direct(self) -> Ran:
        """What all pushes take in the processes that push."""
        with self._copy() as name:
            url = self.cluster.url(name)
            pushes = [
                [(_caller(place), place.enrolment.school, body) for body in bodies]
                for place, bodies in zip(self.places, self.bodies, strict=True)
            ]
            return self._run("direct", [url, url], pushes)

    def over_http(self, processes: int) -> tuple[Ran, dict[str, Any]]:
        """What all pushes take through so many API processes; their memory and processor time."""
        with self._copy() as name, ExitStack() as stack:
            url = self.cluster.url(name)
            servers = [stack.enter_context(serving(self.folder, url)) for _ in range(processes)]
            pids = [server._process.pid for server in servers]
            began = memory_mb(pids[0])
            before: list[float] = []
            addresses = [urlsplit(server.url) for server in servers]
            where = [(str(address.hostname), int(address.port or 0)) for address in addresses]
            pushes = [
                [
                    request(place, "POST", f"/v1/schools/{place.enrolment.school}/push", json.loads(body))
                    for body in bodies
                ]
                for place, bodies in zip(self.places, self.bodies, strict=True)
            ]
            ran = self._run("http", where, pushes, lambda: before.append(sum(map(cpu_s, pids))))
            used = sum(map(cpu_s, pids)) - before[0]
            return ran, {
                "and the API_ms": used * 1000 / len(self.places) / (TURNS - 1),
                "API before_mb": began,
                "after_mb": max(map(memory_mb, pids)),
            }

    @contextmanager
    def _copy(self) -> Iterator[str]:
        """A database like the template."""
        url = self.cluster.create_database()
        name = str(make_url(url).database)
        with psycopg.connect(self.cluster.conninfo("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name}".encode())
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {self.template}".encode())
            connection.execute(b"CHECKPOINT")
        try:
            yield name
        finally:
            with psycopg.connect(self.cluster.conninfo("postgres"), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def _recorded(self, name: str) -> list[list[list[Statement]]]:
        """For each school the statements of each of its pushes."""
        with closing(open_storage(self.folder, self.cluster.url(name))) as storage:
            said: list[Statement] = []
            event.listen(
                storage.database.engine,
                "before_cursor_execute",
                lambda _c, _k, text, values, _x, many: said.append((text, values, many)),
            )
            recorded: list[list[list[Statement]]] = []
            for place, bodies in zip(self.places, self.bodies, strict=True):
                recorded.append([])
                for body in bodies:
                    raw = json.loads(body)
                    batch = batch_of(read(PushRequest, raw), raw["groups"])
                    said.clear()
                    push(storage, _caller(place), place.enrolment.school, batch, system_clock)
                    recorded[-1].append(list(said))
        return recorded

    def _run(
        self,
        how: str,
        where: Sequence[Any],
        pushes: Sequence[Sequence[Any]],
        ready: Callable[[], object] = lambda: None,
    ) -> Ran:
        """Until the last of all pushes is answered. A school stays with one connection; all take turns."""
        lanes: list[list[Any]] = [[] for _ in range(LANES)]
        for turn in range(TURNS):
            for lane, of_school in zip(_cycle(LANES), pushes, strict=False):
                lanes[lane].append(of_school[turn])
        running: list[subprocess.Popen[str]] = []
        for number, place in enumerate(where):
            job = self.folder / f"job-{number}"
            own = lanes[number :: len(where)]
            job.write_bytes(pickle.dumps(Job(how, place, own, len(pushes) // LANES)))
            words = [sys.executable, "-m", "tests.bench.pushing", str(job)]
            running.append(subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT))
        for process in running:
            assert process.stdout is not None
            assert json.loads(process.stdout.readline()) == {"ready": True}
        ready()
        before = _used(self.cluster)
        at = time.time() + 0.5
        for process in running:
            assert process.stdin is not None
            process.stdin.write(f"{at}\n")
            process.stdin.flush()
        told = [json.loads(process.communicate()[0]) for process in running]
        pushing = sum(each["cpu_s"] for each in told)
        return Ran(max(each["s"] for each in told), _used(self.cluster) - before, pushing)


def _used(cluster: PostgresServer) -> float:
    """Processor seconds of a PostgreSQL and all its processes, those that have ended included."""
    main = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            name, _, rest = stat.read_text("ascii", "replace").rpartition(")")
            fields, pid = rest.split(), int(name.split()[0])
            if pid == main:
                total += sum(map(int, fields[11:15]))
            elif int(fields[1]) == main:
                total += sum(map(int, fields[11:13]))
    return total / os.sysconf("SC_CLK_TCK")


def _cycle(length: int) -> Iterator[int]:
    return (number % length for number in count())


def _bodies(number: int, place: Place, epoch: str) -> Iterator[bytes]:
    """What a device sends: one mark a push, each of the next pupil of the class."""
    school, day = place.enrolment.school, (today() - timedelta(days=1)).isoformat()
    class_ = f"{school_year(today())}:3-1"
    pupils = [
        each.id for each in small_school(number, today()) if each.type == "pupil" and class_ in each.fields["@classes"]
    ]
    chain = CHAIN_START
    for turn in range(TURNS):
        pupil = pupils[turn % len(pupils)]
        fields = {"pupil": pupil, "date": day, "@classes": [class_], "mark": "ABSENT_SICK"}
        op = Create(type="attendance", id=keyed_id(school, "attendance", pupil, day), set=fields)
        item = Item(q=turn + 1, rev=0, group=Group(at=MADE, kind="attendance.mark", ops=(op,)))
        request = wire(PushRequest(epoch=epoch, chain=chain, groups=(item,)))
        yield json.dumps(request | {"groups": [sent(item)]}, ensure_ascii=False, separators=(",", ":")).encode()
        chain = chain_next(chain, group_hash(sent(item)))


def _caller(place: Place) -> Caller:
    own = place.enrolment
    assert own.staff is not None
    return Caller(own.user, own.staff, own.device, own.device_name, own.school, NUMBER)
