"""A lease on the disk: its token in the clear, its share encrypted with the device's secret and bound to the token."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from client.vault import files
from client.vault.floors import KEY_BYTES
from client.vault.keys import NONCE_BYTES, TAG_BYTES, Purpose, Unopened, derived, seal, unseal

FILE: Final = "lease.bin"
_SEALED: Final = NONCE_BYTES + KEY_BYTES + TAG_BYTES


@dataclass(frozen=True, slots=True)
class Lent:
    """What the school lends: the share, and the signed token that says whom, what for and until when.

    id, issued and ends (Unix seconds) are those of the token, which whoever makes this has verified.
    """

    id: UUID
    issued: int
    ends: int
    token: str
    share: bytes


def lease_bytes(token: str, share: bytes, secret: bytes, nonce: bytes) -> bytes:
    """The file's content."""
    text = token.encode("ascii")
    return text + nonce + seal(derived(secret, Purpose.LEASE), nonce, share, hashlib.sha256(text).digest())


def read_lease(path: Path, secret: bytes) -> tuple[str, bytes] | None:
    """Token and share; None where there is no file, it is damaged or of another device. Raises DiskRefused."""
    data = files.read(path)
    if data is None:
        return None
    text, nonce, sealed = data[:-_SEALED], data[-_SEALED:][:NONCE_BYTES], data[-_SEALED:][NONCE_BYTES:]
    try:
        share = unseal(derived(secret, Purpose.LEASE), nonce, sealed, hashlib.sha256(text).digest())
        return text.decode("ascii"), share
    except (Unopened, UnicodeDecodeError, ValueError):
        return None


def burn(folder: Path) -> None:
    """Take every share away from this PC. Raises DiskRefused."""
    for path in (folder / FILE, files.beside(folder / FILE)):
        files.remove(path)
