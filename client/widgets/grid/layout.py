"""How the height of a grid is shared out: whole rows only, what they leave over goes to the footer or stays white."""

from dataclasses import dataclass
from typing import Final

LOW: Final = 380
"""Pixels at 100 % below which the header is one line and there is no footer."""
TALL: Final = 820
"""Pixels at 100 % from which on the footer has room for all of its rows."""


@dataclass(frozen=True, slots=True)
class Shares:
    """body: header and rows. foot: the footer, 0 for none. scrolls: whether not all rows are seen."""

    body: int
    foot: int
    scrolls: bool


def shares(height: int, rows: int, each: int, *, head: int, foot: int, across: int) -> Shares:
    """Share out a height over a header, `rows` rows of `each` pixels, a footer of at least `foot`, a scroll bar."""
    room = max(height - head - foot - across, 0)
    scrolls = rows * each > room
    body = head + (room // each * each if scrolls else room)
    return Shares(body, max(height - body - across, 0) if foot else 0, scrolls)
