"""The attendance page as the program builds it, on a real store, with a colleague beside it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from client.attendance.panel import AttendancePage, page
from client.attendance.record import Cell, Line, Register
from client.attendance.repository import AttendanceBook
from client.attendance.sources import Sources
from client.syncing.repository import Situation
from client.terms import Speech
from client.widgets.grid.table import EntryTable
from tests.kit.classroom import CLASS, Classroom, Desk
from tests.kit.on_screen import OnScreen

KEY = Qt.Key
TODAY = "2026-11-20"
"""The classroom's day, a Friday that nobody has taken yet."""


class Shown:
    """A page on screen, and the words for what tests do and see on it. Rows are lines of the list, from 0."""

    def __init__(self, qtbot: QtBot, desk: Desk, clock: Callable[[], datetime], language: str = "en") -> None:
        self.bot, self.desk = qtbot, desk
        self.language = language
        speech = Speech(lambda: self.language)
        self.book = AttendanceBook(desk.workspace)
        sources = Sources(self.book, Situation(desk.workspace), speech, clock)
        self.screen = OnScreen(qtbot, desk.workspace, [page(sources)])
        self.window, self.page = self.screen.window, self.screen.page("attendance", AttendancePage)
        qtbot.waitUntil(lambda: self.page.view.table.rowCount() > 0)
        self.table.setFocus()

    @property
    def table(self) -> EntryTable:
        """The widget that takes keys."""
        return self.page.view.grid.table

    @property
    def register(self) -> Register:
        register = self.page.sheet.register
        assert register is not None
        return register

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.register.lines

    def line(self, number: int) -> Line:
        """The line of that 出席番号."""
        return next(line for line in self.lines if line.who.number == number)

    def cell(self, number: int) -> Cell:
        """What the day on screen says of a pupil."""
        return self.line(number).cells[-1]

    def go(self, number: int, column: int | None = None) -> None:
        row = next(at for at, line in enumerate(self.lines) if line.who.number == number)
        grid = self.page.view.grid
        grid.go(row, grid.current.column() if column is None else column)

    @property
    def current(self) -> int | None:
        """The number of the pupil the cursor is on."""
        return self.page.view.table.rows[self.page.view.grid.current.row()].who.number

    @property
    def target(self) -> object:
        """Where the system sends keys: the reason that is asked for, the open editor, or the table."""
        if self.page.reason.asking:
            return self.page.reason.text
        return self.table if self.table.entry.editor is None else self.table.entry.editor

    def press(self, *keys: Qt.Key, control: bool = False) -> None:
        modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        for key in keys:
            self.bot.keyClick(self.target, key, modifier)

    def type(self, text: str) -> None:
        for char in text:
            self.bot.keyClick(self.target, char)

    def wait_saved(self) -> None:
        """Until all that was done is on the disk and read back."""
        self.bot.waitUntil(lambda: not self.page.sheet.saving)

    @property
    def said(self) -> str:
        """The sentence of the strip; empty while it says nothing."""
        message = self.page.strip.message
        return "" if message is None else message.words()

    def text(self, number: int, column: int) -> str:
        row = next(at for at, line in enumerate(self.page.view.table.rows) if line.who.number == number)
        return self.page.view.table.index(row, column).data() or ""


@pytest.fixture
def shown(qtbot: QtBot, classroom: Classroom) -> Iterator[Shown]:
    """The class teacher's page on this morning."""
    held = Shown(qtbot, classroom.open(), clock_of(classroom))
    yield held
    held.screen.close()


def clock_of(classroom: Classroom) -> Callable[[], datetime]:
    return lambda: classroom.clock.now.astimezone(UTC)


__all__ = ["CLASS", "KEY", "TODAY", "Shown", "clock_of"]
