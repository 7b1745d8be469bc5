"""Which PINs are taken, and which are guessed at once."""

from datetime import date

import pytest

from client.vault.pin import PinFault, pin_fault

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    "pin", ["50271864", "５０２７１８６４", "けやきの木の下で会う", "correct horse", "1" * 63 + "2", "13579135"]
)
def test_a_pin_that_says_nothing_of_anybody_is_taken(pin: str) -> None:
    assert pin_fault(pin, TODAY, ("tanaka", "03-1234-5678")) is None


@pytest.mark.parametrize(
    ("pin", "fault"),
    [
        ("", PinFault.SHORT),
        ("5027186", PinFault.SHORT),
        ("5" * 65, PinFault.LONG),
        ("5027\t1864", PinFault.CHARACTERS),
        ("5027\u200b1864", PinFault.CHARACTERS),
        ("11111111", PinFault.REPEATED),
        ("１１１１１１１１", PinFault.REPEATED),
        ("12345678", PinFault.RUN),
        ("87654321", PinFault.RUN),
        ("abcdefgh", PinFault.RUN),
        ("0312345678", PinFault.KNOWN),
        ("TANAKA.AOI", PinFault.KNOWN),
        ("20261126", PinFault.DATE),
        ("11262026", PinFault.DATE),
        ("26112026", PinFault.DATE),
        ("20250401", PinFault.DATE),
        ("20270331", PinFault.DATE),
    ],
)
def test_a_pin_that_is_guessed_is_not_taken_and_why_is_told(pin: str, fault: PinFault) -> None:
    assert pin_fault(pin, TODAY, ("0312345678", "tanaka.aoi")) is fault


def test_days_of_other_school_years_are_taken() -> None:
    assert pin_fault("20250331", TODAY) is None
    assert pin_fault("20270401", TODAY) is None
    assert pin_fault("20240402", date(2026, 2, 1)) is PinFault.DATE
    assert pin_fault("20240331", date(2026, 2, 1)) is None
