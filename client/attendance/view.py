"""A register as a grid: the list of a day and the table of a month are looked at and entered in the same way."""

from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.attendance.entry import RegisterEntry
from client.attendance.record import Line, Register
from client.attendance.sheet import OpenRegister
from client.attendance.table import FROZEN, LineTable
from client.terms import Speech
from client.widgets.grid.view import GridView


class Here(Protocol):
    """A view of a register, as the page and what stands beside it know it."""

    entry: RegisterEntry

    def show_register(self, register: Register) -> None:
        """Show this register."""
        ...

    def here(self) -> tuple[Line, int] | None:
        """The line the cursor is on, and the place of the day; None where it is on nobody."""
        ...

    def go(self, pupil: str | None, day: str) -> None:
        """Stand on a pupil's mark, where the day is on screen."""
        ...


class RegisterView(QWidget):
    """A grid over a table of lines. first: the column the cursor begins in, None for the newest day that is past."""

    def __init__(self, sheet: OpenRegister, table: LineTable, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self.sheet, self.table = sheet, table
        self.table.setParent(self)
        self.entry = RegisterEntry(sheet, table, speech, self)
        self.grid = GridView(self.entry.read_cell, frozen=FROZEN, parent=self)
        self.entry.serve(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        self.setFocusProxy(self.grid)
        self.grid.show_model(self.table)

    def show_register(self, register: Register) -> None:
        """Show this register; the cursor stays where its cell is still there."""
        before, current = self.table.register, self.grid.current
        fresh = before is None or before.days[-1].date != register.days[-1].date or not current.isValid()
        row, column = max(current.row(), 0), current.column()
        self.table.show_register(register)
        if not self.table.rows:
            return
        start = self.table.start(register)
        if fresh or self.grid.current.column() < FROZEN:
            keeps = not fresh and FROZEN <= column < len(self.table.columns)
            self.grid.go(min(row, len(self.table.rows) - 1), column if keeps else start)

    def here(self) -> tuple[Line, int] | None:
        """The line the cursor is on, and the place of the day."""
        current, register = self.grid.current, self.table.register
        if not current.isValid() or register is None or current.row() >= len(self.table.rows):
            return None
        target = self.table.targets.get(current.column())
        at = len(register.days) - 1 if target is None else target.at
        return self.table.rows[current.row()], at

    def go(self, pupil: str | None, day: str) -> None:
        """Stand on a pupil's mark, where the day is on screen."""
        place = self.table.find(pupil, day)
        if place is not None:
            self.grid.go(*place)
