"""Reads class lists from the local store."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from client.register.record import RosterRow
from client.workspace import Workspace
from sync.records.derive.roster import RosterEntry, roster

_MEMBERSHIPS = 'SELECT pupil, number, kind, "from", "to" FROM membership WHERE "class" = ?'
_PUPILS = """
SELECT pupil.id, family, given, kana_family, kana_given, "@classes"
FROM pupil WHERE id IN (SELECT pupil FROM membership WHERE "class" = ?)
"""
_LEAVES = """
SELECT pupil, leave FROM enrolment
WHERE leave IS NOT NULL AND pupil IN (SELECT pupil FROM membership WHERE "class" = ?)
"""
_OFFICIAL = """
SELECT pupil, family, given FROM pupil_official
WHERE pupil IN (SELECT pupil FROM membership WHERE "class" = ?)
"""


@dataclass(frozen=True, slots=True)
class ClassList:
    """The lines of a class in order, and the classes each pupil belongs to, by code."""

    rows: tuple[RosterRow, ...]
    classes: Mapping[str, tuple[str, ...]]


def class_list(workspace: Workspace, class_: str, day: str) -> ClassList:
    """The list of a class or group, given by its code, on an ISO day. Empty where nothing of it is held here.

    Raises StoreError.
    """
    pupils = {row.id: row for row in workspace.rows(_PUPILS, (class_,))}
    readings = {id_: row.kana_family + row.kana_given for id_, row in pupils.items()}
    memberships = [dict(row) for row in workspace.rows(_MEMBERSHIPS, (class_,))]
    leaves: dict[str, str] = {row.pupil: row.leave for row in workspace.rows(_LEAVES, (class_,))}
    official = {row.pupil: (row.family, row.given) for row in workspace.rows(_OFFICIAL, (class_,))}
    entries = [entry for entry in roster(memberships, readings, day) if entry.pupil in pupils]
    rows = tuple(_row(entry, pupils[entry.pupil], leaves, official) for entry in entries)
    return ClassList(rows, {id_: tuple(json.loads(row["@classes"])) for id_, row in pupils.items()})


def _row(
    entry: RosterEntry, pupil: Any, leaves: Mapping[str, str], official: Mapping[str, tuple[str | None, str | None]]
) -> RosterRow:
    register = official.get(entry.pupil, (None, None))
    return RosterRow(
        pupil=entry.pupil,
        number=entry.number,
        family=pupil.family,
        given=pupil.given,
        kana=f"{pupil.kana_family} {pupil.kana_given}",
        guest=entry.guest,
        left_on=entry.left_on,
        leave=leaves.get(entry.pupil) if entry.left_on is not None else None,
        official=any(
            written is not None and written != shown
            for written, shown in zip(register, (pupil.family, pupil.given), strict=True)
        ),
    )
