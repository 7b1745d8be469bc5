"""Japanese text as the records need it: counted by grapheme, compared as typed, never normalised in names and texts."""

import unicodedata

import regex

_GRAPHEME = regex.compile(r"\X")


def graphemes(text: str) -> int:
    """How many characters a reader sees: 𠮷, 葛 with a variation selector and a decomposed が are one each."""
    return len(text) if text.isascii() else sum(1 for _ in _GRAPHEME.finditer(text))


def fits(text: str, limit: int) -> bool:
    """Whether `text` has at most `limit` graphemes; code points bound them from above, so few texts are cut up."""
    return len(text) <= limit or graphemes(text) <= limit


def storable(text: str) -> bool:
    """Whether a text may be stored: no NUL, no lone surrogate, line breaks only as LF."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text and "\r" not in text


def folded(text: str) -> str:
    """NFKC of a score, symbol, date or number as typed with the IME on. Never for names and texts."""
    return unicodedata.normalize("NFKC", text).strip()
