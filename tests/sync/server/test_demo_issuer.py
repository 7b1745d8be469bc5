"""The demo's own identity provider: the true flow, over a socket, and nothing but the true flow."""

import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from sync.server.identity.demo_issuer import AskedWrongly, DemoIssuer
from sync.server.identity.oidc import nonce_for
from tests.kit.clock import HeldClock
from tests.sync.conformance.ends import Place
from tests.sync.server.demo_flow import REDIRECT, asked, code_for, form
from tests.sync.server.wire import Reply, call, headers, post

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DEVICE = "018f0000-0000-7000-8000-00000000d001"


def test_a_teacher_signs_in_through_the_two_pages_and_pulls(shop: Place) -> None:
    school = shop.new_school()
    user = school.people["sato"].user
    about = call(shop.url, "GET", "/demo/.well-known/openid-configuration", {}).value
    assert about["issuer"] == f"{shop.url}/demo"
    query = asked(nonce_for("r" * 43))
    first = call(shop.url, "GET", _path(about["authorization_endpoint"]) + "?" + urlencode(query), {})
    assert first.headers["content-type"].startswith("text/html")
    assert "見本" in first.body.decode()
    assert user in first.body.decode()
    handle = _handle(first)
    second = _post(shop, "/demo/teacher", handle=handle, teacher=user)
    assert "sato" in second.body.decode()
    back = _post(shop, "/demo/confirm", handle=_handle(second))
    assert back.status == 303
    said = parse_qs(urlsplit(back.headers["location"]).query)
    assert back.headers["location"].startswith(REDIRECT + "?")
    assert (said["state"], said["iss"]) == (["state"], [about["issuer"]])
    redeemed = _post(shop, _path(about["token_endpoint"]), **form(said["code"][0])).value
    keys = KeySet.import_key_set(call(shop.url, "GET", _path(about["jwks_uri"]), {}).value)
    claims = jwt.decode(redeemed["id_token"], keys, algorithms=["ES256"]).claims
    assert (claims["sub"], claims["name"], claims["amr"]) == (user, "sato", ["pwd", "otp"])
    device = {"id": DEVICE, "name": "職員室PC 3", "os": "windows"}
    session = {"id_token": redeemed["id_token"], "r32": "r" * 43, "device": device}
    answer = post(shop.url, "/v1/session", headers(DEVICE), session).value
    pulled = post(shop.url, f"/v1/schools/{school.school}/pull", headers(DEVICE, answer["token"]), {})
    assert pulled.status == 200
    renewed = post(shop.url, "/v1/session/refresh", headers(DEVICE), {"refresh": answer["refresh"]}).value
    assert renewed.keys() == {"token", "refresh", "expires_in"}
    again = post(shop.url, f"/v1/schools/{school.school}/pull", headers(DEVICE, renewed["token"]), {})
    assert again.status == 200


def test_a_session_is_for_the_device_that_asks(shop: Place) -> None:
    session = {"id_token": "x", "r32": "r", "device": {"id": DEVICE, "name": "PC", "os": "linux"}}
    other = "018f0000-0000-7000-8000-00000000d002"
    assert post(shop.url, "/v1/session", headers(other), session).code == "FORBIDDEN"


def test_the_pages_speak_the_browsers_language(shop: Place) -> None:
    path = "/demo/authorize?" + urlencode(asked("n"))
    assert "Who are you?" in call(shop.url, "GET", path, {"Accept-Language": "en-GB,ja;q=0.5"}).body.decode()
    assert "どなたですか" in call(shop.url, "GET", path, {"Accept-Language": "ja,en;q=0.5"}).body.decode()
    assert "どなたですか" in call(shop.url, "GET", path, {}).body.decode()


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "other"},
        {"redirect_uri": "http://evil.example/callback"},
        {"redirect_uri": "https://127.0.0.1:1/callback"},
        {"redirect_uri": "http://127.0.0.1:1/elsewhere"},
        {"redirect_uri": "http://127.0.0.1/callback"},
        {"redirect_uri": "http://127.0.0.1:1:2/callback"},
        {"redirect_uri": "http://127.0.0.1@evil.example:1/callback"},
        {"response_type": "token"},
        {"scope": "profile"},
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
        {"nonce": ""},
        {"state": ""},
    ],
)
def test_a_request_that_is_not_the_flow_is_answered_on_the_spot_and_redirected_nowhere(
    shop: Place, changed: dict[str, str]
) -> None:
    answer = call(shop.url, "GET", "/demo/authorize?" + urlencode(asked("n") | changed), {})
    assert answer.status == 400
    assert "location" not in answer.headers
    assert answer.value["error"].startswith("invalid_")


@pytest.mark.parametrize(
    "changed",
    [
        {"grant_type": "password"},
        {"code": "x"},
        {"redirect_uri": "http://127.0.0.1:2/callback"},
        {"client_id": "other"},
        {"code_verifier": "w" * 43},
        {"code_verifier": ""},
    ],
)
def test_a_code_is_worth_nothing_to_who_did_not_ask_for_it(changed: dict[str, str]) -> None:
    issuer = DemoIssuer("http://127.0.0.1:1", HeldClock(), str)
    with pytest.raises(AskedWrongly):
        issuer.redeem(form(code_for(issuer, "user", "n")) | changed)


def test_a_code_works_once_and_for_five_minutes() -> None:
    clock = HeldClock()
    issuer = DemoIssuer("http://127.0.0.1:1", clock, str)
    once = form(code_for(issuer, "user", "n"))
    assert issuer.redeem(once)["id_token"]
    with pytest.raises(AskedWrongly):
        issuer.redeem(once)
    late = form(code_for(issuer, "user", "n"))
    clock.pass_(minutes=5, seconds=1)
    with pytest.raises(AskedWrongly):
        issuer.redeem(late)


def test_nobody_skips_a_page() -> None:
    issuer = DemoIssuer("http://127.0.0.1:1", HeldClock(), str)
    handle = issuer.begin(asked("n"))
    with pytest.raises(AskedWrongly):
        issuer.confirm(handle)
    with pytest.raises(AskedWrongly):
        issuer.choose("x", "user")
    with pytest.raises(AskedWrongly):
        issuer.confirm("x")


def test_an_unknown_teacher_cannot_be_chosen(shop: Place) -> None:
    handle = _handle(call(shop.url, "GET", "/demo/authorize?" + urlencode(asked("n")), {}))
    assert _post(shop, "/demo/teacher", handle=handle, teacher="nobody").value == {"error": "access_denied"}


def test_sign_ins_under_way_are_bounded() -> None:
    issuer = DemoIssuer("http://127.0.0.1:1", HeldClock(), str)
    handles = [issuer.begin(asked("n")) for _ in range(1_005)]
    with pytest.raises(AskedWrongly):
        issuer.choose(handles[0], "user")
    issuer.choose(handles[-1], "user")


def _path(url: str) -> str:
    return urlsplit(url).path


def _handle(page: Reply) -> str:
    found = re.search(r'name="handle" value="([^"]+)"', page.body.decode())
    assert found is not None
    return found[1]


def _post(shop: Place, path: str, **fields: Any) -> Reply:
    return call(shop.url, "POST", path, FORM, urlencode(fields).encode())
