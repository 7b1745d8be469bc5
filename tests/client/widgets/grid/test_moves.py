import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.widgets.grid.moves import Field, Path, edge, entered, found, walk

FIELD = Field(3, [2, 3, 4])
DOWN, RIGHT = Path(down=True), Path(down=False)


def always(_row: int, _column: int) -> bool:
    return True


@pytest.mark.parametrize(
    ("cell", "path", "back", "goes_to"),
    [
        ((0, 2), DOWN, False, (1, 2)),
        ((2, 2), DOWN, False, (0, 3)),
        ((2, 4), DOWN, False, (0, 2)),
        ((0, 3), DOWN, True, (2, 2)),
        ((0, 2), RIGHT, False, (0, 3)),
        ((0, 4), RIGHT, False, (1, 2)),
        ((1, 2), RIGHT, True, (0, 4)),
    ],
)
def test_enter_follows_its_path_and_wraps_to_the_next_line(cell, path, back, goes_to):
    assert entered(FIELD, cell, path, always, back=back) == goes_to


def test_without_wrapping_enter_stays_at_the_end_of_its_line():
    assert entered(FIELD, (2, 2), Path(down=True, wraps=False), always) == (2, 2)
    assert entered(FIELD, (0, 4), Path(down=False, wraps=False), always) == (0, 4)


def test_enter_jumps_over_cells_that_take_nothing():
    assert entered(FIELD, (0, 2), DOWN, lambda row, _: row != 1) == (2, 2)


def test_where_nothing_takes_a_value_enter_is_one_plain_step():
    assert entered(FIELD, (0, 3), DOWN, lambda *_: False) == (1, 3)
    assert entered(FIELD, (2, 3), DOWN, lambda *_: False) == (2, 3)
    assert entered(FIELD, (1, 3), RIGHT, lambda *_: False, back=True) == (1, 2)


def test_a_search_goes_around_and_says_none_where_there_is_none():
    assert found(FIELD, (1, 3), Path(down=True, wraps=False), lambda r, c: (r, c) == (0, 2)) == (0, 2)
    assert found(FIELD, (1, 3), DOWN, lambda *_: False) is None
    assert found(FIELD, (1, 3), DOWN, lambda r, c: (r, c) == (1, 3)) is None


@pytest.mark.parametrize(
    ("cell", "step", "goes_to"),
    [
        ((0, 2), (1, 0), (2, 2)),  # a filled run, to its end
        ((2, 2), (1, 0), (5, 2)),  # over blanks, to the next filled
        ((5, 2), (1, 0), (7, 2)),  # nothing more: the edge
        ((7, 2), (1, 0), (7, 2)),
        ((2, 2), (-1, 0), (0, 2)),
        ((0, 2), (0, 1), (0, 4)),
    ],
)
def test_ctrl_arrows_run_along_filled_cells_as_in_a_spreadsheet(cell, step, goes_to):
    field = Field(8, [2, 3, 4])
    filled = {(0, 2), (1, 2), (2, 2), (5, 2)}
    assert edge(field, cell, *step, lambda r, c: (r, c) in filled) == goes_to


@given(
    rows=st.integers(1, 6),
    columns=st.integers(1, 5),
    at=st.tuples(st.integers(0, 5), st.integers(0, 4)),
    down=st.booleans(),
    back=st.booleans(),
)
def test_a_walk_visits_every_other_cell_once(rows, columns, at, down, back):
    field = Field(rows, list(range(columns)))
    start = at[0] % rows, at[1] % columns
    walked = list(walk(field, start, Path(down=down), back=back))
    assert len(walked) == len(set(walked)) == rows * columns - 1
    assert start not in walked
