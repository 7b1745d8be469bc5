"""Whether the server can answer: for whoever watches it."""

import asyncio
from typing import Any

from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sync.protocol import codec
from sync.protocol.version import PROTOCOL, PROTOCOL_MIN
from sync.records.registry import NUMBER
from sync.server.routes.call import JSON
from sync.server.services import Services


def routes(services: Services) -> list[Route]:
    """The routes of this module."""

    def look() -> dict[str, Any]:
        with services.storage.database.reading() as connection:
            connection.execute(text("SELECT 1"))
        numbers = {"min": PROTOCOL_MIN, "max": PROTOCOL}
        return {"status": "ok", "protocol": numbers, "schema": str(NUMBER), "demo": services.settings.demo}

    async def show(request: Request) -> Response:
        del request
        return Response(codec.encode(await asyncio.to_thread(look)), media_type=JSON)

    return [Route("/v1/health", show, methods=["GET"])]
