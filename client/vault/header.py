"""The header of a store, 448 bytes: two slots that may each hold the wrapped key, and a trailer with the wrong tries.

Formats of security.md 3.2, big-endian; an unused slot is all zero. A slot tells which factor fails before a PIN costs
anything, and without helping to guess the PIN: whose device's secret it was made with, whether it is damaged, whether
it asks for less work than the floor.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from client.vault.floors import WORK, Work
from client.vault.keys import Purpose, Whose, derived, mac, same, secret_check

SIZE: Final = 448
SLOT: Final = 192
BOUND: Final = 104
"""So many first bytes of a slot are bound to the wrapped key."""
_SLOT: Final = struct.Struct(">4sHHI16s16s16sQIHH16sI8s12s48s12x16s")
_SLOT_MAC: Final = 176
_TRAILER: Final = struct.Struct(">4sIQQ24x16s")
_TRAILER_MAC: Final = 48
_MAC: Final = 16
_MAGIC, _TRAILER_MAGIC, _FORMAT, _LIVE = b"KYH1", b"KYT1", 1, 1
_EMPTY: Final = bytes(SLOT)


class HeaderForeign(Exception):
    """A slot was not made with this device's secret: the secret is another one, or the header came from elsewhere."""


class HeaderDamaged(Exception):
    """A slot is not as it was written, or asks for less than the floors. The text says what."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One wrap of the store's key. ends: of the lease, Unix seconds; secret_no: which entry holds the secret."""

    gen: int
    whose: Whose
    lease: UUID
    ends: int
    work: Work
    salt: bytes
    secret_no: int
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong PINs in a row, and when the last was typed; `floor`: the latest time ever seen. Unix seconds."""

    wrong: int = 0
    last: int = 0
    floor: int = 0


def bound_bytes(slot: Slot, secret: bytes) -> bytes:
    """The first 104 bytes of a slot: all that is said before the wrapped key."""
    return _packed(slot, secret, b"")[:BOUND]


def written(slots: tuple[Slot | None, Slot | None], tries: Tries, secret: bytes) -> bytes:
    """A whole header, sealed with the device's secret."""
    key = derived(secret, Purpose.HEADER)
    return with_tries(b"".join(_EMPTY if slot is None else _packed(slot, secret, key) for slot in slots), tries, secret)


def with_tries(data: bytes, tries: Tries, secret: bytes) -> bytes:
    """A header with these wrong tries, its slots as they are."""
    trailer = _TRAILER.pack(_TRAILER_MAGIC, tries.wrong, tries.last, tries.floor, bytes(_MAC))[:_TRAILER_MAC]
    return data[: 2 * SLOT] + trailer + mac(derived(secret, Purpose.HEADER), trailer)[:_MAC]


def read_slots(data: bytes, secret: bytes, floor: Work = WORK) -> tuple[Slot | None, Slot | None]:
    """The sound slots in their places. A damaged one beside a sound one is None; the other opens the store.

    Raises HeaderForeign or HeaderDamaged where no slot is sound.
    """
    faults: list[Exception] = []
    found: list[Slot | None] = []
    for raw in _places(data):
        try:
            found.append(None if raw == _EMPTY else _read(raw, secret, floor))
        except (HeaderForeign, HeaderDamaged) as fault:
            faults.append(fault)
            found.append(None)
    if found == [None, None]:
        raise faults[0] if faults else HeaderDamaged("no slot")
    return found[0], found[1]


def secret_numbers(data: bytes) -> list[int]:
    """Which entries of the key store the slots say their secret lies in, the newest first; nothing of it is proved."""
    return sorted({_SLOT.unpack(raw)[12] for raw in _places(data) if raw != _EMPTY}, reverse=True)


def owner(data: bytes) -> Whose | None:
    """Whose store the slots say it is, by the device they were made on; nothing of it is proved."""
    users = (_SLOT.unpack(raw)[4:6] for raw in _places(data) if raw != _EMPTY)
    return next((Whose(UUID(bytes=user), UUID(bytes=device)) for user, device in users), None)


def lease_ids(data: bytes) -> list[UUID]:
    """The leases the slots say they were wrapped with; nothing of it is proved."""
    return [UUID(bytes=_SLOT.unpack(raw)[6]) for raw in _places(data) if raw != _EMPTY]


def read_tries(data: bytes, secret: bytes, worst: int) -> Tries:
    """The trailer; where it is damaged, `worst` wrong tries: a flipped bit gives nobody a try more."""
    magic, wrong, last, floor, sealed = _TRAILER.unpack(_sized(data)[2 * SLOT :])
    trailer = data[2 * SLOT :][:_TRAILER_MAC]
    if magic != _TRAILER_MAGIC or not same(sealed, mac(derived(secret, Purpose.HEADER), trailer)[:_MAC]):
        return Tries(worst)
    return Tries(wrong, last, floor)


def _places(data: bytes) -> Iterator[bytes]:
    _sized(data)
    return iter((data[:SLOT], data[SLOT : 2 * SLOT]))


def _sized(data: bytes) -> bytes:
    if len(data) != SIZE:
        raise HeaderDamaged("size")
    return data


def _packed(slot: Slot, secret: bytes, key: bytes) -> bytes:
    raw = _SLOT.pack(
        _MAGIC,
        _FORMAT,
        _LIVE,
        slot.gen,
        slot.whose.user.bytes,
        slot.whose.device.bytes,
        slot.lease.bytes,
        slot.ends,
        slot.work.kib,
        slot.work.passes,
        slot.work.lanes,
        slot.salt,
        slot.secret_no,
        secret_check(secret, slot.whose),
        slot.nonce,
        slot.wrapped,
        bytes(_MAC),
    )[:_SLOT_MAC]
    return raw + mac(key, raw)[:_MAC]


def _read(raw: bytes, secret: bytes, floor: Work) -> Slot:
    """One slot, checked in an order that names the failing factor."""
    said = _SLOT.unpack(raw)
    gen, user, device, lease, ends, kib, passes, lanes, salt, secret_no, check, nonce, wrapped, sealed = said[3:]
    if said[:3] != (_MAGIC, _FORMAT, _LIVE):
        raise HeaderDamaged("magic")
    whose = Whose(UUID(bytes=user), UUID(bytes=device))
    if not same(check, secret_check(secret, whose)):
        raise HeaderForeign
    if not same(sealed, mac(derived(secret, Purpose.HEADER), raw[:_SLOT_MAC])[:_MAC]):
        raise HeaderDamaged("seal")
    work = Work(kib, passes, lanes)
    if not work.reaches(floor):
        raise HeaderDamaged("floor")
    return Slot(gen, whose, UUID(bytes=lease), ends, work, salt, secret_no, nonce, wrapped)
