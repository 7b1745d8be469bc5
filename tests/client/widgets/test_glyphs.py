"""A character this PC cannot draw as it is written is told, and a text is cut where a reader would cut it."""

import pytest

from client.widgets import glyphs, ink


@pytest.mark.parametrize(
    ("text", "count"), [("葛󠄀城", 2), ("𠮷田", 2), ("が", 1), ("髙﨑", 2), ("", 0), ("アン マリー", 6)]
)
def test_a_text_is_cut_into_what_a_reader_takes_for_characters(text: str, count: int) -> None:
    cut = glyphs.characters(text)
    assert len(cut) == count
    assert "".join(cut) == text


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("text", ["髙橋", "﨑山", "𠮷田", "アン マリー", "が", ""])
def test_rare_kanji_are_drawn_by_some_font(text: str) -> None:
    assert glyphs.unknown(text, ink.face(ink.Step.BODY).font) == ""


@pytest.mark.usefixtures("qapp")
def test_a_character_that_no_font_has_is_told_once() -> None:
    assert glyphs.unknown("\ue000山\ue000", ink.face(ink.Step.BODY).font) == "\ue000"
