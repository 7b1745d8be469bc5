"""A server is set back to before a recovery: what had come back is not lost with it, and sending goes on."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from client.recovery.repository import Recoveries
from client.store.opening import FILE
from client.workspace import MemorySecretStore, Put, Workspace
from tests.kit.logguard import LogGuard
from tests.kit.recovering import CoreSchool
from tests.kit.set_back import keep, set_back
from tests.kit.village import Village

FIRST, NEXT = bytes(range(32)), bytes(range(32, 64))


class Desk:
    """A teacher whose store keeps a journal."""

    def __init__(self, village: Village, folder: Path) -> None:
        self.village, self.folder, self.secrets = village, folder, MemorySecretStore()
        self.workspace = village.opened(folder, self.secrets, village.enrolment(0))
        self.school = CoreSchool.of(village.storage, self.workspace, village.clock)
        self.school.keep(self.workspace, FIRST)
        self.sync()

    def sync(self) -> None:
        """One round."""
        self.workspace.sync(self.village.core(self.workspace.enrolment))

    def type_(self, part: int, pupil: int, points: int) -> None:
        """Type one value."""
        self.village.clock.pass_(seconds=40)
        fields = self.village.score(part, pupil) | self.village.points(points)
        self.workspace.edit("grades.score", [Put("score", fields)])

    def recover(self) -> None:
        """Have everything back that the school can read."""
        recoveries = Recoveries(self.workspace, self.school)
        assert recoveries.wanted()
        found = recoveries.look()
        recoveries.decide(found, {line.id for line in found.open})
        assert not recoveries.wanted()
        self.sync()

    def older(self) -> Path:
        """A copy of the store's file as it is now."""
        self.workspace.close()
        aside = self.folder.with_name("aside")
        aside.mkdir()
        shutil.copy(self.folder / FILE, aside)
        self._open(self.folder)
        return aside / FILE

    def lose(self, older: Path | None) -> None:
        """The store's file is gone, or an older one lies in its place."""
        self.workspace.close()
        for path in self.folder.glob(f"{FILE}*"):
            path.unlink()
        if older is None:
            self.secrets = MemorySecretStore()
            self.workspace = self.village.opened(self.folder, self.secrets, self.village.enrolment(0))
            self.school = self.school.asked_from(self.workspace)
            self.school.keep(self.workspace, NEXT)
            self.sync()
        else:
            shutil.copy(older, self.folder / FILE)
            self._open(self.folder)

    def set_back(self, kept: Path) -> None:
        """The server is what it was."""
        set_back(self.village, kept)
        self.school = replace(self.school, storage=self.village.storage)

    def _open(self, folder: Path) -> None:
        self.workspace = self.village.opened(folder, self.secrets)
        self.school.keep(self.workspace, FIRST)


@pytest.fixture
def desk(village: Village, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(village, tmp_path / "desk")
    yield made
    made.workspace.close()


def arrived(village: Village, folder: Path) -> dict[tuple[int, int], int]:
    """What a colleague sees."""
    other: Workspace = village.opened(folder, MemorySecretStore(), village.enrolment(1))
    other.sync(village.core(other.enrolment))
    rows = other.rows("SELECT evidence_part, pupil, value FROM score")
    other.close()
    return {(village.parts.index(row[0]), village.pupils.index(row[1])): row[2] for row in rows}


def test_a_store_that_lost_commits_waits_for_its_journal_again(
    village: Village, desk: Desk, tmp_path: Path, logs: LogGuard
) -> None:
    logs.announce("keyaki.store", "the journal knows of group")
    desk.type_(0, 0, 100)
    desk.sync()
    kept = keep(village)
    desk.school = replace(desk.school, storage=village.storage)
    older = desk.older()
    desk.type_(0, 1, 200)
    desk.type_(0, 2, 300)
    desk.lose(older)
    desk.recover()
    desk.type_(0, 3, 400)
    desk.sync()
    desk.set_back(kept)
    desk.type_(0, 4, 500)
    desk.sync()
    desk.recover()
    values = {(0, 0): 100, (0, 1): 200, (0, 2): 300, (0, 3): 400, (0, 4): 500}
    assert arrived(village, tmp_path / "other") == values
    assert desk.workspace.status().waiting == 0


def test_a_journal_that_was_read_is_read_again(village: Village, desk: Desk, tmp_path: Path) -> None:
    desk.type_(0, 0, 100)
    desk.sync()
    kept = keep(village)
    desk.school = replace(desk.school, storage=village.storage)
    desk.type_(0, 1, 200)
    desk.lose(None)
    desk.recover()
    desk.type_(0, 2, 300)
    desk.sync()
    desk.workspace.copies.make_known("a stream")
    desk.set_back(kept)
    desk.type_(0, 3, 400)
    desk.sync()
    assert desk.workspace.copies.known_stream() is None, "the school may not know any more whose journal this is"
    desk.recover()
    assert arrived(village, tmp_path / "other") == {(0, 0): 100, (0, 1): 200, (0, 2): 300, (0, 3): 400}
