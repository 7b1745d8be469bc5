"""What a text typed into a cell means, and what a column amounts to. Pure.

Trim, the words of resources/terms/entry_words.csv, NFKC, then a number: an input method that was left on must not
change a value.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from client.grades.record import (
    BLANK,
    LEVEL_POINTS,
    PLACES,
    POINT,
    ColumnKind,
    GradeCell,
    GradeColumn,
    GradeRow,
    Mark,
    Sheet,
    Value,
)
from client.terms import EntryWords, word_key
from sync.errors import RuleError
from sync.records.decimals import written
from sync.records.text import folded

LARGEST: Final = 9_999 * POINT
"""Points a score can hold where a column has no maximum yet."""

_NUMBER: Final = re.compile(r"(-?)([0-9]*)(?:\.([0-9]*))?")
_WIDTH: Final = ("<wide>", "<narrow>")
_UNSENT: Final = int(Mark.WAITING | Mark.SAVING)
_OPEN: Final = int(Mark.CONFLICT | Mark.REFUSED)
_LETTERS: Final = {points: letter for letter, points in LEVEL_POINTS.items()}


class OverMaximum(RuleError):
    """A score above the maximum of its column. Facts: max and value as people write them."""

    NUMBER = 4001


class Reason(Enum):
    """Why a text cannot be the value of a cell."""

    OVER_MAXIMUM = "over_maximum"
    NOT_UNDERSTOOD = "not_understood"
    NOT_A_LETTER = "not_a_letter"
    TOO_FINE = "too_fine"
    NEGATIVE = "negative"
    CLOSED = "closed"
    LEFT = "left"
    READ_ONLY = "read_only"


@dataclass(frozen=True, slots=True)
class Refused:
    """A text that cannot be taken, and why. text: as typed. limit: the maximum where that is the reason."""

    reason: Reason
    text: str
    limit: str = ""


def in_order(columns: Iterable[GradeColumn], viewpoints: Mapping[str, int]) -> tuple[GradeColumn, ...]:
    """Columns as a teacher works: the newest unit first, within a unit by date, then as the viewpoints stand.

    What has no date yet is newest. viewpoints: {code: place}.
    """
    held = list(columns)
    latest: dict[str, str] = {}
    for column in held:
        latest[column.unit] = max(latest.get(column.unit, ""), column.date or "9999")
    units = sorted(latest, key=lambda unit: (latest[unit], unit), reverse=True)

    def place(column: GradeColumn) -> tuple[int, str, int, str]:
        return (
            units.index(column.unit),
            column.date or "9999",
            viewpoints.get(column.viewpoint, len(viewpoints)),
            column.key,
        )

    return tuple(sorted(held, key=place))


def parse(text: str, column: GradeColumn, words: EntryWords) -> Value | Refused:
    """The value a text means in a column, or why it means none. An empty text is 未."""
    typed = text.strip(" \u00a0\u3000\t\n")
    if not typed:
        return BLANK
    if column.kind is ColumnKind.GRADE:
        return Refused(Reason.READ_ONLY, typed)
    key = word_key(typed)
    if key in words.states and (column.kind is not ColumnKind.VIEWPOINT or words.states[key] is None):
        state = words.states[key]
        return BLANK if state is None else Value(state=state)
    if column.letters:
        letter = words.levels.get(key)
        if letter is None or _disguised(typed):
            return Refused(Reason.NOT_A_LETTER, typed)
        return Value(letter=letter) if column.kind is ColumnKind.VIEWPOINT else _level(letter)
    return _points(typed, column, words)


def shown(value: Value, words: EntryWords) -> str:
    """What a cell shows and its editor starts with: `parse` reads it back."""
    if value.state == "scored" and value.points is not None:
        return value.letter or decimal(value.points)
    if value.letter is not None:
        return value.letter
    if value.grade is not None:
        return str(value.grade)
    if value.unrated is not None:
        return words.shown["unrated"]
    return words.shown[value.state] if value.state is not None else ""


def level(value: Value, column: GradeColumn, cuts: tuple[int, int] | None) -> str | None:
    """The level a value stands at, A, B or C: its letter, or its share of the maximum by the rule's cut-offs.

    cuts: as `Sheet.cuts`. None where it has no level: 欠, 免 and 未 have none.
    """
    if value.letter is not None:
        return value.letter
    if value.points is None or not column.maximum or cuts is None:
        return None
    share = value.points * 100 * POINT
    return "A" if share >= cuts[0] * column.maximum else "B" if share >= cuts[1] * column.maximum else "C"


def score_value(state: str | None, points: int | None, column: GradeColumn) -> Value:
    """A stored score as a value of its column; an odd number in a column of letters is shown as it is."""
    if state is None:
        return BLANK
    if column.kind is not ColumnKind.LEVELS or points is None:
        return Value(state, points)
    return Value(state, points, _LETTERS.get(points))


def decimal(scaled: int) -> str:
    """A stored score, maximum or weight as people write it: 85, 7.5."""
    return written(scaled, PLACES)


def _level(letter: str) -> Value:
    return Value(state="scored", points=LEVEL_POINTS[letter], letter=letter)


def _points(typed: str, column: GradeColumn, words: EntryWords) -> Value | Refused:
    plain = folded("".join(words.characters.get(char, char) for char in typed))
    found = _NUMBER.fullmatch(plain)
    if found is None or not (found[2] or found[3]) or _disguised(typed):
        return Refused(Reason.NOT_UNDERSTOOD, typed)
    sign, whole, rest = found[1], found[2], (found[3] or "").rstrip("0")
    if len(rest) > PLACES:
        return Refused(Reason.TOO_FINE, typed)
    points = int(whole or "0") * POINT + int(rest.ljust(PLACES, "0") or "0") if len(whole) < 10 else LARGEST + 1
    if sign and points:
        return Refused(Reason.NEGATIVE, typed)
    limit = LARGEST if column.maximum is None else column.maximum
    if points > limit:
        return Refused(Reason.OVER_MAXIMUM, plain, decimal(limit))
    return Value(state="scored", points=points)


def _disguised(text: str) -> bool:
    """Whether a character only looks like a digit or letter: ½, ², ①. Other widths of a character are no disguise."""
    for char in text:
        kind = unicodedata.decomposition(char).partition(" ")[0]
        if kind.startswith("<") and kind not in _WIDTH:
            return True
    return False


class Facet(Enum):
    """Which columns are on screen: what was collected and what it led to, or the results of the term alone."""

    ALL = "all"
    RESULTS = "results"


def faceted(sheet: Sheet, facet: Facet) -> Sheet:
    """The sheet with the columns of a facet only."""
    kept = [at for at, column in enumerate(sheet.columns) if facet is Facet.ALL or not column.collected]
    if len(kept) == len(sheet.columns):
        return sheet
    rows = tuple(replace(row, cells=tuple(row.cells[at] for at in kept)) for row in sheet.rows)
    return replace(sheet, columns=tuple(sheet.columns[at] for at in kept), rows=rows)


class Show(Enum):
    """Which lines are on screen: all, or those with a cell that is blank, unsent, to be decided, or changed today."""

    ALL = "all"
    BLANK = "blank"
    UNSENT = "unsent"
    CONFLICT = "conflict"
    CHANGED = "changed"


def begun(sheet: Sheet) -> tuple[bool, ...]:
    """For each column whether a blank in it is missing: it can be entered, and somebody has a value in it already."""
    present = [row for row in sheet.rows if not row.who.gone]
    return tuple(
        column.kind is not ColumnKind.GRADE
        and not column.closed
        and any(not row.cells[at].value.blank for row in present)
        for at, column in enumerate(sheet.columns)
    )


def wanted(show: Show, cell: GradeCell, touched: AbstractSet[str]) -> bool:
    """Whether a cell is what a filter looks for. touched: ids of the records written since the sheet opened."""
    match show:
        case Show.ALL:
            return True
        case Show.BLANK:
            return cell.value.blank
        case Show.UNSENT:
            return bool(int(cell.marks) & _UNSENT)
        case Show.CONFLICT:
            return bool(int(cell.marks) & _OPEN)
        case Show.CHANGED:
            return bool(cell.marks) or cell.id in touched


class Counts:
    """Counts the cells each filter finds. A line that is the same as last time is not counted again.

    A value that is written makes its line another one, so what is `touched` need not be compared.
    """

    def __init__(self) -> None:
        self._waited: list[int] = []
        self._known: dict[str, tuple[GradeRow, dict[Show, int]]] = {}

    def of(self, sheet: Sheet, touched: AbstractSet[str]) -> dict[Show, int]:
        """How many cells of a sheet each filter finds; those who have left are not waited for.

        touched: ids written since the sheet was opened.
        """
        waited = [at for at, missing in enumerate(begun(sheet)) if missing]
        known = self._known if waited == self._waited else {}
        self._waited, self._known = waited, {}
        found = dict.fromkeys(Show, 0)
        for row in sheet.rows:
            held = known.get(row.id)
            line = held[1] if held is not None and held[0] is row else _counted_in(row, waited, touched)
            self._known[row.id] = (row, line)
            for show, count in line.items():
                found[show] += count
        return found


def _counted_in(row: GradeRow, waited: Iterable[int], touched: AbstractSet[str]) -> dict[Show, int]:
    found: dict[Show, int] = {}
    if not row.who.gone:
        found[Show.BLANK] = sum(row.cells[at].value.blank for at in waited)
    for cell in row.cells:
        if cell.marks != 0 or cell.id in touched:
            for show in (Show.UNSENT, Show.CONFLICT, Show.CHANGED):
                found[show] = found.get(show, 0) + wanted(show, cell, touched)
    return found


def lines(sheet: Sheet, show: Show, touched: AbstractSet[str]) -> list[str]:
    """Ids of the pupils whose lines a filter shows, in order."""
    missing = begun(sheet) if show is Show.BLANK else (True,) * len(sheet.columns)
    return [
        row.id
        for row in sheet.rows
        if not (show is Show.BLANK and row.who.gone)
        and any(counts and wanted(show, cell, touched) for cell, counts in zip(row.cells, missing, strict=True))
    ]
