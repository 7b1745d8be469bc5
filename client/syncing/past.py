"""What was changed on records: as the school tells it, and what of it only this PC knows."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from client.syncing.about import about
from client.syncing.record import Changed
from client.workspace import Put, Saved, Workspace
from sync.protocol.past import RECORDS_MAX, PastAnswer, PastChange
from sync.records.conflict import WHOLE_RECORD
from sync.records.record import Fields, RecordType
from sync.records.registry import TYPES, opens
from sync.records.roles import TwoEditors
from sync.records.scopes import RW

Key = tuple[str, str]
"""(type, record id)."""
CREATED, DELETED = "@created", "@deleted"
_EDITED = """
SELECT DISTINCT edited.type, edited.id, edited.unit FROM edited
JOIN json_each(?) AS wanted ON edited.type = wanted.value ->> 0 AND edited.id = wanted.value ->> 1
"""
_CONFLICTS = """
SELECT target_type, target, unit, current, incoming, state FROM conflict
WHERE target IN (SELECT value ->> 1 FROM json_each(?))
"""
_ANSWERED: Final = frozenset({"applied", "same", "merged"})
"""Outcomes after which the school tells the change itself."""


class Step(NamedTuple):
    """A change before it is known what it is about."""

    type: str
    id: str
    unit: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    by: str | None
    here: bool
    pc: str
    at: str
    outcome: str | None
    kind: str = ""
    seq: int = 0


def pasts(workspace: Workspace, keys: Sequence[Key], told: PastAnswer | None) -> list[Changed]:
    """All that is known of the past of these records, newest first. told: what the school says, None = not asked.

    Raises StoreError.
    """
    steps = [*_own(workspace, keys, asked=told is not None)]
    if told is None:
        steps += _sides(workspace, keys)
    else:
        steps += _told(workspace, told.changes)
    subjects = about(workspace, ((step.type, step.id, step.unit) for step in steps))
    changed = [Changed(subjects[step.type, step.id, step.unit], *step[3:]) for step in steps]
    return sorted(changed, key=lambda each: (each.outcome is None, each.at, each.seq), reverse=True)


def _own(workspace: Workspace, keys: Sequence[Key], *, asked: bool) -> Iterable[Step]:
    """What this device did; where the school was asked, only what it has not taken."""
    me, device = workspace.enrolment.staff, workspace.enrolment.device_name
    touched = {tuple(row) for row in workspace.rows(_EDITED, (json.dumps(keys),))}
    made = [(type_, id_, each) for type_, id_, unit in touched if unit == WHOLE_RECORD for each in TYPES[type_].units]
    for type_, id_, unit in sorted({*made, *(each for each in touched if each[2] in TYPES[each[0]].units)}):
        for past in workspace.history(type_, id_, unit):
            if (not asked or past.outcome not in _ANSWERED) and (_says(past.before) or _says(past.after)):
                how = (past.at, past.outcome, past.kind)
                yield Step(type_, id_, unit, past.before, past.after, me, True, device, *how)


def _says(value: Mapping[str, Any] | None) -> bool:
    """Whether a unit holds anything."""
    return value is not None and any(each is not None for each in value.values())


def _sides(workspace: Workspace, keys: Sequence[Key]) -> Iterable[Step]:
    """What others did, as far as differences that this PC holds tell it."""
    me = workspace.enrolment.device_name
    for row in workspace.rows(_CONFLICTS, (json.dumps(keys),)):
        for name in ("current", "incoming"):
            side = json.loads(row[name]) if row[name] else None
            if side is not None and side.get("device") != me and row.unit != WHOLE_RECORD:
                kept = "conflict_kept" if name == "incoming" else "applied"
                who = (side.get("by"), False, side.get("device") or "", side.get("at") or "")
                yield Step(row.target_type, row.target, row.unit, None, side.get("value"), *who, kept)


def _told(workspace: Workspace, changes: Sequence[PastChange]) -> Iterable[Step]:
    """What the school tells. What a record was made with is told by what came after, or by what it is now."""
    here = workspace.enrolment.device
    later: dict[tuple[str, str, str], Mapping[str, Any] | None] = {}
    now: dict[Key, Fields] = {}
    for change in changes:  # newest first
        type_ = TYPES.get(change.type)
        if type_ is None:
            continue
        who = (change.by, change.device == here, change.pc, change.at, change.outcome, "", change.seq)
        if change.unit in type_.units:
            later[change.type, change.id, change.unit] = change.old
            yield Step(change.type, change.id, change.unit, change.old, change.new, *who)
        elif change.unit == CREATED:
            key = change.type, change.id
            if key not in now:
                now[key] = current(workspace, key) or {}
            for unit, names in type_.units.items():
                given = later.get((*key, unit), {name: now[key].get(name) for name in names})
                if _says(given):
                    yield Step(*key, unit, None, given, *who)


def current(workspace: Workspace, key: Key) -> Fields | None:
    """A record's fields as they are on this PC, without nulls; None where it is not here."""
    type_ = TYPES[key[0]]
    rows = workspace.rows(f'SELECT * FROM "{type_.name}" WHERE id = ?', (key[1],))  # noqa: S608  of the registry
    if not rows:
        return None
    found = {name: rows[0][name] for name in type_.fields if rows[0][name] is not None}
    return {name: _as_field(type_, name, value) for name, value in found.items()}


def _as_field(type_: RecordType, name: str, value: Any) -> Any:
    """A column's value as records have it."""
    kind = type_.fields[name].kind
    return json.loads(value) if kind.json else bool(value) if kind.name == "bool" else value


def parts(keys: Sequence[Key]) -> Iterable[Sequence[Key]]:
    """The keys in as many questions as the school takes at once."""
    return (keys[at : at + RECORDS_MAX] for at in range(0, len(keys), RECORDS_MAX))


def whole(type_: RecordType, unit: str, value: Mapping[str, Any] | None) -> dict[str, Any]:
    """All fields of a unit, None where the value has none."""
    return {name: None if value is None else value.get(name) for name in type_.units[unit]}


def may_restore(workspace: Workspace, changed: Changed, today: str) -> bool:
    """Whether whoever works here may put the value after this change back, and it is another one than now.

    Rights are those of an edit today, as the registry says; the school decides once more.
    """
    type_, fields = TYPES[changed.about.type], current(workspace, (changed.about.type, changed.about.id))
    if fields is None or type_.two_editors is TwoEditors.SERVER:
        return False
    if type_.author and fields.get(type_.author) != workspace.enrolment.staff:
        return False
    wanted = whole(type_, changed.about.unit, changed.after)
    if wanted == {name: fields.get(name) for name in wanted}:
        return False
    rights: dict[str, set[str]] = {}
    for grant in workspace.grants():
        if grant.rights == RW and grant.since <= today and (grant.until is None or today <= grant.until):
            rights.setdefault(grant.scope, set()).add(grant.role)
    return opens(rights, type_, fields)


def restore(workspace: Workspace, changed: Changed, screen: str) -> Saved:
    """Put the value after a change back, as a new change on top of what is there now.

    Raises InvalidEdit, DiskFull, StoreDamaged; nothing is written then.
    """
    subject = changed.about
    fields = whole(TYPES[subject.type], subject.unit, changed.after)
    return workspace.edit("history.restored", [Put(subject.type, fields, id=subject.id)], screen=screen)
