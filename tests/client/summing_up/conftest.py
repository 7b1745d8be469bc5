"""The page of ratings as the program builds it, on a real store of class 3-2."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from client.summing_up.dialog import TakeOverPreview
from client.summing_up.panel import SummingUpPage, page
from client.summing_up.record import Book, Cell, Line
from client.summing_up.repository import Decisions
from client.summing_up.sources import Sources
from client.terms import Speech
from tests.kit.classroom import MATH, Classroom, Desk
from tests.kit.on_screen import OnScreen

KEY = Qt.Key
FIRST, SECOND = "2026-1", "2026-2"
"""A term whose values are decided, and the one that runs."""


class Shown:
    """A page on screen, and the words for what tests do and see on it."""

    def __init__(
        self, qtbot: QtBot, desk: Desk, clock: Callable[[], datetime], term: str = SECOND, language: str = "en"
    ) -> None:
        self.bot, self.desk, self.language = qtbot, desk, language
        self.decisions = Decisions(desk.workspace)
        self.clock = clock
        sources = Sources(self.decisions, Speech(lambda: self.language), clock)
        self.screen = OnScreen(qtbot, desk.workspace, [page(sources)])
        self.page = self.screen.page("summing_up", SummingUpPage)
        assert self.page.chooser.find(MATH, term)
        qtbot.waitUntil(lambda: self.page.table.rowCount() > 0)
        self.page.grid.table.setFocus()

    @property
    def book(self) -> Book:
        assert self.page.open_book.book is not None
        return self.page.open_book.book

    def line(self, row: int) -> Line:
        return self.book.lines[row]

    def cell(self, row: int, key: str) -> Cell:
        return self.line(row).cells[key]

    def computed(self, row: int, key: str) -> str | int | None:
        return self.page.open_book.sums[self.line(row).id][key].value

    def go(self, row: int, key: str) -> None:
        assert self.page.go_to(self.line(row).id, key)

    def type(self, text: str) -> None:
        for char in text:
            self.bot.keyClick(self.page.grid.table, char)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.bot.keyClick(self.page.grid.table, key, modifier)

    def wait_saved(self) -> None:
        self.bot.waitUntil(
            lambda: not self.page.open_book.saving and not self.page.open_book._again.isActive(), timeout=3000
        )

    @property
    def said(self) -> str:
        message = self.page.strip.message
        return "" if message is None else message.words()

    def preview(self) -> TakeOverPreview:
        self.page.entry.take_over()
        return next(box for box in self.page.findChildren(QDialog) if isinstance(box, TakeOverPreview))


def clock_of(classroom: Classroom) -> Callable[[], datetime]:
    return lambda: classroom.clock.now.astimezone(UTC)


@pytest.fixture
def shown(qtbot: QtBot, classroom: Classroom) -> Iterator[Shown]:
    """The class teacher's page on the mathematics of the running term."""
    held = Shown(qtbot, classroom.open(), clock_of(classroom))
    yield held
    held.screen.close()


@pytest.fixture
def decided(qtbot: QtBot, classroom: Classroom) -> Iterator[Shown]:
    """The same on the first term, whose values are decided."""
    held = Shown(qtbot, classroom.open(), clock_of(classroom), FIRST)
    yield held
    held.screen.close()
