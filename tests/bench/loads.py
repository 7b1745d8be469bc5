"""A fresh device loads a school: beside raw SQLCipher taking the same rows."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from sync.protocol.messages import PullAnswer, PullRequest
from tests.bench.figures import median
from tests.bench.floor import RawStore, bodies_of
from tests.bench.machine import memory_mb
from tests.bench.rig import SQLITE, Rig, Seat, meter, rig, timed
from tests.bench.school import principal


class Cost(NamedTuple):
    """What a load took, in milliseconds: on the clock, and of the device's processors."""

    wall: float
    processor: float


def measure(name: str, rounds: int, database: str = SQLITE) -> Iterator[tuple[str, dict[str, Any]]]:
    """Load time of both in turns, the ratio of those that followed each other, the processor time either took on the
    device, bytes on the wire, memory of the server; then how long a comparison takes. The first turn does not count: a
    server that has just started reads its file.
    """
    who = principal(name)
    with rig(name, database) as school:
        pages = _pages(school.join(who))
        count = bodies_of(pages, school.folder / "floor")
        rows = sum(len(frame["rows"]) for page in pages for frame in page)
        ours: list[Cost] = []
        floors: list[Cost] = []
        for turn in range(rounds + 1):
            floors.append(_floor(school, count, rows, turn))
            ours.append(_ours(school.join(who), rows))
        del ours[0], floors[0]
        counted = meter(school)
        seat = school.join(who, counted.address)
        counted.taken()
        _ours(seat, rows)
        first, again = _compared(school.join(who))
        yield (
            f"fresh device loads {int(name):,} records ({rows:,} rows with lists and masters)",
            {
                "floor_ms": median([floor.wall for floor in floors]),
                "keyaki_ms": median([own.wall for own in ours]),
                "ratio": median([own.wall / floor.wall for own, floor in zip(ours, floors, strict=True)]),
                "floor_cpu_ms": median([floor.processor for floor in floors]),
                "keyaki_cpu_ms": median([own.processor for own in ours]),
                "bytes": counted.taken(),
                "server_mb": memory_mb(school.server._process.pid),
            },
        )
        yield (
            f"all {rows:,} rows held against the school's, the first time / again",
            {"first_ms": first, "again_ms": again},
        )


def _pages(seat: Seat) -> list[list[Mapping[str, Any]]]:
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


def _ours(seat: Seat, rows: int) -> Cost:
    seat.link.pull(seat.workspace.enrolment.school, PullRequest())  # the connection stands, as the floor's does
    took = _cost(seat.sync)
    held = seat.workspace.rows("SELECT count(*) FROM viewpoint_grade")[0][0]
    assert 0 < held <= rows
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
