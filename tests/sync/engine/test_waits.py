"""Every wait of the client has a timer (promise I19): no call of the port outlives a server that never answers."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from inspect import isfunction

import pytest

from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.tokens import HeldTokens, Tokens
from sync.engine.transport import Patience, Transport
from sync.errors import KeyakiError
from sync.protocol.backend import Backend, FilePart
from sync.protocol.errors import Unreachable
from sync.protocol.messages import (
    Chunk,
    Group,
    Item,
    PullRequest,
    PurgedRequest,
    PushRequest,
    VerifyRequest,
)
from sync.protocol.session import DeviceInfo, SessionRequest
from tests.kit import chaos as faults
from tests.kit.chaos import ChaosProxy

SCHOOL = "018f0000-0000-7000-8000-000000000001"
EPOCH = "018f0000-0000-7000-8000-0000000000e0"
DEVICE = "018f0000-0000-7000-8000-0000000000d0"
HASH = "a" * 64
QUICK = Patience(connect_s=1, stall_s=0.3, poll_s=0.6, whole_s=1)
LONGEST_S = 20
"""A call that has not ended then waits for ever; a busy machine takes a second or two."""

CALLS: dict[str, Callable[[HttpBackend], object]] = {
    "push": lambda way: way.push(
        SCHOOL,
        PushRequest(
            epoch=EPOCH,
            chain="0" * 32,
            groups=(Item(q=1, rev=0, group=Group(at="2026-11-20T05:31:07.120Z", kind="void", ops=())),),
        ),
    ),
    "pull": lambda way: way.pull(SCHOOL, PullRequest(cursor=1)),
    "verify": lambda way: way.verify(SCHOOL, VerifyRequest(epoch=EPOCH, cursor=1, grants="g", scope="roster:2026:3-2")),
    "purged": lambda way: way.purged(SCHOOL, PurgedRequest(epoch=EPOCH, scopes=("roster:2026:3-2",))),
    "get_chunks": lambda way: way.get_chunks(SCHOOL, (Chunk(id="0" * 32, rows=1, size=10),)),
    "put_file": lambda way: way.put_file(SCHOOL, FilePart(HASH, 4, 0, b"data")),
    "get_file": lambda way: way.get_file(SCHOOL, HASH, 0, 100),
    "wait": lambda way: way.wait(SCHOOL, 1),
}
"""One call of each method of the port."""

SILENCES = {"no answer": faults.silent, "a head without an end": faults.dripping}
NEEDS_WATCH = "a head without an end"
"""Bytes that move for ever: only the program's own clock sees that the whole takes too long."""


def backend(chaos: ChaosProxy, tokens: Tokens | None = None) -> HttpBackend:
    keeper = HeldTokens(tokens or Tokens("a1", "r1"))
    return HttpBackend(chaos.address, Caller(DEVICE, "0.1.0"), keeper, Transport(QUICK))


def outcome(way: HttpBackend, call: Callable[[HttpBackend], object], *, watched: bool = False) -> KeyakiError | None:
    """How a call ends; None where it does not end. watched: looked after as the program's own clock does."""
    ended: list[KeyakiError] = []

    def tried() -> None:
        try:
            call(way)
        except KeyakiError as error:
            ended.append(error)

    thread = threading.Thread(target=tried, daemon=True)
    thread.start()
    until = datetime.now(UTC) + timedelta(seconds=LONGEST_S)
    while thread.is_alive() and datetime.now(UTC) < until:
        thread.join(0.1)
        if watched:
            way.watch()
    return ended[0] if ended else None


def test_every_call_of_the_port_is_among_those_tried() -> None:
    assert CALLS.keys() == {name for name, each in vars(Backend).items() if isfunction(each) and name[0] != "_"}


@pytest.mark.parametrize("silence", SILENCES)
@pytest.mark.parametrize("name", CALLS)
def test_no_call_outlives_a_server_that_says_nothing(chaos: ChaosProxy, name: str, silence: str) -> None:
    chaos.default = SILENCES[silence]
    way = backend(chaos)
    assert isinstance(outcome(way, CALLS[name], watched=silence == NEEDS_WATCH), Unreachable)
    way.close()


@pytest.mark.parametrize("silence", SILENCES)
def test_neither_a_sign_in_nor_a_renewal_of_its_tokens_waits_for_ever(chaos: ChaosProxy, silence: str) -> None:
    device = DeviceInfo(id=DEVICE, name="PC", os="linux")
    signing = SessionRequest(id_token="t", r32="r" * 43, device=device)
    chaos.default = SILENCES[silence]
    way = backend(chaos)
    assert isinstance(outcome(way, lambda way: way.session(signing), watched=silence == NEEDS_WATCH), Unreachable)
    expired = faults.ours(b'{"error":{"code":"TOKEN_EXPIRED","facts":{},"request":"x"}}', "401 Unauthorized")
    chaos.plan(expired, "/pull")
    assert isinstance(outcome(way, CALLS["pull"], watched=silence == NEEDS_WATCH), Unreachable)
    way.close()


def test_a_server_that_is_not_there_is_given_up(chaos: ChaosProxy) -> None:
    chaos.close()  # the port is known and nobody listens any more
    way = backend(chaos)
    assert isinstance(outcome(way, CALLS["pull"]), Unreachable)
    way.close()
