"""Whom an answer comes from, and what it says: protocol.md 7 and 13."""

import json
from contextlib import suppress

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.engine.reply import Reply, value_of
from sync.errors import KeyakiError
from sync.protocol.codec import compress
from sync.protocol.errors import (
    BadBody,
    CaptivePortal,
    ChooseSchool,
    NotOurs,
    ProxyRefused,
    SeqGap,
    ServerBusy,
    SignInNeeded,
)

OURS = {"keyaki-protocol": "1", "content-type": "application/json"}
HTML = {"content-type": "text/html; charset=utf-8"}


def error(code: str, status: int, **more: object) -> Reply:
    return Reply(status, OURS, orjson.dumps({"error": {"code": code, "facts": {}, "request": "x"} | more}))


def test_the_value_of_our_answer_is_read_in_every_encoding() -> None:
    body = orjson.dumps({"seq": 1, "text": "あ" * 500})
    for encoding in ("zstd", "gzip", "identity"):
        reply = Reply(200, OURS | {"content-encoding": encoding}, compress(body, encoding))
        assert value_of(reply)["seq"] == 1


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(200, HTML, b"<html>"), CaptivePortal),
        (Reply(200, HTML | {"keyaki-protocol": "1"}, b"{}"), CaptivePortal),
        (Reply(302, HTML, b""), CaptivePortal),
        (Reply(302, OURS, b"{}"), CaptivePortal),
        (Reply(511, HTML, b""), CaptivePortal),
        (Reply(407, HTML, b""), ProxyRefused),
        (Reply(403, HTML, b"blocked by filter"), ProxyRefused),
        (Reply(404, HTML, b""), NotOurs),
        (Reply(200, {"content-type": "application/json"}, b"{}"), NotOurs),
        (Reply(200, OURS | {"keyaki-protocol": "one"}, b"{}"), NotOurs),
        (Reply(200, {}, b""), NotOurs),
        (Reply(500, HTML, b""), ServerBusy),
        (Reply(503, OURS, b"{}"), ServerBusy),
        (Reply(200, OURS, b""), BadBody),
        (Reply(200, OURS, b"<html>"), BadBody),
        (Reply(200, OURS | {"content-encoding": "br"}, b"{}"), BadBody),
        (Reply(200, OURS | {"content-encoding": "zstd"}, b"{}"), BadBody),
        (Reply(409, OURS, b'{"error": 7}'), BadBody),
        (Reply(409, OURS, b'{"error": {"code": "NEW_CODE"}}'), BadBody),
        (Reply(409, OURS, b'{"error": {"code": "SEQ_GAP", "facts": [1]}}'), BadBody),
        (error("SEQ_GAP", 409), SeqGap),
        (error("SEQ_GAP", 500), ServerBusy),
        (error("TOKEN_EXPIRED", 401), SignInNeeded),
        (error("BUSY", 503), ServerBusy),
        (error("RATE", 429), ServerBusy),
        (error("CHOOSE_SCHOOL", 409), ChooseSchool),
    ],
)
def test_an_answer_stands_for_one_error(reply: Reply, kind: type[KeyakiError]) -> None:
    with pytest.raises(kind):
        value_of(reply)


def test_an_error_brings_its_facts_even_where_they_have_the_names_of_pythons_own_words() -> None:
    with pytest.raises(SeqGap) as caught:
        value_of(error("SEQ_GAP", 409, facts={"expected": 43, "self": 1, "class": 2}))
    assert caught.value.facts == {"expected": 43, "self": 1, "class": 2}


@pytest.mark.parametrize(("said", "heard"), [(30, 30), (0, 0), (-1, None), (10**9, None), ("soon", None), (1.5, None)])
def test_only_a_sane_number_of_seconds_counts_as_a_time_to_come_back(said: object, heard: int | None) -> None:
    with pytest.raises(ServerBusy) as caught:
        value_of(error("BUSY", 503, retry_s=said))
    assert caught.value.facts.get("retry_s") == heard


def test_a_gateways_time_to_come_back_is_heard() -> None:
    with pytest.raises(ServerBusy) as caught:
        value_of(Reply(503, HTML | {"retry-after": "12"}, b""))
    assert caught.value.facts == {"status": 503, "retry_s": 12}


@given(
    st.integers(100, 599),
    st.dictionaries(
        st.sampled_from(["keyaki-protocol", "content-type", "content-encoding", "retry-after"]),
        st.sampled_from(["1", "application/json", "text/html", "zstd", "gzip", "", "9" * 30, "²"]),
    ),
    st.one_of(
        st.binary(max_size=60),
        st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda x: st.lists(x, max_size=3)).map(repr),
        st.fixed_dictionaries(
            {
                "error": st.fixed_dictionaries(
                    {"code": st.sampled_from(["BUSY", "SEQ_GAP", "X"]), "facts": st.integers()}
                )
            }
        ).map(json.dumps),
    ),
)
def test_whatever_answers_it_ends_in_a_value_or_a_numbered_error(
    status: int, headers: dict[str, str], body: bytes | str
) -> None:
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    with suppress(KeyakiError):
        value_of(Reply(status, headers, raw))
