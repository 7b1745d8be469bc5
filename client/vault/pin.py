"""Which PINs are taken (security.md 3.6): long enough, and none that somebody guesses who knows a little."""

import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise

from client.vault.floors import PIN_LEAST, PIN_MOST


class PinFault(Enum):
    """Why a PIN is not taken."""

    SHORT = "short"
    LONG = "long"
    CHARACTERS = "characters"
    """Something in it cannot be typed again for certain."""
    REPEATED = "repeated"
    RUN = "run"
    KNOWN = "known"
    DATE = "date"


def pin_fault(pin: str, today: date, known: Iterable[str] = ()) -> PinFault | None:
    """The first reason not to take it; None where there is none. known: what others know of this person and school."""
    text = unicodedata.normalize("NFKC", pin)
    if any(unicodedata.category(character)[0] == "C" for character in text):
        return PinFault.CHARACTERS
    if not PIN_LEAST <= len(text) <= PIN_MOST:
        return PinFault.SHORT if len(text) < PIN_LEAST else PinFault.LONG
    if len(set(text)) == 1:
        return PinFault.REPEATED
    if {ord(b) - ord(a) for a, b in pairwise(text)} in ({1}, {-1}):
        return PinFault.RUN
    if text.casefold() in {unicodedata.normalize("NFKC", word).casefold() for word in known}:
        return PinFault.KNOWN
    return PinFault.DATE if text in _dates(today) else None


def _dates(today: date) -> set[str]:
    """The days of this school year and the last, year first, month first or day first."""
    first = date(today.year - (1 if today.month >= 4 else 2), 4, 1)
    days = (first + timedelta(days=passed) for passed in range((date(first.year + 2, 4, 1) - first).days))
    return {day.strftime(form) for day in days for form in ("%Y%m%d", "%m%d%Y", "%d%m%Y")}
