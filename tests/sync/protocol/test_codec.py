"""Bodies: every encoding round-trips, nothing swells past its bound, damage is said and never guessed at."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol import codec
from sync.protocol.errors import BadBody


@given(st.binary(max_size=5000), st.sampled_from(codec.ENCODINGS))
def test_every_encoding_gives_back_what_went_in(data: bytes, encoding: str):
    assert codec.inflate(codec.compress(data, encoding), encoding) == data


@pytest.mark.parametrize("encoding", codec.ENCODINGS)
def test_a_body_that_swells_past_the_bound_is_refused(encoding: str):
    packed = codec.compress(b"\0" * 10_000, encoding)
    assert len(codec.inflate(packed, encoding, limit=10_000)) == 10_000
    with pytest.raises(BadBody, match="size"):
        codec.inflate(packed, encoding, limit=9_999)


@pytest.mark.parametrize("encoding", [codec.ZSTD, codec.GZIP])
def test_a_body_cut_anywhere_is_refused(encoding: str):
    packed = codec.compress(bytes(range(256)) * 20, encoding)
    for end in range(len(packed)):
        with pytest.raises(BadBody):
            codec.inflate(packed[:end], encoding)


@given(st.binary(max_size=200), st.sampled_from([codec.ZSTD, codec.GZIP]))
def test_noise_is_refused_or_decoded_but_never_crashes(data: bytes, encoding: str):
    with contextlib.suppress(BadBody):
        assert len(codec.inflate(data, encoding, limit=100_000)) <= 100_000


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'"\\ud800"', b"nul", b"[1,]"])
def test_what_is_not_json_is_a_bad_body(data: bytes):
    with pytest.raises(BadBody, match="json"):
        codec.decode(data)


def test_an_unknown_encoding_is_refused_both_ways():
    for call in (codec.compress, codec.inflate):
        with pytest.raises(BadBody, match="encoding"):
            call(b"", "br")


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("zstd, gzip", "zstd"),
        ("GZIP;q=1.0", "gzip"),
        ("br", "identity"),
        ("", "identity"),
        ("gzip, zstd;q=0.5", "zstd"),
    ],
)
def test_the_best_accepted_encoding_is_chosen(header: str, chosen: str):
    assert codec.choose(header) == chosen
