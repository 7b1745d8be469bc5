"""Bodies: JSON without floats, compressed, with a bound on what they may swell to."""

import zlib
from typing import Any, Final

import orjson
import zstandard

from sync.protocol.errors import BadBody
from sync.protocol.version import INFLATED_MAX

ZSTD: Final = "zstd"
GZIP: Final = "gzip"
IDENTITY: Final = "identity"
ENCODINGS: Final = (ZSTD, GZIP, IDENTITY)
ACCEPT: Final = "zstd, gzip"
SMALL: Final = 256
"""Bytes under which compressing costs more than it saves."""


def encode(value: object) -> bytes:
    """JSON bytes of a message, compact. Raises TypeError for what is not JSON."""
    return orjson.dumps(value)


def decode(data: bytes) -> Any:
    """The JSON value in `data`. Raises BadBody for what is not JSON, is not UTF-8 or holds a lone surrogate."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise BadBody(reason="json") from error


def compress(data: bytes, encoding: str, level: int = 3) -> bytes:
    """`data` in the named content encoding. level: of zstd. Raises BadBody for an unknown one."""
    if encoding == ZSTD:
        return zstandard.ZstdCompressor(level=level).compress(data)
    if encoding == GZIP:
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        return packer.compress(data) + packer.flush()
    if encoding == IDENTITY:
        return data
    raise BadBody(reason="encoding")


def inflate(data: bytes, encoding: str, limit: int = INFLATED_MAX) -> bytes:
    """The bytes before compression, at most `limit`. Raises BadBody when cut off, damaged, larger or unknown."""
    if encoding == ZSTD:
        return _inflate_zstd(data, limit)
    if encoding == GZIP:
        return _inflate_gzip(data, limit)
    if encoding != IDENTITY:
        raise BadBody(reason="encoding")
    if len(data) > limit:
        raise BadBody(reason="size")
    return data


def choose(accepted: str) -> str:
    """The best encoding an `Accept-Encoding` header allows; identity when it names none of ours."""
    named = {part.split(";")[0].strip() for part in accepted.lower().split(",")}
    return next((encoding for encoding in (ZSTD, GZIP) if encoding in named), IDENTITY)


def _inflate_zstd(data: bytes, limit: int) -> bytes:
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=1 << 24).decompressobj()
        out = reader.decompress(data) if _declared(data) <= limit else None
    except zstandard.ZstdError as error:
        raise BadBody(reason="zstd") from error
    if out is None or len(out) > limit:
        raise BadBody(reason="size")
    if not reader.eof:
        raise BadBody(reason="truncated")
    return out


def _declared(data: bytes) -> int:
    """The size a zstd frame says it holds; a frame that does not say is refused, so nothing can swell unseen."""
    size = zstandard.frame_content_size(data)
    if size < 0:
        raise BadBody(reason="zstd")
    return size


def _inflate_gzip(data: bytes, limit: int) -> bytes:
    unpacker = zlib.decompressobj(31)
    try:
        out = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        raise BadBody(reason="gzip") from error
    if len(out) > limit:
        raise BadBody(reason="size")
    if not unpacker.eof:
        raise BadBody(reason="truncated")
    return out
