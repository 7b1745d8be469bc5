"""What values and people are called."""

import pytest

from client.syncing.record import FieldKind, Subject
from client.syncing.words import path_of, person, score_words
from client.terms import Speech


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


@pytest.mark.parametrize(("unit", "words"), [("state", "わり算 まとめ"), ("note", "わり算 まとめ Note")])
def test_a_note_is_told_from_the_score_it_stands_beside(unit: str, words: str) -> None:
    about = Subject("score", "1", unit, FieldKind.TEXT, "3年2組 算数", "わり算", "まとめ")
    assert path_of(about, Speech(lambda: "en")) == words


def test_what_nobody_did_by_hand_was_the_school() -> None:
    assert person({}, None) == "the school"
