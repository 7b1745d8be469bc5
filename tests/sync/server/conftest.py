"""Storages: a served one for tests that look at one end of the wire only, and a new one of either engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.server.migrate import migrate
from sync.server.storage.store import Storage, open_storage
from tests.kit.postgres import PostgresServer
from tests.sync.conformance.ends import Place, served
from tests.sync.server.gate import Gate


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The storage, on a free port; each test takes a school of its own."""
    with served(tmp_path_factory.mktemp("shop"), None) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    """A new, empty database, once of each engine."""
    url = None
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.create_database()
    opened = open_storage(tmp_path / "data", url)
    migrate(opened.database)
    yield opened
    opened.close()


@pytest.fixture
def gate(storage: Storage) -> Gate:
    """A school with a way in, once on each engine."""
    return Gate(storage)
