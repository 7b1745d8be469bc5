"""Frames: what is packed unpacks to the same rows, and a frame of a wrong shape is refused whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.errors import BadBody
from sync.protocol.frames import Frame, Row, pack, unpack
from sync.protocol.messages import read

VALUES = st.none() | st.integers(-5, 5) | st.text(max_size=3) | st.lists(st.integers(0, 3), max_size=2)
ROWS = st.builds(
    Row,
    type=st.sampled_from(["score", "remark"]),
    id=st.uuids().map(str),
    ver=st.integers(0, 9),
    fields=st.dictionaries(st.sampled_from(["value", "state", "@lesson"]), VALUES.filter(lambda v: v is not None)),
    fv=st.dictionaries(st.sampled_from(["value", "state"]), st.integers(0, 9), max_size=2),
    scopes=st.sampled_from([("a",), ("a", "b")]),
)


@given(st.lists(ROWS, max_size=8))
def test_packing_and_unpacking_gives_the_same_rows_in_the_same_order(rows: list[Row]):
    frames = [read(Frame, raw) for raw in pack(rows)]
    assert [row for frame in frames for row in unpack(frame)] == rows


def test_neighbours_of_one_type_and_scope_set_share_a_frame():
    rows = [Row("score", str(n), n, {"value": n}, {}, ("a",)) for n in range(5)]
    rows.append(Row("score", "x", 9, {}, {}, ("b",)))
    assert [len(frame["rows"]) for frame in pack(rows)] == [5, 1]


@pytest.mark.parametrize(
    "change",
    [
        {"columns": ["ver", "id"]},
        {"columns": ["id", "ver", "a", "a"], "rows": [["x", 1, 2, 3]]},
        {"rows": [["x", 1, 2]]},
        {"rows": [["x"]]},
        {"fv": {"1": {"a": 1}}},
        {"fv": {"a": {"a": 1}}},
        {"fv": {"0": {"a": "1.5"}}},
        {"scopes": "a"},
    ],
)
def test_a_frame_of_a_wrong_shape_is_refused(change: dict[str, object]):
    raw = {"type": "t", "scopes": ["a"], "columns": ["id", "ver"], "rows": [["x", 1]]}
    assert read(Frame, raw).rows == [["x", 1]]
    with pytest.raises(BadBody):
        read(Frame, raw | change)
