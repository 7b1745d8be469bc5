"""What a teacher waits for at a lock, and at the PIN after it: real processes, at what a guess of the PIN costs."""

import os
import select
import time
from collections.abc import Iterator
from typing import Any

from tests.bench.figures import median
from tests.bench.rig import rig
from tests.kit.locked import JAPANESE, PIN, Running, until

PROGRAM = "tests.bench.lock_process"
TYPING_S = 1.5
"""Nobody has typed eight digits sooner."""


def measure(rounds: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """From the key to cover, end of the process and lock screen; from the PIN to the sheet and the end of a round."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with rig("day") as school:
        running = Running(school.folder, school.server, PROGRAM)
        try:
            running.join()
            _turn(running, 0)  # makes the bytecode
            seen = [_turn(running, turn) for turn in range(1, rounds + 1)]
        finally:
            running.end()
    locked, opened = ({key: median([one[at][key] for one in seen]) for key in seen[0][at]} for at in (0, 1))
    yield "the key locks: covered, the process gone, the lock screen painted", locked
    yield "the PIN opens: sheet and draft painted, a round done", opened


def _turn(running: Running, turn: int) -> tuple[dict[str, float], dict[str, float]]:
    """One lock with something half typed, one PIN; milliseconds."""
    running.ask("go", JAPANESE, 2 + turn % 4, 4)
    typed = str(10 + turn)
    running.ask("keys", typed)
    old, count = running.pid, len(running.pids)
    watched = os.pidfd_open(old)
    running.ask("lock", answered=False)
    assert select.select([watched], [], [], 30)[0]
    ended = time.monotonic()
    os.close(watched)
    running.follow(count)
    key = _moments(running, old)["key"]
    first = until(lambda: _moments(running, running.pid).get("first"))
    locked = {
        "covered_ms": _moments(running, old)["covered"] - key,
        "gone_ms": ended - key,
        "next begun_ms": _moments(running, running.pid)["began"] - key,
        "lock screen_ms": first - key,
    }
    time.sleep(TYPING_S)
    running.ask("pin", PIN)
    desk = until(lambda: running.ask("desk"))
    assert desk["typed"] == typed
    new = until(lambda: found if "loaded" in (found := _moments(running, running.pid)) else None)
    opened = {"sheet_ms": new["sheet"] - new["pin"], "loaded_ms": new["loaded"] - new["pin"]}
    still = running.ask("still")
    return _ms(locked), _ms(opened) | {"window still at most_ms": still}


def _moments(running: Running, pid: int) -> dict[str, float]:
    """When what was first on screen in a process (monotonic seconds)."""
    lines = [line.split() for line in (running.folder / "moments").read_text("ascii").splitlines()]
    return {word: float(at) for of, word, at in reversed(lines) if int(of) == pid}


def _ms(seconds: dict[str, float]) -> dict[str, float]:
    return {name: value * 1_000 for name, value in seconds.items()}
