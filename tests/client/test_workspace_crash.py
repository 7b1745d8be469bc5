"""A process that dies between any two statements loses nothing it has called saved, and doubles nothing.

Each run is a process of its own that edits, undoes and syncs until it is ended, without any warning, before one of the
statements of its writing connection. The store is then opened again, as the teacher would.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from client.workspace import Enrolment, MemorySecretStore, Put, ScopeState, Workspace
from tests.kit.forked import Say, life
from tests.kit.village import Village

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform == "win32", reason="#2 2026-11-25: a process is ended by a fork of this one"),
]
ENDED = 9
STATEMENTS_MAX = 2_000


class Scene:
    """A store that has loaded the village, or nothing yet, to be opened again and again from the same beginning."""

    def __init__(self, village: Village, folder: Path, *, loaded: bool = True) -> None:
        self.folder, self.secrets = folder, MemorySecretStore()
        self.enrolment: Enrolment = village.enrolment(0)
        village.scored((0, pupil, 5_000) for pupil in range(5))
        with self.opened(village, folder / "first") as workspace:
            if loaded:
                workspace.sync(village.core(self.enrolment))
        village.close()
        self.village = village

    def opened(self, village: Village, folder: Path) -> Workspace:
        """The store in a folder."""
        return village.opened(folder, self.secrets, self.enrolment)

    def run(self, number: int, act: Callable[[Workspace, Village, Say], None]) -> tuple[bool, str, Village, Path]:
        """Do something until statement `number`. Whether it was ended there, what it said, the server, the store."""
        here = self.folder / f"run{number}"
        shutil.copytree(self.folder / "first", here / "store")
        village = self.village.twin(here / "server")
        code, said = life(lambda say: _until(number, lambda: act(self.opened(village, here / "store"), village, say)))
        words = said.decode()
        assert code in (0, ENDED), words
        return code == ENDED, words, village, here / "store"


def _until(number: int, act: Callable[[], None]) -> None:
    """Run until a statement of the writing connection has this number; then the process is gone."""
    count = 0
    opened = Workspace._open_writing

    def end(_: str) -> None:
        nonlocal count
        count += 1
        if count == number:
            os._exit(ENDED)

    def watched(workspace: Workspace) -> object:
        made = opened(workspace)
        made.connection.set_trace_callback(end)
        return made

    Workspace._open_writing = watched
    act()


def day(workspace: Workspace, village: Village, say: Say) -> None:
    """Three typed values, a paste, one undo, a round, and one more value after it; each is told when it is saved."""

    def tell(saved: object) -> None:
        say(f"{saved}\n".encode())

    for pupil in range(3):
        fields = village.score(0, pupil) | village.points(100 * pupil)
        tell(workspace.edit("grades.score", [Put("score", fields)]).q)
    pasted = [Put("score", village.score(1, pupil) | village.points(700)) for pupil in range(5)]
    tell(workspace.edit("grades.paste", pasted).q)
    workspace.undo("grades")
    tell("undone")
    workspace.sync(village.core(workspace.enrolment))
    tell("synced")
    tell(workspace.edit("grades.score", [Put("score", village.score(0, 4) | village.points(900))]).q)
    workspace.close()


def check(scene: Scene, said: list[str], village: Village, store: Path) -> None:
    """Everything that was told is there, and after one more round the server has it once."""
    with scene.opened(village, store) as workspace:
        value = "SELECT value FROM score WHERE id = ?"
        for pupil in range(3):
            if str(pupil + 1) in said:
                assert workspace.rows(value, (village.score_id(0, pupil),))[0].value == 100 * pupil
        pasted = [workspace.rows(value, (village.score_id(1, pupil),)) for pupil in range(5)]
        assert len({len(rows) for rows in pasted}) == 1  # the paste is there as a whole, or not at all
        if "undone" in said:
            assert pasted == [[]] * 5
        elif "4" in said and pasted[0]:
            assert {rows[0].value for rows in pasted} == {700}
        numbers = [row.q for row in workspace.rows("SELECT q FROM outbox UNION SELECT q FROM accepted ORDER BY q")]
        assert numbers == list(range(1, len(numbers) + 1))
        assert {int(word) for word in said if word.isdecimal()} <= set(numbers)
        if "synced" in said:
            assert {row.q for row in workspace.rows("SELECT q FROM accepted")} >= {1, 2, 3, 4}
        workspace.sync(village.core(scene.enrolment))
        assert (workspace.status().waiting, workspace.status().conflicts) == (0, 0)
        shown = [tuple(row) for row in workspace.rows("SELECT id, ver, state, value FROM score ORDER BY id")]
        assert workspace.rows("SELECT 1 FROM underlay") == []
    fresh = village.enrolment(0)
    with Workspace.open(store.parent / "fresh", secrets=MemorySecretStore(), enrolment=fresh) as other:
        other.sync(village.core(fresh))
        assert [tuple(row) for row in other.rows("SELECT id, ver, state, value FROM score ORDER BY id")] == shown
    village.close()


def test_a_process_that_dies_anywhere_loses_nothing_it_has_called_saved(village: Village, tmp_path: Path) -> None:
    scene = Scene(village, tmp_path)
    number, runs = 1, 0
    while number < STATEMENTS_MAX:
        ended, said, twin, store = scene.run(number, day)
        check(scene, said.split(), twin, store)
        shutil.rmtree(store.parent)
        runs += 1
        if not ended:
            break
        number += 1 if number < 12 else 9  # every statement of the first edit, then a step that meets all kinds
    assert runs > 20
    assert number < STATEMENTS_MAX


def load(workspace: Workspace, village: Village, say: Say) -> None:
    """The first round, with all that is left to be done after it."""
    workspace.sync(village.core(workspace.enrolment))
    say(b"synced")
    workspace.close()


def test_a_process_that_dies_anywhere_in_its_first_load_goes_on_until_all_is_there_and_indexed(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.engine.pull.LOAD_ROWS", 4)
    scene = Scene(village, tmp_path, loaded=False)
    number, runs = 20, 0
    while number < STATEMENTS_MAX:
        ended, _, twin, store = scene.run(number, load)
        with scene.opened(twin, store) as workspace:
            for _ in range(2):  # what a round leaves to be done is done before what the next one does
                workspace.sync(twin.core(scene.enrolment))
            assert set(workspace.scopes().values()) == {ScopeState.LIVE}
            assert [row.value for row in workspace.rows("SELECT value FROM score")] == [5_000] * 5
            assert workspace.rows("SELECT 1 FROM sqlite_master WHERE name = 'score by @lesson'")
        twin.close()
        shutil.rmtree(store.parent)
        runs += 1
        if not ended:
            break
        number += 23
    assert runs > 10
    assert number < STATEMENTS_MAX
