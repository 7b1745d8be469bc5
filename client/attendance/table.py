"""What stands in the tables of attendance: names, symbols, marks, and the sentences about them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject

from client.attendance.record import Cell, Day, Line, Register
from client.attendance.rules import Fault, Refused, Why, reason_name, written_times
from client.register.record import RosterRow
from client.syncing.rules import short_date
from client.widgets.column_table import Column, ColumnTable, Heading
from client.widgets.grid.edit import Refusal
from client.widgets.marks import CellState
from sync.records.derive.attendance import PRESENT, UNKNOWN

translate = QCoreApplication.translate
"""Under this name lupdate finds the words."""

FROZEN: Final = 2
NUMBER_WIDTH, NAME_WIDTH = 48, 144
NOT_YET: Final = "・"
"""Who is present unless somebody says otherwise, before the day is taken; afterwards HERE, where the board writes
nothing."""
HERE: Final = "○"

_NUMBER = int(CellState.NUMERIC | CellState.PLAIN_EDGE | CellState.MUTED)
_STRUCK, _MUTED, _ONE_KEY = int(CellState.STRUCK), int(CellState.MUTED), int(CellState.ONE_KEY)
_CENTRED, _CLOSED, _NOTE = int(CellState.CENTRED), int(CellState.CLOSED), int(CellState.NOTE)
_STRONG = int(CellState.STRONG)


class Field(Enum):
    """What a cell of a table is about."""

    MARK = "mark"
    REASON = "reason"
    TIME = "time"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Target:
    """What a column is about. at: which day of the register."""

    field: Field
    at: int


class LineTable(ColumnTable[Line]):
    """Number, name, and columns about days of a register. Rows are pupils, never places."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, columns=())
        self.register: Register | None = None
        self.targets: dict[int, Target] = {}

    def show_register(self, register: Register) -> None:
        """Show a register; the same days and pupils keep selection and open editor."""
        raise NotImplementedError

    def start(self, register: Register) -> int:
        """The column the cursor begins in."""
        raise NotImplementedError

    def forget_words(self) -> None:
        """Headings are made anew with the next register: the language has changed."""
        self.register = None

    def cell(self, row: int, column: int) -> tuple[Line, Target] | None:
        """Whose cell this is and what it is about; None for one that takes nothing."""
        target = self.targets.get(column)
        return None if target is None or not 0 <= row < len(self.rows) else (self.rows[row], target)

    def numbered(self, number: str, column: int) -> tuple[int, int] | None:
        """The cell in a column of the pupil of this 出席番号."""
        row = next((at for at, line in enumerate(self.rows) if str(line.who.number) == number), None)
        return None if row is None else (row, column)

    def find(self, pupil: str | None, day: str) -> tuple[int, int] | None:
        """(row, column) of a pupil's mark on a day, of the first line where it is the day's; None if not here."""
        row = next((at for at, line in enumerate(self.rows) if pupil in (None, line.id)), None)
        register = self.register
        if row is None or register is None:
            return None
        wanted = (each for each, target in self.targets.items() if target.field is Field.MARK)
        column = next((each for each in wanted if register.days[self.targets[each].at].date == day), None)
        return None if column is None else (row, column)


def frozen_columns() -> tuple[Column[Line], ...]:
    """Number and name."""
    return (
        Column(
            header=lambda: translate("Register", "No."),
            text=lambda line: "" if line.who.number is None else str(line.who.number),
            state=lambda _: _NUMBER,
            width=NUMBER_WIDTH,
        ),
        Column(
            header=lambda: translate("Register", "Name"),
            text=lambda line: line.who.name,
            state=lambda line: _STRUCK if line.who.gone else 0,
            caption=lambda line: standing(line.who),
            tooltip=lambda line: line.who.kana,
            width=NAME_WIDTH,
        ),
    )


def mark_column(at: int, register: Register, heading: Callable[[], Heading], width: int) -> Column[Line]:
    """The marks of one day. heading: what stands over it."""
    day, writable, book = register.days[at], register.room.writable, register.book
    open_ = writable and register.dates.open(day.date)
    shut = 0 if register.dates.open(day.date) else int(CellState.HATCHED)

    def state(line: Line) -> int:
        cell = line.cells[at]
        bits = _CENTRED | shut | cell.state
        if cell.status in (None, PRESENT, UNKNOWN, "NOT_ENROLLED"):
            bits |= _MUTED
        else:
            bits |= _STRONG
        if not cell.note.blank:
            bits |= _NOTE
        return bits | _ONE_KEY if open_ and _holds(line, day.date) else bits

    symbols = {status: symbol.symbol for status, symbol in book.symbols.items()}
    return Column(
        header=lambda: heading().title,
        text=lambda line: written(line.cells[at], symbols, day, register.today),
        state=state,
        spoken=lambda line: spoken(line, at, register),
        heading=heading,
        tooltip=lambda line: told(line.cells[at], register),
        width=width,
    )


def written(cell: Cell, symbols: Mapping[str, str], day: Day, today: str) -> str:
    """What a cell of a register shows: a mark that does not count is shown all the same."""
    if cell.mark.status is not None and cell.mark.status != PRESENT:
        return symbols.get(cell.mark.status, "")
    if cell.status == UNKNOWN:
        return symbols.get(UNKNOWN, "") if day.date < today else ""
    return "" if cell.status is None else symbols.get(cell.status, "")


def _holds(line: Line, day: str) -> bool:
    return any(span.holds(day) for span in line.spans)


def status_name(status: str | None, register: Register) -> str:
    """What a status is called by the board."""
    if status is None:
        return translate("Register", "no school")
    symbol = register.book.symbols.get(status)
    return status if symbol is None else symbol.name


def told(cell: Cell, register: Register) -> str:
    """A cell in a few words: mark, times, reason, and what its marks say."""
    reason = reason_name(cell.note.reason, register.book)
    shown = cell.mark.status if cell.mark.status not in (None, PRESENT) else cell.status
    parts = (
        status_name(shown, register),
        written_times(cell.mark),
        reason,
        cell.note.text,
        mark_words(cell.state | cell.note.state),
    )
    return " ".join(part for part in parts if part)


def spoken(line: Line, at: int, register: Register) -> str:
    """The full name of a cell: who, which day, what."""
    number = "" if line.who.number is None else str(line.who.number)
    day = short_date(register.days[at].date)
    return " ".join(part for part in (number, line.who.name, day, told(line.cells[at], register)) if part)


def standing(who: RosterRow) -> str | None:
    """A few words about somebody who has left, or is a guest."""
    if who.guest and not who.gone:
        return translate("Register", "guest")
    if not who.gone:
        return None
    return {
        "transferred": translate("Register", "moved away"),
        "graduated": translate("Register", "graduated"),
        "deferred": translate("Register", "deferred"),
    }.get(who.leave or "", translate("Register", "left"))


def mark_words(state: int) -> str:
    """What the marks of a cell say, the gravest one. state: int(CellState)."""
    if state & int(CellState.REFUSED):
        return translate("Register", "not accepted")
    if state & int(CellState.CONFLICT):
        return translate("Register", "needs a decision")
    if state & int(CellState.UNCOPIED):
        return translate("Register", "saved on this PC, no backup copy")
    if state & int(CellState.WAITING):
        return translate("Register", "saved on this PC, not sent yet")
    return translate("Register", "being saved") if state & int(CellState.SAVING) else ""


def weekday(day: str) -> str:
    """「金」. day: ISO date."""
    return (
        translate("Register", "Mon"),
        translate("Register", "Tue"),
        translate("Register", "Wed"),
        translate("Register", "Thu"),
        translate("Register", "Fri"),
        translate("Register", "Sat"),
        translate("Register", "Sun"),
    )[date.fromisoformat(day).weekday()]


def month_name(month: str) -> str:
    """「11月」. month: `2026-11`."""
    return (
        translate("Register", "January"),
        translate("Register", "February"),
        translate("Register", "March"),
        translate("Register", "April"),
        translate("Register", "May"),
        translate("Register", "June"),
        translate("Register", "July"),
        translate("Register", "August"),
        translate("Register", "September"),
        translate("Register", "October"),
        translate("Register", "November"),
        translate("Register", "December"),
    )[int(month[5:]) - 1]


def day_words(day: str) -> str:
    """A day in a few figures with its weekday, `9/12 (Fri)`."""
    return translate("Register", "{day} ({weekday})").format(day=short_date(day), weekday=weekday(day))


def no_school_words(day: Day) -> str:
    """Why nothing is taken on a day: 「11/23は授業日ではありません（勤労感謝の日）。」."""
    if day.closed is not None:
        cause = day.cause or translate("Register", "closure")
        return _WHY[Why.CLOSED]().format(day=short_date(day.date), cause=cause)
    if day.kind is None:
        return translate("Register", "The school's calendar says nothing of {day}.").format(day=day_words(day.date))
    return _WHY[Why.NO_SCHOOL]().format(day=short_date(day.date), title=day.title or weekday(day.date))


def refusal(refused: Refused, day: Day, register: Register) -> Refusal:
    """The sentence for a text that cannot be taken, or for a cell that takes none."""
    given = [symbol for symbol in register.book.symbols.values() if symbol.stored and symbol.keys]
    keys = " ".join(symbol.keys[0].upper() for symbol in given)

    def sentence() -> str:
        title, cause = day.title or weekday(day.date), day.cause or translate("Register", "closure")
        return _WHY[refused.why]().format(
            value=refused.text, day=short_date(day.date), title=title, cause=cause, keys=keys
        )

    return Refusal(sentence)


_WHY: Final[Mapping[Why, Callable[[], str]]] = {
    Why.UNKNOWN_KEY: lambda: translate("Register", '"{value}" is none of the keys {keys}.'),
    Why.NO_SCHOOL: lambda: translate("Register", "{day} is no school day ({title})."),
    Why.CLOSED: lambda: translate("Register", "The class is closed on {day} ({cause}). Nothing is marked."),
    Why.NOT_HERE: lambda: translate("Register", "This pupil does not belong to the class on {day}."),
    Why.READ_ONLY: lambda: translate("Register", "The teachers of this class take its attendance; you can read it."),
    Why.NO_TIME: lambda: translate("Register", "Only who came late or left early has a time."),
    Why.NOT_A_TIME: lambda: translate("Register", '"{value}" is no time such as 9:30.'),
    Why.NOT_A_REASON: lambda: translate(
        "Register", '"{value}" is not on the school\'s list. Write it under "Details".'
    ),
    Why.TOO_LONG: lambda: translate("Register", "At most 100 characters."),
}


def fault_words(fault: Fault, day: str) -> str:
    """What a finding says."""
    return _FAULTS[fault]().format(day=day_words(day))


_FAULTS: Final[Mapping[Fault, Callable[[], str]]] = {
    Fault.NOT_TAKEN: lambda: translate("Register", "{day}: not taken yet"),
    Fault.ON_CLOSED_DAY: lambda: translate("Register", "{day}: marked on a day without school; it does not count"),
    Fault.OUTSIDE: lambda: translate("Register", "{day}: marked outside the class; it does not count"),
    Fault.TO_DECIDE: lambda: translate("Register", "{day}: two people say different things"),
    Fault.UNEXPLAINED: lambda: translate("Register", "{day}: changed later without a reason"),
    Fault.PRESENT: lambda: translate("Register", "More days absent than there were to attend"),
    Fault.MUST: lambda: translate("Register", "More days suspended than there were school days"),
    Fault.LATE: lambda: translate("Register", "More days late than days present"),
}
