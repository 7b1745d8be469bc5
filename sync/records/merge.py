"""Three-way merges: texts by sentence, sets by element, and the union of what only grows."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, Final

from sync.records.field import place

_SENTENCE: Final = re.compile(r"[^。．！？!?\n]*[。．！？!?\n]+[」』）)】]*|[^。．！？!?\n]+")
"""A sentence with its end; a line break ends one too."""

_Change = tuple[int, int, list[str]]
"""From where to where in the base, and what stands there instead."""


def sentences(text: str) -> list[str]:
    """The text cut after each sentence; put together again it is the same text."""
    return _SENTENCE.findall(text)


def merge_text(base: str, current: str, incoming: str) -> str | None:
    """Both changes of `base` in one text, or None where they touch each other.

    Changes touch when they replace or insert at the same place or at places with no unchanged sentence between them.
    """
    parts = sentences(base)
    mine, theirs = _changes(parts, sentences(current)), _changes(parts, sentences(incoming))
    if any(a[0] <= b[1] and b[0] <= a[1] and a != b for a in mine for b in theirs):
        return None
    merged: list[str] = []
    done = 0
    for start, end, new in sorted([*mine, *(change for change in theirs if change not in mine)], key=lambda c: c[:2]):
        merged += parts[done:start] + new
        done = end
    return "".join(merged + parts[done:])


def merge_set(base: Sequence[Any], current: Sequence[Any], incoming: Sequence[Any]) -> list[Any]:
    """The current set with what the incoming one added and without what it took away, sorted."""
    taken = [item for item in base if item not in incoming]
    added = [item for item in incoming if item not in base and item not in current]
    return sorted([item for item in current if item not in taken] + added, key=place)


def grow(current: dict[str, Any], incoming: dict[str, Any], first: str) -> dict[str, Any]:
    """The union of a unit that only gains: sets united, yes stays yes, and who came first keeps the stamp.

    first: the unit's first field, by which it is seen who has more.
    """
    held, given = current.get(first), incoming.get(first)
    if held is None or held is False:
        return incoming if given else current
    if given is None or given is False:
        return current
    if isinstance(held, list) and isinstance(given, list):
        return current | {first: merge_set([], held, given)}  # pyright: ignore[reportUnknownArgumentType]
    return incoming if _earlier(incoming, current) else current


def _earlier(incoming: dict[str, Any], current: dict[str, Any]) -> bool:
    """Whether the incoming stamp is the earlier one."""
    return "at" in incoming and "at" in current and incoming["at"] < current["at"]


def _changes(base: list[str], changed: list[str]) -> list[_Change]:
    matcher = SequenceMatcher(None, base, changed, autojunk=False)
    return [(i, j, changed[k:m]) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
