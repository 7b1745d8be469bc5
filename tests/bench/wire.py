"""Requests as bytes, for measurements in which a client of ours would cost more than the server."""

import json
import socket
from typing import Any
from uuid import uuid4

from sync.engine.request import Caller, packed
from tests.bench.prefecture import Place

VERSION = "0.1.0"


def request(place: Place, method: str, path: str, message: object = None) -> bytes:
    """A whole request of a device."""
    data, form = (b"", {}) if message is None else packed(message)
    headers = Caller(place.enrolment.device, VERSION).headers(str(uuid4()), place.tokens.access) | form
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: localhost",
        *(f"{name}: {value}" for name, value in headers.items()),
        f"Content-Length: {len(data)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + data


def answer(line: socket.socket) -> tuple[bytes, bytes]:
    """Head and body of the answer that comes next."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = line.recv(65_536)
        assert part, "the server hung up"
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += line.recv(65_536)
    return head, body


def ask(line: socket.socket, place: Place, method: str, path: str, message: object = None) -> Any:
    """The JSON of an answer on a kept connection."""
    line.sendall(request(place, method, path, message))
    head, body = answer(line)
    assert head.startswith(b"HTTP/1.1 200"), (head, body)
    return json.loads(body)
