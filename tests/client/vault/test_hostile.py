"""Whatever lies where a vault's files should: the right key comes out, or an error of ours, and never another key."""

import random
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from client.vault.floors import Work
from client.vault.keystore import MemorySecretStore, Present
from client.vault.vault import Vault
from sync.errors import KeyakiError
from tests.kit.lending import HOUR, NOW, PIN, WHOSE, KeyPlaces, Lender

CHEAPEST = Work(8, 1, 1)
FILES = ("header.bin", "lease.bin", "keys.jws")
OTHER_PIN = "82640517"


@dataclass(frozen=True, slots=True)
class Made:
    """A vault's files, and the same vault's a lease and another PIN later; another PC's, too."""

    dek: bytes
    secrets: dict[str, Any]
    versions: tuple[dict[str, bytes], ...]


def _made() -> Made:
    versions: list[dict[str, bytes]] = []
    deks, places = list[bytes](), KeyPlaces()
    with tempfile.TemporaryDirectory() as scratch:
        for pc in range(2):
            folder, own, lender = Path(scratch) / str(pc), places if pc == 0 else KeyPlaces(), Lender()
            vault = _vault(folder, own)
            keys = vault.make(PIN, lender.answer())
            deks.append(keys.dek)
            versions.append(_files(folder))
            keys = vault.renew(keys, lender.answer(NOW + HOUR))
            versions.append(_files(folder))
            vault.change_pin(keys, OTHER_PIN)
            versions.append(_files(folder))
    return Made(deks[0], held(places), tuple(versions))


def held(places: KeyPlaces) -> dict[str, Any]:
    """What a key store has."""
    return {name: answer for name, store in places.held.items() if isinstance(answer := store.load(), Present)}


def _vault(folder: Path, places: KeyPlaces) -> Vault:
    return Vault(folder, WHOSE, places, random.Random(7).randbytes, CHEAPEST)


def _files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


MADE = _made()


def mangled(data: bytes, draw: Callable[[Any], Any]) -> bytes:
    """The file with bits flipped, pieces of its other versions in it, or cut."""
    for _ in range(draw(some.integers(0, 3))):
        if data:
            at, to = sorted((draw(some.integers(0, len(data))), draw(some.integers(0, len(data)))))
            piece = draw(some.sampled_from([data[at:to], bytes(to - at), b""]) | some.binary(max_size=16))
            data = data[:at] + piece + data[to:]
    return data


@settings(max_examples=60)
@given(some.data())
def test_files_of_any_version_mixed_cut_and_changed_open_the_right_key_or_none(data: some.DataObject) -> None:
    files = {
        name: mangled(data.draw(some.sampled_from([version[name] for version in MADE.versions])), data.draw)
        for name in FILES
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        places = KeyPlaces({name: MemorySecretStore(answer) for name, answer in MADE.secrets.items()})
        vault = _vault(Path(folder), places)
        for pin in (PIN, OTHER_PIN):
            with suppress(KeyakiError):
                assert vault.unlock(pin, NOW + HOUR).dek == MADE.dek
        with suppress(KeyakiError):
            vault.leases_named()
        assert held(places) == MADE.secrets


@settings(max_examples=60)
@given(some.data())
def test_bytes_that_are_sealed_with_the_right_secret_and_say_anything_open_no_other_key(data: some.DataObject) -> None:
    """Who has the secret and may write files can lock the teacher out, and no more."""
    flipped = bytearray(MADE.versions[1]["header.bin"])
    for _ in range(data.draw(some.integers(1, 30))):
        bit = data.draw(some.integers(0, len(flipped) * 8 - 1))
        flipped[bit // 8] ^= 1 << bit % 8
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (MADE.versions[1] | {"header.bin": bytes(flipped)}).items():
            (Path(folder) / name).write_bytes(content)
        vault = _vault(Path(folder), KeyPlaces({name: MemorySecretStore(a) for name, a in MADE.secrets.items()}))
        with suppress(KeyakiError):
            assert vault.unlock(PIN, NOW + HOUR).dek == MADE.dek
