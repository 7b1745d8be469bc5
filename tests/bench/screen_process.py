"""The real program in a process of its own, timed from the moment it was started until its sheet is painted.

python -m tests.bench.screen_process PROFILE SERVER ISSUER TEACHER BEGAN LESSON TERM
"""

import json
import sys
import time
from pathlib import Path

import client.unlock.enrol  # noqa: F401  as the program does: what does without Qt is loaded before it

# isort: split
from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from client import cycles
from client.app import VERSION, App
from client.demo import Visitor
from client.grades.panel import GradesPage
from client.paths import Profile
from client.settings import Settings
from client.start import around
from client.unlock.enrol import Place
from client.unlock.repository import teachers
from client.unlock.signin import Provider
from client.workspace import FileSecretStore
from tests.bench.figures import percentile
from tests.bench.machine import memory_mb


class Painted(QObject):
    """Notes when a widget was last painted, and ends the loop that waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = QEventLoop()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() is QEvent.Type.Paint:
            self.at = time.time()
            self._loop.quit()
        return super().eventFilter(watched, event)

    def wait(self) -> float:
        """The moment of the next paint."""
        self._loop.exec()
        return self.at


def main() -> None:
    """Print one line of JSON: what was measured."""
    folder, server, issuer, teacher, began, lesson, term = sys.argv[1:]
    profile = Profile(Path(folder))
    cycles.settle()
    application = QApplication(sys.argv[:1])
    place = Place(server, Provider(issuer, "keyaki"), "PC", VERSION)
    outside = around(place, lambda store: FileSecretStore(store / "secret"), Visitor(teacher))
    app = App(application, profile, Settings(profile.settings, {}), outside)
    app.start()
    known = teachers(profile)
    if not known:
        _join(app, application)
        print(json.dumps({"joined": True}))
        return
    app.open_known(known[0])
    assert app.desk is not None
    app.desk.window_.open_page("grades")
    page = app.desk.window_.page
    assert isinstance(page, GradesPage)
    painted = Painted()
    page.grid.table.viewport().installEventFilter(painted)
    first = painted.wait()
    assert page.table.rows
    opened: list[float] = []
    for _ in range(8):
        page.chooser.find(lesson, term.replace("-2", "-1"))
        painted.wait()
        start = time.time()
        page.chooser.find(lesson, term)
        opened.append((painted.wait() - start) * 1000)
    size = [len(page.table.rows), len(page.table.columns)]
    typed = _typed(page, application)
    app.desk.service.close()
    assert not {"sqlalchemy", "fastapi"} & sys.modules.keys(), "no server is loaded by the program"
    print(
        json.dumps(
            {
                "start_ms": (first - float(began)) * 1000,
                "open_ms": percentile(opened, 0.5),
                "key_p50_ms": percentile(typed, 0.5),
                "key_p99_ms": percentile(typed, 0.99),
                "mb": memory_mb(),
                "grid": size,
            }
        ),
        flush=True,
    )
    app.close()


def _join(app: App, application: QApplication) -> None:
    """Sign in, load everything, close."""
    app.panel.start_sign_in()
    until = time.time() + 120
    while time.time() < until:
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        if app.desk is not None and app.desk.workspace.rows("SELECT count(*) FROM score")[0][0]:
            break
    app.close()


def _typed(page: GradesPage, application: QApplication) -> list[float]:
    """Milliseconds from a key to its painted cell: a digit that opens the editor, and Enter that leaves it."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    times: list[float] = []
    for turn in range(200):
        view = application.focusWidget()
        key = Qt.Key.Key_Return if turn % 2 else Qt.Key.Key_5
        start = time.perf_counter()
        QTest.keyClick(view, key)
        application.processEvents()
        times.append((time.perf_counter() - start) * 1000)
    return times


if __name__ == "__main__":
    main()
