"""The first page over the store of a class teacher, in a window with the pages it leads to."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from client.conflicts.repository import Conflicts
from client.shell.agenda import Source
from client.shell.pages import Page, PageFrame
from client.syncing.repository import Situation
from client.terms import Speech
from client.today import panel
from client.today.panel import TodayPage
from client.today.repository import Day
from client.today.sources import AttendanceSource, GradesSource, SyncSource, TakeoutSource
from client.workspace import Put
from sync.protocol.lease import Lease
from tests.kit.classroom import CLASS
from tests.kit.on_screen import OnScreen
from tests.kit.pair import Pair, pair

__all__ = ["pair"]
OTHERS = ("attendance", "register", "grades", "sync", "conflicts", "late_edits", "recovery", "takeout")


@dataclass(slots=True)
class Morning:
    """The page, and where it led to: (page, argument)."""

    bot: QtBot
    pair: Pair
    page: TodayPage
    screen: OnScreen
    led: list[tuple[str, object]] = field(default_factory=list[tuple[str, object]])
    lease: Lease | None = None

    def asked(self) -> list[str]:
        """What the cards ask, in their order."""
        return [card.item.key for card in self.page.cards]

    def take_attendance(self) -> None:
        """Somebody takes the attendance of the class."""
        workspace = self.pair.tanaka.desk.workspace
        fields = {"class": CLASS, "date": "2026-11-20", "taken": True, "by": workspace.enrolment.staff, "at": None}
        workspace.edit("attendance.taken", [Put("attendance_day", fields)])


@pytest.fixture
def morning(qtbot: QtBot, pair: Pair) -> Iterator[Morning]:
    """8:31 on a school day."""
    workspace, clock = pair.tanaka.desk.workspace, pair.classroom.clock
    led: list[tuple[str, object]] = []
    held: list[Morning] = []
    day = Day(workspace)
    asks: list[Source] = [
        AttendanceSource(day),
        GradesSource(day),
        SyncSource(workspace.status, Situation(workspace), Conflicts(workspace)),
        TakeoutSource(lambda: held[0].lease if held else None),
    ]

    def elsewhere(key: str) -> PageFrame:
        frame = PageFrame(key)
        frame.arrive = lambda argument: led.append((key, argument))  # type: ignore[method-assign]
        return frame

    sources = panel.Sources(day, asks, frozenset(OTHERS), Speech(lambda: "en"), lambda: clock().astimezone())
    pages = [panel.page(sources), *(Page(key, "grades", lambda: "", lambda key=key: elsewhere(key)) for key in OTHERS)]
    screen = OnScreen(qtbot, workspace, pages)
    held.append(Morning(qtbot, pair, screen.page("today", TodayPage), screen, led))
    yield held[0]
    screen.close()
