"""From three factors to a store's keys, exactly as security.md 3.1 derives them; every function is pure.

All ids are the 16 raw bytes of their UUIDs, all keys 32 bytes.
"""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from client.vault.floors import KEY_BYTES, Work

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
CHECK_BYTES: Final = 8


class Purpose(Enum):
    """What a key is for; its label keeps it apart from every other one."""

    DATABASE = b"keyaki/v1/db"
    """From the store's key: of the encrypted file."""
    JOURNAL = b"keyaki/v1/journal-sign"
    """From the store's key: signs the records of its journal."""
    ANCHOR = b"keyaki/v1/anchor"
    """From the store's key: seals what the key store remembers of how far it had come."""
    HEADER = b"keyaki/v1/header-mac"
    """From the device's secret: seals slots and trailer of the header."""
    LEASE = b"keyaki/v1/lease-at-rest"
    """From the device's secret: encrypts a lease's share on the disk."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The user and the device a store belongs to."""

    user: UUID
    device: UUID

    @property
    def raw(self) -> bytes:
        """Both, 32 bytes."""
        return self.user.bytes + self.device.bytes


class Unopened(Exception):
    """What was to be opened is not under this key, or is damaged."""


def hkdf(ikm: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA256 (RFC 5869), 32 bytes."""
    return HKDF(SHA256(), KEY_BYTES, salt or None, info).derive(ikm)


def derived(secret: bytes, purpose: Purpose) -> bytes:
    """The key for one purpose, from the store's key or the device's secret."""
    return hkdf(secret, b"", purpose.value)


def stretched(pin: str, salt: bytes, work: Work) -> bytes:
    """What is known (P): the PIN as NFKC through Argon2id, which makes every guess cost `work`."""
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=work.passes, lanes=work.lanes, memory_cost=work.kib)
    return kdf.derive(unicodedata.normalize("NFKC", pin).encode("utf-8"))


def user_key(known: bytes, secret: bytes, salt: bytes, whose: Whose) -> bytes:
    """What is known and what is possessed, as one (U): held while somebody works, so that a new lease needs no PIN."""
    return hkdf(known + secret, salt, b"keyaki/v1/user" + whose.raw)


def wrapping_key(user: bytes, share: bytes, lease: UUID, whose: Whose, gen: int) -> bytes:
    """All three factors as one (KEK), for one lease and one wrap of the header."""
    return hkdf(user + share, lease.bytes, b"keyaki/v1/kek" + whose.raw + gen.to_bytes(4, "big"))


def seal(key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    """AES-256-GCM: ciphertext and tag, bound to bytes that travel beside it. A nonce serves a key once."""
    return AESGCM(key).encrypt(nonce, plain, bound)


def unseal(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    """What `seal` was given. Raises Unopened."""
    try:
        return AESGCM(key).decrypt(nonce, sealed, bound)
    except InvalidTag as error:
        raise Unopened from error


def secret_check(secret: bytes, whose: Whose) -> bytes:
    """Eight bytes that tell whether a device's secret is the one a slot was made with; they help no guess of a PIN."""
    return mac(secret, b"keyaki/v1/ds-check" + whose.raw)[:CHECK_BYTES]


def mac(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes."""
    return hmac.new(key, data, hashlib.sha256).digest()


def same(one: bytes, other: bytes) -> bool:
    """Whether they are equal, told in the same time whatever differs."""
    return hmac.compare_digest(one, other)
