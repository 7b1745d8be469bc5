"""`make simulate`: as many days as asked for, on all cores; what fails is shown, and shortened when that is wanted.

make simulate ARGS="--days 20000 --from 0 --length 200 --processes 2"
"""

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

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
    words.add_argument("--from", type=int, default=0, dest="first")
    words.add_argument("--length", type=int, default=200)
    words.add_argument("--processes", type=int, default=2)
    words.add_argument("--shorten", action="store_true", help="shorten what fails (minutes for each)")
    words.add_argument("--until-broken", action="store_true", help="end with the first day that fails")
    asked = words.parse_args()
    began = time.monotonic()
    last = asked.first + asked.days
    batches = [range(start, min(start + BATCH, last)) for start in range(asked.first, last, BATCH)]
    failed: list[tuple[int, str]] = []
    with tempfile.TemporaryDirectory(dir=memory()) as folder, ProcessPoolExecutor(asked.processes) as pool:
        jobs = [pool.submit(_batch, folder, batch, asked.length) for batch in batches]
        for number, job in enumerate(jobs, start=1):
            for seed, broken in job.result():
                print(f"day {seed}: {broken}", flush=True)
                failed.append((seed, broken))
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


def _own(folder: str) -> Path:
    return Path(folder) / str(os.getpid())


def _morning(folder: str) -> World:
    if folder not in _MORNINGS:
        _MORNINGS[folder] = first_morning(_own(folder) / "first", DEEDS)
    return _MORNINGS[folder]


if __name__ == "__main__":
    sys.exit(main())
