"""A journal's keys: the school's, to which all can seal and which it alone can open, and the device's, that signs."""

from typing import Annotated, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from pydantic import Field

from sync.protocol.errors import BadBody
from sync.protocol.form import Answer
from sync.protocol.journal import Head, Signed
from sync.protocol.messages import read
from sync.protocol.signed import Forged, unpadded, vouched

SUITE: Final = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class OutboxKey(Answer):
    """A public key of X25519, in base64url; `kid` names it, and a newer one has a higher name."""

    kid: Annotated[int, Field(strict=True, ge=0, lt=2**32)]
    x: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]

    def seal(self, info: bytes, plain: bytes) -> bytes:
        """What the server alone can read, bound to `info`; SEAL_BYTES longer than `plain`."""
        return SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(unpadded(self.x)), info)


class _Keys(Answer):
    outbox: OutboxKey | None = None


def outbox_key_of(document: str, thumbprint: bytes) -> OutboxKey | None:
    """The key to seal to, in the list of keys the server's root vouches for; None where the server has none.

    thumbprint: of the root, as it was fixed at enrolment. Raises Forged.
    """
    try:
        return read(_Keys, vouched(document, thumbprint)).outbox
    except BadBody as error:
        raise Forged("form") from error


def signed_by(key: str) -> Signed:
    """Whether the holder of this key has signed a record. key: public, Ed25519, in base64url; one that is no key has
    signed nothing. Raises Forged where it is not in base64url.
    """
    data = unpadded(key)

    def signed(head: Head, digest: bytes, signature: bytes) -> bool:
        del head
        try:
            Ed25519PublicKey.from_public_bytes(data).verify(signature, digest)
        except (InvalidSignature, ValueError):
            return False
        return True

    return signed
