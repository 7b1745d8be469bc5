"""The sealed journal: what is written is read, one damaged byte costs one record, and what is missing is known."""

import random

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.digest import canonical
from sync.protocol.errors import BadBody, TooLarge
from sync.protocol.journal import (
    HEAD_BYTES,
    MAGIC,
    NO_DIGEST,
    SEALED_MAX,
    Entry,
    Gap,
    Head,
    Kind,
    body_of,
    entries,
    gaps,
    record,
)

SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
SCHOOL = X25519PrivateKey.from_private_bytes(bytes(range(32)))
DEVICE = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
STREAM = bytes(range(16))
KEPT = (
    "4b594a524543310a0001010100000007000102030405060708090a0b0c0d0e0f0000000000000000000000000000000100000130000000"
    "0000000000000000000000000000000000000000000000000000000000f0d95f82dd05b129fb3a0f62f96bf187fbe94d2dad6631401e6d"
    "5ae968847c43e8b6e826296b4f6293f378b8611ed160e14983243e2da03b6e7e398f5ec6670091ba07cf356cc697be3a82d85923b31fe9"
    "92ec19cab9e94c619f7aba82f313cf3f6f51c49e7a0ec98d5242984cd14ca171d567356ebf3b5bc2593dc52b3fd1ecccac21dede481a37"
    "4c99c8f0b7aafed7ae9f52e81862e91adfaa6533d89ed2dfab798c8dd3117df06ce2126771c6e517624b2e43e152c9b854e6b608210b2a"
    "cbbd942d25f2253c9a4e90c815ae85cce254d87694214319194a63b4bf7014e58c8373cb291fd31d2c0d08fb1786363954f52e22ebea6c"
    "20d51b62fd8d4161f1de15eafffe23bfcb2d1d7b1da0a2fe2b8196ca76f75be297aef6d9ca43f7c12a93e40bcef532929ac72f8d88e72c"
    "ffbd14acbb815641b0b9581bf98ab8902abbe66bc3ae829e22c09828c3dcbedf43542dcdc4ce698bb870397ff5df7722b6ca02318a6762"
    "9c4d6d35fcb7a38ef23e227004bc0e04"
)


def seal(info: bytes, plain: bytes) -> bytes:
    return SUITE.encrypt(plain, SCHOOL.public_key(), info)


def signed(head: Head, digest: bytes, signature: bytes) -> bool:
    try:
        DEVICE.public_key().verify(signature, digest)
    except InvalidSignature:
        return False
    return head.stream == STREAM


def opened(entry: Entry) -> bytes:
    return body_of(SUITE.decrypt(entry.sealed, SCHOOL, entry.info))


def body(q: int) -> bytes:
    return canonical({"q": q, "rev": 1, "group": {"kind": "grades.score", "value": q * 100}})


def written(count: int) -> list[bytes]:
    """A stream of so many records after its start."""
    made = [record(Head(Kind.START, 7, STREAM, 0, 0), b"{}", seal, DEVICE.sign)]
    for q in range(1, count + 1):
        before = next(entries(made[-1], signed)).digest
        made.append(record(Head(Kind.GROUP, 7, STREAM, q, q, before), body(q), seal, DEVICE.sign))
    return made


@pytest.fixture(scope="module")
def stream() -> list[bytes]:
    return written(40)


def test_what_is_written_is_read(stream: list[bytes]) -> None:
    found = list(entries(b"".join(stream), signed))
    assert [entry.data for entry in found] == stream
    assert [entry.head.kind for entry in found] == [Kind.START] + [Kind.GROUP] * 40
    assert [opened(entry) for entry in found[1:]] == [body(q) for q in range(1, 41)]
    assert list(gaps(found)) == []


def test_a_record_lies_as_the_form_says() -> None:
    made = record(
        Head(Kind.VOID, 3, STREAM, 5, 9, b"\x07" * 32), b"{}", lambda _, plain: bytes(48) + plain, DEVICE.sign
    )
    assert made[:8] == MAGIC
    assert made[8:12] == b"\x00\x01\x02\x01"
    assert made[12:16] == b"\x00\x00\x00\x03"
    assert made[16:32] == STREAM
    assert (made[32:40], made[40:48]) == (b"\x00" * 7 + b"\x05", b"\x00" * 7 + b"\x09")
    assert int.from_bytes(made[48:52]) == 48 + 256
    assert made[52:84] == b"\x07" * 32
    assert made[HEAD_BYTES + 48 : HEAD_BYTES + 56] == b"\x00\x00\x00\x02{}\x00\x00"
    assert len(made) == 88 + 48 + 256 + 64


def test_a_record_of_this_form_is_read_in_years_to_come() -> None:
    kept = bytes.fromhex(KEPT)
    (entry,) = entries(kept, signed)
    assert entry.head == Head(Kind.GROUP, 7, STREAM, 0, 1, NO_DIGEST)
    assert opened(entry) == body(1)


def test_the_lengths_of_short_remarks_look_alike() -> None:
    sizes = {len(record(Head(Kind.GROUP, 7, STREAM, 0, 1), b"x" * n, seal, DEVICE.sign)) for n in range(0, 252, 50)}
    assert len(sizes) == 1


def test_more_than_a_record_may_hold_is_refused() -> None:
    with pytest.raises(TooLarge):
        record(Head(Kind.GROUP, 7, STREAM, 0, 1), bytes(SEALED_MAX), seal, DEVICE.sign)


def test_a_flipped_bit_costs_one_record_and_changes_none(stream: list[bytes]) -> None:
    whole = b"".join(stream)
    dice = random.Random(20261126)
    for _ in range(60):
        bit = dice.randrange(len(whole) * 8)
        broken = bytearray(whole)
        broken[bit // 8] ^= 1 << bit % 8
        found = [entry.data for entry in entries(bytes(broken), signed)]
        assert len(found) == len(stream) - 1
        assert set(found) <= set(stream)


def test_a_journal_cut_anywhere_is_a_clean_beginning(stream: list[bytes]) -> None:
    whole = b"".join(stream[:6])
    for end in range(0, len(whole), 41):
        found = list(entries(whole[:end], signed))
        assert [entry.data for entry in found] == stream[: len(found)]
        assert len(found) == sum(len(b"".join(stream[: n + 1])) <= end for n in range(6))


def test_what_another_device_signed_is_no_record(stream: list[bytes]) -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    forged = record(Head(Kind.GROUP, 7, STREAM, 41, 41), body(41), seal, stranger.sign)
    foreign = record(Head(Kind.GROUP, 7, bytes(16), 41, 41), body(41), seal, DEVICE.sign)
    assert [entry.data for entry in entries(forged + stream[1] + foreign, signed)] == [stream[1]]


def test_a_head_put_before_another_seal_does_not_open(stream: list[bytes]) -> None:
    one, two = (next(entries(stream[n], signed)) for n in (1, 2))
    with pytest.raises(InvalidTag):
        SUITE.decrypt(two.sealed, SCHOOL, one.info)


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [([], []), ([3], [1]), ([3, 4, 9], [2, 1]), ([0, 1], []), ([40], [])],
    ids=["none", "one", "several", "the first", "the last"],
)
def test_missing_records_are_named_by_those_beside_them(
    stream: list[bytes], left_out: list[int], missing: list[int]
) -> None:
    kept = b"".join(data for at, data in enumerate(stream) if at not in left_out)
    found = list(gaps(entries(kept, signed)))
    assert [gap.missing for gap in found] == missing
    for gap in found:
        assert gap.after is not None
        assert gap.before is not None
        assert gap.before.head.jseq - gap.after.head.jseq == gap.missing + 1


def test_a_record_put_in_the_place_of_another_is_seen(stream: list[bytes]) -> None:
    other = record(Head(Kind.GROUP, 7, STREAM, 2, 2, bytes(32)), body(99), seal, DEVICE.sign)
    found = list(gaps(entries(b"".join([*stream[:2], other, *stream[3:5]]), signed)))
    assert [gap.missing for gap in found] == [0, 0]
    assert all(isinstance(gap, Gap) for gap in found)


@given(st.binary(max_size=700))
def test_any_body_comes_back(given: bytes) -> None:
    kept: list[bytes] = []

    def keep(_: bytes, plain: bytes) -> bytes:
        kept.append(plain)
        return bytes(48) + plain

    record(Head(Kind.GROUP, 7, STREAM, 0, 1), given, keep, DEVICE.sign)
    assert body_of(kept[0]) == given


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"\x00",
        b"\x00\x00\x00\x02{}",
        b"\x00\x00\x01\xff".ljust(256, b"\0"),
        b"\x00\x00\x00\x02{}x".ljust(256, b"\0"),
    ],
)
def test_what_is_not_of_this_form_is_not_taken_for_a_body(wrong: bytes) -> None:
    with pytest.raises(BadBody):
        body_of(wrong)


@given(st.binary(max_size=200), st.sampled_from([b"", MAGIC, MAGIC + bytes(80)]))
def test_noise_is_no_record(noise: bytes, begun: bytes) -> None:
    assert list(entries(begun + noise, signed)) == []
