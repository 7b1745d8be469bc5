"""A character this PC cannot draw as it is written is told, and a text is cut where a reader would cut it."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from client.widgets import glyphs, ink, variants


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


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("official", [True, False])
def test_a_form_that_a_selector_asks_for_is_drawn_as_that_form(*, official: bool) -> None:
    face = ink.face(ink.Step.FIGURE, official=official)
    assert _drawn("葛\U000e0100", face) != _drawn("葛\U000e0101", face)
    assert glyphs.unknown("葛\U000e0100城葛\U000e0101", face.font) == ""


@pytest.mark.usefixtures("qapp")
def test_a_form_that_no_font_has_is_drawn_as_usual_and_told() -> None:
    face = ink.face(ink.Step.FIGURE)
    assert _drawn("葛\U000e01ef", face) == _drawn("葛", face)
    assert glyphs.unknown("葛\U000e01ef城", face.font) == "葛\U000e01ef"


@pytest.mark.usefixtures("qapp")
def test_what_stands_behind_a_form_stands_where_it_would_behind_the_usual_one() -> None:
    face = ink.face(ink.Step.FIGURE)
    formed, usual = (_drawn(text, face).copy(60, 0, 40, 48) for text in ("葛\U000e0100一", "葛一"))
    assert formed == usual


def test_a_table_without_forms_tells_none() -> None:
    assert variants._read(b"") == variants.Forms({}, {})
    assert variants._read(b"\x00\x00\x00\x01\x00\x03\x00\x01\x00\x00\x00\x0c\x00\x04") == variants.Forms({}, {})


def _drawn(text: str, face: ink.Face) -> QImage:
    image = QImage(160, 48, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setPen(QColor("black"))
    ink.draw_left(painter, 24, 24, text, face)
    painter.end()
    return image
