"""The client's way to the server over HTTP: the protocol spoken over a `Transport`, and what that line can carry."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any, Final, TypeVar
from uuid import uuid4

from pydantic import BaseModel

from sync.engine.reply import Reply, octets_of, value_of
from sync.engine.request import Caller, Outgoing, checked, packed
from sync.engine.tokens import TokenKeeper, Tokens, TokensAnswer
from sync.engine.transport import CUT, Transport
from sync.protocol.backend import FilePart, WaitStopped
from sync.protocol.chunks import opened
from sync.protocol.errors import BadBody, ChunkGone, ProxyLimit, SignInNeeded, TooLarge, Unreachable
from sync.protocol.form import Answer
from sync.protocol.frames import Frame
from sync.protocol.lease import LeaseAnswer, LeaseRequest
from sync.protocol.messages import (
    Chunk,
    FileAnswer,
    PullAnswer,
    PullRequest,
    PurgedAnswer,
    PurgedRequest,
    PushAnswer,
    PushRequest,
    VerifyAnswer,
    VerifyRequest,
    WaitAnswer,
    read,
    wire,
)
from sync.protocol.session import RefreshRequest, SessionAnswer, SessionRequest
from sync.protocol.version import BODY_MAX, H_ORDER, H_REQUEST, H_TIME, PAGE_ROWS_MAX

A = TypeVar("A", bound=Answer)
T = TypeVar("T")
_OVERWHELMED: Final = frozenset({*CUT, "ReadTimeout", "WriteTimeout", "slow"})
"""Reasons of a failure that may come from asking too much of the line at once."""
_BYTES_LEAST: Final = 4 * 1024
_ROWS_LEAST: Final = 100


@dataclass(slots=True)
class _Begun:
    """Chunks that have come in part. tried: whether that was all a whole call could get."""

    url: str
    data: bytearray = field(default_factory=bytearray)
    tried: bool = False


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
        self._begun: _Begun | None = None
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
            answer = self.ask(PushAnswer, "POST", f"/v1/schools/{school}/push", request, most)
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
            answer = self.ask(PullAnswer, "POST", f"/v1/schools/{school}/pull", asked)
        except Unreachable as error:
            if error.facts.get("reason") in _OVERWHELMED:
                self._rows = max(_ROWS_LEAST, asked.max // 2)
            raise
        self._rows = min(PAGE_ROWS_MAX, self._rows * 2)
        return answer

    def verify(self, school: str, request: VerifyRequest) -> VerifyAnswer:
        """As in the port."""
        return self.ask(VerifyAnswer, "POST", f"/v1/schools/{school}/verify", request)

    def purged(self, school: str, request: PurgedRequest) -> PurgedAnswer:
        """As in the port."""
        return self.ask(PurgedAnswer, "POST", f"/v1/schools/{school}/purged", request)

    def get_chunks(self, school: str, chunks: Sequence[Chunk]) -> tuple[Frame, ...]:
        """As in the port. A broken call goes on where it broke, here or when the same chunks are asked for again.

        What does not come twice, though the server is there, is not to be had here: raises ChunkGone, too.
        """
        url = f"{self._base}/v1/schools/{school}/snapshots/{','.join(chunk.id for chunk in chunks)}"
        begun = self._begun if self._begun is not None and self._begun.url == url else _Begun(url)
        self._begun = None
        had, size = len(begun.data), sum(chunk.size for chunk in chunks)
        try:
            while len(begun.data) < size:
                begun.data += self._octets(url, len(begun.data), size - len(begun.data))
        except Unreachable as error:
            if begun.tried and len(begun.data) == had:
                raise ChunkGone(**error.facts) from error
            begun.tried, self._begun = True, begun
            raise
        return opened(chunks, bytes(begun.data))

    def put_file(self, school: str, part: FilePart) -> int:
        """As in the port."""
        return self.put(f"/v1/schools/{school}/blobs/{part.sha256}", part)

    def put(self, path: str, part: FilePart, order: str = "") -> int:
        """Bring some bytes of a whole, as many as the line carries; how many the server has. order: as a session."""
        data = part.data[: self._bytes]
        last = part.start + len(data) - 1
        said = f"bytes {part.start}-{last}/{part.size}" if data else f"bytes */{part.size}"
        headers = {"Content-Range": said, "Content-Type": "application/octet-stream"}
        asked = Outgoing("PUT", self._base + path, headers | ({H_ORDER: order} if order else {}), data)
        with self._fitting(len(data)):
            call = lambda token: value_of(self._send(asked, token))  # noqa: E731
            return read(FileAnswer, call("") if order else self._with_tokens(call)).got

    def get_file(self, school: str, sha256: str, start: int, most: int) -> bytes:
        """As in the port; never more bytes at once than the line carries."""
        most = min(most, self._bytes)
        headers = {"Range": f"bytes={start}-{start + most - 1}"}
        asked = Outgoing("GET", f"{self._base}/v1/schools/{school}/blobs/{sha256}", headers, octets=True)
        with self._fitting(most):
            return self._with_tokens(lambda token: octets_of(self._send(asked, token), start, most))

    def wait(self, school: str, seq: int) -> WaitAnswer:
        """As in the port. Raises WaitStopped when `stop_waiting` was called since the last wait ended."""
        self._waiting = True
        try:
            return self.ask(WaitAnswer, "GET", f"/v1/schools/{school}/wait?seq={seq}")
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

    def lease(self, request: LeaseRequest) -> LeaseAnswer:
        """A new lease of this device, as it came: whoever uses it has to check it. A repeat gives another one."""
        return self.ask(LeaseAnswer, "POST", "/v1/lease", request)

    def ask(self, answer: type[A], method: str, path: str, request: BaseModel | None = None, most: int = BODY_MAX) -> A:
        """One question with the session's token, and its answer. Raises what every call may raise."""
        body = None if request is None else wire(request)
        return read(answer, self._with_tokens(lambda token: self._call(method, path, body, token=token, most=most)))

    def tell(self, answer: type[A], path: str, request: BaseModel) -> A:
        """One question of a device that needs no session for it, and its answer."""
        return read(answer, self._call("POST", path, wire(request)))

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

    def _with_tokens(self, call: Callable[[str], T]) -> T:
        """A call with the session's token; once more where that has just run out."""
        held = self._keeper.tokens()
        if held is None:
            raise SignInNeeded
        try:
            return call(held.access)
        except SignInNeeded:
            return call(self._refreshed(held).access)

    @contextmanager
    def _fitting(self, size: int) -> Generator[None]:
        """Follow the line with how many bytes of a file travel at once. size: of this call."""
        try:
            yield
        except (ProxyLimit, Unreachable) as error:
            if size and (isinstance(error, ProxyLimit) or error.facts.get("reason") in _OVERWHELMED):
                self._bytes = max(_BYTES_LEAST, size // 2)
            raise
        self._bytes = min(BODY_MAX, self._bytes * 2)

    def _octets(self, url: str, start: int, most: int) -> bytes:
        """Bytes from `start` on, at most so many; fewer where the line carries no more at once, or breaks meanwhile."""
        most, arrived = min(most, self._bytes), bytearray()
        headers = {"Range": f"bytes={start}-{start + most - 1}"}
        asked = Outgoing("GET", url, headers, octets=True, arrived=arrived)
        try:
            with self._fitting(most):
                return self._with_tokens(lambda token: octets_of(self._send(asked, token), start, most))
        except Unreachable:
            if len(arrived) < _BYTES_LEAST:
                raise
            return bytes(arrived)

    def _refreshed(self, held: Tokens) -> Tokens:
        """The successors of tokens that ran out; kept before they are used, so a lost answer logs nobody out."""
        request = wire(RefreshRequest(refresh=held.refresh))
        answer = read(TokensAnswer, self._call("POST", "/v1/session/refresh", request))
        tokens = Tokens(answer.token, answer.refresh)
        self._keeper.keep(tokens)
        return tokens

    def _call(self, method: str, path: str, message: object = None, *, token: str = "", most: int = BODY_MAX) -> Any:
        body, form = None, dict[str, str]()
        if message is not None:
            body, form = packed(message, most)
            self._sent = len(body)
        return value_of(self._send(Outgoing(method, self._base + path, form, body), token))

    def _send(self, asked: Outgoing, token: str) -> Reply:
        request = str(uuid4())
        silence, stop = (self._transport.patience.poll_s, self._stop) if self._waiting else (None, None)
        headers = {**self._caller.headers(request, token), **asked.headers}
        reply = self._transport.send(replace(asked, headers=headers, silence_s=silence), stop)
        if reply.is_ours or reply.is_octets:
            self._belongs(reply, request)
        return reply

    def _belongs(self, reply: Reply, request: str) -> None:
        """Look at whose answer it is: a confused proxy hands out another one's, or an older one a second time."""
        if reply.headers.get(H_REQUEST.lower(), request) != request:
            self._transport.drop()
            raise BadBody(reason="request")
        with suppress(ValueError):
            self._ahead = self._clock() - datetime.fromisoformat(reply.headers.get(H_TIME.lower(), ""))
