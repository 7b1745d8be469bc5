"""Bytes that never change, given whole or in part: ETag, If-None-Match, and one range (RFC 9110)."""

import re
from collections.abc import Iterable
from typing import Final, Protocol

from starlette.responses import Response, StreamingResponse

from sync.server.routes.call import Call

OCTETS: Final = "application/octet-stream"
_AT_ONCE: Final = 4 * 1024 * 1024
"""Up to so many bytes are read before the answer begins, so that a fault can still be told."""
_RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class Source(Protocol):
    """Where the bytes come from."""

    @property
    def size(self) -> int:
        """All of them."""
        ...

    def bytes_from(self, first: int, end: int) -> Iterable[bytes]:
        """Bytes from `first` on, up to but not with `end`."""
        ...


def ranged(call: Call, source: Source, etag: str) -> Response:
    """The answer to a GET or HEAD of these bytes. etag: without quotes; it names them for ever."""
    headers = {"ETag": f'"{etag}"', "Accept-Ranges": "bytes", "Cache-Control": "private, no-store"}
    if call.headers.get("if-none-match", "").strip() in (f'"{etag}"', "*"):
        return Response(status_code=304, headers=headers)
    size = source.size
    asked = call.headers.get("range")
    if asked is None or call.headers.get("if-range", f'"{etag}"') != f'"{etag}"':
        return _answer(200, source, (0, size), headers)
    span = _span(asked, size)
    if span is None:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{size}"}, media_type=OCTETS)
    first, end = span
    return _answer(206, source, span, headers | {"Content-Range": f"bytes {first}-{end - 1}/{size}"})


def _answer(status: int, source: Source, span: tuple[int, int], headers: dict[str, str]) -> Response:
    first, end = span
    parts = source.bytes_from(first, end)
    if end - first <= _AT_ONCE:
        return Response(b"".join(parts), status, headers, OCTETS)
    return StreamingResponse(parts, status, headers | {"Content-Length": str(end - first)}, OCTETS)


def _span(asked: str, size: int) -> tuple[int, int] | None:
    """From where up to where; the whole for what is no single range. None where no byte of it is there."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found[0] == "bytes=-":
        return (0, size) if size else None
    if not found[1]:
        first, end = max(0, size - int(found[2])), size
    else:
        first, end = int(found[1]), min(size, int(found[2]) + 1) if found[2] else size
    return (first, end) if first < end else None
