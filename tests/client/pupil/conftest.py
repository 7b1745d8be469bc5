"""A pupil's card as the program builds it, on a teacher's real store."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from client.pupil.panel import PupilPage, page
from client.pupil.repository import PupilFile
from client.pupil.sources import Sources
from client.shell.tasks import Tasks
from client.syncing.repository import Histories, Situation
from client.terms import Speech
from tests.kit.asked import School
from tests.kit.classroom import CLASS, TANAKA, Classroom, Desk
from tests.kit.on_screen import OnScreen

KEY = Qt.Key


class Seen:
    """The card on somebody's screen."""

    def __init__(self, qtbot: QtBot, desk: Desk, room: Classroom) -> None:
        self.bot, self.desk = qtbot, desk
        file, situation = PupilFile(desk.workspace), Situation(desk.workspace)
        self.school, tasks = School(room, desk), Tasks()
        histories, self.tasks = Histories(desk.workspace, self.school, tasks.run), tasks
        sources = Sources(file, situation, Speech(lambda: "en"), room.clock, histories)
        self.screen = OnScreen(qtbot, desk.workspace, [page(sources)])
        self.page = self.screen.page("pupil", PupilPage)

    def show(self, name: str) -> None:
        """The card of a pupil of the class, by family name as it is shown."""
        (row,) = self.desk.workspace.rows("SELECT id FROM pupil WHERE family = ? ORDER BY id LIMIT 1", (name,))
        self.page.arrive((CLASS, row.id))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.bot.keyClick(self.screen.window.focusWidget() or self.page, key, modifier)

    def write(self, text: str) -> None:
        """Ctrl+N, the text, Ctrl+Enter."""
        self.press(KEY.Key_N, Qt.KeyboardModifier.ControlModifier)
        self.bot.keyClicks(self.screen.window.focusWidget(), text)
        self.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def texts(self) -> list[str]:
        return [entry.note.text for entry in self.page.notes.entries]

    def said(self) -> str:
        message = self.page.strip.message
        return "" if message is None else message.words()


@pytest.fixture
def seen(qtbot: QtBot, classroom: Classroom) -> Iterator[Callable[..., Seen]]:
    shown: list[Seen] = []

    def make(teacher: str = TANAKA, pc: str = "教室PC") -> Seen:
        shown.append(Seen(qtbot, classroom.open(teacher, pc), classroom))
        return shown[-1]

    yield make
    for each in shown:
        each.tasks.close()
        each.screen.close()
