"""The program as `tests.kit.locked_process` drives it, started as it is at work, which notes when what was on screen.

python -m tests.bench.lock_process FOLDER SERVER ISSUER. Each line of `moments` is a process, a word and a time.
"""

import os
import sys
import time
from pathlib import Path

BEGAN = time.monotonic()

from client import __main__ as program  # noqa: E402  everything is imported in the program's own order

program.load()

from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402

from client import cycles, lock  # noqa: E402
from client.hardening import harden  # noqa: E402
from client.vault.floors import WORK  # noqa: E402
from tests.kit.locked_process import Process  # noqa: E402

STEP_MS = 5


class Painted(QObject):
    """Tells once that a widget, with all that lies on it, has been painted."""

    def __init__(self, told: "Timed", word: str) -> None:
        super().__init__()
        self._told, self._word = told, word

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() is QEvent.Type.Paint and self._word:
            word, self._word = self._word, ""
            QTimer.singleShot(0, self, lambda: self._told.note(word))
        return super().eventFilter(watched, event)


class Timed(Process):
    """A process that notes its moments."""

    def __init__(self, folder: Path, server: str, issuer: str) -> None:
        self._moments = folder / "moments"
        self.note("began", BEGAN)
        super().__init__(folder, server, issuer, WORK)
        self._first, self._sheet = Painted(self, "first"), Painted(self, "sheet")
        self.app.panel.installEventFilter(self._first)
        self.app.entrance.entered.connect(self._entered)
        self.app.loaded.connect(cycles.settle)
        cover_all = lock.cover_all

        def covered() -> None:
            cover_all()
            self.note("covered")

        lock.cover_all = covered
        self._still, self._last = 0.0, 0.0
        self._steps = QTimer()
        self._steps.timeout.connect(self._step)

    def note(self, word: str, at: float | None = None) -> None:
        """Note that something is on screen, or was begun."""
        with self._moments.open("a", encoding="ascii") as moments:
            moments.write(f"{os.getpid()} {word} {time.monotonic() if at is None else at}\n")

    def pin(self, pin: str) -> None:
        """Type it; from then on it is watched how long the window stands still."""
        super().pin(pin)
        self.note("pin")
        self._last = time.monotonic()
        self._steps.start(STEP_MS)

    def lock(self) -> None:
        """Press the key; this does not return."""
        self.note("key")
        super().lock()

    def still(self) -> float:
        """The longest time (ms) in which the window heard of nothing, from the PIN until the store was open."""
        return self._still * 1_000

    def _step(self) -> None:
        now = time.monotonic()
        self._still, self._last = max(self._still, now - self._last), now

    def _entered(self) -> None:
        """The desk has been built."""
        self._steps.stop()
        desk = self.app.desk
        assert desk is not None
        desk.window_.open_page("grades")
        page = desk.window_.page
        page.grid.table.viewport().installEventFilter(self._sheet)
        desk.service.finished.connect(lambda _: self.note("loaded"))


def main(words: list[str]) -> None:
    """Run until the end."""
    cycles.settle()
    harden()
    folder, server, issuer = words
    Timed(Path(folder), server, issuer).run()


if __name__ == "__main__":
    main(sys.argv[1:])
