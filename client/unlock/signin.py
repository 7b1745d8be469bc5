"""Signing in: the board's identity provider says who it is, in the browser; here only the flow (security.md 9.1)."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import urlencode

from client.unlock.loopback import Loopback
from sync.engine.reply import Reply, foreign
from sync.engine.request import Outgoing, checked
from sync.engine.transport import Transport
from sync.errors import AccessError
from sync.protocol.errors import BadBody

MINUTES: Final = 5
"""How long a browser may take to come back."""
_JSON: Final = {"Accept": "application/json", "Accept-Encoding": "identity"}
_FORM: Final = "application/x-www-form-urlencoded"


class SignInBroken(AccessError):
    """The sign-in in the browser did not come to its end. Fact `reason`: time, provider, issuer or answer."""

    NUMBER = 2004


@dataclass(frozen=True, slots=True)
class Provider:
    """The board's identity provider, as the policy names it. redirect_host: 127.0.0.1 or localhost."""

    issuer: str
    client_id: str
    redirect_host: str = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Identity:
    """A fresh ID token, the random value its nonce was made of, and who it seems to be (the server decides)."""

    id_token: str
    r32: str
    subject: str
    name: str


class SignIn:
    """One attempt. Runs in a thread that may wait; `open_page` is called from it once, with the page to open.

    chance: random bytes of a given number. prompt: the provider asks again although a session is open in the browser.
    """

    def __init__(
        self,
        provider: Provider,
        transport: Transport,
        chance: Callable[[int], bytes],
        open_page: Callable[[str], None],
    ) -> None:
        self._provider = provider
        self._transport = transport
        self._open_page = open_page
        self._verifier = _b64(chance(32))
        self._state = _b64(chance(16))
        self._r32 = _b64(chance(32))

    def run(self, page: str, cancelled: Callable[[], bool]) -> Identity | None:
        """Who signed in; None when it was cancelled. page: what the browser shows at the end.

        Raises SignInBroken, and what every call over the network may raise. A repeat is safe: begin a new attempt.
        """
        about = self._discovered()
        with Loopback(self._provider.redirect_host) as door:
            uri = door.uri
            self._open_page(f"{about['authorization_endpoint']}?{urlencode(self._asked(uri))}")
            said = door.answer(self._state, page, MINUTES * 60, cancelled)
            if said is None:
                if cancelled():
                    return None
                raise SignInBroken(reason="time")
        if said.get("iss", self._provider.issuer) != self._provider.issuer:
            raise SignInBroken(reason="issuer")
        if "code" not in said:
            raise SignInBroken(reason="provider", said=said.get("error", "")[:60])
        token = self._exchanged(about["token_endpoint"], said["code"], uri)
        claims = _claims(token)
        return Identity(token, self._r32, str(claims.get("sub", "")), str(claims.get("name", "")))

    def _discovered(self) -> dict[str, str]:
        """What the issuer says of itself. Its addresses obey the same rule as the server's."""
        issuer = checked(self._provider.issuer)
        about = self._json(Outgoing("GET", f"{issuer}/.well-known/openid-configuration", _JSON, foreign=True))
        if about.get("issuer") != self._provider.issuer:
            raise SignInBroken(reason="issuer")
        names = ("authorization_endpoint", "token_endpoint")
        if not all(isinstance(about.get(name), str) for name in names):
            raise SignInBroken(reason="answer")
        return {name: checked(about[name]) for name in names}

    def _asked(self, uri: str) -> dict[str, str]:
        return {
            "response_type": "code",
            "client_id": self._provider.client_id,
            "redirect_uri": uri,
            "scope": "openid profile",
            "state": self._state,
            "nonce": nonce_of(self._r32),
            "code_challenge": _b64(hashlib.sha256(self._verifier.encode()).digest()),
            "code_challenge_method": "S256",
            "prompt": "login",
        }

    def _exchanged(self, endpoint: str, code: str, uri: str) -> str:
        """The ID token for the code. There is no client secret: this program could not keep one."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": uri,
            "client_id": self._provider.client_id,
            "code_verifier": self._verifier,
        }
        body = urlencode(form).encode()
        answer = self._json(Outgoing("POST", endpoint, _JSON | {"Content-Type": _FORM}, body, foreign=True))
        token = answer.get("id_token")
        if not isinstance(token, str) or not token.isascii():
            raise SignInBroken(reason="answer")
        return token

    def _json(self, request: Outgoing) -> dict[str, Any]:
        reply: Reply = self._transport.send(request)
        if reply.media != "application/json" or not (200 <= reply.status < 300 or reply.status in (400, 401)):
            raise foreign(reply)
        try:
            value = reply.json()
        except BadBody as error:
            raise SignInBroken(reason="answer") from error
        if reply.status >= 300 or not isinstance(value, dict):
            raise SignInBroken(reason="provider")
        return cast("dict[str, Any]", value)


def nonce_of(r32: str, thumbprint: str = "") -> str:
    """What the ID token must carry: it binds the token to this device's key and to this attempt."""
    return _b64(hashlib.sha256((thumbprint + r32).encode()).digest())


def _claims(token: str) -> dict[str, Any]:
    """What an ID token says, unverified: only the server's word counts; this finds the teacher's store on this PC."""
    try:
        part = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, ValueError) as error:
        raise SignInBroken(reason="answer") from error
    return cast("dict[str, Any]", claims) if isinstance(claims, dict) else {}


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
