"""A lock ends the process: who comes after it, and what the lock screen is to say, which tells of no pupil."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from client.shell.watch import Cause
from client.widgets.ink import Words

_FILE: Final = "locked.json"
_log = logging.getLogger("keyaki.unlock")


@dataclass(frozen=True, slots=True)
class Locked:
    """How a store was locked. at: ISO 8601; waiting: changes that were not sent yet; draft: whether something was
    written and not saved.
    """

    at: str
    cause: Cause
    waiting: int = 0
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Successor:
    """Who shows the lock screen. start: begins that process; code: what this one ends with."""

    start: Callable[[], object]
    code: int = 0


def note(folder: Path, locked: Locked) -> None:
    """Leave word beside the store. Raises OSError."""
    fresh = folder / f"{_FILE}.new"
    fresh.write_text(json.dumps(asdict(locked) | {"cause": locked.cause.value}), "utf-8")
    fresh.replace(folder / _FILE)


def noted(folder: Path) -> Locked | None:
    """How the store was locked; None where it was closed, or nobody can tell."""
    try:
        raw = cast("dict[str, Any]", json.loads((folder / _FILE).read_text("utf-8")))
        said = {each.name: raw[each.name] for each in fields(Locked)}
        return Locked(str(said["at"]), Cause(said["cause"]), int(said["waiting"]), bool(said["draft"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        _log.info("why a store is locked cannot be read: %s", type(error).__name__)
        return None


def forget(folder: Path) -> None:
    """The store is open again. Raises OSError."""
    (folder / _FILE).unlink(missing_ok=True)


def lock_words(locked: Locked) -> list[Words]:
    """What the lock screen says of it, in sentences: when, why, and what waits there."""
    translate = QCoreApplication.translate
    time = datetime.fromisoformat(locked.at).astimezone().strftime("%H:%M")
    said: list[Words] = [lambda: _WHY[locked.cause]().format(time=time)]
    if locked.draft:
        said.append(lambda: translate("LockScreen", "There is a draft."))
    if locked.waiting:
        said.append(lambda: translate("LockScreen", "%n change(s) wait to be sent.", "", locked.waiting))
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
    Cause.CLOCK: _why(QT_TRANSLATE_NOOP("LockScreen", "Locked at {time}: this PC's clock was set back.")),
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
