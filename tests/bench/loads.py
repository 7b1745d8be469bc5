"""A fresh device loads a school: beside raw SQLCipher taking the same rows."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple, cast

from sync.engine.http import HttpBackend
from sync.protocol.backend import Backend
from sync.protocol.frames import Frame
from sync.protocol.messages import Chunk, PullAnswer, PullRequest
from tests.bench.figures import median
from tests.bench.floor import RawStore, bodies_of
from tests.bench.machine import memory_mb
from tests.bench.rig import SQLITE, Rig, Seat, meter, rig, timed
from tests.bench.school import principal

_TRIES = 5
_PACKING_S = 2.0
"""So long is waited for the server to pack: nobody hears when it has."""


class Cost(NamedTuple):
    """What a load took, in milliseconds: on the clock, and of the device's processors."""

    wall: float
    processor: float


@dataclass(slots=True)
class Way:
    """A device's way to the school. chunked: whether rows packed for everybody may come; packed: how many have come."""

    link: HttpBackend
    chunked: bool
    packed: int = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.link, name)

    @property
    def whole(self) -> Backend:
        """This way; what it does not say itself is the link's."""
        return cast("Backend", self)

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        """As the first device of its scopes is answered, unless chunks are wanted."""
        return self.link.pull(school, request if self.chunked else request.model_copy(update={"chunks": False}))

    def get_chunks(self, school: str, chunks: Sequence[Chunk]) -> tuple[Frame, ...]:
        """The rows of chunks, counted."""
        self.packed += sum(chunk.rows for chunk in chunks)
        return self.link.get_chunks(school, chunks)


def measure(name: str, rounds: int, database: str = SQLITE) -> Iterator[tuple[str, dict[str, Any]]]:
    """Load time of the floor, of the first device of its scopes and of a later one, in turns; the ratios of those that
    followed each other, the processor time each took on the device, bytes on the wire, memory of the server; then how
    long a comparison takes. The first turn does not count: a server that has just started reads its file.
    """
    who = principal(name)
    with rig(name, database) as school:
        pages = pages_of(school.join(who))
        count = bodies_of(pages, school.folder / "floor")
        rows = sum(len(frame["rows"]) for page in pages for frame in page)
        _have_packed(school, who, rows)
        floors: list[Cost] = []
        taken: dict[bool, list[Cost]] = {False: [], True: []}
        for turn in range(rounds + 1):
            floors.append(_floor(school, count, rows, turn))
            for chunked, costs in taken.items():
                costs.append(_ours(school.join(who), rows, chunked=chunked))
        for chunked, costs in taken.items():
            which = "a later device: most of them packed" if chunked else "the first device: row by row"
            yield (
                f"{int(name):,} records ({rows:,} rows with lists and masters) load into {which}",
                _against(floors[1:], costs[1:]) | {"bytes": _bytes(school, who, rows, chunked=chunked)},
            )
        first, again = _compared(school.join(who))
        yield (
            f"all {rows:,} rows held against the school's, the first time / again",
            {"first_ms": first, "again_ms": again, "server_mb": memory_mb(school.server_pid)},
        )


def _against(floors: Sequence[Cost], ours: Sequence[Cost]) -> dict[str, Any]:
    return {
        "floor_ms": median([floor.wall for floor in floors]),
        "keyaki_ms": median([own.wall for own in ours]),
        "ratio": median([own.wall / floor.wall for own, floor in zip(ours, floors, strict=True)]),
        "floor_cpu_ms": median([floor.processor for floor in floors]),
        "keyaki_cpu_ms": median([own.processor for own in ours]),
    }


def _have_packed(school: Rig, who: str, rows: int) -> None:
    """Have the server pack what is worth it, as it does when a second device has asked for it."""
    for _ in range(_TRIES):
        seat = school.join(who)
        way = Way(seat.link, chunked=True)
        seat.workspace.sync(way.whole)
        seat.close()
        if way.packed > rows // 2:
            return
        time.sleep(_PACKING_S)
    raise AssertionError("a school is packed when several devices have loaded it")


def _bytes(school: Rig, who: str, rows: int, *, chunked: bool) -> int:
    counted = meter(school)
    seat = school.join(who, counted.address)
    counted.taken()
    _ours(seat, rows, chunked=chunked)
    return counted.taken()


def pages_of(seat: Seat) -> list[list[Mapping[str, Any]]]:
    """The school partition's rows as the server sends them to a store that loads everything."""
    school = seat.workspace.enrolment.school
    answer = seat.link.pull(school, PullRequest())
    assert answer.grants is not None
    loading: dict[str, int | None] = {grant.scope: 0 for grant in answer.grants.rows}
    pages: list[list[Mapping[str, Any]]] = []
    following: str | None = None
    while True:
        asked = PullRequest(epoch=answer.epoch, grants=answer.grants.hash, loading=loading, next=following, max=20_000)
        page: PullAnswer = seat.link.pull(school, asked)
        pages.append([frame.model_dump() for frame in page.frames])
        following = page.next
        if following is None:
            seat.close()
            return pages


def _cost(act: Callable[[], object]) -> Cost:
    began = process_time()
    wall = timed(act)
    return Cost(wall, (process_time() - began) * 1000)


def _floor(school: Rig, count: int, rows: int, turn: int) -> Cost:
    path: Path = school.folder / f"raw-{turn}.db"
    store, client = RawStore(path), school.floor()
    client.get("/0")
    took = _cost(lambda: _check(store.load([client.get(f"/{number}") for number in range(count)]), rows))
    store.close()
    client.close()
    path.unlink()
    return took


def _ours(seat: Seat, rows: int, *, chunked: bool) -> Cost:
    seat.link.pull(seat.workspace.enrolment.school, PullRequest())  # the connection stands, as the floor's does
    way = Way(seat.link, chunked=chunked)
    took = _cost(lambda: seat.workspace.sync(way.whole))
    held = seat.workspace.rows("SELECT count(*) FROM viewpoint_grade")[0][0]
    assert 0 < held <= rows
    assert (way.packed > rows // 2) is chunked
    seat.close()
    return took


def _compared(seat: Seat) -> tuple[float, float]:
    """A round that compares everything: once with every hash to be computed, once with all of them known."""
    seat.sync()
    took: list[float] = []
    for _ in range(2):
        seat.workspace.doubt()
        took.append(timed(seat.sync))
    found = seat.workspace.rows("SELECT 1 FROM sync_log WHERE what = 'E-3305'")
    assert not found, "equal rows have equal sums"
    seat.close()
    return took[0], took[1]


def _check(got: int, wanted: int) -> None:
    assert got == wanted
