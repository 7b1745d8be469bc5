"""What a day was for a pupil and what days add up to: derived from marks and the calendar, never stored (domain.md 4).

Used by both ends, so that the register, the report card and the yearly record say the same (R01-R06, R25).
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

PRESENT: Final = "PRESENT"
UNKNOWN: Final = "UNKNOWN"
NOT_ENROLLED: Final = "NOT_ENROLLED"
SCHOOL_CLOSED: Final = "SCHOOL_CLOSED"
CLASS_CLOSED: Final = "CLASS_CLOSED"
LESS_SCHOOL_DAYS: Final = "less_school_days"
WHOLE_DAY: Final = "day"
HOLIDAY: Final = "holiday"

NOT_COUNTED: Final = frozenset({NOT_ENROLLED, SCHOOL_CLOSED})
"""Statuses of days that are no school days for the pupil."""
USUAL: Final[Mapping[str, AbstractSet[str]]] = MappingProxyType(
    {
        "ABSENT_SICK": frozenset({"absent"}),
        "ABSENT_ACCIDENT": frozenset({"absent"}),
        "SUSPEND": frozenset({"suspended"}),
        "MOURNING": frozenset({"suspended"}),
        "LATE": frozenset({"late"}),
        "EARLY": frozenset({"early"}),
        "LATE_EARLY": frozenset({"late", "early"}),
        CLASS_CLOSED: frozenset({"suspended"}),
    }
)
"""What a status counts as where the board's symbols do not say."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days somebody belongs to a class, both included, as ISO dates. last: None while it goes on."""

    first: str
    last: str | None = None

    def holds(self, day: str) -> bool:
        """Whether an ISO date lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class SchoolDates:
    """The calendar as one class has it. All by ISO date.

    kinds: {date: kind} of `school_day` records. closures: {date: counts_as} of closures of the whole day. taken: days
    whose attendance has been taken.
    """

    kinds: Mapping[str, str]
    closures: Mapping[str, str] = field(default_factory=dict[str, str])
    taken: AbstractSet[str] = frozenset()

    def open(self, day: str) -> bool:
        """Whether the class has school on that day, as far as the calendar says (R25)."""
        return self.kinds.get(day, HOLIDAY) != HOLIDAY and day not in self.closures


@dataclass(frozen=True, slots=True)
class Totals:
    """What days add up to: the columns of 出欠の記録, and 遅刻 and 早退. unknown: school days nobody has taken."""

    school_days: int = 0
    suspended: int = 0
    absent: int = 0
    late: int = 0
    early: int = 0
    unknown: int = 0

    @property
    def must(self) -> int:
        """出席しなければならない日数 (R02)."""
        return self.school_days - self.suspended

    @property
    def present(self) -> int:
        """出席日数 (R01). Days that are not taken are not known to be days of presence."""
        return self.must - self.absent - self.unknown

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(
            self.school_days + other.school_days,
            self.suspended + other.suspended,
            self.absent + other.absent,
            self.late + other.late,
            self.early + other.early,
            self.unknown + other.unknown,
        )


def effective(day: str, spans: Sequence[Span], dates: SchoolDates, mark: str | None) -> str | None:
    """What a day was for a pupil; None where it is no school day. The first that matches wins (domain.md 4).

    day: ISO date. spans: when the pupil belongs to the class (R06). mark: of the `attendance` record, if any.
    """
    if not any(span.holds(day) for span in spans):
        return NOT_ENROLLED
    if dates.kinds.get(day, HOLIDAY) == HOLIDAY:
        return None
    closed = dates.closures.get(day)
    if closed is not None:
        return SCHOOL_CLOSED if closed == LESS_SCHOOL_DAYS else CLASS_CLOSED
    if mark is not None:
        return mark
    return PRESENT if day in dates.taken else UNKNOWN


def totals(statuses: Iterable[str | None], counts: Mapping[str, AbstractSet[str]] = USUAL) -> Totals:
    """What these days add up to. counts: {status: what such a day adds to} by the board's symbols."""
    school_days = unknown = 0
    added: dict[str, int] = dict.fromkeys(("suspended", "absent", "late", "early"), 0)
    for status in statuses:
        if status is None or status in NOT_COUNTED:
            continue
        school_days += 1
        unknown += status == UNKNOWN
        for what in counts.get(status, ()):
            added[what] += 1
    return Totals(school_days, unknown=unknown, **added)
