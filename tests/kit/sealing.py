"""A school that journals are sealed to, and that reads them, as its server would."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from client.store.copyist import Hands
from client.vault.segments import content, segments
from client.vault.stream import hand_of
from sync.protocol.journal import Kind, body_of, entries
from sync.protocol.outbox_key import SUITE, OutboxKey
from sync.protocol.signed import base64url

DEK = bytes(range(32))
"""The key of a store whose vault is not what is tested."""


@dataclass(frozen=True, slots=True)
class Told:
    """A record that was opened."""

    kind: Kind
    jseq: int
    q: int
    body: dict[str, Any]

    @property
    def rev(self) -> int:
        """Which version of its group it is."""
        return self.body["rev"]


@dataclass
class Reader:
    """The school's half: one pair of keys."""

    kid: int = 20261126
    pair: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)

    @property
    def key(self) -> OutboxKey:
        """What is sealed to."""
        return OutboxKey(kid=self.kid, x=base64url(self.pair.public_key().public_bytes_raw()))

    def hands(self, dek: bytes = DEK) -> Hands:
        """The hands of a store with this key."""
        return lambda device: hand_of(dek, device, self.key)

    def told(self, paths: Iterable[Path], device: str, dek: bytes = DEK) -> list[Told]:
        """All records of a device's journal but its beginning; each is whole, signed and opens."""
        hand = hand_of(dek, UUID(device), self.key)
        found = list(entries(b"".join(content(path) for path in paths), hand.signed))
        assert {entry.head.stream for entry in found} <= {hand.stream}
        return [
            Told(head.kind, head.jseq, head.q, json.loads(body_of(SUITE.decrypt(entry.sealed, self.pair, entry.info))))
            for entry in found
            if (head := entry.head).kind is not Kind.START
        ]

    def beside(self, folder: Path, device: str, dek: bytes = DEK) -> dict[int, Told]:
        """The newest record of each group in the journal beside a store."""
        newest: dict[int, Told] = {}
        for each in self.told(segments(folder), device, dek):
            if each.q not in newest or each.rev >= newest[each.q].rev:
                newest[each.q] = each
        return newest
