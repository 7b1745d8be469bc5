"""What a process has used of this machine."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any


def cpu_s(pid: int) -> float:
    """Processor time a process has used so far, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def family_s(pid: int) -> float:
    """The same of a process and all it has started, those that have ended included."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    own = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split():
        with suppress(FileNotFoundError):  # it has just ended, and counts to its parent the next time
            own += family_s(int(child))
    return own


@dataclass(frozen=True, slots=True)
class Work:
    """Processor time of processes, in ms: what an act costs, however busy the machine is. pids: whose, asked anew."""

    pids: Callable[[], Sequence[int]]

    def of(self, act: Callable[[], Any], times: int = 1) -> float:
        """Of an act, done so many times; of one of them."""
        before = self._now()
        for _ in range(times):
            act()
        after = self._now()
        return sum(after[pid] - before.get(pid, 0.0) for pid in after) * 1000 / times

    def _now(self) -> dict[int, float]:
        return {pid: cpu_s(pid) for pid in self.pids()}


def memory_mb(pid: int | str = "self", *, own: bool = False) -> float:
    """Resident memory of a process in MB: private and shared, or its own, without pages of files it has mapped."""
    text = Path(f"/proc/{pid}/status").read_text("ascii")
    word = "RssAnon" if own else "VmRSS"
    return int(next(line for line in text.splitlines() if line.startswith(word)).split()[1]) / 1024
