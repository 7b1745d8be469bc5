"""What the key store remembers of how far a store had come."""

from pathlib import Path
from uuid import UUID

import pytest

from client.vault.anchor import Anchor, Reach
from client.vault.errors import StoreRolledBack
from client.vault.keystore import FileSecretStore, MemorySecretStore, Present, Unreadable
from tests.kit.lending import NOW, WHOSE
from tests.kit.sealing import DEK

HELD = Reach(40, 12)


def anchor(place: MemorySecretStore, dek: bytes = DEK, device: UUID = WHOSE.device) -> Anchor:
    return Anchor(place, dek, device)


@pytest.fixture
def place() -> MemorySecretStore:
    """The key store, which remembers that a store had come this far."""
    made = MemorySecretStore()
    assert anchor(made).keep(HELD, NOW)
    return made


@pytest.mark.parametrize("found", [Reach(39, 12), Reach(40, 11), Reach(41, 11), Reach()])
def test_a_store_that_does_not_go_as_far_as_it_did_is_told_with_the_time_it_did(
    place: MemorySecretStore, found: Reach
) -> None:
    with pytest.raises(StoreRolledBack) as caught:
        anchor(place).check(found)
    assert str(caught.value.facts["seen"]).startswith("2026-11-")


@pytest.mark.parametrize("found", [HELD, Reach(41, 12), Reach(40, 13), Reach(400, 300)])
def test_a_store_that_goes_as_far_or_further_is_opened(place: MemorySecretStore, found: Reach) -> None:
    anchor(place).check(found)


@pytest.mark.parametrize("answer", [None, Unreadable("locked"), Present(bytes(32)), Present(b"\x01" * 32)])
def test_a_key_store_that_remembers_nothing_or_does_not_answer_keeps_nobody_out(
    answer: Present | Unreadable | None,
) -> None:
    anchor(MemorySecretStore(answer)).check(Reach())


def test_the_anchor_of_another_store_or_device_says_nothing(place: MemorySecretStore) -> None:
    anchor(place, dek=bytes(32)).check(Reach())
    anchor(place, device=WHOSE.user).check(Reach())


def test_no_flipped_bit_of_an_anchor_keeps_anybody_out_or_is_taken_for_another_one(place: MemorySecretStore) -> None:
    held = place.load()
    assert isinstance(held, Present)
    for bit in range(len(held.secret) * 8):
        flipped = bytearray(held.secret)
        flipped[bit // 8] ^= 1 << bit % 8
        anchor(MemorySecretStore(Present(bytes(flipped)))).check(Reach())


def test_an_anchor_never_goes_back(place: MemorySecretStore) -> None:
    before = place.load()
    assert anchor(place).keep(Reach(12, 12), NOW + 60)
    assert anchor(place).keep(HELD, NOW + 60)
    assert place.load() == before
    assert anchor(place).keep(Reach(41, 3), NOW + 60)
    anchor(place).check(Reach(41, 12))
    for found in (HELD, Reach(41, 11)):
        with pytest.raises(StoreRolledBack):
            anchor(place).check(found)


def test_a_file_that_never_overwrites_a_key_keeps_the_newest_anchor(tmp_path: Path) -> None:
    made = Anchor(FileSecretStore(tmp_path / "anchor"), DEK, WHOSE.device)
    for q in range(3):
        assert made.keep(Reach(q, q), NOW)
    made.check(Reach(2, 2))
    with pytest.raises(StoreRolledBack):
        made.check(Reach(1, 1))


def test_a_key_store_that_refuses_is_told_from_one_that_remembers(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "ascii")
    made = Anchor(FileSecretStore(tmp_path / "file" / "anchor"), DEK, WHOSE.device)
    assert not made.keep(HELD, NOW)
    made.check(Reach())
