"""Everybody has one seat, nobody shares one, and seats change by exchange alone."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from client.attendance.arrangement import COLUMNS, Seat, arranged, shuffled, size, swapped, turned

pupils = st.lists(st.text("abcdefghij", min_size=1, max_size=3), unique=True, max_size=40)
seat = st.tuples(st.integers(1, 8), st.integers(1, 8))
held = st.dictionaries(st.text("abcdefghij", min_size=1, max_size=3), seat, max_size=40)


@given(pupils, held)
def test_everybody_has_one_seat_and_who_has_one_keeps_it(who: list[str], kept: dict[str, Seat]) -> None:
    seats = arranged(who, kept)
    assert set(seats) == set(who)
    assert len(set(seats.values())) == len(who)
    first = {kept[pupil]: pupil for pupil in reversed(who) if pupil in kept}
    assert all(seats[pupil] == place for place, pupil in first.items())


def test_a_class_that_was_never_arranged_sits_by_number_from_the_front() -> None:
    seats = arranged([str(n) for n in range(8)], {})
    assert seats["0"] == (1, 1)
    assert seats[str(COLUMNS - 1)] == (1, COLUMNS)
    assert seats[str(COLUMNS)] == (2, 1)


@given(pupils, held, seat, seat)
def test_an_exchange_is_undone_by_itself(who: list[str], kept: dict[str, Seat], one: Seat, other: Seat) -> None:
    seats = arranged(who, kept)
    there = swapped(seats, one, other)
    assert len(set(there.values())) == len(who)
    assert swapped(there, one, other) == seats


@given(pupils, held, st.integers())
def test_lots_give_out_the_same_seats(who: list[str], kept: dict[str, Seat], seed: int) -> None:
    seats = arranged(who, kept)
    drawn = shuffled(seats, Random(seed))
    assert set(drawn) == set(seats)
    assert sorted(drawn.values()) == sorted(seats.values())


@given(pupils, held)
def test_turning_round_twice_is_as_before_and_stays_in_the_room(who: list[str], kept: dict[str, Seat]) -> None:
    seats = arranged(who, kept)
    rows, columns = size(seats)
    for place in seats.values():
        there = turned(place, rows, columns)
        assert 1 <= there[0] <= rows
        assert 1 <= there[1] <= columns
        assert turned(there, rows, columns) == place
