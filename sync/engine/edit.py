"""What a screen asks for, values to put on a record or a record to remove, and the ops that say it to the server."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sync.engine.rebase import Visible
from sync.errors import RuleError
from sync.protocol.version import GROUP_OPS_MAX
from sync.records.conflict import ASSIGNED, WHOLE_RECORD, Conflict
from sync.records.ids import IdMaker
from sync.records.record import RecordType
from sync.records.registry import TYPES, faults_of_new, faults_of_patch
from sync.records.roles import TwoEditors

Base = int | str
"""What an edit was based on: the version of a unit, 0 = there was no record, or `q42` = this store's own group 42."""


class InvalidEdit(RuleError):
    """An edit no server would take; nothing was written.

    Facts: `type`; `rule` = type, server, fields, key, gone, twice, size or conflict; `fields` at fault.
    """

    NUMBER = 4301


@dataclass(frozen=True, slots=True)
class Put:
    """Set fields of one record, creating it when it is not there.

    fields: by wire name. A type with a natural key finds its id from the key fields in `fields`; any other type
    changes the record `id`, or makes a new one without it. Fields of a unit that are not given keep what is visible.
    New records need their key and routing fields.
    seen: {unit: base} of what the screen showed; a unit that is not named, and None, take what is visible now. 0 = the
    screen showed no record.
    resolves: ids of the conflicts this edit settles.
    """

    type: str
    fields: Mapping[str, Any]
    id: str | None = None
    seen: Mapping[str, Base] | None = None
    resolves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """Delete one record. seen: the record version the screen showed; None takes what is visible now."""

    type: str
    id: str
    seen: Base | None = None
    resolves: tuple[str, ...] = ()


Edit = Put | Remove


@dataclass(frozen=True, slots=True)
class Compiled:
    """One op, and what was visible before it: {unit: {field: value}}; `@record` holds a deleted record's fields."""

    op: dict[str, Any]
    before: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What compiling may look at. look: a record of (type, id) as it is visible; partition: the school's id."""

    look: Callable[[str, str], Visible | None]
    partition: str
    ids: IdMaker


def addressed(edits: Iterable[Edit], desk: Desk) -> dict[tuple[str, str], Edit]:
    """Edits by the (type, id) of their record, one a record, in the order given. Raises InvalidEdit."""
    found: dict[tuple[str, str], Edit] = {}
    for edit in edits:
        key, whole = _addressed(edit, desk)
        found[key] = _joined(found[key], whole) if key in found else whole
    if len(found) > GROUP_OPS_MAX:
        raise InvalidEdit(rule="size", type="", fields=())
    return found


def compile_group(edits: Mapping[tuple[str, str], Edit], desk: Desk) -> list[Compiled]:
    """The ops of one edit group, one a record, in the order given; edits that change nothing are left out.

    edits: as `addressed` gives them. Raises InvalidEdit.
    """
    return [compiled for edit in edits.values() for compiled in _compiled(edit, desk)]


def _type_of(edit: Edit) -> RecordType:
    type_ = TYPES.get(edit.type)
    if type_ is None:
        raise InvalidEdit(rule="type", type=edit.type, fields=())
    if type_.two_editors is TwoEditors.SERVER and not _assigns(edit, type_):
        raise InvalidEdit(rule="server", type=edit.type, fields=())
    return type_


def _assigns(edit: Edit, type_: RecordType) -> bool:
    """Whether an edit does nothing but give a conflict to somebody, or take it back: people do that themselves."""
    if type_.name != Conflict.TYPE or not isinstance(edit, Put) or edit.id is None:
        return False
    return ASSIGNED in edit.fields and edit.fields.keys() <= set(type_.units[ASSIGNED])


def _addressed(edit: Edit, desk: Desk) -> tuple[tuple[str, str], Edit]:
    """The edit with its record's id in it, and that record's key."""
    type_ = _type_of(edit)
    if isinstance(edit, Remove):
        return (edit.type, edit.id), edit
    unknown = tuple(name for name in edit.fields if name not in type_.fields)
    if unknown:
        raise InvalidEdit(rule="fields", type=edit.type, fields=unknown)
    id_ = edit.id
    if type_.key and all(edit.fields.get(part) is not None for part in type_.key):
        id_ = type_.id_for(desk.partition, edit.fields)
        if edit.id not in (None, id_):
            raise InvalidEdit(rule="key", type=edit.type, fields=type_.key)
    elif type_.key and id_ is None:
        raise InvalidEdit(rule="key", type=edit.type, fields=type_.key)
    found = id_ or desk.ids()
    return (edit.type, found), replace(edit, id=found)


def _joined(first: Edit, second: Edit) -> Edit:
    """Two edits of one record in one group as one."""
    if isinstance(first, Remove) or isinstance(second, Remove):
        raise InvalidEdit(rule="twice", type=first.type, fields=())
    seen = {**(second.seen or {}), **(first.seen or {})}
    resolves = tuple(dict.fromkeys((*first.resolves, *second.resolves)))
    return replace(first, fields={**first.fields, **second.fields}, seen=seen, resolves=resolves)


def _compiled(edit: Edit, desk: Desk) -> Iterator[Compiled]:
    assert edit.id is not None
    visible = desk.look(edit.type, edit.id)
    if visible is None and edit.resolves and not (isinstance(edit, Put) and edit.fields):
        yield _acknowledged(edit)
    elif isinstance(edit, Remove):
        yield from _removal(edit, visible)
    elif visible is not None:
        yield from _patch(_type_of(edit), edit, visible)
    elif edit.seen and any(base != 0 for base in edit.seen.values()):
        yield _patch_of_gone(_type_of(edit), edit)
    else:
        yield from _create(_type_of(edit), edit)


def _removal(edit: Remove, visible: Visible | None) -> Iterator[Compiled]:
    """A record of one's own that nobody else has seen goes by its group; any other by the version that was seen."""
    if visible is None:
        return
    q = visible.own.get(WHOLE_RECORD)
    base = edit.seen if edit.seen is not None else f"q{q}" if q else visible.ver
    op = {"do": "delete", "type": edit.type, "id": edit.id, "base": base}
    yield Compiled(op | _resolving(edit), {WHOLE_RECORD: dict(visible.fields)})


def _create(type_: RecordType, edit: Put) -> Iterator[Compiled]:
    fields = {name: value for name, value in edit.fields.items() if value is not None}
    if not edit.resolves and type_.units and not any(name not in type_.fixed for name in fields):
        return  # clearing what was never there
    faults = faults_of_new(type_, fields)
    if faults:
        raise InvalidEdit(rule="gone" if edit.id and not type_.key else "fields", type=edit.type, fields=faults)
    yield Compiled({"do": "create", "type": edit.type, "id": edit.id, "set": fields} | _resolving(edit), {})


def _patch(type_: RecordType, edit: Put, visible: Visible) -> Iterator[Compiled]:
    """Whole units whose values differ from what is visible, each with its base."""
    changed: dict[str, Any] = {}
    base: dict[str, Base] = {}
    before: dict[str, dict[str, Any]] = {}
    for unit in dict.fromkeys(type_.unit_of(name) for name in edit.fields if name not in type_.fixed):
        now = visible.values(type_.units[unit])
        wanted = {name: edit.fields.get(name, now[name]) for name in now}
        if wanted != now:
            changed |= wanted
            base[unit] = (edit.seen or {}).get(unit, visible.base(unit))
            before[unit] = now
    if not base and not edit.resolves:
        return
    after = {name: value for name, value in {**visible.fields, **changed}.items() if value is not None}
    faults = _faults(type_, after, changed)
    if faults:
        raise InvalidEdit(rule="fields", type=edit.type, fields=faults)
    op = {"do": "patch", "type": edit.type, "id": edit.id, "set": changed, "base": base}
    yield Compiled(op | _resolving(edit), before)


def _faults(type_: RecordType, after: Mapping[str, Any], changed: Mapping[str, Any]) -> tuple[str, ...]:
    try:
        return faults_of_patch(type_, after, changed) if changed else ()
    except KeyError as missing:  # a rule of the type looked for a field that the edit clears
        return (str(missing.args[0]),)


def _patch_of_gone(type_: RecordType, edit: Put) -> Compiled:
    """A screen still showed a record that has been deleted meanwhile: the server will keep both (unit `@record`)."""
    units = dict.fromkeys(type_.unit_of(name) for name in edit.fields if name not in type_.fixed)
    changed = {name: edit.fields.get(name) for unit in units for name in type_.units[unit]}
    base = {unit: (edit.seen or {}).get(unit, 0) for unit in units}
    op = {"do": "patch", "type": edit.type, "id": edit.id, "set": changed, "base": base}
    return Compiled(op | _resolving(edit), {})


def _acknowledged(edit: Edit) -> Compiled:
    """A conflict about a record that is gone is settled by leaving it so."""
    op: dict[str, Any] = {"do": "patch", "type": edit.type, "id": edit.id, "set": {}, "base": {}}
    return Compiled(op | _resolving(edit), {})


def _resolving(edit: Edit) -> dict[str, Any]:
    return {"resolves": list(edit.resolves)} if edit.resolves else {}
