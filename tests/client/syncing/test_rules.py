"""How a moment is said, and what a teacher is called."""

from datetime import UTC, datetime

import pytest

from client.syncing.rules import family_of, moment

NOW = datetime(2026, 9, 11, 5, 46, tzinfo=UTC)
"""14:46 in Japan."""


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        ("2026-09-11T05:31:00.000Z", ("", "14:31")),
        ("2026-09-10T15:00:00.000Z", ("", "0:00")),
        ("2026-09-10T14:59:00.000Z", ("9/10", "23:59")),
        ("2025-09-11T05:31:00.000Z", ("2025/9/11", "14:31")),
    ],
)
def test_a_moment_is_said_in_japanese_time_and_with_its_day_only_where_it_is_not_today(
    stamp: str, said: tuple[str, str]
) -> None:
    assert moment(stamp, NOW) == said


@pytest.mark.parametrize("name", ["田中 葵", "田中\u3000葵", "田中"])
def test_a_teacher_is_spoken_of_by_the_family_name(name: str) -> None:
    assert family_of(name) == "田中"
