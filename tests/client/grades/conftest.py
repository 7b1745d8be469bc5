"""The grades page as the program builds it, on a real store, with a colleague beside it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client.grades.dialog import PastePreview
from client.grades.panel import GradesPage, page
from client.grades.record import ColumnKind, GradeCell, Sheet, Value
from client.grades.repository import GradeBook
from client.grades.sources import Sources
from client.grades.table import FROZEN
from client.grades.works import WorkBook
from client.shell.pages import Page, PageFrame
from client.shell.tasks import Tasks
from client.syncing.repository import Histories, Situation
from client.terms import Speech
from client.workspace import fresh_id
from tests.kit.asked import School
from tests.kit.classroom import MATH, TERM, Classroom, Desk
from tests.kit.on_screen import OnScreen

KEY = Qt.Key


class Shown:
    """A page on screen, and the words for what tests do and see on it. Rows are lines of the sheet, from 0."""

    def __init__(self, qtbot: QtBot, desk: Desk, room: Classroom, language: str = "en") -> None:
        self.bot, self.desk = qtbot, desk
        self.school, self.tasks = School(room, desk), Tasks()
        clock, histories = _clock(room), Histories(desk.workspace, self.school, self.tasks.run)
        self.language = language
        speech = Speech(lambda: self.language)
        works = WorkBook(desk.workspace, fresh_id)
        sources = Sources(GradeBook(desk.workspace), works, Situation(desk.workspace), speech, clock, histories)
        self.asked: list[object] = []
        pages = [page(sources), Page("conflicts", "sync", lambda: "", self._elsewhere)]
        self.screen = OnScreen(qtbot, desk.workspace, pages)
        self.window, self.page = self.screen.window, self.screen.page("grades", GradesPage)
        self.page.chooser.find(MATH, TERM)
        qtbot.waitUntil(lambda: self.page.table.rowCount() > 0)
        self.page.grid.table.setFocus()

    def close(self) -> None:
        """Take it off the screen."""
        self.tasks.close()
        self.screen.close()

    def _elsewhere(self) -> PageFrame:
        frame = PageFrame("")
        frame.arrive = self.asked.append  # type: ignore[method-assign]
        return frame

    @property
    def sheet(self) -> Sheet:
        sheet = self.page.open_sheet.sheet
        assert sheet is not None
        return sheet

    @property
    def points(self) -> int:
        """The first column of points that can be written, by the sheet's number."""
        return next(
            at for at, column in enumerate(self.sheet.columns) if column.kind is ColumnKind.POINTS and not column.closed
        )

    @property
    def letters(self) -> int:
        """The first column of a viewpoint's letters."""
        return next(at for at, column in enumerate(self.sheet.columns) if column.kind is ColumnKind.VIEWPOINT)

    def go(self, row: int, column: int) -> None:
        self.page.grid.go(row, column + FROZEN)

    @property
    def place(self) -> tuple[int, int]:
        """(row, column of the sheet) of the cursor."""
        current = self.page.grid.current
        return current.row(), current.column() - FROZEN

    def press(self, *keys: Qt.Key, control: bool = False) -> None:
        modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        for key in keys:
            self.bot.keyClick(self.target, key, modifier)

    def type(self, text: str) -> None:
        for char in text:
            self.bot.keyClick(self.target, char)

    @property
    def target(self) -> object:
        """Where the system sends keys: the open editor, or the table."""
        table = self.page.grid.table
        return table if table.entry.editor is None else table.entry.editor

    def cell(self, row: int, column: int) -> GradeCell:
        return self.sheet.rows[row].cells[column]

    def value(self, row: int, column: int) -> Value:
        return self.cell(row, column).value

    def text(self, row: int, column: int) -> str:
        return self.page.table.index(row, column + FROZEN).data() or ""

    def wait_saved(self) -> None:
        """Until all that was typed is on the disk and shown with its own mark."""
        self.bot.waitUntil(lambda: not self.page.open_sheet.saving and not self.page.open_sheet._again.isActive())

    @property
    def number(self) -> str:
        """The number of what the strip says."""
        message = self.page.strip.message
        return "" if message is None else message.number

    @property
    def said(self) -> str:
        """The sentence of the strip; empty while it says nothing."""
        message = self.page.strip.message
        return "" if message is None else message.words()

    def paste(self, text: str) -> PastePreview | None:
        """Ctrl+V of a text from elsewhere; the preview, where one opens."""
        QGuiApplication.clipboard().setText(text)
        self.press(KEY.Key_V, control=True)
        return next((each for each in self.page.findChildren(PastePreview) if each.isVisible()), None)


@pytest.fixture
def shown(qtbot: QtBot, classroom: Classroom) -> Iterator[Shown]:
    """The class teacher's page on the mathematics of the second term."""
    held = Shown(qtbot, classroom.open(), classroom)
    yield held
    held.close()


def _clock(classroom: Classroom) -> Callable[[], datetime]:
    return lambda: classroom.clock.now.astimezone(UTC)


@pytest.fixture(autouse=True)
def quiet_clipboard() -> Iterator[None]:
    """No test finds what another has copied."""
    yield
    if QApplication.instance() is not None:
        QGuiApplication.clipboard().clear()
