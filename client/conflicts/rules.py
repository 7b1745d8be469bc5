"""What belongs to one decision, what a choice means, and what a rule for many would choose. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from client.conflicts.record import Case, Choice, Difference
from client.syncing.record import FieldKind
from client.workspace import Settle
from sync.records.registry import TYPES, opens
from sync.records.scopes import RW, Opened, valid_on


def cases(differences: Iterable[Difference], me: str | None = None) -> tuple[Case, ...]:
    """Differences by the act and the pupil they belong to, fields in the registry's order.

    What `me` (staff id) is asked to settle comes first, then the newest.
    """
    held: dict[tuple[str, str, str], list[Difference]] = {}
    for difference in differences:
        device, q = difference.conflict.group
        about = difference.about
        held.setdefault((f"{device}/{q}", about.pupil_id or about.id, about.place), []).append(difference)
    made = [Case(key, tuple(sorted(fields, key=_place))) for key, fields in held.items()]
    made.sort(key=newest, reverse=True)
    return tuple(sorted(made, key=lambda case: not case.is_given_to(me)))


def _place(difference: Difference) -> int:
    """Where a field stands among those of its record: as the registry lists them."""
    conflict = difference.conflict
    units = list(TYPES[conflict.type].units) if conflict.type in TYPES else []
    return units.index(conflict.unit) if conflict.unit in units else len(units)


def newest(case: Case) -> str:
    """The stamp of the latest change in a case, empty where none has one."""
    return max(difference.conflict.current.at or "" for difference in case.differences)


def settled(difference: Difference, choice: Choice, text: str | None = None) -> Settle:
    """The decision a choice stands for. text: a text of a TEXT field as it was edited on screen, None as chosen."""
    conflict = difference.conflict
    sides = {
        Choice.INCOMING: conflict.incoming.value,
        Choice.CURRENT: conflict.current.value,
        Choice.BASE: conflict.base,
    }
    chosen = whole(conflict.type, conflict.unit, sides[choice])
    if text is not None and difference.about.kind is FieldKind.TEXT and text != (chosen.get(conflict.unit) or ""):
        return Settle(conflict.id, "other", {**chosen, conflict.unit: text or None})
    if choice is Choice.BASE:
        return Settle(conflict.id, "other", chosen)
    return Settle(conflict.id, "incoming" if choice is Choice.INCOMING else "current")


def whole(type_: str, unit: str, value: Mapping[str, Any] | None) -> dict[str, Any]:
    """All fields of a unit: those of `value`, and null for the others."""
    known = TYPES[type_].units.get(unit, (unit,)) if type_ in TYPES else (unit,)
    return {name: None if value is None else value.get(name) for name in known}


def after(keys: Sequence[object], current: object) -> object | None:
    """The key after `current`, the first where it is the last or gone; None where there is none."""
    if not keys:
        return None
    at = keys.index(current) + 1 if current in keys else 0
    return keys[at % len(keys)]


class Bulk(Enum):
    """One rule for many conflicts."""

    FILLED = "filled"
    """The value that is not blank, where only one is."""
    NEWER = "newer"
    """The value that reached the school later; the school's order counts, never a PC's clock."""
    CURRENT = "current"
    """The value the school has now."""


def by_rule(difference: Difference, rule: Bulk) -> Choice | None:
    """What a rule chooses for one conflict; None where it leaves the decision to a person."""
    conflict = difference.conflict
    if rule is Bulk.CURRENT:
        return Choice.CURRENT
    if rule is Bulk.NEWER:
        return Choice.INCOMING if (conflict.incoming.at or "") >= (conflict.current.at or "") else Choice.CURRENT
    incoming, current = (
        any(value is not None for value in whole(conflict.type, conflict.unit, side.value).values())
        for side in (conflict.incoming, conflict.current)
    )
    if incoming == current:
        return None
    return Choice.INCOMING if incoming else Choice.CURRENT


def rights_of(opened: Iterable[Opened], day: str) -> dict[str, set[str]]:
    """{scope: roles} somebody writes with on that day. opened: what their duties open."""
    rights: dict[str, set[str]] = {}
    for one in opened:
        if one.rights == RW and valid_on(one, day):
            rights.setdefault(one.scope, set()).add(one.role)
    return rights


def may_settle(staff: str, rights: Mapping[str, Collection[str]], type_: str, fields: Mapping[str, Any] | None) -> bool:
    """Whether a member of staff with these rights may write a record, as the server will see it.

    fields: of the record, by wire name; None where they are not known.
    """
    known = TYPES.get(type_)
    if known is None or fields is None or (known.author and fields.get(known.author) != staff):
        return False
    return opens(rights, known, fields)
