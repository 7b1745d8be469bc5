"""The network of the simulator: what happens to each request is read off the tape of the step that made it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sync.errors import KeyakiError
from sync.protocol.backend import Backend, FilePart
from sync.protocol.errors import Unreachable
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
)
from tests.simulator.oracle import hold

T = TypeVar("T", PurgedAnswer, PushAnswer, PullAnswer, VerifyAnswer, tuple[Frame, ...], int, bytes)


class Crash(BaseException):
    """The client process ends here; nothing it planned to do is done."""


FATES = ("well", "before", "after", "twice", "late", "crash before", "crash after", "meanwhile", "typing")
WEIGHTS = (63, 5, 7, 4, 4, 3, 4, 7, 3)
PAGES = (10_000, 7, 3, 1)
PARTS = (1 << 20, 700, 90, 17)
"""Bytes of an attached file that one call carries at most."""


@dataclass(slots=True)
class Letter:
    """A request that is still on its way though its sender has given it up."""

    deliver: Callable[[], Any]


@dataclass(slots=True)
class Wire(Backend):
    """One device's way to the server.

    fates: of the calls to come, (fate, page size); used up, everything goes well. heard: told of each answer
    that really reached the client. meanwhile: something else that happens just before the server looks, told
    whether this device's own teacher goes on meanwhile, too.
    settled: returns when the client has written what it was told before.
    begun: (partition, scope) of loads of which a page has come already, with its chunks. loads: told of each such page.
    """

    core: Backend
    letters: list[Letter]
    heard: Callable[[Any], None]
    meanwhile: Callable[[bool], None]
    begun: set[tuple[str, str]]
    loads: Callable[[], None]
    settled: Callable[[], None]
    fates: Iterator[tuple[int, int]] = field(default_factory=lambda: iter(()))
    page: tuple[set[tuple[str, str]], bool] = field(default_factory=lambda: (set(), False))

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        """As in the port."""
        fate, _ = next(self.fates, (0, 0))
        return self._meet(FATES[fate], lambda: self.core.push(school, request))

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        """As in the port."""
        fate, size = next(self.fates, (0, 0))
        small = request.model_copy(update={"max": min(request.max, PAGES[size])})
        loaded = {(school, name) for name, cursor in request.loading.items() if cursor is not None}
        if request.cursor is None and request.next is None:
            again = sorted(loaded & self.begun)
            hold("I20", not again, f"the load of {again} began anew")
        answer = self._meet(FATES[fate], lambda: self.core.pull(school, small))
        if answer.grants is not None:
            granted = {(school, grant.scope) for grant in answer.grants.rows}
            self.begun -= {place for place in self.begun if place[0] == school and place not in granted}
        elif request.cursor is None:
            self.page = (loaded, answer.next is not None)
            self.loads()
            if not answer.chunks:
                self._whole()
        return answer

    def get_chunks(self, school: str, chunks: Sequence[Chunk]) -> tuple[Frame, ...]:
        """As in the port."""
        fate, _ = next(self.fates, (0, 0))
        frames = self._meet(FATES[fate], lambda: self.core.get_chunks(school, chunks))
        self._whole()
        return frames

    def _whole(self) -> None:
        """The page asked for last is here, and so are its chunks."""
        loaded, more = self.page
        if more:
            self.begun |= loaded
        else:
            self.begun -= loaded

    def verify(self, school: str, request: VerifyRequest) -> VerifyAnswer:
        """As in the port."""
        fate, _ = next(self.fates, (0, 0))
        return self._meet(FATES[fate], lambda: self.core.verify(school, request))

    def purged(self, school: str, request: PurgedRequest) -> PurgedAnswer:
        """As in the port."""
        fate, _ = next(self.fates, (0, 0))
        return self._meet(FATES[fate], lambda: self.core.purged(school, request))

    def put_file(self, school: str, part: FilePart) -> int:
        """As in the port; a part of a file may be cut short."""
        fate, size = next(self.fates, (0, 0))
        short = replace(part, data=part.data[: PARTS[size]])
        return self._meet(FATES[fate], lambda: self.core.put_file(school, short))

    def get_file(self, school: str, sha256: str, start: int, most: int) -> bytes:
        """As in the port."""
        fate, size = next(self.fates, (0, 0))
        return self._meet(FATES[fate], lambda: self.core.get_file(school, sha256, start, min(most, PARTS[size])))

    def wait(self, school: str, seq: int) -> WaitAnswer:
        """As in the port."""
        return self.core.wait(school, seq)

    def _meet(self, fate: str, call: Callable[[], T]) -> T:
        self.settled()
        match fate:
            case "before":
                raise Unreachable(reason="before")
            case "crash before":
                raise Crash
            case "late":
                self.letters.append(Letter(call))
                raise Unreachable(reason="late")
            case "meanwhile" | "typing":
                self.meanwhile(fate == "typing")
            case "twice":
                quietly(call)
            case _:
                pass
        answer = call()
        if fate == "after":
            raise Unreachable(reason="after")
        if fate == "crash after":
            raise Crash
        if not isinstance(answer, PurgedAnswer | int | bytes):
            self.heard(answer)
        return answer


def quietly(call: Callable[[], Any]) -> None:
    """A request whose answer nobody waits for."""
    try:
        call()
    except KeyakiError:
        return
