"""A teacher whose store is gone, whose journal lies beside the new one, and the page that shows it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from client.recovery import panel
from client.recovery.panel import RecoveryPage
from client.recovery.repository import Recoveries
from client.shell.tasks import Tasks
from client.terms import Speech
from client.workspace import Put, Row
from tests.kit.classroom import MATH, TANAKA, TERM, Classroom, Desk
from tests.kit.on_screen import OnScreen
from tests.kit.recovering import CoreSchool

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
_SCORES = """
SELECT score.*, membership.number FROM score
JOIN evidence_part ON evidence_part.id = score.evidence_part
JOIN evidence ON evidence.id = evidence_part.evidence
JOIN membership ON membership.pupil = score.pupil
WHERE score."@lesson" = ? AND evidence.term = ? AND evidence.title = 'まとめ' AND score.state = 'scored'
ORDER BY evidence.date DESC, evidence_part.viewpoint, membership.number LIMIT 28
"""


@dataclass
class Loss:
    """tanaka typed on a store that keeps a journal; `lose` takes it away, and `desk` is the one that came after."""

    room: Classroom
    old: Desk
    school: CoreSchool
    desk: Desk = field(init=False)

    def scores(self, desk: Desk) -> list[Row]:
        """Scores of one test, by 出席番号."""
        return desk.workspace.rows(_SCORES, (MATH, TERM))

    def type_(self, *values: int) -> list[str]:
        """Type points for the first pupils, one after the other; ids of the scores."""
        rows = self.scores(self.old)[: len(values)]
        for row, value in zip(rows, values, strict=True):
            self.room.clock.pass_(minutes=1)
            self.old.workspace.edit("grades.typed", [Put("score", {"state": "scored", "value": value}, id=row.id)])
        return [row.id for row in rows]

    def lose(self) -> None:
        """The store's file is gone; the teacher signs in anew, and the journal lies where it was."""
        left = list((self.room.folder / self.old.workspace.enrolment.device).glob("soj-*"))
        self.old.workspace.close()
        self.desk = self.room.open(TANAKA, "新しいPC")
        for path in left:
            shutil.copy(path, self.room.folder / self.desk.workspace.enrolment.device)
        self.school.keep(self.desk.workspace, NEW)


@pytest.fixture
def loss(classroom: Classroom) -> Loss:
    old = classroom.open()
    school = CoreSchool.of(classroom.storage, old.workspace, classroom.clock)
    school.keep(old.workspace, OLD)
    return Loss(classroom, old, school)


class Looking:
    """The window with the page; `synced` counts what was asked of sync."""

    def __init__(self, qtbot: QtBot, loss: Loss) -> None:
        self.bot, self.synced, self.language = qtbot, 0, "en"
        workspace = loss.desk.workspace
        self.recoveries = Recoveries(workspace, loss.school.asked_from(workspace))
        self.tasks = Tasks()
        speech = Speech(lambda: self.language)
        sources = panel.Sources(self.recoveries, self.tasks, speech, loss.room.clock)
        self.screen = OnScreen(qtbot, workspace, [panel.page(sources)])

    def page(self) -> RecoveryPage:
        """The page, with what the school has read."""
        page = self.screen.page("recovery", RecoveryPage)
        page.sync_asked.connect(self._sync)
        self.settle(page)
        return page

    def settle(self, page: RecoveryPage) -> None:
        """Wait until the school has answered."""
        self.bot.waitUntil(lambda: not page.busy, timeout=20_000)

    def _sync(self) -> None:
        self.synced += 1


@pytest.fixture
def look(qtbot: QtBot, loss: Loss) -> Iterator[Callable[[], Looking]]:
    """Opens the window."""
    made: list[Looking] = []

    def over() -> Looking:
        made.append(Looking(qtbot, loss))
        return made[-1]

    yield over
    for each in made:
        each.screen.close()
        assert each.tasks.close()
