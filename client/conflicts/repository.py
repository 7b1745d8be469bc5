"""Reads open conflicts with what they are about and who may settle them, and writes decisions and requests."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from client.conflicts.record import Colleague, Difference
from client.conflicts.rules import may_settle, rights_of
from client.syncing.repository import Situation
from client.workspace import OpenConflict, Put, Row, Saved, Settle, Workspace
from sync.records.conflict import ASSIGNED, WHOLE_RECORD, Conflict
from sync.records.record import RecordType
from sync.records.registry import TYPES
from sync.records.scopes import ClassKey, of_duty, of_staff

_SETTLED = "SELECT resolved_by FROM conflict WHERE id = ? AND state = 'resolved'"
_WORKING = "SELECT id, name FROM staff WHERE coalesce(active, 1) ORDER BY coalesce(kana, name), id"
_DUTIES = 'SELECT staff, role, target_kind, target, "from", "to" FROM duty'
_CLASSES = """
SELECT year || ':' || "key" AS code, grades FROM "class" UNION ALL SELECT year || ':' || "key", '[]' FROM "group"
"""


class Conflicts:
    """All that the page of decisions asks of the store. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._situation = workspace, Situation(workspace)

    def differences(self) -> list[Difference]:
        """Open conflicts with what they are about, newest first."""
        held = self._workspace.conflicts()
        told = self._situation.subjects((item.type, item.target, item.unit) for item in held)
        device = self._workspace.enrolment.device
        return [
            Difference(item, told[item.type, item.target, item.unit], here=item.group[0] == device) for item in held
        ]

    def settle(self, choices: Iterable[Settle]) -> Saved:
        """Settle several conflicts as one edit group. Raises InvalidEdit when one is not open any more."""
        return self._workspace.settle(choices)

    def settled_by(self, conflict: str) -> str | None:
        """Who settled a conflict (staff id); None where it is open, gone, or was settled by no person."""
        rows = self._workspace.rows(_SETTLED, (conflict,))
        return rows[0].resolved_by if rows else None

    # -- asking a colleague -------------------------------------------------------------------------------------------

    def give(self, conflicts: Iterable[str], whom: str | None) -> Saved:
        """Ask a member of staff to settle conflicts, as one edit group; nobody, to take that back.

        Raises InvalidEdit where one is not here any more.
        """
        unit = {ASSIGNED: whom, "by": None if whom is None else self._situation.me, "at": None}
        return self._workspace.edit("conflict.give", [Put(Conflict.TYPE, unit, id=id_) for id_ in conflicts])

    def colleagues(self, differences: Sequence[Difference], day: str) -> list[Colleague]:
        """Everybody else who may settle all of these on that day, by their names' reading."""
        targets = [(item.conflict.type, self._target(item.conflict)) for item in differences]
        rights = self._rights(day)
        return [
            Colleague(row.id, row.name)
            for row in self._workspace.rows(_WORKING)
            if row.id != self._situation.me
            and all(may_settle(row.id, rights[row.id], type_, fields) for type_, fields in targets)
        ]

    def _rights(self, day: str) -> dict[str, dict[str, set[str]]]:
        """{staff id: {scope: roles}} of what everybody writes with on that day, by their duties."""
        classes = [ClassKey(row.code, tuple(json.loads(row.grades or "[]"))) for row in self._workspace.rows(_CLASSES)]
        opened = {row.id: [*of_staff(row.id, day, None)] for row in self._workspace.rows(_WORKING)}
        for duty in self._workspace.rows(_DUTIES):
            if duty.staff in opened:
                opened[duty.staff] += of_duty(dict(duty), classes)
        return {staff: rights_of(each, day) for staff, each in opened.items()}

    def _target(self, conflict: OpenConflict) -> Mapping[str, Any] | None:
        """The fields of the record a conflict is about; of a deleted one, what it was. None where nothing is known."""
        type_ = TYPES.get(conflict.type)
        if type_ is None:
            return None
        rows = self._workspace.rows(f'SELECT * FROM "{type_.name}" WHERE id = ?', (conflict.target,))  # noqa: S608
        if rows:
            return _fields(type_, rows[0])
        return conflict.base if conflict.unit == WHOLE_RECORD else None


def _fields(type_: RecordType, row: Row) -> dict[str, Any]:
    """A record's fields by wire name, without nulls, as rules read them."""
    found = {name: row[name] for name in type_.fields if row[name] is not None}
    return {name: json.loads(value) if type_.fields[name].kind.json else value for name, value in found.items()}
