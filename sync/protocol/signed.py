"""Signed tokens of the server (JWS compact, ES256 and nothing else), and the keys they are checked with."""

import binascii
import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from typing import Annotated, Any, Final, Literal, TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from pydantic import Field

from sync.protocol import codec
from sync.protocol.digest import canonical
from sync.protocol.errors import BadBody
from sync.protocol.form import Answer, Version
from sync.protocol.messages import read

A = TypeVar("A", bound=Answer)

KEYS_TYPE: Final = "keyaki-keys+jwt"
_HALF: Final = 32
_TOKEN_MAX: Final = 65_536


class Forged(Exception):
    """A token is not signed by a key that is trusted, or is not of the agreed form. The text says which."""


class PublicKey(Answer):
    """A public key of P-256 as a JWK (RFC 7517). `kid` names it; the root needs no name."""

    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]
    y: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]
    kid: Annotated[str, Field(max_length=64)] = ""

    def thumbprint(self) -> bytes:
        """SHA-256 of its canonical form (RFC 7638)."""
        said = {"crv": self.crv, "kty": self.kty, "x": self.x, "y": self.y}
        return hashlib.sha256(canonical(said)).digest()

    def signed(self, data: bytes, signature: bytes) -> bool:
        """Whether the holder of its other half signed these bytes."""
        x, y = (int.from_bytes(unpadded(text), "big") for text in (self.x, self.y))
        pair = encode_dss_signature(int.from_bytes(signature[:_HALF], "big"), int.from_bytes(signature[_HALF:], "big"))
        try:
            EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key().verify(pair, data, ECDSA(SHA256()))
        except (InvalidSignature, ValueError):  # the latter: no point of the curve
            return False
        return len(signature) == 2 * _HALF


class _Head(Answer):
    alg: Literal["ES256"]
    typ: str
    kid: str = ""
    jwk: PublicKey | None = None


class _Keys(Answer):
    iat: Version
    keys: tuple[PublicKey, ...]


def payload_of(token: str, type_: str, keys: Iterable[PublicKey]) -> Any:
    """The JSON value of a token of this type, signed by one of these keys. Raises Forged."""
    head, body, signature = _parts(token)
    header = _form(_Head, head)
    if header.typ != type_:
        raise Forged("type")
    data = f"{head}.{body}".encode("ascii")
    if not any(key.kid == header.kid and key.signed(data, signature) for key in keys):
        raise Forged("signature")
    return _json(body)


def keys_of(document: str, thumbprint: bytes) -> tuple[PublicKey, ...]:
    """The keys that sign leases. thumbprint: of the server's root, as it was fixed at enrolment. Raises Forged."""
    try:
        return read(_Keys, vouched(document, thumbprint)).keys
    except BadBody as error:
        raise Forged("form") from error


def vouched(document: str, thumbprint: bytes) -> Any:
    """The JSON value of the list of keys the server's root vouches for. Raises Forged."""
    root = root_of(document)
    if root.thumbprint() != thumbprint:
        raise Forged("root")
    return payload_of(document, KEYS_TYPE, (root,))


def root_of(document: str) -> PublicKey:
    """The root a list of keys says it is signed by; nothing is proved. Raises Forged."""
    root = _form(_Head, _parts(document)[0]).jwk
    if root is None:
        raise Forged("root")
    return root


def unpadded(text: str) -> bytes:
    """The bytes in base64url without padding. Raises Forged: for what only looks like it, too, so that no two texts are
    the same token.
    """
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise Forged("base64") from error
    if base64url(data) != text:
        raise Forged("base64")
    return data


def base64url(data: bytes) -> str:
    """Bytes in base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _parts(token: str) -> tuple[str, str, bytes]:
    parts = token.split(".")
    if len(parts) != 3 or len(token) > _TOKEN_MAX or not token.isascii():
        raise Forged("form")
    return parts[0], parts[1], unpadded(parts[2])


def _json(part: str) -> Any:
    try:
        return codec.decode(unpadded(part))
    except BadBody as error:
        raise Forged("json") from error


def _form(model: type[A], part: str) -> A:
    try:
        return read(model, _json(part))
    except BadBody as error:
        raise Forged("form") from error
