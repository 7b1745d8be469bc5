"""Opening a store: whose it is, its key, its tables; nothing is written unless all of it fits."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from client.store.database import Connection, StoreLock, connect, create_file, transaction
from client.store.errors import StoreDamaged, StoreForeign, StoreMissing
from client.store.examining import mark_of
from client.store.facts import Enrolment
from client.store.migrate import migrate
from client.store.partitions import enrol, enrolled
from client.store.schema import bring_up
from client.vault.aside import set_aside
from client.vault.errors import KeyMissing, KeyStoreUnreadable
from client.vault.files import remove
from client.vault.keystore import SECRET_BYTES, Absent, DeviceSecretStore, Present, Unreadable

FILE: Final = "store.db"
LOCK: Final = "store.lock"

Unlock = Callable[[], bytes]
"""Gives the key of a store that has a vault, while no other process has the store; raises what the vault raises."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A store that is ready. lock: held until it is closed."""

    path: Path
    key: bytes
    enrolment: Enrolment
    lock: StoreLock


def holds_store(profile: Path) -> bool:
    """Whether a store was made in this folder, and is still there."""
    path = profile / FILE
    return path.exists() and path.stat().st_size > 0


def set_store_aside(profile: Path, now: datetime) -> None:
    """Take a store that cannot be opened out of its folder, with its vault, into the quarantine; nothing is deleted.

    To be called by the `Unlock` that makes the next one, which has the folder to itself. Raises DiskRefused.
    """
    set_aside(profile, FILE, now)


def erase_store(profile: Path, secrets: DeviceSecretStore) -> None:
    """Take a store without a vault away for good, its key first: nobody reads what is left of it on the disk then.

    For one that holds nothing the school does not have. To be called as `set_store_aside`. Raises DiskRefused,
    KeyStoreUnreadable: nothing is gone then, or the key.
    """
    if not secrets.delete():
        raise KeyStoreUnreadable(reason="not deleted")
    for name in (f"{FILE}-shm", f"{FILE}-wal", FILE):
        remove(profile / name)
    remove(mark_of(profile / FILE))


def open_store(profile: Path, secrets: DeviceSecretStore | Unlock, enrolment: Enrolment | None) -> Opened:
    """Open the store in a folder, or make it for `enrolment`. secrets: where its key lies, or what gives it.

    Raises StoreBusy, KeyStoreUnreadable, KeyMissing, StoreMissing, StoreForeign, StoreTooNew, StoreDamaged, DiskFull,
    WriteFailed. A repeat is safe.
    """
    path = profile / FILE
    if enrolment is None and not path.exists():
        raise StoreMissing
    lock = StoreLock(profile / LOCK)
    try:
        key = (
            secrets()
            if callable(secrets)
            else _key(secrets, there=holds_store(profile), enrolling=enrolment is not None)
        )
        _refuse_damaged(path)
        create_file(path)
        connection = connect(path, key, writing=True)
        try:
            owner = _prepare(connection, enrolment)
        finally:
            connection.close()
    except BaseException:
        lock.release()
        raise
    return Opened(path, key, owner, lock)


def _refuse_damaged(path: Path) -> None:
    """Raise StoreDamaged where damage was found before; what is said of a store that is gone is forgotten."""
    if holds_store(path.parent) and mark_of(path).exists():
        raise StoreDamaged(reason="examined")
    remove(mark_of(path))


def _key(secrets: DeviceSecretStore, *, there: bool, enrolling: bool) -> bytes:
    """The key of the store. A new one is only made where there is neither a store nor a key."""
    match secrets.load():
        case Present(secret):
            return secret
        case Unreadable(reason):
            raise KeyStoreUnreadable(reason=reason)
        case Absent():
            if there:
                raise KeyMissing
            if not enrolling:
                raise StoreMissing
    fresh = os.urandom(SECRET_BYTES)
    if not secrets.store(fresh):
        raise KeyStoreUnreadable(reason="not kept")
    return fresh


def _prepare(connection: Connection, enrolment: Enrolment | None) -> Enrolment:
    """Bring the tables up and see whose store it is, in one transaction."""
    with transaction(connection):
        made = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
        owner = enrolled(connection) if made else None
        if owner is None and enrolment is None:
            raise StoreMissing
        migrate(connection)
        bring_up(connection)
        if owner is None:
            assert enrolment is not None
            enrol(connection, enrolment)
            return enrolment
        if enrolment is not None and _who(enrolment) != _who(owner):
            raise StoreForeign
        return owner


def _who(enrolment: Enrolment) -> tuple[str, str, str]:
    return enrolment.device, enrolment.user, enrolment.school
