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
