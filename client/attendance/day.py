"""S5 出欠・日: the class on one day, a key a pupil, present unless somebody says otherwise."""

from PySide6.QtWidgets import QWidget

from client.attendance.record import Day, Line, Register
from client.attendance.rules import reason_name, written_times
from client.attendance.sheet import OpenRegister
from client.attendance.table import DRAWN, FROZEN, HERE, NOT_YET, Field, LineTable, Target, frozen_columns, mark_column
from client.attendance.view import RegisterView
from client.attendance.words import translate
from client.syncing.rules import short_date
from client.terms import Speech
from client.widgets.column_table import Align, Column, Heading
from client.widgets.marks import CellState
from sync.records.derive.attendance import PRESENT, UNKNOWN

MARK_COLUMN = FROZEN + 1
_MUTED = int(CellState.MUTED)


class DayTable(LineTable):
    """Number, name, reading; the mark of the day, its reason, time and details; and the days before."""

    def show_register(self, register: Register) -> None:
        """Show the last day of a register."""
        known, day = self.register, register.days[-1]
        same = known is not None and (known.room, known.days[-1], known.book) == (register.room, day, register.book)
        self.register = register
        at = len(register.days) - 1
        fields = (Field.MARK, Field.REASON, Field.TIME, Field.TEXT)
        self.targets = {MARK_COLUMN + place: Target(field, at) for place, field in enumerate(fields)}
        self.show(register.lines, columns=self.columns if same else _columns(register, at))

    def start(self, register: Register) -> int:
        """The marks of the day."""
        return MARK_COLUMN


def _columns(register: Register, at: int) -> tuple[Column[Line], ...]:
    day = register.days[at]
    plain = mark_column(at, register, lambda: Heading(_title(day), align=Align.CENTRE), 64)
    symbols = {status: symbol.symbol for status, symbol in register.book.symbols.items()}

    def text(line: Line) -> str:
        cell = line.cells[at]
        if cell.status == UNKNOWN:
            return NOT_YET
        return symbols.get(PRESENT) or HERE if cell.status == PRESENT else plain.text(line)

    mark = Column(plain.header, text, plain.state, plain.spoken, None, None, plain.heading, plain.tooltip, plain.width)
    return (*frozen_columns(), _kana(), mark, *_details(register, at), _recent(register, at))


def _title(day: Day) -> str:
    return short_date(day.date)


def _kana() -> Column[Line]:
    return Column(
        header=lambda: translate("Register", "Reading"),
        heading=lambda: Heading(translate("Register", "Reading"), align=Align.LEFT),
        text=lambda line: line.who.kana,
        state=lambda _: _MUTED,
        width=136,
    )


def _details(register: Register, at: int) -> tuple[Column[Line], ...]:
    book = register.book
    open_ = register.room.writable and register.dates.open(register.days[at].date)

    def takes(line: Line) -> bool:
        return open_ and any(span.holds(register.days[at].date) for span in line.spans)

    def noted(line: Line) -> int:
        return DRAWN[line.cells[at].note.state]

    return (
        Column(
            header=lambda: translate("Register", "Reason"),
            heading=lambda: Heading(translate("Register", "Reason"), align=Align.LEFT),
            text=lambda line: reason_name(line.cells[at].note.reason, book),
            state=noted,
            editable=takes,
            width=130,
        ),
        Column(
            header=lambda: translate("Register", "Time"),
            heading=lambda: Heading(translate("Register", "Time"), align=Align.LEFT),
            text=lambda line: written_times(line.cells[at].mark),
            editable=takes,
            width=84,
        ),
        Column(
            header=lambda: translate("Register", "Details"),
            heading=lambda: Heading(translate("Register", "Details"), align=Align.LEFT),
            text=lambda line: line.cells[at].note.text,
            state=noted,
            editable=takes,
            width=150,
        ),
    )


def _recent(register: Register, at: int) -> Column[Line]:
    symbols = {status: symbol.symbol for status, symbol in register.book.symbols.items()}

    def text(line: Line) -> str:
        return "".join((symbols.get(cell.status or "") or NOT_YET)[:1] for cell in line.cells[:at])

    return Column(
        header=lambda: translate("Register", "Days before"),
        heading=lambda: Heading(translate("Register", "Days before"), align=Align.LEFT),
        text=text,
        state=lambda _: _MUTED,
        width=150,
    )


class DayView(RegisterView):
    """The list of a day."""

    def __init__(self, sheet: OpenRegister, speech: Speech, parent: QWidget) -> None:
        super().__init__(sheet, DayTable(), speech, parent)
        self.grid.header.one_line = self.grid.names_header.one_line = True
