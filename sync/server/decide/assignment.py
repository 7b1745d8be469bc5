"""Giving a conflict to a colleague: whoever may settle it asks another who may, or takes that back.

Nobody sees more by it: the record stays in its scopes, and only somebody who writes there already can be asked.
"""

from collections.abc import Iterable
from typing import Any

from sync.protocol.messages import Outcome, Patch, Rejection
from sync.records.conflict import ASSIGNED
from sync.records.registry import opens
from sync.records.versions import rise
from sync.server.decide.authorise import authorise
from sync.server.decide.conflicts import CONFLICT, target_of
from sync.server.decide.fields import Edit, absent
from sync.server.decide.validate import Op, check_period, patched_fields
from sync.server.decide.world import Held, Refused


def asked(ops: Iterable[Op]) -> frozenset[str]:
    """Staff ids of those whom these ops would give a conflict to."""
    given = (op.set.get(ASSIGNED) for op in ops if op.type == CONFLICT.name and isinstance(op, Patch))
    return frozenset(id_ for id_ in given if isinstance(id_, str) and CONFLICT.fields[ASSIGNED].kind.check(id_))


def assign(edit: Edit, held: Held | None, op: Patch) -> None:
    """Note who is asked to settle a conflict; of two who were asked at once the later stands, whatever its base.

    Raises Refused: forbidden for anything else on a conflict, and for whoever may not settle it today; invalid for
    somebody who may not settle it; period_closed in a sealed year.
    """
    target = None if held is None or held.deleted else edit.draft.get(target_of(held))
    if held is None or target is None:
        raise absent(edit, op.base.values())
    names = CONFLICT.units[ASSIGNED]
    if op.base.keys() != {ASSIGNED} or not op.set.keys() <= set(names) or op.resolves:
        raise Refused(Rejection.FORBIDDEN)
    if not authorise(edit.actor, target.type, (target.fields,)):
        raise Refused(Rejection.FORBIDDEN)  # a request of somebody whose duty has ended is nothing for the school
    patched_fields(held, op)
    check_period(edit.draft, target.type, target.fields)
    whom = op.set[ASSIGNED]
    if whom is not None and not _may_settle(edit, whom, target):
        raise Refused(Rejection.INVALID, ASSIGNED)
    if whom == held.fields.get(ASSIGNED):
        edit.mark(held.key, ASSIGNED, Outcome.SAME)
    else:
        _write(edit, held, whom)


def _may_settle(edit: Edit, staff: str, target: Held) -> bool:
    """Whether a member of staff may see and write the record a conflict is about, today."""
    rights = edit.draft.world.colleagues.get(staff)
    own = not target.type.author or target.fields[target.type.author] == staff
    return rights is not None and own and opens(rights.now, target.type, target.fields)


def _write(edit: Edit, held: Held, whom: str | None) -> None:
    said = {ASSIGNED: whom, "by": edit.actor.staff, "at": edit.actor.at} if whom is not None else {}
    unit: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    rest = {name: value for name, value in held.fields.items() if name not in CONFLICT.units[ASSIGNED]}
    edit.happened(held.key, ASSIGNED, held.version(ASSIGNED), (held.unit(ASSIGNED), unit), Outcome.APPLIED)
    fv = rise(held.fv, held.ver, edit.seq, (ASSIGNED,), CONFLICT.units)
    edit.draft.put(Held(CONFLICT, held.id, rest | unit, fv, edit.seq))
