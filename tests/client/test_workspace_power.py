"""A power cut takes the end of the store's log away. What was called saved stays; what the server told, it tells again.

What stores the server's words does not wait for the disk, so the log may lose its end behind the last edit: here it is
cut off at every page it could end at, whole and torn, and the store is opened as the teacher would.
"""

import shutil
from pathlib import Path

import pytest

from client.store.opening import FILE
from client.workspace import Enrolment, MemorySecretStore, Put, Workspace
from tests.kit.village import Village

HEADER_BYTES = 32
FRAME_BYTES = 24 + 4096
"""What the log of this page size is made of."""
EDITS = 5


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> MemorySecretStore:
    """The key store of a PC whose writer leaves everything in the log."""
    monkeypatch.setattr("client.store.writer._IDLE_S", 3600.0)
    monkeypatch.setattr("client.store.writer._LOG_PAGES", 10_000)
    monkeypatch.setattr("client.store.writer._LOG_MOST", 10_000)
    return MemorySecretStore()


def log_of(folder: Path) -> Path:
    return folder / f"{FILE}-wal"


def cut(before: Path, after: Path, size: int) -> None:
    """The store as the disk would have it, had the log ended here."""
    after.mkdir()
    shutil.copy(before / FILE, after)
    log_of(after).write_bytes(log_of(before).read_bytes()[:size])


def worked(village: Village, folder: Path, enrolment: Enrolment, secrets: MemorySecretStore) -> int:
    """Edits, and a round that sends them and brings a colleague's. Returns the log's length when all was saved."""
    with village.opened(folder, secrets, enrolment) as workspace:
        workspace.sync(village.core(enrolment))
    with village.opened(folder, secrets, enrolment) as workspace:
        for pupil in range(EDITS):
            workspace.edit("grades.score", [Put("score", village.score(0, pupil) | village.points(100 + pupil))])
        saved = log_of(folder).stat().st_size
        village.scored((1, pupil, 900 + pupil) for pupil in range(EDITS))
        workspace.sync(village.core(enrolment))
        assert (workspace.status().waiting, workspace.status().conflicts) == (0, 0)
        shutil.copytree(folder, folder.parent / "cut", ignore=shutil.ignore_patterns("*-shm", "*.lock"))
    return saved


def typed(village: Village, workspace: Workspace) -> list[int]:
    """The values of the edits that are there."""
    rows = workspace.rows("SELECT value FROM score WHERE evidence_part = ? ORDER BY value", (village.parts[0],))
    return [row.value for row in rows]


def shown(workspace: Workspace) -> list[tuple[object, ...]]:
    return [tuple(row) for row in workspace.rows("SELECT id, ver, state, value FROM score ORDER BY id")]


def test_a_power_cut_after_the_last_edit_takes_back_only_what_the_server_tells_again(
    village: Village, tmp_path: Path, secrets: MemorySecretStore
) -> None:
    enrolment = village.enrolment(0)
    saved = worked(village, tmp_path / "store", enrolment, secrets)
    village.close()
    whole = log_of(tmp_path / "cut").stat().st_size
    frames = range((saved - HEADER_BYTES) // FRAME_BYTES, (whole - HEADER_BYTES) // FRAME_BYTES + 1)
    assert len(frames) > 10
    still_waiting: set[int] = set()
    for frame in frames:
        torn = (frame % 3) * 1000  # a third of them in the middle of a page
        here = tmp_path / f"cut{frame}"
        cut(tmp_path / "cut", here, HEADER_BYTES + frame * FRAME_BYTES + torn)
        server = village.twin(tmp_path / f"server{frame}")
        with server.opened(here, secrets) as workspace:
            assert typed(village, workspace) == [100 + pupil for pupil in range(EDITS)]
            still_waiting.add(workspace.status().waiting)
            workspace.sync(server.core(enrolment))
            assert (workspace.status().waiting, workspace.status().conflicts) == (0, 0)
            after = shown(workspace)
        other = server.enrolment(1)
        with Workspace.open(here / "other", secrets=MemorySecretStore(), enrolment=other) as colleague:
            colleague.sync(server.core(other))
            assert shown(colleague) == after
        server.close()
        shutil.rmtree(here)
        shutil.rmtree(server.folder)
    assert still_waiting == {0, EDITS}  # both sides of the answer were met, and nothing between


def test_a_cut_before_an_edit_was_on_the_disk_is_noticed_here(
    village: Village, tmp_path: Path, secrets: MemorySecretStore
) -> None:
    enrolment = village.enrolment(0)
    saved = worked(village, tmp_path / "store", enrolment, secrets)
    cut(tmp_path / "cut", tmp_path / "early", saved - FRAME_BYTES)
    with village.opened(tmp_path / "early", secrets) as workspace:
        assert typed(village, workspace) == [100 + pupil for pupil in range(EDITS - 1)]
