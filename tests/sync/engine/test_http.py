"""The way to the server, against real sockets that misbehave: protocol.md 7, 13; security.md 13, P20."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic

import orjson
import pytest

from sync.engine.http import HttpBackend
from sync.engine.request import AddressRefused, Caller, checked
from sync.engine.route import Straight
from sync.engine.tokens import HeldTokens, Tokens
from sync.engine.transport import Patience, Transport
from sync.errors import KeyakiError
from sync.protocol.backend import WaitStopped
from sync.protocol.codec import compress, inflate
from sync.protocol.errors import (
    BadBody,
    CaptivePortal,
    NotOurs,
    ProxyLimit,
    ProxyRefused,
    ServerBusy,
    SignInNeeded,
    TooLarge,
    Unreachable,
)
from sync.protocol.messages import (
    Group,
    Item,
    Patch,
    PullRequest,
    PushRequest,
)
from sync.protocol.session import DeviceInfo, SessionRequest
from sync.protocol.version import BODY_MAX
from sync.records.registry import NUMBER
from tests.kit import chaos as faults
from tests.kit.chaos import ChaosProxy

SCHOOL = "018f0000-0000-7000-8000-000000000001"
EPOCH = "018f0000-0000-7000-8000-0000000000e0"
DEVICE = "018f0000-0000-7000-8000-0000000000d0"
EXPIRED = faults.ours(b'{"error":{"code":"TOKEN_EXPIRED","facts":{},"request":"x"}}', "401 Unauthorized")
FRESH = faults.ours(orjson.dumps({"token": "a2", "refresh": "r2", "expires_in": 300}))
PAGE = faults.ours(orjson.dumps({"epoch": EPOCH, "cursor": 7}))
QUICK = Patience(connect_s=2, stall_s=0.3, poll_s=0.6, whole_s=1)


class Line:
    """A backend on a proxy, and what the client kept."""

    def __init__(self, proxy: ChaosProxy, patience: Patience = QUICK) -> None:
        self.keeper = HeldTokens(Tokens("a1", "r1"))
        self.transport = Transport(patience)
        self.backend = HttpBackend(proxy.address, Caller(DEVICE, "0.1.0"), self.keeper, self.transport)


@pytest.fixture
def line(chaos: ChaosProxy) -> Iterator[Line]:
    made = Line(chaos)
    yield made
    made.backend.close()


def pushed(text: str = "") -> PushRequest:
    ops = (Patch(type="score", id=SCHOOL, set={"note": text}, base={"note": 1}),) if text else ()
    group = Group(at="2026-11-20T05:31:07.120Z", kind="grades.score", ops=ops)
    return PushRequest(epoch=EPOCH, chain="0" * 32, groups=(Item(q=1, rev=0, group=group),))


def test_a_request_says_who_asks_and_proves_it(chaos: ChaosProxy, line: Line) -> None:
    chaos.plan(PAGE)
    assert line.backend.pull(SCHOOL, PullRequest(cursor=3)).cursor == 7
    head = chaos.requests[0].partition(b"\r\n\r\n")[0].decode()
    said = dict(row.split(": ", 1) for row in head.split("\r\n")[1:])
    assert chaos.seen == [f"POST /v1/schools/{SCHOOL}/pull"]
    assert said["Keyaki-Protocol"] == "1"
    assert said["Keyaki-Schema"] == str(NUMBER)
    assert said["Keyaki-Client"] == "0.1.0"
    assert said["Keyaki-Device"] == DEVICE
    assert said["Authorization"] == "Bearer a1"
    assert said["Content-Type"] == "application/json"
    assert said["Accept-Encoding"] == "zstd, gzip"
    assert len(said["Keyaki-Request"]) == 36
    assert said["User-Agent"] == "Keyaki"
    assert not {"Accept", "Connection", "Cookie", "Content-Encoding"} & said.keys(), "nothing that says nothing"


def test_large_bodies_travel_as_zstd_both_ways(chaos: ChaosProxy, line: Line) -> None:
    body = compress(orjson.dumps({"epoch": EPOCH, "last": 1, "chain": "0" * 32, "outcomes": []}), "zstd")
    chaos.plan(faults.ours(body, "200 OK", "Content-Encoding: zstd"))
    assert line.backend.push(SCHOOL, pushed("あ" * 1000)).last == 1
    head, _, sent = chaos.requests[0].partition(b"\r\n\r\n")
    assert b"Content-Encoding: zstd" in head
    assert orjson.loads(inflate(sent, "zstd"))["groups"][0]["group"]["ops"][0]["set"] == {"note": "あ" * 1000}


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.html, CaptivePortal),
        (faults.redirect, CaptivePortal),
        (faults.proxy_407, ProxyRefused),
        (faults.foreign_500, ServerBusy),
        (faults.own_500, ServerBusy),
        (faults.wrong_schema, BadBody),
        (faults.not_json, BadBody),
        (faults.plain_answer, NotOurs),
        (faults.garbage, NotOurs),
        (faults.cut_before, Unreachable),
        (faults.silent, Unreachable),
    ],
)
def test_every_way_to_be_answered_wrongly_has_its_error(
    chaos: ChaosProxy, line: Line, fault: faults.Fault, kind: type[KeyakiError]
) -> None:
    chaos.default = fault
    for call in (
        lambda: line.backend.push(SCHOOL, pushed()),
        lambda: line.backend.pull(SCHOOL, PullRequest(cursor=1)),
        lambda: line.backend.wait(SCHOOL, 1),
    ):
        with pytest.raises(kind):
            call()
    assert line.keeper.tokens() == Tokens("a1", "r1")


def test_no_body_of_a_stranger_is_ever_read(chaos: ChaosProxy, line: Line) -> None:
    chaos.default = faults.answer(b"x" * (BODY_MAX * 4), media="text/html")
    with pytest.raises(CaptivePortal):
        line.backend.pull(SCHOOL, PullRequest(cursor=1))


def test_nobody_listening_is_unreachable(chaos: ChaosProxy) -> None:
    chaos.close()
    with pytest.raises(Unreachable):
        Line(chaos).backend.pull(SCHOOL, PullRequest(cursor=1))


def test_a_cookie_is_not_kept(chaos: ChaosProxy, line: Line) -> None:
    chaos.default = faults.ours(orjson.dumps({"epoch": EPOCH, "cursor": 7}), "200 OK", "Set-Cookie: portal=1; Path=/")
    line.backend.pull(SCHOOL, PullRequest(cursor=1))
    line.backend.pull(SCHOOL, PullRequest(cursor=1))
    assert b"portal" not in chaos.requests[1]


def test_an_answer_larger_than_agreed_is_not_read_to_its_end(chaos: ChaosProxy, line: Line) -> None:
    chaos.plan(faults.ours(b" " * (BODY_MAX + 1)))
    with pytest.raises(BadBody) as caught:
        line.backend.pull(SCHOOL, PullRequest(cursor=1))
    assert caught.value.facts == {"reason": "size"}


def test_an_answer_that_swells_is_refused(chaos: ChaosProxy, line: Line) -> None:
    chaos.plan(faults.ours(compress(b" " * (64 << 20), "gzip"), "200 OK", "Content-Encoding: gzip"))
    with pytest.raises(BadBody):
        line.backend.pull(SCHOOL, PullRequest(cursor=1))


def test_a_request_larger_than_agreed_is_not_sent(chaos: ChaosProxy, line: Line) -> None:
    with pytest.raises(TooLarge):
        line.backend.push(SCHOOL, pushed("あ" * (17 << 20)))
    assert chaos.seen == []


def test_tokens_that_ran_out_are_renewed_once_and_kept_before_they_are_used(chaos: ChaosProxy, line: Line) -> None:
    chaos.plan(EXPIRED, "/pull")
    chaos.plan(FRESH, "/refresh")
    chaos.plan(PAGE, "/pull")
    assert line.backend.pull(SCHOOL, PullRequest(cursor=1)).cursor == 7
    assert [path.rsplit("/", 1)[1] for path in chaos.seen] == ["pull", "refresh", "pull"]
    assert b"Bearer a2" in chaos.requests[2]
    assert b"Authorization" not in chaos.requests[1]
    assert line.keeper.tokens() == Tokens("a2", "r2")


def test_a_lost_renewal_keeps_the_old_tokens_and_is_tried_again_with_them(chaos: ChaosProxy, line: Line) -> None:
    chaos.plan(EXPIRED, "/pull")
    chaos.plan(faults.cut_before, "/refresh")
    with pytest.raises(Unreachable):
        line.backend.pull(SCHOOL, PullRequest(cursor=1))
    assert line.keeper.tokens() == Tokens("a1", "r1")
    chaos.plan(EXPIRED, "/pull")
    chaos.plan(FRESH, "/refresh")
    chaos.plan(PAGE, "/pull")
    assert line.backend.pull(SCHOOL, PullRequest(cursor=1)).cursor == 7
    assert b'{"refresh":"r1"}' in chaos.requests[3]


def test_a_session_that_is_over_asks_for_a_sign_in(chaos: ChaosProxy, line: Line) -> None:
    chaos.default = EXPIRED
    with pytest.raises(SignInNeeded):
        line.backend.pull(SCHOOL, PullRequest(cursor=1))
    assert len(chaos.seen) == 2


def test_without_tokens_nothing_is_sent(chaos: ChaosProxy) -> None:
    backend = HttpBackend(chaos.address, Caller(DEVICE, "0.1.0"), HeldTokens(), Transport(QUICK))
    with pytest.raises(SignInNeeded):
        backend.pull(SCHOOL, PullRequest(cursor=1))
    assert chaos.seen == []
    backend.close()


def test_a_sign_in_keeps_its_tokens_and_one_that_would_break_a_header_is_refused(chaos: ChaosProxy, line: Line) -> None:
    request = SessionRequest(id_token="i", r32="r", device=DeviceInfo(id=DEVICE, name="職員室PC", os="linux"))
    session = {"expires_in": 300, "user": DEVICE, "device_status": "active", "partitions": []}
    chaos.plan(faults.ours(orjson.dumps(session | {"token": "a\r\nX: y", "refresh": "r9"})))
    with pytest.raises(BadBody):
        line.backend.session(request)
    assert line.keeper.tokens() == Tokens("a1", "r1")
    chaos.plan(faults.ours(orjson.dumps(session | {"token": "a9", "refresh": "r9"})))
    assert line.backend.session(request).user == DEVICE
    assert line.keeper.tokens() == Tokens("a9", "r9")


def test_tokens_are_not_readable_where_objects_are_printed() -> None:
    assert "secret" not in repr(Tokens("secret-a", "secret-r"))


def test_a_kept_connection_that_the_server_closed_is_opened_anew_without_a_word() -> None:
    proxy = KeepAlive()
    line = Line(proxy)  # type: ignore[arg-type]
    assert line.backend.pull(SCHOOL, PullRequest(cursor=1)).cursor == 7
    proxy.hang_up_on_next = True
    assert line.backend.pull(SCHOOL, PullRequest(cursor=1)).cursor == 7
    assert proxy.connections == 2
    line.backend.close()
    proxy.close()


class KeepAlive:
    """A server that keeps connections, and once takes a request only to hang up."""

    def __init__(self) -> None:
        self.hang_up_on_next = False
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        body = orjson.dumps({"epoch": EPOCH, "cursor": 7})
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nKeyaki-Protocol: 1\r\nContent-Length: {len(body)}"
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            with client:
                while faults.read_request(client) is not None:
                    if self.hang_up_on_next:
                        self.hang_up_on_next = False
                        break
                    client.sendall(head.encode() + b"\r\n\r\n" + body)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


def test_a_head_that_never_ends_is_broken_off_by_the_watch(chaos: ChaosProxy, line: Line) -> None:
    chaos.default = faults.dripping
    ended = threading.Event()
    watcher = threading.Thread(target=lambda: [line.backend.watch() for _ in iter(lambda: ended.wait(0.1), True)])
    watcher.start()
    began = monotonic()
    with pytest.raises(Unreachable):
        line.backend.pull(SCHOOL, PullRequest(cursor=1))
    ended.set()
    watcher.join()
    assert QUICK.whole_s <= monotonic() - began < 10


def test_a_body_that_trickles_is_given_up_when_the_whole_time_is_over(chaos: ChaosProxy, line: Line) -> None:
    def trickle(_request: bytes, _forward: faults.Forward, client: object) -> None:
        send = client.sendall  # type: ignore[attr-defined]
        send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nKeyaki-Protocol: 1\r\nContent-Length: 9999\r\n\r\n")
        pause = threading.Event()
        while not pause.wait(0.02):
            send(b" ")

    chaos.default = trickle
    with pytest.raises(Unreachable) as caught:
        line.backend.pull(SCHOOL, PullRequest(cursor=1))
    assert caught.value.facts == {"reason": "slow"}


def many(count: int) -> PushRequest:
    """A push of this many groups, each with a note that does not shrink when it is packed."""
    notes = ["".join(chr(0x4E00 + (7919 * each + 31 * at * at) % 20000) for at in range(200)) for each in range(count)]
    groups = [pushed(note).groups[0].model_copy(update={"q": q}) for q, note in enumerate(notes, 1)]
    return PushRequest(epoch=EPOCH, chain="0" * 32, groups=tuple(groups))


TAKEN = faults.ours(orjson.dumps({"epoch": EPOCH, "last": 1, "chain": "0" * 32, "outcomes": []}))


def test_a_slow_line_may_take_longer_than_the_whole_time_as_long_as_bytes_move(chaos: ChaosProxy) -> None:
    patience, rate = Patience(connect_s=2, stall_s=1, whole_s=2), 30_000  # 1 kB/s of the real one, 30 times as quick
    line = Line(chaos, patience)
    chaos.default = TAKEN
    chaos.slow_down(rate)
    began = monotonic()
    assert line.backend.push(SCHOOL, many(200)).last == 1
    assert monotonic() - began > len(chaos.requests[0]) / rate > patience.whole_s
    line.backend.close()


def test_a_line_that_stops_in_the_middle_of_a_push_is_given_up_after_the_stall(chaos: ChaosProxy, line: Line) -> None:
    chaos.slow_down(1)
    began = monotonic()
    with pytest.raises(Unreachable) as caught:
        line.backend.push(SCHOOL, many(250))
    assert caught.value.facts == {"reason": "WriteTimeout"}
    assert QUICK.stall_s <= monotonic() - began < QUICK.whole_s


def test_less_travels_at_once_after_a_stall_and_more_again_after_a_success(chaos: ChaosProxy) -> None:
    line = Line(chaos, Patience(connect_s=2, stall_s=0.1, whole_s=1))
    whole = many(64)
    chaos.plan(faults.silent)
    with pytest.raises(Unreachable):
        line.backend.push(SCHOOL, whole)
    asked = len(chaos.seen)
    with pytest.raises(TooLarge):
        line.backend.push(SCHOOL, whole)
    assert len(chaos.seen) == asked, "what the line did not carry is not tried again in one piece"
    chaos.default = TAKEN
    for _ in range(2):
        line.backend.push(SCHOOL, many(28))
    line.backend.push(SCHOOL, whole)
    line.backend.close()


def test_a_group_that_cannot_be_halved_is_tried_however_little_the_line_carried(chaos: ChaosProxy) -> None:
    line = Line(chaos, Patience(connect_s=2, stall_s=0.1, whole_s=1))
    alone = pushed("".join(chr(0x4E00 + at * at % 20000) for at in range(5000)))
    for _ in range(3):
        chaos.plan(faults.silent)
        with pytest.raises(Unreachable):
            line.backend.push(SCHOOL, alone)
    assert len(chaos.seen) == 3
    line.backend.close()


def test_a_proxy_that_takes_little_at_once_halves_what_travels(chaos: ChaosProxy, line: Line) -> None:
    chaos.default = faults.proxy_413
    with pytest.raises(ProxyLimit):
        line.backend.push(SCHOOL, many(64))
    with pytest.raises(TooLarge) as caught:
        line.backend.push(SCHOOL, many(64))
    assert type(caught.value) is TooLarge
    assert len(chaos.seen) == 1


def test_pages_become_smaller_after_one_that_broke_off_and_larger_again(chaos: ChaosProxy, line: Line) -> None:
    chaos.plan(faults.cut_before, "/pull", 2)
    chaos.plan(PAGE, "/pull", 3)
    for _ in range(2):
        with pytest.raises(Unreachable):
            line.backend.pull(SCHOOL, PullRequest(cursor=1, max=5000))
    for _ in range(3):
        line.backend.pull(SCHOOL, PullRequest(cursor=1, max=5000))
    asked = [orjson.loads(inflated(request))["max"] for request in chaos.requests]
    assert asked == [5000, 2500, 1250, 2500, 5000]


def test_no_network_at_all_makes_nothing_smaller(chaos: ChaosProxy) -> None:
    chaos.close()
    line = Line(chaos)
    for _ in range(3):
        with pytest.raises(Unreachable) as caught:
            line.backend.push(SCHOOL, many(64))
    assert caught.value.facts == {"reason": "ConnectError"}


def test_a_name_nobody_knows_is_told_as_such() -> None:
    transport = Transport(QUICK)
    backend = HttpBackend("https://keyaki.invalid", Caller(DEVICE, "0.1.0"), HeldTokens(Tokens("a", "r")), transport)
    with pytest.raises(Unreachable) as caught:
        backend.pull(SCHOOL, PullRequest(cursor=1))
    assert caught.value.facts == {"reason": "name"}
    backend.close()


def test_the_answer_to_another_request_is_not_taken(chaos: ChaosProxy, line: Line) -> None:
    body = orjson.dumps({"epoch": EPOCH, "cursor": 7})
    chaos.default = faults.ours(body, "200 OK", "Keyaki-Request: 018f0000-0000-4000-8000-0000000000ff")
    with pytest.raises(BadBody) as caught:
        line.backend.pull(SCHOOL, PullRequest(cursor=1))
    assert caught.value.facts == {"reason": "request"}


def test_how_far_the_clock_is_off_is_known_from_the_servers_own_word(chaos: ChaosProxy) -> None:
    now = datetime(2026, 11, 20, 8, 31, tzinfo=UTC)
    backend = HttpBackend(
        chaos.address, Caller(DEVICE, "0.1.0"), HeldTokens(Tokens("a", "r")), Transport(QUICK), clock=lambda: now
    )
    body = orjson.dumps({"epoch": EPOCH, "cursor": 7})
    for said, ahead in (("2026-11-20T08:01:00.000Z", 30), ("2026-11-20T09:31:00.000Z", -60), ("soon", -60)):
        chaos.default = faults.ours(body, "200 OK", f"Keyaki-Time: {said}")
        backend.pull(SCHOOL, PullRequest(cursor=1))
        assert backend.ahead == timedelta(minutes=ahead), said
    backend.close()


def test_a_call_in_which_nothing_moves_is_seen_from_outside_and_a_long_poll_is_not_one(chaos: ChaosProxy) -> None:
    line = Line(chaos, Patience())
    assert line.backend.still_s() == 0
    thread, _ = polling(chaos, line)
    assert line.backend.still_s() == 0
    assert line.transport.still_s() > 0
    line.backend.drop()
    thread.join(5)
    assert line.backend.still_s() == 0


def test_a_connection_that_was_given_up_is_not_used_again() -> None:
    proxy = KeepAlive()
    line = Line(proxy)  # type: ignore[arg-type]
    line.backend.pull(SCHOOL, PullRequest(cursor=1))
    line.backend.drop()
    assert line.backend.pull(SCHOOL, PullRequest(cursor=1)).cursor == 7
    assert proxy.connections == 2
    line.backend.close()
    proxy.close()


def inflated(request: bytes) -> bytes:
    """The body of a request as it was before it was packed."""
    head, _, body = request.partition(b"\r\n\r\n")
    return inflate(body, "zstd") if b"Content-Encoding: zstd" in head else body


def polling(chaos: ChaosProxy, line: Line) -> tuple[threading.Thread, list[BaseException]]:
    """A long poll under way in a thread of its own."""
    raised: list[BaseException] = []
    arrived = threading.Event()

    def hold(request: bytes, forward: faults.Forward, client: object) -> None:
        arrived.set()
        faults.silent(request, forward, client)  # type: ignore[arg-type]

    def poll() -> None:
        try:
            line.backend.wait(SCHOOL, 1)
        except KeyakiError as error:
            raised.append(error)

    chaos.default = hold
    thread = threading.Thread(target=poll)
    thread.start()
    assert arrived.wait(5)
    return thread, raised


def test_a_long_poll_ends_at_once_when_there_is_something_to_send(chaos: ChaosProxy) -> None:
    line = Line(chaos, Patience())
    thread, raised = polling(chaos, line)
    line.backend.stop_waiting()
    thread.join(5)
    assert [type(error) for error in raised] == [WaitStopped]
    chaos.default = PAGE
    assert line.backend.pull(SCHOOL, PullRequest(cursor=1)).cursor == 7
    line.backend.close()


def test_a_stop_that_comes_before_the_long_poll_is_not_forgotten(chaos: ChaosProxy) -> None:
    line = Line(chaos, Patience())
    line.backend.stop_waiting()
    with pytest.raises(WaitStopped):
        line.backend.wait(SCHOOL, 1)
    assert chaos.seen == []
    chaos.default = faults.ours(orjson.dumps({"epoch": EPOCH, "seq": 9}))
    assert line.backend.wait(SCHOOL, 1).seq == 9
    line.backend.close()


def test_closing_ends_a_call_of_another_thread_and_refuses_the_next(chaos: ChaosProxy) -> None:
    line = Line(chaos, Patience())
    thread, raised = polling(chaos, line)
    line.backend.close()
    thread.join(5)
    assert [type(error) for error in raised] == [Unreachable]
    with pytest.raises(Unreachable):
        line.backend.pull(SCHOOL, PullRequest(cursor=1))


def test_a_proxy_that_wants_a_password_is_told_apart_from_no_network(chaos: ChaosProxy) -> None:
    chaos.default = faults.proxy_407
    transport = Transport(QUICK, Straight(chaos.address))
    backend = HttpBackend("https://keyaki.example", Caller(DEVICE, "0.1.0"), HeldTokens(Tokens("a", "r")), transport)
    with pytest.raises(ProxyRefused):
        backend.pull(SCHOOL, PullRequest(cursor=1))
    assert chaos.requests[0].startswith(b"CONNECT keyaki.example:443")
    backend.close()


@pytest.mark.parametrize("address", ["https://keyaki.example/", "http://127.0.0.1:8080", "http://localhost:1/a"])
def test_an_address_is_https_or_this_computer(address: str) -> None:
    assert checked(address) == address.rstrip("/")


@pytest.mark.parametrize(
    "address",
    [
        "http://keyaki.example",
        "ftp://127.0.0.1",
        "https://",
        "keyaki.example",
        "https://user:pw@keyaki.example",
        "https://keyaki.example/?a=1",
        "https://keyaki.example:port",
        "https://けやき.example",
        "http://127.0.0.1.evil.example",
        "",
    ],
)
def test_any_other_address_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        checked(address)
