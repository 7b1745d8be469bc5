"""A school in memory for packages to be taken into."""

import pytest

from tests.sync.server.roster.school import School
from tests.sync.server.roster.wakakusa import BULK


@pytest.fixture
def school() -> School:
    """A school that has taken the sample package."""
    taken = School()
    taken.take(BULK)
    return taken
