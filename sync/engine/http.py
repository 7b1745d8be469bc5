"""The client's way to the server over HTTP, and the only module that knows httpx.

`Transport` moves bytes: one connection at a time, the trust store of the operating system, nothing read from the
environment. It stands below httpx's own client: there are no redirects, cookies or retries to switch off, nor to pay
for. `HttpBackend` speaks the protocol over it.
"""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from socket import SHUT_RDWR, socket
from threading import Event, Lock
from time import monotonic
from typing import Any, Final, TypeVar
from uuid import uuid4

import httpx
import truststore
from pydantic import BaseModel

from sync.engine.reply import Reply, is_ours, value_of
from sync.engine.request import Caller, Outgoing, checked, packed
from sync.engine.tokens import TokenKeeper, Tokens, TokensAnswer
from sync.errors import KeyakiError, SiteError
from sync.protocol.codec import ACCEPT
from sync.protocol.errors import BadBody, NotOurs, ProxyRefused, SignInNeeded, Unreachable
from sync.protocol.messages import (
    Answer,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    RefreshRequest,
    SessionAnswer,
    SessionRequest,
    VerifyAnswer,
    VerifyRequest,
    WaitAnswer,
    read,
    wire,
)
from sync.protocol.version import BODY_MAX

A = TypeVar("A", bound=Answer)
AGENT: Final = "Keyaki"
"""Some proxies turn away who says no name, or a library's."""
_CUT: Final = ("RemoteProtocolError", "ReadError", "WriteError")


class CertificateRefused(SiteError):
    """The server's certificate is not one this computer trusts: an inspecting proxy, an impostor or a wrong clock."""

    NUMBER = 6011


class WaitStopped(Unreachable):
    """The long poll was broken off by this program itself, because there is something to send."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for a connection, without one byte moving, in a long poll, for one whole call."""

    connect_s: float = 10
    stall_s: float = 30
    poll_s: float = 75
    whole_s: float = 300


class Transport:
    """Bytes to and from the network. One call at a time; `break_off` and `close` may come from any thread."""

    def __init__(self, patience: Patience | None = None, proxy: str | None = None) -> None:
        self.patience = patience or Patience()
        trust = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trust.minimum_version = ssl.TLSVersion.TLSv1_2
        self._line = httpx.HTTPTransport(
            verify=trust,
            trust_env=False,
            proxy=proxy,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=60),
        )
        self._turn, self._guard = Lock(), Lock()
        self._sockets: list[socket] = []
        self._due: float | None = None
        self._broken = False
        self._closed = False
        self._fresh = False
        self._answered = False

    def send(self, request: Outgoing, stop: Event | None = None) -> Reply:
        """Send, and return the answer with its body unread where it is not ours.

        stop: looked at once more after `break_off` has become effective, so that no break can be missed.
        Raises Unreachable, ProxyRefused, CertificateRefused, NotOurs (no HTTP), BadBody (too large).
        """
        with self._turn:
            with self._guard:
                self._broken, self._due = self._closed, monotonic() + self.patience.whole_s
            try:
                if self._broken or (stop is not None and stop.is_set()):
                    raise Unreachable(reason="stopped")
                return self._twice(request)
            finally:
                with self._guard:
                    self._due = None
                if self._closed:
                    self._line.close()

    def break_off(self) -> None:
        """End the call under way, which raises Unreachable; nothing happens when there is none."""
        with self._guard:
            if self._due is None:
                return
            self._broken = True
            for each in self._sockets:
                _shut(each)

    def watch(self) -> None:
        """Break off a call that has outlived its whole time: a server may drip headers for ever."""
        if self._due is not None and monotonic() > self._due:
            self.break_off()

    def close(self) -> None:
        """End the call under way and refuse all others."""
        self._closed = True
        self.break_off()
        if self._due is None:
            self._line.close()

    def _twice(self, request: Outgoing) -> Reply:
        """A kept connection may have been closed at the other end meanwhile; that is no failure of the network."""
        try:
            return self._once(request)
        except Unreachable as error:
            if self._fresh or self._broken or error.facts.get("reason") not in _CUT:
                raise
        return self._once(request)

    def _once(self, request: Outgoing) -> Reply:
        patience = self.patience
        silence = httpx.Timeout(request.silence_s or patience.stall_s, connect=patience.connect_s)
        self._fresh = self._answered = False
        asked = httpx.Request(
            request.method,
            request.url,
            headers={"User-Agent": AGENT, "Accept-Encoding": ACCEPT, **request.headers},
            content=request.body,
            extensions={"trace": self._trace, "timeout": silence.as_dict()},
        )
        try:
            with closing(self._line.handle_request(asked)) as response:
                self._answered = True
                headers = {name.lower(): value for name, value in response.headers.items()}
                wanted = request.foreign or is_ours(response.status_code, headers)
                return Reply(response.status_code, headers, self._body(response) if wanted else b"")
        except httpx.TransportError as error:
            raise _network_fault(error, answered=self._answered) from error

    def _body(self, response: httpx.Response) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in response.iter_raw():
            size += len(part)
            if size > BODY_MAX:
                raise BadBody(reason="size")
            if self._due is not None and monotonic() > self._due:
                raise Unreachable(reason="slow")
            parts.append(part)
        return b"".join(parts)

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Learn of every new socket, so that it can be shut while another thread reads from it."""
        if event not in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            return
        self._fresh = True
        with self._guard:
            self._sockets = [info["return_value"].get_extra_info("socket")]
            if self._broken:
                _shut(self._sockets[0])


class HttpBackend:
    """One device's way to the server: `sync.protocol.backend.Backend` over a `Transport`.

    address: `https://…` of the server; `http` only on the loopback address. Raises AddressRefused.
    """

    def __init__(self, address: str, caller: Caller, keeper: TokenKeeper, transport: Transport) -> None:
        self._base = checked(address)
        self._caller = caller
        self._keeper = keeper
        self._transport = transport
        self._stop = Event()
        self._waiting = False

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        """As in the port; raises TooLarge without asking when the body is above what the protocol allows."""
        return self._ask(PushAnswer, "POST", f"/v1/schools/{school}/push", request)

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        """As in the port."""
        return self._ask(PullAnswer, "POST", f"/v1/schools/{school}/pull", request)

    def verify(self, school: str, request: VerifyRequest) -> VerifyAnswer:
        """As in the port."""
        return self._ask(VerifyAnswer, "POST", f"/v1/schools/{school}/verify", request)

    def wait(self, school: str, seq: int) -> WaitAnswer:
        """As in the port. Raises WaitStopped when `stop_waiting` was called since the last wait ended."""
        self._waiting = True
        try:
            return self._ask(WaitAnswer, "GET", f"/v1/schools/{school}/wait?seq={seq}")
        except Unreachable as error:
            if self._stop.is_set():
                raise WaitStopped(**error.facts) from error
            raise
        finally:
            self._waiting = False
            self._stop.clear()

    def stop_waiting(self) -> None:
        """Break off the long poll under way, or the next one; from any thread. Other calls are left alone."""
        self._stop.set()
        if self._waiting:
            self._transport.break_off()

    def session(self, request: SessionRequest) -> SessionAnswer:
        """Swap an ID token for the server's own tokens, and keep them.

        Raises SignInNeeded, MfaRequired, ChooseSchool, DeviceSuspended, DeviceWiped and what every call may raise.
        """
        value = self._call("POST", "/v1/session", wire(request))
        answer, tokens = read(SessionAnswer, value), read(TokensAnswer, value)
        self._keeper.keep(Tokens(tokens.token, tokens.refresh))
        return answer

    def watch(self) -> None:
        """To be called every few seconds from another thread: ends a call that has outlived its whole time."""
        self._transport.watch()

    def close(self) -> None:
        """End the call under way and refuse all others."""
        self._transport.close()

    def _ask(self, answer: type[A], method: str, path: str, request: BaseModel | None = None) -> A:
        body = None if request is None else wire(request)
        held = self._keeper.tokens()
        if held is None:
            raise SignInNeeded
        try:
            value = self._call(method, path, body, held.access)
        except SignInNeeded:
            value = self._call(method, path, body, self._refreshed(held).access)
        return read(answer, value)

    def _refreshed(self, held: Tokens) -> Tokens:
        """The successors of tokens that ran out; kept before they are used, so a lost answer logs nobody out."""
        request = wire(RefreshRequest(refresh=held.refresh))
        answer = read(TokensAnswer, self._call("POST", "/v1/session/refresh", request))
        tokens = Tokens(answer.token, answer.refresh)
        self._keeper.keep(tokens)
        return tokens

    def _call(self, method: str, path: str, message: object = None, token: str = "") -> Any:
        headers, body = self._caller.headers(str(uuid4()), token), None
        if message is not None:
            body, form = packed(message)
            headers |= form
        silence, stop = (self._transport.patience.poll_s, self._stop) if self._waiting else (None, None)
        return value_of(self._transport.send(Outgoing(method, self._base + path, headers, body, silence), stop))


def _network_fault(error: httpx.TransportError, *, answered: bool) -> KeyakiError:
    """The one place where a failure of the network gets its name. `answered` = a head of an answer had come."""
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return CertificateRefused()
    if isinstance(error, httpx.ProxyError):
        return ProxyRefused() if str(error)[:1] == "4" else Unreachable(reason="ProxyError")
    dialect = any(type(cause).__module__.startswith("h11") for cause in causes)
    tongue = any(isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError) for cause in causes)
    if (dialect and not answered) or tongue:
        return NotOurs(reason=type(error).__name__)
    return Unreachable(reason=type(error).__name__)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _shut(each: socket) -> None:
    """Wake whoever reads from it. The plain call, also on a TLS socket: its own would wait for the other side."""
    with suppress(OSError):
        socket.shutdown(each, SHUT_RDWR)
