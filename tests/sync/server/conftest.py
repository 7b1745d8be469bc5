"""A served SQLite storage for tests that look at one end of the wire only."""

from collections.abc import Iterator

import pytest

from tests.sync.conformance.ends import Place, served


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The storage, on a free port; each test takes a school of its own."""
    with served(tmp_path_factory.mktemp("shop"), None) as found:
        yield found
