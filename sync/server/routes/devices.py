"""Devices that are looked after: listed, reported lost, blocked, let in again and erased; and what they hear of it."""

from collections.abc import Callable
from typing import Any, Final, get_args

from starlette.routing import Route

from sync.protocol.device import DeedRequest, Erased, Hello
from sync.protocol.errors import Forbidden
from sync.protocol.messages import read
from sync.protocol.version import H_DEVICE, H_ORDER
from sync.records.field import UUID_FORM
from sync.server.leases.permits import Office
from sync.server.loss import orders, report
from sync.server.loss.orders import Wanted
from sync.server.loss.states import Asked
from sync.server.recovery.segments import take
from sync.server.routes.call import Call, caller, endpoint
from sync.server.routes.parts import part_of
from sync.server.services import Services

_ONE: Final = "/v1/devices/{device}"
_OWN: Final = "/v1/device"
_PATHS: Final[dict[Asked, str]] = {"suspended": "suspend", "lost": "lost", "wipe": "wipe", "reinstated": "reinstate"}


def routes(services: Services) -> list[Route]:
    """The routes of this module."""
    office = Office(services.storage, services.settings.takeout)

    def lists(call: Call) -> dict[str, Any]:
        return report.lists(office, caller(services, call), services.clock())

    def show(call: Call) -> dict[str, Any]:
        return report.report(office, caller(services, call), _id(call), services.clock())

    def asked(deed: Asked) -> Callable[[Call], dict[str, Any]]:
        def ask(call: Call) -> dict[str, Any]:
            who, now = caller(services, call), services.clock()
            request = read(DeedRequest, call.value())
            orders.ask(office, Wanted(_id(call), deed, now, who), request)
            return report.report(office, who, _id(call), now)

        return ask

    return [
        Route("/v1/devices", endpoint(lists), methods=["GET"]),
        Route(f"{_ONE}/report", endpoint(show), methods=["GET"]),
        *(Route(f"{_ONE}/{_PATHS[deed]}", endpoint(asked(deed)), methods=["POST"]) for deed in get_args(Asked)),
        *_own_routes(services),
    ]


def _own_routes(services: Services) -> list[Route]:
    """What a device asks that has no session; whoever carries an order out shows the order."""

    def hello(call: Call) -> dict[str, Any]:
        request = read(Hello, call.value())
        device = call.headers[H_DEVICE]
        return orders.hello(services.storage, services.lending, device, request.lease, services.clock())

    def bring(call: Call) -> dict[str, Any]:
        order = call.headers.get(H_ORDER, "")
        who = orders.bearer(services.storage, services.lending, call.headers[H_DEVICE], order)
        return {"got": take(services.storage, who, part_of(call), services.clock)}

    def erased(call: Call) -> dict[str, Any]:
        request = read(Erased, call.value())
        who = orders.bearer(services.storage, services.lending, call.headers[H_DEVICE], request.order)
        return orders.erased(services.storage, services.lending, who, request, services.clock())

    return [
        Route(f"{_OWN}/hello", endpoint(hello), methods=["POST"]),
        Route(f"{_OWN}/journal/{{sha256}}", endpoint(bring), methods=["PUT"]),
        Route(f"{_OWN}/erased", endpoint(erased), methods=["POST"]),
    ]


def _id(call: Call) -> str:
    """The device in the path. What is no id gets the answer of what may not be seen. Raises Forbidden."""
    id_ = call.path["device"]
    if not UUID_FORM.fullmatch(id_):
        raise Forbidden(reason="device")
    return id_
