"""A school that has forgotten what it once deleted: all is loaded anew, and stays in sight and in use meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from client.workspace import MemorySecretStore, Put, ScopeState
from sync.protocol.backend import Backend
from sync.protocol.errors import BadRequest, CursorTooOld, Unreachable
from sync.protocol.messages import Delete, Patch, PullAnswer, PullRequest
from sync.server.storage import partitions
from sync.server.storage.tables import partition
from tests.kit.village import LESSON, Village

SCOPE = f"lesson:{LESSON}"
MOST = 1_000


@dataclass
class Road:
    """A way to the school that breaks after so many pulls. lost: what the next pull is answered once, if anything."""

    core: Backend
    pulls: int = MOST
    lost: list[Exception] = field(default_factory=list[Exception])

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        if not self.pulls:
            raise Unreachable
        self.pulls -= 1
        if self.lost and request.cursor is None and request.next is not None:
            raise self.lost.pop()
        return self.core.pull(school, request)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.core, name)


class Desk:
    """A teacher's PC whose way to the school can break."""

    def __init__(self, village: Village, folder: Path, teacher: int) -> None:
        self.village = village
        enrolment = village.enrolment(teacher)
        self.workspace = village.opened(folder, MemorySecretStore(), enrolment)
        self.road = Road(village.core(enrolment))

    def sync(self, pulls: int = MOST) -> None:
        """A round that gets through, or breaks after so many pulls."""
        self.road.pulls = pulls
        if pulls == MOST:
            self.workspace.sync(self.road)  # type: ignore[arg-type]  it hands on what it does not change
        else:
            with pytest.raises(Unreachable):
                self.workspace.sync(self.road)  # type: ignore[arg-type]  as above

    def put(self, part: int, pupil: int, points: int) -> None:
        """Type one value."""
        fields = self.village.score(part, pupil) | self.village.points(points)
        self.workspace.edit("grades.score", [Put("score", fields)])

    @property
    def shown(self) -> dict[str, int]:
        """{score: points} on screen."""
        return {row.id: row.value for row in self.workspace.rows("SELECT id, value FROM score")}

    @property
    def former(self) -> list[Any]:
        """What is left of how rows are kept in sight."""
        sql = "SELECT name FROM scope WHERE partition LIKE '% former' UNION "
        return self.workspace.rows(sql + "SELECT names FROM scope_set WHERE partition LIKE '% former'")

    @property
    def loading(self) -> int:
        return self.workspace.status().loading


@pytest.fixture
def desk(village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The first teacher, with all of it, before a school that answers three rows at a time."""
    village.scored((0, pupil, 5_000 + pupil) for pupil in range(5))
    made = Desk(village, tmp_path / "desk", 0)
    made.sync()
    for name in ("LOAD_ROWS", "USED_ROWS"):
        monkeypatch.setattr(f"sync.engine.pull.{name}", 3)
    yield made
    made.workspace.close()


def forget(village: Village, *ops: Delete | Patch) -> None:
    """The school is changed, and then gives up what it knows of deletions until now."""
    for op in ops:
        village.change(op)
    with village.storage.database.writing() as connection:
        here = partitions.read(connection, village.school)
        assert here is not None
        connection.execute(update(partition).where(partition.c.school == village.school).values(tomb_floor=here.seq))


def changes(village: Village) -> tuple[Delete | Patch, ...]:
    """The first score is another one, the second is deleted."""
    first, second = (village.score_id(0, pupil) for pupil in (0, 1))
    return (
        Patch(type="score", id=first, set=village.points(6_000), base={"state": 10_000}),
        Delete(type="score", id=second, base=10_000),
    )


def test_all_of_it_stays_in_sight_and_in_use_until_the_new_load_is_complete(village: Village, desk: Desk) -> None:
    ids = [village.score_id(0, pupil) for pupil in range(5)]
    before = desk.shown
    forget(village, *changes(village))
    for pulls in (1, 2, 3, 2):
        desk.sync(pulls)
        assert desk.loading, "the status line says that records are being received"
        assert set(desk.workspace.scopes().values()) == {ScopeState.LIVE}, "every page offers its scopes as before"
        assert set(desk.shown) == set(before)
        assert desk.shown[ids[1]] == before[ids[1]], "what may have been deleted goes when all is here"
    desk.put(0, 2, 7_000)  # one that is there
    desk.put(1, 0, 8_000)  # one that is new
    assert (desk.shown[ids[2]], desk.shown[village.score_id(1, 0)]) == (7_000, 8_000)
    desk.sync()
    assert desk.loading == 0
    wanted = {ids[0]: 6_000, ids[2]: 7_000, ids[3]: 5_003, ids[4]: 5_004, village.score_id(1, 0): 8_000}
    assert desk.shown == wanted
    assert desk.former == []
    assert (desk.workspace.conflicts(), desk.workspace.status().waiting) == ([], 0)
    assert desk.workspace.rows("SELECT 1 FROM sync_log WHERE what = 'E-3305'") == [], "the comparison finds it whole"


def test_a_value_that_waits_all_the_while_is_shown_and_sent(village: Village, desk: Desk) -> None:
    colleague = Desk(village, desk.workspace._opened.path.parent.with_name("colleague"), 1)
    colleague.sync()
    forget(village, *changes(village))
    desk.sync(1)
    desk.put(0, 3, 7_000)
    desk.put(1, 3, 8_000)
    desk.sync()
    colleague.sync()
    assert colleague.shown == desk.shown
    assert colleague.shown[village.score_id(0, 3)] == 7_000
    assert colleague.shown[village.score_id(1, 3)] == 8_000
    colleague.workspace.close()


def test_what_is_not_granted_any_more_vanishes_at_once_all_the_same(village: Village, desk: Desk) -> None:
    forget(village, *changes(village))
    desk.sync(3)
    desk.put(0, 2, 7_000)
    who = village.teachers[0].staff
    for role in ("subject", "homeroom"):
        village.change(Delete(type="duty", id=village.duties[who, role], base=10_000))
    desk.sync(5)
    assert SCOPE not in desk.workspace.scopes()
    assert desk.shown == {}
    desk.sync()
    assert (desk.shown, desk.former) == ({}, [])


def test_a_load_that_has_to_begin_once_more_takes_nothing_out_of_sight(village: Village, desk: Desk) -> None:
    before = set(desk.shown)
    forget(village, *changes(village))
    for lost in (BadRequest(reason="next"), CursorTooOld()):
        desk.sync(6)
        desk.road.lost.append(lost)
        desk.sync(4)
        assert set(desk.shown) == before
    village.change(Delete(type="score", id=village.score_id(0, 4), base=10_000))
    desk.sync()
    assert set(desk.shown) == before - {village.score_id(0, 1), village.score_id(0, 4)}
    assert desk.former == []


def test_a_record_that_is_doubted_does_not_stay_in_sight(village: Village, desk: Desk) -> None:
    desk.workspace._port.start_over(village.school, live=True, doubted=True)
    assert desk.shown == {}
    desk.sync()
    assert len(desk.shown) == 5
