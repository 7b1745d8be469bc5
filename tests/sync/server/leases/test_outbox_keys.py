"""The keys journals are sealed to: vouched for by the root, new each year, and old ones still read."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from sync.protocol.outbox_key import OutboxKey, outbox_key_of
from sync.protocol.signed import Forged, base64url, root_of
from sync.server.leases.outbox_keys import fresh_outbox_keys, load_outbox_keys
from sync.server.leases.signing import fresh_keys, load_keys

TODAY = date(2026, 11, 20)
YEAR = timedelta(days=365)


def test_a_new_pair_comes_after_a_year_and_the_old_one_still_reads(tmp_path: Path) -> None:
    first = load_outbox_keys(tmp_path, TODAY)
    assert load_outbox_keys(tmp_path, TODAY + YEAR - timedelta(days=1)).public() == first.public()
    later = load_outbox_keys(tmp_path, TODAY + YEAR)
    assert (first.public().kid, later.public().kid) == (20261120, 20271120)
    assert later.opened(20261120, b"i", first.public().seal(b"i", b"text")) == b"text"
    assert later.opened(20271120, b"i", later.public().seal(b"i", b"text")) == b"text"
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_what_is_sealed_otherwise_is_not_opened() -> None:
    keys = fresh_outbox_keys(TODAY)
    sealed = keys.public().seal(b"info", b"text")
    assert keys.opened(20261120, b"info", sealed) == b"text"
    assert keys.opened(20261120, b"other", sealed) is None
    assert keys.opened(20261121, b"info", sealed) is None
    assert keys.opened(20261120, b"info", b"") is None
    assert keys.opened(20261120, b"info", bytes(len(sealed))) is None
    for at in range(len(sealed)):
        assert keys.opened(20261120, b"info", sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]) is None


def test_the_root_vouches_for_the_key_and_no_other_is_believed(tmp_path: Path) -> None:
    keys, other = load_keys(tmp_path, TODAY), fresh_keys(TODAY)
    document = keys.document("http://127.0.0.1", 1)
    thumbprint = root_of(document).thumbprint()
    assert outbox_key_of(document, thumbprint) == keys.outbox.public()
    with pytest.raises(Forged, match="root"):
        outbox_key_of(other.document("http://127.0.0.1", 1), thumbprint)
    head, _, signature = document.split(".")
    with pytest.raises(Forged, match="signature"):
        outbox_key_of(f"{head}.{other.document('http://127.0.0.1', 1).split('.')[1]}.{signature}", thumbprint)


def test_two_seals_of_one_text_differ() -> None:
    key = OutboxKey(kid=1, x=base64url(os.urandom(31) + b"\x01"))
    assert key.seal(b"i", b"text") != key.seal(b"i", b"text")
