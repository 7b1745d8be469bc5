"""Leases, and the keys they are checked with."""

from typing import Any

from starlette.routing import Route

from sync.protocol.errors import Forbidden
from sync.protocol.lease import LeaseRequest
from sync.protocol.messages import read
from sync.server.leases.lend import Lending, lend
from sync.server.routes.call import Call, caller, endpoint
from sync.server.services import Services


def routes(services: Services) -> list[Route]:
    """The routes of this module."""

    def give(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        request = read(LeaseRequest, call.value())
        return lend(services.storage, lending_of(services), who, request, services.clock())

    def keys(call: Call) -> dict[str, Any]:
        del call
        lending = lending_of(services)
        return {"keys": lending.keys.document(lending.issuer, int(services.clock().timestamp()))}

    return [
        Route("/v1/lease", endpoint(give), methods=["POST"]),
        Route("/v1/keys", endpoint(keys), methods=["GET"]),
    ]


def lending_of(services: Services) -> Lending:
    """What this server lends with. Raises Forbidden where it was given no keys."""
    if services.lending is None:
        raise Forbidden(reason="no_keys")
    return services.lending
