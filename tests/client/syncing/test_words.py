"""What values and people are called."""

import pytest

from client.syncing.words import person, score_words


@pytest.mark.parametrize(
    ("state", "points", "levels", "words"),
    [
        ("scored", 78_50, False, "78.5"),
        ("scored", 3_00, True, "A"),
        ("absent", None, False, "absent"),
        ("excluded", None, False, "exempt"),
        (None, None, False, ""),
    ],
)
def test_a_score_is_said_in_words(state: str | None, points: int | None, levels: bool, words: str) -> None:
    assert score_words(state, points, levels=levels) == words


def test_what_nobody_did_by_hand_was_the_school() -> None:
    assert person({}, None) == "the school"
