"""How stores of this PC are protected: their vaults, and what is asked of the school for them, and when again."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from client.unlock.record import Known
from client.vault.anchor import Reach
from client.vault.errors import DiskRefused, KeyMissing, KeyStoreUnreadable
from client.vault.finding import Places
from client.vault.floors import WORK, Work
from client.vault.journal import Hand
from client.vault.keys import Whose
from client.vault.stream import hand_of, stream_of
from client.vault.vault import Keys, Vault
from client.workspace import Clock, Workspace
from sync.errors import Defect
from sync.protocol.lease import Lease, LeaseAnswer, LeaseRequest, Stream
from sync.protocol.signed import PublicKey

_WINDOW_LEFT_S: Final = 1_800
_log = logging.getLogger("keyaki.unlock")


@dataclass(frozen=True, slots=True)
class Protection:
    """places: (folder of a store) -> its places in the key store. chance: random bytes. work: what a guess costs.

    hint: the PIN of a sample school, which its screens tell everybody.
    """

    places: Callable[[Path], Places]
    chance: Callable[[int], bytes]
    clock: Clock
    work: Work = WORK
    hint: str = ""

    def vault(self, folder: Path, known: Known) -> Vault:
        """The vault of a store, whether it stands already or not."""
        whose = Whose(UUID(known.user), UUID(known.device))
        return Vault(folder, whose, self.places(folder), self.chance, self.work)

    def now(self) -> int:
        """Unix seconds."""
        return int(self.clock().timestamp())


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A vault that is open: what a new lease is wrapped with, and the one that holds."""

    vault: Vault
    keys: Keys
    lease: Lease | None

    def is_due(self, now: int) -> bool:
        """Whether a new lease is to be asked for: a quarter is used, or the present window is nearly over."""
        lease = self.lease
        if lease is None or now >= lease.iat + (lease.exp - lease.iat) // 4:
            return True
        return not any(since <= now < until - _WINDOW_LEFT_S for since, until in lease.win)

    def with_pin(self, old: str, new: str, now: int) -> "Unlocked":
        """Open with another PIN from now on. Raises as `Vault.prove` and `Vault.change_pin`; the old one opens then."""
        self.vault.prove(self.keys, old, now)
        return Unlocked(self.vault, self.vault.change_pin(self.keys, new), self.lease)

    def proven(self, pin: str, now: int) -> "Unlocked":
        """Stay open when the PIN is typed once more. Raises as `Vault.prove`."""
        self.vault.prove(self.keys, pin, now)
        return self

    def renewed(self, answer: LeaseAnswer, granted: Collection[str] | None = None) -> "Unlocked":
        """Open with the new lease from now on. granted: what its user may read. Raises as `Vault.renew`."""
        keys = self.vault.renew(self.keys, answer, granted)
        return Unlocked(self.vault, keys, self.vault.lease())

    def check(self, workspace: Workspace) -> None:
        """See that a store that was just opened goes as far as it once did. Raises StoreRolledBack."""
        found = workspace.copies.found
        if found is not None:
            self.vault.anchor(self.keys, UUID(workspace.enrolment.device)).check(found)

    def remember(self, device: str, reach: Reach, now: int) -> bool:
        """Have the key store remember how far the store has come; False where it refuses. now: Unix seconds."""
        return self.vault.anchor(self.keys, UUID(device)).keep(reach, now)

    def stream(self, device: str) -> Stream:
        """The store's journal, as the school has to know it. device: which the store is now."""
        return stream_of(self.keys.dek, UUID(device))

    def hands(self) -> Callable[[UUID], Hand | None]:
        """Whose hand writes that journal, for a device; nobody's where the school has given no key to seal to."""
        try:
            key, dek = self.vault.outbox_key(), self.keys.dek
        except (KeyStoreUnreadable, DiskRefused) as error:
            _log.warning("no journal for now: %s", error)
            return lambda _: None
        return lambda device: None if key is None else hand_of(dek, device, key)


def device_key(vault: Vault, device: str) -> PublicKey | None:
    """What a device signs with; None while the key store does not answer. device: which the store is now."""
    try:
        return vault.device_key(UUID(device))
    except KeyStoreUnreadable as error:
        _log.info("the device has no key for now: %s", error)
        return None


def request_for(vault: Vault, stream: Stream | None = None, key: PublicKey | None = None) -> LeaseRequest:
    """What the school is asked for one vault. stream: its journal, which is known once the vault is open. key: what the
    device signs with.

    Raises HeaderUnfit, DiskRefused.
    """
    if not vault.stands:
        return LeaseRequest(key=key)
    try:
        lying = vault.lease()
    except (KeyMissing, KeyStoreUnreadable):  # what is here will be said when it is opened
        lying = None
    held = tuple(map(str, vault.leases_named()))
    return LeaseRequest(held=held, newest=lying.n if lying else 0, stream=stream, key=key)


class Opening:
    """One try to make or open a vault; called by the store once nobody else has it."""

    def __init__(self, act: Callable[[], Keys]) -> None:
        self._act = act
        self._keys: Keys | None = None

    def __call__(self) -> bytes:
        """The key of the store's file. Raises what the vault raises."""
        self._keys = self._act()
        return self._keys.database

    def unlocked(self, vault: Vault) -> Unlocked:
        """The vault, once its store has been opened."""
        if self._keys is None:
            raise Defect(assumed="a store asks for its key before it is open")
        return Unlocked(vault, self._keys, vault.lease())
