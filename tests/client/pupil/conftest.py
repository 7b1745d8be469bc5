"""A pupil's card as the program builds it, on a teacher's real store."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from client.pupil.panel import PupilPage, page
from client.pupil.repository import PupilFile
from client.pupil.sources import Sources
from client.shell.tasks import Tasks
from client.syncing.repository import Histories, Situation
from client.terms import Speech
from sync.protocol.errors import Unreachable
from sync.protocol.messages import read
from sync.protocol.past import PastAnswer, PastAsk, RecordKey
from sync.server.past import past
from tests.kit.classroom import CLASS, TANAKA, Classroom, Desk
from tests.kit.on_screen import OnScreen

KEY = Qt.Key


class School:
    """The school's side of histories as one user meets it: the server without a wire. away: it cannot be reached."""

    def __init__(self, room: Classroom, desk: Desk) -> None:
        self._room, self._desk = room, desk
        self.away = False

    def past(self, records: Iterable[tuple[str, str]]) -> PastAnswer:
        """As the port."""
        if self.away:
            raise Unreachable
        asked = PastAsk(records=tuple(RecordKey(type=type_, id=id_) for type_, id_ in records))
        return read(PastAnswer, past(self._room.storage, self._desk.core._caller, asked, self._room.clock))


class Seen:
    """The card on somebody's screen."""

    def __init__(self, qtbot: QtBot, desk: Desk, room: Classroom) -> None:
        self.bot, self.desk = qtbot, desk
        file, situation = PupilFile(desk.workspace), Situation(desk.workspace)
        self.school = School(room, desk)
        histories, self.tasks = Histories(desk.workspace, self.school), Tasks()
        sources = Sources(file, situation, Speech(lambda: "en"), room.clock, histories, self.tasks)
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
