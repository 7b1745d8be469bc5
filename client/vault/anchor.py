"""Remembers in the key store how far a store had come, so that older copies of its files are noticed (security.md 3.5).

A copy of the database alone, or of the journal alone, is made up for by the other; only where neither goes as far as
the anchor says have both been put back. The anchor follows what is on the disk already, so a kill, a lost write of it
or an older key store leaves it behind the files, never before them.
"""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from client.vault.errors import StoreRolledBack
from client.vault.keys import Purpose, derived, mac, same
from client.vault.keystore import DeviceSecretStore, Present
from client.vault.stream import name_of

_VERSION: Final = 1
_MAC_BYTES: Final = 16
_BODY: Final = struct.Struct(">B5s5s5s")
"""Version, number of the journal's last record plus 1, highest number of a group, Unix seconds. With its MAC an anchor
is as long as a secret, and lies in the same kind of place.
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a store has come. jseq: number of the journal's last record, -1 before the first. q: the highest of a
    group.
    """

    jseq: int = -1
    q: int = 0

    def further(self, other: "Reach") -> "Reach":
        """As far as either has come."""
        return Reach(max(self.jseq, other.jseq), max(self.q, other.q))


class Anchor:
    """The anchor of one device's store. place: its own in the key store; dek: the store's key."""

    def __init__(self, place: DeviceSecretStore, dek: bytes, device: UUID) -> None:
        self._place, self._key = place, derived(dek, Purpose.ANCHOR)
        self._bound = name_of(dek, device).bytes

    def check(self, found: Reach) -> None:
        """Raise StoreRolledBack where a store that was just opened does not go as far as it once did.

        An anchor that is absent, unreadable or not of this store says nothing.
        """
        held = self._held()
        if held is not None and held[0].further(found) != found:
            seen = datetime.fromtimestamp(held[1], UTC).astimezone()
            raise StoreRolledBack(seen=f"{seen:%Y-%m-%d %H:%M}")

    def keep(self, reach: Reach, now: int) -> bool:
        """Remember how far the store has come, which is on the disk; True when it is remembered. now: Unix seconds.

        An anchor never goes back: where it is ahead, the next opening tells.
        """
        held = self._held()
        furthest = reach if held is None else held[0].further(reach)
        if held is not None and furthest == held[0]:
            return True
        body = _BODY.pack(_VERSION, *(n.to_bytes(5, "big") for n in (furthest.jseq + 1, furthest.q, now)))
        data = body + self._mac(body)
        return self._place.store(data) or (self._place.delete() and self._place.store(data))

    def _held(self) -> tuple[Reach, int] | None:
        answer = self._place.load()
        if not isinstance(answer, Present):
            return None
        body, sealed = answer.secret[: _BODY.size], answer.secret[_BODY.size :]
        if body[0] != _VERSION or not same(sealed, self._mac(body)):
            return None
        jseq, q, seen = (int.from_bytes(raw, "big") for raw in _BODY.unpack(body)[1:])
        return Reach(jseq - 1, q), seen

    def _mac(self, body: bytes) -> bytes:
        return mac(self._key, self._bound + body)[:_MAC_BYTES]
