"""One outcome per unit of an op: applied, same, merged or kept as a conflict."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sync.protocol.form import Base
from sync.protocol.messages import Create, Delete, Outcome, Patch, Rejection
from sync.records import merge
from sync.records.conflict import WHOLE_RECORD
from sync.records.record import RecordType
from sync.records.registry import TYPES
from sync.records.roles import TwoEditors
from sync.records.versions import rise
from sync.server.decide.conflicts import Side, kept, maker, side
from sync.server.decide.world import CREATED, DELETED, Actor, Draft, Held, Key, Mark, Other, Past, Refused

AUTHORED: Final = ("by", "at")
"""Fields of a unit the server fills in: who decided, and when by the server's clock."""
NAMED_OPS_MAX: Final = 500
"""Of so many ops of a group it is told with whom they were merged: an outcome is kept for long and stays small."""
_OTHERS_MAX: Final = 3
"""So many of those who changed a merged unit are named."""


class Edit(NamedTuple):
    """One op on its way through the decision. q: its group's number; made: the device's stamp of the group.

    place: of the op in its group.
    """

    draft: Draft
    actor: Actor
    q: int
    made: str
    place: int

    @property
    def seq(self) -> int:
        """The version every change of this push gets."""
        return self.draft.world.seq

    def mark(self, key: Key, unit: str | None, outcome: Outcome, conflict: str | None = None) -> None:
        """Note that something was not simply applied."""
        self.draft.marks.append(Mark(self.place, *key, unit, outcome, conflict))

    def mark_merged(self, key: Key, unit: str, base: int) -> None:
        """Note that a unit was joined with what others have made of it since `base`."""
        others = _others(self, key, unit, base) if self.place < NAMED_OPS_MAX else ()
        self.draft.marks.append(Mark(self.place, *key, unit, Outcome.MERGED, None, others))

    def happened(self, key: Key, unit: str, was: int, values: tuple[Any, Any], outcome: Outcome) -> None:
        """Note a change for the history. values: before and after."""
        who = self.actor
        past = Past(unit, self.seq, was, *values, who.staff, who.device, who.at, self.made, outcome, self.q)
        self.draft.past.setdefault(key, []).append(past)


def create(edit: Edit, type_: RecordType, op: Create, fields: dict[str, Any]) -> bool:
    """Make or revive a record, or patch the one that is already there with base 0. True when a conflict was kept."""
    held = edit.draft.get((op.type, op.id))
    if held is not None and not held.deleted:
        units = {
            unit: {name: fields[name] for name in names if name in fields}
            for unit, names in type_.units.items()
            if any(name in fields for name in names)
        }
        return _settle_all(edit, held, units, dict.fromkeys(units, 0))
    for unit in () if edit.actor.is_server else authored_units(type_.name):
        names = type_.units[unit]
        given = _authored(edit.actor, type_, unit, {name: fields[name] for name in names if name in fields})
        fields = {name: value for name, value in fields.items() if name not in names} | given
    edit.draft.put(Held(type_, op.id, fields, {}, edit.seq))
    edit.happened((op.type, op.id), CREATED, 0 if held is None else held.ver, (None, None), Outcome.APPLIED)
    return False


@lru_cache(maxsize=256)
def authored_units(name_of_type: str) -> tuple[str, ...]:
    """Units of a type that say who decided them and when."""
    return tuple(unit for unit, names in TYPES[name_of_type].units.items() if names[1:] == AUTHORED)


def is_worded(op: Create | Patch | Delete) -> bool:
    """Whether the server has said, in what an op gave, who decided it and when."""
    return not isinstance(op, Delete) and op.type in TYPES and any(unit in op.set for unit in authored_units(op.type))


def patch(edit: Edit, held: Held, op: Patch) -> bool:
    """Change units of a record. True when a conflict was kept.

    One about a deleted record keeps all that the record was, key and routes too, so that it can be made again.
    """
    given = {name: value for name, value in op.set.items() if value is not None}
    if held.deleted:
        if op.set:
            _keep(edit, held, WHOLE_RECORD, dict(held.fields), (None, given))
        return bool(op.set)
    units = {unit: {name: given[name] for name in held.type.units[unit] if name in given} for unit in op.base}
    bases = {unit: version_of_base(edit, held.key, unit, base) for unit, base in op.base.items()}
    return _settle_all(edit, held, units, bases)


def delete(edit: Edit, held: Held, op: Delete) -> bool:
    """Remove a record unless it was changed since. True when a conflict was kept."""
    if held.deleted:
        edit.mark(held.key, WHOLE_RECORD, Outcome.SAME)
        return False
    if version_of_base(edit, held.key, None, op.base) < held.ver and held.key not in edit.draft.past:
        fixed = held.type.fixed
        current = {name: value for name, value in held.fields.items() if name not in fixed}
        _keep(edit, held, WHOLE_RECORD, None, (current, None))
        return True
    edit.draft.put(Held(held.type, held.id, held.fields, {}, edit.seq, deleted=True))
    edit.happened(held.key, DELETED, held.ver, (dict(held.fields), None), Outcome.APPLIED)
    return False


def version_of_base(edit: Edit, key: Key, unit: str | None, base: Base) -> int:
    """The version a base means: itself, or what the device's own earlier group made."""
    if isinstance(base, int):
        return base
    number = int(base[1:])
    ended = edit.draft.world.groups.get(number) if number < edit.q else None
    return 0 if ended is None else ended.version_made(key, unit)


def absent(edit: Edit, bases: Iterable[Base]) -> Refused:
    """Why an op on a record that is not there is refused.

    What is absent and what may not be seen get the same answer, unless the device itself says it made the record.
    """
    bases = list(bases)
    numbers = [base for base in bases if isinstance(base, int)]
    if len(numbers) < len(bases) or edit.actor.is_server:
        return Refused(Rejection.PARENT_MISSING)
    if numbers and 0 < max(numbers) <= edit.draft.world.tomb_floor:
        return Refused(Rejection.DELETED)
    return Refused(Rejection.FORBIDDEN)


def _settle_all(edit: Edit, held: Held, units: dict[str, dict[str, Any]], bases: dict[str, int]) -> bool:
    changed: dict[str, tuple[dict[str, Any], Outcome]] = {}
    conflicted = False
    for unit, values in units.items():
        given = _authored(edit.actor, held.type, unit, values)
        outcome, after = _settle(edit, held, unit, given, bases[unit])
        if outcome is Outcome.CONFLICT_KEPT:
            conflicted = True
            _keep(edit, held, unit, _value_at(edit, held.key, unit, bases[unit]), (held.unit(unit), given))
        elif outcome is Outcome.MERGED:
            edit.mark_merged(held.key, unit, bases[unit])
        elif outcome is not Outcome.APPLIED:
            edit.mark(held.key, unit, outcome)
        if outcome in (Outcome.APPLIED, Outcome.MERGED):
            changed[unit] = (after, outcome)
    if any(outcome is Outcome.MERGED for _, outcome in changed.values()) and held.unit_or_none("done"):
        changed["done"] = ({}, Outcome.MERGED)  # a merged text wants to be read again (domain.md 15.1 rule 10)
    if changed:
        _write(edit, held, changed)
    return conflicted


def _settle(edit: Edit, held: Held, unit: str, given: dict[str, Any], base: int) -> tuple[Outcome, dict[str, Any]]:
    """How one unit ends, and its values then."""
    current = held.unit(unit)
    if _meant(held.type, unit, given) == _meant(held.type, unit, current):
        return Outcome.SAME, current
    if base >= held.version(unit) or edit.draft.made(held.key, unit):
        return Outcome.APPLIED, given
    if held.type.two_editors is TwoEditors.GROW:
        union = merge.grow(current, given, unit)
        return (Outcome.SAME if union == current else Outcome.MERGED if union != given else Outcome.APPLIED), union
    if not current and _never_given(edit, held.key, unit):
        return Outcome.MERGED, given
    merged = _merged(held, unit, _value_at(edit, held.key, unit, base), given)
    if merged is None:
        return Outcome.CONFLICT_KEPT, current
    return (Outcome.SAME if merged == current else Outcome.MERGED), merged


def _merged(held: Held, unit: str, base: dict[str, Any] | None, given: dict[str, Any]) -> dict[str, Any] | None:
    """Both changes in one value, None where that cannot be had. Only units of one field merge."""
    kind = held.type.fields[unit].kind
    current = held.unit(unit)
    if base is None or len(held.type.units[unit]) > 1 or unit not in given or unit not in current:
        return None
    if kind.name == "mtext" and held.type.two_editors is TwoEditors.MERGE:
        text = merge.merge_text(base.get(unit, ""), current[unit], given[unit])
        return {unit: text} if text is not None and kind.check(text) else None
    if kind.name == "set":
        return {unit: merge.merge_set(base.get(unit, ()), current[unit], given[unit])}
    return None


def _value_at(edit: Edit, key: Key, unit: str, base: int) -> dict[str, Any] | None:
    """A unit's values at a version, from history; None where history does not know them."""
    for past in edit.draft.past_of(key):
        if past.seq > base:
            if past.unit == CREATED:
                return {}
            if past.unit == DELETED and past.old is not None:
                return {name: past.old[name] for name in _unit_names(edit, key, unit) if name in past.old}
            if past.unit == unit:
                return dict(past.old or {}) if past.was <= base else None
    return None


def _never_given(edit: Edit, key: Key, unit: str) -> bool:
    """Whether nobody has given or taken a value of this unit since its record was made, as history tells.

    Two people who make one record, each with another field of it, differ in nothing.
    """
    untouched = False
    for past in edit.draft.past_of(key):
        if past.unit == CREATED:
            untouched = True
        elif past.unit in (unit, DELETED):
            untouched = False
    return untouched


def _others(edit: Edit, key: Key, unit: str, base: int) -> tuple[Other, ...]:
    """Who has changed a unit since a version from other devices, newest first, each person at each device once."""
    found: dict[tuple[str | None, str], Other] = {}
    for past in reversed([*edit.draft.past_of(key)]):
        if past.seq > base and past.unit in (unit, CREATED) and past.device != edit.actor.device:
            name = edit.draft.world.devices.get(past.device, "")
            found.setdefault((past.staff, past.device), Other(past.staff, name, past.at))
    return tuple(found.values())[:_OTHERS_MAX]


def _unit_names(edit: Edit, key: Key, unit: str) -> tuple[str, ...]:
    held = edit.draft.get(key)
    return () if held is None else held.type.units[unit]


def _keep(edit: Edit, held: Held, unit: str, base: dict[str, Any] | None, values: tuple[Any, Any]) -> None:
    """Keep both values. values: the current and the incoming one."""
    current, incoming = values
    sides = (
        side(maker(edit.draft, held, unit), current),
        side(Side(edit.actor.staff, edit.actor.device_name, edit.actor.at, edit.made), incoming),
    )
    record = kept(edit.draft.world, held, (unit, edit.actor.device, edit.q), base, sides)
    edit.draft.put(record)
    edit.happened(record.key, CREATED, 0, (None, None), Outcome.CONFLICT_KEPT)
    edit.mark(held.key, unit, Outcome.CONFLICT_KEPT, record.id)


def _write(edit: Edit, held: Held, changed: dict[str, tuple[dict[str, Any], Outcome]]) -> None:
    gone = {name for unit in changed for name in held.type.units[unit]}
    fields = {name: value for name, value in held.fields.items() if name not in gone}
    for unit, (values, outcome) in changed.items():
        fields |= values
        edit.happened(held.key, unit, held.version(unit), (held.unit(unit), values), outcome)
    fv = rise(held.fv, held.ver, edit.seq, changed, held.type.units)
    edit.draft.put(Held(held.type, held.id, fields, fv, edit.seq))


def _authored(actor: Actor, type_: RecordType, unit: str, given: dict[str, Any]) -> dict[str, Any]:
    """The unit with the server's word on who decided it and when; nobody where it is undone."""
    names = type_.units[unit]
    if actor.is_server or names[1:] != AUTHORED:
        return given
    rest = {name: value for name, value in given.items() if name not in AUTHORED}
    return rest | {"by": actor.staff, "at": actor.at} if rest.get(unit) else rest


def _meant(type_: RecordType, unit: str, values: dict[str, Any]) -> dict[str, Any]:
    """What two people compare: the unit without the server's own words in it."""
    if type_.units[unit][1:] != AUTHORED:
        return values
    return {name: value for name, value in values.items() if name not in AUTHORED}
