"""A store is made once, for one teacher on one device, and nothing is written where anything does not fit."""

from dataclasses import replace
from pathlib import Path

import pytest

from client.store.database import connect, create_file
from client.store.errors import StoreBusy, StoreDamaged, StoreForeign, StoreMissing, StoreTooNew
from client.store.opening import FILE, open_store
from client.vault.errors import KeyMissing, KeyStoreUnreadable
from client.vault.keystore import Absent, MemorySecretStore, Present, Unreadable
from tests.client.store.conftest import ENROLMENT


def test_a_store_that_was_made_opens_again_and_knows_whose_it_is(tmp_path: Path) -> None:
    secrets = MemorySecretStore()
    open_store(tmp_path, secrets, ENROLMENT).lock.release()
    again = open_store(tmp_path, secrets, None)
    assert again.enrolment == ENROLMENT
    again.lock.release()


def test_without_a_store_and_without_an_owner_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        open_store(tmp_path / "profile", MemorySecretStore(), None)
    assert not (tmp_path / "profile").exists()


def test_an_open_store_is_not_opened_twice(tmp_path: Path) -> None:
    secrets = MemorySecretStore()
    first = open_store(tmp_path, secrets, ENROLMENT)
    with pytest.raises(StoreBusy):
        open_store(tmp_path, secrets, ENROLMENT)
    first.lock.release()


@pytest.mark.parametrize("other", ["device", "user", "school"])
def test_a_store_of_somebody_else_stays_closed(tmp_path: Path, other: str) -> None:
    secrets = MemorySecretStore()
    open_store(tmp_path, secrets, ENROLMENT).lock.release()
    with pytest.raises(StoreForeign):
        open_store(tmp_path, secrets, replace(ENROLMENT, **{other: "somebody else"}))
    open_store(tmp_path, secrets, replace(ENROLMENT, device_name="renamed")).lock.release()


@pytest.mark.parametrize(("answer", "error"), [(Unreadable("locked"), KeyStoreUnreadable), (Absent(), KeyMissing)])
def test_a_key_that_cannot_be_had_is_never_replaced(
    tmp_path: Path, answer: Absent | Unreadable, error: type[Exception]
) -> None:
    open_store(tmp_path, MemorySecretStore(), ENROLMENT).lock.release()
    before = (tmp_path / FILE).read_bytes()
    secrets = MemorySecretStore(answer)
    with pytest.raises(error):
        open_store(tmp_path, secrets, ENROLMENT)
    assert secrets.load() == answer
    assert (tmp_path / FILE).read_bytes() == before


def test_an_unreadable_key_store_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(KeyStoreUnreadable):
        open_store(tmp_path, MemorySecretStore(Unreadable("locked")), ENROLMENT)
    assert not (tmp_path / FILE).exists()


def test_a_wrong_key_is_told_as_damage_and_changes_nothing(tmp_path: Path) -> None:
    open_store(tmp_path, MemorySecretStore(), ENROLMENT).lock.release()
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(StoreDamaged):
        open_store(tmp_path, MemorySecretStore(Present(bytes(32))), ENROLMENT)
    assert (tmp_path / FILE).read_bytes() == before


def test_a_store_whose_making_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    secrets = MemorySecretStore(Present(bytes(32)))
    create_file(tmp_path / FILE)
    connection = connect(tmp_path / FILE, bytes(32), writing=True)
    connection.execute("CREATE TABLE half (done)")
    connection.close()
    with pytest.raises(StoreMissing):
        open_store(tmp_path, secrets, None)
    made = open_store(tmp_path, secrets, ENROLMENT)
    assert made.enrolment == ENROLMENT
    made.lock.release()


@pytest.mark.parametrize("newer", ["PRAGMA user_version = 99", "UPDATE meta SET value = '9.0' WHERE key = 'registry'"])
def test_a_store_a_newer_program_has_written_stays_closed(tmp_path: Path, newer: str) -> None:
    secrets = MemorySecretStore(Present(bytes(32)))
    made = open_store(tmp_path, secrets, ENROLMENT)
    connection = connect(made.path, made.key, writing=True)
    connection.execute(newer)
    connection.close()
    made.lock.release()
    with pytest.raises(StoreTooNew):
        open_store(tmp_path, secrets, None)


def test_a_closed_store_can_be_opened_after_an_opening_that_failed(tmp_path: Path) -> None:
    secrets = MemorySecretStore()
    open_store(tmp_path, secrets, ENROLMENT).lock.release()
    with pytest.raises(StoreForeign):
        open_store(tmp_path, secrets, replace(ENROLMENT, user="somebody else"))
    open_store(tmp_path, secrets, None).lock.release()
