"""The client's way to the server over HTTP: the protocol spoken over a `Transport`, and what that line can carry."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any, Final, TypeVar
from uuid import uuid4

from pydantic import BaseModel

from sync.engine.reply import Reply, value_of
from sync.engine.request import Caller, Outgoing, checked, packed
from sync.engine.tokens import TokenKeeper, Tokens, TokensAnswer
from sync.engine.transport import CUT, Transport
from sync.protocol.backend import WaitStopped
from sync.protocol.errors import BadBody, SignInNeeded, TooLarge, Unreachable
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
from sync.protocol.version import BODY_MAX, H_REQUEST, H_TIME, PAGE_ROWS_MAX

A = TypeVar("A", bound=Answer)
_OVERWHELMED: Final = frozenset({*CUT, "ReadTimeout", "WriteTimeout", "slow"})
"""Reasons of a failure that may come from asking too much of the line at once."""
_BYTES_LEAST: Final = 4 * 1024
_ROWS_LEAST: Final = 100


def _now() -> datetime:
    return datetime.now(UTC)


class HttpBackend:
    """One device's way to the server: `sync.protocol.backend.Backend` over a `Transport`.

    address: `https://…` of the server; `http` only on the loopback address. Raises AddressRefused. clock: this PC's.

    How much travels at once follows the line: half after a push or a page that broke off, twice after one that passed.
    """

    def __init__(
        self,
        address: str,
        caller: Caller,
        keeper: TokenKeeper,
        transport: Transport,
        *,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._base = checked(address)
        self._caller = caller
        self._keeper = keeper
        self._transport = transport
        self._clock = clock
        self._stop = Event()
        self._waiting = False
        self._bytes, self._rows = BODY_MAX, PAGE_ROWS_MAX
        self._sent = 0
        self._ahead = timedelta()

    @property
    def ahead(self) -> timedelta:
        """How far this PC's clock was ahead of the server's when that answered last; negative when it was behind."""
        return self._ahead

    def become(self, device: str) -> None:
        """Speak as another device from now on: this store was a copy and has a number of its own now."""
        self._caller = replace(self._caller, device=device)

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        """As in the port; raises TooLarge without asking when the body is above what may travel, or the line carries.

        A single group always is tried: it cannot become less.
        """
        most = self._bytes if len(request.groups) > 1 else BODY_MAX
        self._sent = 0
        try:
            answer = self._ask(PushAnswer, "POST", f"/v1/schools/{school}/push", request, most)
        except (TooLarge, Unreachable) as error:
            if self._sent and (isinstance(error, TooLarge) or error.facts.get("reason") in _OVERWHELMED):
                self._bytes = max(_BYTES_LEAST, min(self._bytes, self._sent) // 2)
            raise
        self._bytes = min(BODY_MAX, self._bytes * 2)
        return answer

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        """As in the port; never more rows in a page than the line carries."""
        asked = request.model_copy(update={"max": min(request.max, self._rows)})
        try:
            answer = self._ask(PullAnswer, "POST", f"/v1/schools/{school}/pull", asked)
        except Unreachable as error:
            if error.facts.get("reason") in _OVERWHELMED:
                self._rows = max(_ROWS_LEAST, asked.max // 2)
            raise
        self._rows = min(PAGE_ROWS_MAX, self._rows * 2)
        return answer

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

    def still_s(self) -> float:
        """For how many seconds nothing has moved in the call under way; 0 in a long poll, which is to be still."""
        return 0.0 if self._waiting else self._transport.still_s()

    def drop(self) -> None:
        """Give up the connection, with the call under way: this PC has slept, or is in another network."""
        self._transport.drop()

    def close(self) -> None:
        """End the call under way and refuse all others."""
        self._transport.close()

    def _ask(
        self, answer: type[A], method: str, path: str, request: BaseModel | None = None, most: int = BODY_MAX
    ) -> A:
        body = None if request is None else wire(request)
        held = self._keeper.tokens()
        if held is None:
            raise SignInNeeded
        try:
            value = self._call(method, path, body, token=held.access, most=most)
        except SignInNeeded:
            value = self._call(method, path, body, token=self._refreshed(held).access, most=most)
        return read(answer, value)

    def _refreshed(self, held: Tokens) -> Tokens:
        """The successors of tokens that ran out; kept before they are used, so a lost answer logs nobody out."""
        request = wire(RefreshRequest(refresh=held.refresh))
        answer = read(TokensAnswer, self._call("POST", "/v1/session/refresh", request))
        tokens = Tokens(answer.token, answer.refresh)
        self._keeper.keep(tokens)
        return tokens

    def _call(self, method: str, path: str, message: object = None, *, token: str = "", most: int = BODY_MAX) -> Any:
        request = str(uuid4())
        headers, body = self._caller.headers(request, token), None
        if message is not None:
            body, form = packed(message, most)
            headers |= form
            self._sent = len(body)
        silence, stop = (self._transport.patience.poll_s, self._stop) if self._waiting else (None, None)
        reply = self._transport.send(Outgoing(method, self._base + path, headers, body, silence), stop)
        if reply.is_ours:
            self._belongs(reply, request)
        return value_of(reply)

    def _belongs(self, reply: Reply, request: str) -> None:
        """Look at whose answer it is: a confused proxy hands out another one's, or an older one a second time."""
        if reply.headers.get(H_REQUEST.lower(), request) != request:
            self._transport.drop()
            raise BadBody(reason="request")
        with suppress(ValueError):
            self._ahead = self._clock() - datetime.fromisoformat(reply.headers.get(H_TIME.lower(), ""))
