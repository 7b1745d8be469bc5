"""The height of a grid is shared out in whole rows."""

from hypothesis import given
from hypothesis import strategies as st

from client.widgets.grid.layout import shares

SIZE = st.integers(0, 3000)


@given(height=SIZE, rows=st.integers(0, 700), each=st.integers(1, 60), head=SIZE, foot=st.integers(0, 400))
def test_no_row_is_cut_where_the_table_scrolls_and_nothing_is_left_over(
    height: int, rows: int, each: int, head: int, foot: int
) -> None:
    told = shares(height, rows, each, head=head, foot=foot, across=0)
    room = max(height - head - foot, 0)
    assert told.scrolls is (rows * each > room)
    assert (told.body - head) % each == 0 or not told.scrolls
    assert told.body - head <= room
    assert told.foot == (max(height - told.body, 0) if foot else 0)
    if foot and height >= head + foot:
        assert told.foot >= foot
