"""Where the device keeps its secret: three states, an allow-list of places, one interface.

The place is chosen by instantiating its class, never by asking the library which it prefers: a module that merely
happens to be installed could otherwise write the secret to the disk in plain text, or a null backend "succeed" and keep
nothing. An answer that is not understood is never taken for "there is none": that would overwrite the key of a store.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from keyring.errors import KeyringError

from client.vault.errors import KeyStoreUnreadable

SERVICE: Final = "Keyaki"
SECRET_BYTES: Final = 32
TRIES: Final = 5
WAIT_S: Final = 7.5
"""Five tries over thirty seconds: right after log-on the key store of a system may not be awake yet."""


@dataclass(frozen=True, slots=True)
class Absent:
    """There is none: the place answered and has no such entry."""


@dataclass(frozen=True, slots=True)
class Present:
    """32 bytes."""

    secret: bytes


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The place did not answer, is locked, or holds something of the wrong form. reason: for the log."""

    reason: str


Answer = Absent | Present | Unreadable


class DeviceSecretStore(Protocol):
    """Holds the 32 secret bytes of one store of this device. No call raises for what the place does."""

    def load(self) -> Answer:
        """What is there."""
        ...

    def store(self, secret: bytes) -> bool:
        """Keep the secret; True when it has been read back equal."""
        ...

    def delete(self) -> bool:
        """Forget the secret; True when it is gone."""
        ...


class Keeper(Protocol):
    """What is used of a backend of the keyring library."""

    def get_password(self, service: str, username: str, /) -> str | None:
        """What is held, or None."""
        ...

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """Hold it."""
        ...

    def delete_password(self, service: str, username: str, /) -> None:
        """Hold it no more."""
        ...


class SystemSecretStore:
    """In the key store of the system: Windows Credential Manager, or the Secret Service of a Linux desktop.

    entry: names the store on this computer. backend: for tests of a real one; otherwise the allowed one of this system.
    """

    def __init__(self, entry: str, backend: Keeper | None = None) -> None:
        self._entry = entry
        self._backend: Keeper | None = backend or allowed_backend()
        self._faults = (KeyringError, OSError, RuntimeError, *_faults_of_bus())

    def load(self) -> Answer:
        """As in the port."""
        if self._backend is None:
            return Unreadable("no key store on this system")
        try:
            held = self._backend.get_password(SERVICE, self._entry)
        except self._faults as error:
            return Unreadable(type(error).__name__)
        return Absent() if held is None else _read(held)

    def store(self, secret: bytes) -> bool:
        """As in the port."""
        try:
            if self._backend is not None:
                self._backend.set_password(SERVICE, self._entry, secret.hex())
        except self._faults:
            return False
        return self.load() == Present(secret)

    def delete(self) -> bool:
        """As in the port."""
        try:
            if self._backend is not None:
                self._backend.delete_password(SERVICE, self._entry)
        except self._faults:
            return self.load() == Absent()
        return self.load() == Absent()


def allowed_backend() -> Keeper | None:
    """The one place allowed on this system; None where there is none."""
    os.environ.pop("PYTHON_KEYRING_BACKEND", None)
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        vault = WinVaultKeyring()
        vault.persist = "local machine"  # the library's own choice roams to other computers
        return vault
    if sys.platform == "linux":
        from keyring.backends.SecretService import Keyring

        return Keyring()
    return None


def _faults_of_bus() -> tuple[type[Exception], ...]:
    """What the library lets through of the session bus: there is none, it has no Secret Service, it refuses."""
    if sys.platform != "linux":
        return ()
    from jeepney import DBusErrorResponse  # pyright: ignore[reportMissingTypeStubs]  it has none
    from secretstorage.exceptions import SecretStorageException

    return SecretStorageException, DBusErrorResponse


class FileSecretStore:
    """In a file only its owner may read. For `--demo` and `make run` alone: it protects against nobody on this PC."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Answer:
        """As in the port."""
        try:
            if os.name == "posix" and self._path.stat().st_mode & 0o077:
                return Unreadable("others may read the file")
            return _read(self._path.read_text("ascii"))
        except FileNotFoundError:
            return Absent()
        except (OSError, UnicodeDecodeError) as error:
            return Unreadable(type(error).__name__)

    def store(self, secret: bytes) -> bool:
        """As in the port."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secret.hex())
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            return False
        return self.load() == Present(secret)

    def delete(self) -> bool:
        """As in the port."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return False
        return True


class MemorySecretStore:
    """In memory: for tests, and for scripts whose store ends with them. answer: what is there at first."""

    def __init__(self, answer: Answer | None = None) -> None:
        self._answer: Answer = answer or Absent()

    def load(self) -> Answer:
        """As in the port."""
        return self._answer

    def store(self, secret: bytes) -> bool:
        """As in the port."""
        self._answer = Present(secret)
        return True

    def delete(self) -> bool:
        """As in the port."""
        self._answer = Absent()
        return True


def made_secret(place: DeviceSecretStore, fresh: Callable[[], bytes]) -> bytes:
    """The secret in a place; made where the place says that there is none. Raises KeyStoreUnreadable."""
    match place.load():
        case Present(secret):
            return secret
        case Unreadable(reason):
            raise KeyStoreUnreadable(reason=reason)
        case Absent():
            secret = fresh()
    if not place.store(secret):
        raise KeyStoreUnreadable(reason="not kept")
    return secret


def load_patiently(secrets: DeviceSecretStore, wait: Callable[[float], None]) -> Answer:
    """What is there, asked again for half a minute while it cannot be read. wait: sleeps for seconds."""
    answer = secrets.load()
    for _ in range(TRIES - 1):
        if not isinstance(answer, Unreadable):
            break
        wait(WAIT_S)
        answer = secrets.load()
    return answer


def _read(held: str) -> Answer:
    try:
        secret = bytes.fromhex(held)
    except ValueError:
        return Unreadable("form")
    return Present(secret) if len(secret) == SECRET_BYTES else Unreadable("form")
