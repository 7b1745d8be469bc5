"""Texts are counted as a reader counts and kept as typed."""

import pytest

from sync.records.text import fits, folded, graphemes, storable


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("abc", 3),
        ("髙﨑𠮷", 3),
        ("葛\U000e0100", 1),
        ("か\u3099", 1),
        ("👩‍🏫", 1),
        ("髙﨑𠮷葛\U000e0100か\u3099", 5),
    ],
)
def test_a_grapheme_is_what_a_reader_sees(text: str, count: int):
    assert graphemes(text) == count
    assert fits(text, count)
    assert count == 0 or not fits(text, count - 1)


def test_nul_carriage_return_and_lone_surrogates_are_not_storable():
    assert storable("氏名\n二行目\t")
    assert not any(map(storable, ("a\x00", "a\rb", "\ud842")))


def test_only_scores_and_symbols_are_folded():
    assert folded(" ９５ ") == "95"
    assert folded("Ａ") == "A"
