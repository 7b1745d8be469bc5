"""Joining a school through the real pages of the demo's issuer and the real session endpoint (security.md 9)."""

import secrets
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from client.demo import SATO, TANAKA, DemoServer, Visitor
from client.unlock.enrol import Enrol, Joined, Place
from client.unlock.record import Known
from client.unlock.signin import Provider
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.tokens import HeldTokens, Tokens
from sync.engine.transport import Patience, Transport
from sync.protocol.errors import Forbidden, SignInNeeded
from sync.protocol.messages import PullRequest

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
