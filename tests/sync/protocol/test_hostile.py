"""Whatever comes over the wire: it is read, or refused with an error of the protocol, and never with another."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sync.errors import KeyakiError
from sync.protocol import device, messages, permit, recovery, session
from sync.protocol.codec import GZIP, ZSTD, compress, decode, inflate
from sync.protocol.errors import error_from
from sync.protocol.frames import Frame, unpack
from sync.protocol.journal import SEAL_BYTES, Head, Kind, entries, gaps, record
from sync.protocol.lease import LeaseAnswer, LeaseRequest, lease_of
from sync.protocol.outbox_key import outbox_key_of
from sync.protocol.signed import Forged, keys_of, root_of
from sync.server.leases.signing import fresh_keys
from tests.kit.lending import Lender

ID = "018f3c1a-0000-7000-8000-000000000001"
MODELS = [
    messages.PushRequest,
    messages.PushAnswer,
    messages.PullRequest,
    messages.PullAnswer,
    messages.VerifyRequest,
    messages.VerifyAnswer,
    messages.PurgedRequest,
    messages.GrantSet,
    session.SessionRequest,
    session.SessionAnswer,
    device.Hello,
    device.HelloAnswer,
    device.Erased,
    permit.PermitAsk,
    recovery.RecoveryRequest,
    recovery.RecoveryAnswer,
    LeaseRequest,
    LeaseAnswer,
    Frame,
]
GOOD: dict[str, Any] = {
    "epoch": ID,
    "chain": "0" * 32,
    "groups": [
        {
            "q": 1,
            "rev": 0,
            "group": {
                "at": "2026-11-19T23:30:00.000Z",
                "kind": "grades.score",
                "ops": [{"do": "create", "type": "score", "id": ID, "set": {"state": "scored", "value": 4500}}],
            },
        }
    ],
    "frames": [
        {"type": "score", "scopes": ["all"], "columns": ["id", "ver", "state"], "rows": [[ID, 7, "scored"]], "fv": {}}
    ],
    "del": [["score", ID, 7]],
    "out": [["all", "score", ID]],
    "cursor": 7,
    "lease": "a.b.c",
    "share": "A" * 43,
    "keys": "a.b.c",
    "held": [],
    "server_time": "2026-11-20T00:00:00.000Z",
}
LEAVES = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats(allow_nan=False)
    | some.text(max_size=12)
    | some.sampled_from(["", ID, "\0", "髙", "9" * 40, "__proto__", "2026-11-19T23:30:00.000Z", -1, 2**63, 2**64])
)
VALUES = some.recursive(
    LEAVES, lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4)
)
LENDER = Lender(fresh_keys(date(2026, 11, 20)))
LENT = LENDER.answer()


def changed(value: Any, draw: Callable[[Any], Any]) -> Any:
    """The value with something in it that is another, gone, or there twice."""
    if isinstance(value, dict) and value and draw(some.integers(0, 3)):
        name = draw(some.sampled_from(sorted(value)))
        return value | {name: changed(value[name], draw)}
    if isinstance(value, list) and value and draw(some.integers(0, 3)):
        at = draw(some.integers(0, len(value) - 1))
        return [
            *value[:at],
            *draw(some.sampled_from([[], [value[at]] * 2, [changed(value[at], draw)]])),
            *value[at + 1 :],
        ]
    return draw(VALUES)


@given(some.data(), some.sampled_from(MODELS))
def test_a_message_with_anything_changed_is_read_or_refused(data: some.DataObject, model: type[Any]) -> None:
    value = changed(GOOD, data.draw)
    with suppress(KeyakiError):
        read = messages.read(model, value)
        if isinstance(read, Frame):
            list(unpack(read))


@given(VALUES)
def test_any_value_is_an_error_of_ours_or_none_that_can_be_understood(value: Any) -> None:
    with suppress(KeyakiError):
        assert isinstance(error_from(value), KeyakiError)


@given(some.data(), some.sampled_from([ZSTD, GZIP]))
def test_a_body_with_bytes_changed_is_read_or_refused(data: some.DataObject, encoding: str) -> None:
    body = bytearray(compress(json.dumps(GOOD).encode(), encoding))
    for _ in range(data.draw(some.integers(1, 6))):
        body[data.draw(some.integers(0, len(body) - 1))] = data.draw(some.integers(0, 255))
    with suppress(KeyakiError):
        messages.read(messages.PushRequest, decode(inflate(bytes(body), encoding)))


def mangled(token: str, draw: Callable[[Any], Any]) -> str:
    """A token with some letters changed, cut out, doubled or put elsewhere."""
    for _ in range(draw(some.integers(1, 4))):
        at, to = sorted((draw(some.integers(0, len(token))), draw(some.integers(0, len(token)))))
        piece = draw(
            some.sampled_from(["", token[at:to] * 2, token[at:to][::-1], "=", ".", "é"]) | some.text(max_size=4)
        )
        token = token[:at] + piece + token[to:]
    return token


@pytest.mark.parametrize("end", ["=", "==", "!", "\n", " ", "A"])
def test_no_two_texts_are_the_same_token(end: str) -> None:
    keys = keys_of(LENT.keys, root_of(LENT.keys).thumbprint())
    with pytest.raises(Forged):
        lease_of(LENT.lease + end, keys)
    with pytest.raises(Forged):
        root_of(LENT.keys.replace(".", f"{end}.", 1))


@given(some.data())
def test_no_changed_token_is_taken_for_a_lease_or_for_keys(data: some.DataObject) -> None:
    thumbprint = root_of(LENT.keys).thumbprint()
    keys = keys_of(LENT.keys, thumbprint)
    token, document = mangled(LENT.lease, data.draw), mangled(LENT.keys, data.draw)
    for read, text, right in (
        (lambda text: lease_of(text, keys), token, LENT.lease),
        (lambda text: keys_of(text, thumbprint), document, LENT.keys),
        (lambda text: outbox_key_of(text, thumbprint), document, LENT.keys),
    ):
        try:
            read(text)
        except Forged:
            continue
        assert text == right


def _stream(count: int) -> list[bytes]:
    made: list[bytes] = []
    for jseq in range(count):
        head = Head(Kind.GROUP if jseq else Kind.START, 7, bytes(16), jseq, jseq)
        made.append(record(head, b"%d" % jseq, lambda _, plain: bytes(SEAL_BYTES) + plain, lambda digest: digest * 2))
    return made


STREAM = _stream(12)


def signed(_: Head, digest: bytes, signature: bytes) -> bool:
    """A signature that costs nothing: what is tried is the reading."""
    return signature == digest * 2


@given(some.data())
def test_of_a_journal_in_which_pieces_are_moved_cut_and_changed_only_whole_records_are_read(
    data: some.DataObject,
) -> None:
    text = b"".join(STREAM)
    for _ in range(data.draw(some.integers(1, 6))):
        at, to = sorted((data.draw(some.integers(0, len(text))), data.draw(some.integers(0, len(text)))))
        piece = data.draw(some.sampled_from([b"", text[at:to] * 2, text[:at]]) | some.binary(max_size=90))
        text = text[:at] + piece + text[to:][:20_000]
    found = list(entries(text, signed))
    assert {entry.data for entry in found} <= set(STREAM)
    list(gaps(found))
