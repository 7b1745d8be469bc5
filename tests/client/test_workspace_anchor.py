"""Older copies of store and journal put back are noticed at the next opening, and nothing else is taken for them.

What a kill would leave is copied at each write to the journal, the database and the key store, and opened again.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest

from client.store.copyist import Copyist
from client.store.writer import Writer
from client.vault import segments as disk
from client.vault.anchor import Anchor
from client.vault.errors import StoreRolledBack
from client.vault.keystore import Absent, Answer, MemorySecretStore, Present
from tests.kit.journaled import Store
from tests.kit.lending import NOW
from tests.kit.logguard import LogGuard
from tests.kit.sealing import DEK
from tests.kit.village import Village

DATABASE, JOURNAL = "store.db*", "soj-*.kyj"


@pytest.fixture
def store(village: Village, tmp_path: Path) -> Iterator[Store]:
    made = Store(village, tmp_path / "store")
    yield made
    made.workspace.close()


def anchor(store: Store, place: MemorySecretStore) -> Anchor:
    return Anchor(place, DEK, UUID(store.workspace.enrolment.device))


def remember(store: Store, place: MemorySecretStore) -> None:
    reached = store.workspace.copies.reached
    assert reached is not None
    assert reached[0] == store.workspace.enrolment.device
    assert anchor(store, place).keep(reached[1], NOW)


def copy(folder: Path, to: Path, *patterns: str) -> None:
    """These files as they lie there, in the place of those of that kind."""
    to.mkdir(exist_ok=True)
    for pattern in patterns:
        for path in to.glob(pattern):
            path.unlink()
        for path in folder.glob(pattern):
            shutil.copyfile(path, to / path.name)


def check(store: Store, folder: Path, answer: Answer) -> bool:
    """Open the files in a folder; whether they are taken for older copies."""
    workspace = store.village.opened(folder, store.secrets)
    try:
        workspace.copies.keep(store.reader.hands())
        found = workspace.copies.found
        assert found is not None
        Anchor(MemorySecretStore(answer), DEK, UUID(workspace.enrolment.device)).check(found)
    except StoreRolledBack:
        return True
    finally:
        workspace.close()
    return False


def act(store: Store, rng: random.Random, n: int) -> None:
    """One of the things that a store does."""
    deed = rng.randrange(6)
    if deed == 0 and store.workspace.can_undo("grades"):
        store.workspace.undo("grades")
    elif deed == 1:
        store.sync()
    elif deed == 2:
        store.again()
    else:
        store.score(rng.randrange(5), 100 + n, rng.randrange(2))


@dataclass
class Kills:
    """What a kill would have left at each write. held: what the key store held then; reached: number of its newest."""

    store: Store
    folder: Path
    place: MemorySecretStore = field(default_factory=MemorySecretStore)
    copies: list[tuple[Path, Answer]] = field(default_factory=list[tuple[Path, Answer]])

    def here(self) -> None:
        """The program might be killed now."""
        to = self.folder / str(len(self.copies))
        copy(self.store.folder, to, DATABASE, JOURNAL)
        self.copies.append((to, self.place.load()))

    def around(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
        """Before and after each call of this."""
        real: Callable[..., object] = getattr(owner, name)

        def watched(*args: object, **named: object) -> object:
            self.here()
            try:
                return real(*args, **named)
            finally:
                self.here()

        monkeypatch.setattr(owner, name, watched)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(3))
def test_no_kill_no_lost_anchor_and_no_older_key_store_is_taken_for_an_older_copy(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    rng = random.Random(seed)
    kills = Kills(store, tmp_path / "kills")
    kills.folder.mkdir()
    with monkeypatch.context() as patched:
        for owner, name in (
            (disk, "append"),
            (disk.os, "fsync"),
            (Copyist, "follow"),
            (Writer, "_commit"),
            (MemorySecretStore, "store"),
        ):
            kills.around(patched, owner, name)
        for n in range(8):
            act(store, rng, n)
            if rng.random() < 0.6:
                remember(store, kills.place)
        remember(store, kills.place)
    assert len(kills.copies) > 60
    last = kills.copies[-1][1]
    answers = [answer for _, answer in kills.copies]
    noticed = 0
    for n, (folder, held) in enumerate(kills.copies):
        assert not check(store, folder, held), n
        assert not check(store, folder, rng.choice(answers[: n + 1])), n
        assert not check(store, folder, Absent()), n
        noticed += check(store, folder, last)
    assert noticed > len(kills.copies) // 3, "with the newest anchor the older ones are noticed"


@pytest.mark.timeout(300)
def test_every_older_copy_of_store_and_journal_is_noticed_and_of_either_alone_made_up_for(
    store: Store, tmp_path: Path, logs: LogGuard
) -> None:
    logs.announce("keyaki.store", "the journal knows of group")
    rng, place, older = random.Random(6), MemorySecretStore(), list[Path]()
    store.score(0, 100)
    for n in range(50):
        older.append(tmp_path / f"older{n}")
        copy(store.folder, older[-1], DATABASE, JOURNAL)
        store.score(rng.randrange(5), 200 + n)
        if n % 9 == 5:
            store.workspace.undo("grades")
        if n % 7 == 3:
            store.sync()
        if n % 11 == 7:
            store.again()
    remember(store, place)
    store.workspace.close()
    now = tmp_path / "now"
    copy(store.folder, now, DATABASE, JOURNAL)
    assert not check(store, now, place.load())
    mixed = tmp_path / "mixed"
    for folder in older:
        assert check(store, folder, place.load()), folder.name
        for pattern, other in ((DATABASE, JOURNAL), (JOURNAL, DATABASE)):
            copy(folder, mixed, pattern)
            copy(now, mixed, other)
            assert not check(store, mixed, place.load()), (folder.name, pattern)


def test_a_journal_that_was_damaged_and_goes_on_is_not_taken_for_an_older_copy(store: Store) -> None:
    place = MemorySecretStore()
    for n in range(6):
        store.score(n % 5, 100 + n)
    store.sync()
    remember(store, place)
    store.workspace.close()
    (path,) = disk.segments(store.folder)
    path.write_bytes(path.read_bytes()[:1_000])
    for n in range(3):
        assert not check(store, store.folder, place.load())
        store.workspace = store.opened()
        store.score(n, 900 + n)
        store.workspace.close()
        assert not check(store, store.folder, place.load())
    store.workspace = store.opened()
    remember(store, place)
    held = place.load()
    assert isinstance(held, Present)


def test_an_undo_that_was_put_back_is_noticed_though_no_number_was_given_by_it(store: Store, tmp_path: Path) -> None:
    place = MemorySecretStore()
    store.score(0, 100)
    copy(store.folder, tmp_path / "before", DATABASE, JOURNAL)
    store.workspace.undo("grades")
    remember(store, place)
    assert check(store, tmp_path / "before", place.load())


def test_a_store_without_a_journal_has_no_anchor(store: Store) -> None:
    store.workspace.close()
    store.workspace = store.village.opened(store.folder, store.secrets)
    assert store.workspace.copies.reached is None
    store.workspace.copies.keep(lambda _: None)
    assert (store.workspace.copies.reached, store.workspace.copies.found) == (None, None)
