"""Attached files: uploaded piece by piece, given whole or in part."""

from typing import Any, Final

from starlette.responses import Response
from starlette.routing import Route

from sync.server.blobs import find, take
from sync.server.routes.call import Call, caller, endpoint, plain_endpoint, school_of
from sync.server.routes.parts import part_of
from sync.server.routes.ranges import ranged
from sync.server.services import Services

_PATH: Final = "/v1/schools/{school}/blobs/{sha256}"


def routes(services: Services) -> list[Route]:
    """The routes of this module."""

    def put(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        part = part_of(call)
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
