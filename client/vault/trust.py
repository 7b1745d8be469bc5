"""Whose leases are believed: the server's root is fixed when a store is made, and vouches for the keys that sign.

What is kept beside the store is checked each time it is read; only the root's thumbprint lies in the key store.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Final
from uuid import UUID

from client.vault import files
from client.vault.errors import KeyStoreUnreadable, LeaseRefused
from client.vault.floors import LEASE_MOST_S
from client.vault.keys import Whose
from client.vault.keystore import Absent, DeviceSecretStore, Present, Unreadable
from client.vault.lease_file import Lent
from sync.protocol.lease import Lease, LeaseAnswer, LentShare, lease_of, share_of
from sync.protocol.outbox_key import OutboxKey, outbox_key_of
from sync.protocol.signed import Forged, keys_of, root_of, unpadded

KEYS_FILE: Final = "keys.jws"


class Trust:
    """What is believed about one store's server. root: where the thumbprint of its root is kept.

    owners: whom leases may be for; two where the store has become a device of its own since its vault was made.
    """

    def __init__(self, folder: Path, owners: Collection[Whose], root: DeviceSecretStore) -> None:
        self._folder, self._owners, self._root = folder, owners, root

    def first(self, answer: LeaseAnswer) -> Lent:
        """Take the lease a new store is made with, and fix the root for good.

        Raises LeaseRefused, KeyStoreUnreadable, DiskRefused. A repeat is safe.
        """
        try:
            thumbprint = root_of(answer.keys).thumbprint()
        except Forged as error:
            raise LeaseRefused(reason=str(error)) from error
        lent = self._take(answer, thumbprint)
        if self._root.load() != Present(thumbprint) and not self._root.store(thumbprint):
            raise KeyStoreUnreadable(reason="not kept")
        files.make_folder(self._folder)
        files.write(self._folder / KEYS_FILE, answer.keys.encode("ascii"))
        return lent

    def take(self, answer: LeaseAnswer, newest: int = 0, granted: Collection[str] | None = None) -> Lent:
        """Take a later lease. newest: the number of the one before. granted: what its user may read, where that is
        known; a take-out lets out nothing else.

        Raises LeaseRefused, KeyStoreUnreadable, DiskRefused.
        """
        lent = self._take(answer, self._thumbprint(), newest, granted)
        files.write(self._folder / KEYS_FILE, answer.keys.encode("ascii"))
        return lent

    def lease(self, token: str) -> Lease | None:
        """The lease in a token that was kept; None where it cannot be believed.

        Raises KeyStoreUnreadable, DiskRefused.
        """
        thumbprint = self._thumbprint()
        document = files.read(self._folder / KEYS_FILE) or b""
        try:
            return self._own(lease_of(token, keys_of(document.decode("ascii", "replace"), thumbprint)))
        except Forged:
            return None

    def outbox_key(self) -> OutboxKey | None:
        """The key journals are sealed to; None where the server has given none, or it cannot be believed.

        Raises KeyStoreUnreadable, DiskRefused.
        """
        thumbprint = self._thumbprint()
        document = files.read(self._folder / KEYS_FILE) or b""
        try:
            return outbox_key_of(document.decode("ascii", "replace"), thumbprint)
        except Forged:
            return None

    def _take(
        self, answer: LeaseAnswer, thumbprint: bytes, newest: int = 0, granted: Collection[str] | None = None
    ) -> Lent:
        try:
            lease = self._own(lease_of(answer.lease, keys_of(answer.keys, thumbprint)))
            share = share_of(lease, answer.share)
        except Forged as error:
            raise LeaseRefused(reason=str(error)) from error
        if lease.n <= newest:
            raise LeaseRefused(reason="older")
        if lease.kind == "takeout" and granted is not None and not set(granted).issuperset(lease.scopes):
            raise LeaseRefused(reason="scopes")
        return Lent(UUID(lease.jti), lease.iat, lease.exp, answer.lease, share)

    def _own(self, lease: Lease) -> Lease:
        """The lease, when it is for this device and no longer than any may be. Raises Forged."""
        if Whose(UUID(lease.sub), UUID(lease.aud)) not in self._owners:
            raise Forged("device")
        if not 0 < lease.exp - lease.iat <= LEASE_MOST_S:
            raise Forged("length")
        return lease

    def _thumbprint(self) -> bytes:
        match self._root.load():
            case Present(thumbprint):
                return thumbprint
            case Absent():
                raise KeyStoreUnreadable(reason="no root")
            case Unreadable(reason):
                raise KeyStoreUnreadable(reason=reason)


def shares_of(held: tuple[LentShare, ...]) -> dict[UUID, bytes]:
    """Shares of earlier leases by their ids; whether one fits is seen by whether it opens. Raises LeaseRefused."""
    try:
        return {UUID(lent.lease): unpadded(lent.share) for lent in held}
    except Forged as error:
        raise LeaseRefused(reason=str(error)) from error
