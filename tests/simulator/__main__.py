"""`make simulate`: as many days as asked for, on all cores; what fails is shown, and shortened when that is wanted.

make simulate ARGS="--days 20000 --length 200 --processes 2"
make simulate ARGS="--days 500 --record days.csv"     goes on behind the last day in that table, and adds to it
"""

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from tests.simulator import record
from tests.simulator.deeds import DEEDS
from tests.simulator.play import memory, played, shortest
from tests.simulator.steps import day, dump
from tests.simulator.world import World, first_morning

BATCH = 5
_MORNINGS: dict[str, World] = {}


def main() -> int:
    """Play the days asked for; 0 when every one of them kept every promise."""
    words = argparse.ArgumentParser(prog="tests.simulator")
    words.add_argument("--days", type=int, default=20_000)
    words.add_argument("--from", type=int, dest="first", help="the first day; else 0, or the first not in the record")
    words.add_argument("--record", type=Path, help="a table of the days played, which this run goes on with")
    words.add_argument("--length", type=int, default=200)
    words.add_argument("--processes", type=int, default=2)
    words.add_argument("--shorten", action="store_true", help="shorten what fails (minutes for each)")
    words.add_argument("--until-broken", action="store_true", help="end with the first day that fails")
    asked = words.parse_args()
    began = time.monotonic()
    before = [] if asked.record is None else record.read(asked.record)
    first: int = record.next_day(before) if asked.first is None else asked.first
    last = first + asked.days
    batches = [range(start, min(start + BATCH, last)) for start in range(first, last, BATCH)]
    failed: list[tuple[int, str]] = []
    with tempfile.TemporaryDirectory(dir=memory()) as folder, ProcessPoolExecutor(asked.processes) as pool:
        jobs = [pool.submit(_batch, folder, batch, asked.length) for batch in batches]
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
            _shorten(folder, [seed for seed, _ in failed[:5]], asked.length)
    steps = asked.days * asked.length
    print(f"{asked.days} days x {asked.length} steps = {steps} steps in {time.monotonic() - began:.0f} s", end=": ")
    print(f"{len(failed)} failed")
    if asked.record is not None:
        print(record.said(record.read(asked.record)))
    return 1 if failed else 0


def _batch(folder: str, seeds: range, length: int) -> list[tuple[int, str]]:
    found = []
    for seed in seeds:
        broken = played(_morning(folder), _own(folder) / str(seed), day(seed, length))
        if broken is not None:
            found.append((seed, broken[:400]))
    return found


def _shorten(folder: str, seeds: list[int], length: int) -> None:
    for seed in seeds:
        steps, broken = shortest(_morning(folder), _own(folder) / "short", day(seed, length))
        print(f"day {seed} needs {len(steps)} steps: {broken}\n{dump(steps)}", flush=True)


@cache
def _code() -> str:
    """The commit whose days these are."""
    order = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(order, capture_output=True, text=True, check=False).stdout.strip()


def _own(folder: str) -> Path:
    return Path(folder) / str(os.getpid())


def _morning(folder: str) -> World:
    if folder not in _MORNINGS:
        _MORNINGS[folder] = first_morning(_own(folder) / "first", DEEDS)
        gc.freeze()
    return _MORNINGS[folder]


if __name__ == "__main__":
    sys.exit(main())
