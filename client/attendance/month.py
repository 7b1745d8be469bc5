"""S7 出席簿: a month or a year of a class, a cell a day, and what the days add up to."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from client.attendance.record import Line, Register
from client.attendance.rules import sums
from client.attendance.sheet import OpenRegister
from client.attendance.table import FROZEN, Field, LineTable, Target, frozen_columns, mark_column
from client.attendance.view import RegisterView
from client.attendance.words import month_name, translate, weekday
from client.terms import Speech
from client.widgets.column_table import Align, Column, Heading
from client.widgets.marks import CellState
from sync.records.derive.attendance import Totals

DAY_WIDTH, TOTAL_WIDTH = 26, 48
_FIGURE: Final = int(CellState.CENTRED)
_ZERO: Final = int(CellState.CENTRED | CellState.MUTED)

Figure = Callable[[Totals], int]
FIGURES: Final[tuple[tuple[Callable[[], tuple[str, str]], Figure], ...]] = (
    (lambda: (translate("Register", "School"), translate("Register", "days")), lambda sum_: sum_.school_days),
    (lambda: (translate("Register", "Excused"), translate("Register", "(susp.)")), lambda sum_: sum_.suspended),
    (lambda: (translate("Register", "To"), translate("Register", "attend")), lambda sum_: sum_.must),
    (lambda: (translate("Register", "Absent"), ""), lambda sum_: sum_.absent),
    (lambda: (translate("Register", "Present"), ""), lambda sum_: sum_.present),
    (lambda: (translate("Register", "Late"), ""), lambda sum_: sum_.late),
    (lambda: (translate("Register", "Early"), ""), lambda sum_: sum_.early),
)
"""The columns of 出欠の記録 in their order, then 遅刻 and 早退."""


class MonthTable(LineTable):
    """Number, name, every day, and the totals up to today."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sums: dict[str, tuple[Line, Totals]] = {}

    def show_register(self, register: Register) -> None:
        """Show all days of a register."""
        known = self.register
        same = known is not None and (known.room, known.days, known.book) == (
            register.room,
            register.days,
            register.book,
        )
        self.register = register
        self.targets = {FROZEN + at: Target(Field.MARK, at) for at in range(len(register.days))}
        if not same:
            self._sums.clear()
        self.show(register.lines, columns=self.columns if same else self._columns(register))

    def start(self, register: Register) -> int:
        """The newest day that is not to come."""
        past = [at for at, day in enumerate(register.days) if day.date <= register.today]
        return FROZEN + (past[-1] if past else 0)

    def total(self, line: Line) -> Totals:
        """What the days of a line add up to; worked out once for each state of the line."""
        known = self._sums.get(line.id)
        if known is None or known[0] is not line:
            assert self.register is not None
            known = self._sums[line.id] = (line, sums(line, self.register))
        return known[1]

    def _columns(self, register: Register) -> tuple[Column[Line], ...]:
        days = (mark_column(at, register, _heading(day.date), DAY_WIDTH) for at, day in enumerate(register.days))
        return (*frozen_columns(), *days, *(self._figure(words, figure) for words, figure in FIGURES))

    def _figure(self, words: Callable[[], tuple[str, str]], figure: Figure) -> Column[Line]:
        def heading() -> Heading:
            return Heading("", "totals", translate("Register", "Total"), words(), align=Align.CENTRE)

        return Column(
            header=lambda: " ".join(words()).strip(),
            text=lambda line: str(figure(self.total(line))),
            state=lambda line: _FIGURE if figure(self.total(line)) else _ZERO,
            spoken=lambda line: f"{line.who.name} {' '.join(words())} {figure(self.total(line))}",
            heading=heading,
            width=TOTAL_WIDTH,
        )


def _heading(day: str) -> Callable[[], Heading]:
    def heading() -> Heading:
        return Heading(str(int(day[8:])), day[:7], month_name(day[:7]), (weekday(day),), align=Align.CENTRE)

    return heading


class MonthView(RegisterView):
    """The table of a month or a year."""

    def __init__(self, sheet: OpenRegister, speech: Speech, parent: QWidget) -> None:
        super().__init__(sheet, MonthTable(), speech, parent)
