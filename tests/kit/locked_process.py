"""The program in a process of its own, which a test can have typed into, locked and looked at, across its successors.

Started by `python -m tests.kit.locked_process FOLDER SERVER ISSUER`. Each process does what it finds in `do-<its id>`
and answers in `said-<its id>`, one line of JSON a word; `pids` lists the processes in the order in which they began.
"""

import json
import os
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from client import start
from client.app import App
from client.demo import TANAKA, Visitor, key_place, key_places
from client.hardening import harden
from client.paths import Profile
from client.settings import LANGUAGE, Settings
from client.unlock.enrol import Place
from client.unlock.pin import AskPin, ChoosePin
from client.unlock.protection import Protection
from client.unlock.prove import ProvePin
from client.unlock.question import Line
from client.unlock.relaunch import Successor, start_again
from client.unlock.signin import Provider
from client.vault import tries
from client.vault.floors import Work
from client.widgets.paragraph import Paragraph

TICK_MS = 20


class Process:
    """One process: the app, and what a test may have done to it. work: what a guess of the PIN costs."""

    def __init__(self, folder: Path, server: str, issuer: str, work: Work) -> None:
        self._folder = folder
        application = QApplication(sys.argv[:1])
        place = Place(server, Provider(issuer, "keyaki"), "教室PC", "0.1.0")
        outside = start.around(place, key_place, Visitor(TANAKA))
        protection = Protection(key_places, secrets.token_bytes, outside.clock, work)
        outside = replace(outside, protection=protection, successor=Successor(start_again))
        profile = Profile(folder / "profile")
        self.app = App(application, profile, Settings(profile.settings, {LANGUAGE: "en"}), outside)
        self.app.start()
        self._do, self._said = (folder / f"{name}-{os.getpid()}" for name in ("do", "said"))
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(TICK_MS)
        with (folder / "pids").open("a") as pids:
            pids.write(f"{os.getpid()}\n")
        self._application = application

    def run(self) -> int:
        """Live until the window is closed."""
        return self._application.exec()

    def _look(self) -> None:
        if self._do.exists():
            word, *given = json.loads(self._do.read_text("utf-8"))
            self._do.unlink()
            answer = getattr(self, word)(*given)
            fresh = self._said.with_suffix(".new")
            fresh.write_text(json.dumps(answer), "utf-8")
            fresh.replace(self._said)

    # -- what can be asked --------------------------------------------------------------------------------------------

    def question(self) -> dict[str, Any]:
        """What the first screen asks, and all it says."""
        question = self.app.panel.question
        said = [] if question is None else [each.text() for each in question.findChildren(Paragraph)]
        error = self.app.panel.error
        return {
            "kind": type(question).__name__,
            "shown": self.app.first.isVisible(),
            "said": said,
            "error": error.number if error else 0,
        }

    def sign_in(self) -> None:
        """Begin a sign-in."""
        self.app.panel.start_sign_in()

    def first_teacher(self) -> None:
        """Choose the first of the teachers on offer."""
        question = self.app.panel.question
        assert question is not None
        question.findChildren(Line)[0].click()

    def pin(self, pin: str) -> None:
        """Type the PIN, twice where one is chosen."""
        question = self.app.panel.question
        lines = [question.first, question.second] if isinstance(question, ChoosePin) else []
        for line in [question.line] if isinstance(question, AskPin) else lines:
            QTest.keyClicks(line, pin)
            QTest.keyClick(line, Qt.Key.Key_Return)

    def pin_and_back(self, pin: str) -> None:
        """Type the PIN, and go back at once."""
        question = self.app.panel.question
        assert isinstance(question, AskPin)
        self.pin(pin)
        question.left.emit()

    def contact(self) -> None:
        """Ask the school, as is done by itself a little later."""
        if self.app.desk is None:
            self.app.summoner.look()
        else:
            self.app.desk.service.sync_now()

    def settle(self) -> None:
        """Wait for what is done beside the window."""
        self.app.common.tasks._pool.waitForDone()
        QTest.qWait(100)

    def change_pin(self, old: str, new: str) -> dict[str, str]:
        """Ask for another PIN; what is said then."""
        guard, desk = self.app.guard, self._desk()
        assert guard is not None
        guard.change_pin()
        box = guard.box
        assert box is not None
        for line, text in ((box.old, old), (box.first, new), (box.second, new)):
            QTest.keyClicks(line, text)
        box.change.click()
        while isValid(box) and box.isVisible() and not box.change.isEnabled():
            self.settle()  # a lease that is being asked for comes first
        told = box.problem.text() if isValid(box) and box.isVisible() else ""
        if told:
            box.reject()
        message = desk.window_.page.strip.message
        return {"said": told or (message.words() if message else "")}

    def present(self, pin: str) -> dict[str, Any]:
        """Cover everything, then ask to go on with this PIN; whether it still presents, and what is said."""
        guard, presenter = self.app.guard, self._desk().presenter
        assert guard is not None
        presenter.cover()
        presenter.leave()
        box = guard.box
        assert isinstance(box, ProvePin)
        QTest.keyClicks(box.line, pin)
        box.show_button.click()
        while isValid(box) and box.isVisible() and not box.line.isEnabled():
            self.settle()  # a lease that is being asked for comes first
        told = box.problem.text() if isValid(box) and box.isVisible() else ""
        if told:
            box.reject()
        return {"on": presenter.is_on, "said": told}

    def after(self, hours: int) -> None:
        """So many hours pass, for whoever looks at the lease; this does not return where it is over."""
        guard = self.app.guard
        assert guard is not None
        ending, wall, boot = guard.ending, guard.ending._wall, guard.ending._boot
        ending._wall, ending._boot = (lambda: wall() + hours * 3_600), (lambda: boot() + hours * 3_600)
        ending.look()

    def impatient(self) -> None:
        """Wrong tries need no waiting from now on."""
        tries._WAITS_S = (0, 0, 0, 0, 0)

    def desk(self) -> dict[str, Any] | None:
        """What is on screen; None while no desk is, or not all has arrived."""
        desk = self.app.desk
        if desk is None or desk.workspace.status().loading or not desk.workspace.status().last_success:
            return None
        if QApplication.activeWindow() is None:  # no window manager is here to do it
            desk.activateWindow()
        if desk.window_.key == "today":  # nothing was left elsewhere
            desk.window_.open_page("grades")
        page: Any = desk.window_.page
        current, message = page.grid.current, page.strip.message
        return {
            "cell": [current.row(), current.column()],
            "typed": page.grid.typed,
            "value": current.data(Qt.ItemDataRole.EditRole) if current.isValid() else None,
            "said": message.words() if message else "",
            "lesson": page.chooser.lesson.code,
            "names": [row.who.name for row in page.table.rows],
            "waiting": desk.workspace.status().waiting,
            "focus": type(QApplication.focusWidget()).__name__,
        }

    def people(self) -> list[str]:
        """Names of all pupils of the store, as they are shown."""
        rows = self._desk().workspace.rows("SELECT family, given FROM pupil")
        return [f"{row.family} {row.given}" for row in rows]

    def go(self, lesson: str, row: int, column: int) -> None:
        """Stand on a cell of a sheet."""
        window = self._desk().window_
        if window.key != "grades":
            window.open_page("grades")
        page: Any = window.page
        page.chooser.find(lesson, page.chooser.term.code)
        page.grid.go(row, column)
        page.grid.table.setFocus()

    def keys(self, text: str) -> None:
        """Type into whatever has the focus."""
        for key in text:
            QTest.keyClicks(self._focus(), key)

    def enter(self) -> None:
        """Press Enter."""
        QTest.keyClick(self._focus(), Qt.Key.Key_Return)

    def compose(self, text: str) -> None:
        """Have an input method compose this."""
        QCoreApplication.sendEvent(self._focus(), QInputMethodEvent(text, []))

    def undo(self) -> None:
        """Take back the last act."""
        page: Any = self._desk().window_.page
        page.entry.undo()

    def copy(self) -> str:
        """Copy the selected cells; what the clipboard holds then."""
        page: Any = self._desk().window_.page
        QTest.keyClick(page.grid.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        return QApplication.clipboard().text()

    def box(self) -> None:
        """Open a box over the window."""
        self._desk().show_keys()

    def hang(self) -> None:
        """From now on the key store does not answer."""
        guard = self.app.guard
        assert guard is not None
        guard.lock._last = lambda: time.sleep(60)

    def secrets(self) -> list[str]:
        """The keys this process holds, in hex."""
        assert self.app.renewal is not None
        keys = self.app.renewal.unlocked.keys
        return [keys.dek.hex(), keys.user.hex(), keys.database.hex()]

    def lock(self) -> None:
        """Press the key; this does not return."""
        (self._folder / "locking").write_text(str(time.monotonic()), "ascii")
        window = QApplication.activeModalWidget() or self._desk()
        modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(window, Qt.Key.Key_L, modifiers)

    def close(self) -> None:
        """Close the window."""
        QTimer.singleShot(0, self._end)

    def _end(self) -> None:
        self.app.close()
        os._exit(0)

    def _desk(self) -> Any:
        assert self.app.desk is not None
        return self.app.desk

    def _focus(self) -> Any:
        return QApplication.focusWidget() or self._desk()


def main(words: list[str]) -> int:
    """Run until the end."""
    from tests.kit.lending import CHEAP

    harden()
    folder, server, issuer = words
    run: Callable[[], int] = Process(Path(folder), server, issuer, CHEAP).run
    return run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
