"""The key pairs journals are sealed to: a new one each year, and every old one still reads what was sealed to it.

They lie in files of their own beside the keys that sign leases, never in the database or a backup of it. A pair is
named after the day it was made, which is also how old it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from sync.protocol.outbox_key import SUITE, OutboxKey
from sync.protocol.signed import base64url
from sync.server.leases.key_files import made_once

_PREFIX: Final = "outbox-key-"
_GLOB: Final = f"{_PREFIX}????????.pem"
_NAMED: Final = "%Y%m%d"
_AGE: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class OutboxKeys:
    """All pairs by their names; there is at least one."""

    pairs: Mapping[int, X25519PrivateKey]

    def public(self) -> OutboxKey:
        """What is sealed to from now on."""
        newest = max(self.pairs)
        return OutboxKey(kid=newest, x=base64url(self.pairs[newest].public_key().public_bytes_raw()))

    def opened(self, kid: int, info: bytes, sealed: bytes) -> bytes | None:
        """What was sealed; None where it was not sealed so, or to a key that is not here."""
        pair = self.pairs.get(kid)
        try:
            return None if pair is None else SUITE.decrypt(sealed, pair, info)
        except (InvalidTag, ValueError):
            return None


def fresh_outbox_keys(today: date) -> OutboxKeys:
    """A first pair, made today."""
    return OutboxKeys({_kid(today): X25519PrivateKey.generate()})


def load_outbox_keys(folder: Path, today: date) -> OutboxKeys:
    """The pairs in a folder, with a new one where the newest is a year old. Raises OSError, ValueError."""
    pairs = {int(path.stem.removeprefix(_PREFIX)): _read(path.read_bytes()) for path in folder.glob(_GLOB)}
    if not pairs or today - _made(max(pairs)) >= _AGE:
        kid = _kid(today)
        pairs[kid] = _read(made_once(folder / f"{_PREFIX}{kid}.pem", _fresh))
    return OutboxKeys(pairs)


def _kid(day: date) -> int:
    return int(day.strftime(_NAMED))


def _made(kid: int) -> date:
    return datetime.strptime(str(kid), _NAMED).replace(tzinfo=UTC).date()


def _fresh() -> bytes:
    return X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _read(content: bytes) -> X25519PrivateKey:
    if isinstance(key := load_pem_private_key(content, None), X25519PrivateKey):
        return key
    raise ValueError("not a key of X25519")
