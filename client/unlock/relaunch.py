"""A lock ends the process: who comes after it, and what the lock screen is to say, which tells of no pupil."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from client.shell.cause import Cause
from client.unlock.locked import Locked
from client.widgets.ink import Words


@dataclass(frozen=True, slots=True)
class Successor:
    """Who shows the lock screen. start: begins that process; code: what this one ends with."""

    start: Callable[[], object]
    code: int = 0


def lock_words(locked: Locked) -> list[Words]:
    """What the lock screen says of it, in sentences: when, why, and whether something was being written."""
    translate = QCoreApplication.translate
    time = datetime.fromisoformat(locked.at).astimezone().strftime("%H:%M")
    said: list[Words] = [lambda: _WHY[locked.cause]().format(time=time)]
    if locked.draft:
        said.append(lambda: translate("LockScreen", "There is a draft."))
    return said


def _why(source: object) -> Callable[[], str]:
    return lambda: QCoreApplication.translate("LockScreen", str(source))


_WHY: Final = {
    Cause.KEY: _why(QT_TRANSLATE_NOOP("LockScreen", "Locked at {time}.")),
    Cause.IDLE: _why(QT_TRANSLATE_NOOP("LockScreen", "Locked at {time}: nobody was there for ten minutes.")),
    Cause.SESSION: _why(QT_TRANSLATE_NOOP("LockScreen", "Locked at {time}, with this PC.")),
    Cause.SLEEP: _why(QT_TRANSLATE_NOOP("LockScreen", "Locked at {time}: this PC was asleep.")),
    Cause.LEASE: _why(
        QT_TRANSLATE_NOOP("LockScreen", "Locked at {time}: the time to use this PC without a network was over.")
    ),
    Cause.GUESSES: _why(QT_TRANSLATE_NOOP("LockScreen", "Locked at {time}: the PIN was wrong too often.")),
    Cause.CLOCK: _why(QT_TRANSLATE_NOOP("LockScreen", "Locked at {time}: this PC's clock was set back.")),
    Cause.SCHOOL: _why(QT_TRANSLATE_NOOP("LockScreen", "Locked at {time}: the school has blocked this PC.")),
}


def own_words() -> list[str]:
    """The words this program was started with, its own path first."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable, *(sys.argv[1:] if frozen else sys.orig_argv[1:])]


def start_again() -> None:
    """Start this program once more, as it was started: no word of whose it is or where they were is among its words.

    It lives on when this process, its terminal or its session of processes ends. Raises OSError.
    """
    environment = os.environ | {"PYINSTALLER_RESET_ENVIRONMENT": "1"}  # a packaged one unpacks anew; others ignore it
    subprocess.Popen(own_words(), stdin=subprocess.DEVNULL, env=environment, start_new_session=True)  # noqa: S603
