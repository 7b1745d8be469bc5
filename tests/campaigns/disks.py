"""A store on a disk of its own that gets full at some point, is read-only for a while, and has room again."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

ALONE = ["unshare", "--map-root-user", "--mount"]
ROOM = 400_000
"""Bytes that are left at most when the teacher saves on."""
LONG_S = 200


def may_mount() -> bool:
    """Whether a process here may mount a disk of its own."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    return subprocess.run([*ALONE, "true"], check=False, capture_output=True).returncode == 0


def filled(folder: Path, left: int) -> None:
    """Let the disk have this much room left. Raises AssertionError with what was said."""
    disk, beside = folder / "disk", folder / "beside"
    disk.mkdir(parents=True)
    beside.mkdir()
    words = [sys.executable, "-m", "tests.kit.small_disk", str(disk), str(beside), str(left)]
    done = subprocess.run([*ALONE, *words], check=False, capture_output=True, text=True, timeout=LONG_S)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr


def room(seed: int) -> int:
    """How much is left, by chance: more often little."""
    return int(ROOM * random.Random(seed).random() ** 3)
