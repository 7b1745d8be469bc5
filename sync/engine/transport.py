"""Bytes to and from the network: the only module that knows httpx.

One connection at a time, the trust store of the operating system, nothing read from the environment. It stands below
httpx's own client: there are no redirects, cookies or retries to switch off, nor to pay for. A call ends by standing
still, not by taking long: as long as bytes move, a slow line may finish what it began.
"""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from socket import SHUT_RDWR, SO_SNDBUF, SOL_SOCKET, gaierror, socket
from threading import Event, Lock
from time import monotonic
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import truststore

from sync.engine.reply import Reply, is_ours
from sync.engine.request import LOOPBACK, Outgoing
from sync.engine.route import Route, Straight
from sync.errors import KeyakiError, SiteError
from sync.protocol.codec import ACCEPT
from sync.protocol.errors import BadBody, ClockWrong, NotOurs, ProxyRefused, ProxyScript, Unreachable
from sync.protocol.version import BODY_MAX

AGENT: Final = "Keyaki"
"""Some proxies turn away who says no name, or a library's."""
CUT: Final = ("RemoteProtocolError", "ReadError", "WriteError")
"""Reasons of a connection that was closed under a call."""
SLOWEST: Final = 256
"""Bytes a second that still count as moving: each such portion gives a call one more second."""
PARTIAL: Final = 206
"""The status of an answer with the bytes asked for, and no others."""
_PIECE: Final = 4 * 1024
_PIECE_MOST: Final = 128 * 1024
_PROBE: Final = 128 * 1024
_BRISK_S: Final = 0.02
"""What was taken in less time than this may be followed by a larger piece, once the first so many bytes have gone:
what the system takes at once says nothing of the line.
"""
_UNDERWAY: Final = 8 * 1024
"""Bytes handed to the system ahead of the network. Were it more, a slow line would look like a silent one: everything
sent, and no answer for as long as the system still sends."""
_NOT_YET_VALID: Final = 9
"""OpenSSL's word for a certificate that begins in the future: of this computer's future, for none is made ahead."""


class CertificateRefused(SiteError):
    """The server's certificate is not one this computer trusts: an inspecting proxy, an impostor or a wrong clock."""

    NUMBER = 6011


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for a connection, without one byte moving, in a long poll, for one whole call.

    A call that moves many bytes may last longer than whole_s: see SLOWEST.
    """

    connect_s: float = 10
    stall_s: float = 30
    poll_s: float = 75
    whole_s: float = 300


class Transport:
    """Bytes to and from the network. One call at a time; whatever returns nothing may come from any thread."""

    def __init__(self, patience: Patience | None = None, route: Route | None = None) -> None:
        self.patience = patience or Patience()
        self._route = route or Straight()
        self._trust = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._trust.minimum_version = ssl.TLSVersion.TLSv1_2
        self._proxy: str | None = None
        self._line = self._opened(None)
        self._turn, self._guard = Lock(), Lock()
        self._sockets: list[socket] = []
        self._due: float | None = None
        self._moved = 0.0
        self._broken = False
        self._closed = False
        self._fresh = False
        self._answered = False
        self._ahead = _UNDERWAY

    def send(self, request: Outgoing, stop: Event | None = None) -> Reply:
        """Send, and return the answer with its body unread where it is not ours.

        stop: looked at once more after `break_off` has become effective, so that no break can be missed.
        Raises Unreachable, ProxyRefused, ProxyScript, CertificateRefused, ClockWrong, NotOurs (no HTTP), BadBody (too
        large).
        """
        with self._turn:
            with self._guard:
                now = self._moved = monotonic()
                self._broken, self._due = self._closed, now + self.patience.whole_s
            try:
                if self._broken or (stop is not None and stop.is_set()):
                    raise Unreachable(reason="stopped")
                self._take_way(request.url)
                return self._twice(request)
            finally:
                with self._guard:
                    self._due = None
                if self._closed:
                    self._line.close()

    def break_off(self) -> None:
        """End the call under way, which raises Unreachable; nothing happens when there is none."""
        if self._due is not None:
            self.drop()

    def drop(self) -> None:
        """Give up the connection, whether a call is under way on it or not: its network is gone, or it is confused."""
        with self._guard:
            self._broken = True
            for each in self._sockets:
                _shut(each)

    def watch(self) -> None:
        """Break off a call that has outlived its whole time: a server may drip headers for ever."""
        due = self._due
        if due is not None and monotonic() > due:
            self.break_off()

    def still_s(self) -> float:
        """For how many seconds nothing has moved in the call under way; 0 without one."""
        return 0.0 if self._due is None else monotonic() - self._moved

    def close(self) -> None:
        """End the call under way and refuse all others."""
        self._closed = True
        self.break_off()
        if self._due is None:
            self._line.close()

    def _take_way(self, url: str) -> None:
        """Go through the proxy of the moment, on a new connection where it is another. This computer needs none."""
        proxy = None if urlsplit(url).hostname in LOOPBACK else self._route.proxy(url)
        if proxy == self._proxy:
            return
        try:
            fresh = self._opened(proxy)
        except (ValueError, ImportError, httpx.InvalidURL) as error:  # not the address of a proxy, or of an odd kind
            raise ProxyRefused(reason="form") from error
        self._line.close()
        self._line, self._proxy = fresh, proxy

    def _opened(self, proxy: str | None) -> httpx.HTTPTransport:
        return httpx.HTTPTransport(
            verify=self._trust,
            trust_env=False,
            proxy=proxy,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=60),
            socket_options=[(SOL_SOCKET, SO_SNDBUF, _UNDERWAY)],
        )

    def _twice(self, request: Outgoing) -> Reply:
        """A kept connection may have been closed at the other end meanwhile; that is no failure of the network."""
        try:
            return self._once(request)
        except Unreachable as error:
            if self._fresh or self._broken or error.facts.get("reason") not in CUT:
                raise
        return self._once(request)

    def _once(self, request: Outgoing) -> Reply:
        patience, body = self.patience, request.body
        silence = httpx.Timeout(request.silence_s or patience.stall_s, connect=patience.connect_s)
        self._fresh = self._answered = False
        length = {} if body is None else {"Content-Length": str(len(body))}
        asked = httpx.Request(
            request.method,
            request.url,
            headers={"User-Agent": AGENT, "Accept-Encoding": ACCEPT, **length, **request.headers},
            content=body if body is None or len(body) <= _PIECE else self._pieces(body),
            extensions={"trace": self._trace, "timeout": silence.as_dict()},
        )
        try:
            with closing(self._line.handle_request(asked)) as response:
                self._answered = True
                headers = {name.lower(): value for name, value in response.headers.items()}
                wanted = request.foreign or is_ours(response.status_code, headers, octets=request.octets)
                arrived = request.arrived if response.status_code == PARTIAL else None
                return Reply(response.status_code, headers, self._body(response, arrived) if wanted else b"")
        except httpx.TransportError as error:
            raise self._fault(error) from error

    def _fault(self, error: httpx.TransportError) -> KeyakiError:
        fault = _network_fault(error, answered=self._answered)
        never = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout) and isinstance(fault, Unreachable)
        return ProxyScript() if never and self._proxy is None and self._route.script() else fault

    def _pieces(self, body: bytes) -> Iterator[bytes]:
        """A body in pieces; larger ones, and more of them handed over ahead, as long as the line takes them at once."""
        at, size = 0, _PIECE
        while at < len(body):
            began = monotonic()
            yield body[at : at + size]
            self._moving(min(size, len(body) - at))
            at += size
            brisk = at >= _PROBE and monotonic() - began < _BRISK_S
            size = min(_PIECE_MOST, size * 2) if brisk else max(_PIECE, size // 2)
            self._hand_over(max(_UNDERWAY, size))

    def _hand_over(self, size: int) -> None:
        """Let so many bytes be handed to the system ahead of the network."""
        if size != self._ahead:
            self._ahead = size
            for each in self._sockets:
                with suppress(OSError):
                    each.setsockopt(SOL_SOCKET, SO_SNDBUF, size)

    def _body(self, response: httpx.Response, arrived: bytearray | None) -> bytes:
        parts: list[bytes] = []
        if arrived is not None:
            arrived.clear()
        size = 0
        for part in response.iter_raw():
            size += len(part)
            if size > BODY_MAX:
                raise BadBody(reason="size")
            self._moving(len(part))
            if arrived is not None:
                arrived += part
            if self._due is not None and monotonic() > self._due:
                raise Unreachable(reason="slow")
            parts.append(part)
        return b"".join(parts)

    def _moving(self, size: int) -> None:
        self._moved = monotonic()
        if self._due is not None:
            self._due += size / SLOWEST

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Learn of every new socket, so that it can be shut while another thread reads from it."""
        if event not in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            return
        self._fresh = True
        self._moving(0)
        with self._guard:
            self._sockets = [info["return_value"].get_extra_info("socket")]
            self._ahead = _UNDERWAY
            if self._broken:
                _shut(self._sockets[0])


def _network_fault(error: httpx.TransportError, *, answered: bool) -> KeyakiError:
    """The one place where a failure of the network gets its name. `answered` = a head of an answer had come."""
    causes = list(_causes(error))
    refused = next((cause for cause in causes if isinstance(cause, ssl.SSLCertVerificationError)), None)
    if refused is not None:
        return ClockWrong() if refused.verify_code == _NOT_YET_VALID else CertificateRefused()
    if isinstance(error, httpx.ProxyError):
        return ProxyRefused() if str(error)[:1] == "4" else Unreachable(reason="ProxyError")
    dialect = any(type(cause).__module__.startswith("h11") for cause in causes)
    tongue = any(isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError) for cause in causes)
    if (dialect and not answered) or tongue:
        return NotOurs(reason=type(error).__name__)
    named = not any(isinstance(cause, gaierror) for cause in causes)
    return Unreachable(reason=type(error).__name__ if named else "name")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _shut(each: socket) -> None:
    """Wake whoever reads from it. The plain call, also on a TLS socket: its own would wait for the other side."""
    with suppress(OSError):
        socket.shutdown(each, SHUT_RDWR)
