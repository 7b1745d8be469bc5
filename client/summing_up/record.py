"""What a class is summed up from: evidence, shares of what was reached, proposals, and what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from client.grades.record import Lesson, Mark, Term
from client.register.record import RosterRow
from sync.records.derive.grading import Part, Rule

GRADE: Final = "grade"
"""The key of the 評定 among the columns; every other key is a viewpoint's code."""
TYPES: Final = ("viewpoint_grade", "course_grade")
"""The record types that are decided here; the unit of both is `value`."""
UNIT: Final = "value"
AUTO, MANUAL = "auto", "manual"

Told = str | int | None
"""A letter, a 評定, or nothing."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a cell. proposed: what was computed at that moment. reason: why it is another value.

    unrated: why there can be no value (a code). version: of the rule of that moment.
    """

    value: Told = None
    basis: str | None = None
    proposed: Told = None
    reason: str = ""
    unrated: str | None = None
    version: int | None = None

    @property
    def blank(self) -> bool:
        """未定: neither a value nor a reason for none."""
        return self.value is None and self.unrated is None


UNDECIDED = Decision()


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit of one record. id: the record's, whether it exists yet or not; seen: what an edit is based on."""

    id: str
    decided: Decision = UNDECIDED
    exists: bool = False
    seen: int | str = 0
    marks: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Work:
    """One part of some evidence: what it counts for, and how much. Numbers scaled by 100, None where undecided."""

    id: str
    title: str
    unit: str
    viewpoint: str
    date: str | None
    maximum: int | None
    weight: int | None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a pupil has in one viewpoint: (work, score) in the order of the works."""

    parts: tuple[tuple[Work, Part], ...] = ()


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """A viewpoint of the course: code, whole name, and the few characters of a heading."""

    code: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Line:
    """A pupil: who, the home class, the highest 評定 there is in that grade (0 = none), and what was decided.

    cells, bases: {column key: …}. earlier: the 評定 of the term before.
    """

    who: RosterRow
    home: str
    highest: int
    cells: Mapping[str, Cell]
    bases: Mapping[str, Basis]
    earlier: int | None = None

    @property
    def id(self) -> str:
        """The pupil."""
        return self.who.pupil


@dataclass(frozen=True, slots=True)
class Book:
    """One course in one term. graded: it has a 評定 at all (R08). taught: the grade has this subject (R09).

    rule: None where the course names none that is here. symbols: {letter: how this board writes it}. reasons: {code:
    words} for what cannot be rated. before: the name of the term before, empty where there is none.
    """

    lesson: Lesson
    term: Term
    viewpoints: tuple[Viewpoint, ...]
    graded: bool
    taught: bool
    rule: Rule | None
    lines: tuple[Line, ...]
    symbols: Mapping[str, str] = field(default_factory=dict[str, str])
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])
    before: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns in their order."""
        codes = tuple(each.code for each in self.viewpoints)
        return (*codes, GRADE) if self.graded else codes

    @property
    def highest(self) -> int:
        """The highest 評定 that anybody on the list may have."""
        return max((line.highest for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class Computed:
    """What the rule says of a cell. share: of what was reached, a viewpoint's alone. scored, missing: parts."""

    value: Told = None
    share: Fraction | None = None
    scored: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A cell to write: the pupil's line, the column, what is decided, and what was computed at the moment."""

    line: Line
    key: str
    decided: Decision

    @property
    def cell(self) -> Cell:
        """The cell as it was."""
        return self.line.cells[self.key]


class Kind(Enum):
    """Why a cell is on the list of differences, the gravest first."""

    INCOMPLETE = "incomplete"
    NOT_ALLOWED = "not_allowed"
    A_AND_C = "a_and_c"
    LETTERS_MISSING = "letters_missing"
    DIFFERS = "differs"
    CHANGED = "changed"
    OVERRIDDEN = "overridden"
    NO_EVIDENCE = "no_evidence"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the list of differences: whose cell, which column, why."""

    line: Line
    key: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Past:
    """One value a cell had on this device: stamp, and how it went (None while it waits)."""

    decided: Decision
    at: str | None
    outcome: str | None


def decision_of(fields: Mapping[str, Any] | None) -> Decision:
    """A unit's fields as a decision; None is nothing decided."""
    if fields is None:
        return UNDECIDED
    return Decision(
        fields.get("value"),
        fields.get("basis"),
        fields.get("proposed"),
        fields.get("reason") or "",
        fields.get("unrated"),
        fields.get("rule_version"),
    )
