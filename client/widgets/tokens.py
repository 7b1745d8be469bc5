"""The colours of the product by what they are used for, in a light and a dark theme."""

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, named by use."""

    window: QColor
    rail: QColor
    panel: QColor
    content: QColor
    text: QColor
    text2: QColor
    disabled: QColor
    border: QColor
    control: QColor
    accent: QColor
    accent_hover: QColor
    on_accent: QColor
    selection: QColor
    info: QColor
    info_fill: QColor
    warn: QColor
    warn_fill: QColor
    warn_mark: QColor
    danger: QColor
    danger_fill: QColor
    neutral: QColor
    neutral_fill: QColor
    level_a: QColor
    level_c: QColor
    chart1: QColor
    chart2: QColor
    chart3: QColor
    chart4: QColor
    hairline: QColor
    hairline_on_panel: QColor


def _mixed(over: QColor, ground: QColor) -> QColor:
    """`over` at half strength on `ground`, as an opaque colour: lines painted twice must not grow darker."""
    return QColor(
        (over.red() + ground.red()) // 2, (over.green() + ground.green()) // 2, (over.blue() + ground.blue()) // 2
    )


def _tokens(**hexes: str) -> Tokens:
    colours = {name: QColor(value) for name, value in hexes.items()}
    colours["hairline"] = _mixed(colours["border"], colours["content"])
    colours["hairline_on_panel"] = _mixed(colours["border"], colours["panel"])
    assert set(colours) == {each.name for each in fields(Tokens)}
    return Tokens(**colours)


LIGHT = _tokens(
    window="#F3F5F6",
    rail="#E9EDEE",
    panel="#F7F9F9",
    content="#FFFFFF",
    text="#1A1F22",
    text2="#4A565C",
    disabled="#8A959B",
    border="#D5DCDF",
    control="#738087",
    accent="#0E6655",
    accent_hover="#0B5346",
    on_accent="#FFFFFF",
    selection="#DDF0EA",
    info="#1F4FBF",
    info_fill="#E3EAFB",
    warn="#7A4B00",
    warn_fill="#FFF0CC",
    warn_mark="#B86E00",
    danger="#A8201A",
    danger_fill="#FBE4E2",
    neutral="#56636A",
    neutral_fill="#E8ECEE",
    level_a="#CFE8E0",
    level_c="#F6E3C5",
    chart1="#0E6655",
    chart2="#1F4FBF",
    chart3="#A85B00",
    chart4="#8A2C6B",
)

CONTRAST = _tokens(
    window="#000000",
    rail="#000000",
    panel="#000000",
    content="#000000",
    text="#FFFFFF",
    text2="#FFFFFF",
    disabled="#8BE38B",
    border="#FFFFFF",
    control="#FFFFFF",
    accent="#FFE14A",
    accent_hover="#FFFFFF",
    on_accent="#000000",
    selection="#123E75",
    info="#9CD2FF",
    info_fill="#001F3D",
    warn="#FFD27A",
    warn_fill="#332200",
    warn_mark="#FFC400",
    danger="#FFA8A3",
    danger_fill="#420000",
    neutral="#FFFFFF",
    neutral_fill="#2B2B2B",
    level_a="#00463C",
    level_c="#4F3500",
    chart1="#FFE14A",
    chart2="#9CD2FF",
    chart3="#FFFFFF",
    chart4="#FFA8F0",
)
"""Black and white with few strong inks, for whoever asks the system, or this program, for high contrast."""

DARK = _tokens(
    window="#14181A",
    rail="#1A1F22",
    panel="#1A2023",
    content="#1E2427",
    text="#E7ECEE",
    text2="#B3BEC3",
    disabled="#6F7B81",
    border="#374147",
    control="#7F8C93",
    accent="#74DCC4",
    accent_hover="#92E6D2",
    on_accent="#06231D",
    selection="#173A33",
    info="#8BB8EC",
    info_fill="#1B3350",
    warn="#F0C266",
    warn_fill="#40300C",
    warn_mark="#F0B840",
    danger="#F0776E",
    danger_fill="#4A1E1B",
    neutral="#A7B3B9",
    neutral_fill="#2B3337",
    level_a="#1F4A41",
    level_c="#4A3A1C",
    chart1="#74DCC4",
    chart2="#8FB4FF",
    chart3="#F0B840",
    chart4="#E79BD0",
)
