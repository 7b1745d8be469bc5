"""Canonical bytes, and the hashes made of them that both ends must agree on."""

import hashlib
import json
from collections.abc import Iterable, Mapping

import orjson

CHAIN_START = "0" * 32
SUM_MODULUS = 1 << 64


def canonical(value: object) -> bytes:
    """The one byte form of a JSON value: keys by code point, no spaces, nothing escaped that need not be.

    value: JSON without floats. Raises ValueError where a NaN is hidden in it, UnicodeEncodeError at a lone surrogate.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def quick_canonical(value: object) -> bytes:
    """The same bytes at a tenth of the time, for what was read from JSON or checked by the registry: no NaN in it.

    Raises UnicodeEncodeError at a lone surrogate.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # beyond 64 bits, or a lone surrogate
        return canonical(value)


def group_hash(item: Mapping[str, object]) -> str:
    """SHA-256 of one pushed item `{q, rev, group}`, 64 hex digits; of one whose content is gone, what it had been."""
    gone = item.get("gone")
    return gone if isinstance(gone, str) else hashlib.sha256(quick_canonical(item)).hexdigest()


def chain_next(chain: str, item_hash: str) -> str:
    """The chain value after one more group: SHA-256(chain ‖ hash), its first 16 bytes as 32 hex digits."""
    return hashlib.sha256(bytes.fromhex(chain) + bytes.fromhex(item_hash)).digest()[:16].hex()


def row_hash(type_: str, id_: str, ver: int, fields: Mapping[str, object]) -> int:
    """Eight bytes of SHA-256 over the row, nulls left out, as an unsigned integer."""
    kept = {name: value for name, value in fields.items() if value is not None}
    digest = hashlib.sha256(quick_canonical([type_, id_, ver, kept])).digest()
    return int.from_bytes(digest[:8], "big")


def row_sum(hashes: Iterable[int]) -> str:
    """The sum of row hashes modulo 2^64, 16 hex digits."""
    return f"{sum(hashes) % SUM_MODULUS:016x}"


def bucket_of(id_: str) -> int:
    """The part of a scope a record is compared in: the last two hex digits of its id, which are chance in every id."""
    return int(id_[-2:], 16)


def grant_hash(rows: Iterable[Mapping[str, object]]) -> str:
    """What a client and the server compare to see whether a grant set is still the same: 16 hex digits."""
    return hashlib.sha256(canonical(list(rows))).hexdigest()[:16]
