"""A bit flips in a file of the store while it is closed: it is noticed or means nothing, and no saved group is lost."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from client.store.database import connect
from client.store.errors import StoreDamaged
from client.store.opening import FILE
from client.vault.anchor import Reach
from client.vault.stream import hand_of
from client.vault.vault import Keys
from sync.errors import KeyakiError
from sync.protocol.journal import Entry, Kind, entries
from tests.campaigns.desk import GROUP, Desk, Files, Morning, Said, files_of, lay

EDITS = 8
LOG, HEADER, LEASE, TRUSTED, JOURNAL = f"{FILE}-wal", "header.bin", "lease.bin", "keys.jws", "soj-000000000000.kyj"


@dataclass(slots=True)
class Evening:
    """A PC after some edits, as a kill leaves it: all that was saved is in the log, and nothing has been sent."""

    desk: Desk
    files: Files
    secrets: Files
    keys: Keys
    items: dict[int, str]
    entries: list[Entry]

    def again(self) -> None:
        """Everything as it was."""
        lay(self.desk.folder, self.files)
        lay(self.desk.root / "keys", self.secrets)

    def flip(self, name: str, chance: random.Random) -> None:
        """Flip a bit of a file."""
        path = self.desk.folder / name
        data = bytearray(path.read_bytes())
        bit = chance.randrange(len(data) * 8)
        data[bit // 8] ^= 1 << bit % 8
        path.write_bytes(data)


@contextmanager
def evening(morning: Morning, seed: int) -> Iterator[Evening]:
    """A PC whose writer has not carried its log over."""
    with morning.desk_of(seed) as desk:
        desk.open()
        for _ in range(EDITS):
            desk.edit(lambda _: None)
        desk.remember(lambda _: None)
        desk.unlocked.vault.leave(desk.now())
        items = {row.q: row.item for row in desk.workspace.rows("SELECT q, item FROM outbox")}
        files = files_of(desk.folder)
        keys = desk.unlocked.keys
        desk.close()
        files.pop(f"{FILE}-shm", None)
        hand = hand_of(keys.dek, UUID(desk.enrolment.device), desk.reader.key)
        found = list(entries(files[JOURNAL], hand.signed))
        yield Evening(desk, files, files_of(desk.root / "keys"), keys, items, found)


def many(morning: Morning, seed: int, flips: int, each: Callable[[Evening, random.Random], object]) -> int:
    """So many flips of one kind on one evening; how many had an effect that was noticed."""
    chance = random.Random(seed)
    with evening(morning, seed) as there:
        noticed = 0
        for _ in range(flips):
            there.again()
            noticed += bool(each(there, chance))
        return noticed


def in_database(there: Evening, chance: random.Random) -> bool:
    """The file, its log carried over: every flip is found when it is looked through."""
    desk, path = there.desk, there.desk.folder / FILE
    connect(path, there.keys.database, writing=True).close()
    there.flip(FILE, chance)
    try:
        connection = connect(path, there.keys.database, writing=True)
    except StoreDamaged:
        return True
    try:
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() != []
    finally:
        connection.close()
    assert len(desk.copied(there.keys.dek)) == EDITS
    return True


def in_log(there: Evening, chance: random.Random) -> bool:
    """The database's log: what it loses the journal has, and the store knows; nothing that is left is another."""
    desk = there.desk
    there.flip(LOG, chance)
    desk.open()
    left = {row.q: row.item for row in desk.workspace.rows("SELECT q, item FROM outbox")}
    assert left == {q: there.items[q] for q in range(1, len(left) + 1)}
    told = desk.reader.beside(desk.folder, desk.enrolment.device, there.keys.dek)
    assert sorted(told) == sorted(there.items)
    lost = len(left) < len(there.items)
    assert desk.workspace.status().recovering == lost
    said: list[Said] = []
    desk.edit(said.append)
    assert said == [(GROUP, EDITS + 1, 0)]
    desk.close()
    return lost


def in_journal(there: Evening, chance: random.Random) -> bool:
    """The journal: one record at most is gone, none is another, and the database has them all."""
    desk = there.desk
    there.flip(JOURNAL, chance)
    hand = hand_of(there.keys.dek, UUID(desk.enrolment.device), desk.reader.key)
    found = list(entries((desk.folder / JOURNAL).read_bytes(), hand.signed))
    assert len(found) == len(there.entries) - 1
    assert {entry.data for entry in found} <= {entry.data for entry in there.entries}
    desk.open()
    assert desk.rows().keys() == there.items.keys()
    desk.edit(lambda _: None)
    last = [entry.head.q for entry in entries(_journal(desk), hand.signed) if entry.head.kind is not Kind.START]
    assert max(last) == EDITS + 1
    desk.close()
    return True


def in_vault(there: Evening, chance: random.Random, name: str) -> bool:
    """Header, lease or the school's keys: the right PIN opens the right key, or is refused with an error of ours."""
    there.flip(name, chance)
    try:
        keys = there.desk.keys(there.desk.vault())
    except KeyakiError:
        return True
    assert keys.dek == there.keys.dek
    return False


def in_header(there: Evening, bit: int) -> bool:
    """A certain bit of the header, as `in_vault`."""
    data = bytearray(there.files[HEADER])
    data[bit // 8] ^= 1 << bit % 8
    (there.desk.folder / HEADER).write_bytes(data)
    try:
        keys = there.desk.keys(there.desk.vault())
    except KeyakiError:
        return True
    assert keys.dek == there.keys.dek
    return False


def in_anchor(there: Evening, chance: random.Random) -> bool:
    """The anchor: it says nothing then, and keeps nobody out."""
    desk = there.desk
    (path,) = (desk.root / "keys").glob("*anchor")
    secret = bytearray.fromhex(path.read_text("ascii"))
    bit = chance.randrange(len(secret) * 8)
    secret[bit // 8] ^= 1 << bit % 8
    path.write_text(secret.hex(), "ascii")
    desk.vault().anchor(there.keys, UUID(desk.enrolment.device)).check(Reach())
    return True


def _journal(desk: Desk) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(desk.folder.glob("soj-*.kyj")))
