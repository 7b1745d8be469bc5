"""What is left beside a store that was locked, for the lock screen to say; it tells of no pupil."""

import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final, cast

from client.shell.cause import Cause

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
