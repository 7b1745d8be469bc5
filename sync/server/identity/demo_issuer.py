"""The demo's identity provider: a small OpenID issuer, so that the true sign-in runs end to end without a cloud.

It exists only in a server started with `serve --demo`, on the loopback address, over a database that holds a sample
school. Who chooses a teacher on its page is that teacher; the second page stands for the second factor.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from sync.server.clock import Clock
from sync.server.identity.oidc import Issuer

LINK: Final = "keyaki-demo"
"""The issuer's name in the table of linked users."""
CLIENT_ID: Final = "keyaki"
PATH: Final = "/demo"
CALLBACK: Final = "/callback"
_LOOPBACK: Final = ("127.0.0.1", "localhost")
_MINUTES: Final = 5
_OPEN_MAX: Final = 1_000
"""Sign-ins under way at most; the oldest is dropped for a newer one."""


class AskedWrongly(Exception):
    """A request this issuer does not answer; the text is an OAuth error code."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One sign-in under way, as the client asked for it."""

    redirect: str
    state: str
    nonce: str
    challenge: str
    until: datetime
    user: str = ""


@dataclass(slots=True)
class DemoIssuer:
    """The issuer at `address` + `/demo`. Its keys live as long as the process."""

    address: str
    clock: Clock
    name_of: Callable[[str], str]
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"use": "sig"}, auto_kid=True))
    _open: dict[str, Asked] = field(default_factory=dict[str, Asked])
    _codes: dict[str, Asked] = field(default_factory=dict[str, Asked])

    @property
    def url(self) -> str:
        """The issuer's identifier."""
        return self.address + PATH

    @property
    def trusted(self) -> Issuer:
        """The issuer as the server's own session endpoint trusts it."""
        return Issuer(self.url, CLIENT_ID, LINK, KeySet([self.key]))

    def discovery(self) -> dict[str, Any]:
        """The provider's metadata."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "authorization_response_iss_parameter_supported": True,
        }

    def jwks(self) -> dict[str, Any]:
        """The public key."""
        return {"keys": [self.key.as_dict(private=False)]}

    def begin(self, query: Mapping[str, str]) -> str:
        """Open a sign-in; its handle for the pages that follow. Raises AskedWrongly, with nothing sent anywhere."""
        redirect = query.get("redirect_uri", "")
        if query.get("client_id") != CLIENT_ID or not _own_redirect(redirect):
            raise AskedWrongly("invalid_client")
        if query.get("response_type") != "code" or "openid" not in query.get("scope", "").split():
            raise AskedWrongly("invalid_request")
        if query.get("code_challenge_method") != "S256" or not query.get("code_challenge"):
            raise AskedWrongly("invalid_request")
        if not query.get("nonce") or not query.get("state"):
            raise AskedWrongly("invalid_request")
        asked = Asked(redirect, query["state"], query["nonce"], query["code_challenge"], self._in_minutes())
        return self._keep(self._open, asked)

    def choose(self, handle: str, user: str) -> None:
        """The teacher who was chosen on the first page."""
        asked = self._open.get(handle)
        if asked is None or asked.until < self.clock():
            raise AskedWrongly("access_denied")
        self._open[handle] = Asked(asked.redirect, asked.state, asked.nonce, asked.challenge, asked.until, user)

    def confirm(self, handle: str) -> str:
        """The second page was confirmed: where the browser goes with the code."""
        asked = self._open.pop(handle, None)
        if asked is None or not asked.user or asked.until < self.clock():
            raise AskedWrongly("access_denied")
        code = self._keep(self._codes, asked)
        return f"{asked.redirect}?{urlencode({'code': code, 'state': asked.state, 'iss': self.url})}"

    def redeem(self, form: Mapping[str, str]) -> dict[str, Any]:
        """The token endpoint: an ID token for a code, once, for who knows the verifier. Raises AskedWrongly."""
        if form.get("grant_type") != "authorization_code":
            raise AskedWrongly("unsupported_grant_type")
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None or asked.until < self.clock():
            raise AskedWrongly("invalid_grant")
        verifier = urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        sound = secrets.compare_digest(verifier.rstrip(b"=").decode(), asked.challenge)
        if not sound or form.get("redirect_uri") != asked.redirect or form.get("client_id") != CLIENT_ID:
            raise AskedWrongly("invalid_grant")
        return {
            "access_token": secrets.token_urlsafe(32),
            "token_type": "Bearer",
            "expires_in": 60,
            "id_token": self._id_token(asked),
        }

    def _id_token(self, asked: Asked) -> str:
        now = int(self.clock().timestamp())
        claims = {
            "iss": self.url,
            "sub": asked.user,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": asked.nonce,
            "amr": ["pwd", "otp"],
            "name": self.name_of(asked.user),
        }
        return jwt.encode({"alg": "ES256", "kid": self.key.kid, "typ": "JWT"}, claims, self.key)

    def _in_minutes(self) -> datetime:
        return self.clock() + timedelta(minutes=_MINUTES)

    def _keep(self, place: dict[str, Asked], asked: Asked) -> str:
        now = self.clock()
        for handle in [handle for handle, held in place.items() if held.until < now]:
            del place[handle]
        while len(place) >= _OPEN_MAX:
            del place[next(iter(place))]
        handle = secrets.token_urlsafe(24)
        place[handle] = asked
        return handle


def _own_redirect(uri: str) -> bool:
    """Whether a redirect goes to a listener of this very computer."""
    try:
        url = urlsplit(uri)
        port = url.port
    except ValueError:
        return False
    return url.scheme == "http" and url.hostname in _LOOPBACK and url.path == CALLBACK and port is not None
