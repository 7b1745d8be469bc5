"""What stands around every answer: headers, encodings, bounds, and the form of each error."""

import gzip
import logging
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from sync.protocol import codec
from sync.protocol.errors import error_from
from sync.protocol.messages import PullRequest
from sync.protocol.version import H_CLIENT, H_DEVICE, H_PROTOCOL, H_REQUEST, H_SCHEMA, Schema
from sync.records.registry import NUMBER
from sync.server.caller import Caller
from sync.server.identity import tokens
from sync.server.identity.tokens import SignedIn
from sync.server.pull import pull
from sync.server.settings import TokenTimes
from sync.server.storage import identity
from tests.kit.logguard import LogGuard
from tests.sync.conformance.desk import Desk
from tests.sync.conformance.ends import Place
from tests.sync.server.tiny import Tiny, creates, partition_seq
from tests.sync.server.wire import REQUEST, Reply, call, headers, post

NOBODY = "018f0000-0000-7000-8000-0000000000ff"


@dataclass(slots=True)
class Signed:
    """A signed-in device at a school."""

    place: Place
    school: Tiny
    caller: Caller
    token: str

    def said(self) -> dict[str, str]:
        return headers(self.caller.device, self.token)

    def path(self, what: str) -> str:
        return f"/v1/schools/{self.school.school}/{what}"

    def pull(self, value: object, **more: str) -> Reply:
        return post(self.place.url, self.path("pull"), self.said() | more, value)

    def granted(self) -> dict[str, Any]:
        """A pull request that is given rows."""
        answer = self.pull({}).value
        scopes = {grant["scope"]: 0 for grant in answer["grants"]["rows"]}
        return {"epoch": answer["epoch"], "grants": answer["grants"]["hash"], "loading": scopes}


@pytest.fixture
def signed(shop: Place) -> Signed:
    school = shop.new_school()
    caller = shop.enrol(school, "sato", "PC")
    who = SignedIn(caller.user, caller.staff, caller.device, caller.school, 0, "pwd otp")
    return Signed(shop, school, caller, tokens.issue(shop.storage, who, TokenTimes(), shop.clock.now).access)


def test_every_answer_says_whose_it_is_and_when(shop: Place, signed: Signed) -> None:
    answers = [
        signed.pull({}),
        signed.pull({"epoch": NOBODY}),
        post(shop.url, signed.path("pull"), {}, {}),
        call(shop.url, "GET", "/v1/health", {}),
        call(shop.url, "GET", "/nothing", {}),
        call(shop.url, "DELETE", "/v1/session", {}),
        call(shop.url, "GET", "/demo/jwks", {}),
    ]
    for answer in answers:
        assert answer.headers["keyaki-protocol"] == "1"
        assert answer.headers["keyaki-time"] == "2026-11-19T23:31:00.000Z"
        assert answer.headers["content-type"] == "application/json"
    assert [answer.status for answer in answers] == [200, 409, 400, 200, 404, 405, 200]


def test_an_error_has_its_code_its_facts_and_the_requests_id(signed: Signed) -> None:
    answer = signed.pull({"epoch": NOBODY})
    assert answer.status == 409
    assert answer.value == {
        "error": {
            "code": "EPOCH_CHANGED",
            "facts": {"epoch": signed.granted()["epoch"], "seq": 0},
            "retry_s": None,
            "request": REQUEST,
        }
    }
    assert error_from(answer.value).facts["seq"] == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (H_PROTOCOL, None),
        (H_PROTOCOL, "0"),
        (H_PROTOCOL, "2"),
        (H_PROTOCOL, "1.0"),
        (H_PROTOCOL, "9" * 400),
        (H_SCHEMA, None),
        (H_SCHEMA, "1"),
        (H_SCHEMA, "one.two"),
        (H_CLIENT, None),
        (H_CLIENT, "x" * 65),
        (H_DEVICE, None),
        (H_DEVICE, "my-pc"),
        (H_REQUEST, None),
        (H_REQUEST, "1"),
    ],
)
def test_a_request_without_its_sound_headers_is_refused(signed: Signed, name: str, value: str | None) -> None:
    said = {key: text for key, text in signed.said().items() if key != name} | ({} if value is None else {name: value})
    answer = post(signed.place.url, signed.path("pull"), said, {})
    assert (answer.status, answer.code) == (400, "BAD_REQUEST")
    assert answer.value["error"]["facts"]["header"] == name


def test_a_client_too_old_to_pull_may_still_push(signed: Signed) -> None:
    old = {H_SCHEMA: "0.9"}
    answer = signed.pull({}, **old)
    assert (answer.status, answer.code) == (426, "CLIENT_TOO_OLD")
    item = {"q": 1, "rev": 0, "group": {"at": "2026-11-20T05:31:07.120Z", "kind": "void", "ops": []}}
    push = {"epoch": signed.granted()["epoch"], "chain": "0" * 32, "groups": [item]}
    assert post(signed.place.url, signed.path("push"), signed.said() | old, push).status == 200


def test_a_client_of_an_older_major_gets_no_sums_it_could_not_check(signed: Signed) -> None:
    asked = PullRequest(**signed.granted(), sums=True)
    clock, storage = signed.place.clock, signed.place.storage
    older = replace(signed.caller, schema=Schema(0, 9))
    assert "sums" in pull(storage, signed.caller, signed.school.school, asked, clock)
    assert "sums" not in pull(storage, older, signed.school.school, asked, clock)


@pytest.mark.parametrize("encoding", ["zstd", "gzip", "identity"])
def test_bodies_travel_in_every_encoding_both_ways(signed: Signed, encoding: str) -> None:
    creates(signed.school, (signed.school.new_grade(pupil, "A") for pupil in signed.school.pupils))
    body = codec.compress(codec.encode(signed.granted()), encoding)
    said = signed.said() | {"Content-Encoding": encoding, "Accept-Encoding": encoding}
    answer = call(signed.place.url, "POST", signed.path("pull"), said, body)
    assert answer.status == 200
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert {frame["type"] for frame in answer.value["frames"]} >= {"viewpoint_grade", "pupil"}


@pytest.mark.parametrize(
    ("body", "more", "status", "code"),
    [
        (b"{", {}, 400, "BAD_BODY"),
        (b"\xff\xfe", {}, 400, "BAD_BODY"),
        (b'"\\ud800"', {}, 400, "BAD_BODY"),
        (b"[]", {}, 400, "BAD_BODY"),
        (b'{"cursor":1.5}', {}, 400, "BAD_BODY"),
        (b'{"cursor":-1}', {}, 400, "BAD_BODY"),
        (b'{"nonsense":1}', {}, 400, "BAD_BODY"),
        (b'{"max":0}', {}, 400, "BAD_BODY"),
        (b'{"max":20001}', {}, 400, "BAD_BODY"),
        (b"[" * 100_000, {}, 400, "BAD_BODY"),
        (b"{}", {"Content-Encoding": "br"}, 400, "BAD_BODY"),
        (b"{}", {"Content-Encoding": "zstd"}, 400, "BAD_BODY"),
        (gzip.compress(b"{}", mtime=0)[:-4], {"Content-Encoding": "gzip"}, 400, "BAD_BODY"),
        (gzip.compress(b" " * (17 << 20), mtime=0), {"Content-Encoding": "gzip"}, 413, "TOO_LARGE"),
        (codec.compress(b" " * (17 << 20), "zstd"), {"Content-Encoding": "zstd"}, 413, "TOO_LARGE"),
        (b" " * (2 << 20) + b"{}", {}, 413, "TOO_LARGE"),
    ],
)
def test_a_body_that_is_not_what_was_agreed_is_refused(
    signed: Signed, body: bytes, more: dict[str, str], status: int, code: str
) -> None:
    answer = call(signed.place.url, "POST", signed.path("pull"), signed.said() | more, body)
    assert (answer.status, answer.code) == (status, code)


def test_a_push_with_an_unknown_key_anywhere_is_refused_whole(signed: Signed) -> None:
    epoch = signed.granted()["epoch"]
    op = {"do": "create", "type": "score", "id": NOBODY, "set": {}}
    item = {"q": 1, "rev": 0, "group": {"at": "2026-11-20T05:31:07.120Z", "kind": "x", "ops": [op]}}
    push = {"epoch": epoch, "chain": "0" * 32, "groups": [item]}
    worse = [
        push | {"more": 1},
        push | {"groups": [item | {"more": 1}]},
        push | {"groups": [item | {"group": item["group"] | {"more": 1}}]},  # type: ignore[operator]
        push | {"groups": [item | {"group": item["group"] | {"ops": [op | {"more": 1}]}}]},  # type: ignore[operator]
        push | {"groups": [item | {"group": item["group"] | {"ops": [op | {"do": "run"}]}}]},  # type: ignore[operator]
        push | {"groups": []},
        push | {"chain": "0"},
    ]
    for value in worse:
        answer = post(signed.place.url, signed.path("push"), signed.said(), value)
        assert (answer.status, answer.code) == (400, "BAD_BODY")
        assert NOBODY not in str(answer.value), "no value is repeated"
    assert post(signed.place.url, signed.path("push"), signed.said(), push).status == 200


def test_values_nested_too_deep_to_be_hashed_are_refused_as_invalid(signed: Signed) -> None:
    deep: Any = 1
    for _ in range(200):
        deep = [deep]
    item = {
        "q": 1,
        "rev": 0,
        "group": {
            "at": "2026-11-20T05:31:07.120Z",
            "kind": "x",
            "ops": [{"do": "create", "type": "score", "id": NOBODY, "set": {"note": deep}}],
        },
    }
    push = {"epoch": signed.granted()["epoch"], "chain": "0" * 32, "groups": [item]}
    answer = post(signed.place.url, signed.path("push"), signed.said(), push)
    assert (answer.status, answer.value["outcomes"][0]["code"]) == (200, "invalid")


def test_who_is_not_signed_in_learns_nothing(shop: Place, signed: Signed) -> None:
    wrong: list[dict[str, str]] = [
        {"Authorization": ""},
        {"Authorization": "Bearer "},
        {"Authorization": f"Bearer {signed.token[:-1]}"},
        {"Authorization": f"Basic {signed.token}"},
        {"Authorization": f"bearer {signed.token} "},
    ]
    for what, method in (("pull", "POST"), ("push", "POST"), ("wait?seq=0", "GET")):
        for more in wrong:
            answer = call(shop.url, method, signed.path(what), signed.said() | more, b"{}")
            assert (answer.status, answer.code) == (401, "TOKEN_EXPIRED"), (what, more)


def test_a_token_works_on_its_own_device_only(signed: Signed) -> None:
    answer = signed.pull({}, **{H_DEVICE: NOBODY})
    assert (answer.status, answer.code) == (403, "FORBIDDEN")


def test_a_token_ends_after_its_minutes(signed: Signed) -> None:
    clock = signed.place.clock
    try:
        clock.pass_(minutes=4, seconds=59)
        assert signed.pull({}).status == 200
        clock.pass_(seconds=1)
        answer = signed.pull({})
        assert (answer.status, answer.code) == (401, "TOKEN_EXPIRED")
    finally:
        clock.pass_(minutes=-5)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("suspended", "DEVICE_SUSPENDED"),
        ("forked", "DEVICE_SUSPENDED"),
        ("retired", "DEVICE_SUSPENDED"),
        ("pending", "DEVICE_SUSPENDED"),
        ("wiping", "DEVICE_WIPED"),
        ("wiped", "DEVICE_WIPED"),
    ],
)
def test_a_device_that_is_not_active_is_turned_away_at_its_next_request(signed: Signed, status: str, code: str) -> None:
    storage = signed.place.storage
    assert signed.pull({}).status == 200
    with storage.database.writing() as connection:
        identity.set_device_status(connection, signed.caller.device, status)
    for what, method in (("pull", "POST"), ("push", "POST"), ("wait?seq=0", "GET")):
        answer = call(signed.place.url, method, signed.path(what), signed.said(), b"{}")
        assert (answer.status, answer.code) == (403, code)


def test_paths_that_are_no_school_get_the_answer_of_what_may_not_be_seen(signed: Signed) -> None:
    for school in ("x", NOBODY, signed.school.school.upper()):
        answer = post(signed.place.url, f"/v1/schools/{school}/pull", signed.said(), {})
        assert (answer.status, answer.code) == (403, "FORBIDDEN")


def test_a_wait_without_a_number_is_refused(signed: Signed) -> None:
    for seq in ("", "x", "-1", "1.5", "9" * 30):
        answer = call(signed.place.url, "GET", signed.path(f"wait?seq={seq}"), signed.said())
        assert (answer.status, answer.code) == (400, "BAD_REQUEST")
    assert call(signed.place.url, "GET", signed.path("wait"), signed.said()).code == "BAD_REQUEST"


def test_a_push_that_finds_the_school_locked_is_told_to_come_back_and_is_taken_then(signed: Signed) -> None:
    epoch = signed.granted()["epoch"]
    item = {"q": 1, "rev": 0, "group": {"at": "2026-11-20T05:31:07.120Z", "kind": "void", "ops": []}}
    push = {"epoch": epoch, "chain": "0" * 32, "groups": [item]}
    with signed.place.storage.database.writing():
        answer = post(signed.place.url, signed.path("push"), signed.said(), push)
    assert (answer.status, answer.code) == (503, "BUSY")
    assert (answer.headers["retry-after"], answer.value["error"]["retry_s"]) == ("1", 1)
    again = post(signed.place.url, signed.path("push"), signed.said(), push)
    assert again.value["outcomes"] == [{"q": 1, "outcome": "same"}]


def test_pulls_do_not_wait_for_a_push_under_way(signed: Signed) -> None:
    with signed.place.storage.database.writing():
        assert signed.pull({}).status == 200


def test_a_fault_of_the_servers_own_is_a_500_that_says_nothing_and_is_no_outcome(
    signed: Signed, logs: LogGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.announce("sync.server.app", "request failed", logging.ERROR)
    broken = signed.place.storage.pages
    monkeypatch.setattr(signed.place.storage, "pages", None)
    answer = signed.pull(signed.granted())
    signed.place.storage.pages = broken
    assert answer.status == 500
    assert answer.value["error"] == {"code": "BUSY", "facts": {}, "retry_s": 5, "request": REQUEST}
    assert b"NoneType" not in answer.body


def test_nothing_new_costs_less_than_400_bytes(signed: Signed) -> None:
    desk = Desk(signed.place.core(signed.caller), signed.school.school)
    desk.sync()
    asked = PullRequest(epoch=desk.epoch, cursor=desk.cursor, grants=desk.hash)
    answer = signed.pull(asked.model_dump(mode="json", exclude_defaults=True))
    assert answer.value == {"epoch": desk.epoch, "cursor": partition_seq(signed.school)}
    raw = _raw(signed, codec.encode(asked.model_dump(mode="json", exclude_defaults=True)))
    assert len(raw) < 400


def test_the_schema_is_told_and_an_unknown_one_is_not(signed: Signed) -> None:
    told = call(signed.place.url, "GET", f"/v1/schema/{NUMBER}", signed.said()).value
    assert told["types"]["score"]["units"] == {"state": ["state", "value"], "note": ["note"]}
    assert told["types"]["score"]["fields"]["value"] == {"kind": "dec", "places": 2}
    assert call(signed.place.url, "GET", "/v1/schema/99", signed.said()).code == "BAD_REQUEST"


def test_a_stopping_server_sends_waiting_clients_home(signed: Signed) -> None:
    notifier = _notifier(signed.place)
    answers: list[Reply] = []
    seq = partition_seq(signed.school)
    path = signed.path(f"wait?seq={seq}")
    thread = threading.Thread(target=lambda: answers.append(call(signed.place.url, "GET", path, signed.said())))
    thread.start()
    try:
        _until(lambda: signed.school.school in notifier._waiting)
        notifier._loop.call_soon_threadsafe(notifier.close)
        thread.join(10)
        assert [(one.status, one.code) for one in answers] == [(503, "SHUTDOWN")]
        late = signed.pull({})
        assert (late.status, late.code, late.headers["retry-after"]) == (503, "SHUTDOWN", "2")
    finally:
        notifier.closed = False


def _notifier(place: Place) -> Any:
    return place.storage.changed.__self__  # type: ignore[attr-defined]


def _until(true: Callable[[], bool]) -> None:
    """Wait for another thread, at most ten seconds."""
    done = threading.Event()
    for _ in range(1_000):
        if true():
            return
        done.wait(0.01)
    pytest.fail("never happened")


def _raw(signed: Signed, body: bytes) -> bytes:
    """The whole answer, byte by byte."""
    said = signed.said() | {"Host": "x", "Content-Length": str(len(body)), "Connection": "close"}
    head = f"POST {signed.path('pull')} HTTP/1.1\r\n" + "".join(f"{name}: {text}\r\n" for name, text in said.items())
    parts: list[bytes] = []
    with socket.create_connection(tuple(urlsplit(signed.place.url).netloc.split(":"))) as connection:
        connection.sendall(head.encode() + b"\r\n" + body)
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)
