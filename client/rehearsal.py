"""The main job, done by itself in the real window where nobody is watching: `keyaki --demo` without a display.

Grades are typed with the network pulled out, a colleague with a PC of her own changes one of the cells, the network
comes back, and the difference is settled on its screen. A picture is kept of every station. Nothing here writes a mark
or a status: it types, pulls the plug and looks.
"""

import secrets
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from client.app import VERSION, App, Desk
from client.demo import PIN, SATO, DemoServer, Visitor, key_place
from client.grades.record import POINT, ColumnKind
from client.grades.table import FROZEN
from client.unlock.enrol import Enrol, Place
from client.unlock.pin import AskPin, ChoosePin
from client.unlock.signin import Provider
from client.workspace import Put, Workspace, fresh_id
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.transport import Transport
from sync.errors import Defect

LESSON: Final = "lesson:2026:3-2:math"
HER_PC: Final = "職員室PC"
PATIENCE_S: Final = 90
KEY_MS: Final = 120
"""Between two keys, as a person types."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to type into: its record and what makes it, its line and column in the grid, the maximum in points."""

    id: str
    part: str
    pupil: str
    row: int
    column: int
    most: int


class Colleague:
    """The second teacher, with a store and a device of her own and a network that is never pulled out."""

    def __init__(self, folder: Path, server: DemoServer) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        transport = Transport()
        place = Place(server.url, Provider(server.issuer, "keyaki"), HER_PC, VERSION)
        attempt = Enrol(place, (), transport, secrets.token_bytes, fresh_id)
        joined = attempt.run(Visitor(SATO), "", lambda: False)
        if joined is None:
            raise Defect(assumed="nobody cancels the colleague's sign-in")
        store = folder / joined.enrolment.device
        self._workspace = Workspace.open(store, secrets=key_place(store), enrolment=joined.enrolment)
        self._workspace.keep(joined.tokens)
        self._link = HttpBackend(server.url, Caller(joined.enrolment.device, VERSION), self._workspace, transport)
        self._workspace.sync(self._link)

    def change(self, cell: Cell, points: int) -> None:
        """Put this many points into a cell, and send it."""
        key = {"evidence_part": cell.part, "pupil": cell.pupil, "@lesson": LESSON.removeprefix("lesson:")}
        self._workspace.edit("grades.score", [Put("score", key | {"state": "scored", "value": points * POINT})])
        self._workspace.sync(self._link)

    def points(self, cell: Cell) -> list[int]:
        """What she sees in a cell after a round."""
        self._workspace.sync(self._link)
        return [row.value // POINT for row in self._workspace.rows("SELECT value FROM score WHERE id = ?", (cell.id,))]

    def close(self) -> None:
        """Close her store."""
        self._link.close()
        self._workspace.close()


class Rehearsal:
    """One performance. `run` returns the exit code: 0 when every station was reached."""

    def __init__(self, app: App, server: DemoServer, screens: Path) -> None:
        self._app, self._server, self._screens = app, server, screens
        self._taken = 0

    def run(self) -> int:
        """Do the main job and say where the pictures are.

        Raises Defect naming the station that was not reached, and what the first screen tells instead of a desk.
        """
        self._screens.mkdir(parents=True, exist_ok=True)
        desk = self._desk()
        colleague = self._aside(lambda: Colleague(self._server.folder.parent / "colleague", self._server))
        first, second = self._cells(desk)
        self._picture("grades", desk)
        self._pull(desk)
        self._until("the window says that it is offline", lambda: desk.service.standing.reached is False)
        mine, hers = self._type(desk, first, second)
        self._until("both cells wait", lambda: desk.workspace.status().waiting == 2)
        self._picture("offline", desk)
        self._aside(lambda: colleague.change(second, hers))
        self._pull(desk)
        self._until("one cell is sent, the other differs", lambda: self._counts(desk) == (0, 1))
        self._picture("difference", desk)
        self._settle(desk)
        self._until("the decision is with the school", lambda: self._counts(desk) == (0, 0))
        self._picture("settled", desk)
        desk.window_.open_page("grades", ("score", second.id))
        self._picture("sent", desk)
        for cell, points in ((first, round(first.most * 0.85)), (second, mine)):
            seen = self._aside(partial(colleague.points, cell))
            if seen != [points]:
                raise Defect(assumed=f"the colleague sees {points} points, not {seen}")
        self._aside(colleague.close)
        _say(f"The main job went through. Pictures: {self._screens}")
        return 0

    # -- stations -----------------------------------------------------------------------------------------------------

    def _desk(self) -> Desk:
        app = self._app
        asked = lambda: isinstance(app.panel.question, AskPin | ChoosePin)  # noqa: E731
        self._until("the PIN is asked for", lambda: asked() or app.panel.error is not None)
        if app.panel.error is None:
            self._picture("pin", app.first)
            type_pin(app.panel.question)
            self._until("the PIN opens the store", lambda: app.desk is not None or app.panel.error is not None)
        if app.panel.error is not None:
            raise app.panel.error
        desk = app.desk
        assert desk is not None
        desk.activateWindow()  # there may be no window manager to do it
        self._until("the window has the keys", desk.isActiveWindow)
        self._until("the class is on this PC", lambda: desk.workspace.scopes().get(LESSON) == "live")
        self._until("everything has arrived", lambda: desk.workspace.status().loading == 0)
        return desk

    def _cells(self, desk: Desk) -> tuple[Cell, Cell]:
        """Two blank cells below each other in a column of points that is still open; the sheet shows them."""
        desk.window_.open_page("grades")
        page: Any = desk.window_.page
        page.chooser.find(LESSON.removeprefix("lesson:"), page.chooser.term.code)
        page.chooser.chosen.emit()
        self._until("the sheet is shown", lambda: page.open_sheet.sheet is not None and page.grid.current.isValid())
        sheet, rows = page.open_sheet.sheet, page.table.rows
        for at, column in enumerate(sheet.columns):
            if column.kind is ColumnKind.POINTS and not column.closed:
                free = [row for row, line in enumerate(rows) if not line.who.gone and line.cells[at].value.blank]
                below = next((row for row in free if row + 1 in free), None)
                if below is not None:
                    page.grid.go(below, at + FROZEN)
                    most = column.maximum // POINT
                    first, second = (
                        Cell(rows[row].cells[at].id, column.key, rows[row].id, row, at + FROZEN, most)
                        for row in (below, below + 1)
                    )
                    return first, second
        raise Defect(assumed="the sample leaves two cells blank")

    def _type(self, desk: Desk, first: Cell, second: Cell) -> tuple[int, int]:
        """Type two scores below each other; the second one, and what the colleague is to put there instead."""
        page: Any = desk.window_.page
        mine, hers = round(second.most * 0.7), round(second.most * 0.78)
        page.grid.go(first.row, first.column)
        page.grid.table.setFocus()
        for points in (round(first.most * 0.85), mine):
            for key in str(points):
                QTest.keyClicks(_focus(desk), key)
                QTest.qWait(KEY_MS)
            QTest.keyClick(_focus(desk), Qt.Key.Key_Return)
            QTest.qWait(KEY_MS)
        return mine, hers

    def _settle(self, desk: Desk) -> None:
        """Take the value of this PC: 2, then Ctrl+Enter."""
        desk.window_.open_page("conflicts")
        self._picture("choose", desk)
        QTest.keyClicks(_focus(desk), "2")
        self._picture("chosen", desk)
        QTest.keyClick(_focus(desk), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def _pull(self, desk: Desk) -> None:
        """Press the band's button: the network goes, or comes back."""
        QTest.mouseClick(desk.band.switch, Qt.MouseButton.LeftButton)

    def _counts(self, desk: Desk) -> tuple[int, int]:
        status = desk.workspace.status()
        return status.waiting, status.conflicts

    # -- tools --------------------------------------------------------------------------------------------------------

    def _until(self, station: str, reached: Callable[[], bool]) -> None:
        """Let the window live until a station is reached."""
        if not _lived(reached):
            self._picture("stopped", self._app.desk or self._app.first)
            raise Defect(assumed=f"{station} within {PATIENCE_S} seconds")
        _say(f"  {station}")

    def _aside(self, job: Callable[[], Any]) -> Any:
        """Do something in a thread while the window lives."""
        done: list[Any] = []
        thread = threading.Thread(target=lambda: done.append(job()), daemon=True)
        thread.start()
        _lived(lambda: not thread.is_alive())
        if not done:
            raise Defect(assumed="the colleague's PC works")
        return done[0]

    def _picture(self, name: str, window: QWidget) -> None:
        QTest.qWait(500)  # what was said last is shown at least so long, and has been painted by then
        self._taken += 1
        window.grab().save(str(self._screens / f"{self._taken:02}-{name}.png"))


def type_pin(question: QWidget | None) -> None:
    """Type the sample's PIN, twice where one is chosen, and press Enter."""
    lines = [question.first, question.second] if isinstance(question, ChoosePin) else []
    for line in [question.line] if isinstance(question, AskPin) else lines:
        QTest.keyClicks(line, PIN)
        QTest.keyClick(line, Qt.Key.Key_Return)


def _lived(reached: Callable[[], bool]) -> bool:
    """Let the window live until this is so; False when it takes too long."""
    until = monotonic() + PATIENCE_S
    while not reached():
        if monotonic() > until:
            return False
        QTest.qWait(20)
    return True


def _focus(desk: Desk) -> QWidget:
    """Where a key goes."""
    return QApplication.focusWidget() or desk


def _say(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
