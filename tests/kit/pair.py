"""Two teachers, one server, and the pages of sync as the window shows them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from client.conflicts import panel as conflicts
from client.conflicts.panel import ConflictsPage
from client.conflicts.repository import Conflicts
from client.shell.pages import Page, PageFrame
from client.syncing import panel
from client.syncing.panel import SyncPage
from client.syncing.repository import Situation
from client.syncing.status import Standing
from client.terms import Speech
from client.workspace import Put, Row
from tests.kit.classroom import MATH, SATO, TERM, Classroom, Desk
from tests.kit.on_screen import OnScreen


@dataclass(slots=True)
class Teacher:
    """A desk, and what its teacher does on it."""

    desk: Desk

    def score(self, number: int, title: str = "まとめ") -> Row:
        """The newest score of a pupil, by 出席番号, in a work of that title."""
        return self.desk.workspace.rows(
            """
            SELECT score.* FROM score
            JOIN evidence_part ON evidence_part.id = score.evidence_part
            JOIN evidence ON evidence.id = evidence_part.evidence
            JOIN membership ON membership.pupil = score.pupil
            WHERE score."@lesson" = ? AND evidence.term = ? AND membership.number = ? AND evidence.title = ?
            ORDER BY evidence.date DESC, evidence_part.viewpoint LIMIT 1
            """,
            (MATH, TERM, number, title),
        )[0]

    def put(self, type_: str, id_: str, *, sync: bool = True, **fields: Any) -> None:
        """Enter values of a record that is there, and send them."""
        self.desk.workspace.edit("grades.typed", [Put(type_, fields, id=id_)])
        if sync:
            self.desk.sync()

    def remark(self, number: int) -> Row:
        """The overall remark of a pupil in the first term."""
        return self.desk.workspace.rows(
            """
            SELECT remark.* FROM remark JOIN membership ON membership.pupil = remark.pupil
            WHERE membership.number = ? AND box = 'overall' AND term = '2026-1'
            """,
            (number,),
        )[0]


@dataclass(slots=True)
class Pair:
    """The class teacher, who looks at the pages, and the colleague."""

    classroom: Classroom
    tanaka: Teacher
    sato: Teacher

    def differ(self, number: int, mine: int, theirs: int, title: str = "まとめ") -> str:
        """Both change one score without knowing of each other; the record's id."""
        id_ = self.tanaka.score(number, title).id
        self.sato.put("score", id_, state="scored", value=theirs)
        self.tanaka.put("score", id_, state="scored", value=mine)
        return id_


@pytest.fixture
def pair(classroom: Classroom) -> Pair:
    return Pair(classroom, Teacher(classroom.open()), Teacher(classroom.open(SATO, "職員室PC")))


class Seen:
    """The window with the pages of sync; what was asked of other pages is in `asked`."""

    def __init__(self, qtbot: QtBot, pair: Pair) -> None:
        self.bot, self.pair = qtbot, pair
        workspace = pair.tanaka.desk.workspace
        self.language = "en"
        speech, situation = Speech(lambda: self.language), Situation(workspace)
        self.standing = Standing(reached=True)
        self.asked: list[object] = []
        clock: Callable[[], datetime] = pair.classroom.clock
        sync = panel.Sources(situation, speech, workspace.status, lambda: self.standing, clock)
        pages = [
            panel.page(sync),
            conflicts.page(conflicts.Sources(Conflicts(workspace), situation, speech, clock)),
            Page("grades", "grades", lambda: "", self._elsewhere),
        ]
        self.screen = OnScreen(qtbot, workspace, pages)
        self.window = self.screen.window

    def _elsewhere(self) -> PageFrame:
        frame = PageFrame("")
        frame.arrive = self.asked.append  # type: ignore[method-assign]
        return frame

    def conflicts(self) -> ConflictsPage:
        """The page of decisions, on screen."""
        return self.screen.page("conflicts", ConflictsPage)

    def sync(self) -> SyncPage:
        """The page of sync, on screen."""
        return self.screen.page("sync", SyncPage)


@pytest.fixture
def seen(qtbot: QtBot, pair: Pair) -> Iterator[Seen]:
    held = Seen(qtbot, pair)
    yield held
    held.screen.close()
