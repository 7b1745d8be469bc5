"""A work (評価材料) as its form takes it: title, unit, day, and what it counts for each viewpoint. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from client.grades.record import PLACES, POINT
from client.grades.rules import decimal
from client.syncing.rules import short_date
from sync.records.text import fits, folded

LONGEST_TITLE: Final = 40
LONGEST_UNIT: Final = 60
"""Characters, as the records hold them (domain.md 15.2 D)."""
LETTER_MAXIMUM: Final = 3 * POINT
"""The maximum of what is marked with A, B and C."""
_LARGEST: Final = {"maximum": 9_999 * POINT, "weight": 999 * POINT}
_NUMBER: Final = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,2})0*)?%?")
_DAY: Final = re.compile(r"(?:([0-9]{4})[-/年.])?([0-9]{1,2})[-/月.]([0-9]{1,2})日?")
_FIRST_MONTH: Final = 4
"""A school year begins in April."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work. letters: it may be marked with A, B and C."""

    code: str
    name: str
    letters: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What a course offers its works: kinds, viewpoints as (code, short name), and the units that exist.

    year: the school year, for days without one.
    """

    year: int
    kinds: tuple[Kind, ...]
    viewpoints: tuple[tuple[str, str], ...]
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What a work counts for one viewpoint; maximum and weight as stored, scaled by 100."""

    viewpoint: str
    maximum: int | None
    weight: int | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A work as it shall be. date: ISO, None where the day is not known yet."""

    title: str
    kind: str
    unit: str
    date: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class HeldPart:
    """A part that exists. scores: ids of its records; values: how many of them say something; highest: of the points.

    seen: what an edit of its maximum and weight is based on.
    """

    id: str
    part: Part
    scores: tuple[str, ...]
    values: int
    highest: int | None
    seen: int | str


@dataclass(frozen=True, slots=True)
class Work:
    """A work that exists, as it was read. letters: marked with A, B and C.

    seen: {unit of the record: what an edit of it is based on}.
    """

    id: str
    draft: Draft
    closed: bool
    letters: bool
    held: tuple[HeldPart, ...]
    seen: Mapping[str, int | str]

    @property
    def values(self) -> int:
        """How many scores stand in its columns."""
        return sum(part.values for part in self.held)

    def part(self, viewpoint: str) -> HeldPart | None:
        """Its part of a viewpoint."""
        return next((held for held in self.held if held.part.viewpoint == viewpoint), None)


@dataclass(frozen=True, slots=True)
class Entered:
    """The form as it is filled in. parts: {viewpoint: (maximum, weight)} of those that are ticked."""

    title: str
    kind: str
    unit: str
    date: str
    letters: bool
    parts: Mapping[str, tuple[str, str]]


class Field(Enum):
    """A part of the form that can be wrong."""

    TITLE = "title"
    UNIT = "unit"
    DATE = "date"
    PARTS = "parts"
    MAXIMUM = "maximum"
    WEIGHT = "weight"


class Why(Enum):
    """Why it is."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NO_DAY = "no_day"
    NO_NUMBER = "no_number"
    BELOW_SCORES = "below_scores"
    HAS_SCORES = "has_scores"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in the form. limit: the number the sentence names, where there is one."""

    field: Field
    why: Why
    viewpoint: str = ""
    limit: str = ""


def read_draft(entered: Entered, year: int, before: Work | None) -> Draft | Fault:
    """The work a form means, or the first thing that is wrong in it.

    year: the school year, for a day without one. before: the work that is changed; a maximum below a score that exists
    is refused, as is another way of marking where there are scores.
    """
    title, unit = _line(entered.title), _line(entered.unit)
    day = read_day(entered.date, year) if entered.date.strip() else None
    if not title:
        return Fault(Field.TITLE, Why.MISSING)
    if not fits(title, LONGEST_TITLE):
        return Fault(Field.TITLE, Why.TOO_LONG, limit=str(LONGEST_TITLE))
    if not fits(unit, LONGEST_UNIT):
        return Fault(Field.UNIT, Why.TOO_LONG, limit=str(LONGEST_UNIT))
    if entered.date.strip() and day is None:
        return Fault(Field.DATE, Why.NO_DAY)
    if not entered.parts:
        return Fault(Field.PARTS, Why.MISSING)
    parts: list[Part] = []
    if before is not None and before.values and entered.letters != before.letters:
        return Fault(Field.PARTS, Why.HAS_SCORES, limit=str(before.values))
    for viewpoint, texts in entered.parts.items():
        part = _part(viewpoint, texts, None if before is None else before.part(viewpoint), letters=entered.letters)
        if isinstance(part, Fault):
            return part
        parts.append(part)
    return Draft(title, entered.kind, unit, day, tuple(parts))


def _part(viewpoint: str, texts: tuple[str, str], before: HeldPart | None, *, letters: bool) -> Part | Fault:
    maximum = LETTER_MAXIMUM if letters else read_number(texts[0], _LARGEST["maximum"])
    weight = read_number(texts[1], _LARGEST["weight"])
    if not maximum:
        return Fault(Field.MAXIMUM, Why.NO_NUMBER, viewpoint)
    if weight is None:
        return Fault(Field.WEIGHT, Why.NO_NUMBER, viewpoint)
    if before is not None and before.highest is not None and maximum < before.highest:
        return Fault(Field.MAXIMUM, Why.BELOW_SCORES, viewpoint, decimal(before.highest))
    return Part(viewpoint, maximum, weight)


def read_number(text: str, largest: int) -> int | None:
    """A maximum or a weight as stored, scaled by 100; None where the text is none from 0 to `largest`."""
    found = _NUMBER.fullmatch(folded(text).strip())
    if found is None:
        return None
    scaled = int(found[1]) * POINT + int((found[2] or "").ljust(PLACES, "0"))
    return scaled if scaled <= largest else None


def read_day(text: str, year: int) -> str | None:
    """A day of a school year as people write it (9/9, 9月9日, 2026-09-09) in ISO form; None where it is none."""
    found = _DAY.fullmatch("".join(folded(text).split()))
    if found is None:
        return None
    month = int(found[2])
    of_year = int(found[1]) if found[1] else year + (month < _FIRST_MONTH)
    try:
        return date(of_year, month, int(found[3])).isoformat()
    except ValueError:
        return None


def day_text(iso: str | None, year: int) -> str:
    """A day as the form shows it, so that `read_day` reads it back; empty where there is none."""
    if iso is None:
        return ""
    short = short_date(iso)
    return short if read_day(short, year) == iso else iso


def dropped(work: Work, draft: Draft) -> tuple[HeldPart, ...]:
    """The columns a change of a work takes away."""
    kept = {part.viewpoint for part in draft.parts}
    return tuple(held for held in work.held if held.part.viewpoint not in kept)


def suggested(viewpoint: str, parts: Sequence[Part]) -> Part:
    """What a new column of a viewpoint starts with: as the newest one of it does. parts: of the sheet, newest first."""
    alike = [part for part in parts if part.viewpoint == viewpoint and part.maximum not in (None, LETTER_MAXIMUM)]
    weights = [part.weight for part in parts if part.viewpoint == viewpoint and part.weight]
    maximum = alike[0].maximum if alike else 100 * POINT
    return Part(viewpoint, maximum, weights[0] if weights else 100 * POINT)


def _line(text: str) -> str:
    return " ".join(text.split())
