"""What a device signs with: a key of its own in the key store. It needs no PIN: a locked device has it, too."""

from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from sync.protocol.device import PROOF_TYPE, Proof
from sync.protocol.digest import canonical
from sync.protocol.signed import PublicKey, base64url

_HALF: Final = 32
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve: a private key is a number from 1 to just below it."""


def public_key(secret: bytes) -> PublicKey:
    """What the school checks signatures with. secret: 32 bytes."""
    point = _private(secret).public_key().public_numbers()
    x, y = (base64url(number.to_bytes(_HALF, "big")) for number in (point.x, point.y))
    return PublicKey(kty="EC", crv="P-256", x=x, y=y)


def signed_proof(secret: bytes, said: Proof) -> str:
    """The token that proves what a device says. secret: as `public_key` takes it."""
    head = base64url(canonical({"alg": "ES256", "typ": PROOF_TYPE}))
    data = f"{head}.{base64url(canonical(said.model_dump()))}"
    r, s = decode_dss_signature(_private(secret).sign(data.encode("ascii"), ECDSA(SHA256())))
    return f"{data}.{base64url(r.to_bytes(_HALF, 'big') + s.to_bytes(_HALF, 'big'))}"


def _private(secret: bytes) -> EllipticCurvePrivateKey:
    return derive_private_key(int.from_bytes(secret, "big") % (_ORDER - 1) + 1, SECP256R1())
