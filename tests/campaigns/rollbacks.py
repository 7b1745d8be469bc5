"""Older copies of a store's files are put back: of all of them it is noticed, one kind alone loses no saved group."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from client.store.database import connect
from client.store.errors import StoreDamaged
from client.store.opening import FILE
from client.vault.anchor import Reach
from client.vault.errors import StoreRolledBack
from tests.campaigns.desk import Desk, Files, Morning, Said, files_of, lay, missing

ACTS = 16
PAGE = 4096
KINDS = ("store.db", "soj-")
"""How the names of the database's and the journal's files begin."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The files of a store as they once were; how far it had come; which PIN opened it."""

    files: Files
    reach: Reach
    pin: int

    def among(self, now: Files, *kinds: str) -> Files:
        """The files of now with those of these kinds as they once were."""
        kept = {name: data for name, data in now.items() if not name.startswith(kinds)}
        return kept | {name: data for name, data in self.files.items() if name.startswith(kinds)}


@dataclass(slots=True)
class History:
    """A desk with all its older copies; the last is what lies there now. said: to the teacher, in all."""

    desk: Desk
    copies: list[Copy]
    said: list[Said]
    secrets: Files

    def opens(self, files: Files, pin: int) -> bool:
        """Put these files there and open the store; whether it opens. It is open then."""
        lay(self.desk.folder, files)
        lay(self.desk.root / "keys", self.secrets)
        self.desk.pin = pin
        try:
            self.desk.open()
        except StoreRolledBack:
            self.desk.close()
            return False
        return True


@contextmanager
def history(morning: Morning, seed: int) -> Iterator[History]:
    """A desk that has worked for a while."""
    with morning.desk_of(seed) as desk:
        copies, said = list[Copy](), list[Said]()
        for at in range(ACTS):
            desk.open()
            desk.act(lambda word: said.append(word) or 0)
            reached = desk.workspace.copies.reached
            assert reached is not None
            if at == ACTS - 1:
                desk.remember(lambda _: None)
            desk.close()
            copies.append(Copy(files_of(desk.folder), reached[1], desk.pin))
        yield History(desk, copies, said, files_of(desk.root / "keys"))


def put_back(morning: Morning, seed: int) -> int:
    """Every older copy, whole and of each kind alone; how many were older and noticed as such."""
    with history(morning, seed) as there:
        now, noticed = there.copies[-1], 0
        for copy in there.copies[:-1]:
            opened = there.opens(copy.among(now.files, *KINDS), now.pin)
            older = copy.reach.further(now.reach) != copy.reach
            assert opened is not older, (copy.reach, now.reach)
            noticed += older
            if opened:
                there.desk.close()
            for kind in KINDS:
                assert there.opens(copy.among(now.files, kind), now.pin)
                _nothing_is_lost(there)
                there.desk.close()
        return noticed


def pages(morning: Morning, seed: int, tries: int) -> tuple[int, int]:
    """Single pages of the file as they were once; how many that differed, and how many of them were noticed."""
    chance, swapped, noticed = random.Random(seed), 0, 0
    with history(morning, seed) as there:
        now = there.copies[-1]
        for _ in range(tries):
            copy = chance.choice(there.copies[:-1])
            data, old = bytearray(now.files[FILE]), copy.files[FILE]
            differing = [
                at for at in range(0, min(len(data), len(old)), PAGE) if data[at : at + PAGE] != old[at : at + PAGE]
            ]
            if not differing:
                continue
            at = chance.choice(differing)
            data[at : at + PAGE] = old[at : at + PAGE]
            swapped += 1
            noticed += _doubted(there, now.files | {FILE: bytes(data)}, now.pin)
        return swapped, noticed


def _doubted(there: History, files: Files, pin: int) -> bool:
    """Whether the opening or the daily look through the file says that something is wrong."""
    try:
        if not there.opens(files, pin):
            return True
    except StoreDamaged:
        return True
    recovering, key = there.desk.workspace.status().recovering, there.desk.unlocked.keys.database
    there.desk.close()
    connection = connect(there.desk.folder / FILE, key, writing=True)
    found = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    connection.close()
    return recovering or bool(found)


def _nothing_is_lost(there: History) -> None:
    """Each group that was called saved is in the database, or in the journal, which the school reads then."""
    desk = there.desk
    held, dek = desk.rows(), desk.unlocked.keys.dek
    lost = missing(there.said, held)
    if lost:
        assert desk.workspace.status().recovering
        told = desk.reader.beside(desk.folder, desk.workspace.enrolment.device, dek)
        for q, (rev, _) in lost.items():
            assert told[q].rev >= rev
