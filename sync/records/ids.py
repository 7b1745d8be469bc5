"""Ids of records: UUIDv7 where one person makes a thing, a keyed UUIDv5 where two may make the same thing offline."""

from collections.abc import Callable
from hashlib import sha1
from typing import Final, NewType
from uuid import UUID, uuid5

KEYAKI_NS: Final = UUID("8d0f6c4e-2b1a-4f57-9c3e-6b6579616b69")
"""The namespace of every keyed id, for ever."""
SEPARATOR: Final = "\x1f"

PartitionId = NewType("PartitionId", str)
RecordId = NewType("RecordId", str)
PupilId = NewType("PupilId", str)
StaffId = NewType("StaffId", str)
IdMaker = Callable[[], str]
"""Makes a fresh UUIDv7; handed in, so that what decides stays pure."""


def keyed_id(partition: str, type_: str, *parts: object) -> str:
    """The id of the record of `type_` with these key parts in `partition`: the same everywhere."""
    name = SEPARATOR.join([partition, type_, *map(str, parts)])
    # UUIDv5 spelled out: a third of the time of uuid.uuid5, and whole schools are loaded and checked by it.
    digest = sha1(KEYAKI_NS.bytes + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


def partition_id(name: str) -> PartitionId:
    """The id of a shared partition such as `pref:05` or `board:052010`. A school's is its `school` record's id."""
    return PartitionId(str(uuid5(KEYAKI_NS, name)))


def v7(unix_ms: int, random80: int) -> str:
    """A UUIDv7 of a time in milliseconds and 74 or more random bits.

    Two devices that make ids in the same millisecond differ by the random bits alone, so they must come from a
    cryptographic source.
    """
    value = (unix_ms & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= ((random80 >> 62) & 0xFFF) << 64
    value |= 0b10 << 62
    value |= random80 & ((1 << 62) - 1)
    return str(UUID(int=value))
