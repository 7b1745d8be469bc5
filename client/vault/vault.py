"""One store's vault: made once, opened with a PIN, wrapped anew for each lease (security.md 3.3, 3.4, 3.6).

At whichever call of the system a write ends, one slot of the header still opens with what lies beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from uuid import UUID

from client.vault import files, header, tries
from client.vault.errors import HeaderUnfit, KeyMissing, KeyStoreUnreadable, LeaseNeeded, PinTooSoon, WrongPin
from client.vault.floors import KEY_BYTES, SALT_BYTES, WORK, Work
from client.vault.header import HeaderDamaged, HeaderForeign, Slot, Tries
from client.vault.keys import (
    NONCE_BYTES,
    Purpose,
    Unopened,
    Whose,
    derived,
    seal,
    stretched,
    unseal,
    user_key,
    wrapping_key,
)
from client.vault.keystore import Absent, DeviceSecretStore, Present, Unreadable
from client.vault.lease_file import FILE, Lent, burn, lease_bytes, read_lease
from client.vault.trust import Trust
from sync.protocol.errors import ClockWrong
from sync.protocol.lease import Lease

HEADER: Final = "header.bin"
BACK_MOST_S: Final = 300
"""A clock that is further behind what it has shown before is not believed."""

Places = Callable[[str], DeviceSecretStore]
"""Where a secret lies, by its name: `<device>/ds/1`, `<device>/root`."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What the process holds while somebody works: the store's own key, and what a new lease is wrapped with."""

    dek: bytes
    user: bytes
    slot: Slot

    @property
    def database(self) -> bytes:
        """The key of the encrypted file."""
        return derived(self.dek, Purpose.DATABASE)

    def __repr__(self) -> str:
        return "Keys(…)"


@dataclass(frozen=True, slots=True)
class _Found:
    """A header as it lies there, with the secret that seals it."""

    data: bytes
    secret: bytes
    slots: tuple[Slot | None, Slot | None]
    tries: Tries

    def newest_first(self) -> list[Slot]:
        return sorted((slot for slot in self.slots if slot), key=lambda slot: slot.gen, reverse=True)


class Vault:
    """The vault in one folder. chance: so many random bytes; work: what a guess of the PIN costs, and its floor."""

    def __init__(
        self, folder: Path, whose: Whose, places: Places, chance: Callable[[int], bytes], work: Work = WORK
    ) -> None:
        self._folder, self._whose, self._places, self._chance, self._work = folder, whose, places, chance, work
        self._path = folder / HEADER
        self.trust = Trust(folder, whose, places(f"{whose.device}/root"))

    @property
    def stands(self) -> bool:
        """Whether there is a header here."""
        return self._path.exists()

    def make(self, pin: str, lent: Lent) -> Keys:
        """Make the vault for a store that does not exist yet; a header without a store is replaced.

        To be called by who has the store to itself, as everything here that writes. Raises KeyStoreUnreadable,
        DiskRefused. A repeat is safe.
        """
        secret = self._made_secret()
        salt = self._chance(SALT_BYTES)
        user = user_key(stretched(pin, salt, self._work), secret, salt, self._whose)
        dek = self._chance(KEY_BYTES)
        files.prepare(self._folder / FILE, lease_bytes(lent.token, lent.share, secret, self._chance(NONCE_BYTES)))
        before = Slot(0, self._whose, lent.id, lent.ends, self._work, salt, 1, b"", b"")
        slot = self._wrapped(before, Keys(dek, user, before), lent, secret)
        files.write(self._path, header.written((slot, None), Tries(floor=lent.issued), secret))
        self._prove(slot, user, lent.share, secret)
        files.put_in_place(self._folder / FILE)
        return Keys(dek, user, slot)

    def unlock(self, pin: str, now: int, shares: Mapping[UUID, bytes] | None = None) -> Keys:
        """Open with the PIN. now: Unix seconds. shares: of leases, as a sign-in has brought them; else what lies here.

        Raises WrongPin, PinTooSoon, LeaseNeeded, ClockWrong, KeyMissing, KeyStoreUnreadable, HeaderUnfit, DiskRefused.
        What a factor that fails leaves behind is one more wrong try at most.
        """
        found = self._found()
        wait = tries.wait_s(found.tries, now)
        if wait:
            raise PinTooSoon(seconds=wait)
        lying = shares if shares is not None else self._lying(found, now)
        counted = tries.counted(found.tries, now)
        files.write(self._path, header.with_tries(found.data, counted, found.secret))
        keys = self._opened(pin, found, lying)
        if keys is None:
            if tries.burns(counted):
                burn(self._folder)
                raise LeaseNeeded(reason="burned")
            raise WrongPin(left=tries.left(counted))
        self._settle(found, keys, Tries(floor=found.tries.floor if shares else max(found.tries.floor, now)))
        return keys

    def renew(self, keys: Keys, lent: Lent) -> Keys:
        """Wrap the store's key for a new lease; the keys that hold from now on. Raises as `unlock` but for the PIN."""
        found = self._found()
        settled = replace(found.tries, floor=lent.issued)  # the one word that may set back a time seen too high
        files.prepare(self._folder / FILE, lease_bytes(lent.token, lent.share, found.secret, self._chance(NONCE_BYTES)))
        slot = self._wrapped(keys.slot, keys, lent, found.secret)
        both = (slot, keys.slot) if found.slots[1] == keys.slot else (keys.slot, slot)
        files.write(self._path, header.written(both, settled, found.secret))
        self._prove(slot, keys.user, lent.share, found.secret)
        files.put_in_place(self._folder / FILE)
        alone = (slot, None) if both[0] == slot else (None, slot)
        files.write(self._path, header.written(alone, settled, found.secret))
        return replace(keys, slot=slot)

    def lease(self) -> Lease | None:
        """The lease that lies here and is believed. Raises as `unlock` but for the PIN."""
        found = self._found()
        leases = {UUID(lease.jti): lease for lease, _ in self._leases(found.secret)}
        return next((leases[slot.lease] for slot in found.newest_first() if slot.lease in leases), None)

    def leases_named(self) -> list[UUID]:
        """The leases the header is wrapped with, to be named to the server. Raises HeaderUnfit, DiskRefused."""
        return header.lease_ids(self._data())

    def tries_left(self) -> int:
        """How many wrong PINs burn the lease. Raises as `unlock` but for the PIN."""
        return tries.left(self._found().tries)

    # -- within -------------------------------------------------------------------------------------------------------

    def _data(self) -> bytes:
        data = files.read(self._path)
        if data is None or len(data) != header.SIZE:
            raise HeaderUnfit(reason="size" if data else "missing")
        return data

    def _found(self) -> _Found:
        data = self._data()
        numbers = header.secret_numbers(data)
        if not numbers:
            raise HeaderUnfit(reason="no slot")
        secret = self._secret(numbers[0])
        try:
            slots = header.read_slots(data, secret, self._work)
        except HeaderForeign as error:
            raise KeyMissing(reason="another") from error
        except HeaderDamaged as error:
            raise HeaderUnfit(reason=str(error)) from error
        worst = tries.BURNED_AFTER - 1
        return _Found(data, secret, slots, header.read_tries(data, secret, worst))

    def _secret(self, number: int) -> bytes:
        """The secret the header was sealed with: where it is not, nothing is written."""
        match self._places(f"{self._whose.device}/ds/{number}").load():
            case Present(secret):
                return secret
            case Absent():
                raise KeyMissing
            case Unreadable(reason):
                raise KeyStoreUnreadable(reason=reason)

    def _made_secret(self) -> bytes:
        """The secret of this device, made where the key store says that there is none."""
        place = self._places(f"{self._whose.device}/ds/1")
        match place.load():
            case Present(secret):
                return secret
            case Unreadable(reason):
                raise KeyStoreUnreadable(reason=reason)
            case Absent():
                fresh = self._chance(KEY_BYTES)
        if not place.store(fresh):
            raise KeyStoreUnreadable(reason="not kept")
        return fresh

    def _leases(self, secret: bytes) -> list[tuple[Lease, bytes]]:
        """Each lease on the disk that is believed, with its share."""
        kept = (read_lease(path, secret) for path in (self._folder / FILE, files.beside(self._folder / FILE)))
        both = ((self.trust.lease(token), share) for token, share in filter(None, kept))
        return [(lease, share) for lease, share in both if lease is not None]

    def _lying(self, found: _Found, now: int) -> dict[UUID, bytes]:
        """The shares of leases that hold now. Raises LeaseNeeded, ClockWrong."""
        if now < found.tries.floor - BACK_MOST_S:
            raise ClockWrong
        leases = self._leases(found.secret)
        if not leases:
            raise LeaseNeeded(reason="burned")
        holding = {UUID(lease.jti): share for lease, share in leases if lease.holds(max(now, found.tries.floor))}
        if not holding:
            if all(lease.exp <= now for lease, _ in leases):
                burn(self._folder)
            raise LeaseNeeded(reason="over")
        return holding

    def _opened(self, pin: str, found: _Found, shares: Mapping[UUID, bytes]) -> Keys | None:
        """The newest slot that opens. The PIN is stretched once: slots of one vault share their salt."""
        users: dict[bytes, bytes] = {}
        for slot in found.newest_first():
            share = shares.get(slot.lease)
            if share is None or slot.whose != self._whose:
                continue
            if slot.salt not in users:
                known = stretched(pin, slot.salt, slot.work)
                users[slot.salt] = user_key(known, found.secret, slot.salt, slot.whose)
            user = users[slot.salt]
            try:
                return Keys(self._unwrapped(slot, user, share, found.secret), user, slot)
            except Unopened:
                continue
        return None

    def _settle(self, found: _Found, keys: Keys, now: Tries) -> None:
        """Finish what a write that was ended had begun, and forget the wrong tries."""
        fresh = read_lease(files.beside(self._folder / FILE), found.secret)
        if fresh is not None:
            lease = self.trust.lease(fresh[0])
            if lease is not None and UUID(lease.jti) == keys.slot.lease:
                files.put_in_place(self._folder / FILE)
        alone = (keys.slot, None) if found.slots[0] == keys.slot else (None, keys.slot)
        files.write(self._path, header.written(alone, now, found.secret))
        files.remove(files.beside(self._folder / FILE))

    def _wrapped(self, before: Slot, keys: Keys, lent: Lent, secret: bytes) -> Slot:
        """The slot that follows `before`, for a new lease."""
        gen, nonce = before.gen + 1, self._chance(NONCE_BYTES)
        slot = replace(before, gen=gen, lease=lent.id, ends=lent.ends, nonce=nonce, wrapped=b"")
        key = wrapping_key(keys.user, lent.share, lent.id, self._whose, gen)
        return replace(slot, wrapped=seal(key, nonce, keys.dek, header.bound_bytes(slot, secret)))

    def _unwrapped(self, slot: Slot, user: bytes, share: bytes, secret: bytes) -> bytes:
        key = wrapping_key(user, share, slot.lease, slot.whose, slot.gen)
        return unseal(key, slot.nonce, slot.wrapped, header.bound_bytes(slot, secret))

    def _prove(self, slot: Slot, user: bytes, share: bytes, secret: bytes) -> None:
        """Open what was just written, as it lies on the disk. Raises HeaderUnfit."""
        try:
            if slot in header.read_slots(self._data(), secret, self._work):
                self._unwrapped(slot, user, share, secret)
                return
        except (HeaderDamaged, HeaderForeign, Unopened) as error:
            raise HeaderUnfit(reason="not kept") from error
        raise HeaderUnfit(reason="not kept")
