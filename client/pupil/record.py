"""What a pupil's card is made of. What is not held here is told apart from what is not there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from client.register.record import HeldClass, RosterLine
from client.workspace import Mark
from sync.records.derive.attendance import Totals


class Held(Enum):
    """Whether this person may read a part of the card here: it is all on this PC, still coming, in part, or not."""

    HERE = "here"
    LOADING = "loading"
    IN_PART = "in part"
    NOT_GRANTED = "not granted"


@dataclass(frozen=True, slots=True)
class Term:
    """A term, days both included. no 0 is the whole year."""

    code: str
    no: int
    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class DayOf:
    """A school day of a pupil: ISO date, what it was, and the school's symbol and word for that."""

    date: str
    status: str
    symbol: str
    name: str


@dataclass(frozen=True, slots=True)
class Attended:
    """The school days of a term so far, and what they add up to."""

    held: Held
    days: tuple[DayOf, ...] = ()
    totals: Totals = field(default_factory=Totals)


@dataclass(frozen=True, slots=True)
class Result:
    """What was decided of a course in a term: letters by viewpoint in order (None = open), 評定, why there is none."""

    letters: tuple[str | None, ...] = ()
    grade: int | None = None
    unrated: str | None = None


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course of the pupil with its results by term code. top: the highest 評定 there is, 0 where there is none."""

    code: str
    subject: str
    order: int
    top: int
    results: Mapping[str, Result]

    @property
    def id(self) -> str:
        """The course."""
        return self.code


@dataclass(frozen=True, slots=True)
class Graded:
    """The pupil's courses in the subjects' order, the terms they are told in, and the viewpoints' short names."""

    held: Held
    terms: tuple[Term, ...] = ()
    courses: tuple[CourseLine, ...] = ()
    viewpoints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemarkText:
    """A remark: of which term and box, its text, and whether it is done."""

    id: str
    term: str
    box: str
    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class Remarked:
    """The remarks of the year, the newest term first."""

    held: Held
    remarks: tuple[RemarkText, ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag a note may have."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Note:
    """A daily note. author: staff id. mark: how it stands with the school, None at rest. pupils: all it is about."""

    id: str
    date: str
    author: str
    text: str
    tags: tuple[str, ...]
    audience: str
    pupils: tuple[str, ...]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """The notes about the pupil, newest first. audiences: for whom this person may write one, the usual first."""

    held: Held
    notes: tuple[Note, ...] = ()
    audiences: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """All of one pupil that may be read here."""

    class_: HeldClass
    line: RosterLine
    term: Term | None
    attended: Attended
    graded: Graded
    remarked: Remarked
    noted: Noted
