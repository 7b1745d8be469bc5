"""Three states and an allow-list: what cannot be read is never taken for absent."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from client.vault.keystore import (
    Absent,
    FileSecretStore,
    MemorySecretStore,
    Present,
    SystemSecretStore,
    Unreadable,
    allowed_backend,
    load_patiently,
)

SECRET = bytes(range(32))


class Place:
    """A key store of a system as the library shows it; `fault` is raised by every call."""

    def __init__(self, held: str | None = None, fault: Exception | None = None) -> None:
        self.held, self.fault = held, fault

    def get_password(self, service: str, username: str, /) -> str | None:
        self._fail()
        return self.held

    def set_password(self, service: str, username: str, password: str, /) -> None:
        self._fail()
        self.held = password

    def delete_password(self, service: str, username: str, /) -> None:
        self._fail()
        if self.held is None:
            raise PasswordDeleteError
        self.held = None

    def _fail(self) -> None:
        if self.fault is not None:
            raise self.fault


class Deaf(Place):
    """A place that says it keeps things and does not."""

    def set_password(self, service: str, username: str, password: str, /) -> None:
        return


def test_a_secret_is_kept_and_forgotten() -> None:
    place = Place()
    secrets = SystemSecretStore("store", place)
    assert secrets.load() == Absent()
    assert secrets.store(SECRET)
    assert secrets.load() == Present(SECRET)
    assert place.held is not None
    assert len(place.held) <= 512
    assert secrets.delete()
    assert secrets.load() == Absent()
    assert secrets.delete()


@pytest.mark.parametrize("fault", [KeyringLocked("locked"), OSError("bus"), RuntimeError("no backend")])
def test_a_place_that_fails_is_unreadable_and_nothing_is_taken_for_done(fault: Exception) -> None:
    secrets = SystemSecretStore("store", Place(SECRET.hex(), fault))
    assert isinstance(secrets.load(), Unreadable)
    assert not secrets.store(SECRET)
    assert not secrets.delete()


@pytest.mark.parametrize("held", ["", "zz" * 32, "00" * 31, "00" * 33, "鍵" * 32])
def test_a_value_of_the_wrong_form_is_unreadable(held: str) -> None:
    assert isinstance(SystemSecretStore("store", Place(held)).load(), Unreadable)


def test_a_place_that_keeps_nothing_is_found_out() -> None:
    assert not SystemSecretStore("store", Deaf()).store(SECRET)


def test_without_a_key_store_nothing_is_absent() -> None:
    assert isinstance(SystemSecretStore("store", NoKeyring()).load(), Unreadable)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux asks over a session bus")
@pytest.mark.parametrize("address", [None, "unix:path=/nonexistent/bus"])
def test_without_a_session_bus_the_secret_is_unreadable_and_nothing_is_kept(
    address: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if address is None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    else:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    system = SystemSecretStore("store")
    assert isinstance(system.load(), Unreadable)
    assert not system.store(bytes(32))
    assert not system.delete()


def test_the_place_is_never_chosen_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    backend = allowed_backend()
    assert "PYTHON_KEYRING_BACKEND" not in os.environ
    home = {"win32": "keyring.backends.Windows", "linux": "keyring.backends.SecretService"}
    assert type(backend).__module__ == home[sys.platform]


def test_a_file_only_its_owner_may_read_keeps_the_secret(tmp_path: Path) -> None:
    path = tmp_path / "demo" / "store.key"
    secrets = FileSecretStore(path)
    assert secrets.load() == Absent()
    assert secrets.store(SECRET)
    assert secrets.load() == Present(SECRET)
    assert path.stat().st_mode & 0o777 == 0o600
    assert not secrets.store(bytes(32))  # a key that is there is never overwritten
    assert secrets.load() == Present(SECRET)
    assert secrets.delete()
    assert secrets.load() == Absent()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.chmod(0o644),
        lambda path: path.write_text("short"),
        lambda path: path.write_bytes(b"\xff\xfe"),
    ],
)
def test_a_file_others_may_read_or_of_the_wrong_form_is_unreadable(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    secrets = FileSecretStore(tmp_path / "store.key")
    secrets.store(SECRET)
    spoil(tmp_path / "store.key")
    assert isinstance(secrets.load(), Unreadable)


def test_a_key_store_that_is_not_awake_yet_is_asked_again_for_half_a_minute() -> None:
    waited: list[float] = []
    place = Place(SECRET.hex(), KeyringLocked("locked"))
    secrets = SystemSecretStore("store", place)

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            place.fault = None

    assert load_patiently(secrets, wait) == Present(SECRET)
    place.fault = KeyringLocked("locked")
    waited.clear()
    assert isinstance(load_patiently(secrets, waited.append), Unreadable)
    assert sum(waited) == 30


def test_what_is_absent_is_not_asked_for_again() -> None:
    waited: list[float] = []
    assert load_patiently(MemorySecretStore(), waited.append) == Absent()
    assert waited == []
