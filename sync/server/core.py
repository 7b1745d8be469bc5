"""The server without a wire: the protocol's one interface for one user on one device, called directly."""

from collections.abc import Callable, Sequence
from time import sleep
from typing import Any

import orjson

from sync.protocol.backend import FilePart
from sync.protocol.chunks import opened
from sync.protocol.frames import Frame
from sync.protocol.messages import (
    Chunk,
    PullAnswer,
    PullRequest,
    PurgedAnswer,
    PurgedRequest,
    PushAnswer,
    PushRequest,
    VerifyAnswer,
    VerifyRequest,
    WaitAnswer,
    read,
)
from sync.server import blobs
from sync.server.access import readable
from sync.server.caller import Caller
from sync.server.clock import Clock
from sync.server.pull import pull
from sync.server.purged import purged
from sync.server.push import batch_of, push
from sync.server.settings import FileLimits
from sync.server.snapshots import give
from sync.server.storage.store import Storage
from sync.server.verify import verify


class Core:
    """`sync.protocol.backend.Backend` straight over the storage.

    wait_s: how long a `wait` may take, looking at the database every `look_s`. sleep: how it passes the time. files:
    what attached files may take.
    """

    def __init__(
        self,
        storage: Storage,
        caller: Caller,
        clock: Clock,
        wait_s: float = 25.0,
        sleep: Callable[[float], None] = sleep,
        files: FileLimits | None = None,
    ) -> None:
        self._storage = storage
        self._caller = caller
        self._clock = clock
        self._wait_s = wait_s
        self._sleep = sleep
        self._files = files or FileLimits()

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        """As in the port."""
        return read(PushAnswer, _plain(push(self._storage, self._caller, school, batch_of(request), self._clock)))

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        """As in the port."""
        return read(PullAnswer, _plain(pull(self._storage, self._caller, school, request, self._clock)))

    def verify(self, school: str, request: VerifyRequest) -> VerifyAnswer:
        """As in the port."""
        return read(VerifyAnswer, _plain(verify(self._storage, self._caller, school, request, self._clock)))

    def purged(self, school: str, request: PurgedRequest) -> PurgedAnswer:
        """As in the port."""
        return read(PurgedAnswer, purged(self._storage, self._caller, school, request, self._clock))

    def get_chunks(self, school: str, chunks: Sequence[Chunk]) -> tuple[Frame, ...]:
        """As in the port."""
        ids = [chunk.id for chunk in chunks]
        found = give(self._storage, self._caller, school, ids, self._clock)
        return opened(chunks, b"".join(found[id_] for id_ in ids))

    def put_file(self, school: str, part: FilePart) -> int:
        """As in the port."""
        return blobs.take(self._storage, self._caller, school, part, self._clock, self._files)

    def get_file(self, school: str, sha256: str, start: int, most: int) -> bytes:
        """As in the port."""
        found = blobs.find(self._storage, self._caller, school, sha256, self._clock)
        return b"".join(found.bytes_from(start, min(found.size, start + most)))

    def wait(self, school: str, seq: int) -> WaitAnswer:
        """As in the port."""
        look_s = min(0.05, self._wait_s) or 0.05
        waited = 0.0
        while True:
            with self._storage.database.reading() as connection:
                now = readable(connection, self._caller, school)
            if now.seq != seq or waited >= self._wait_s:
                return WaitAnswer(epoch=now.epoch, seq=now.seq)
            self._sleep(look_s)
            waited += look_s


def _plain(answer: dict[str, Any]) -> Any:
    """The answer as its receiver reads it, ready-made texts included."""
    return orjson.loads(orjson.dumps(answer))
