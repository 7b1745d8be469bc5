"""`make simulate`: as many days as asked for, on all cores; what fails is shown, and shortened when that is wanted.

make simulate ARGS="--days 20000 --length 200 --processes 2"
make simulate ARGS="--days 500 --record days.csv"     goes on behind the last day in that table, and adds to it
make simulate ARGS="--days 500 --database postgresql" with the server's data on a PostgreSQL of the run's own
"""

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.kit.postgres import CARELESS, PostgresServer, private_server
from tests.simulator import keeping, record
from tests.simulator.at_once import threaded
from tests.simulator.play import first_morning, journaled, memory, played, shortest
from tests.simulator.steps import KEPT, Step, day, dump, load
from tests.simulator.world import World

BATCH = 5
SQLITE, POSTGRESQL = "sqlite", "postgresql"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the processes of a run play. server: the folder of the PostgreSQL server all of them use, if they do.

    losses: disks lose stores on its days.
    """

    folder: Path
    server: Path | None
    losses: bool = False

    def day(self, seed: int, length: int) -> list[Step]:
        """The steps of a day of this run."""
        return day(seed, length, losses=self.losses)

    @property
    def own(self) -> Path:
        """This process's own folder."""
        return self.folder / str(os.getpid())

    def keeping(self) -> keeping.Keeping:
        """How the days' servers keep their data."""
        return keeping.InFolder if self.server is None else keeping.on(PostgresServer(self.server))


def main() -> int:
    """Play the days asked for; 0 when every one of them kept every promise."""
    words = argparse.ArgumentParser(prog="tests.simulator")
    words.add_argument("--days", type=int, default=20_000)
    words.add_argument("--from", type=int, dest="first", help="the first day; else 0, or the first not in the record")
    words.add_argument("--record", type=Path, help="a table of the days played, which this run goes on with")
    words.add_argument("--length", type=int, default=200)
    words.add_argument("--processes", type=int, default=2)
    words.add_argument("--database", choices=(SQLITE, POSTGRESQL), default=SQLITE, help="what the server keeps data in")
    words.add_argument("--shorten", action="store_true", help="shorten what fails (minutes for each)")
    words.add_argument("--losses", action="store_true", help="disks lose stores, and refuse journals")
    words.add_argument("--kept", action="store_true", help="play the days that were kept before all others")
    words.add_argument("--until-broken", action="store_true", help="end with the first day that fails")
    asked = words.parse_args()
    began = time.monotonic()
    before = [] if asked.record is None else record.read(asked.record)
    first: int = record.next_day(before) if asked.first is None else asked.first
    last = first + asked.days
    batches = [range(start, min(start + BATCH, last)) for start in range(first, last, BATCH)]
    failed: list[tuple[int, str]] = []
    with _place(asked.database, losses=asked.losses) as place, ProcessPoolExecutor(asked.processes) as pool:
        good = not asked.kept or pool.submit(_kept, place).result()
        if not good and asked.until_broken:
            return 1
        jobs = [pool.submit(_batch, place, batch, asked.length) for batch in batches]
        for number, job in enumerate(jobs, start=1):
            found = job.result()
            for seed, broken in found:
                print(f"day {seed}: {broken}", flush=True)
            failed += found
            if asked.record is not None:
                days, seeds = batches[number - 1], tuple(seed for seed, _ in found)
                record.add(asked.record, record.Stretch(days[0], days[-1], asked.length, seeds, _code()))
            if failed and asked.until_broken:
                pool.shutdown(wait=False, cancel_futures=True)
                break
            if number % 100 == 0:
                print(f"{number * BATCH} days, {time.monotonic() - began:.0f} s, {len(failed)} failed", flush=True)
        if asked.shorten:
            _shorten(place, [seed for seed, _ in failed[:5]], asked.length)
    steps = asked.days * asked.length
    print(f"{asked.days} days x {asked.length} steps = {steps} steps in {time.monotonic() - began:.0f} s", end=": ")
    print(f"{len(failed)} failed")
    if asked.record is not None:
        print(record.said(record.read(asked.record)))
    return 1 if failed or not good else 0


@contextmanager
def _place(database: str, *, losses: bool) -> Iterator[Place]:
    """A place for one run."""
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        if database == SQLITE:
            yield Place(Path(folder), None, losses)
            return
        with private_server(CARELESS) as server:
            yield Place(Path(folder), server.folder, losses)


def _batch(place: Place, seeds: range, length: int) -> list[tuple[int, str]]:
    found = []
    for seed in seeds:
        how = {"threads": threaded(seed), "journals": place.losses or journaled(seed)}
        broken = played(_morning(place), place.own / str(seed), place.day(seed, length), **how)
        if broken is not None:
            found.append((seed, broken[:400]))
    return found


def _kept(place: Place) -> bool:
    """Whether all days that were kept keep every promise; the first that does not is shown."""
    for path in KEPT:
        broken = played(_morning(place), place.own / path.stem, load(path))
        if broken is not None:
            print(f"day {path.stem}: {broken[:400]}", flush=True)
            return False
    return True


def _shorten(place: Place, seeds: list[int], length: int) -> None:
    for seed in seeds:
        steps, broken = shortest(_morning(place), place.own / "short", place.day(seed, length))
        print(f"day {seed} needs {len(steps)} steps: {broken}\n{dump(steps)}", flush=True)


@cache
def _code() -> str:
    """The commit whose days these are."""
    order = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(order, capture_output=True, text=True, check=False).stdout.strip()


@cache
def _morning(place: Place) -> World:
    """The world this process makes twins of."""
    made = first_morning(place.own / "first", place.keeping())
    gc.freeze()
    return made


if __name__ == "__main__":
    sys.exit(main())
