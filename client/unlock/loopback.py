"""The one door a browser comes back through: a listener on this PC that takes a single answer and closes."""

import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from html import escape
from time import monotonic
from types import TracebackType
from typing import Final, Self
from urllib.parse import parse_qs, urlsplit

PATH: Final = "/callback"
_TICK_S: Final = 0.2
_READ_S: Final = 2.0
_HEAD_MAX: Final = 16_384


class Loopback:
    """Listens on a free port of 127.0.0.1 while it is entered. host: the name the browser is told (RFC 8252 7.3)."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self._host = host
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(_TICK_S)

    @property
    def uri(self) -> str:
        """Where the browser is to be sent back to."""
        return f"http://{self._host}:{self._listener.getsockname()[1]}{PATH}"

    def answer(self, state: str, page: str, seconds: float, cancelled: Callable[[], bool]) -> Mapping[str, str] | None:
        """The parameters of the browser's return with this `state`; None when cancelled or when the time is over.

        page: the sentence the browser then shows. Anything else that knocks (a favourite icon, another program, a
        connection opened in advance) is answered with nothing and does not end the waiting.
        """
        until = monotonic() + seconds
        while not cancelled() and monotonic() < until:
            with suppress(TimeoutError):
                client, _ = self._listener.accept()
                with client, suppress(OSError):
                    said = _asked(client)
                    if said is not None and said.get("state") == state:
                        client.sendall(_page(page))
                        return said
                    client.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.close()


def _asked(client: socket.socket) -> Mapping[str, str] | None:
    """The query of a GET for our path; None for everything else."""
    client.settimeout(_READ_S)
    head = b""
    while b"\r\n" not in head and len(head) < _HEAD_MAX:
        part = client.recv(4096)
        if not part:
            return None
        head += part
    words = head.split(b"\r\n", 1)[0].decode("ascii", "replace").split(" ")
    if len(words) != 3 or words[0] != "GET":
        return None
    url = urlsplit(words[1])
    query = parse_qs(url.query, keep_blank_values=True)
    if url.path != PATH or any(len(values) > 1 for values in query.values()):
        return None
    return {name: values[0] for name, values in query.items()}


def _page(sentence: str) -> bytes:
    body = f'<!doctype html><meta charset="utf-8"><title>Keyaki</title><p>{escape(sentence)}</p>'.encode()
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
        f"Content-Security-Policy: default-src 'none'\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode("ascii") + body
