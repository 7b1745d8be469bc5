"""Reads late edits with what they would change, and writes decisions."""

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from client.late_edits.record import Change, Decision, Late
from client.syncing.repository import Situation, decides_late
from client.workspace import Put, Row, Saved, Workspace, base_of
from sync.records.registry import TYPES

KIND: Final = "late.decide"
DECIDED_SHOWN: Final = 50
"""Decided ones that are read again, newest first."""
_LATE = """
SELECT late_edit.*, late_target.records FROM late_edit JOIN late_target USING (device, q)
WHERE late_edit.state = 'open' ORDER BY late_edit.arrived, late_edit.device, late_edit.q
"""
_DECIDED = """
SELECT late_edit.*, late_target.records FROM late_edit JOIN late_target USING (device, q)
WHERE late_edit.state <> 'open' ORDER BY late_edit.ver DESC, late_edit.q DESC LIMIT ?
"""

K = TypeVar("K", bound=Hashable)
Key = tuple[str, str]
Fields = Mapping[str, Any]


class LateEdits:
    """All that the page of late edits asks of the store. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def all(self) -> list[Late]:
        """Open ones, oldest first, then those decided last; none where somebody else decides."""
        if not decides_late(self._workspace):
            return []
        rows = [*self._workspace.rows(_LATE), *self._workspace.rows(_DECIDED, (DECIDED_SHOWN,))]
        ops = {row.id: _ops(row) for row in rows}
        records = {key: fields for row in rows for key, fields in _records(row).items()}
        found, refused = changes(self._workspace, ops, records), self._refused()
        return [_late(row, found[row.id], refused) for row in rows]

    def decide(self, late: Late, state: str, reason: str) -> Saved:
        """Accept or decline a late edit; it takes effect at the school. Raises InvalidEdit, WriteFailed."""
        for group in self._workspace.not_accepted():
            if [edit[:2] for edit in group.edits] == [("late_edit", late.id)]:
                self._workspace.withdraw(group.q)
        fields = {"state": state, "reason": reason or None}
        return self._workspace.edit(KIND, [Put("late_edit", fields, id=late.id, seen={"state": late.decision.base})])

    def _refused(self) -> dict[str, str]:
        """{late edit: code} of decisions that the school did not take."""
        return {
            id_: group.code or group.outcome
            for group in self._workspace.not_accepted()
            for type_, id_, _ in group.edits
            if type_ == "late_edit"
        }


def changes(
    workspace: Workspace, groups: Mapping[K, Sequence[Mapping[str, Any]]], kept: Mapping[Key, Fields] | None = None
) -> dict[K, tuple[Change, ...]]:
    """What groups of ops would change. kept: records that may not be in this store. Raises StoreError."""
    ops = [op for each in groups.values() for op in each]
    records = dict(kept or {}) | _here(workspace, {(op["type"], op["id"]) for op in ops})
    made = {(op["type"], op["id"]): op["set"] for op in ops if op["do"] == "create"}
    told = Situation(workspace).subjects({unit for op in ops for unit, _ in _values(op)}, made | records)
    return {
        name: tuple(
            Change(told[unit], _unit(records.get(unit[:2]), unit), given) for op in each for unit, given in _values(op)
        )
        for name, each in groups.items()
    }


def _here(workspace: Workspace, keys: Iterable[Key]) -> dict[Key, Fields]:
    """The records with these keys that this store holds."""
    wanted: dict[str, list[str]] = {}
    for type_, id_ in keys:
        if type_ in TYPES:
            wanted.setdefault(type_, []).append(id_)
    found: dict[Key, Fields] = {}
    for type_, ids in wanted.items():
        sql = f'SELECT * FROM "{type_}" WHERE id IN (SELECT value FROM json_each(?))'  # noqa: S608  a name of the registry
        rows = workspace.rows(sql, (json.dumps(ids),))
        found |= {(type_, row.id): _fields(type_, row) for row in rows}
    return found


def _ops(row: Row) -> list[dict[str, Any]]:
    return json.loads(row.ops)


def _records(row: Row) -> dict[Key, Fields]:
    return {(each["type"], each["id"]): each["fields"] for each in json.loads(row.records)}


def _fields(type_: str, row: Row) -> Fields:
    """A record's fields as they travel, without nulls."""
    kinds = {name: field.kind for name, field in TYPES[type_].fields.items()}
    held = {name: row[name] for name in kinds if row[name] is not None}
    return {name: json.loads(value) if kinds[name].json else value for name, value in held.items()}


def _values(op: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str, str], Fields | None]]:
    """The units an op would change, each with its late values; one without a name where the record would go."""
    type_, id_ = op["type"], op["id"]
    if op["do"] == "delete" or type_ not in TYPES:
        yield (type_, id_, ""), None
        return
    for unit, names in TYPES[type_].units.items():
        given = {name: op["set"][name] for name in names if name in op["set"]}
        if given:
            yield (type_, id_, unit), given


def _late(row: Row, found: tuple[Change, ...], refused: Mapping[str, str]) -> Late:
    said = Decision(
        row.state,
        row.reason or "",
        row.decided_by,
        row.decided_at,
        row.outcome or "",
        refused.get(row.id, ""),
        base_of(row, "state"),
    )
    return Late(row.id, row.author, row.device_name or "", row.made, row.arrived, found, said)


def _unit(fields: Fields | None, unit: tuple[str, str, str]) -> Fields | None:
    """The values of a unit as the school has them; all of a record that would go."""
    if fields is None or not unit[2]:
        return fields
    return {name: fields[name] for name in TYPES[unit[0]].units[unit[2]] if name in fields}
