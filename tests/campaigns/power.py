"""The power goes: every state the disk may be in after a day's calls is made, opened, and held against what was said.

What was written reaches the disk with the file's fsync, names with the folder's. Until then a write may be missing, be
there alone or be torn at any 512 bytes, and of the names changed any first part may be there.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.campaigns.desk import CHOSEN, GROUP, Desk, Files, Morning, Said, files_of, lay, missing
from tests.kit.calls import OPEN, RENAME, TRUNCATE, UNLINK, WRITE, Call
from tests.kit.disk_calls import watched

ACTS = 10
SECTOR = 512


@dataclass(eq=False, slots=True)
class Inode:
    """What is on the disk for good, and what was written since."""

    kept: bytes = b""
    since: list[Call] = field(default_factory=list[Call])

    def settle(self) -> None:
        """All of it is on the disk."""
        self.kept, self.since = _content(self.kept, self.since), []

    def maybe(self, chance: random.Random) -> bytes:
        """What may be there."""
        since = self.since
        match chance.randrange(5) if since else 0:
            case 0:
                some = []
            case 1:
                some = since
            case 2:
                some = since[: chance.randrange(len(since) + 1)]
            case 3:
                some = [call for call in since if chance.random() < 0.6]
            case _:
                some = since[: chance.randrange(len(since)) + 1]
                some[-1] = _torn(some[-1], chance)
        return _content(self.kept, some)


class Disk:
    """A folder on a disk, call by call."""

    def __init__(self, before: Files) -> None:
        self._now = {name: Inode(data) for name, data in before.items()}
        self._kept = dict(self._now)
        self._changes: list[dict[str, Inode]] = []

    def make(self, call: Call) -> None:
        """One more call was made."""
        match call.kind:
            case "open":
                self._now[call.name] = Inode()
            case "write" | "truncate":
                self._now[call.name].since.append(call)
            case "sync":
                self._now[call.name].settle()
            case "names":
                self._kept, self._changes = dict(self._now), []
            case "rename":
                self._now[call.other] = self._now.pop(call.name)
            case _:
                del self._now[call.name]
        if call.kind in (OPEN, RENAME, UNLINK):
            self._changes.append(dict(self._now))

    def maybe(self, chance: random.Random) -> Files:
        """What may be there when the power goes now."""
        names = chance.choice([self._kept, *self._changes])
        return {name: inode.maybe(chance) for name, inode in names.items()}


def _torn(call: Call, chance: random.Random) -> Call:
    if call.kind != WRITE:
        return call
    whole = call.data[: chance.randrange(len(call.data) // SECTOR + 1) * SECTOR]
    return Call(WRITE, call.name, call.at, whole)


def _content(kept: bytes, calls: list[Call]) -> bytes:
    if not calls:
        return kept
    data = bytearray(kept)
    for call in calls:
        if call.kind == TRUNCATE:
            data[call.at :] = bytes(max(0, call.at - len(data)))
        else:
            data.extend(bytes(max(0, call.at - len(data))))
            data[call.at : call.at + len(call.data)] = call.data
    return bytes(data)


@dataclass(slots=True)
class Recording:
    """A day as the disk, the key store and the teacher saw it."""

    before: Files
    keys: list[Files] = field(default_factory=list[Files])
    events: list[Call | Said] = field(default_factory=list[Call | Said])

    def states(self, chance: random.Random, each: int) -> Iterator[tuple[list[Said], Files, Files]]:
        """What had been said, the key store, and different states of the disk: up to so many after each call."""
        disk, said, seen = Disk(self.before), list[Said](), set[int]()
        for event, keys in zip(self.events, self.keys, strict=True):
            if not isinstance(event, Call):
                said.append(event)
                continue
            disk.make(event)
            for _ in range(each):
                files = disk.maybe(chance)
                mark = hash((len(said), frozenset(files.items())))
                if mark not in seen:
                    seen.add(mark)
                    yield said, keys, files


def recorded(desk: Desk, acts: int = ACTS) -> Recording:
    """Work for a while, everything noted; the store is open then, as a power cut finds it, and closed here after it."""
    recording = Recording(files_of(desk.folder))

    def note(event: Call | Said) -> int:
        recording.events.append(event)
        recording.keys.append(files_of(desk.root / "keys"))
        return 0

    with watched(desk.folder, note):
        desk.open()
        for _ in range(acts):
            desk.act(note)
    desk.close()
    return recording


def cut(morning: Morning, seed: int, each: int = 3, most: int = 10**9, *, deep: int = 25) -> tuple[int, int]:
    """Play a day and try states of the disk; how many, and in how many something that was said was missing.

    each: states after each call; most: so many in all, spread over the day; every `deep`th is opened as a whole.
    """
    with morning.desk_of(seed) as desk:
        recording = recorded(desk)
        chance = random.Random(seed)
        states = list(recording.states(chance, each)) if most < 10**9 else recording.states(chance, each)
        if isinstance(states, list) and len(states) > most:
            states = chance.sample(states, most)
        tried = lost = 0
        for said, keys, files in states:
            lay(desk.folder, files)
            lay(desk.root / "keys", keys)
            desk.pin = next((number for what, number, _ in reversed(said) if what == CHOSEN), 0)
            lost += bool(_lost(desk, said))
            if tried % deep == 0 and not lost:
                desk.open()
                desk.agree()
                desk.edit(lambda _: None)
                desk.close()
            tried += 1
        return tried, lost


def _lost(desk: Desk, said: list[Said]) -> object:
    """Open vault and database; what is missing of what was said. The journal may lack nothing either."""
    vault = desk.vault()
    keys = desk.keys(vault)
    held = desk.held(keys.database)
    copied = desk.copied(keys.dek)
    return missing(said, held) or {number for what, number, _ in said if what == GROUP} - copied
