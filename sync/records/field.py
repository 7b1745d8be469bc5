"""Kinds of fields, and how a record type declares them.

A field's values have one form everywhere: on the wire, in both stores, in hashes. A decimal is an integer scaled by its
places, a date is `2026-11-20`, a reference is a lower-case UUID or the code of a class, group, course or term.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, Final, cast

from sync.records.media import FILE_MAX, FILES_MAX, MEDIA
from sync.records.text import fits, storable

INT_MAX: Final = 2**53
UUID_FORM: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
CODE_FORM: Final = re.compile(r"\*|[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
"""A code; `*` alone stands for every subject in a grading rule."""
STAMP_FORM: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
TIME_FORM: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
SHA256_FORM: Final = re.compile(r"[0-9a-f]{64}")
CODED: Final = frozenset({"class", "group", "course", "term"})
"""Types that are referred to by code, everything else by id."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What values a field takes.

    `sql` is its column type in the client's store; `json` columns hold JSON text. `limit`: the most characters of a
    text. `blobs`: whether the value is, or holds, references to attached files.
    """

    name: str
    check: Callable[[Any], bool]
    sql: str = "TEXT"
    json: bool = False
    choices: tuple[str, ...] = ()
    places: int = 0
    target: str = ""
    limit: int = 0
    blobs: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `unit` is the first field of the unit it is decided with; empty = a unit by itself."""

    kind: Kind
    required: bool = False
    unit: str = ""

    def needed(self) -> "Field":
        """The same field, required when the record is created."""
        return replace(self, required=True)


def _is_int(value: Any) -> bool:
    return type(value) is int and -INT_MAX <= value <= INT_MAX


def _is_text(value: Any) -> bool:
    return type(value) is str and storable(value)


def _is_date(value: Any) -> bool:
    if type(value) is not str or len(value) != 10:
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _matches(form: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: type(value) is str and form.fullmatch(value) is not None


def place(item: Any) -> Any:
    """By what the items of a set are put in order: themselves, or an attached file's hash, media type and size."""
    return (item["sha256"], item["media"], item["size"]) if isinstance(item, dict) else item


def _is_sorted_set(of: Kind) -> Callable[[Any], bool]:
    def check(value: Any) -> bool:
        if type(value) is not list or (of.blobs and len(cast("list[Any]", value)) > FILES_MAX):
            return False
        items = cast("list[Any]", value)
        return all(map(of.check, items)) and all(a < b for a, b in pairwise(map(place, items)))

    return check


def _is_blob(value: Any) -> bool:
    if type(value) is not dict:
        return False
    held = cast("dict[Any, Any]", value)
    hash_, size, media = held.get("sha256"), held.get("size"), held.get("media")
    sound = type(hash_) is str and SHA256_FORM.fullmatch(hash_) is not None
    sound = sound and type(size) is int and 0 < size <= FILE_MAX
    return sound and len(held) == 3 and type(media) is str and media in MEDIA


def flag(unit: str = "") -> Field:
    """Yes or no."""
    return Field(Kind("bool", lambda value: type(value) is bool, sql="INTEGER"), unit=unit)


def integer(low: int = -INT_MAX, high: int = INT_MAX, unit: str = "") -> Field:
    """A whole number from `low` to `high`."""
    return Field(Kind("int", lambda value: _is_int(value) and low <= value <= high, sql="INTEGER"), unit=unit)


def dec(digits: int, places: int, unit: str = "") -> Field:
    """A decimal of `digits` digits, `places` of them behind the point, as an integer scaled by 10^places."""
    bound = 10**digits
    check: Callable[[Any], bool] = lambda value: _is_int(value) and -bound < value < bound  # noqa: E731  one of a row
    return Field(Kind("dec", check, sql="INTEGER", places=places), unit=unit)


def text(limit: int, unit: str = "") -> Field:
    """A text of at most `limit` graphemes, kept exactly as typed."""
    return Field(Kind("text", lambda value: _is_text(value) and fits(value, limit), limit=limit), unit=unit)


def mtext(limit: int, unit: str = "") -> Field:
    """A text whose two versions can be merged by sentence."""
    return Field(Kind("mtext", lambda value: _is_text(value) and fits(value, limit), limit=limit), unit=unit)


def day(unit: str = "") -> Field:
    """A calendar day."""
    return Field(Kind("date", _is_date), unit=unit)


def clock(unit: str = "") -> Field:
    """A time of day, `08:31`."""
    return Field(Kind("time", _matches(TIME_FORM)), unit=unit)


def stamp(unit: str = "") -> Field:
    """A moment in UTC with milliseconds."""
    return Field(Kind("stamp", _matches(STAMP_FORM)), unit=unit)


def enum(*choices: str, unit: str = "") -> Field:
    """One of the given words."""
    allowed = frozenset(choices)
    return Field(Kind("enum", lambda value: type(value) is str and value in allowed, choices=choices), unit=unit)


def code(of: str = "", unit: str = "", limit: int = 0) -> Field:
    """A code; `of` names the code set whose `code_item` records say which are offered. limit: its length at most."""
    matches = _matches(CODE_FORM)
    check: Callable[[Any], bool] = lambda value: matches(value) and len(value) <= limit  # noqa: E731  one of a row
    return Field(Kind("code", check if limit else matches, target=of, limit=limit), unit=unit)


def ref(target: str, unit: str = "") -> Field:
    """A reference to a record of type `target`: its code for class, group, course and term, else its id."""
    form = CODE_FORM if target in CODED else UUID_FORM
    return Field(Kind("ref", _matches(form), target=target), unit=unit)


def uuid(unit: str = "") -> Field:
    """An id made elsewhere."""
    return Field(Kind("uuid4", _matches(UUID_FORM)), unit=unit)


def set_of(item: Field, unit: str = "") -> Field:
    """A set: a sorted list without doubles."""
    kind = item.kind
    return Field(Kind("set", _is_sorted_set(kind), json=True, target=kind.target, blobs=kind.blobs), unit=unit)


def blob(unit: str = "") -> Field:
    """An attached file: its SHA-256, size and media type. The bytes travel and are kept by themselves."""
    return Field(Kind("blob", _is_blob, json=True, blobs=True), unit=unit)


def listing(unit: str = "") -> Field:
    """A list of objects, only in types the server writes."""
    return Field(Kind("list", lambda value: type(value) is list and _plain(value), json=True), unit=unit)


def anything(unit: str = "") -> Field:
    """Any JSON value without floats: the values a conflict holds."""
    return Field(Kind("any", _plain, json=True), unit=unit)


def _plain(value: Any) -> bool:
    """JSON without floats, keys ASCII, texts storable."""
    if value is None or type(value) is bool or _is_int(value) or _is_text(value):
        return True
    if type(value) is list:
        return all(map(_plain, cast("list[Any]", value)))
    if type(value) is dict:
        items = cast("dict[Any, Any]", value).items()
        return all(type(key) is str and key.isascii() and _plain(item) for key, item in items)
    return False
