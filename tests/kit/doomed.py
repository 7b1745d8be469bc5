"""A store with its vault, journal, leftovers and keys, to be erased; who does it is killed where a test says."""

import json
import os
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest

from client.paths import Profile
from client.store import wiping
from client.unlock.protection import Opening
from client.vault.finding import Places
from client.vault.keys import Whose
from client.vault.keystore import DeviceSecretStore, FileSecretStore
from client.vault.stream import hand_of
from client.vault.vault import Vault
from client.workspace import Put, Workspace
from sync.errors import KeyakiError
from sync.protocol.device import Erased, HelloAnswer
from sync.protocol.errors import Forbidden, Unreachable
from tests.kit.lending import CHEAP, NOW, PIN, Lender
from tests.kit.sealing import Reader
from tests.kit.village import Village

ORDER = "018f3c1a-0000-7000-8000-00000000000f"
CALLS = ("fsync", "rename", "replace", "rmdir", "unlink")
"""Every call by which something is changed for good."""


class Killed(BaseException):
    """The process has ended here."""


@dataclass(slots=True)
class Doomed:
    """Where the store of a profile lies, and what is known of it."""

    root: Path
    device: str
    user: str
    store: str

    @property
    def profile(self) -> Profile:
        """Its profile."""
        return Profile(self.root / "profile")

    @property
    def folder(self) -> Path:
        """Of the store."""
        return self.profile.stores / self.store

    def places(self, name: str) -> DeviceSecretStore:
        """The key store of the PC, which lies elsewhere."""
        return FileSecretStore(self.root / "keys" / name.replace("/", "-"))

    def vault(self) -> Vault:
        """The vault of the store."""
        return Vault(self.folder, Whose(UUID(self.user), UUID(self.device)), self.places, os.urandom, CHEAP)

    def keys_left(self) -> list[str]:
        """What the key store still holds."""
        return sorted(path.name for path in (self.root / "keys").glob("*"))

    def files(self) -> set[str]:
        """All that lies in the profile, but who it belongs to."""
        inside = (path.relative_to(self.profile.root) for path in self.profile.root.rglob("*") if path.is_file())
        return {str(path) for path in inside} - {"install"}


@dataclass(slots=True)
class Office:
    """The school's side, in a file: what was brought to it, and how often it was told."""

    root: Path
    refuses: list[KeyakiError] = field(default_factory=list[KeyakiError])
    deaf: bool = False
    knows_key: bool = True
    proofs: list[str] = field(default_factory=list[str])

    def line(self, _device: str) -> "Office":
        """The way to it."""
        return self

    def bring(self, segments: Iterable[bytes], order: str) -> None:
        """As in the port."""
        if self.refuses:
            raise self.refuses[0]
        for data in segments:
            self._note("brought", len(data), order)

    def erased(self, said: Erased) -> object:
        """As in the port."""
        if self.deaf:
            raise Unreachable
        if said.proof and not self.knows_key:
            raise Forbidden(reason="no_key")
        self.proofs += [said.proof] if said.proof else []
        self._note("erased", said.kept, "yes" if said.brought else "no", *(["proved"] if said.proof else []))
        return said

    def _note(self, *words: object) -> None:
        with (self.root / "school").open("a") as file:
            file.write(json.dumps(words) + "\n")

    def heard(self, word: str) -> list[list[object]]:
        """What it was told."""
        path = self.root / "school"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return [told for told in map(json.loads, lines) if told[0] == word]


def made(root: Path, village: Village, lender: Lender) -> Doomed:
    """A store with unsent work, an older one set aside, and names of people in every kind of file."""
    enrolment = village.enrolment(0)
    doomed = Doomed(root, enrolment.device, enrolment.user, "0123456789abcdef")
    lender.whose = Whose(UUID(enrolment.user), UUID(enrolment.device))
    vault, answer = doomed.vault(), lender.answer()
    opening = Opening(lambda: vault.make(PIN, answer))
    with Workspace.open(
        doomed.folder, secrets=opening, enrolment=enrolment, clock=village.clock, ids=village.ids
    ) as ws:
        key, dek = Reader().key, opening.unlocked(vault).keys.dek
        vault.device_key(UUID(enrolment.device))
        ws.copies.keep(lambda device: hand_of(dek, device, key))
        ws.sync(village.core(enrolment))
        ws.edit("grades.score", [Put("score", village.score(0, 0) | village.points(4500))])
    aside = doomed.folder / "quarantine" / "store-20261101T000000"
    aside.mkdir(parents=True)
    for name in ("header.bin", "lease.bin", "keys.jws", "store.db"):
        (aside / name).write_bytes((doomed.folder / name).read_bytes())
    (doomed.folder / "teacher.json").write_text(json.dumps({"name": village.teachers[0].name}), "utf-8")
    (doomed.folder / "quarantine" / "soj-000000000000-88.bin").write_bytes(b"torn")
    return doomed


def order(doomed: Doomed, lender: Lender, kind: str = "lost_wipe", **said: object) -> HelloAnswer:
    """What the school answers."""
    claims = {"iss": "http://127.0.0.1", "aud": doomed.device, "jti": ORDER, "iat": NOW, "kind": kind}
    token = lender.keys.order(claims | said)
    return HelloAnswer(order=token, keys=lender.keys.document("http://127.0.0.1", NOW))


def erase(doomed: Doomed, answer: HelloAnswer, office: Office) -> None:
    """All of it, as the program does it in a start and a look."""
    heard = wiping.heard(doomed.folder, doomed.device, doomed.places, answer)
    assert heard is not None
    wiping.obey(doomed.folder, heard, answer.order)
    go_on(doomed, office)


def go_on(doomed: Doomed, office: Office) -> None:
    """What each start does with what was begun."""
    places: Places = doomed.places
    for folder in wiping.begun(doomed.profile):
        closed = wiping.close_for_good(doomed.profile, folder)
        assert closed is not None
        wiping.settle(closed, places, office.line)


@contextmanager
def ending_at(number: int, end: Callable[[], object]) -> Generator[list[int]]:
    """End before the call of this number, the first being 0; holds how many were made."""
    made_ = [0]

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def calling(*words: object, **more: object) -> object:
            if made_[0] == number:
                end()
            made_[0] += 1
            return call(*words, **more)

        return calling

    with pytest.MonkeyPatch.context() as patched:
        for name in CALLS:
            patched.setattr(os, name, counted(getattr(os, name)))
        yield made_
