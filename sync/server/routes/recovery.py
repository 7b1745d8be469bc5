"""Recovery: journals are brought piece by piece, shown to their author, and decided about."""

from typing import Any, Final

from starlette.routing import Route

from sync.protocol.errors import Forbidden
from sync.protocol.messages import read
from sync.protocol.recovery import RecoveryRequest
from sync.server.leases.outbox_keys import OutboxKeys
from sync.server.recovery.recover import decided, shown
from sync.server.recovery.segments import take
from sync.server.routes.call import Call, caller, endpoint
from sync.server.routes.parts import part_of
from sync.server.services import Services

_PATH: Final = "/v1/recovery"


def routes(services: Services) -> list[Route]:
    """The routes of this module."""

    def put(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        _keys(services)
        return {"got": take(services.storage, who, part_of(call), services.clock)}

    def show(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        return shown(services.storage, _keys(services), who)

    def decide(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        request = read(RecoveryRequest, call.value())
        return decided(services.storage, _keys(services), who, request, services.clock)

    return [
        Route(f"{_PATH}/{{sha256}}", endpoint(put), methods=["PUT"]),
        Route(_PATH, endpoint(show), methods=["GET"]),
        Route(_PATH, endpoint(decide), methods=["POST"]),
    ]


def _keys(services: Services) -> OutboxKeys:
    """What this server reads journals with. Raises Forbidden where it was given no keys."""
    if services.lending is None:
        raise Forbidden(reason="no_keys")
    return services.lending.keys.outbox
