"""A client that knows nothing but HTTP: what it sends and gets is written out in the test."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sync.protocol import codec
from sync.protocol.version import H_CLIENT, H_DEVICE, H_PROTOCOL, H_REQUEST, H_SCHEMA

REQUEST = "018f0000-0000-7000-8000-00000000aaaa"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: status, headers in lower case, body as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def value(self) -> Any:
        """The JSON value of the body."""
        return codec.decode(codec.inflate(self.body, self.headers.get("content-encoding", "identity")))

    @property
    def code(self) -> str:
        """The error's code."""
        return self.value["error"]["code"]


def headers(device: str, token: str = "") -> dict[str, str]:
    """What every request says."""
    said = {
        H_PROTOCOL: "1",
        H_SCHEMA: "1.0",
        H_CLIENT: "0.1.0",
        H_DEVICE: device,
        H_REQUEST: REQUEST,
        "Content-Type": "application/json",
    }
    return said | ({"Authorization": f"Bearer {token}"} if token else {})


def call(
    url: str, method: str, path: str, said: Mapping[str, str], body: bytes | None = None, timeout_s: float = 20
) -> Reply:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=timeout_s)
    try:
        connection.request(method, path, body, dict(said))
        answer = connection.getresponse()
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def post(url: str, path: str, said: Mapping[str, str], value: object) -> Reply:
    """One request with a JSON body."""
    return call(url, "POST", path, said, codec.encode(value))
