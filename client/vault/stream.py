"""The stream a store's journal is: its name, the key its records are signed with, and the hand that writes them."""

from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from client.vault.journal import Hand
from client.vault.keys import Purpose, derived, hkdf
from sync.protocol.journal import STREAM_BYTES, Head
from sync.protocol.lease import Stream
from sync.protocol.outbox_key import OutboxKey
from sync.protocol.signed import base64url

_NAME: Final = b"keyaki/v1/journal-stream"


def name_of(dek: bytes, device: UUID) -> UUID:
    """The stream's id: another for each key of a store, and for each device, whose groups are numbered from 1 again.

    It is derived, not kept: whatever becomes of the database, the journal beside it is known as its own or another's.
    """
    return UUID(bytes=hkdf(dek, device.bytes, _NAME)[:STREAM_BYTES])


def stream_of(dek: bytes, device: UUID) -> Stream:
    """What the school has to know of a stream, to read it when nobody else can."""
    public = _signer(dek).public_key().public_bytes_raw()
    return Stream(id=str(name_of(dek, device)), key=base64url(public))


def hand_of(dek: bytes, device: UUID, key: OutboxKey) -> Hand:
    """Who writes the stream. key: the school's, so that nobody here reads what has been written."""
    signer = _signer(dek)
    public = signer.public_key()

    def signed(_: Head, digest: bytes, signature: bytes) -> bool:
        try:
            public.verify(signature, digest)
        except InvalidSignature:
            return False
        return True

    return Hand(name_of(dek, device).bytes, key.kid, key.seal, signer.sign, signed)


def _signer(dek: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derived(dek, Purpose.JOURNAL))
