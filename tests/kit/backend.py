"""A real server process over a sample school, for tests that need the other end."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from client.demo import DemoServer
from sync.server.clock import TOKYO
from tests.kit.kept import kept

SOURCES = (
    "sync/records/**/*.py",
    "sync/server/sample/**/*.py",
    "sync/server/holidays.py",
    "sync/server/masters/*.py",
    "sync/server/storage/*.py",
    "resources/sample/*.csv",
    "resources/masters/*.csv",
)
"""Whatever the sample school is made of; the day is another."""


def sample_data(tell: Callable[[str], object] = lambda _: None) -> Path:
    """The folder of a server's data with the sample school; copy it, do not serve it. tell: told of the making."""

    def make(folder: Path) -> None:
        with DemoServer(folder, tell):
            pass

    return kept("sample-school", make, SOURCES, datetime.now(TOKYO).date().isoformat())


@pytest.fixture(scope="session")
def sample_school() -> Path:
    """As `sample_data`."""
    return sample_data()


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
