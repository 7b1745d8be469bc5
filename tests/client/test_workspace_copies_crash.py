"""A process that is killed between the database and the journal, or in either, loses neither: what one lacks the other
has, and the next start brings them together.

Each life is a process of its own, ended by SIGKILL at a chosen call of the system or statement of the database.
"""

import json
import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from client.store.copyist import Copyist
from client.vault import segments as disk
from client.workspace import Put, UndoRefused, Workspace
from tests.kit import forked
from tests.kit.journaled import Store
from tests.kit.village import Village

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform == "win32", reason="#4 2026-11-26: a process is ended by a fork of this one"),
]
LIVES, STEPS = 40, 8
REAL_WRITE, REAL_FSYNC, REAL_FOLLOW = os.write, os.fsync, Copyist.follow


@pytest.fixture
def store(village: Village, tmp_path: Path) -> Iterator[Store]:
    made = Store(village, tmp_path / "store")
    yield made
    made.workspace.close()


def life(store: Store, act: Callable[[Workspace, Callable[..., None]], None]) -> list[Any]:
    """Let a process open the store and act until it is killed; what it said. The store is open here afterwards."""
    store.workspace.close()
    store.village.close()

    def lived(say: forked.Say) -> None:
        store.village.storage = store.village._opened()
        store.workspace = store.opened()
        act(store.workspace, lambda *said: say(json.dumps(said).encode() + b"\n"))
        store.workspace.close()

    code, said = forked.life(lived)
    words = [json.loads(line) for line in said.splitlines()]
    assert code in (0, -signal.SIGKILL), words
    store.village.storage = store.village._opened()
    store.workspace = store.opened()
    return words


def die(*_: object) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def half(handle: int, data: bytes) -> Any:
    REAL_WRITE(handle, data[: len(data) // 2])
    die()


def written(handle: int) -> None:
    REAL_FSYNC(handle)
    die()


@pytest.mark.parametrize(
    ("place", "end"),
    [
        ("client.store.copyist.Copyist.follow", die),
        ("client.vault.segments.os.write", die),
        ("client.vault.segments.os.write", half),
        ("client.vault.segments.os.fsync", die),
        ("client.vault.segments.os.fsync", written),
    ],
    ids=["between both", "before the write", "in the write", "before the wait", "after the wait"],
)
@pytest.mark.parametrize("deed", ["edit", "undo"])
def test_a_kill_between_commit_and_copy_or_in_the_copy_is_made_up_for_at_the_next_start(
    store: Store, monkeypatch: pytest.MonkeyPatch, place: str, end: Callable[..., Any], deed: str
) -> None:
    store.score(0, 100)
    store.score(1, 200)
    fields = store.village.score(0, 2) | store.village.points(300)

    def act(workspace: Workspace, say: Callable[..., None]) -> None:
        monkeypatch.setattr(place, end)
        if deed == "edit":
            say(workspace.edit("grades.score", [Put("score", fields)]).q)
        else:
            workspace.undo("grades")
            say("undone")

    assert life(store, act) == []
    rows = [(row.q, row.rev) for row in store.waiting()]
    assert rows == ([(1, 0), (2, 0), (3, 0)] if deed == "edit" else [(1, 0), (2, 1)])
    store.agree()
    assert store.workspace.status().uncopied == 0
    assert not store.workspace.status().recovering
    store.sync()
    assert store.waiting() == []
    last = disk.segments(store.folder)[-1].read_bytes()
    store.again()
    assert disk.segments(store.folder)[-1].read_bytes() == last, "nothing is written once more"


@dataclass
class Campaign:
    """Random lives of one store. told: the newest version of each group that was called saved."""

    store: Store
    chance: random.Random
    told: dict[int, int] = field(default_factory=dict[int, int])
    killed: int = 0

    def live(self) -> None:
        """One life: some steps, and a kill somewhere in them."""
        seed, calls = self.chance.randrange(2**32), self.chance.randrange(2, 140)
        words = life(self.store, lambda workspace, say: self._steps(workspace, say, random.Random(seed), calls))
        ended = words.pop() if words and words[-1] == ["end"] else None
        self.killed += ended is None
        for q, rev in words:
            self.told[q] = max(self.told.get(q, 0), rev)

    def check(self) -> None:
        """Every group that was called saved is in the journal with its newest version, whatever became of it."""
        store = self.store
        assert not store.workspace.status().recovering
        assert store.workspace.status().uncopied == 0
        store.agree()
        copies = store.reader.beside(store.folder, store.enrolment.device)
        for q, rev in self.told.items():
            assert copies[q].rev >= rev
        rows = "SELECT q, rev FROM outbox UNION ALL SELECT q, rev FROM accepted ORDER BY q"
        held = [tuple(row) for row in store.workspace.rows(rows)]
        assert [q for q, _ in held] == list(range(1, len(held) + 1))
        assert {q: copies[q].rev for q, _ in held} == dict(held)
        assert self.told.keys() <= copies.keys()

    def _steps(self, workspace: Workspace, say: Callable[..., None], chance: random.Random, calls: int) -> None:
        left = calls

        def call(*_: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                die()

        def write(handle: int, data: bytes) -> int:
            call()
            return REAL_WRITE(handle, data)

        def fsync(handle: int) -> None:
            call()
            REAL_FSYNC(handle)
            call()

        disk.os = Calls(write, fsync)  # type: ignore[assignment]
        workspace._writer.edit(lambda writing: writing.connection.set_trace_callback(call)).result()
        for _ in range(STEPS):
            self._step(workspace, say, chance)
        say("end")

    def _step(self, workspace: Workspace, say: Callable[..., None], chance: random.Random) -> None:
        village, deed = self.store.village, chance.random()
        if deed < 0.15:
            workspace.sync(village.core(workspace.enrolment))
            return
        saved = None
        if deed < 0.35:
            with suppress(UndoRefused):
                saved = workspace.undo("grades") or workspace.redo("grades")
        else:
            cells = [(chance.randrange(2), chance.randrange(5)) for _ in range(chance.choice((1, 1, 4)))]
            puts = [Put("score", village.score(*cell) | village.points(chance.randrange(9_000))) for cell in set(cells)]
            saved = workspace.edit("grades.score", puts)
        if saved is not None and saved.q is not None:
            rows = workspace.rows("SELECT rev FROM outbox WHERE q = ?", (saved.q,))
            say(saved.q, rows[0].rev)


class Calls:
    """The system's calls as the journal makes them."""

    def __init__(self, write: Callable[[int, bytes], int], fsync: Callable[[int], None]) -> None:
        self.write, self.fsync = write, fsync

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)


def test_after_every_life_of_a_store_that_is_killed_anywhere_each_saved_group_is_in_the_journal_as_it_was_last(
    store: Store,
) -> None:
    campaign = Campaign(store, random.Random(20261126))
    for _ in range(LIVES):
        campaign.live()
        campaign.check()
    assert campaign.killed > LIVES // 4
    assert len(campaign.told) > LIVES
