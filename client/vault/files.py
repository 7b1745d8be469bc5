"""Small files that are whole or not there at all, whenever the power goes: the old one stays until the new one is kept.

Beside `segments`, and `quarantine` and `aside` where they take away what is old, no other module here touches the disk,
so that a test can end the program at each call of the system.
"""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from client.vault.errors import DiskRefused


def read(path: Path) -> bytes | None:
    """What the file holds; None where there is none. Raises DiskRefused."""
    with told():
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None


def prepare(path: Path, data: bytes) -> None:
    """Keep `data` beside `path` for good, readable by its owner alone. Raises DiskRefused."""
    with told():
        handle = os.open(beside(path), os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)


def make_folder(folder: Path) -> None:
    """Make a folder only its owner may look into. Raises DiskRefused."""
    with told():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def put_in_place(path: Path) -> None:
    """Let what was prepared take the place of `path`. Raises DiskRefused."""
    with told():
        beside(path).replace(path)
        keep_names(path.parent)


def write(path: Path, data: bytes) -> None:
    """Replace the file's content. Raises DiskRefused."""
    prepare(path, data)
    put_in_place(path)


def move(path: Path, aside: Path) -> None:
    """Let the file lie in another folder, under its name, or one like it where that is taken. Raises DiskRefused."""
    with told():
        path.rename(free(aside / path.name))
        keep_names(aside)
        keep_names(path.parent)


def free(path: Path) -> Path:
    """This place, or one beside it that is not taken."""
    places = (path if n == 0 else path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(1_000))
    return next(place for place in places if not place.exists())


def remove(path: Path) -> None:
    """Take the file away; nothing happens where there is none. Raises DiskRefused."""
    with told():
        try:
            path.unlink()
        except FileNotFoundError:
            return
        keep_names(path.parent)


def beside(path: Path) -> Path:
    """Where the file lies that is to take the place of `path`."""
    return path.with_name(f"{path.name}.new")


def keep_names(folder: Path) -> None:
    """Renames last only once their folder is kept. Windows keeps them in the file system's own log."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def told() -> Generator[None]:
    """Turn what the disk refuses into DiskRefused."""
    try:
        yield
    except OSError as error:
        raise DiskRefused(reason=type(error).__name__, code=error.errno) from error
