"""What stands in the tables of attendance: names, symbols, marks, and the sentences about them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QObject

from client.attendance.record import Cell, Day, Line, Register, Sent
from client.attendance.words import spoken, standing, told, translate
from client.widgets.column_table import Column, ColumnTable, Heading
from client.widgets.marks import CellState
from sync.records.derive.attendance import PRESENT, UNKNOWN

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

_DRAWN = {
    Sent.SAVING: int(CellState.SAVING),
    Sent.WAITING: int(CellState.WAITING),
    Sent.UNCOPIED: int(CellState.UNCOPIED),
    Sent.CONFLICT: int(CellState.CONFLICT),
    Sent.REFUSED: int(CellState.REFUSED),
}
DRAWN: Final = {bits: sum(drawn for sent, drawn in _DRAWN.items() if bits & sent) for bits in range(int(max(Sent)) * 2)}
"""What each state of a cell is drawn as."""


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
        bits = _CENTRED | shut | DRAWN[cell.state]
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
