"""Open conflicts as people see them, and the edit that settles one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sync.engine.edit import Base, Edit, InvalidEdit, Put, Remove
from sync.records.conflict import ASSIGNED, WHOLE_RECORD
from sync.records.registry import TYPES


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two values. value: {field: value} of the unit, None = the record is deleted.

    by: staff id or None (the server itself), device: its name, at: server stamp, made: device stamp.
    """

    value: Mapping[str, Any] | None
    by: str | None
    device: str
    at: str | None
    made: str | None


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """Two people changed one unit. `group` (device, q) tells which conflicts came from one edit group.

    unit: its first field, or `@record` where deleting met editing. base: the unit before both, None if unknown.
    seen: what a decision is based on, to be handed on in `Settle`. assignee: staff id of whoever is asked to settle it,
    None for nobody; asked_by, asked_at: by whom and the server's stamp, which a waiting request has not.
    """

    id: str
    type: str
    target: str
    unit: str
    base: Mapping[str, Any] | None
    current: Side
    incoming: Side
    group: tuple[str, int]
    seen: Base = 0
    assignee: str | None = None
    asked_by: str | None = None
    asked_at: str | None = None


@dataclass(frozen=True, slots=True)
class Settle:
    """A decision about one conflict. choice: current, incoming or other; value: the unit, only for other.

    seen: `OpenConflict.seen` of what was on the screen; None takes what is visible now.
    """

    conflict: str
    choice: str
    value: Mapping[str, Any] | None = None
    seen: Base | None = None


def read_conflict(id_: str, fields: Mapping[str, Any], seen: Base) -> OpenConflict:
    """A conflict record as people see it. fields: of the record; seen: the base its unit has on this device."""
    return OpenConflict(
        id=id_,
        type=fields["target_type"],
        target=fields["target"],
        unit=fields["unit"],
        base=fields.get("base"),
        current=_side(fields.get("current")),
        incoming=_side(fields.get("incoming")),
        group=(fields["device"], fields["q"]),
        seen=seen,
        assignee=fields.get(ASSIGNED),
        asked_by=fields.get("by"),
        asked_at=fields.get("at"),
    )


def settling(conflict: OpenConflict, settle: Settle) -> Edit:
    """The edit that settles a conflict as decided. Raises InvalidEdit for a decision that cannot be made."""
    resolves = (conflict.id,)
    if conflict.unit == WHOLE_RECORD:
        return _of_record(conflict, settle)
    if settle.choice == "current":
        return Put(conflict.type, {}, id=conflict.target, resolves=resolves)
    value = settle.value if settle.choice == "other" else conflict.incoming.value
    type_ = TYPES.get(conflict.type)
    if value is None or type_ is None or conflict.unit not in type_.units:
        raise InvalidEdit(rule="conflict", type=conflict.type, fields=(conflict.unit,))
    unit = {name: value.get(name) for name in type_.units[conflict.unit]}
    seen = None if settle.seen is None else {conflict.unit: settle.seen}
    return Put(conflict.type, unit, id=conflict.target, seen=seen, resolves=resolves)


def settled_alone(edits: Iterable[Edit]) -> bool:
    """Whether a group does nothing but keep current values, so that there is nothing to undo."""
    return all(isinstance(edit, Put) and not edit.fields for edit in edits)


def _of_record(conflict: OpenConflict, settle: Settle) -> Edit:
    """Deleting met editing: keep the record as it is now, delete it after all, or bring it back."""
    resolves = (conflict.id,)
    if settle.choice == "current":
        return Put(conflict.type, {}, id=conflict.target, resolves=resolves)
    if conflict.incoming.value is None:
        return Remove(conflict.type, conflict.target, settle.seen, resolves)
    whole = {**(conflict.base or {}), **conflict.incoming.value, **(settle.value or {})}
    return Put(conflict.type, whole, id=conflict.target, resolves=resolves)


def _side(raw: object) -> Side:
    said: Mapping[str, Any] = cast("Mapping[str, Any]", raw) if isinstance(raw, dict) else {}
    return Side(said.get("value"), said.get("by"), said.get("device") or "", said.get("at"), said.get("made"))
