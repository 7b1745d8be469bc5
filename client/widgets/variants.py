"""Forms of a kanji that a variation selector asks for. Qt draws the usual form instead: glyphs are drawn by number.

Which glyph a font has for a form stands in its `cmap` table, format 14 (OpenType). It is read when the first such
character is drawn.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from struct import iter_unpack, unpack_from
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGlyphRun, QPainter, QRawFont

MINCHO: Final = ("IPAmjMincho", "IPAmj明朝", "Noto Serif CJK JP")
GOTHIC: Final = ("Noto Sans CJK JP",)
"""Families that know forms. The first that has one draws it, those before the others that look like the text's own."""
FORMED: Final = re.compile("[^\ufe00-\ufe0f\U000e0100-\U000e01ef][\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""A character with the selector that asks for a form of it."""


class Forms(NamedTuple):
    """The forms of one font. glyphs: {(character, selector): glyph}; usual: {selector: spans of characters whose usual
    glyph is the form that it asks for}.
    """

    glyphs: dict[tuple[int, int], int]
    usual: dict[int, list[tuple[int, int]]]

    def glyph(self, character: int, selector: int) -> int | None:
        """The glyph of a form; 0 where it is the font's usual one, None where the font has not the form."""
        found = self.glyphs.get((character, selector))
        if found is not None:
            return found
        spans = self.usual.get(selector, ())
        return 0 if any(first <= character <= last for first, last in spans) else None


def drawn(formed: str) -> bool:
    """Whether some font here has the form that a character with its selector asks for."""
    return _glyph(formed, MINCHO + GOTHIC) is not None


def draw(painter: QPainter, x: float, baseline: float, text: str, font: QFont) -> None:
    """Draw one line from x with the painter's pen; forms in a font that has them, all else in `font`."""
    metrics, at = QFontMetricsF(font), 0
    for found in [*FORMED.finditer(text), None]:
        plain = text[at : found.start() if found else len(text)]
        if plain:
            painter.drawText(QPointF(x, baseline), plain)
            x += metrics.horizontalAdvance(plain)
        if found is not None:
            x += _draw_form(painter, QPointF(x, baseline), found.group(), font)
            at = found.end()


def _draw_form(painter: QPainter, at: QPointF, formed: str, font: QFont) -> float:
    """Draw one character in the form asked for, or as the font has it; returns its advance."""
    found = _glyph(formed, MINCHO + GOTHIC if font.families()[:1] == [MINCHO[0]] else GOTHIC + MINCHO)
    if found is None:
        painter.drawText(at, formed)
        return QFontMetricsF(font).horizontalAdvance(formed)
    family, glyph = found
    raw = _raw(family, font.pixelSize())
    number = glyph or raw.glyphIndexesForString(formed[0])[0]
    run = QGlyphRun()
    run.setRawFont(raw)
    run.setGlyphIndexes([number])
    run.setPositions([QPointF(0, 0)])
    run.setStrikeOut(font.strikeOut())
    painter.drawGlyphRun(at, run)
    return raw.advancesForGlyphIndexes([number])[0].x()


@lru_cache(maxsize=1024)
def _glyph(formed: str, families: tuple[str, ...]) -> tuple[str, int] | None:
    """(family, glyph) of a form, glyph 0 = the usual one; None where none of these families is here and has it."""
    character, selector = map(ord, formed)
    known = _fonts()
    for family in families:
        glyph = known[family].glyph(character, selector) if family in known else None
        if glyph is not None:
            return family, glyph
    return None


@lru_cache(maxsize=32)
def _raw(family: str, size: int) -> QRawFont:
    font = QFont(family)
    font.setPixelSize(size)
    return QRawFont.fromFont(font)


@lru_cache(maxsize=1)
def _fonts() -> dict[str, Forms]:
    """The forms of every family that is here."""
    here = set(QFontDatabase.families()) & {*MINCHO, *GOTHIC}
    return {family: _read(bytes(_raw(family, 16).fontTable("cmap").data())) for family in here}


def _read(table: bytes) -> Forms:
    """The forms a `cmap` table tells."""
    forms = Forms({}, {})
    for offset in _subtables(table):
        (records,) = unpack_from(">I", table, offset + 6)
        for at in range(offset + 10, offset + 10 + 11 * records, 11):
            selector = int.from_bytes(table[at : at + 3], "big")
            usual, other = unpack_from(">II", table, at + 3)
            if usual:
                begin, end = _rows(table, offset + usual, 4)
                spans = iter_unpack(">3sB", table[begin:end])
                forms.usual[selector] = [(first, first + more) for first, more in _numbers(spans)]
            if other:
                begin, end = _rows(table, offset + other, 5)
                pairs = iter_unpack(">3sH", table[begin:end])
                forms.glyphs.update({(character, selector): glyph for character, glyph in _numbers(pairs)})
    return forms


def _subtables(table: bytes) -> Iterator[int]:
    """Where the tables of format 14 begin."""
    if len(table) < 4:
        return
    (number,) = unpack_from(">H", table, 2)
    for at in range(4, 4 + 8 * number, 8):
        platform, encoding, offset = unpack_from(">HHI", table, at)
        if (platform, encoding) == (0, 5) and unpack_from(">H", table, offset) == (14,):
            yield offset


def _rows(table: bytes, offset: int, size: int) -> tuple[int, int]:
    """Where the rows of a list begin and end, whose number stands before them."""
    (number,) = unpack_from(">I", table, offset)
    return offset + 4, offset + 4 + size * number


def _numbers(rows: Iterator[tuple[bytes, int]]) -> Iterator[tuple[int, int]]:
    return ((int.from_bytes(character, "big"), number) for character, number in rows)
