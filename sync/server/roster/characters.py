"""Which characters a package may hold: forbidden ones, half-width kana, and those outside JIS X 0213."""

import re
from typing import Final

_FORBIDDEN: Final = re.compile(
    "["
    "\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters; line breaks have a check of their own
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"  # invisible, and those that turn the direction of reading
    "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"  # private use: gaiji that mean nothing elsewhere
    "\ufdd0-\ufdef\ufffd-\uffff"  # replacement character and noncharacters
    "]"
)
_HALF_KANA: Final = re.compile("[\uff61-\uff9f]")
_BREAK: Final = re.compile("[\r\n]")


def has_forbidden(value: str) -> bool:
    """Tell whether a value holds control, invisible, private-use or broken characters."""
    return _FORBIDDEN.search(value) is not None


def has_half_width_kana(value: str) -> bool:
    """Tell whether a value holds half-width kana (R33)."""
    return _HALF_KANA.search(value) is not None


def has_line_break(value: str) -> bool:
    """Tell whether a value holds CR or LF."""
    return _BREAK.search(value) is not None


def is_rare(value: str) -> bool:
    """Tell whether a value has characters outside JIS X 0213, such as 髙, 𠮷 or a variation selector.

    They are legal in a name and kept as sent, never normalised: even NFC turns some kanji of names into others.
    """
    try:
        value.encode("euc_jis_2004")
    except UnicodeEncodeError:
        return True
    return False
