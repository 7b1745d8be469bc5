"""The seats of a class as a table model, and how a seat is drawn: number, name, and today's symbol."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from client.attendance.arrangement import Seat, size, turned
from client.attendance.record import Line, Register
from client.attendance.table import DRAWN, HERE, NOT_YET, Field, Target, written
from client.attendance.words import spoken
from client.widgets import ink, marks
from client.widgets.column_table import RECORD_ROLE, STATE_ROLE, Column, ColumnTable
from client.widgets.grid.editor import EntryDelegate
from client.widgets.ink import Step
from client.widgets.marked_delegate import draw_ring
from client.widgets.marks import CellState
from sync.records.derive.attendance import PRESENT, UNKNOWN

_ONE_KEY, _STRONG = int(CellState.ONE_KEY), int(CellState.STRONG)


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A row of seats as it is looked at; None where nobody sits. id: its place from the top."""

    id: int
    lines: tuple[Line | None, ...]


class SeatTable(ColumnTable[SeatRow]):
    """The seats as they stand in the room: row 0 at the top. seats: {pupil: seat}. from_front: seen by the teacher."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, columns=())
        self.register: Register | None = None
        self.seats: dict[str, Seat] = {}
        self.from_front = False

    def show_seats(self, register: Register, seats: Mapping[str, Seat]) -> None:
        """Show who sits where, and what the last day of the register says of them."""
        at, (rows, columns) = len(register.days) - 1, size(seats)
        known = self.register
        same = known is not None and len(self.columns) == columns
        same = same and known is not None and (known.days[-1], known.book) == (register.days[-1], register.book)
        self.register, self.seats = register, dict(seats)
        lines = {line.id: line for line in register.lines}
        places = {self._seen(seat, rows, columns): lines[pupil] for pupil, seat in seats.items() if pupil in lines}
        shown = [
            SeatRow(row, tuple(places.get((row, column)) for column in range(1, columns + 1)))
            for row in range(1, rows + 1)
        ]
        self.show(shown, columns=self.columns if same else tuple(_column(n, at, register) for n in range(columns)))

    def _seen(self, seat: Seat, rows: int, columns: int) -> Seat:
        return turned(seat, rows, columns) if self.from_front else seat

    def seat_at(self, row: int, column: int) -> Seat:
        """The seat a cell of the model stands for."""
        return self._seen((row + 1, column + 1), len(self.rows), len(self.columns))

    # -- what entry asks ----------------------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> tuple[Line, Target] | None:
        """Who sits there, and that it is the day's mark; None on an empty seat."""
        register = self.register
        line = self.rows[row].lines[column] if 0 <= row < len(self.rows) else None
        return None if line is None or register is None else (line, Target(Field.MARK, len(register.days) - 1))

    def numbered(self, number: str, column: int) -> tuple[int, int] | None:
        """Where the pupil of this 出席番号 sits."""
        del column
        return self._where(lambda line: str(line.who.number) == number)

    def find(self, pupil: str) -> tuple[int, int] | None:
        """Where a pupil sits; None where they have no seat."""
        return self._where(lambda line: line.id == pupil)

    def _where(self, wanted: Callable[[Line], bool]) -> tuple[int, int] | None:
        for row, held in enumerate(self.rows):
            for column, line in enumerate(held.lines):
                if line is not None and wanted(line):
                    return row, column
        return None


def _column(place: int, at: int, register: Register) -> Column[SeatRow]:
    day = register.days[at]
    symbols = {status: symbol.symbol for status, symbol in register.book.symbols.items()}
    open_ = register.room.writable and register.dates.open(day.date)

    def text(row: SeatRow) -> str:
        line = row.lines[place]
        if line is None:
            return ""
        cell = line.cells[at]
        if cell.status == UNKNOWN:
            return NOT_YET
        return symbols.get(PRESENT) or HERE if cell.status == PRESENT else written(cell, symbols, day, register.today)

    def state(row: SeatRow) -> int:
        line = row.lines[place]
        if line is None:
            return 0
        cell = line.cells[at]
        plain = cell.status in (None, PRESENT, UNKNOWN)
        return DRAWN[cell.state] | (_ONE_KEY if open_ else 0) | (0 if plain else _STRONG)

    def said(row: SeatRow) -> str:
        line = row.lines[place]
        return "" if line is None else spoken(line, at, register)

    return Column(header=lambda: str(place + 1), text=text, state=state, spoken=said, tooltip=said)


class SeatDelegate(EntryDelegate):
    """Draws a seat as a card. lifted: the cell that has been picked up, to be put down elsewhere."""

    lifted: tuple[int, int] | None = None

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        row: SeatRow = index.data(RECORD_ROLE)
        line, look = row.lines[index.column()], ink.look()
        tokens, place = look.tokens, (index.row(), index.column())
        painter.fillRect(rect, tokens.content)
        card = QRectF(rect).adjusted(4, 4, -4, -4)
        ringed = place == (self.cursor.row, self.cursor.column)
        ground = tokens.selection if place == self.lifted else tokens.panel if line is None else None
        ink.draw_box(painter, card, look.px(4), ground, tokens.border)
        if line is not None:
            self._pupil(painter, card, line, index.data() or "", index.data(STATE_ROLE) or 0)
        if ringed:
            draw_ring(painter, card.toRect(), tokens.accent if self.cursor.focused else tokens.control)

    @staticmethod
    def _pupil(painter: QPainter, card: QRectF, line: Line, symbol: str, state: int) -> None:
        look = ink.look()
        tokens = look.tokens
        number, small = "" if line.who.number is None else str(line.who.number), ink.face(Step.CAPTION)
        left, right = card.left() + look.px(10), card.right() - look.px(26)
        painter.setPen(tokens.text2)
        ink.draw_left(painter, left, card.top() + look.px(14), number, small)
        name = ink.face(Step.BODY)
        painter.setPen(tokens.text)
        ink.draw_left(painter, left, card.bottom() - look.px(16), name.elided(line.who.name, right - left), name)
        strong = bool(state & _STRONG)
        painter.setPen(tokens.text if strong else tokens.text2)
        heading = ink.face(Step.HEADING if strong else Step.BODY)
        ink.draw_right(painter, card.right() - look.px(12), card.center().y(), symbol, heading)
        if state & marks.MARKS:
            marks.draw(painter, card, state, ringed=False, current_row=False)
