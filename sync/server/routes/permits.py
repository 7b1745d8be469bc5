"""Take-out permits: asked for, decided, begun, returned, and their ledger."""

from collections.abc import Callable
from typing import Any, Final

from starlette.routing import Route

from sync.protocol.errors import BadRequest, Forbidden
from sync.protocol.lease import LeaseRequest
from sync.protocol.messages import read
from sync.protocol.permit import PermitAsk, PermitVerdict
from sync.records.field import INT_MAX, UUID_FORM
from sync.server.leases import permits, takeout
from sync.server.leases.lend import Lending, Wish
from sync.server.leases.permits import Office
from sync.server.routes.call import Call, caller, endpoint
from sync.server.routes.leases import lending_of
from sync.server.services import Services

_PATH: Final = "/v1/permits"
_ONE: Final = f"{_PATH}/{{permit}}"


def routes(services: Services) -> list[Route]:
    """The routes of this module."""
    office = Office(services.storage, services.settings.takeout)

    def ask(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        return permits.ask(office, who, read(PermitAsk, call.value()), services.clock())

    def lists(call: Call) -> dict[str, Any]:
        return permits.lists(office, caller(services, call), services.clock())

    def ledger(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        since = call.query.get("since", "0")
        if not since.isdecimal() or int(since[:20]) > INT_MAX:
            raise BadRequest(query="since")
        return permits.ledger(office, who, int(since), services.clock())

    def decide(call: Call) -> dict[str, Any]:
        who = caller(services, call)
        return permits.decide(office, who, _id(call), read(PermitVerdict, call.value()), services.clock())

    def withdraw(call: Call) -> dict[str, Any]:
        return permits.withdraw(office, caller(services, call), _id(call), services.clock())

    def moved(act: Callable[[Office, Lending, str, Wish], dict[str, Any]]) -> Callable[[Call], dict[str, Any]]:
        def move(call: Call) -> dict[str, Any]:
            wish = Wish(caller(services, call), read(LeaseRequest, call.value()), services.clock())
            return act(office, lending_of(services), _id(call), wish)

        return move

    return [
        Route(_PATH, endpoint(lists), methods=["GET"]),
        Route(_PATH, endpoint(ask), methods=["POST"]),
        Route(f"{_PATH}/ledger", endpoint(ledger), methods=["GET"]),
        Route(f"{_ONE}/decide", endpoint(decide), methods=["POST"]),
        Route(f"{_ONE}/withdraw", endpoint(withdraw), methods=["POST"]),
        Route(f"{_ONE}/start", endpoint(moved(takeout.start)), methods=["POST"]),
        Route(f"{_ONE}/return", endpoint(moved(takeout.give_back)), methods=["POST"]),
    ]


def _id(call: Call) -> str:
    """The permit in the path. What is no id gets the answer of what may not be seen. Raises Forbidden."""
    id_ = call.path["permit"]
    if not UUID_FORM.fullmatch(id_):
        raise Forbidden(reason="permit")
    return id_
