"""Contrast of every token pair, recomputed (WCAG 2): 4.5 for what is read, 3.0 for shapes and edges."""

import pytest
from PySide6.QtGui import QColor

from client.widgets import ink
from client.widgets.ink import Step
from client.widgets.tokens import CONTRAST, DARK, LIGHT, Tokens


def luminance(colour: QColor) -> float:
    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(value) for value in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


READ = [
    *((name, ground) for name in ("text", "text2") for ground in ("window", "rail", "panel", "content", "selection")),
    *(("text", ground) for ground in ("level_a", "level_c")),
    ("accent", "content"),
    ("accent", "panel"),
    ("accent", "window"),
    ("accent", "selection"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    *((name, ground) for name in ("info", "warn", "danger", "neutral") for ground in (f"{name}_fill", "content")),
    *((name, "content") for name in ("chart1", "chart2", "chart3", "chart4")),
]
SEEN = [
    *(("disabled", ground) for ground in ("content",)),
    *(("control", ground) for ground in ("content", "window", "panel")),
    *(("warn_mark", ground) for ground in ("content", "selection", "panel", "rail", "warn_fill")),
    *((name, ground) for name in ("neutral", "danger", "info") for ground in ("content", "selection", "panel")),
    ("accent", "rail"),
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
@pytest.mark.parametrize(("pair", "least"), [*((p, 4.5) for p in READ), *((p, 3.0) for p in SEEN)])
def test_every_pair_of_tokens_can_be_told_apart(tokens: Tokens, pair: tuple[str, str], least: float):
    assert contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) >= least


@pytest.mark.parametrize("pair", READ, ids=" on ".join)
def test_in_high_contrast_all_that_is_read_has_seven_to_one(pair: tuple[str, str]):
    assert contrast(getattr(CONTRAST, pair[0]), getattr(CONTRAST, pair[1])) >= 7.0


def test_the_contrast_is_computed_as_published():
    assert round(contrast(QColor("#000"), QColor("#fff")), 1) == 21.0
    assert round(contrast(LIGHT.text, LIGHT.content), 1) == 16.6
    assert round(contrast(DARK.accent, DARK.content), 1) == 9.6


def test_lines_at_half_strength_are_opaque_and_lie_between_line_and_ground():
    for tokens in (LIGHT, DARK, CONTRAST):
        assert tokens.hairline.alpha() == 255
        low, high = sorted((tokens.border.lightness(), tokens.content.lightness()))
        assert low < tokens.hairline.lightness() < high


@pytest.mark.parametrize("scale", ink.TEXT_SCALES)
def test_no_type_is_smaller_than_twelve_pixels_at_a_hundred_percent(qapp, scale):
    before = ink.look()
    try:
        ink.show(ink.Look(scale=scale))
        for step in Step:
            assert ink.face(step).font.pixelSize() == round(step.value[0] * scale)
            assert step.value[0] >= 12
    finally:
        ink.show(before)


def test_digits_of_a_column_are_all_equally_wide(qapp):
    face = ink.face(Step.BODY, digits=True)
    assert len({face.width(digit) for digit in "0123456789"}) == 1


def test_text_looks_centred_at_its_baseline(qapp):
    face = ink.face(Step.BODY)
    assert face.baseline(14) == 19
    assert face.baseline(14.5) == 20
