"""One process that pushes marks to many schools, in one of three ways, prepared beforehand and begun at a moment.

python -m tests.bench.pushing JOB, where JOB is a pickled `Job`; connects, pushes what is to be warm, prints {"ready":
true}, reads the moment from standard input, prints {"s": seconds until its last push was answered}.
"""

import json
import pickle
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import psycopg

from sync.protocol.messages import PushRequest, read
from sync.server.caller import Caller
from sync.server.clock import system_clock
from sync.server.push import batch_of, push
from sync.server.storage.store import Storage, open_storage
from tests.bench.wire import answer

Statement = tuple[str, Any, bool]
"""SQL, its parameters, and whether these are many rows."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to push. lanes: for each connection its pushes, one after the other; warm: how many of them are not timed.

    how: `http` (a lane's pushes are whole requests, where: host and port), `direct` (caller, school and body, where: a
    database's URL) or `bare` (the statements of each transaction, where: what libpq needs).
    """

    how: str
    where: Any
    lanes: Sequence[Sequence[Any]]
    warm: int


@dataclass(slots=True)
class Start:
    """Where all connections wait for each other, and then for the moment."""

    connected: threading.Barrier
    told: threading.Event = field(default_factory=threading.Event)
    at: float = 0.0

    def wait(self) -> None:
        """Return at the moment."""
        self.connected.wait()
        self.told.wait()
        time.sleep(max(0.0, self.at - time.time()))


def main(path: str) -> None:
    """Do the job."""
    job: Job = pickle.loads(Path(path).read_bytes())
    storage = open_storage(Path(), job.where) if job.how == "direct" else None
    lane = {"http": _http, "direct": _direct, "bare": _bare}[job.how]
    where, start = storage or job.where, Start(threading.Barrier(len(job.lanes) + 1))
    with ThreadPoolExecutor(len(job.lanes)) as pool:
        running = [pool.submit(_lane, lane(where), pushes, job.warm, start) for pushes in job.lanes]
        start.connected.wait(120)
        print(json.dumps({"ready": True}), flush=True)
        start.at = float(sys.stdin.readline())
        before = time.process_time()
        start.told.set()
        for done in running:
            done.result()
        print(json.dumps({"s": time.time() - start.at, "cpu_s": time.process_time() - before}), flush=True)
    if storage is not None:
        storage.close()


Way = Callable[[], AbstractContextManager[Callable[[Any], None]]]


def _lane(way: Way, pushes: Sequence[Any], warm: int, start: Start) -> None:
    """One connection's pushes."""
    with way() as act:
        for each in pushes[:warm]:
            act(each)
        start.wait()
        for each in pushes[warm:]:
            act(each)


def _http(where: tuple[str, int]) -> Way:
    """Requests on one kept connection, each when the one before was answered."""

    @contextmanager
    def way() -> Iterator[Callable[[bytes], None]]:
        with closing(socket.create_connection(where)) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

            def act(request: bytes) -> None:
                line.sendall(request)
                head, body = answer(line)
                assert head.startswith(b"HTTP/1.1 200"), (head, body)
                assert b'"outcome":"applied"' in body

            yield act

    return way


def _direct(storage: Storage) -> Way:
    """What a request's handler does, without HTTP: read, decide, store, put the answer into words."""

    def act(asked: tuple[Caller, str, bytes]) -> None:
        caller, school, body = asked
        raw = orjson.loads(body)
        batch = batch_of(read(PushRequest, raw), raw["groups"])
        told = push(storage, caller, school, batch, system_clock)
        assert told["outcomes"][0]["outcome"] == "applied"
        orjson.dumps(told)

    return lambda: nullcontext(act)


def _bare(where: str) -> Way:
    """The very statements of such pushes, with their values, and nothing between them."""

    @contextmanager
    def way() -> Iterator[Callable[[Sequence[Statement]], None]]:
        with psycopg.connect(where) as connection:

            def act(statements: Sequence[Statement]) -> None:
                with connection.transaction():
                    cursor = connection.cursor()
                    for text, values, many in statements:
                        if many:
                            cursor.executemany(text, values)
                        elif cursor.execute(text, values).description is not None:
                            cursor.fetchall()

            yield act

    return way


if __name__ == "__main__":
    main(sys.argv[1])
