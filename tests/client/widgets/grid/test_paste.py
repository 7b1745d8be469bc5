from hypothesis import given
from hypothesis import strategies as st

from client.widgets.grid.edit import Refusal
from client.widgets.grid.paste import by_rows, read_block, write_block


def number(text: str, _row: int, _column: int) -> object:
    return int(text) if text.isdigit() and int(text) <= 100 else Refusal(lambda: f"{text} does not fit")


def test_a_block_is_rows_of_cells_and_its_last_line_break_is_no_row():
    assert read_block("1\t2\r\n3\t4\r\n") == (("1", "2"), ("3", "4"))
    assert read_block("1\n2\n\n") == (("1",), ("2",), ("",))


def test_quoted_cells_hold_tabs_line_breaks_and_quotes():
    assert read_block('"a\tb"\t"say ""hi"""\n"two\r\nlines"\tx') == (("a\tb", 'say "hi"'), ("two\nlines", "x"))


def test_a_quote_that_quotes_nothing_is_text():
    assert read_block('"open\t5"x\n"a"b') == (('"open', '5"x'), ('"a"b', ""))


def test_no_break_and_wide_spaces_around_a_cell_are_trimmed_but_not_inside_quotes():
    assert read_block("\u00a095\u3000\t 7 ") == (("95", "7"),)
    assert read_block('" 7 "') == ((" 7 ",),)


def test_short_rows_are_filled_up():
    assert read_block("1\t2\t3\n4") == (("1", "2", "3"), ("4", "", ""))


CELL = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r"), max_size=6)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=4))
def test_what_is_written_is_read_back(rows):
    quoted = "\r\n".join("\t".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    assert read_block(quoted) == tuple(tuple(row) for row in rows)
    plain = [[cell.strip(" \u00a0\u3000\t\n") for cell in row] for row in rows]
    assert read_block(write_block(plain) + "\r\n") == tuple(tuple(row) for row in plain)


def test_one_bad_cell_of_a_block_is_named_with_its_place():
    placed, misfits = by_rows((("90", "80"), ("105", "70")), [3, 4], [2, 5], number)
    assert [(p.row, p.column, p.value) for p in placed] == [(3, 2, 90), (3, 5, 80), (4, 5, 70)]
    (misfit,) = misfits
    assert (misfit.row, misfit.column, misfit.text) == (4, 2, "105")
    assert misfit.refusal is not None
    assert misfit.refusal.sentence is not None
    assert misfit.refusal.sentence() == "105 does not fit"


def test_a_block_that_hangs_over_the_edge_does_not_fit():
    _, misfits = by_rows((("1", "2"), ("3", "4")), [9, -1], [7], number)
    assert [(m.row, m.column, m.text) for m in misfits] == [(9, -1, "2"), (-1, -1, "3"), (-1, -1, "4")]


def test_an_empty_cell_of_a_block_never_deletes():
    placed, misfits = by_rows((("1", ""), ("", "4")), [0, 1], [2, 3], number)
    assert [(p.row, p.column) for p in placed] == [(0, 2), (1, 3)]
    assert misfits == ()


def test_cells_follow_their_row_and_a_row_of_nobody_is_named():
    block = (("P2", "60"), ("P1", "70"), ("P9", "80"))
    placed, misfits = by_rows(block, (1, 0, -1), (-1, 4), number)
    assert [(p.row, p.column, p.value) for p in placed] == [(1, 4, 60), (0, 4, 70)]
    assert [(m.row, m.text) for m in misfits] == [(-1, "80")]
