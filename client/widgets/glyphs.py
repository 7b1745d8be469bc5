"""Which characters of a text this PC cannot draw as they are written."""

from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtGui import QFont, QGlyphRun, QTextLayout

from client.widgets import variants


def characters(text: str) -> list[str]:
    """The text cut into what a reader takes for one character: a kanji keeps its variation selector."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    raw = text.encode("utf-16-le")
    cuts = [0]
    while (at := finder.toNextBoundary()) != -1:
        cuts.append(at)
    return [raw[2 * a : 2 * b].decode("utf-16-le") for a, b in pairwise(cuts)]


@lru_cache(maxsize=1024)
def unknown(text: str, font: QFont) -> str:
    """The characters that no font here has, or not in the form their variation selector asks for; each once."""
    return "".join(dict.fromkeys(each for each in characters(text) if not _drawn(each, font)))


def _drawn(character: str, font: QFont) -> bool:
    if character.isascii() or character.isspace():
        return True
    glyphs = _glyphs(character, font)
    if not glyphs or any(index == 0 for _, index in glyphs):
        return False
    formed = variants.FORMED.fullmatch(character)
    # A font that has not the form asked for draws the usual one and says nothing.
    return variants.drawn(character) if formed else not variants.FORMED.search(character)


def _glyphs(text: str, font: QFont) -> list[tuple[str, int]]:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs: list[QGlyphRun] = layout.glyphRuns()
    return [(run.rawFont().familyName(), index) for run in runs for index in run.glyphIndexes()]
