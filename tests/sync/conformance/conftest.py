"""Every test here runs against four servers: two storages, two ends of the wire."""

from collections.abc import Iterator

import pytest

from tests.kit.postgres import PostgresServer
from tests.sync.conformance.ends import Place, World, served


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The storage of this session."""
    url = None
    if request.param == "postgres":
        postgres: PostgresServer = request.getfixturevalue("postgres")
        url = postgres.create_database()
    with served(tmp_path_factory.mktemp(request.param), url) as found:
        yield found


@pytest.fixture(params=["direct", "http"])
def world(request: pytest.FixtureRequest, place: Place) -> World:
    """A school of this test's own, reached one way or the other."""
    return World(place, place.new_school(), place.core if request.param == "direct" else place.http)
