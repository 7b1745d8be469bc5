"""The whole program is locked again and again: drafts come back, and neither memory nor any file it wrote tells a name.

Which files were written is seen by `strace`, which follows the program from process to process.
"""

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from client.demo import DemoServer
from tests.kit.backend import sample_data
from tests.kit.locked import JAPANESE, MATH, PIN, Running, until
from tests.kit.memory import found_in

CYCLES: Final = 3
NAMES: Final = 40
CODINGS: Final = ("utf-8", "utf-16-le")
TRACED: Final = ("strace", "-f", "-qq", "-s", "4096", "-e", "trace=openat,open,creat,rename,renameat,renameat2")
_OPENED: Final = re.compile(r'(?:openat\(AT_FDCWD, |open\(|creat\()"([^"]+)", [^)]*O_(?:WRONLY|RDWR|CREAT)')
_RENAMED: Final = re.compile(r'rename(?:at2?)?\([^"]*"[^"]+", (?:AT_FDCWD, )?"([^"]+)"')
_NOT_FILES: Final = ("/dev/", "/proc/", "/sys/")


def readable() -> bool:
    """Whether the memory of such a process can be looked at here."""
    return sys.platform == "linux" and os.geteuid() == 0


@cache
def traceable() -> bool:
    """Whether a process can be followed here."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        return False
    return subprocess.run([*TRACED, "-o", os.devnull, "true"], check=False, capture_output=True).returncode == 0


@contextmanager
def joined(folder: Path, *before: str) -> Generator[Running]:
    """The program with a school of its own, signed in and loaded. before: a command that starts it."""
    shutil.copytree(sample_data(), folder / "school")
    place = folder / "pc"
    place.mkdir()
    with DemoServer(folder / "school") as server:
        running = Running(place, server, before=before)
        try:
            running.join()
            yield running
        finally:
            running.end()


def cycled(folder: Path, seed: int) -> int:
    """Lock and unlock some times; how many canaries were looked for in memory each time."""
    with joined(folder) as running:
        canaries = _canaries(running, random.Random(seed))
        shown = found_in(running.pid, canaries)
        assert len([name for name in shown if name.startswith("name")]) > 5, "the control finds them"
        for cycle in range(CYCLES):
            running.ask("go", (JAPANESE, MATH)[cycle % 2], 2 + seed % 5, 4)
            running.ask("copy")
            running.ask("keys", f"{10 + cycle}")
            keys = {f"key {at}": bytes.fromhex(key) for at, key in enumerate(running.ask("secrets"))}
            running.lock()
            until(lambda: running.ask("question")["kind"] == "AskPin")
            assert found_in(running.pid, canaries | keys) == set()
            back = running.unlock()
            assert back["typed"] == f"{10 + cycle}", (cycle, back["cell"], back["typed"], back["said"])
        return len(canaries)


def written(folder: Path) -> int:
    """Look through every file the program has opened to write during two locks; how many there are."""
    log = folder / "calls"
    with joined(folder, *TRACED, "-o", str(log)) as running:
        canaries = _canaries(running, random.Random(0))
        for _ in range(2):
            running.ask("go", MATH, 3, 4)
            running.ask("keys", "17")
            running.lock()
            running.unlock()
    text = log.read_text("utf-8", "replace")
    paths = {Path(name) for pattern in (_OPENED, _RENAMED) for name in pattern.findall(text)}
    files = [path for path in paths if folder in path.parents or not str(path).startswith(_NOT_FILES)]
    files = [path for path in files if path.is_file()]
    needles = {name: canary for name, canary in canaries.items() if name.startswith("name")}
    hits = {
        str(path): found
        for path in files
        if (found := {name for name, one in needles.items() if one in path.read_bytes()})
    }
    told = {f"{folder / 'pc'}/do-", f"{folder / 'pc'}/said-"}  # by which this test speaks with the program
    assert {path for path in hits if not path.startswith(tuple(told))} == set()
    assert any(path.name == "store.db" for path in files)
    return len(files)


def _canaries(running: Running, chance: random.Random) -> dict[str, bytes]:
    """The PIN, all names on screen, and some of all others of the store: each is looked for in all memory."""
    names = {name for name in running.ask("desk")["names"] if name}
    others = sorted({*running.ask("people")} - names)
    names |= {*chance.sample(others, min(NAMES, len(others)))}
    found = {f"name {name} in {coding}": name.encode(coding) for name in names for coding in CODINGS}
    return found | {f"PIN in {coding}": PIN.encode(coding) for coding in CODINGS}
