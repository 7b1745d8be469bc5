"""The header's form, and what is refused before a PIN costs anything."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.vault import tries
from client.vault.floors import WORK, Work
from client.vault.header import (
    BOUND,
    SIZE,
    SLOT,
    HeaderDamaged,
    HeaderForeign,
    Slot,
    Tries,
    bound_bytes,
    lease_ids,
    read_slots,
    read_tries,
    secret_numbers,
    with_tries,
    written,
)
from client.vault.keys import Whose
from tests.kit.lending import WHOSE

SECRET = bytes(range(32))
LEASE = UUID("018f3c1a-0000-7000-8000-000000000003")
A = Slot(7, WHOSE, LEASE, 1_795_219_200, WORK, bytes(range(16)), 1, b"n" * 12, b"w" * 48)
B = Slot(8, WHOSE, UUID(int=LEASE.int + 1), 1_795_305_600, WORK, bytes(range(16)), 1, b"m" * 12, b"v" * 48)
WRONG = 3
NUMBER32, NUMBER64 = st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1)
SLOTS = st.builds(
    Slot,
    NUMBER32,
    st.builds(Whose, st.uuids(), st.uuids()),
    st.uuids(),
    NUMBER64,
    st.builds(Work, st.integers(WORK.kib, 2**32 - 1), st.integers(WORK.passes, 2**16 - 1), st.integers(1, 8)),
    st.binary(min_size=16, max_size=16),
    NUMBER32,
    st.binary(min_size=12, max_size=12),
    st.binary(min_size=48, max_size=48),
)
TRIES = st.builds(Tries, NUMBER32, NUMBER64, NUMBER64)


@given(SLOTS, st.one_of(st.none(), SLOTS), TRIES)
def test_a_header_is_read_as_it_was_written(one: Slot, other: Slot | None, counted: Tries) -> None:
    for slots in ((one, other), (other, one)):
        data = written(slots, counted, SECRET)
        assert len(data) == SIZE
        assert read_slots(data, SECRET) == slots
        assert read_tries(data, SECRET, 4) == counted


def test_a_header_lies_on_the_disk_in_the_form_the_design_fixes() -> None:
    data = written((A, None), Tries(2, 1_795_132_800, 1_795_132_900), SECRET)
    assert data[:12] == b"KYH1" + bytes.fromhex("0001 0001 00000007")
    assert data[12:60] == WHOSE.user.bytes + WHOSE.device.bytes + LEASE.bytes
    assert data[60:76] == bytes.fromhex("000000006b00df00 00010000 0003 0004")
    assert data[76:96] == bytes(range(16)) + bytes.fromhex("00000001")
    assert data[96:104].hex() == "f76b61e5b9a4b4e9"
    assert data[104:176] == b"n" * 12 + b"w" * 48 + bytes(12)
    assert data[SLOT : 2 * SLOT] == bytes(SLOT)
    assert data[384:432] == b"KYT1" + bytes.fromhex("00000002 000000006aff8d80 000000006aff8de4") + bytes(24)
    assert bound_bytes(A, SECRET) == data[:BOUND]


def test_every_flipped_bit_of_a_slot_is_refused_before_a_pin_is_asked_for() -> None:
    data = written((A, None), Tries(), SECRET)
    for bit in range(SLOT * 8):
        with pytest.raises((HeaderDamaged, HeaderForeign)):
            read_slots(_flipped(data, bit), SECRET)


def test_a_flipped_bit_in_one_slot_leaves_the_other_one_and_none_is_taken_for_another_value() -> None:
    data = written((A, B), Tries(), SECRET)
    for bit in range(2 * SLOT * 8):
        found = read_slots(_flipped(data, bit), SECRET)
        assert found == ((None, B) if bit < SLOT * 8 else (A, None))


def test_a_flipped_bit_in_the_trailer_gives_nobody_a_try_more() -> None:
    data = written((A, None), Tries(WRONG, 5, 6), SECRET)
    for bit in range(2 * SLOT * 8, SIZE * 8):
        assert read_tries(_flipped(data, bit), SECRET, 4) == Tries(4)
        assert read_slots(_flipped(data, bit), SECRET) == (A, None)


def test_another_devices_secret_is_told_from_a_damaged_header() -> None:
    data = written((A, None), Tries(), SECRET)
    with pytest.raises(HeaderForeign):
        read_slots(data, bytes(32))
    with pytest.raises(HeaderDamaged, match="size"):
        read_slots(data[:-1], SECRET)
    with pytest.raises(HeaderDamaged, match="no slot"):
        read_slots(bytes(SIZE), SECRET)


@pytest.mark.parametrize("work", [Work(65_535, 3, 4), Work(65_536, 2, 4), Work(65_536, 3, 0), Work(65_536, 3, 9)])
def test_a_slot_that_asks_for_less_work_is_refused_however_well_it_is_sealed(work: Work) -> None:
    data = written((Slot(**{**_fields(A), "work": work}), None), Tries(), SECRET)
    with pytest.raises(HeaderDamaged, match="floor"):
        read_slots(data, SECRET)


def test_what_is_needed_before_anything_is_proved_can_be_read() -> None:
    data = written((None, Slot(**{**_fields(B), "secret_no": 2})), Tries(), SECRET)
    assert secret_numbers(data) == [2]
    assert lease_ids(data) == [B.lease]
    assert secret_numbers(written((A, Slot(**{**_fields(B), "secret_no": 2})), Tries(), SECRET)) == [2, 1]


def test_counting_a_try_leaves_the_slots_as_they_are() -> None:
    data = written((A, B), Tries(), SECRET)
    again = with_tries(data, Tries(1, 2, 3), SECRET)
    assert again[: 2 * SLOT] == data[: 2 * SLOT]
    assert read_tries(again, SECRET, 4) == Tries(1, 2, 3)


def test_wrong_tries_are_waited_for_and_the_fifth_burns() -> None:
    counted, waits, at = Tries(), [], 1_000
    for _ in range(6):
        waits.append(tries.wait_s(counted, at))
        counted = tries.counted(counted, at)
    assert waits == [0, 0, 0, 5, 15, 0]
    assert [tries.left(Tries(wrong)) for wrong in range(7)] == [5, 4, 3, 2, 1, 5, 4]
    assert [wrong for wrong in range(12) if tries.burns(Tries(wrong))] == [5, 10]
    assert tries.wait_s(Tries(4, 1_000), 1_010) == 5
    assert tries.wait_s(Tries(4, 1_000), 1_016) == 0
    assert tries.wait_s(Tries(4, 1_000), 10) == 15  # a clock set back waits no longer than the full time


def _flipped(data: bytes, bit: int) -> bytes:
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


def _fields(slot: Slot) -> dict[str, object]:
    return {name: getattr(slot, name) for name in Slot.__dataclass_fields__}
