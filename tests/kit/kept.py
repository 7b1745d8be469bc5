"""Data that takes long to make: made once from its sources, kept, and copied by whoever needs it."""

import hashlib
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache"


def kept(name: str, make: Callable[[Path], object], sources: Iterable[str], *said: str) -> Path:
    """The folder that `make` fills. Copy it, do not work in it.

    It is made anew when one of the `sources` (patterns below the project's folder), or what is `said`, is another, by
    one process while the others of this test run wait for it.
    """
    place = CACHE / name
    folder = place / _stamp(sources, said)
    with _alone(place / "lock"):
        if not folder.exists():
            for old in place.iterdir():
                shutil.rmtree(old, ignore_errors=True)
            make(place / "fresh")
            (place / "fresh").rename(folder)
    return folder


def _stamp(sources: Iterable[str], said: Iterable[str]) -> str:
    digest = hashlib.sha256("".join(said).encode())
    for path in sorted(path for pattern in sources for path in ROOT.glob(pattern)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
