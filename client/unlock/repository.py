"""Reads and keeps the list of teachers of this PC: one small file beside each store, no pupil in it."""

import json
import logging
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any, cast

from client.paths import Profile
from client.unlock.locked import noted
from client.unlock.record import Known
from client.workspace import Workspace, holds_store

_FILE = "teacher.json"
_log = logging.getLogger("keyaki.unlock")


def teachers(profile: Profile) -> list[Known]:
    """The stores of this PC, by name. A file that cannot be read hides its store from the list, nothing else."""
    found = [known for path in profile.stores.glob(f"*/{_FILE}") if (known := _read(path)) is not None]
    return sorted(found, key=lambda known: (known.school_name, known.name, known.device))


def last_locked(profile: Profile) -> Known | None:
    """Whose store was locked last and has not been opened since; None where none is locked."""
    lines = teachers(profile)
    told = [(locked.at, line) for line in lines if (locked := noted(profile.store(line.user, line.school))) is not None]
    return max(told, key=lambda each: each[0])[1] if told else None


def to_sign_in(profile: Profile) -> list[Known]:
    """The stores of this PC as a sign-in needs them: one that is gone is to become a device of its own."""
    return [
        known
        if holds_store(profile.store(known.user, known.school))
        else replace(known, device="", former=known.device, why="lost")
        for known in teachers(profile)
    ]


def remember(profile: Profile, known: Known) -> None:
    """Keep this line of the list. Raises OSError."""
    folder = profile.store(known.user, known.school)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f"{_FILE}.new"
    fresh.write_text(json.dumps(asdict(known), ensure_ascii=False), "utf-8")
    fresh.replace(folder / _FILE)


def known_as(workspace: Workspace) -> tuple[str, str]:
    """Names of the store's teacher and school by the school's records; empty while they have not arrived."""
    whose = workspace.enrolment
    staff = workspace.rows("SELECT name FROM staff WHERE id = ?", (whose.staff,))
    school = workspace.rows("SELECT name FROM school WHERE id = ?", (whose.school,))
    return (staff[0].name if staff else ""), (school[0].name if school else "")


def _read(path: Path) -> Known | None:
    try:
        raw = cast("dict[str, Any]", json.loads(path.read_text("utf-8")))
        said = {each.name: str(raw[each.name]) for each in fields(Known) if each.name in raw}
        return Known(**cast("dict[str, Any]", said))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        _log.info("a line of the list of teachers cannot be read: %s", type(error).__name__)
        return None
