"""A process that dies while it finds its way back still finds it: restored servers, copied PCs, wrong rows."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from client.workspace import MemorySecretStore, Put, Workspace, fresh_id
from sync.protocol.errors import DeviceForked
from sync.protocol.messages import Patch
from sync.server.storage.store import open_storage
from tests.client.test_workspace_anew import forget
from tests.client.test_workspace_crash import Scene
from tests.client.test_workspace_recovery import set_back
from tests.kit.forked import Say
from tests.kit.village import Village

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform == "win32", reason="#3 2026-11-26: a process is ended by a fork of this one"),
]
STEP = 7
"""Statements between two ends: prime, so that over the runs every kind of statement is met."""


def put(workspace: Workspace, village: Village, pupil: int) -> int | None:
    """Type one value that tells which it is."""
    fields = village.score(1, pupil) | village.points(100 + pupil)
    return workspace.edit("grades.score", [Put("score", fields)]).q


def round_(workspace: Workspace, village: Village) -> None:
    """One round; a copied store signs in anew."""
    try:
        workspace.sync(village.core(workspace.enrolment))
    except DeviceForked:
        workspace.sync(village.core(workspace.enrolment))


def restored(workspace: Workspace, village: Village, say: Say) -> None:
    """Two values reach a server that is then set back; a third is typed, and all is told again."""
    kept = village.folder.with_name("kept")
    village.storage.close()
    shutil.copytree(village.folder, kept)
    village.storage = open_storage(village.folder)
    for pupil in (0, 1):
        put(workspace, village, pupil)
        round_(workspace, village)
    set_back(village, kept)
    put(workspace, village, 2)
    say(b"0 1 2\n")
    round_(workspace, village)
    round_(workspace, village)
    workspace.close()


def copied(workspace: Workspace, village: Village, say: Say) -> None:
    """A value waits when the PC is copied; the other copy is heard first."""
    put(workspace, village, 0)
    put(workspace, village, 1)
    twin = village.folder.with_name("twin")
    shutil.copytree(workspace._opened.path.parent, twin)
    other = village.opened(twin, SECRETS[0])
    put(other, village, 3)
    round_(other, village)
    other.close()
    put(workspace, village, 2)
    say(b"0 1 2 3\n")
    round_(workspace, village)
    workspace.close()


def mended(workspace: Workspace, village: Village, say: Say) -> None:
    """Rows are wrong and are fetched again under an edit that waits."""
    put(workspace, village, 0)
    say(b"0\n")  # from here on the rows may be wrong, and whoever looks has to doubt them
    workspace._writer.edit(
        lambda writing: writing.run("UPDATE score SET value = 1, h = NULL WHERE own IS NULL")
    ).result()
    workspace.doubt()
    round_(workspace, village)
    workspace.close()


def renewed(workspace: Workspace, village: Village, say: Say) -> None:
    """One value has reached a school that then forgets what it had deleted; another waits while all is loaded anew."""
    put(workspace, village, 0)
    round_(workspace, village)
    noted = Patch(type="score", id=village.score_id(0, 0), set={"note": "再提出"}, base={"note": 10_000})
    forget(village, noted)
    put(workspace, village, 1)
    say(b"0 1\n")
    round_(workspace, village)
    workspace.close()


SECRETS: list[MemorySecretStore] = []


@pytest.mark.parametrize("act", [restored, copied, mended, renewed])
def test_a_process_that_dies_while_it_recovers_loses_and_doubles_nothing(
    village: Village, tmp_path: Path, act: Callable[[Workspace, Village, Say], None]
) -> None:
    scene = Scene(village, tmp_path)
    SECRETS[:] = [scene.secrets]
    number = runs = 0
    ended = True
    while ended:
        number += STEP
        ended, said, twin, store = scene.run(number, act)
        with Workspace.open(store, secrets=scene.secrets, clock=twin.clock, ids=twin.ids) as workspace:
            if said:
                workspace.doubt()
            for _ in range(3):
                round_(workspace, twin)
            status = workspace.status()
            assert (status.waiting, status.loading, status.not_accepted) == (0, 0, 0)
            shown = {row.id: row.value for row in workspace.rows("SELECT id, value FROM score")}
            for pupil in map(int, said.split()):
                assert shown[twin.score_id(1, pupil)] == 100 + pupil, (number, said)
            assert all(shown[twin.score_id(0, pupil)] == 5_000 for pupil in range(5)), number
            assert workspace.conflicts() == []
        fresh = twin.enrolment(0, fresh_id())
        with Workspace.open(store.parent / "fresh", secrets=MemorySecretStore(), enrolment=fresh) as other:
            other.sync(twin.core(fresh))
            assert {row.id: row.value for row in other.rows("SELECT id, value FROM score")} == shown
        twin.close()
        shutil.rmtree(store.parent)
        runs += 1
    assert runs > 10
