"""Temporary folders that know whether somebody still uses them, so that what a killed test run left can be swept."""

import shutil
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

LOCK = "in-use"
"""A file in the folder; locked for as long as its maker lives, however that ends."""
YOUNG_S = 300
"""A folder without that file is left alone for so long: its maker may be about to make it."""


@contextmanager
def temporary_folder(prefix: str) -> Generator[Path]:
    """A new folder, removed at the end; those of this prefix that killed processes left behind go first."""
    sweep(prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    with (folder / "taking").open("w") as file:
        taken = _is_free(file)
        assert taken or sys.platform == "win32"
        (folder / "taking").rename(folder / LOCK)  # it is never there without being locked, or another would sweep it
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=sys.platform == "win32")


def sweep(prefix: str) -> None:
    """Remove the temporary folders of this prefix that nobody uses."""
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        if not _is_used(folder):
            shutil.rmtree(folder, ignore_errors=True)  # somebody else may be sweeping, too


def _is_used(folder: Path) -> bool:
    try:
        with (folder / LOCK).open() as file:
            return not _is_free(file)
    except FileNotFoundError:
        return _age_s(folder) < YOUNG_S


def _is_free(file: IO[str]) -> bool:
    """Take the lock if nobody has it. Windows, where no test runs in such a folder, sweeps nothing."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _age_s(folder: Path) -> float:
    try:
        return time.time() - folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0
