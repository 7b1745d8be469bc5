"""A teacher's PC with its vault, store and journal, and a day's work on it that can be played again and cut short."""

import os
import random
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from client.store.database import connect
from client.store.opening import FILE
from client.unlock.protection import Opening, Unlocked
from client.vault.errors import WrongPin
from client.vault.floors import Work
from client.vault.keys import Whose
from client.vault.keystore import DeviceSecretStore, FileSecretStore, Keeper, SystemSecretStore
from client.vault.segments import content, segments
from client.vault.stream import hand_of
from client.vault.vault import Keys, Vault
from client.workspace import Draft, Enrolment, Put, UndoRefused, Workspace
from sync.protocol.journal import Kind, entries
from tests.kit.lending import PIN, Lender
from tests.kit.sealing import Reader
from tests.kit.village import Village

WORK = Work(8, 1, 1)
"""What a guess of the PIN costs here: next to nothing."""
PINS = (PIN, "82640517", "60417385")
GROUP, CHOSEN = "group", "pin"
Said = tuple[str, int, int]
"""What was said to the teacher: (GROUP, q, rev) is saved, or (CHOSEN, its number in PINS, 0) opens from now on."""
Files = dict[str, bytes]
Say = Callable[[Said], object]


@dataclass
class Desk:
    """One PC in a folder: `server`, `keys`, `store`. pin: which of PINS was chosen last.

    ring: the key store of its system, where it is not one in files.
    """

    root: Path
    village: Village
    enrolment: Enrolment
    lender: Lender
    reader: Reader
    chance: random.Random
    pin: int = 0
    ring: Keeper | None = None
    workspace: Workspace = field(init=False)
    unlocked: Unlocked = field(init=False)

    @property
    def folder(self) -> Path:
        """Of the store."""
        return self.root / "store"

    def places(self, name: str) -> DeviceSecretStore:
        """The key store."""
        entry = name.replace("/", "-")
        return FileSecretStore(self.root / "keys" / entry) if self.ring is None else SystemSecretStore(entry, self.ring)

    def vault(self, folder: Path | None = None) -> Vault:
        """The vault of the store, or of a copy of it."""
        whose = Whose(UUID(self.enrolment.user), UUID(self.enrolment.device))
        return Vault(folder or self.folder, whose, self.places, self.chance.randbytes, WORK)

    def now(self) -> int:
        """Unix seconds."""
        return int(self.village.clock().timestamp())

    def make(self) -> None:
        """Begin: a vault, a store, the first load."""
        vault, answer = self.vault(), self.lender.answer(self.now())
        self._open(vault, Opening(lambda: vault.make(PINS[self.pin], answer)), self.enrolment)
        self.sync()

    def open(self) -> None:
        """Open it with the PIN. Raises what the program would show."""
        vault = self.vault()
        self._open(vault, Opening(lambda: self.keys(vault)), None)
        self.unlocked.check(self.workspace)

    def keys(self, vault: Vault) -> Keys:
        """With the PIN chosen last; where its choice was cut short, with the one before or after."""
        try:
            return vault.unlock(PINS[self.pin], self.now())
        except WrongPin:
            for pin in (self.pin - 1, self.pin + 1):
                with suppress(WrongPin):
                    keys = vault.unlock(PINS[pin % len(PINS)], self.now())
                    self.pin = pin % len(PINS)
                    return keys
            raise

    def close(self) -> None:
        """Close the store."""
        self.workspace.close()

    def sync(self) -> None:
        """One round."""
        self.workspace.sync(self.village.core(self.workspace.enrolment))

    def _open(self, vault: Vault, opening: Opening, enrolment: Enrolment | None) -> None:
        village = self.village
        self.workspace = Workspace.open(
            self.folder, secrets=opening, enrolment=enrolment, clock=village.clock, ids=village.ids
        )
        self.unlocked = opening.unlocked(vault)
        dek = self.unlocked.keys.dek
        self.workspace.copies.keep(lambda device: hand_of(dek, device, self.reader.key))

    # -- what the teacher does ----------------------------------------------------------------------------------------

    def act(self, say: Say) -> None:
        """One thing at random."""
        deeds = (self.edit, self.paste, self.undo, self.round, self.renew, self.choose, self.draft, self.again)
        self.village.clock.pass_(seconds=20)
        (deed,) = self.chance.choices((*deeds, self.remember, self.rest), (9, 2, 3, 3, 1, 1, 1, 1, 1, 1))
        deed(say)

    def edit(self, say: Say) -> None:
        """Type a score."""
        self._put([(self.chance.randrange(2), self.chance.randrange(5))], say)

    def paste(self, say: Say) -> None:
        """Paste a column."""
        part = self.chance.randrange(2)
        self._put([(part, pupil) for pupil in range(5)], say)

    def undo(self, say: Say) -> None:
        """Take back what was done last, or do again what was taken back."""
        with suppress(UndoRefused):
            saved = self.workspace.undo("grades") or self.workspace.redo("grades")
            if saved is not None and saved.q is not None:
                self._tell(saved.q, say)

    def round(self, _: Say) -> None:
        """Sync."""
        self.sync()

    def renew(self, _: Say) -> None:
        """Take a new lease. Numbered by the clock: what a life that was killed was given, nobody here remembers."""
        self.unlocked = self.unlocked.renewed(self.lender.answer(self.now(), n=self.now()))

    def choose(self, say: Say) -> None:
        """Choose another PIN."""
        new = (self.pin + 1) % len(PINS)
        self.unlocked = self.unlocked.with_pin(PINS[self.pin], PINS[new], self.now())
        self.pin = new
        say((CHOSEN, new, 0))

    def draft(self, _: Say) -> None:
        """Begin to type."""
        self.workspace.drafts.keep([Draft("grades", {"row": 3}, {"cell": "４５"}, shown=True)]).result()

    def again(self, _: Say) -> None:
        """Close it and open it."""
        self.close()
        self.open()

    def remember(self, _: Say) -> None:
        """Have the key store remember how far the store has come."""
        reached = self.workspace.copies.reached
        if reached is not None:
            self.unlocked.remember(*reached, self.now())

    def rest(self, _: Say) -> None:
        """Let the log be emptied."""
        self.workspace.drafts.settle(5)

    def _put(self, cells: list[tuple[int, int]], say: Say, value: int | None = None) -> None:
        value = self.chance.randrange(9_000) if value is None else value
        puts = [Put("score", self.village.score(*cell) | self.village.points(value)) for cell in cells]
        saved = self.workspace.edit("grades.score", puts)
        assert saved.q is not None
        self._tell(saved.q, say)

    def _tell(self, q: int, say: Say) -> None:
        rows = self.workspace.rows("SELECT rev FROM outbox WHERE q = ?", (q,))
        say((GROUP, q, rows[0].rev))

    # -- what must be true --------------------------------------------------------------------------------------------

    def held(self, key: bytes, folder: Path | None = None) -> dict[int, int]:
        """{group: its version} of all that the database has."""
        connection = connect((folder or self.folder) / FILE, key, writing=True)
        try:
            rows = connection.execute("SELECT q, rev FROM outbox UNION ALL SELECT q, rev FROM accepted").fetchall()
        finally:
            connection.close()
        return {row["q"]: row["rev"] for row in rows}

    def copied(self, dek: bytes, folder: Path | None = None) -> set[int]:
        """The groups that have a whole record in the journal."""
        hand = hand_of(dek, UUID(self.enrolment.device), self.reader.key)
        data = b"".join(content(path) for path in segments(folder or self.folder))
        return {entry.head.q for entry in entries(data, hand.signed) if entry.head.kind is not Kind.START}

    def rows(self) -> dict[int, int]:
        """{group: its version} of all that the open store has."""
        sql = "SELECT q, rev FROM outbox UNION ALL SELECT q, rev FROM accepted"
        return {row.q: row.rev for row in self.workspace.rows(sql)}

    def heal(self) -> None:
        """After whatever happened: it opens, what waits is in the journal, a new edit is saved and all is sent."""
        self.open()
        self.agree()
        self._put([(0, 0)], lambda _: None, 9_500)
        self.renew(lambda _: None)
        for _ in range(2):
            self.sync()
        status = self.workspace.status()
        assert (status.waiting, status.conflicts, status.not_accepted, status.uncopied) == (0, 0, 0, 0), status
        self.close()

    def agree(self) -> None:
        """The store has lost nothing the journal knows of, and all that waits is in the journal as it will be sent."""
        status = self.workspace.status()
        assert not status.recovering
        assert status.uncopied == 0
        dek, device = self.unlocked.keys.dek, self.workspace.enrolment.device
        told = self.reader.beside(self.folder, device, dek)
        for row in self.workspace.rows("SELECT q, rev FROM outbox"):
            assert told[row.q].rev == row.rev


@dataclass
class Morning:
    """The same PC again and again, from the same morning on."""

    root: Path
    desk: Desk

    @classmethod
    def made(cls, root: Path) -> "Morning":
        """A village, and a PC of its first teacher that has loaded."""
        village = Village(root / "first" / "server")
        enrolment = village.enrolment(0)
        lender = Lender(whose=Whose(UUID(enrolment.user), UUID(enrolment.device)))
        desk = Desk(root / "first", village, enrolment, lender, Reader(), random.Random(1))
        desk.make()
        desk.close()
        village.close()
        return cls(root, desk)

    @contextmanager
    def desk_of(self, seed: int) -> Generator[Desk]:
        """The PC as it was that morning, in a folder of its own that goes at the end; the store is closed."""
        root = self.root / f"{os.getpid()}-{seed}"
        shutil.copytree(self.desk.root, root, ignore=shutil.ignore_patterns("server"))
        lender = replace(self.desk.lender, shares=dict(self.desk.lender.shares), _chance=random.Random(seed))
        there = self.desk.village.twin(root / "server")
        desk = replace(self.desk, ring=None, root=root, village=there, lender=lender, chance=random.Random(seed))
        try:
            yield desk
        finally:
            if hasattr(desk, "workspace"):
                desk.close()  # whatever was found wrong: no thread of this day stands beside the next one
            desk.village.close()
            shutil.rmtree(root)


def files_of(folder: Path) -> Files:
    """The files in a folder, not those in folders below it."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def lay(folder: Path, files: Files) -> None:
    """Have these files in a folder and nothing else."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    for name, data in files.items():
        handle = os.open(folder / name, os.O_CREAT | os.O_WRONLY, 0o600)
        os.write(handle, data)
        os.close(handle)


def facts(said: list[Said]) -> dict[int, int]:
    """{group: its newest version} of what was called saved."""
    told: dict[int, int] = {}
    for what, number, rev in said:
        if what == GROUP:
            told[number] = max(told.get(number, 0), rev)
    return told


def missing(said: list[Said], held: dict[int, int]) -> dict[int, Any]:
    """What was called saved and is not there, or in an older version only."""
    return {q: (rev, held.get(q)) for q, rev in facts(said).items() if held.get(q, -1) < rev}
