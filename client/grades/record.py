"""What a sheet of grades is made of: its columns, its lines, its cells."""

from dataclasses import dataclass
from enum import Enum, IntFlag
from typing import Final

from client.register.record import RosterRow

PLACES = 2
"""Decimal places of scores and maxima as they are stored."""
POINT = 10**PLACES
"""One point as it is stored."""
LEVEL_POINTS = {"A": 3 * POINT, "B": 2 * POINT, "C": 1 * POINT}
"""What a letter counts as the score of a work or an observation whose maximum is three."""


class ColumnKind(Enum):
    """What stands in a column: points, letters kept as points, a viewpoint's letter, the 評定."""

    POINTS = "points"
    LEVELS = "levels"
    VIEWPOINT = "viewpoint"
    GRADE = "grade"


UNITS: Final = {
    ColumnKind.POINTS: ("score", "state"),
    ColumnKind.LEVELS: ("score", "state"),
    ColumnKind.VIEWPOINT: ("viewpoint_grade", "value"),
    ColumnKind.GRADE: ("course_grade", "value"),
}
"""{kind: (record type, unit)} a cell of such a column is."""
TYPES: Final = tuple(dict.fromkeys(type_ for type_, _ in UNITS.values()))
"""The record types whose values stand on a sheet."""


class Mark(IntFlag):
    """What a cell shows beside its value. SAVING: typed and not yet safe. AHEAD: waiting, and changed by another.

    UNCOPIED: waiting, and only once on this PC.
    """

    NONE = 0
    SAVING = 1
    WAITING = 2
    CONFLICT = 4
    REFUSED = 8
    AHEAD = 16
    UNCOPIED = 32


@dataclass(frozen=True, slots=True)
class GradeColumn:
    """A column. key: the `evidence_part`, the viewpoint's code, or "grade".

    maximum, weight: as stored, scaled by 100. unit: what it stands under, such as 「わり算」; empty for the results of
    the term.
    """

    key: str
    kind: ColumnKind
    title: str
    unit: str
    viewpoint: str
    viewpoint_short: str
    date: str | None = None
    maximum: int | None = None
    weight: int | None = None
    closed: bool = False

    @property
    def collected(self) -> bool:
        """Whether it is a score of some work, and not a result."""
        return self.kind in (ColumnKind.POINTS, ColumnKind.LEVELS)

    @property
    def letters(self) -> bool:
        """Whether one key is one value."""
        return self.kind in (ColumnKind.LEVELS, ColumnKind.VIEWPOINT)


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell holds: points or a letter with state "scored", another state without either, or nothing = 未.

    points as stored, scaled by 100. letter: A, B or C. grade: a 評定. unrated: why a letter cannot be given (a code).
    """

    state: str | None = None
    points: int | None = None
    letter: str | None = None
    grade: int | None = None
    unrated: str | None = None

    @property
    def blank(self) -> bool:
        """未: nobody has decided."""
        return self.state is None and self.letter is None and self.grade is None and self.unrated is None


BLANK = Value()


@dataclass(frozen=True, slots=True)
class GradeCell:
    """One unit of one record. id: the record's, whether it exists yet or not.

    seen: what an edit of what is on screen is based on; 0 where there is no record. note: 得点's own note, if any.
    """

    id: str
    value: Value = BLANK
    exists: bool = False
    seen: int | str = 0
    marks: Mark = Mark.NONE
    note: str = ""


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A pupil's line: who it is, the home class, and a cell under every column."""

    who: RosterRow
    home: str
    cells: tuple[GradeCell, ...]

    @property
    def id(self) -> str:
        """The pupil."""
        return self.who.pupil


@dataclass(frozen=True, slots=True)
class Lesson:
    """A course as people choose it. class_: its class or group, by code; subject: its code; order: of the subject.

    live: all of it is on this PC. writable: the signed-in teacher may enter values today.
    """

    code: str
    class_: str
    class_label: str
    subject: str
    subject_name: str
    order: int
    live: bool
    writable: bool

    @property
    def year(self) -> int:
        """The school year of the course."""
        return int(self.code.partition(":")[0])


@dataclass(frozen=True, slots=True)
class Term:
    """A term, days both included. no 0 is the whole year."""

    code: str
    no: int
    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All grades of one course in one term, as they are on this PC.

    cuts: least percentages for A and B by the school's rule, scaled by 100; None where they are not decided.
    """

    lesson: Lesson
    term: Term
    columns: tuple[GradeColumn, ...]
    rows: tuple[GradeRow, ...]
    cuts: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A cell to write: pupil's line, column, the value it gets."""

    row: GradeRow
    column: int
    value: Value


@dataclass(frozen=True, slots=True)
class PastValue:
    """One value a cell had: by whom (staff id, None = on this device), stamp, device name, and how it went.

    outcome: None while it waits; else the outcome's word, or the side of a conflict, `current` or `incoming`. cause:
    the act's word, empty where it is not known. received: it came from the school, and by whom is not known here.
    """

    value: Value
    by: str | None
    at: str | None
    device: str
    outcome: str | None
    cause: str = ""
    received: bool = False


@dataclass(frozen=True, slots=True)
class HeldNote:
    """The note beside a score, and what an edit of it is based on."""

    text: str
    seen: int | str
