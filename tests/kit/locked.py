"""The program across its processes, as a test or a measurement drives it: each lock ends one and begins another."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from client.demo import DemoServer

ROOT = Path(__file__).parents[2]
PROGRAM = "tests.kit.locked_process"
PIN = "82640517"
"""Not the sample's: that one is in the program's own text."""
JAPANESE, MATH = "2026:3-2:jpn", "2026:3-2:math"
"""Lessons of the sample's teacher."""
LONG_S = 60


def gone(pid: int) -> bool:
    """Whether a process has ended, somebody having collected it or not."""
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return True


def begun(pid: int) -> float:
    """When the system made a process (monotonic seconds), to a hundredth of a second."""
    ticks = int(Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[19])
    asleep = time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic()
    return ticks / os.sysconf("SC_CLK_TCK") - asleep


def until(reached: Callable[[], Any]) -> Any:
    """Wait for something; what it was then."""
    end = time.monotonic() + LONG_S
    while time.monotonic() < end:
        if found := reached():
            return found
        time.sleep(0.01)
    raise AssertionError("it took too long")


class Running:
    """The program across its processes; `pid` is the one that runs now.

    program: the module that is started; before: a command that starts it, if any.
    """

    def __init__(self, folder: Path, server: DemoServer, program: str = PROGRAM, before: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self._words = [*before, sys.executable, "-m", program, str(folder), server.url, server.issuer]
        self._started: list[subprocess.Popen[bytes]] = []
        self.pid = 0
        self.begin()

    def begin(self) -> None:
        """Start it as a person does."""
        before = len(self.pids)
        with (self.folder / "output").open("a") as output:
            ways = {"stdout": output, "stderr": output, "stdin": subprocess.DEVNULL}
            self._started.append(subprocess.Popen(self._words, cwd=ROOT, **ways))
        self.follow(before)

    @property
    def pids(self) -> list[int]:
        """Every process that has come as far as its first window."""
        path = self.folder / "pids"
        return [int(line) for line in path.read_text("ascii").splitlines()] if path.exists() else []

    def follow(self, count: int) -> None:
        """Wait for the process that comes after so many."""
        until(lambda: len(self.pids) > count)
        self.pid = self.pids[count]

    def ask(self, *words: object, answered: bool = True) -> Any:
        """Have a word done; its answer."""
        do, said = (self.folder / f"{name}-{self.pid}" for name in ("do", "said"))
        said.unlink(missing_ok=True)
        fresh = do.with_suffix(".new")
        fresh.write_text(json.dumps(words), "utf-8")
        fresh.replace(do)
        if answered:
            until(said.exists)
            return json.loads(said.read_text("utf-8"))
        return None

    def join(self) -> None:
        """Sign in, choose the PIN and wait until everything is loaded."""
        self.ask("sign_in")
        until(lambda: self.ask("question")["kind"] == "ChoosePin")
        self.ask("pin", PIN)
        until(lambda: self.ask("desk"))

    def lock(self) -> tuple[float, float]:
        """Press the key. Seconds until the process was gone, and until the next one was begun."""
        count, old = len(self.pids), self.pid
        self.ask("lock", answered=False)
        until(lambda: gone(old))
        ended = time.monotonic()
        self.follow(count)
        pressed = float((self.folder / "locking").read_text("ascii"))
        return ended - pressed, begun(self.pid) - pressed

    def unlock(self) -> dict[str, Any]:
        """Type the PIN; what is on screen then."""
        until(lambda: self.ask("question")["kind"] == "AskPin")
        self.ask("pin", PIN)
        return until(lambda: self.ask("desk"))

    def end(self) -> None:
        """End every process that is left."""
        for pid in self.pids:
            if not gone(pid):
                os.kill(pid, signal.SIGKILL)
        for process in self._started:
            process.wait()
