"""The application: routes put together, every answer in the protocol's envelope, every error in its form."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.errors import KeyakiError
from sync.protocol import codec
from sync.protocol.errors import CODE_OF, BadRequest, ServerBusy, error_body
from sync.protocol.version import H_PROTOCOL, H_REQUEST, H_TIME, PROTOCOL
from sync.records.field import UUID_FORM
from sync.server.blobs import collect
from sync.server.clock import TOKYO, Clock, day, stamp
from sync.server.identity.demo_issuer import DemoIssuer
from sync.server.identity.teachers import teachers
from sync.server.leases.lend import Lending
from sync.server.leases.signing import load_keys
from sync.server.notify import Notifier
from sync.server.recovery.segments import sweep
from sync.server.routes import (
    blobs,
    demo,
    devices,
    health,
    leases,
    past,
    permits,
    recovery,
    schema,
    session,
    snapshots,
    sync,
)
from sync.server.routes.call import JSON
from sync.server.services import Services
from sync.server.settings import Settings
from sync.server.snapshots import Packer
from sync.server.storage import years
from sync.server.storage.engines import CONNECTIONS, Database
from sync.server.storage.store import Storage

_LOG: Final = logging.getLogger(__name__)
_TIDY_S: Final = 1
_LOOK_AHEAD_S: Final = 6 * 3600
_COLLECT_S: Final = 3600
_NOBODY: Final = "00000000-0000-0000-0000-000000000000"


def create_app(settings: Settings, storage: Storage, clock: Clock) -> FastAPI:
    """The server as an ASGI application. `app.state.services` holds its parts.

    The demo issuer's routes exist only where the settings say demo.
    """
    notifier = Notifier(storage, settings.patience)
    storage.changed = notifier.changed
    packer = Packer(storage, clock)
    storage.wanted = packer.want
    issuer = DemoIssuer(settings.address, clock, _name_finder(storage, clock)) if settings.demo else None
    lending = _lending(settings, clock)
    services = Services(settings, storage, clock, notifier, issuer, lending)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        del app
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(CONNECTIONS, "request"))
        beside = [
            asyncio.create_task(notifier.run()),
            asyncio.create_task(packer.run()),
            asyncio.create_task(_tidy(storage.database)),
            asyncio.create_task(_look_ahead(storage.database, clock)),
            asyncio.create_task(_collect(services)),
        ]
        yield
        notifier.close()
        for task in beside:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    app = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.services = services
    app.router.redirect_slashes = False
    app.router.routes += [
        *sync.routes(services),
        *snapshots.routes(services),
        *blobs.routes(services),
        *session.routes(services),
        *leases.routes(services),
        *permits.routes(services),
        *past.routes(services),
        *devices.routes(services),
        *recovery.routes(services),
        *schema.routes(),
        *health.routes(services),
        *(demo.routes(services, issuer) if issuer is not None else ()),
    ]
    app.add_exception_handler(HTTPException, _unknown_path)
    app.add_middleware(Envelope, clock=clock, notifier=notifier)
    return app


def _lending(settings: Settings, clock: Clock) -> Lending | None:
    """What leases are given with; None where no keys are to be had."""
    if settings.keys is None:
        return None
    keys = load_keys(settings.keys, clock().astimezone(TOKYO).date())
    return Lending(keys, settings.address, settings.desk)


async def _tidy(database: Database) -> None:
    """Keep the database's log short between requests, until cancelled."""
    while True:
        await asyncio.sleep(_TIDY_S)
        with suppress(ServerBusy):  # the next time comes soon enough
            await asyncio.to_thread(database.tidy)


async def _look_ahead(database: Database, clock: Clock) -> None:
    """Make the parts of history the coming school year needs, until cancelled."""
    while True:
        await asyncio.sleep(_LOOK_AHEAD_S)
        await asyncio.to_thread(years.look_ahead, database, clock().astimezone(TOKYO).date())


async def _collect(services: Services) -> None:
    """Take away attached files nothing has referred to for long, and journals read long ago, until cancelled."""
    while True:
        await asyncio.sleep(_COLLECT_S)
        with suppress(ServerBusy):
            await asyncio.to_thread(collect, services.storage, services.clock(), services.settings.files)
            await asyncio.to_thread(sweep, services.storage, services.clock())


class Envelope:
    """Puts the protocol's headers on every answer, and every error into the protocol's form."""

    def __init__(self, app: ASGIApp, clock: Clock, notifier: Notifier) -> None:
        self._app = app
        self._clock = clock
        self._notifier = notifier

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def sealed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(raw=message["headers"])
                headers[H_PROTOCOL] = str(PROTOCOL)
                headers[H_TIME] = stamp(self._clock())
                headers[H_REQUEST] = _request_id(Request(scope))
            await send(message)

        try:
            self._notifier.check_open()
            await self._app(scope, receive, sealed)
        except Exception as error:  # the one place that answers for every bug of this program
            if begun:
                raise
            response = _error_response(error, Request(scope))
            await response(scope, receive, sealed)


def _error_response(error: Exception, request: Request) -> Response:
    """The answer an error stands for: its own code, or a 500 that says nothing and is logged."""
    known = isinstance(error, KeyakiError) and ("code" in error.facts or type(error) in CODE_OF)
    if not known:
        _LOG.error("request failed", exc_info=error)
    told = error if known and isinstance(error, KeyakiError) else ServerBusy(code="BUSY", retry_s=5)
    status, body = error_body(told, _request_id(request))
    return _answer(status if known else 500, body)


async def _unknown_path(request: Request, error: Exception) -> Response:
    """A path or method there is not."""
    assert isinstance(error, HTTPException)
    _, body = error_body(BadRequest(reason="path"), _request_id(request))
    return _answer(error.status_code, body)


def _answer(status: int, body: dict[str, Any]) -> Response:
    retry = body["error"]["retry_s"]
    headers = {} if retry is None else {"Retry-After": str(retry)}
    return Response(codec.encode(body), status, headers, JSON)


def _request_id(request: Request) -> str:
    """The request's own id, where it has a sound one."""
    said = request.headers.get(H_REQUEST, "")
    return said if UUID_FORM.fullmatch(said) else _NOBODY


def _name_finder(storage: Storage, clock: Clock) -> Callable[[str], str]:
    """Who a user of the demo is, by name."""

    def name_of(user: str) -> str:
        return next((teacher.name for teacher in teachers(storage, day(clock())) if teacher.user == user), "")

    return name_of
