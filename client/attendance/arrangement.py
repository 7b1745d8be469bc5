"""Who sits where: seats are counted from 1, from the front and from the left as the pupils see it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Final

Seat = tuple[int, int]
"""(row, column)."""
COLUMNS: Final = 6
"""Seats in a row of a class that has not been arranged yet."""


def arranged(pupils: Sequence[str], held: Mapping[str, Seat]) -> dict[str, Seat]:
    """A seat for each of these pupils: the one that is held, where nobody before has it, else the next free one."""
    seats: dict[str, Seat] = {}
    given: set[Seat] = set()
    for pupil in pupils:
        seat = held.get(pupil)
        if seat is not None and seat not in given:
            seats[pupil] = seat
            given.add(seat)
    free = _free(given, max((column for _, column in given), default=COLUMNS))
    return {pupil: seats[pupil] if pupil in seats else next(free) for pupil in pupils}


def swapped(seats: Mapping[str, Seat], one: Seat, other: Seat) -> dict[str, Seat]:
    """The seats after whoever sits on `one` and whoever sits on `other` have changed places; either may be empty."""
    moved = {one: other, other: one}
    return {pupil: moved.get(seat, seat) for pupil, seat in seats.items()}


def shuffled(seats: Mapping[str, Seat], chance: Random) -> dict[str, Seat]:
    """The same seats, given out by chance."""
    places = list(seats.values())
    chance.shuffle(places)
    return dict(zip(seats, places, strict=True))


def size(seats: Mapping[str, Seat]) -> tuple[int, int]:
    """How many rows and columns a plan of these seats needs; one row of free seats stands at the back."""
    rows = max((row for row, _ in seats.values()), default=0) + 1
    return rows, max((column for _, column in seats.values()), default=COLUMNS)


def turned(seat: Seat, rows: int, columns: int) -> Seat:
    """The same seat as it is seen from the other end of the room."""
    return rows + 1 - seat[0], columns + 1 - seat[1]


def _free(given: set[Seat], columns: int) -> Iterator[Seat]:
    row = 1
    while True:
        yield from ((row, column) for column in range(1, columns + 1) if (row, column) not in given)
        row += 1
