"""A teacher whose duty has ended, the vice principal who decides, and the pages both look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from client.late_edits import panel as late_edits
from client.late_edits.panel import LateEditsPage
from client.late_edits.repository import LateEdits
from client.syncing import panel as syncing
from client.syncing.panel import SyncPage
from client.syncing.repository import Situation
from client.syncing.status import Standing
from client.terms import Speech
from client.workspace import Put, Row
from sync.protocol.messages import Delete, Patch
from sync.server.edits import server_edit
from tests.kit.classroom import MATH, SATO, TERM, Classroom, Desk
from tests.kit.on_screen import OnScreen

VICE = "大野 里美"
_SCORE = """
SELECT score.* FROM score
JOIN evidence_part ON evidence_part.id = score.evidence_part
JOIN evidence ON evidence.id = evidence_part.evidence
JOIN membership ON membership.pupil = score.pupil
WHERE score."@lesson" = ? AND evidence.term = ? AND membership.number = ? AND evidence.title = 'まとめ'
ORDER BY evidence.date DESC, evidence_part.viewpoint LIMIT 1
"""


@dataclass(slots=True)
class Office:
    """sato taught mathematics until now and sends late; tanaka has the class; vice decides."""

    room: Classroom
    tanaka: Desk
    sato: Desk
    vice: Desk

    def score(self, number: int) -> Row:
        """The newest score of a pupil, by 出席番号, as the class teacher has it."""
        return self.tanaka.workspace.rows(_SCORE, (MATH, TERM, number))[0]

    def put(self, desk: Desk, type_: str, id_: str, **fields: Any) -> None:
        """Enter values of a record that is there; they wait."""
        desk.workspace.edit("grades.typed", [Put(type_, fields, id=id_)])

    def late(self, *scores: tuple[int, int]) -> list[str]:
        """Scores that sato entered before, and sends after, the duty ended: (出席番号, points scaled by 100)."""
        ids = [self.score(number).id for number, _ in scores]
        for id_, (_, value) in zip(ids, scores, strict=True):
            self.put(self.sato, "score", id_, state="scored", value=value)
        self.end()
        self.sato.sync()
        self.vice.sync()
        return ids

    def end(self) -> None:
        """The school ends sato's duty."""
        staff, _ = self.room.person(SATO)
        duties = self.tanaka.workspace.rows("SELECT id, ver FROM duty WHERE staff = ? AND target = ?", (staff, MATH))
        self.change(*(Delete(type="duty", id=row.id, base=row.ver) for row in duties))

    def change(self, *ops: Delete | Patch) -> None:
        """One edit of the server's own."""
        outcomes = server_edit(self.room.storage, self.room.ground.school, [ops], self.room.clock())
        assert [outcome.outcome for outcome in outcomes] == ["applied"], outcomes


@pytest.fixture
def office(classroom: Classroom) -> Office:
    tanaka, sato = classroom.open(), classroom.open(SATO, "職員室PC")
    return Office(classroom, tanaka, sato, classroom.open(VICE, "教頭PC"))


class Looking:
    """The window with the pages of late edits and of sync over one store; `synced` counts what was asked of sync."""

    def __init__(self, qtbot: QtBot, office: Office, desk: Desk) -> None:
        self.bot, self.desk, self.synced = qtbot, desk, 0
        workspace, clock = desk.workspace, office.room.clock
        self.language = "en"
        speech, situation = Speech(lambda: self.language), Situation(workspace)
        moment: Callable[[], datetime] = clock
        sync = syncing.Sources(situation, speech, workspace.status, lambda: Standing(reached=True), moment)
        late = late_edits.Sources(LateEdits(workspace), situation, speech, moment)
        self.screen = OnScreen(qtbot, workspace, [syncing.page(sync), late_edits.page(late)])
        self.window = self.screen.window

    def late_edits(self) -> LateEditsPage:
        """The page of late edits, on screen."""
        page = self.screen.page("late_edits", LateEditsPage)
        page.sync_asked.connect(self._sync)
        return page

    def sync(self) -> SyncPage:
        """The page of sync, on screen."""
        return self.screen.page("sync", SyncPage)

    def _sync(self) -> None:
        self.synced += 1


@pytest.fixture
def look(qtbot: QtBot, office: Office) -> Iterator[Callable[[Desk], Looking]]:
    """Opens a window over a store."""
    made: list[Looking] = []

    def over(desk: Desk) -> Looking:
        made.append(Looking(qtbot, office, desk))
        return made[-1]

    yield over
    for each in made:
        each.screen.close()
