"""Bytes that are brought piece by piece: which of them a request brings, as its Content-Range says."""

import re
from typing import Final

from sync.protocol.backend import FilePart
from sync.protocol.errors import BadRequest
from sync.records.field import SHA256_FORM
from sync.server.routes.call import Call

_PART: Final = re.compile(r"bytes (?:(\d{1,15})-(\d{1,15})|\*)/([1-9]\d{0,14})")


def part_of(call: Call) -> FilePart:
    """The bytes a request brings. Raises BadRequest where its headers do not say soundly which they are."""
    sha256 = call.path["sha256"]
    if not SHA256_FORM.fullmatch(sha256):
        raise BadRequest(reason="path")
    said = _PART.fullmatch(call.headers.get("content-range", ""))
    if said is None or "content-encoding" in call.headers:
        raise BadRequest(header="Content-Range" if said is None else "Content-Encoding")
    first, last, size = (int(number) if number is not None else None for number in said.groups())
    assert size is not None
    if first is None or last is None:
        first, last = 0, -1
    elif not first <= last < size:
        raise BadRequest(header="Content-Range")
    if len(call.body) != last - first + 1:
        raise BadRequest(header="Content-Range")
    return FilePart(sha256, size, first, call.body)
