"""Attached files: uploaded piece by piece, given whole or in part."""

import re
from typing import Any, Final

from starlette.responses import Response
from starlette.routing import Route

from sync.protocol.backend import FilePart
from sync.protocol.errors import BadRequest
from sync.records.field import SHA256_FORM
from sync.server.blobs import find, take
from sync.server.routes.call import Call, caller, endpoint, plain_endpoint, school_of
from sync.server.routes.ranges import ranged
from sync.server.services import Services

_PATH: Final = "/v1/schools/{school}/blobs/{sha256}"
_PART: Final = re.compile(r"bytes (?:(\d{1,15})-(\d{1,15})|\*)/([1-9]\d{0,14})")


def routes(services: Services) -> list[Route]:
    """The routes of this module."""

    def put(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        part = _part(call)
        got = take(services.storage, who, school_of(call), part, services.clock, services.settings.files)
        return {"got": got}

    def get(call: Call) -> Response:
        who = caller(services, call)
        sha256 = call.path["sha256"]
        return ranged(call, find(services.storage, who, school_of(call), sha256, services.clock), sha256)

    return [
        Route(_PATH, endpoint(put), methods=["PUT"]),
        Route(_PATH, plain_endpoint(get), methods=["GET"]),
    ]


def _part(call: Call) -> FilePart:
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
