"""Signing in and refreshing."""

from typing import Any

from starlette.routing import Route

from sync.protocol.errors import Forbidden, SignInNeeded
from sync.protocol.messages import read
from sync.protocol.session import RefreshRequest, SessionRequest
from sync.protocol.version import H_DEVICE
from sync.server.identity import tokens
from sync.server.identity.signin import sign_in
from sync.server.routes.call import Call, endpoint
from sync.server.services import Services


def routes(services: Services) -> list[Route]:
    """The routes of this module."""

    def begin(call: Call) -> dict[str, Any]:
        request = read(SessionRequest, call.value())
        if services.issuer is None:
            raise SignInNeeded(reason="no_issuer")
        if request.device.id != call.headers[H_DEVICE]:
            raise Forbidden(reason="device")
        return sign_in(services.storage, services.issuer.trusted, request, services.settings.tokens, services.clock())

    def renew(call: Call) -> dict[str, Any]:
        request = read(RefreshRequest, call.value())
        if services.issuer is None:
            raise SignInNeeded(reason="no_issuer")
        pair = tokens.refresh(services.storage, request.refresh, services.settings.tokens, services.clock())
        return {"token": pair.access, "refresh": pair.refresh, "expires_in": pair.expires_in}

    return [
        Route("/v1/session", endpoint(begin), methods=["POST"]),
        Route("/v1/session/refresh", endpoint(renew), methods=["POST"]),
    ]
