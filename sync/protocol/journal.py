"""The sealed journal: one record per edit group, kept beside the store, sent to the school when the store is gone.

Form of security.md 5.1 and 5.2, for the end that writes and the end that reads. Each record is sealed by itself and
names the one before it, so a damaged one costs itself alone, and whatever is missing is known. Numbers are big-endian.
"""

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from sync.protocol.errors import BadBody, TooLarge

MAGIC: Final = b"KYJREC1\n"
STREAM_BYTES: Final = 16
DIGEST_BYTES: Final = 32
NO_DIGEST: Final = bytes(DIGEST_BYTES)
"""What the first record of a stream names as the one before it."""
SEALED_MAX: Final = 1 << 20
SEAL_BYTES: Final = 48
"""What sealing adds: the encapsulated key and the tag."""
_SIGNATURE_BYTES: Final = 64
_BLOCK: Final = 256
"""Sealed texts are as long as a multiple of this: how long a remark is stays hidden."""
_VERSION: Final = 1
_SUITE: Final = 1
_INFO: Final = b"keyaki/soj/v1\0"
_FIELDS: Final = struct.Struct(">8sHBBI16sQQI32s")
_CRC: Final = struct.Struct(">I")
_LENGTH: Final = struct.Struct(">I")
HEAD_BYTES: Final = _FIELDS.size + _CRC.size


class Kind(IntEnum):
    """What a record tells."""

    GROUP = 1
    VOID = 2  # a group that was taken back before it was sent
    START = 3  # of a stream


@dataclass(frozen=True, slots=True)
class Head:
    """What is legible of a record.

    kid: the school's key it is sealed to. stream: 16 bytes, new with each store. jseq: 0, 1, 2 … in a stream. q: number
    of the group in the outbox. before: SHA-256 of the whole record before it.
    """

    kind: Kind
    kid: int
    stream: bytes
    jseq: int
    q: int
    before: bytes = NO_DIGEST


@dataclass(frozen=True, slots=True)
class Entry:
    """A record found whole. at: where it begins in what was read. data: all of its bytes."""

    head: Head
    at: int
    data: bytes

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.at + len(self.data)

    @property
    def info(self) -> bytes:
        """What the seal is bound to."""
        return _INFO + self.data[:HEAD_BYTES]

    @property
    def sealed(self) -> bytes:
        """The sealed part, to be opened with the school's key and `info`."""
        return self.data[HEAD_BYTES:-_SIGNATURE_BYTES]

    @property
    def digest(self) -> bytes:
        """What the next record names."""
        return hashlib.sha256(self.data).digest()


@dataclass(frozen=True, slots=True)
class Gap:
    """Records that are not there. after, before: those found beside the place, None at the journal's ends.

    missing: how many numbers there are between them; 0 where the one before was another than the one that is there.
    """

    after: Entry | None
    before: Entry | None
    missing: int


Seal = Callable[[bytes, bytes], bytes]
"""(info, plain) -> sealed, SEAL_BYTES longer."""
Sign = Callable[[bytes], bytes]
"""(digest) -> signature of 64 bytes."""
Signed = Callable[[Head, bytes, bytes], bool]
"""(head, digest, signature) -> whether the device whose stream it is has signed this."""


def record(head: Head, body: bytes, seal: Seal, sign: Sign) -> bytes:
    """All bytes of a record. body: canonical JSON. Raises TooLarge for more than a record may hold."""
    plain = _LENGTH.pack(len(body)) + body
    plain += bytes(-len(plain) % _BLOCK)
    if len(plain) + SEAL_BYTES > SEALED_MAX:
        raise TooLarge
    fields = _FIELDS.pack(
        MAGIC,
        _VERSION,
        head.kind,
        _SUITE,
        head.kid,
        head.stream,
        head.jseq,
        head.q,
        len(plain) + SEAL_BYTES,
        head.before,
    )
    begun = fields + _CRC.pack(zlib.crc32(fields))
    begun += seal(_INFO + begun, plain)
    return begun + sign(hashlib.sha256(begun).digest())


def body_of(plain: bytes) -> bytes:
    """The body of an opened record. Raises BadBody where it is not of this form."""
    if not plain or len(plain) % _BLOCK:
        raise BadBody(reason="journal")
    end = _LENGTH.size + _LENGTH.unpack_from(plain)[0]
    if not 0 <= len(plain) - end < _BLOCK or any(plain[end:]):
        raise BadBody(reason="journal")
    return plain[_LENGTH.size : end]


def entries(data: bytes, signed: Signed) -> Iterator[Entry]:
    """The whole records in these bytes, in their order; what is damaged, cut off or forged is passed over.

    No journal looks at its bytes more than once in vain: what claims to be records within records, over and over, so
    that reading takes for ever, is read no further.
    """
    at, in_vain = data.find(MAGIC), 0
    while at >= 0 and in_vain <= 2 * len(data):
        found = _framed(data, at)
        if found is not None and not _is_signed(found, signed):
            in_vain += len(found.data)
            found = None
        if found is not None:
            yield found
        at = data.find(MAGIC, at + 1 if found is None else found.end)


def gaps(found: Iterable[Entry]) -> Iterator[Gap]:
    """Where records of one stream are missing. found: in the order they were written, from the first one kept.

    A journal that begins with a later number than 0 has been shortened by its owner: that is no gap.
    """
    last: Entry | None = None
    for entry in found:
        if last is not None:
            missing = entry.head.jseq - last.head.jseq - 1
            if missing or entry.head.before != last.digest:
                yield Gap(last, entry, max(missing, 0))
        last = entry


def _framed(data: bytes, at: int) -> Entry | None:
    """What has the form of a record and is all there; whether it is signed is not known yet."""
    begun = data[at : at + HEAD_BYTES]
    if len(begun) < HEAD_BYTES or _CRC.unpack_from(begun, _FIELDS.size)[0] != zlib.crc32(begun[: _FIELDS.size]):
        return None
    _, version, kind, suite, kid, stream, jseq, q, length, before = _FIELDS.unpack_from(begun)
    if (version, suite) != (_VERSION, _SUITE) or kind not in set(Kind) or not SEAL_BYTES < length <= SEALED_MAX:
        return None
    end = at + HEAD_BYTES + length + _SIGNATURE_BYTES
    return Entry(Head(Kind(kind), kid, stream, jseq, q, before), at, data[at:end]) if end <= len(data) else None


def _is_signed(entry: Entry, signed: Signed) -> bool:
    begun, signature = entry.data[:-_SIGNATURE_BYTES], entry.data[-_SIGNATURE_BYTES:]
    return signed(entry.head, hashlib.sha256(begun).digest(), signature)
