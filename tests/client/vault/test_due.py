"""A lease ends on time whatever somebody does to the clock, and never because of a clock that is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from client.vault.due import Clocks, Due, Floors, Verdict, due, looked, opened, sworn
from sync.protocol.lease import Lease
from tests.campaigns.clocks import walk
from tests.kit.lending import HOUR, NOW, WHOSE

DAY = 24 * HOUR
BOOT = 5_000
HOLDS, SOON, OVER, SET_BACK = Verdict.HOLDS, Verdict.SOON, Verdict.OVER, Verdict.SET_BACK


def lease(*win: tuple[int, int], exp: int = NOW + DAY, nbf: int = NOW) -> Lease:
    """A desk lease with these windows, from `nbf` to `exp` where none are given."""
    return Lease.model_validate(
        {
            "iss": "http://127.0.0.1",
            "aud": str(WHOSE.device),
            "sub": str(WHOSE.user),
            "jti": str(WHOSE.device),
            "iat": nbf,
            "nbf": nbf,
            "exp": exp,
            "win": win or ((nbf, exp),),
            "ver": 1,
            "kind": "desk",
            "school": str(WHOSE.user),
            "scopes": (),
            "max_class": "II",
            "purpose": "continuity",
            "n": 1,
            "lsh": "A" * 43,
        }
    )


WHOLE = lease()
SPLIT = lease((NOW, NOW + HOUR), (NOW + 20 * HOUR, NOW + DAY))
JOINED = lease((NOW, NOW + HOUR), (NOW + HOUR, NOW + 2 * HOUR))
AT_NINE = opened(Clocks(NOW, BOOT), NOW - HOUR)


def after(wall: int, boot: int | None = None) -> Clocks:
    """The clocks so many seconds after the opening; the other one alike where nothing else is said."""
    return Clocks(NOW + wall, BOOT + (wall if boot is None else boot))


CASES: dict[str, tuple[Clocks, Lease | None, Floors, Due]] = {
    "at once": (after(0), WHOLE, AT_NINE, Due(HOLDS, NOW, DAY)),
    "eleven minutes before the end": (after(DAY - 660), WHOLE, AT_NINE, Due(HOLDS, NOW + DAY - 660, 660)),
    "ten minutes before the end": (after(DAY - 600), WHOLE, AT_NINE, Due(SOON, NOW + DAY - 600, 600)),
    "the last second": (after(DAY - 1), WHOLE, AT_NINE, Due(SOON, NOW + DAY - 1, 1)),
    "the end": (after(DAY), WHOLE, AT_NINE, Due(OVER, NOW + DAY)),
    "long after the end": (after(400 * DAY), WHOLE, AT_NINE, Due(OVER, NOW + 400 * DAY)),
    "ten minutes before its hours end": (after(3_000), SPLIT, AT_NINE, Due(SOON, NOW + 3_000, 600)),
    "after its hours": (after(HOUR), SPLIT, AT_NINE, Due(OVER, NOW + HOUR)),
    "in its hours of the evening": (after(21 * HOUR), SPLIT, AT_NINE, Due(HOLDS, NOW + 21 * HOUR, 3 * HOUR)),
    "hours that touch": (after(3_500), JOINED, AT_NINE, Due(HOLDS, NOW + 3_500, 3_700)),
    "hours after the end of the whole": (
        after(0),
        lease((NOW, NOW + 2 * HOUR), exp=NOW + HOUR),
        AT_NINE,
        Due(HOLDS, NOW, HOUR),
    ),
    "before it begins": (after(0), lease(nbf=NOW + HOUR), AT_NINE, Due(OVER, NOW)),
    "no lease that is believed": (after(0), None, AT_NINE, Due(OVER, NOW)),
    "an hour of sleep": (after(HOUR, HOUR), WHOLE, AT_NINE, Due(HOLDS, NOW + HOUR, 23 * HOUR)),
    "a night of sleep past the end": (after(DAY + HOUR), WHOLE, AT_NINE, Due(OVER, NOW + DAY + HOUR)),
    "a minute back": (after(-60, 0), WHOLE, AT_NINE, Due(HOLDS, NOW, DAY)),
    "five minutes back": (after(-300, 0), WHOLE, AT_NINE, Due(HOLDS, NOW, DAY)),
    "more than five minutes back": (after(-301, 0), WHOLE, AT_NINE, Due(SET_BACK, NOW)),
    "400 days back": (after(-400 * DAY, 60), WHOLE, AT_NINE, Due(SET_BACK, NOW + 60)),
    "back just before the end": (after(60, DAY), WHOLE, AT_NINE, Due(SET_BACK, NOW + DAY)),
    "slowed down by four minutes past the end": (after(DAY - 240, DAY), WHOLE, AT_NINE, Due(OVER, NOW + DAY)),
    "four minutes forward": (after(240, 0), WHOLE, AT_NINE, Due(HOLDS, NOW + 240, DAY - 240)),
    "400 days forward": (after(400 * DAY, 60), WHOLE, AT_NINE, Due(HOLDS, NOW + 60, DAY - 60)),
    "behind the header's time at the opening": (
        after(-200),
        WHOLE,
        opened(after(-200), NOW),
        Due(HOLDS, NOW, DAY),
    ),
    "an hour behind the server that has just answered": (
        after(-HOUR),
        WHOLE,
        sworn(after(-HOUR), NOW),
        Due(HOLDS, NOW, DAY),
    ),
    "an hour ahead of the server that has just answered": (
        after(HOUR),
        WHOLE,
        sworn(after(HOUR), NOW),
        Due(HOLDS, NOW, DAY),
    ),
    "the server sets back what was seen too high": (
        after(2 * HOUR),
        WHOLE,
        sworn(after(2 * HOUR), NOW + HOUR),
        Due(HOLDS, NOW + HOUR, DAY - HOUR),
    ),
    "a leap second": (after(3_599, 3_600), WHOLE, AT_NINE, Due(HOLDS, NOW + 3_600, DAY - 3_600)),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_due(case: str) -> None:
    now, held, floors, expected = CASES[case]
    assert due(now, held, floors) == expected


def test_a_clock_that_was_set_forward_is_left_out_until_the_process_ends_or_the_server_speaks() -> None:
    floors = looked(after(DAY, 60), AT_NINE)
    assert (floors.heeded, floors.seen) == (False, NOW + 60)
    floors = looked(after(120, 120), floors)  # set right again: what was not believed once is not believed later
    assert (floors.heeded, floors.seen) == (False, NOW + 120)
    assert due(after(DAY - 120, 180), WHOLE, floors) == Due(HOLDS, NOW + 180, DAY - 180)
    assert sworn(after(240), NOW + 240).heeded


def test_a_time_that_was_seen_is_never_forgotten() -> None:
    floors = looked(after(240, 0), AT_NINE)
    assert floors.seen == NOW + 240
    assert due(after(0, 0), WHOLE, floors).moment == NOW + 240


@given(some.integers(0, 10_000))
def test_no_walk_of_the_clock_opens_a_lease_past_its_end_and_a_right_one_never_closes_it_early(seed: int) -> None:
    walk(seed, (WHOLE, SPLIT), NOW)
