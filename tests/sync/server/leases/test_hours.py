"""A lease lasts a day, is carried over closed days and no further, and is used while schools are open."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.server.clock import TOKYO
from sync.server.leases.hours import Span, desk_end, desk_windows, is_open
from sync.server.settings import DeskHours

HOURS = DeskHours()


def at(words: str) -> datetime:
    """A moment in Japan."""
    return datetime.fromisoformat(words).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        ("2026-11-25T08:31", "2026-11-26T08:31"),  # Wednesday
        ("2026-11-27T16:00", "2026-11-30T19:00"),  # Friday: over the weekend to the end of Monday
        ("2026-11-28T10:00", "2026-11-30T19:00"),  # Saturday
        ("2026-11-29T10:00", "2026-11-30T10:00"),  # Sunday: Monday is the next day
        ("2026-11-20T16:00", "2026-11-24T16:00"),  # Friday before 勤労感謝の日: no more than 96 hours
        ("2026-11-21T16:00", "2026-11-24T19:00"),  # the Saturday after it
        ("2026-05-01T15:00", "2026-05-05T15:00"),  # 大型連休: it does not last to its end
    ],
)
def test_a_lease_ends_after_a_day_or_with_the_next_open_one(given: str, ends: str) -> None:
    assert desk_end(at(given), HOURS) == at(ends)


def test_a_lease_of_a_friday_is_used_on_friday_and_monday_and_not_at_home() -> None:
    now = at("2026-11-27T16:00")
    assert desk_windows(now, desk_end(now, HOURS), HOURS) == [
        span("2026-11-27T16:00", "2026-11-27T19:00"),
        span("2026-11-30T07:00", "2026-11-30T19:00"),
    ]


def test_after_a_contact_at_night_there_is_an_hour_and_then_the_morning() -> None:
    now = at("2026-11-25T23:30")
    assert desk_windows(now, desk_end(now, HOURS), HOURS) == [
        span("2026-11-25T23:30", "2026-11-26T00:30"),
        span("2026-11-26T07:00", "2026-11-26T19:00"),
    ]
    early = at("2026-11-25T06:30")  # the hour after the contact goes over into that of school
    assert desk_windows(early, desk_end(early, HOURS), HOURS)[0] == span("2026-11-25T06:30", "2026-11-25T19:00")


@given(st.integers(0, 4 * 365 * 86_400))
def test_whenever_a_lease_is_given_it_can_be_used_now_and_never_for_more_than_four_days(second: int) -> None:
    now = at("2026-04-01T00:00") + timedelta(seconds=second)
    end = desk_end(now, HOURS)
    assert timedelta(hours=24) <= end - now <= timedelta(hours=96)
    windows = desk_windows(now, end, HOURS)
    assert windows[0].since == int(now.timestamp())
    assert windows[-1].until <= int(end.timestamp())
    assert all(one.since < one.until for one in windows)
    assert all(one.until < other.since for one, other in pairwise(windows))
    for window in windows[1:]:
        assert is_open(datetime.fromtimestamp(window.since, TOKYO).date())


def span(since: str, until: str) -> Span:
    """From and until, in Japan."""
    return Span(int(at(since).timestamp()), int(at(until).timestamp()))
