"""What a teacher sees of one record: what the server says of it, with the edits on top that wait to be sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sync.records.conflict import WHOLE_RECORD
from sync.records.record import RecordType
from sync.records.roles import TwoEditors
from sync.records.versions import rise, version_of

Op = Mapping[str, Any]
"""One op in the form it is hashed, stored and sent."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the server says of one record.

    fields: without nulls; None = not there: never seen (ver 0), deleted at `ver`, or out of sight. last: what was held
    when it was deleted under waiting edits. scopes: the store's number of the record's scope set.
    """

    ver: int = 0
    fv: Mapping[str, int] = field(default_factory=dict[str, int])
    fields: Mapping[str, Any] | None = None
    last: Mapping[str, Any] | None = None
    scopes: int = 0


@dataclass(frozen=True, slots=True)
class Visible:
    """One record as a teacher sees it. fields: without nulls. own: {unit or `@record`: group} of waiting edits."""

    fields: Mapping[str, Any]
    ver: int
    fv: Mapping[str, int]
    own: Mapping[str, int]

    def base(self, unit: str) -> int | str:
        """What an edit of the unit is based on when it starts from here."""
        q = self.own.get(unit) or self.own.get(WHOLE_RECORD)
        return f"q{q}" if q else version_of(self.fv, self.ver, unit)

    def values(self, names: Iterable[str]) -> dict[str, Any]:
        """Values of these fields, null where there is none."""
        return {name: self.fields.get(name) for name in names}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One op of a group that has no outcome yet."""

    q: int
    op: Op


def units_of(type_: RecordType, op: Op) -> tuple[str, ...]:
    """The units an op touches, by first field; `@record` for making or deleting one."""
    if op["do"] == "delete":
        return (WHOLE_RECORD,)
    if op["do"] == "create":
        return (
            WHOLE_RECORD,
            *(unit for unit, names in type_.units.items() if any(name in op["set"] for name in names)),
        )
    return tuple(op["base"])


def project(type_: RecordType, ground: Ground, waiting: Iterable[Waiting]) -> Visible | None:
    """The record with the waiting ops on top, in order of their groups (I8); None when nothing is to be seen."""
    fields = None if ground.fields is None else dict(ground.fields)
    own: dict[str, int] = {}
    for each in waiting:
        op = each.op
        if op["do"] == "delete":
            fields, own = None, {WHOLE_RECORD: each.q}
        elif op["do"] == "create":
            units = units_of(type_, op)
            own |= dict.fromkeys(units if fields is None else units[1:], each.q)
            fields = (fields or {}) | op["set"]
        else:
            fields = fields if fields is not None or ground.last is None else dict(ground.last)
            if fields is not None:
                fields |= op["set"]
            own |= dict.fromkeys(op["base"], each.q)
    if fields is None:
        return None
    kept = {name: value for name, value in fields.items() if value is not None}
    return Visible(kept, ground.ver, ground.fv, own)


def landed(type_: RecordType, ground: Ground, op: Op, seq: int) -> Ground:
    """The ground after the server applied the whole op at `seq`.

    A newer ground already holds the op, so it is returned as it is, in whichever order answers arrive (I10). All groups
    of one push have one number: a ground of the same number may hold none of them, some or all, and takes them again in
    their order.
    """
    if ground.ver > seq:
        return ground
    if op["do"] == "delete":
        return Ground(seq, scopes=ground.scopes)
    if ground.fields is None:
        if op["do"] == "patch":
            return ground
        return Ground(seq, {}, dict(op["set"]), None, ground.scopes)
    changed = set(units_of(type_, op)) - {WHOLE_RECORD}
    if not changed:
        return ground
    after = {name: value for name, value in {**ground.fields, **op["set"]}.items() if value is not None}
    fv = rise(ground.fv, ground.ver, seq, changed, type_.units)
    return Ground(seq, fv, after, ground.last, ground.scopes)


def overtaken(type_: RecordType, ground: Ground, op: Op) -> frozenset[str]:
    """Units of a waiting op that somebody else has moved on meanwhile to another value, so that both will be kept.

    A unit whose two versions can be put together is none of them, nor one of a record that the server itself keeps, nor
    one that is empty in a record two people have made.
    """
    if op["do"] == "delete":
        late = ground.fields is not None and isinstance(op["base"], int) and op["base"] < ground.ver
        return frozenset([WHOLE_RECORD]) if late else frozenset()
    if ground.fields is None:
        gone = op["do"] == "patch" and ground.last is not None and bool(op["set"])
        return frozenset(op["base"]) if gone else frozenset()
    held = ground.fields
    return frozenset(
        unit
        for unit in units_of(type_, op)
        if unit in type_.units
        and _base(op, unit) < version_of(ground.fv, ground.ver, unit)
        and not _mergeable(type_, unit)
        and any(held.get(name) != op["set"].get(name) for name in type_.units[unit])
        and (op["do"] == "patch" or any(name in held for name in type_.units[unit]))
    )


def _base(op: Op, unit: str) -> int:
    """The version an op's unit is based on; one based on an own group cannot be told yet and counts as newest."""
    base = op["base"][unit] if op["do"] == "patch" else 0
    return base if isinstance(base, int) else 2**53


def _mergeable(type_: RecordType, unit: str) -> bool:
    kind = type_.fields[unit].kind
    if type_.two_editors in (TwoEditors.GROW, TwoEditors.SERVER) or kind.name == "set":
        return True
    return kind.name == "mtext" and type_.two_editors is TwoEditors.MERGE
