"""What waits and what was refused, as the screens of sync show it, and what any unit of a record is about."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from sync.protocol.past import PastAnswer


class FieldKind(Enum):
    """How the value of a unit is put into words."""

    POINTS = "points"
    LEVELS = "levels"
    LETTER = "letter"
    GRADE = "grade"
    TEXT = "text"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a unit of a record is about, told from the records around it.

    pupil_number, pupil: of whom, empty where nobody. place: 「3年2組 算数」. group: what the field stands under, such
    as 「わり算」. field: 「まとめ」. limit: its maximum as stored, scaled by 100. day: ISO date of the work.
    words: what the school calls coded values, by code.
    """

    type: str
    id: str
    unit: str
    kind: FieldKind
    place: str
    group: str = ""
    field: str = ""
    pupil: str = ""
    pupil_id: str = ""
    pupil_number: int | None = None
    limit: int | None = None
    day: str | None = None
    words: Mapping[str, str] = dataclasses.field(default_factory=dict[str, str], compare=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many units of one kind in one place wait to be sent. ahead: of them changed by somebody else meanwhile."""

    place: str
    type: str
    count: int
    ahead: int
    ref: tuple[str, str]

    @property
    def id(self) -> tuple[str, str]:
        """What makes it the same line."""
        return self.place, self.type


@dataclass(frozen=True, slots=True)
class Person:
    """Who changed something. by: staff id, None = the school; device: what the PC is called; at: the server's stamp."""

    by: str | None
    device: str
    at: str


@dataclass(frozen=True, slots=True)
class Met:
    """A unit in which changes of others met those of this device and were merged without asking.

    joined: `now` is made of what both sides made of `before`, `mine` and `theirs`, which is None where nobody can tell.
    Else others alone changed the unit, and this device gave the record `given`. later: whether it was changed again
    since. key: what it is marked as seen by. at: this device's stamp. opens: whether a page shows it.
    """

    key: tuple[int, str, str, str]
    about: Subject
    joined: bool
    mine: Mapping[str, Any] | None
    theirs: Mapping[str, Any] | None
    before: Mapping[str, Any] | None
    now: Mapping[str, Any]
    given: tuple[tuple[Subject, Mapping[str, Any]], ...]
    with_: tuple[Person, ...]
    later: bool
    at: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """What the school decided about a late edit. state: accepted or declined; by: staff id; outcome: how it ended."""

    state: str
    reason: str
    by: str | None
    at: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A group the server did not take, in words that a person can find it by. values: (about, fields or None).

    answered: of a late edit, what the school decided; None while it has not. kind: the act, as the page named it.
    """

    q: int
    at: str
    outcome: str
    code: str | None
    values: tuple[tuple[Subject, Mapping[str, Any] | None], ...]
    answered: Answered | None = None
    kind: str = ""

    @property
    def id(self) -> int:
        """Its number."""
        return self.q

    @property
    def late(self) -> bool:
        """Whether it arrived after its author's duty had ended: the school decides about it."""
        return self.outcome == "quarantined"

    @property
    def lost(self) -> bool:
        """Whether the school had it, was restored to an earlier point, and nobody has its content any more."""
        return self.outcome == "lost"


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of a unit, by whomever. before, after: its fields, None = blank, or the record was not there.

    by: staff id, None = the school; here: made on this device, whose word alone it is where `at` is the device's own
    time; pc: what the device is called; outcome: how it went, None while it waits. kind: the act, where it is known.
    seq: the school's order, 0 where the school has not said it.
    """

    about: Subject
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    by: str | None
    here: bool
    pc: str
    at: str
    outcome: str | None
    kind: str = ""
    seq: int = 0

    @property
    def id(self) -> tuple[str, str, str, str, int]:
        """What makes it the same change after a reload."""
        return self.about.type, self.about.id, self.about.unit, self.at, self.seq


class HistoryOffice(Protocol):
    """The school, asked for the past of records; every call may wait."""

    def past(self, records: Iterable[tuple[str, str]]) -> PastAnswer:
        """What happened to these records, by (type, id). May raise what every call over the network may."""
        ...
