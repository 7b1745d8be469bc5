"""Sealed journals as a device writes them, record by record, for whoever has to read them."""

import hashlib
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol.digest import canonical
from sync.protocol.journal import NO_DIGEST, Head, Kind, record
from sync.protocol.lease import Stream
from sync.protocol.messages import Group, Item
from sync.protocol.outbox_key import OutboxKey
from sync.protocol.signed import base64url
from sync.server.push import sent


@dataclass(slots=True)
class Pen:
    """Writes the journal of one device. key: the school's; records: what has been written, each with all its bytes."""

    user: str
    device: str
    key: OutboxKey
    stream: UUID = field(default_factory=uuid4)
    signer: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    records: list[bytes] = field(default_factory=list[bytes])

    def told(self) -> Stream:
        """What the school is told of it."""
        return Stream(id=str(self.stream), key=base64url(self.signer.public_key().public_bytes_raw()))

    def write(self, *items: Item, void: bool = False) -> None:
        """Add a record of each group."""
        if not self.records:
            self._add(Kind.START, 0, b"{}")
        for item in items:
            body = canonical({"uid": self.user, "did": self.device, **sent(item)})
            self._add(Kind.VOID if void else Kind.GROUP, item.q, body)

    def take_back(self, q: int, rev: int = 1) -> None:
        """Add that a group was undone before it was sent."""
        self.write(Item(q=q, rev=rev, group=Group(at="2026-11-19T23:30:00.000Z", kind="void", ops=())), void=True)

    def scrawl(self, q: int, body: bytes) -> None:
        """Add a record of anything, sealed and signed as it should be."""
        self._add(Kind.GROUP, q, body)

    def data(self) -> bytes:
        """All of it."""
        return b"".join(self.records)

    def _add(self, kind: Kind, q: int, body: bytes) -> None:
        before = hashlib.sha256(self.records[-1]).digest() if self.records else NO_DIGEST
        head = Head(kind, self.key.kid, self.stream.bytes, len(self.records), q, before)
        self.records.append(record(head, body, self.key.seal, self.signer.sign))
