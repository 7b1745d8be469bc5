"""Which proxy is taken, and when none: a setting first, then the system; a script is noticed and never run."""

import pytest

from client.proxy import DIRECT, SystemRoute, system_script
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.route import Route
from sync.engine.tokens import HeldTokens, Tokens
from sync.engine.transport import Patience, Transport
from sync.errors import KeyakiError
from sync.protocol.errors import ProxyRefused, ProxyScript
from sync.protocol.messages import PullRequest
from tests.kit import chaos as faults
from tests.kit.chaos import ChaosProxy

URL = "https://keyaki.example/v1"
SCHOOL = "018f0000-0000-7000-8000-000000000001"
NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "auto_proxy", "REQUEST_METHOD")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def asked(address: str, route: Route) -> KeyakiError:
    """What a pull from this address ends with."""
    transport = Transport(Patience(connect_s=2, stall_s=0.5), route)
    backend = HttpBackend(address, Caller(SCHOOL, "0.1.0"), HeldTokens(Tokens("a", "r")), transport)
    try:
        with pytest.raises(KeyakiError) as caught:
            backend.pull(SCHOOL, PullRequest(cursor=1))
        return caught.value
    finally:
        backend.close()


def test_without_a_proxy_the_way_is_straight() -> None:
    assert SystemRoute().proxy(URL) is None
    assert not SystemRoute().script()


def test_the_systems_proxy_is_taken_and_followed_when_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    route = SystemRoute()
    monkeypatch.setenv("https_proxy", "proxy.example:8080")
    assert route.proxy(URL) == "http://proxy.example:8080"
    monkeypatch.setenv("https_proxy", "http://other.example:3128")
    assert route.proxy(URL) == "http://other.example:3128"
    monkeypatch.delenv("https_proxy")
    assert route.proxy(URL) is None


def test_hosts_that_go_past_the_proxy_go_past_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:8080")
    monkeypatch.setenv("no_proxy", "keyaki.example")
    assert SystemRoute().proxy(URL) is None
    assert SystemRoute().proxy("https://login.example/") == "http://proxy.example:8080"


def test_what_was_set_for_keyaki_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:8080")
    assert SystemRoute("http://own.example:1").proxy(URL) == "http://own.example:1"
    assert SystemRoute(DIRECT).proxy(URL) is None


def test_a_call_goes_through_the_systems_proxy(chaos: ChaosProxy, monkeypatch: pytest.MonkeyPatch) -> None:
    chaos.default = faults.proxy_407
    monkeypatch.setenv("https_proxy", chaos.address)
    assert isinstance(asked("https://keyaki.example", SystemRoute()), ProxyRefused)
    assert chaos.requests[0].startswith(b"CONNECT keyaki.example:443")


def test_this_computer_is_never_asked_through_a_proxy(chaos: ChaosProxy) -> None:
    chaos.default = faults.proxy_407
    asked(chaos.address, SystemRoute("http://127.0.0.1:1"))
    assert chaos.requests[0].startswith(b"POST /v1/")


def test_a_proxy_nobody_can_use_is_told_and_not_passed_over() -> None:
    for odd in ("socks5://127.0.0.1:1", "ftp://127.0.0.1:1", "http://[::1"):
        assert isinstance(asked("https://keyaki.invalid", SystemRoute(odd)), ProxyRefused), odd


def test_where_only_a_script_knows_the_way_out_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pac = "http://wpad.example/proxy.pac"
    assert isinstance(asked("https://keyaki.invalid", SystemRoute("", lambda: pac)), ProxyScript)
    monkeypatch.setenv("https_proxy", "http://proxy.example:8080")
    assert not SystemRoute("", lambda: pac).script(), "a proxy beside the script is a way that is known"
    assert not SystemRoute(DIRECT, lambda: pac).script()


def test_a_script_is_found_where_this_system_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert system_script() == ""
    monkeypatch.setenv("auto_proxy", "http://wpad.example/proxy.pac")
    assert system_script() == "http://wpad.example/proxy.pac"
