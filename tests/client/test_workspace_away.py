"""A class is put away from a device: no byte of it stays, nothing of it comes again, until it is wanted back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from client.store.errors import StillWaiting
from client.workspace import Put, ScopeState, Workspace
from sync.protocol.messages import Patch
from tests.client.test_purge import KEPT, LOST, PUPILS, Scene
from tests.simulator.town import MOVING

NEWER = "新しい値"
AWAY = [f"lesson:{LOST}"]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    yield made
    made.workspace.close()
    made.town.close()


def scores(scene: Scene, lesson: str) -> int:
    """How many scores of a lesson are in sight."""
    return scene.workspace.rows('SELECT count(*) FROM score WHERE "@lesson" = ?', (lesson,))[0][0]


def held(scene: Scene) -> int:
    """How many records of the lesson lie here."""
    return sum(count for names, count in scene.workspace.holdings.counts().items() if f"lesson:{LOST}" in names)


def lost(scene: Scene) -> set[str]:
    """Words and ids of the lesson that are left anywhere in the files."""
    return {word for words in scene.left().values() for word in words if "moved" not in word}


def clear(scene: Scene) -> list[str]:
    """Put a lesson away, and run a round."""
    scene.workspace.holdings.put_away(AWAY)
    scene.sync()
    return AWAY


def change(scene: Scene, text: str) -> None:
    """Somebody else changes a note in each lesson."""
    for lesson in (KEPT, LOST):
        scene.town.change(Patch(type="score", id=scene.id(lesson, 1), set={"note": text}, base={"note": 2**53}))


def test_what_is_put_away_leaves_no_byte_and_the_rest_stays(scene: Scene) -> None:
    assert held(scene) >= PUPILS
    before, pupils = scores(scene, KEPT), scene.workspace.rows("SELECT count(*) FROM pupil")[0][0]
    assert lost(scene)
    names = clear(scene)
    assert f"lesson:{LOST}" in names
    assert (scores(scene, LOST), scores(scene, KEPT)) == (0, before)
    assert held(scene) == 1  # the course itself, which everybody reads
    assert lost(scene) == set()
    assert scene.workspace.rows("SELECT count(*) FROM pupil")[0][0] == pupils
    assert scene.workspace.holdings.away() == set(names)
    assert set(scene.workspace.scopes()).isdisjoint(names)


def test_nothing_of_it_comes_again_by_pulls_comparisons_or_loads_until_it_is_wanted_back(scene: Scene) -> None:
    names = clear(scene)
    change(scene, NEWER)
    scene.workspace.doubt()
    for _ in range(2):
        scene.sync()
    noted = scene.workspace.rows('SELECT "@lesson" AS lesson FROM score WHERE note = ?', (NEWER,))
    assert [row.lesson for row in noted] == [KEPT]
    assert not scene.workspace.comparison().due
    assert scene.workspace.status().loading == 0
    scene.workspace.holdings.bring_back(names)
    scene.sync()
    assert scene.workspace.holdings.away() == frozenset()
    assert all(scene.workspace.scopes()[name] is ScopeState.LIVE for name in names)
    noted = scene.workspace.rows('SELECT "@lesson" AS lesson FROM score WHERE note = ? ORDER BY 1', (NEWER,))
    assert [row.lesson for row in noted] == sorted([KEPT, LOST])
    assert scores(scene, LOST) == scores(scene, KEPT)


def test_while_something_waits_nothing_is_put_away_and_once_it_is_sent_it_is_at_the_school(scene: Scene) -> None:
    key = scene.cell(LOST, 2)
    scene.workspace.edit("grades.score", [Put("score", key | {"state": "scored", "value": 4200})])
    with pytest.raises(StillWaiting) as refused:
        scene.workspace.holdings.put_away(AWAY)
    assert refused.value.facts == {"count": 1}
    assert scores(scene, LOST) == PUPILS
    scene.sync()
    names = clear(scene)
    scene.workspace.holdings.bring_back(names)
    scene.sync()
    (row,) = scene.workspace.rows("SELECT value FROM score WHERE id = ?", (scene.id(LOST, 2),))
    assert row.value == 4200


def test_it_stays_away_in_the_next_process_and_when_everything_is_loaded_anew(scene: Scene) -> None:
    names = clear(scene)
    scene.workspace.close()
    scene.workspace = Workspace.open(scene.folder, secrets=scene.secrets, clock=scene.town.clock, ids=scene.town.ids)
    assert scene.workspace.holdings.away() == set(names)
    scene.workspace._port.start_over(scene.town.school, live=True)  # pyright: ignore[reportPrivateUsage]
    scene.sync()
    assert (scores(scene, LOST), scores(scene, KEPT)) == (0, PUPILS)
    assert scene.workspace.holdings.away() == set(names)


def test_a_duty_that_ends_while_its_records_are_away_is_told_to_the_school_and_loads_when_it_comes_again(
    scene: Scene,
) -> None:
    clear(scene)
    scene.town.take(MOVING[1])
    for _ in range(2):
        scene.sync()
    assert scene.workspace.holdings.away() == frozenset()
    assert f"lesson:{LOST}" in scene.confirmed()
    scene.town.give(MOVING[1])
    for _ in range(2):
        scene.sync()
    assert scores(scene, LOST) == PUPILS
