"""Push, pull, verify, purged and wait."""

import asyncio
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sync.protocol.errors import BadRequest, ClientTooOld
from sync.protocol.messages import PullRequest, PurgedRequest, PushRequest, VerifyRequest, read
from sync.records.field import INT_MAX
from sync.server.access import readable
from sync.server.notify import News
from sync.server.pull import pull
from sync.server.purged import purged
from sync.server.push import batch_of, push
from sync.server.routes.call import Call, caller, encoded, endpoint, received, school_of
from sync.server.services import Services
from sync.server.verify import verify

PULL_MAJOR_MIN: Final = 1
"""The oldest schema major that may still pull. Whoever is older may push, so that nothing typed there is lost."""
_PATH: Final = "/v1/schools/{school}"


def routes(services: Services) -> list[Route]:
    """The routes of this module."""

    def take(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        raw = call.value()
        batch = batch_of(read(PushRequest, raw), raw["groups"])
        return push(services.storage, who, school_of(call), batch, services.clock)

    def give(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        if call.schema.major < PULL_MAJOR_MIN:
            raise ClientTooOld
        request = read(PullRequest, call.value())
        return pull(services.storage, who, school_of(call), request, services.clock)

    def compare(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        return verify(services.storage, who, school_of(call), read(VerifyRequest, call.value()), services.clock)

    def record(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        return purged(services.storage, who, school_of(call), read(PurgedRequest, call.value()), services.clock)

    def look(call: Call) -> News:
        who = caller(services, call)
        with services.storage.database.reading() as connection:
            found = readable(connection, who, school_of(call))
        return (found.epoch, found.seq)

    async def wait(request: Request) -> Response:
        call = await received(request)
        seq = call.query.get("seq", "")
        if not seq.isdecimal() or int(seq[:20]) > INT_MAX:
            raise BadRequest(query="seq")
        now = await asyncio.to_thread(look, call)
        epoch, reached = await services.notifier.wait(school_of(call), int(seq), now)
        return encoded(call, {"epoch": epoch, "seq": reached})

    return [
        Route(f"{_PATH}/push", endpoint(take), methods=["POST"]),
        Route(f"{_PATH}/pull", endpoint(give), methods=["POST"]),
        Route(f"{_PATH}/verify", endpoint(compare), methods=["POST"]),
        Route(f"{_PATH}/purged", endpoint(record), methods=["POST"]),
        Route(f"{_PATH}/wait", wait, methods=["GET"]),
    ]
