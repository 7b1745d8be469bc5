"""The past of records."""

from typing import Any

from starlette.routing import Route

from sync.protocol.messages import read
from sync.protocol.past import PastAsk
from sync.server.past import past
from sync.server.routes.call import Call, caller, endpoint
from sync.server.services import Services


def routes(services: Services) -> list[Route]:
    """The route of this module."""

    def ask(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        return past(services.storage, who, read(PastAsk, call.value()), services.clock)

    return [Route("/v1/past", endpoint(ask), methods=["POST"])]
