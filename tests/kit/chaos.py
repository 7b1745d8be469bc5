"""A proxy on a real socket that does to one device's traffic what school networks do.

One request a connection. What happens to a request is a `Fault`: a function that gets the request, a way to hand it on
to the real server, and the client's socket. Without a server behind it the proxy plays one.
"""

import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import cast

import pytest

from sync.protocol.codec import compress

Forward = Callable[[bytes], bytes]
Fault = Callable[[bytes, Forward, socket.socket], None]

PORTAL = b"<!doctype html><title>Wi-Fi</title><form action=/login><input name=user></form>"


def answer(body: bytes, status: str = "200 OK", media: str = "application/json", *more: str) -> Fault:
    """A fault that answers with this, whatever was asked."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media}", f"Content-Length: {len(body)}", "Connection: close", *more]
    whole = "\r\n".join([*lines, "", ""]).encode() + body

    def act(_request: bytes, _forward: Forward, client: socket.socket) -> None:
        client.sendall(whole)

    return act


def ours(body: bytes, status: str = "200 OK", *more: str) -> Fault:
    """A fault that answers with this in the server's own name."""
    return answer(body, status, "application/json", "Keyaki-Protocol: 1", *more)


def relay(request: bytes, forward: Forward, client: socket.socket) -> None:
    """No fault at all."""
    client.sendall(forward(request))


def cut_before(_request: bytes, _forward: Forward, client: socket.socket) -> None:
    """The connection is reset before the server has seen the request."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def cut_after(request: bytes, forward: Forward, _client: socket.socket) -> None:
    """The server has done it, its answer is lost."""
    forward(request)


def cut_middle(request: bytes, forward: Forward, client: socket.socket) -> None:
    """The answer stops in its middle."""
    whole = forward(request)
    client.sendall(whole[: -max(1, (len(whole) - whole.index(b"\r\n\r\n")) // 2)])


def doubled(request: bytes, forward: Forward, client: socket.socket) -> None:
    """The request reaches the server twice; the second answer arrives."""
    forward(request)
    relay(request, forward, client)


def flipped(request: bytes, forward: Forward, client: socket.socket) -> None:
    """One byte in the middle of the body is another."""
    head, _, body = forward(request).partition(b"\r\n\r\n")
    at = len(body) // 2
    client.sendall(head + b"\r\n\r\n" + body[:at] + bytes([body[at] ^ 0x55]) + body[at + 1 :])


def silent(_request: bytes, _forward: Forward, client: socket.socket) -> None:
    """Half open: nothing ever comes. Ends when the client gives up."""
    client.recv(1)


def dripping(_request: bytes, _forward: Forward, client: socket.socket, pause_s: float = 0.02) -> None:
    """A head that never ends, a byte now and then."""
    client.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    pause = threading.Event()
    with suppress(OSError):
        while not pause.wait(pause_s):
            client.sendall(b"a")


def garbage(_request: bytes, _forward: Forward, client: socket.socket) -> None:
    """Not HTTP at all."""
    client.sendall(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


def duplicated(request: bytes, forward: Forward, client: socket.socket) -> None:
    """The answer comes twice on a connection that stays open: the second one meets whatever is asked next."""
    whole = forward(request).replace(b"connection: close\r\n", b"")
    client.sendall(whole + whole)
    read_request(client)


class Reordered:
    """Every call is handed on, and gets the answer of the call before it; the first one's is lost."""

    def __init__(self) -> None:
        self._before = b""

    def __call__(self, request: bytes, forward: Forward, client: socket.socket) -> None:
        """As a fault."""
        now, self._before = self._before, forward(request)
        client.sendall(now)


def at_most(size: int) -> Fault:
    """A proxy that takes no body above this many bytes."""

    def act(request: bytes, forward: Forward, client: socket.socket) -> None:
        fits = len(request.partition(b"\r\n\r\n")[2]) <= size
        (relay if fits else proxy_413)(request, forward, client)

    return act


def cut_polls(after_s: float) -> Fault:
    """A proxy that lets no call last: it holds a long poll back for a while, and hangs up."""

    def act(request: bytes, forward: Forward, client: socket.socket) -> None:
        if b"/wait?" in request.partition(b"\r\n")[0]:
            client.settimeout(after_s)
            client.recv(1)
        else:
            relay(request, forward, client)

    return act


def at(moment: str) -> Fault:
    """The server says this is the time: to it, the client's clock is off."""

    def act(request: bytes, forward: Forward, client: socket.socket) -> None:
        client.sendall(re.sub(rb"(?i)(keyaki-time: )[^\r]+", rb"\g<1>" + moment.encode(), forward(request)))

    return act


html = answer(PORTAL, media="text/html; charset=utf-8")
redirect = answer(b"", "302 Found", "text/html", "Location: http://portal.invalid/login")
proxy_407 = answer(PORTAL, "407 Proxy Authentication Required", "text/html", 'Proxy-Authenticate: Basic realm="x"')
proxy_413 = answer(PORTAL, "413 Content Too Large", "text/html")
proxy_431 = answer(PORTAL, "431 Request Header Fields Too Large", "text/html")
proxy_503 = answer(PORTAL, "503 Service Unavailable", "text/html", "Retry-After: 0")
foreign_500 = answer(PORTAL, "500 Internal Server Error", "text/html")
own_500 = ours(b'{"error":{"code":"SEQ_GAP","facts":{"expected":1}}}', "500 Internal Server Error")
wrong_schema = ours(b'{"epoch":7,"last":"many","outcomes":[{"q":0}],"cursor":"x","seq":-1}')
not_json = ours(b'{"epoch": "')
bomb = ours(compress(b" " * (64 << 20), "gzip"), "200 OK", "Content-Encoding: gzip")
plain_answer = answer(b'{"epoch":"018f0000-0000-7000-8000-000000000001","cursor":1,"last":9,"seq":9}')

HOSTILE: dict[str, Fault] = {
    "html": html,
    "redirect": redirect,
    "407": proxy_407,
    "foreign 500": foreign_500,
    "own 500": own_500,
    "wrong schema": wrong_schema,
    "not json": not_json,
    "not ours": plain_answer,
    "garbage": garbage,
    "cut before": cut_before,
}
"""What a hostile or broken network may answer without the server ever being asked."""


@dataclass(slots=True)
class _Planned:
    fault: Fault
    path: str
    times: int


@dataclass(slots=True)
class ChaosProxy:
    """Listens on a free loopback port. `default` happens to every request that no `plan` takes.

    address: where the client should believe the server to be. most: connections at a time, those above it are reset.
    tls: speaks it in the server's place, as a proxy does that inspects what passes.
    """

    server: tuple[str, int] | None = None
    default: Fault = relay
    seen: list[str] = field(default_factory=list[str])
    requests: list[bytes] = field(default_factory=list[bytes])
    _planned: list[_Planned] = field(default_factory=list[_Planned])
    address: str = ""
    most: int = 100
    tls: ssl.SSLContext | None = None
    _rate: int = 0
    _open: int = 0
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def plan(self, fault: Fault, path: str = "", times: int = 1) -> None:
        """Let this happen to the next `times` requests whose path holds `path`."""
        with self._lock:
            self._planned.append(_Planned(fault, path, times))

    def heal(self) -> None:
        """Nothing happens to anything from now on."""
        with self._lock:
            self._planned.clear()
            self.default, self.most, self.tls = relay, 100, None
        self.slow_down(0)

    def slow_down(self, rate: int) -> None:
        """Let no more than this many bytes a second through, either way; 0 = as they come."""
        self._rate = rate
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096 if rate else 128 * 1024)

    def close(self) -> None:
        """Stop listening."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError), self._counted() as fits:
            if not fits:
                cut_before(b"", self._forward, client)
                return
            if self.tls is not None:
                client = self.tls.wrap_socket(client, server_side=True)
            if self._rate:
                client = cast("socket.socket", Slow(client, self._rate))
            request = read_request(client)
            if request is None:
                return
            method, path, _ = request.split(b" ", 2)
            with self._lock:
                self.seen.append(f"{method.decode()} {path.decode()}")
                self.requests.append(request)
                fault = self._take(path.decode())
            fault(request, self._forward, client)

    @contextmanager
    def _counted(self) -> Generator[bool]:
        with self._lock:
            self._open += 1
            fits = self._open <= self.most
        yield fits
        with self._lock:
            self._open -= 1

    def _take(self, path: str) -> Fault:
        for planned in self._planned:
            if planned.path in path:
                planned.times -= 1
                if not planned.times:
                    self._planned.remove(planned)
                return planned.fault
        return self.default

    def _forward(self, request: bytes) -> bytes:
        """The server's whole answer to one request."""
        assert self.server is not None, "no server behind this proxy"
        head, _, body = request.partition(b"\r\n\r\n")
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
        with socket.create_connection(self.server) as upstream:
            upstream.sendall(b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body)
            return b"".join(iter(lambda: upstream.recv(65536), b""))


class Slow:
    """A socket on which only so many bytes a second move."""

    def __init__(self, client: socket.socket, rate: int) -> None:
        self._client, self._step = client, max(1, rate // 20)
        self._pause = threading.Event()

    def recv(self, _size: int) -> bytes:
        """A twentieth of a second's worth, at most."""
        self._pause.wait(0.05)
        return self._client.recv(self._step)

    def sendall(self, data: bytes) -> None:
        """All of it, in its time."""
        for begin in range(0, len(data), self._step):
            self._pause.wait(0.05)
            self._client.sendall(data[begin : begin + self._step])


def read_request(client: socket.socket) -> bytes | None:
    """One request with its body; None when the client hung up before its end."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = client.recv(65536)
        if not part:
            return None
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while len(body) < sum(lengths):
        part = client.recv(65536)
        if not part:
            return None
        body += part
    return head + b"\r\n\r\n" + body


@pytest.fixture
def chaos() -> Iterator[ChaosProxy]:
    """A proxy without a server behind it: it plays one."""
    proxy = ChaosProxy(default=html)
    yield proxy
    proxy.close()
