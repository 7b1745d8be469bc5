"""Joining a school through the real pages of the demo's issuer and the real session endpoint (security.md 9)."""

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event
from typing import cast
from uuid import uuid4

import pytest

from client.demo import SATO, TANAKA, DemoServer, Visitor
from client.unlock.enrol import BUSY_S, Enrol, Joined, Place
from client.unlock.record import Known
from client.unlock.signin import Provider
from sync.engine.http import HttpBackend
from sync.engine.reply import Reply
from sync.engine.request import Caller, Outgoing
from sync.engine.tokens import HeldTokens, Tokens
from sync.engine.transport import Patience, Transport
from sync.protocol.codec import IDENTITY, decode, inflate
from sync.protocol.errors import BadBody, Forbidden, ServerBusy, SignInNeeded, error_body
from sync.protocol.form import Request
from sync.protocol.messages import PullRequest, read
from sync.protocol.session import DeviceInfo
from tests.sync.server.process import run

pytestmark = pytest.mark.timeout(600)  # the first test of a run makes the sample school


@pytest.fixture
def transport() -> Iterator[Transport]:
    made = Transport(Patience(connect_s=5, stall_s=20))
    yield made
    made.close()


@pytest.fixture
def enrol(backend: DemoServer, transport: Transport) -> Callable[..., Enrol]:
    place = Place(backend.url, Provider(backend.issuer, "keyaki"), "職員室PC 3", "0.1.0")

    def begin(*known: Known) -> Enrol:
        return Enrol(place, known, transport, secrets.token_bytes, lambda: str(uuid4()))

    return begin


def joined(attempt: Enrol, teacher: str, wanted: Known | None = None) -> Joined:
    found = attempt.run(Visitor(teacher), "done", lambda: False, wanted)
    assert found is not None
    return found


def test_a_new_teacher_joins_with_a_device_of_its_own_and_may_pull(
    enrol: Callable[..., Enrol], backend: DemoServer, transport: Transport
) -> None:
    found = joined(enrol(), TANAKA)
    enrolment = found.enrolment
    assert enrolment.partitions[enrolment.school] == "school"
    assert [name.split(":")[0] for name in enrolment.partitions.values()] == ["pref", "board", "school"]
    assert enrolment.staff is not None
    assert found.known == Known(
        enrolment.device, enrolment.user, enrolment.school, enrolment.user, name=found.known.name
    )
    assert found.known.name.startswith("田中")
    keeper = HeldTokens(found.tokens)
    link = HttpBackend(backend.url, Caller(enrolment.device, "0.1.0"), keeper, transport)
    answer = link.pull(enrolment.school, PullRequest())
    assert answer.grants is not None
    assert any(grant.scope.startswith("lesson:") and ":3-2:" in grant.scope for grant in answer.grants.rows)


def test_who_is_known_on_this_pc_gets_the_same_device_again(enrol: Callable[..., Enrol]) -> None:
    first = joined(enrol(), TANAKA)
    again = joined(enrol(first.known), TANAKA)
    assert again.enrolment.device == first.enrolment.device
    assert again.tokens != first.tokens
    other = joined(enrol(first.known), SATO)
    assert other.enrolment.device != first.enrolment.device


def test_a_colleague_cannot_renew_a_session_of_anothers_store(enrol: Callable[..., Enrol]) -> None:
    first = joined(enrol(), TANAKA)
    with pytest.raises(Forbidden):
        joined(enrol(first.known), SATO, wanted=first.known)


def test_tokens_are_renewed_by_the_real_server_and_the_old_ones_answer_the_same_for_a_moment(
    enrol: Callable[..., Enrol], backend: DemoServer, transport: Transport
) -> None:
    found = joined(enrol(), TANAKA)
    school, device = found.enrolment.school, found.enrolment.device
    for _ in range(2):  # the second time stands for an answer that was lost
        keeper = HeldTokens(Tokens("worn-out", found.tokens.refresh))
        HttpBackend(backend.url, Caller(device, "0.1.0"), keeper, transport).pull(school, PullRequest())
        assert keeper.tokens() not in (None, found.tokens)
    nobody = HttpBackend(backend.url, Caller(device, "0.1.0"), HeldTokens(Tokens("x", "y")), transport)
    with pytest.raises(SignInNeeded):
        nobody.pull(school, PullRequest())


def test_the_server_counts_seq_and_a_wait_returns_when_its_time_is_over_or_seq_is_past(
    enrol: Callable[..., Enrol], backend: DemoServer, transport: Transport
) -> None:
    found = joined(enrol(), TANAKA)
    link = HttpBackend(backend.url, Caller(found.enrolment.device, "0.1.0"), HeldTokens(found.tokens), transport)
    assert link.wait(found.enrolment.school, 0).seq > 0


class Engaged:
    """A way to the server on which its first answers to a sign-in are that it is busy."""

    def __init__(self, transport: Transport, times: int) -> None:
        self._transport, self.left = transport, times

    def send(self, request: Outgoing, stop: Event | None = None) -> Reply:
        """What the server answers, or that it is busy."""
        if self.left and request.url.endswith("/v1/session"):
            self.left -= 1
            said = {"keyaki-protocol": "1", "content-type": "application/json"}
            body = b'{"error":{"code":"BUSY","facts":{},"retry_s":3,"request":"00000000-0000-0000-0000-000000000000"}}'
            return Reply(503, said, body)
        return self._transport.send(request, stop)


def busy_attempt(backend: DemoServer, transport: Transport, times: int, waits: list[float]) -> Enrol:
    place = Place(backend.url, Provider(backend.issuer, "keyaki"), "職員室PC 3", "0.1.0")
    engaged = cast("Transport", Engaged(transport, times))
    return Enrol(place, (), engaged, secrets.token_bytes, lambda: str(uuid4()), waits.append)


def test_a_busy_server_is_asked_again_and_the_teacher_hears_nothing_of_it(
    backend: DemoServer, transport: Transport
) -> None:
    waits: list[float] = []
    found = joined(busy_attempt(backend, transport, 3, waits), TANAKA)
    assert found.enrolment.staff is not None
    assert waits == [3, 3, 3]


def test_a_server_that_stays_busy_is_told_to_the_teacher_after_half_a_minute(
    backend: DemoServer, transport: Transport
) -> None:
    waits: list[float] = []
    with pytest.raises(ServerBusy):
        joined(busy_attempt(backend, transport, 99, waits), TANAKA)
    assert sum(waits) == BUSY_S


def test_who_cancels_is_not_kept_waiting_for_a_busy_server(backend: DemoServer, transport: Transport) -> None:
    waits: list[float] = []
    attempt = busy_attempt(backend, transport, 99, waits)
    with pytest.raises(ServerBusy):
        attempt.run(Visitor(TANAKA), "done", lambda: len(waits) == 2)
    assert waits == [3, 3]


def test_a_store_that_has_become_another_device_signs_in_as_that_and_names_the_former_one(
    enrol: Callable[..., Enrol], backend: DemoServer
) -> None:
    first = joined(enrol(), TANAKA)
    gone = replace(first.known, device="", former=first.known.device, why="lost")
    found = joined(enrol(gone), TANAKA)
    assert found.known == replace(gone, device=found.enrolment.device)
    assert found.enrolment.device != first.enrolment.device
    again = joined(enrol(found.known), TANAKA)
    assert again.known == found.known
    listed = json.loads(run("devices", "--data", backend.folder, "--json").stdout)
    told = next(each for each in listed if each["device"] == found.enrolment.device)
    assert (told["goes_on_from"], told["why"]) == (first.enrolment.device, "lost")


class _Older(Request):
    """What a server of before takes at a sign-in."""

    id_token: str
    r32: str
    device: DeviceInfo


class Before:
    """A way to a server that does not know yet that a device may go on from another. said: keys of what it was sent."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.said: list[set[str]] = []

    def send(self, request: Outgoing, stop: Event | None = None) -> Reply:
        """What the server answers, or that a key is not known."""
        if not request.url.endswith("/v1/session"):
            return self._transport.send(request, stop)
        value = decode(inflate(request.body or b"", request.headers.get("Content-Encoding", IDENTITY)))
        self.said.append(set(value))
        try:
            read(_Older, value)
        except BadBody as refused:
            status, body = error_body(refused, request.headers["Keyaki-Request"])
            said = {"keyaki-protocol": "1", "content-type": "application/json"}
            return Reply(status, said, json.dumps(body).encode())
        return self._transport.send(request, stop)


def test_a_server_of_before_lets_a_store_in_that_has_become_another_device(
    enrol: Callable[..., Enrol], backend: DemoServer, transport: Transport
) -> None:
    first = joined(enrol(), TANAKA)
    gone = replace(first.known, device="", former=first.known.device, why="lost")
    before = Before(transport)
    place = Place(backend.url, Provider(backend.issuer, "keyaki"), "職員室PC 3", "0.1.0")
    attempt = Enrol(place, (gone,), cast("Transport", before), secrets.token_bytes, lambda: str(uuid4()))
    found = joined(attempt, TANAKA)
    assert found.known.former == first.known.device  # told again when the server has been renewed
    assert before.said == [{"id_token", "r32", "device", "continues"}, {"id_token", "r32", "device"}]
