"""The keys of a server that gives leases: a root clients fix when they enrol, the one that signs, those it vouches for.

They lie in files of their own that only the server's account may read, never in the database or a backup of it.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from joserfc import jwt
from joserfc.jwk import ECKey

from sync.protocol.device import CERTIFICATE_TYPE, ORDER_TYPE
from sync.protocol.lease import LEASE_TYPE
from sync.protocol.signed import KEYS_TYPE
from sync.server.leases.key_files import made_once
from sync.server.leases.outbox_keys import OutboxKeys, fresh_outbox_keys, load_outbox_keys

ROOT_FILE, SIGNER_FILE = "root-key.pem", "lease-key.pem"
_ALGORITHM: Final = "ES256"


@dataclass(frozen=True, slots=True)
class LeaseKeys:
    """root, signer: of P-256. outbox: what journals are sealed to."""

    root: ECKey
    signer: ECKey
    outbox: OutboxKeys

    def document(self, issuer: str, at: int) -> str:
        """The list of keys to believe, signed by the root, whose public half is in its header. at: Unix s."""
        root = {name: self.root.as_dict(private=False)[name] for name in ("kty", "crv", "x", "y")}
        outbox = self.outbox.public().model_dump()
        claims = {"iss": issuer, "iat": at, "keys": [self.signer.as_dict(private=False)], "outbox": outbox}
        return jwt.encode({"alg": _ALGORITHM, "typ": KEYS_TYPE, "jwk": root}, claims, self.root)

    def lease(self, claims: dict[str, Any]) -> str:
        """The token with these claims."""
        return self._token(LEASE_TYPE, claims)

    def order(self, claims: dict[str, Any]) -> str:
        """The token of an order with these claims."""
        return self._token(ORDER_TYPE, claims)

    def certificate(self, claims: dict[str, Any]) -> str:
        """The token of a certificate of erasure with these claims."""
        return self._token(CERTIFICATE_TYPE, claims)

    def _token(self, type_: str, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": _ALGORITHM, "typ": type_, "kid": self.signer.kid}, claims, self.signer)


def fresh_keys(today: date) -> LeaseKeys:
    """A server's first keys."""
    return LeaseKeys(_fresh(), _fresh(), fresh_outbox_keys(today))


def load_keys(folder: Path, today: date) -> LeaseKeys:
    """The keys in a folder, made there at the first start; two servers that start at once hold the same.

    Raises OSError, and ValueError for a file that holds no key.
    """
    outbox = load_outbox_keys(folder, today)
    return LeaseKeys(_load(folder / ROOT_FILE), _load(folder / SIGNER_FILE), outbox)


def _load(path: Path) -> ECKey:
    content = made_once(path, lambda: _fresh().as_pem(private=True))
    key = ECKey.import_key(content, {"use": "sig", "alg": _ALGORITHM})
    key.ensure_kid()
    return key


def _fresh() -> ECKey:
    return ECKey.generate_key("P-256", {"use": "sig", "alg": _ALGORITHM}, auto_kid=True)
