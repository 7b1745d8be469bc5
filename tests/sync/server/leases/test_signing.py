"""The keys that sign leases: made once, read by their owner alone, and known to whoever has fixed the root."""

import json
from base64 import urlsafe_b64encode
from datetime import date
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from sync.protocol.lease import LEASE_TYPE
from sync.protocol.signed import KEYS_TYPE, Forged, keys_of, payload_of, root_of
from sync.server.leases.signing import fresh_keys, load_keys

ISSUER = "http://127.0.0.1"
TODAY = date(2026, 11, 20)


def test_the_keys_are_made_once_and_lie_where_their_owner_alone_may_read(tmp_path: Path) -> None:
    first, second = load_keys(tmp_path, TODAY), load_keys(tmp_path, TODAY)
    assert first.root.thumbprint() == second.root.thumbprint()
    assert first.signer.kid == second.signer.kid
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "lease-key.pem",
        "outbox-key-20261120.pem",
        "root-key.pem",
    ]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_key_another_server_has_just_made_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = load_keys(tmp_path, TODAY)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "exists", lambda _: False)
        assert load_keys(tmp_path, TODAY).root.thumbprint() == held.root.thumbprint()
    assert len(list(tmp_path.iterdir())) == 3


def test_a_damaged_key_file_stops_the_start(tmp_path: Path) -> None:
    load_keys(tmp_path, TODAY)
    (tmp_path / "lease-key.pem").write_text("no key", "ascii")
    with pytest.raises(ValueError, match=r".+"):
        load_keys(tmp_path, TODAY)


def test_who_has_fixed_the_root_believes_its_keys_and_what_they_sign() -> None:
    keys = fresh_keys(TODAY)
    document = keys.document(ISSUER, 1)
    thumbprint = root_of(document).thumbprint()
    assert urlsafe_b64encode(thumbprint).rstrip(b"=").decode() == keys.root.thumbprint()
    known = keys_of(document, thumbprint)
    assert payload_of(keys.lease({"n": 1}), LEASE_TYPE, known) == {"n": 1}
    assert set(json.loads(known[0].model_dump_json())) == {"kty", "crv", "x", "y", "kid"}


def test_keys_under_another_root_are_not_believed() -> None:
    keys, other = fresh_keys(TODAY), fresh_keys(TODAY)
    thumbprint = root_of(keys.document(ISSUER, 1)).thumbprint()
    with pytest.raises(Forged, match="root"):
        keys_of(other.document(ISSUER, 1), thumbprint)
    head, _, signature = keys.document(ISSUER, 1).split(".")
    foreign = other.document(ISSUER, 1).split(".")[1]
    with pytest.raises(Forged, match="signature"):
        keys_of(f"{head}.{foreign}.{signature}", thumbprint)


def _encoded(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "what",
    ["alg none", "symmetric", "another type", "another key", "another kid", "cut", "empty", "long", "no json", "half"],
)
def test_a_token_that_is_not_signed_as_agreed_is_refused(what: str) -> None:
    keys, other = fresh_keys(TODAY), fresh_keys(TODAY)
    document = keys.document(ISSUER, 1)
    known = keys_of(document, root_of(document).thumbprint())
    good = keys.lease({"n": 1})
    head, body, signature = good.split(".")
    public = str(keys.signer.as_dict(private=False)["x"])
    kid = keys.signer.kid
    same_name = ECKey.import_key(other.signer.as_dict(private=True) | {"kid": kid})
    token = {
        "alg none": f"{_encoded({'alg': 'none', 'typ': LEASE_TYPE, 'kid': kid})}.{body}.",
        "symmetric": jwt.encode({"alg": "HS256", "typ": LEASE_TYPE, "kid": kid}, {"n": 1}, OctKey.import_key(public)),
        "another type": jwt.encode({"alg": "ES256", "typ": KEYS_TYPE, "kid": kid}, {"n": 1}, keys.signer),
        "another key": jwt.encode({"alg": "ES256", "typ": LEASE_TYPE, "kid": kid}, {"n": 1}, same_name),
        "another kid": other.lease({"n": 1}),
        "cut": good[:-4],
        "empty": "",
        "long": good + "A" * 65_536,
        "no json": f"{head}.{urlsafe_b64encode(b'x').decode().rstrip('=')}.{signature}",
        "half": f"{head}.{body}",
    }[what]
    assert payload_of(good, LEASE_TYPE, known) == {"n": 1}
    with pytest.raises(Forged):
        payload_of(token, LEASE_TYPE, known)


def test_every_flipped_character_of_a_token_is_noticed() -> None:
    keys = fresh_keys(TODAY)
    document = keys.document(ISSUER, 1)
    known = keys_of(document, root_of(document).thumbprint())
    token = keys.lease({"n": 1, "jti": "x"})
    for at in range(len(token) - 1):  # the last character holds bits that stand for nothing
        other = "A" if token[at] != "A" else "B"
        with pytest.raises(Forged):
            payload_of(token[:at] + other + token[at + 1 :], LEASE_TYPE, known)
