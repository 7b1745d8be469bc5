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
from client.shell.changes import Changes
from client.shell.pages import Page, PageFrame
from client.shell.window import Window
from client.syncing import panel
from client.syncing.panel import SyncPage
from client.syncing.repository import Situation
from client.syncing.status import Standing
from client.terms import Speech
from client.workspace import Put, Row
from tests.kit.classroom import MATH, SATO, TERM, Classroom, Desk


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
        self.window = Window(
            [
                panel.page(sync),
                conflicts.page(conflicts.Sources(Conflicts(workspace), situation, speech, clock)),
                Page("grades", "grades", lambda: "", self._elsewhere),
            ]
        )
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.changes = Changes(self.window)
        self.end = workspace.subscribe(self.changes.announce)

    def _elsewhere(self) -> PageFrame:
        frame = PageFrame("")
        frame.arrive = self.asked.append  # type: ignore[method-assign]
        return frame

    def conflicts(self) -> ConflictsPage:
        """The page of decisions, on screen."""
        self.window.open_page("conflicts")
        frame = self.window.page
        assert isinstance(frame, ConflictsPage)
        self.changes.changed.connect(frame.records_changed)
        return frame

    def sync(self) -> SyncPage:
        """The page of sync, on screen."""
        self.window.open_page("sync")
        frame = self.window.page
        assert isinstance(frame, SyncPage)
        self.changes.changed.connect(frame.records_changed)
        return frame


@pytest.fixture
def seen(qtbot: QtBot, pair: Pair) -> Iterator[Seen]:
    held = Seen(qtbot, pair)
    yield held
    held.end()
    held.window.hide()
