"""Canonical bytes and hashes: the vector both ends are held to, for the years to come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.digest import (
    CHAIN_START,
    canonical,
    chain_next,
    grant_hash,
    group_hash,
    quick_canonical,
    row_hash,
    row_sum,
)

ITEM = {
    "group": {
        "at": "2026-11-20T05:31:07.120Z",
        "kind": "grades.score",
        "ops": [
            {
                "base": {"value": 7},
                "do": "patch",
                "id": "cd4d8f69-cef6-5524-b751-c01f6dc6ec19",
                "set": {"value": "A"},
                "type": "viewpoint_grade",
            }
        ],
    },
    "q": 1,
    "rev": 0,
}
PUPIL = "018f0000-0000-7000-8000-0000000000aa"
ROW = {
    "@class": "2026:3-2",
    "course": "2026:3-2:math",
    "pupil": PUPIL,
    "term": "2026-1",
    "value": "B",
    "viewpoint": "know",
}


def test_the_published_vector_holds():
    hashed = group_hash(ITEM)
    assert hashed == "d7330a929cf79a2b33ba33e791af42118cb28eb841daf805694f98d288a7d307"
    assert chain_next(CHAIN_START, hashed) == "8b03381d05ab6c23bc20e12d01b0145d"
    assert row_hash("viewpoint_grade", "cd4d8f69-cef6-5524-b751-c01f6dc6ec19", 7, ROW) == 0xAF4AB69C1B3D4A4F


def test_a_row_hash_does_not_see_nulls_but_sees_everything_else():
    hashed = row_hash("t", "i", 7, {"a": 1})
    assert row_hash("t", "i", 7, {"a": 1, "b": None}) == hashed
    assert (
        len({hashed, row_hash("t", "i", 8, {"a": 1}), row_hash("t", "i", 7, {"a": 2}), row_hash("u", "i", 7, {})}) == 4
    )


def test_a_sum_wraps_at_64_bits_and_does_not_care_for_order():
    assert row_sum([2**64 - 1, 2]) == row_sum([2, 2**64 - 1]) == f"{1:016x}"
    assert row_sum([]) == "0" * 16


def test_canonical_sorts_keys_keeps_kanji_and_refuses_what_is_not_json():
    assert canonical({"b": "𠮷", "a": [1, None, True]}) == '{"a":[1,null,true],"b":"𠮷"}'.encode()
    with pytest.raises(ValueError, match="Out of range"):
        canonical(float("nan"))
    with pytest.raises(UnicodeEncodeError):
        canonical("\ud842")


@given(st.dictionaries(st.text("abc@_", max_size=3), st.integers() | st.text() | st.none(), max_size=4))
def test_canonical_does_not_depend_on_the_order_of_keys(value: dict[str, object]):
    assert canonical(value) == canonical(dict(reversed(value.items())))


SCALARS = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
)


@given(VALUES)
def test_the_quick_way_gives_the_very_same_bytes(value: object):
    assert quick_canonical(value) == canonical(value)


def test_the_quick_way_refuses_a_lone_surrogate_too():
    with pytest.raises(UnicodeEncodeError):
        quick_canonical(["\ud842"])


def test_a_grant_hash_tells_any_change():
    grant = {"scope": "all", "role": "staff", "rights": "r", "from": "2026-04-01"}
    hashes = {grant_hash([grant]), grant_hash([]), grant_hash([{**grant, "rights": "rw"}]), grant_hash([grant, grant])}
    assert len(hashes) == 4
    assert all(len(item) == 16 for item in hashes)
