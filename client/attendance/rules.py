"""What a key means, what may be marked, what a register adds up to, and what in it is not right. Pure.

Symbols, keys and counting are the board's data; only the statuses themselves are fixed (domain.md 4).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from client.attendance.record import PROBLEM, Cell, Day, Line, Mark, Reason, Register, Symbol, SymbolSet
from client.terms import word_key
from sync.records.derive.attendance import (
    HOLIDAY,
    NOT_ENROLLED,
    PRESENT,
    UNKNOWN,
    SchoolDates,
    Totals,
    effective,
    totals,
)

LATE: Final = frozenset({"LATE", "LATE_EARLY"})
EARLY: Final = frozenset({"EARLY", "LATE_EARLY"})
"""Statuses with a time of coming, and with one of leaving."""
_TIME: Final = re.compile(r"([0-9]{1,2})[:.時]?([0-5][0-9])分?")
_BLANKS: Final = " \u00a0\u3000\t\n"


class Why(Enum):
    """Why a cell cannot be what was typed."""

    UNKNOWN_KEY = "unknown_key"
    NO_SCHOOL = "no_school"
    CLOSED = "closed"
    NOT_HERE = "not_here"
    READ_ONLY = "read_only"
    NO_TIME = "no_time"
    NOT_A_TIME = "not_a_time"
    NOT_A_REASON = "not_a_reason"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Refused:
    """A text that cannot be taken, and why."""

    why: Why
    text: str


# -- what may be marked, and with what --------------------------------------------------------------------------------


def barred(day: Day, line: Line, *, writable: bool) -> Why | None:
    """Why a pupil cannot be marked on a day; None where that is possible (R05, R06, R25)."""
    if not any(span.holds(day.date) for span in line.spans):
        return Why.NOT_HERE
    if day.kind is None or day.kind == HOLIDAY:
        return Why.NO_SCHOOL
    if day.closed is not None:
        return Why.CLOSED
    return None if writable else Why.READ_ONLY


def read_key(text: str, book: SymbolSet) -> str | Refused:
    """The status a text means: a key of the board's, its symbol or its name; an empty one undoes a mark."""
    typed = text.strip(_BLANKS)
    if not typed:
        return PRESENT
    found = book.keys.get(word_key(typed))
    return Refused(Why.UNKNOWN_KEY, typed) if found is None else found


def key_table(symbols: Iterable[Symbol]) -> dict[str, str]:
    """{folded text: status}: keys before symbols before names, and of equal ones the first."""
    held = [symbol for symbol in symbols if symbol.stored]
    table: dict[str, str] = {}
    keys = [(text, symbol.status) for symbol in held for text in symbol.keys]
    written = [(symbol.symbol, symbol.status) for symbol in held]
    named = [(symbol.name, symbol.status) for symbol in held]
    for text, status in (*keys, *written, *named):
        if text:
            table.setdefault(word_key(text), status)
    return table


def cycled(status: str | None, book: SymbolSet, *, back: bool = False) -> str:
    """The status after this one in the board's order; what is not marked stands where PRESENT does."""
    order = [symbol.status for symbol in book.symbols.values() if symbol.stored]
    here = order.index(status) if status in order else order.index(PRESENT) if PRESENT in order else -1
    return order[(here + (-1 if back else 1)) % len(order)]


def marked(cell: Cell, status: str) -> Mark:
    """The mark a status makes of a cell: times that no longer mean anything are dropped."""
    return Mark(
        status,
        cell.mark.late_at if status in LATE else None,
        cell.mark.left_at if status in EARLY else None,
    )


def read_times(text: str, cell: Cell) -> Mark | Refused:
    """The mark with the times of a text: `9:30`, `930`; for who came late and left early `9:30-14:00`."""
    status = cell.mark.status
    typed = text.strip(_BLANKS)
    if status not in LATE | EARLY:
        return Refused(Why.NO_TIME, typed)
    if not typed:
        return Mark(status)
    parts = [part for part in re.split(r"[-~ー－〜~\s]+", word_key(typed)) if part]
    times = [_clock(part) for part in parts]
    wanted = (status in LATE) + (status in EARLY)
    if None in times or not 1 <= len(times) <= wanted:
        return Refused(Why.NOT_A_TIME, typed)
    if wanted == 2 and len(times) == 2 and str(times[0]) >= str(times[1]):
        return Refused(Why.NOT_A_TIME, typed)
    late = times[0] if status in LATE else None
    left = times[-1] if status in EARLY and (wanted == 1 or len(times) == 2) else None
    return Mark(status, late, left)


def written_times(mark: Mark) -> str:
    """Times as they are shown, and read back by `read_times`."""
    return "-".join(_short(at) for at in (mark.late_at, mark.left_at) if at is not None)


def read_reason(text: str, book: SymbolSet) -> str | Refused | None:
    """The code of a reason by its name or short form, or the only one that begins so; None for an empty text."""
    typed = text.strip(_BLANKS)
    if not typed:
        return None
    key = word_key(typed)
    named = [reason.code for reason in book.reasons if key in (word_key(reason.name), word_key(reason.short))]
    begun = [reason.code for reason in book.reasons if word_key(reason.name).startswith(key)]
    if named:
        return named[0]
    return begun[0] if len(begun) == 1 else Refused(Why.NOT_A_REASON, typed)


def offered(status: str | None, book: SymbolSet) -> list[Reason]:
    """The reasons that suit a status, in the board's order."""
    return [reason for reason in book.reasons if status in reason.marks]


def reason_name(code: str | None, book: SymbolSet) -> str:
    """What a reason is called; empty where there is none."""
    return next((reason.name for reason in book.reasons if reason.code == code), code or "")


def needs_reason(day: Day) -> bool:
    """Whether a change on this day is a late one, for which a reason is asked: the day has been taken."""
    return day.taken is not None


# -- what it adds up to -----------------------------------------------------------------------------------------------


def restated(cell: Cell, line: Line, dates: SchoolDates) -> Cell:
    """The cell with its status worked out again, after its mark has changed."""
    return replace(cell, status=effective(cell.date, line.spans, dates, cell.mark.status))


def sums(line: Line, register: Register) -> Totals:
    """The pupil's totals over the days of a register up to today; days to come count as nothing yet (R01-R06)."""
    past = (cell.status for cell in line.cells if cell.date <= register.today)
    return totals(past, register.book.counts)


def tally(register: Register, at: int) -> dict[str, int]:
    """How many pupils of the class have each status on a day; guests are counted in their own class (R23)."""
    counted: dict[str, int] = {}
    for line in register.lines:
        status = line.cells[at].status
        if status is not None and status != NOT_ENROLLED and not line.who.guest:
            counted[status] = counted.get(status, 0) + 1
    return counted


# -- what is not right ------------------------------------------------------------------------------------------------


class Fault(Enum):
    """What a finding is about. The value is the rule it comes from."""

    NOT_TAKEN = "UNKNOWN"
    ON_CLOSED_DAY = "R05"
    OUTSIDE = "R06"
    TO_DECIDE = "R27"
    UNEXPLAINED = "reason"
    PRESENT = "R01"
    MUST = "R02"
    LATE = "R03"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a register that is not right. pupil: None where it is the day's."""

    fault: Fault
    date: str
    pupil: str | None = None


def broken(sum_: Totals) -> list[Fault]:
    """The invariants that totals break: the board's way of counting does not hold together then (R01-R03)."""
    faults: list[Fault] = []
    if not 0 <= sum_.suspended <= sum_.school_days:
        faults.append(Fault.MUST)
    if not 0 <= sum_.absent + sum_.unknown <= sum_.must:
        faults.append(Fault.PRESENT)
    elif max(sum_.late, sum_.early) > sum_.present:
        faults.append(Fault.LATE)
    return faults


def findings(register: Register) -> list[Finding]:
    """All that keeps a register from being handed in, by day and line."""
    found = [
        Finding(Fault.NOT_TAKEN, day.date)
        for day in register.days
        if day.date < register.today and register.dates.open(day.date) and day.taken is None
    ]
    for line in register.lines:
        found += (Finding(fault, cell.date, line.id) for cell in line.cells for fault in _wrong(cell, line, register))
        cells = [cell for cell in line.cells if cell.state & PROBLEM or cell.note.state & PROBLEM]
        found += (Finding(Fault.TO_DECIDE, cell.date, line.id) for cell in cells)
        found += (Finding(fault, register.days[-1].date, line.id) for fault in broken(sums(line, register)))
    return sorted(found, key=lambda each: each.date)


def _wrong(cell: Cell, line: Line, register: Register) -> Iterator[Fault]:
    if cell.mark.status is None:
        return
    if not any(span.holds(cell.date) for span in line.spans):
        yield Fault.OUTSIDE
    elif not register.dates.open(cell.date) and cell.mark.status != PRESENT:
        yield Fault.ON_CLOSED_DAY
    if cell.source == "correction" and cell.note.blank:
        yield Fault.UNEXPLAINED


# -- days -------------------------------------------------------------------------------------------------------------


def nearest(days: Sequence[str], day: str) -> str | None:
    """The school day a day stands for: itself, else the last one before it, else the first."""
    before = [each for each in days if each <= day]
    return before[-1] if before else (days[0] if days else None)


def is_unknown(cell: Cell) -> bool:
    """Whether nobody has said anything of it yet."""
    return cell.status == UNKNOWN


def _clock(text: str) -> str | None:
    found = _TIME.fullmatch(text)
    if found is None or int(found[1]) > 23:
        return None
    return f"{int(found[1]):02d}:{found[2]}"


def _short(at: str) -> str:
    return at.removeprefix("0") if at.startswith("0") and at[1] != ":" else at
