"""A few seeds of each part of the long campaign; and each sees a product that was broken on purpose."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from client.store.copyist import Copyist
from client.store.database import roll_back
from client.store.writer import Writer
from client.store.writing import Writing
from client.vault import segments
from client.vault.anchor import Anchor
from client.vault.due import Clocks, Floors, opened
from client.vault.keystore import Answer, SystemSecretStore, Unreadable
from tests.campaigns import canaries, clocks, crash, noise
from tests.campaigns.part import Part, Place
from tests.simulator.play import memory

PARTS = {part.name: part for part in crash.PARTS}

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """Where the parts are played: in memory, for what a disk does is played, too."""
    with tempfile.TemporaryDirectory(dir=memory(), prefix="keyaki-campaign-") as folder:
        yield Place(Path(folder))


@pytest.fixture(autouse=True)
def _noise() -> Iterator[None]:
    with noise.expected():
        yield


@pytest.mark.parametrize("part", [part for part in crash.PARTS if part.few], ids=lambda part: part.name)
def test_a_few_seeds_of_each_part_hold_its_promise(place: Place, part: Part) -> None:
    if not part.may():
        pytest.skip("#4 2026-11-26: this machine cannot copy processes or mount disks")
    tallies = [part.play(place, seed) for seed in range(part.few)]
    assert sum(tally.tried for tally in tallies) >= part.few


REAL_BEGIN, REAL_COMMIT, REAL_LOAD = Writing.begin, Writer._commit, SystemSecretStore.load


def without_waiting(writing: Writing, *, lasting: bool) -> None:
    """No commit waits for the disk."""
    REAL_BEGIN(writing, lasting=False)


def whatever_the_disk_says(writer: Writer, writing: Writing) -> frozenset[str]:
    """What the disk refuses of an edit is called saved."""
    try:
        return REAL_COMMIT(writer, writing)
    except dbapi2.OperationalError:
        if not writing._lasting:
            raise
        roll_back(writing.connection)
        return writing.changed()


def without_a_copy(copyist: Copyist, writing: Writing, result: object) -> object:
    """The journal stays as it is."""
    writing.regrouped = {}
    return result


def without_a_memory(now: Clocks, _: Floors) -> Floors:
    """What was seen of time is forgotten."""
    return opened(now, 0)


def what_is_unreadable_is_made_anew(secrets: SystemSecretStore) -> Answer:
    """A key store that does not answer well gets another secret."""
    answer = REAL_LOAD(secrets)
    if isinstance(answer, Unreadable) and secrets._backend is not None:
        secrets._backend.set_password("Keyaki", secrets._entry, "7b" * 32)
    return answer


def beside_it_in_clear(path: Path, _: int, __: bytes) -> None:
    """A log of the journal, for somebody who looked for a fault once."""
    handle = os.open(path.with_suffix(".log"), os.O_CREAT | os.O_WRONLY, 0o600)
    os.write(handle, canaries.REMARK.encode("utf-8"))
    os.close(handle)


BROKEN: list[tuple[str, object, str, Callable[..., Any]]] = [
    ("power", Writing, "begin", without_waiting),
    ("power", Copyist, "follow", without_a_copy),
    ("refusals", Writer, "_commit", whatever_the_disk_says),
    ("bits-log", Copyist, "follow", without_a_copy),
    ("old-copies", Anchor, "check", lambda *_: None),
    ("key-stores", SystemSecretStore, "load", what_is_unreadable_is_made_anew),
    ("clocks", clocks, "looked", without_a_memory),
    ("canaries", segments, "append", beside_it_in_clear),
]


@pytest.mark.parametrize(
    ("part", "owner", "name", "broken"), BROKEN, ids=lambda value: getattr(value, "__name__", value)
)
def test_a_product_that_was_broken_on_purpose_is_seen(
    place: Place, monkeypatch: pytest.MonkeyPatch, part: str, owner: object, name: str, broken: Callable[..., Any]
) -> None:
    assert place.morning
    monkeypatch.setattr(owner, name, broken)
    found = 0
    for seed in range(40):
        try:
            PARTS[part].play(place, seed)
        except Exception:  # noqa: BLE001  however it is seen
            found += 1
            break
    assert found
