"""How every endpoint of the protocol is reached: headers checked, body bounded and inflated, answer compressed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from sync.protocol import codec
from sync.protocol.errors import BadBody, BadRequest, Forbidden, SignInNeeded, TooLarge
from sync.protocol.version import (
    BODY_MAX,
    H_CLIENT,
    H_DEVICE,
    H_PROTOCOL,
    H_REQUEST,
    H_SCHEMA,
    INFLATED_MAX,
    PROTOCOL,
    PROTOCOL_MIN,
    Schema,
    read_schema,
)
from sync.records.field import UUID_FORM
from sync.server.caller import Caller
from sync.server.identity import tokens
from sync.server.services import Services

JSON: Final = "application/json"
_BEARER: Final = "Bearer "
_CLIENT_MAX: Final = 64


@dataclass(frozen=True, slots=True)
class Call:
    """One request of a client, its headers found sound. body: as it came, still compressed."""

    headers: Headers
    path: dict[str, str]
    query: dict[str, str]
    schema: Schema
    body: bytes

    def value(self) -> Any:
        """The JSON value of the body. Raises BadBody, TooLarge."""
        encoding = self.headers.get("content-encoding", codec.IDENTITY).strip().lower()
        try:
            return codec.decode(codec.inflate(self.body, encoding, INFLATED_MAX))
        except BadBody as error:
            if error.facts.get("reason") == "size":
                raise TooLarge from error
            raise


Handler = Callable[[Call], Any]
Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(handler: Handler) -> Endpoint:
    """The endpoint of a plain function that is given the call and returns the answer's wire form.

    It runs in the thread pool, for it may wait for the database.
    """

    async def answer(request: Request) -> Response:
        call = await received(request)
        return await asyncio.to_thread(lambda: encoded(call, handler(call)))

    return answer


def plain_endpoint(handler: Callable[[Call], Response]) -> Endpoint:
    """The endpoint of a plain function that makes the answer itself, because it is not JSON."""

    async def answer(request: Request) -> Response:
        return await asyncio.to_thread(handler, await received(request))

    return answer


async def received(request: Request) -> Call:
    """The request as a call. Raises BadRequest for headers that are missing or wrong, TooLarge."""
    headers = request.headers
    schema = _checked(headers)
    body = await _body(request)
    return Call(headers, request.path_params, dict(request.query_params), schema, body)


def encoded(call: Call, value: object) -> Response:
    """An answer in the best encoding the client takes."""
    data = codec.encode(value)
    encoding = codec.choose(call.headers.get("accept-encoding", "")) if len(data) > codec.SMALL else codec.IDENTITY
    if encoding == codec.IDENTITY:
        return Response(data, media_type=JSON)
    return Response(codec.compress(data, encoding), media_type=JSON, headers={"Content-Encoding": encoding})


def caller(services: Services, call: Call) -> Caller:
    """Who calls. Raises SignInNeeded, Forbidden where token and device do not belong together, DeviceSuspended, …"""
    said = call.headers.get("authorization", "")
    if not said.startswith(_BEARER) or not services.settings.demo:
        raise SignInNeeded
    found = tokens.caller(services.storage, said.removeprefix(_BEARER), call.schema, services.clock())
    if found.device != call.headers[H_DEVICE]:
        raise Forbidden(reason="device")
    return found


def school_of(call: Call) -> str:
    """The partition in the path. What is no id gets the answer of what may not be seen. Raises Forbidden."""
    school = call.path["school"]
    if not UUID_FORM.fullmatch(school):
        raise Forbidden
    return school


def _checked(headers: Headers) -> Schema:
    number = headers.get(H_PROTOCOL, "")
    if not number.isdecimal() or not PROTOCOL_MIN <= int(number[:9]) <= PROTOCOL:
        raise BadRequest(header=H_PROTOCOL, min=PROTOCOL_MIN, max=PROTOCOL)
    for name in (H_DEVICE, H_REQUEST):
        if not UUID_FORM.fullmatch(headers.get(name, "")):
            raise BadRequest(header=name)
    if not 0 < len(headers.get(H_CLIENT, "")) <= _CLIENT_MAX:
        raise BadRequest(header=H_CLIENT)
    try:
        return read_schema(headers.get(H_SCHEMA, ""))
    except ValueError as error:
        raise BadRequest(header=H_SCHEMA) from error


async def _body(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_MAX:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)
