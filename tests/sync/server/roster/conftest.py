"""What imports are taken into: a school in memory, a new database of either engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.server.migrate import migrate
from sync.server.storage.store import Storage, open_storage
from tests.kit.postgres import PostgresServer
from tests.sync.server.roster.school import School
from tests.sync.server.roster.wakakusa import BULK


@pytest.fixture(params=["sqlite", "postgresql"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    url = None
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.create_database()
    opened = open_storage(tmp_path / "data", url)
    migrate(opened.database)
    yield opened
    opened.close()


@pytest.fixture
def school() -> School:
    """A school that has taken the sample package."""
    taken = School()
    taken.take(BULK)
    return taken
