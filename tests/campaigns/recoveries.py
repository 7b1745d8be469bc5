"""A store's file, its last commits, or its key are lost, again and again: all that was typed arrives, and once."""

import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from client.recovery.repository import Recoveries
from client.store.opening import FILE
from client.workspace import MemorySecretStore, Put, Workspace
from sync.server.storage.tables import history
from tests.kit.recovering import CoreSchool
from tests.kit.village import Village

LOSSES = ("file", "commits", "key")


@dataclass
class Days:
    """One teacher who types, syncs now and then, loses something, and has it back. expected: (part, pupil) -> value."""

    village: Village
    folder: Path
    chance: random.Random
    workspace: Workspace = field(init=False)
    school: CoreSchool = field(init=False)
    expected: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])
    secrets: MemorySecretStore = field(default_factory=MemorySecretStore)
    dek: bytes = b""
    groups: int = 0

    def __post_init__(self) -> None:
        self.enter()

    def enter(self) -> None:
        """Sign in as a new device, with a key of its own."""
        self.secrets, self.dek = MemorySecretStore(), self.chance.randbytes(32)
        self.workspace = self.village.opened(self.folder, self.secrets, self.village.enrolment(0))
        self.keep()
        self.sync()

    def keep(self) -> None:
        """Write a journal."""
        whose = CoreSchool.of(self.village.storage, self.workspace, self.village.clock)
        self.school = self.school.asked_from(self.workspace) if hasattr(self, "school") else whose
        self.school.keep(self.workspace, self.dek)

    def sync(self) -> None:
        """One round."""
        self.workspace.sync(self.village.core(self.workspace.enrolment))

    def type_(self, times: int) -> None:
        """Type a few values; some cells more than once."""
        for _ in range(times):
            self.village.clock.pass_(seconds=40)
            cell = (self.chance.randrange(2), self.chance.randrange(5))
            value = self.chance.randrange(1, 100) * 100
            fields = self.village.score(*cell) | self.village.points(value)
            self.groups += self.workspace.edit("grades.score", [Put("score", fields)]).q is not None
            self.expected[cell] = value

    def lose(self, what: str) -> None:
        """Type what is going to be lost, and lose it."""
        self.workspace.close()
        aside = self.folder.with_name("aside")
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(self.folder, aside)
        self.workspace = self.village.opened(self.folder, self.secrets)
        self.school.keep(self.workspace, self.dek)
        self.type_(self.chance.randrange(1, 6))
        if self.chance.random() < 0.3:
            self.sync()  # the school has them, and the store has lost the answer, too
            self.type_(self.chance.randrange(3))
        self.workspace.close()
        for path in self.folder.glob(f"{FILE}*"):
            path.unlink()
        if what == "commits":
            for path in aside.glob(f"{FILE}*"):
                shutil.copy(path, self.folder)
            self.workspace = self.village.opened(self.folder, self.secrets)
            self.keep()
            self.sync()
        else:
            self.enter()

    def recover(self) -> None:
        """Have everything back, with a store that is typed on meanwhile; twice, for an answer may be lost."""
        recoveries = Recoveries(self.workspace, self.school)
        if not recoveries.wanted():
            return
        found = recoveries.look()
        for _ in range(2):
            recoveries.decide(found, {line.id for line in found.open})
        assert not recoveries.wanted()
        self.sync()

    def arrived(self) -> dict[tuple[int, int], int]:
        """What the school has."""
        other = self.village.opened(self.folder.with_name("other"), MemorySecretStore(), self.village.enrolment(1))
        other.sync(self.village.core(other.enrolment))
        rows = other.rows("SELECT evidence_part, pupil, value FROM score")
        other.close()
        shutil.rmtree(self.folder.with_name("other"))
        parts, pupils = self.village.parts, self.village.pupils
        return {(parts.index(row.evidence_part), pupils.index(row.pupil)): row.value for row in rows}


def lost_and_found(folder: Path, seed: int) -> int:
    """Some days of a seed, with one loss each; how many there were."""
    chance = random.Random(seed)
    village = Village(folder / "village")
    days, losses = Days(village, folder / "store", chance), chance.randrange(1, 4)
    try:
        for _ in range(losses):
            what = chance.choice(LOSSES)
            days.type_(chance.randrange(6))
            if chance.random() < 0.5:
                days.sync()
            days.lose(what)
            days.recover()
        days.sync()
    finally:
        days.workspace.close()
    assert days.arrived() == days.expected
    with village.storage.database.reading() as connection:
        told = connection.execute(history.select().where(history.c.type == "score")).mappings().all()
    made = [(row["device"], row["dseq"], row["field"]) for row in told]
    assert len(made) == len(set(made))
    village.close()
    return losses
