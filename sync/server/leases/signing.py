"""The two keys of a server that gives leases: a root clients fix when they enrol, and the one that signs.

They lie in files of their own that only the server's account may read, never in the database or a backup of it.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from joserfc import jwt
from joserfc.jwk import ECKey

from sync.protocol.lease import LEASE_TYPE
from sync.protocol.signed import KEYS_TYPE

ROOT_FILE, SIGNER_FILE = "root-key.pem", "lease-key.pem"
_ALGORITHM: Final = "ES256"


@dataclass(frozen=True, slots=True)
class LeaseKeys:
    """Both key pairs, of P-256."""

    root: ECKey
    signer: ECKey

    def document(self, issuer: str, at: int) -> str:
        """The list of keys that sign leases, signed by the root, whose public half is in its header. at: Unix s."""
        root = {name: self.root.as_dict(private=False)[name] for name in ("kty", "crv", "x", "y")}
        claims = {"iss": issuer, "iat": at, "keys": [self.signer.as_dict(private=False)]}
        return jwt.encode({"alg": _ALGORITHM, "typ": KEYS_TYPE, "jwk": root}, claims, self.root)

    def lease(self, claims: dict[str, Any]) -> str:
        """The token with these claims."""
        return jwt.encode({"alg": _ALGORITHM, "typ": LEASE_TYPE, "kid": self.signer.kid}, claims, self.signer)


def fresh_keys() -> LeaseKeys:
    """A server's first keys."""
    return LeaseKeys(_fresh(), _fresh())


def load_keys(folder: Path) -> LeaseKeys:
    """The keys in a folder, made there at the first start; two servers that start at once hold the same.

    Raises OSError, and ValueError for a file that holds no key.
    """
    return LeaseKeys(_load(folder / ROOT_FILE), _load(folder / SIGNER_FILE))


def _load(path: Path) -> ECKey:
    if not path.exists():
        own = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(own, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(_fresh().as_pem(private=True))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(own, path)
        except FileExistsError:
            pass  # another server was first, and its key holds
        finally:
            own.unlink()
    key = ECKey.import_key(path.read_bytes(), {"use": "sig", "alg": _ALGORITHM})
    key.ensure_kid()
    return key


def _fresh() -> ECKey:
    return ECKey.generate_key("P-256", {"use": "sig", "alg": _ALGORITHM}, auto_kid=True)
