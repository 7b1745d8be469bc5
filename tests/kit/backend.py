"""A real server process over a sample school, for tests that need the other end."""

import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from client.demo import DemoServer
from sync.server.clock import TOKYO

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "sample-school"


def _stamp() -> str:
    """Changes with the day and with whatever the sample school is made of."""
    digest = hashlib.sha256(datetime.now(TOKYO).date().isoformat().encode())
    parts = (
        "sync/records/**/*.py",
        "sync/server/sample/**/*.py",
        "sync/server/masters/*.py",
        "sync/server/storage/*.py",
        "resources/sample/*.csv",
        "resources/masters/*.csv",
    )
    for path in sorted(path for part in parts for path in ROOT.glob(part)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process at a time; the others of this test run wait here."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def sample_school() -> Path:
    """The folder of a server's data with the sample school; copy it, do not serve it. Made anew when its code is."""
    folder = CACHE / _stamp()
    with _alone(CACHE / "lock"):
        if not folder.exists():
            for old in CACHE.iterdir():
                shutil.rmtree(old, ignore_errors=True)
            fresh = CACHE / "fresh"
            with DemoServer(fresh):
                pass
            fresh.rename(folder)
    return folder


@pytest.fixture(scope="session")
def backend(sample_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """The server all tests of this process share; a test leaves no trace that another could stumble over."""
    folder = tmp_path_factory.mktemp("shared") / "school"
    shutil.copytree(sample_school, folder)
    with DemoServer(folder) as server:
        yield server


@pytest.fixture
def own_backend(sample_school: Path, tmp_path: Path) -> Iterator[DemoServer]:
    """A server of this test alone, which it may kill and start again."""
    folder = tmp_path / "school"
    shutil.copytree(sample_school, folder)
    with DemoServer(folder) as server:
        yield server
