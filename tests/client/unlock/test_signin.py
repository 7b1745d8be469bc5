"""Signing in against a provider that lies, breaks off or asks for something else; the honest one is the demo issuer."""

import base64
import hashlib
import json
import secrets
import threading
import urllib.request
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from client.unlock.signin import Identity, Provider, SignIn, SignInBroken
from sync.engine.request import AddressRefused
from sync.engine.transport import Patience, Transport
from sync.errors import KeyakiError
from sync.protocol.errors import CaptivePortal, ProxyRefused, ServerBusy, Unreachable
from tests.kit import chaos as faults
from tests.kit.chaos import ChaosProxy

Asked = dict[str, str]


@pytest.fixture
def transport() -> Iterator[Transport]:
    made = Transport(Patience(connect_s=2, stall_s=0.5))
    yield made
    made.close()


def token(**claims: object) -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "ES256"}, claims)] + [b"signature"]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def document(chaos: ChaosProxy, **more: object) -> faults.Fault:
    about = {
        "issuer": chaos.address,
        "authorization_endpoint": f"{chaos.address}/authorize",
        "token_endpoint": f"{chaos.address}/token",
    }
    return faults.answer(json.dumps(about | more).encode())


class Browser:
    """Goes to the page and comes straight back with what the test wants a provider to say."""

    def __init__(self, back: Callable[[Asked], dict[str, str]]) -> None:
        self._back = back
        self.asked: Asked = {}

    def __call__(self, url: str) -> None:
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        target = f"{self.asked['redirect_uri']}?{urlencode(self._back(self.asked))}"
        threading.Thread(target=lambda: urllib.request.urlopen(target).close()).start()


def agrees(asked: Asked) -> dict[str, str]:
    return {"code": "c1", "state": asked["state"]}


def attempt(chaos: ChaosProxy, transport: Transport, browser: Callable[[str], None]) -> Identity | None:
    sign_in = SignIn(Provider(chaos.address, "keyaki"), transport, secrets.token_bytes, browser)
    return sign_in.run("done", lambda: False)


def test_the_flow_is_code_with_pkce_and_a_nonce_bound_to_this_attempt(chaos: ChaosProxy, transport: Transport) -> None:
    browser = Browser(agrees)
    chaos.plan(document(chaos), "/.well-known")
    chaos.plan(faults.answer(json.dumps({"id_token": token(sub="u7", name="田中 葵")}).encode()), "/token")
    identity = attempt(chaos, transport, browser)
    assert identity is not None
    assert (identity.subject, identity.name) == ("u7", "田中 葵")
    form = parse_qs(chaos.requests[1].partition(b"\r\n\r\n")[2].decode())
    hashed = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"][0].encode()).digest()).rstrip(b"=").decode()
    assert browser.asked["code_challenge"] == hashed
    assert browser.asked["code_challenge_method"] == "S256"
    nonce = base64.urlsafe_b64encode(hashlib.sha256(identity.r32.encode()).digest()).rstrip(b"=").decode()
    assert browser.asked["nonce"] == nonce
    assert browser.asked["prompt"] == "login"
    assert form["redirect_uri"][0] == browser.asked["redirect_uri"]
    assert form["code"] == ["c1"]
    assert "client_secret" not in form


def test_two_attempts_share_no_secret(chaos: ChaosProxy, transport: Transport) -> None:
    chaos.plan(document(chaos), "/.well-known", 2)
    chaos.plan(faults.answer(json.dumps({"id_token": token()}).encode()), "/token", 2)
    browsers = [Browser(agrees), Browser(agrees)]
    for browser in browsers:
        attempt(chaos, transport, browser)
    for name in ("state", "nonce", "code_challenge"):
        assert browsers[0].asked[name] != browsers[1].asked[name]


@pytest.mark.parametrize(
    ("back", "reason"),
    [
        (lambda asked: {"error": "access_denied", "state": asked["state"]}, "provider"),
        (lambda asked: agrees(asked) | {"iss": "https://other.example"}, "issuer"),
        (lambda asked: {"state": asked["state"]}, "provider"),
    ],
)
def test_a_return_that_brings_no_code_of_this_issuer_ends_the_attempt(
    chaos: ChaosProxy, transport: Transport, back: Callable[[Asked], dict[str, str]], reason: str
) -> None:
    chaos.plan(document(chaos), "/.well-known")
    with pytest.raises(SignInBroken) as caught:
        attempt(chaos, transport, Browser(back))
    assert caught.value.facts["reason"] == reason
    assert len(chaos.seen) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.html, CaptivePortal),
        (faults.redirect, CaptivePortal),
        (faults.proxy_407, ProxyRefused),
        (faults.foreign_500, ServerBusy),
        (faults.cut_before, Unreachable),
        (faults.answer(b"[]"), SignInBroken),
        (faults.answer(b"{"), SignInBroken),
        (faults.answer(b'{"issuer": "https://other.example"}'), SignInBroken),
    ],
)
def test_a_provider_that_cannot_be_heard_opens_no_browser(
    chaos: ChaosProxy, transport: Transport, fault: faults.Fault, kind: type[KeyakiError]
) -> None:
    chaos.default = fault
    with pytest.raises(kind):
        attempt(chaos, transport, lambda url: pytest.fail(f"opened {url}"))


def test_a_provider_that_sends_the_browser_to_a_plain_address_is_refused(
    chaos: ChaosProxy, transport: Transport
) -> None:
    chaos.plan(document(chaos, authorization_endpoint="http://evil.example/authorize"), "/.well-known")
    with pytest.raises(AddressRefused):
        attempt(chaos, transport, lambda url: pytest.fail(f"opened {url}"))


@pytest.mark.parametrize(
    "fault",
    [
        faults.answer(b'{"error": "invalid_grant"}', "400 Bad Request"),
        faults.answer(b'{"id_token": 7}'),
        faults.answer(b'{"id_token": "no.token"}'),
        faults.answer(b'{"id_token": "a"}'),
        faults.answer(b"{}"),
    ],
)
def test_a_code_that_brings_no_token_ends_the_attempt(
    chaos: ChaosProxy, transport: Transport, fault: faults.Fault
) -> None:
    chaos.plan(document(chaos), "/.well-known")
    chaos.plan(fault, "/token")
    with pytest.raises(SignInBroken):
        attempt(chaos, transport, Browser(agrees))


def test_a_cancelled_attempt_is_no_error(chaos: ChaosProxy, transport: Transport) -> None:
    chaos.plan(document(chaos), "/.well-known")
    opened: list[str] = []
    sign_in = SignIn(Provider(chaos.address, "keyaki"), transport, secrets.token_bytes, opened.append)
    assert sign_in.run("done", lambda: bool(opened)) is None
