"""What a register is made of: its days, its lines, its cells, and the board's symbols."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntFlag

from client.register.record import RosterRow
from sync.records.derive.attendance import SchoolDates, Span

Place = tuple[str, str]
"""(pupil, ISO date)."""


class Sent(IntFlag):
    """How far what a cell holds has come. SAVING: not yet safe. WAITING: not yet sent; UNCOPIED: so, and only once on
    this PC. CONFLICT: two people differ. REFUSED: not accepted.
    """

    NONE = 0
    SAVING = 1
    WAITING = 2
    CONFLICT = 4
    REFUSED = 8
    UNCOPIED = 16


SAVING = int(Sent.SAVING)
PROBLEM = int(Sent.CONFLICT | Sent.REFUSED)


@dataclass(frozen=True, slots=True)
class Symbol:
    """How the school writes a status. keys: folded texts that mean it. counts: what such a day adds to.

    stored: whether a teacher gives it; others follow from the calendar and the list.
    """

    status: str
    symbol: str
    name: str
    keys: tuple[str, ...]
    counts: AbstractSet[str]
    stored: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason the school offers. marks: the statuses it suits."""

    code: str
    name: str
    short: str
    marks: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class SymbolSet:
    """The board's symbols by status, its keys by folded text, and its reasons in order."""

    symbols: Mapping[str, Symbol]
    keys: Mapping[str, str]
    reasons: Sequence[Reason]

    @property
    def counts(self) -> Mapping[str, AbstractSet[str]]:
        """What a day of each status counts as."""
        return {status: symbol.counts for status, symbol in self.symbols.items()}


@dataclass(frozen=True, slots=True)
class Room:
    """A class whose attendance is granted. live: all of it is on this PC. writable: marks may be entered today.

    own: it is this person's own class.
    """

    code: str
    label: str
    live: bool
    writable: bool
    own: bool

    @property
    def year(self) -> int:
        """Its school year."""
        return int(self.code.partition(":")[0])


@dataclass(frozen=True, slots=True)
class Taken:
    """The act of having taken a day. by: staff id, at: stamp of the server; both None until the school has answered."""

    by: str | None
    at: str | None


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the school's calendar. kind: None where the calendar says nothing of it. title: its name, if any.

    closed: how a closure of the whole day counts; cause: what for, in words. state: int(Sent) of its taking.
    """

    date: str
    kind: str | None = None
    title: str = ""
    closed: str | None = None
    cause: str = ""
    taken: Taken | None = None
    state: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """Why. reason: a code. seen: what an edit of it is based on. state: int(Sent)."""

    reason: str | None = None
    text: str = ""
    exists: bool = False
    seen: int | str = 0
    state: int = 0

    @property
    def blank(self) -> bool:
        """Whether it says nothing."""
        return self.reason is None and not self.text


NO_NOTE = Note()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a teacher gave: a status, and when the pupil came or left (HH:MM)."""

    status: str | None = None
    late_at: str | None = None
    left_at: str | None = None


UNMARKED = Mark()


@dataclass(frozen=True, slots=True)
class Cell:
    """A pupil on a day. status: what the day was (None = no school). state: int(Sent). source: who said so.

    exists: there is a record; seen: what an edit of it is based on.
    """

    date: str
    status: str | None
    mark: Mark = UNMARKED
    source: str | None = None
    exists: bool = False
    seen: int | str = 0
    state: int = 0
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True)
class Line:
    """A pupil's line: a cell for every day. spans: when the pupil belongs to the class. classes: all of the pupil."""

    who: RosterRow
    spans: tuple[Span, ...]
    classes: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def id(self) -> str:
        """The pupil."""
        return self.who.pupil


@dataclass(frozen=True, slots=True)
class Register:
    """Attendance of one class on some days, as it is on this PC. today: ISO date of the reading."""

    room: Room
    today: str
    days: tuple[Day, ...]
    dates: SchoolDates
    lines: tuple[Line, ...]
    book: SymbolSet

    def at(self, date: str) -> int:
        """The place of a date among its days. Raises ValueError."""
        return next(at for at, day in enumerate(self.days) if day.date == date)


@dataclass(frozen=True, slots=True)
class Change:
    """One cell to write. mark, note: what it gets; None leaves it as it is."""

    line: Line
    at: int
    mark: Mark | None = None
    note: tuple[str | None, str] | None = None

    @property
    def cell(self) -> Cell:
        """The cell as it is."""
        return self.line.cells[self.at]

    @property
    def place(self) -> Place:
        """Whose and when."""
        return self.line.id, self.cell.date
