"""Undo: the edits that take a sent group back, refused where somebody has changed the value since."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.engine.edit import Edit, Put, Remove
from sync.engine.rebase import Op, Visible
from sync.errors import RuleError
from sync.records.conflict import WHOLE_RECORD
from sync.records.registry import TYPES
from sync.records.versions import version_of


class UndoRefused(RuleError):
    """A value has been changed since, by somebody or from elsewhere; nothing was written. Facts: type, id, unit."""

    NUMBER = 4302


@dataclass(frozen=True, slots=True)
class Made:
    """A group that may be taken back. seq: the version it made, None while it has no outcome.

    before: what was visible before each op, {unit: {field: value}}.
    """

    q: int
    seq: int | None
    ops: tuple[Op, ...]
    before: tuple[Mapping[str, Mapping[str, Any]], ...]


def inverse(made: Made, look: Callable[[str, str], Visible | None]) -> list[Edit]:
    """Edits that bring back what was visible before the group.

    look: a record as it is visible now. Raises UndoRefused when a unit does not show this group's value any more.
    """
    return [
        edit for op, before in zip(made.ops, made.before, strict=True) for edit in _taken_back(made, op, before, look)
    ]


def untouched(made: Made, look: Callable[[str, str], Visible | None]) -> None:
    """Raise UndoRefused unless every unit of the group still shows its value: only then may it be emptied unsent."""
    for op in made.ops:
        visible = look(op["type"], op["id"])
        if op["do"] == "delete":
            if visible is not None:
                raise _refused(op, WHOLE_RECORD)
        elif op["do"] == "create":
            _only_own(made, op, visible)
        else:
            for unit in op["base"]:
                _own(made, op, unit, visible)


def _taken_back(
    made: Made, op: Op, before: Mapping[str, Mapping[str, Any]], look: Callable[[str, str], Visible | None]
) -> Iterable[Edit]:
    visible = look(op["type"], op["id"])
    if op["do"] == "delete":
        if visible is not None:
            raise _refused(op, WHOLE_RECORD)
        yield Put(op["type"], before[WHOLE_RECORD], id=op["id"])
    elif op["do"] == "create":
        yield _uncreated(made, op, visible)
    elif op["base"]:
        fields = {name: value for unit in op["base"] for name, value in before[unit].items()}
        yield Put(op["type"], fields, id=op["id"], seen={unit: _own(made, op, unit, visible) for unit in op["base"]})


def _uncreated(made: Made, op: Op, visible: Visible | None) -> Edit:
    """A record nobody else has touched goes; of one that was there before, only what this group set is cleared."""
    try:
        return Remove(op["type"], op["id"], _only_own(made, op, visible))
    except UndoRefused:
        units = {
            unit: names for unit, names in TYPES[op["type"]].units.items() if any(name in op["set"] for name in names)
        }
        if visible is None or not visible.fv:
            raise
        seen = {unit: _own(made, op, unit, visible) for unit in units}
        return Put(op["type"], {name: None for names in units.values() for name in names}, id=op["id"], seen=seen)


def _own(made: Made, op: Op, unit: str, visible: Visible | None) -> int | str:
    """The base of a unit that still shows this group's value."""
    if visible is None:
        raise _refused(op, unit)
    q = visible.own.get(unit) or visible.own.get(WHOLE_RECORD)
    if q is None and made.seq is not None and version_of(visible.fv, visible.ver, unit) == made.seq:
        return made.seq
    if q != made.q:
        raise _refused(op, unit)
    return f"q{q}"


def _only_own(made: Made, op: Op, visible: Visible | None) -> int | str:
    """The base of a whole record that nobody but this group has touched."""
    if visible is None:
        raise _refused(op, WHOLE_RECORD)
    if not visible.own and not visible.fv and visible.ver == made.seq:
        return visible.ver
    if visible.own.get(WHOLE_RECORD) != made.q or set(visible.own.values()) != {made.q}:
        raise _refused(op, WHOLE_RECORD)
    return f"q{made.q}"


def _refused(op: Op, unit: str) -> UndoRefused:
    return UndoRefused(type=op["type"], id=op["id"], unit=unit)
