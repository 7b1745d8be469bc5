"""One store's vault: made once, opened with a PIN, wrapped anew for each lease (security.md 3.3, 3.4, 3.6).

At whichever call of the system a write ends, one slot of the header still opens with what lies beside it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import NoReturn
from uuid import UUID

from client.vault import files, header, tries
from client.vault.anchor import Anchor
from client.vault.device_key import public_key
from client.vault.errors import (
    HeaderUnfit,
    LeaseNeeded,
    LeaseRefused,
    PinTooSoon,
    WrongPin,
)
from client.vault.finding import HEADER, Found, Places, find, header_data
from client.vault.floors import KEY_BYTES, SALT_BYTES, WORK, Work
from client.vault.header import HeaderDamaged, HeaderForeign, Slot, Tries
from client.vault.keys import (
    NONCE_BYTES,
    Purpose,
    Unopened,
    Whose,
    derived,
    same,
    seal,
    stretched,
    unseal,
    user_key,
    wrapping_key,
)
from client.vault.keystore import made_secret
from client.vault.lease_file import FILE, Lent, burn, lease_bytes, read_lease
from client.vault.lying import Lying
from client.vault.trust import Trust, shares_of
from sync.protocol.lease import Lease, LeaseAnswer
from sync.protocol.outbox_key import OutboxKey
from sync.protocol.signed import PublicKey


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


class Vault:
    """The vault in one folder. whose: the store's owner as it is now; places: the key store.

    chance: so many random bytes; work: what a guess of the PIN costs, and the floor that is held against.
    """

    def __init__(
        self, folder: Path, whose: Whose, places: Places, chance: Callable[[int], bytes], work: Work = WORK
    ) -> None:
        self._folder, self._whose, self._places, self._chance, self._work = folder, whose, places, chance, work
        self._path, self._lease_path = folder / HEADER, folder / FILE
        self._writing = Lock()
        """One write of the header at a time: a new lease may come while somebody changes their PIN."""

    @property
    def stands(self) -> bool:
        """Whether there is a header here."""
        return self._path.exists()

    def make(self, pin: str, answer: LeaseAnswer) -> Keys:
        """Make the vault for a store that does not exist yet; a header without a store is replaced.

        To be called by who has the store to itself, as everything here that writes. Raises LeaseRefused,
        KeyStoreUnreadable, DiskRefused. A repeat is safe.
        """
        lent = self._trust(self._whose).first(answer)
        secret = self._made_secret()
        salt = self._chance(SALT_BYTES)
        user = user_key(stretched(pin, salt, self._work), secret, salt, self._whose)
        before = Slot(0, self._whose, lent.id, lent.ends, self._work, salt, 1, b"", b"")
        keys = Keys(self._chance(KEY_BYTES), user, before)
        self._lay(lent, secret)
        slot = self._wrapped(keys, lent.id, lent.ends, lent.share, secret)
        files.write(self._path, header.written((slot, None), Tries(floor=lent.issued), secret))
        self._prove(slot, user, lent.share, secret)
        files.put_in_place(self._lease_path)
        return replace(keys, slot=slot)

    def unlock(self, pin: str, now: int, answer: LeaseAnswer | None = None) -> Keys:
        """Open with the PIN. now: Unix seconds. answer: the lease a sign-in has just brought, else the one lying here.

        Raises WrongPin, PinTooSoon, LeaseNeeded, LeaseRefused, ClockWrong, KeyMissing, KeyStoreUnreadable, HeaderUnfit,
        DiskRefused. What a factor that fails leaves behind is one more wrong try at most.
        """
        found = self._found()
        wait = tries.wait_s(found.tries, now)
        if wait:
            raise PinTooSoon(seconds=wait)
        lent = None if answer is None else self._taken(found, answer)
        shares = self._lying(found).holding(now, found.tries.floor) if answer is None else shares_of(answer.held)
        if not any(slot.lease in shares for slot in found.newest_first()):
            raise LeaseNeeded(reason="burned") if answer is None else LeaseRefused(reason="no share")
        counted = tries.counted(found.tries, now)
        files.write(self._path, header.with_tries(found.data, counted, found.secret))
        keys = self._opened(pin, found, shares)
        if keys is None:
            self._miss(counted)
        self._settle(found, keys, max(found.tries.floor, now if answer is None else 0))
        return keys if lent is None else self._renewed(self._found(), keys, lent)

    def renew(self, keys: Keys, answer: LeaseAnswer, granted: Collection[str] | None = None) -> Keys:
        """Wrap the store's key for a new lease; the keys that hold from now on. granted: as `Trust.take` takes it.

        Raises as `unlock` but for the PIN.
        """
        with self._writing:
            found = self._found()
            return self._renewed(found, keys, self._taken(found, answer, granted))

    def prove(self, keys: Keys, pin: str, now: int) -> None:
        """Have the PIN of an open store typed once more; wrong ones count as at `unlock`, and raise the same."""
        with self._writing:
            found = self._found()
            wait = tries.wait_s(found.tries, now)
            if wait:
                raise PinTooSoon(seconds=wait)
            counted = tries.counted(found.tries, now)
            files.write(self._path, header.with_tries(found.data, counted, found.secret))
            slot = keys.slot
            known = stretched(pin, slot.salt, slot.work)
            if not same(keys.user, user_key(known, found.secret, slot.salt, slot.whose)):
                self._miss(counted)
            files.write(self._path, header.with_tries(found.data, replace(found.tries, wrong=0), found.secret))

    def change_pin(self, keys: Keys, pin: str) -> Keys:
        """Wrap the store's key for another PIN; the keys that hold from now on. `prove`, or a sign-in, comes before.

        Until this returns the PIN of before opens the store, or the new one, or either. Raises as `renew`, LeaseNeeded.
        """
        with self._writing:
            found, slot = self._found(), keys.slot
            share, secret, salt = self._lying(found).share(slot.lease), found.secret, self._chance(SALT_BYTES)
            user = user_key(stretched(pin, salt, self._work), secret, salt, slot.whose)
            fresh = Keys(keys.dek, user, replace(slot, salt=salt, work=self._work))
            wrapped = self._wrapped(fresh, slot.lease, slot.ends, share, secret)
            return self._swapped(found, slot, replace(fresh, slot=wrapped), share, replace(found.tries, wrong=0))

    def leave(self, now: int) -> None:
        """Keep the latest time that was seen, and no lease that is over. now: Unix seconds. Raises as `lease`."""
        with self._writing:
            found = self._found()
            if now > found.tries.floor:
                settled = replace(found.tries, floor=now)
                files.write(self._path, header.with_tries(found.data, settled, found.secret))
            self._lying(found).end(now)

    def lease(self) -> Lease | None:
        """The lease that lies here and is believed. Raises as `unlock` but for the PIN."""
        found = self._found()
        leases = {UUID(lease.jti): lease for lease, _ in self._lying(found).believed()}
        return next((leases[slot.lease] for slot in found.newest_first() if slot.lease in leases), None)

    def outbox_key(self) -> OutboxKey | None:
        """The school's key that journals are sealed to; None where it has given none. Raises as `lease`."""
        return self._trust(self._found().made_for).outbox_key()

    def anchor(self, keys: Keys, device: UUID) -> Anchor:
        """What remembers how far the store has come, as this device."""
        return Anchor(self._places(f"{device}/anchor"), keys.dek, device)

    def device_key(self, device: UUID) -> PublicKey:
        """The public half of what this device signs with, made at the first call. Raises KeyStoreUnreadable."""
        return public_key(made_secret(self._places(f"{device}/key"), lambda: self._chance(KEY_BYTES)))

    def leases_named(self) -> list[UUID]:
        """The leases the header is wrapped with, to be named to the server. Raises HeaderUnfit, DiskRefused."""
        return header.lease_ids(header_data(self._path))

    def tries_left(self) -> int:
        """How many wrong PINs burn the lease. Raises as `unlock` but for the PIN."""
        return tries.left(self._found().tries)

    # -- within -------------------------------------------------------------------------------------------------------

    def _trust(self, made_for: Whose) -> Trust:
        return Trust(self._folder, (self._whose, made_for), self._places(f"{made_for.device}/root"))

    def _taken(self, found: Found, answer: LeaseAnswer, granted: Collection[str] | None = None) -> Lent:
        """The lease that came, checked: none older than the one that lies here."""
        newest = max((lease.n for lease, _ in self._lying(found).believed()), default=0)
        return self._trust(found.made_for).take(answer, newest, granted)

    def _lay(self, lent: Lent, secret: bytes) -> None:
        """Keep a lease beside the one in use."""
        files.prepare(self._lease_path, lease_bytes(lent.token, lent.share, secret, self._chance(NONCE_BYTES)))

    def _renewed(self, found: Found, keys: Keys, lent: Lent) -> Keys:
        secret = found.secret
        settled = replace(found.tries, floor=lent.issued)  # the one word that may set back a time seen too high
        self._lay(lent, secret)
        slot = self._wrapped(keys, lent.id, lent.ends, lent.share, secret)
        return self._swapped(found, keys.slot, replace(keys, slot=slot), lent.share, settled)

    def _swapped(self, found: Found, old: Slot, keys: Keys, share: bytes, settled: Tries) -> Keys:
        """Put a new slot beside the old one, prove it, take the old one away; a lease laid beside goes with it."""
        slot, secret = keys.slot, found.secret
        first = found.slots[1] == old
        both = (slot, old) if first else (old, slot)
        files.write(self._path, header.written(both, settled, secret))
        self._prove(slot, keys.user, share, secret)
        if slot.lease != old.lease:
            files.put_in_place(self._lease_path)
        files.write(self._path, header.written((slot, None) if first else (None, slot), settled, secret))
        return keys

    def _miss(self, counted: Tries) -> NoReturn:
        """The PIN was wrong. Raises WrongPin, or LeaseNeeded where it was one too many."""
        if tries.burns(counted):
            burn(self._folder)
            raise LeaseNeeded(reason="burned")
        raise WrongPin(left=tries.left(counted))

    def _found(self) -> Found:
        return find(self._path, self._places, self._work)

    def _made_secret(self) -> bytes:
        """The secret of this device."""
        return made_secret(self._places(f"{self._whose.device}/ds/1"), lambda: self._chance(KEY_BYTES))

    def _lying(self, found: Found) -> Lying:
        return Lying(self._folder, self._trust(found.made_for), found.secret)

    def _opened(self, pin: str, found: Found, shares: Mapping[UUID, bytes]) -> Keys | None:
        """The newest slot that opens. The PIN is stretched once: slots of one vault share their salt."""
        users: dict[bytes, bytes] = {}
        for slot in found.newest_first():
            share = shares.get(slot.lease)
            if share is None or slot.whose.user != self._whose.user:
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

    def _settle(self, found: Found, keys: Keys, floor: int) -> None:
        """Finish what a write that was ended had begun, and forget the wrong tries. floor: the latest time seen."""
        beside = files.beside(self._lease_path)
        fresh = read_lease(beside, found.secret)
        if fresh is not None:
            lease = self._trust(found.made_for).lease(fresh[0])
            if lease is not None and UUID(lease.jti) == keys.slot.lease:
                files.put_in_place(self._lease_path)
        alone = (keys.slot, None) if found.slots[0] == keys.slot else (None, keys.slot)
        files.write(self._path, header.written(alone, Tries(floor=floor), found.secret))
        files.remove(beside)

    def _wrapped(self, keys: Keys, lease: UUID, ends: int, share: bytes, secret: bytes) -> Slot:
        """The slot that follows the one in use, for a lease."""
        gen, nonce = keys.slot.gen + 1, self._chance(NONCE_BYTES)
        slot = replace(keys.slot, gen=gen, lease=lease, ends=ends, nonce=nonce, wrapped=b"")
        key = wrapping_key(keys.user, share, lease, slot.whose, gen)
        return replace(slot, wrapped=seal(key, nonce, keys.dek, header.bound_bytes(slot, secret)))

    def _unwrapped(self, slot: Slot, user: bytes, share: bytes, secret: bytes) -> bytes:
        key = wrapping_key(user, share, slot.lease, slot.whose, slot.gen)
        return unseal(key, slot.nonce, slot.wrapped, header.bound_bytes(slot, secret))

    def _prove(self, slot: Slot, user: bytes, share: bytes, secret: bytes) -> None:
        """Open what was just written, as it lies on the disk. Raises HeaderUnfit."""
        try:
            if slot in header.read_slots(header_data(self._path), secret, self._work):
                self._unwrapped(slot, user, share, secret)
                return
        except (HeaderDamaged, HeaderForeign, Unopened) as error:
            raise HeaderUnfit(reason="not kept") from error
        raise HeaderUnfit(reason="not kept")
