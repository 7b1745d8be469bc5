"""The browser's part of a sign-in at the demo issuer, without a browser."""

import hashlib
from base64 import urlsafe_b64encode
from urllib.parse import parse_qs, urlsplit

from sync.server.identity.demo_issuer import CLIENT_ID, DemoIssuer

VERIFIER = "v" * 43
REDIRECT = "http://127.0.0.1:49152/callback"


def challenge(verifier: str = VERIFIER) -> str:
    """The S256 challenge of a verifier."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def asked(nonce: str) -> dict[str, str]:
    """The query of a sound authorisation request."""
    return {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": REDIRECT,
        "scope": "openid profile",
        "state": "state",
        "nonce": nonce,
        "code_challenge": challenge(),
        "code_challenge_method": "S256",
    }


def code_for(issuer: DemoIssuer, user: str, nonce: str) -> str:
    """The code a browser would bring back."""
    handle = issuer.begin(asked(nonce))
    issuer.choose(handle, user)
    return parse_qs(urlsplit(issuer.confirm(handle)).query)["code"][0]


def form(code: str) -> dict[str, str]:
    """What a client sends to the token endpoint."""
    return {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": REDIRECT,
        "client_id": CLIENT_ID,
        "code_verifier": VERIFIER,
    }


def redeemed(issuer: DemoIssuer, user: str, nonce: str) -> str:
    """The ID token of a whole sign-in."""
    return issuer.redeem(form(code_for(issuer, user, nonce)))["id_token"]
