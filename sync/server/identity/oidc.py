"""ID tokens: signature, issuer, audience, age, nonce and the proof of a second factor."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from sync.protocol.errors import MfaRequired, SignInNeeded

ALGORITHMS: Final = ["ES256"]
"""What may sign an ID token."""
AGE_MAX_S: Final = 300
SKEW_S: Final = 60
SECOND_FACTORS: Final = frozenset({"otp", "mfa", "hwk", "fpt", "sc", "swk"})
"""Values of `amr` that stand for a second factor (RFC 8176)."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """An identity provider the server trusts. link: its name in the table of linked users."""

    url: str
    audience: str
    link: str
    keys: KeySet


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an ID token speaks of. Times in seconds since 1970."""

    link: str
    subject: str
    auth_time: int
    amr: tuple[str, ...]
    nonce: str
    expires: int


def nonce_for(r32: str, thumbprint: str = "") -> str:
    """The nonce an ID token must carry: base64url(SHA-256(thumbprint of the device's key, then r32)).

    Until devices prove a key of their own the thumbprint is empty, so the nonce binds the token to one attempt of one
    client, which alone knows r32.
    """
    digest = hashlib.sha256((thumbprint + r32).encode()).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def verify(issuer: Issuer, id_token: str, r32: str, now_s: int) -> Identity:
    """Who signed in. Raises SignInNeeded with a reason, MfaRequired where no second factor was shown."""
    try:
        claims: Mapping[str, Any] = jwt.decode(id_token, issuer.keys, algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise SignInNeeded(reason="token") from error
    wrong = _wrong(issuer, claims, nonce_for(r32), now_s)
    if wrong:
        raise SignInNeeded(reason=wrong)
    said: object = claims.get("amr", ())
    amr = tuple(map(str, cast("list[object]", said))) if isinstance(said, list) else ()
    if SECOND_FACTORS.isdisjoint(amr):
        raise MfaRequired
    return Identity(issuer.link, claims["sub"], claims["auth_time"], amr, claims["nonce"], claims["exp"])


def _wrong(issuer: Issuer, claims: Mapping[str, Any], nonce: str, now_s: int) -> str | None:
    """The first claim that does not hold."""
    audience = claims.get("aud")
    times = [claims.get(name) for name in ("iat", "exp", "auth_time")]
    if claims.get("iss") != issuer.url:
        return "iss"
    if audience not in (issuer.audience, [issuer.audience]):
        return "aud"
    if not all(type(moment) is int for moment in times) or not isinstance(claims.get("sub"), str):
        return "claims"
    issued, expires, signed_in = cast("list[int]", times)
    if expires <= now_s or issued < now_s - AGE_MAX_S:
        return "exp"
    if max(issued, signed_in) > now_s + SKEW_S:
        return "iat"
    return None if claims.get("nonce") == nonce else "nonce"
