"""Two teachers who sync with a real server over a way that can break."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.village import Village
from tests.kit.ways import Desk


@pytest.fixture
def desks(village: Village, tmp_path: Path) -> Iterator[list[Desk]]:
    """Two teachers of the same lesson, who have loaded the school; every first part has 50 points."""
    village.scored((0, pupil, 5_000) for pupil in range(village.pupil_count))
    made = [Desk(village, tmp_path / f"desk{n}", village.enrolment(n)) for n in range(2)]
    for desk in made:
        desk.sync()
    yield made
    for desk in made:
        desk.workspace.close()


@pytest.fixture
def here(desks: list[Desk]) -> Desk:
    """The first teacher's."""
    return desks[0]


@pytest.fixture
def there(desks: list[Desk]) -> Desk:
    """The second teacher's."""
    return desks[1]
