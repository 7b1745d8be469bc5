"""The decision over one edit group: all of it or nothing, and one final outcome."""

from typing import Any

from sync.protocol.messages import Create, Delete, Group, Outcome, Patch, Rejection
from sync.records.record import Record, RecordType
from sync.records.versions import version_of
from sync.server.decide import assignment, conflicts, fields, late, validate
from sync.server.decide.authorise import authorise
from sync.server.decide.fields import Edit
from sync.server.decide.world import Actor, Decided, Draft, Held, Mark, Refused, Values, World, gravest


def decide(world: World, actor: Actor, q: int, group: Group) -> Decided:
    """A group's outcome, given the world its device's earlier groups have left. `world` is not changed."""
    draft = Draft(world)
    quarantined: list[Mark] = []
    for index, op in enumerate(group.ops):
        try:
            in_time = _decide_op(Edit(draft, actor, q, group.at, index), op)
        except Refused as refused:
            marks = tuple(Mark(index, op.type, op.id, unit, Outcome.REJECTED) for unit in refused.units)
            return _failed(q, Outcome.REJECTED, marks, refused.code)
        if not in_time:
            quarantined.append(Mark(index, op.type, op.id, None, Outcome.QUARANTINED))
    if quarantined:
        return _failed(q, Outcome.QUARANTINED, tuple(quarantined), None)
    return _done(q, draft)


def lost(q: int) -> Decided:
    """A group that was sent before, to a server that has since lost it, and whose content no longer exists."""
    return _failed(q, Outcome.LOST, (), None)


def declined(q: int) -> Decided:
    """A group that lay only in a journal, and that its author did not want back."""
    return _failed(q, Outcome.REJECTED, (), Rejection.NOT_RESTORED)


def _decide_op(edit: Edit, op: Create | Patch | Delete) -> bool:
    """Let an op take its effect on the draft. False when only an ended grant would have allowed it."""
    type_ = validate.type_of(op)
    held = edit.draft.get((op.type, op.id))
    if type_ is late.LATE_EDIT and not edit.actor.is_server:
        return _decide_late(edit, held, op)
    if type_ is conflicts.CONFLICT and isinstance(op, Patch) and not edit.actor.is_server:
        assignment.assign(edit, held, op)
        return True
    if isinstance(op, Create):
        new = validate.new_fields(type_, op, edit.draft.world.partition)
        in_time = authorise(edit.actor, type_, _states(held, new))
        _check_new(edit, type_, None if held is None or held.deleted else held, new)
        conflicted = fields.create(edit, type_, op, new)
    elif held is None:
        if late.follows(edit, op):
            return False
        raise fields.absent(edit, op.base.values() if isinstance(op, Patch) else (op.base,))
    elif isinstance(op, Patch):
        in_time = authorise(edit.actor, type_, (held.fields,))
        after = validate.patched_fields(held, op)
        if type_.allows is not Record.allows:  # a patch moves no record to other scopes
            in_time &= authorise(edit.actor, type_, (after,))
        _check_period(edit, held)
        if "value" in op.set:
            validate.check_grade(edit.draft, type_, after)
        conflicted = fields.patch(edit, held, op)
    else:
        in_time = authorise(edit.actor, type_, (held.fields,))
        _check_period(edit, held)
        conflicted = fields.delete(edit, held, op)
    _resolve(edit, op, conflicted=conflicted)
    return in_time


def _decide_late(edit: Edit, held: Held | None, op: Create | Patch | Delete) -> bool:
    """Let the school's decision about a late edit take its effect: all of its group, or nothing."""
    said = late.decision(edit, held, op)
    if said is None:
        return True
    late.close(edit, said, None if said.kept is None else _let_in(edit, said.kept))
    return True


def _let_in(edit: Edit, group: late.Kept) -> Edit:
    """Decide an accepted late group by its author's hand. Raises Refused where not all of it can stand."""
    author = late.within(edit, group)
    for index, op in enumerate(group.ops):
        try:
            stands = _decide_op(author._replace(place=index), op)
        except Refused as refused:
            raise Refused(refused.code, "state") from None
        if not stands:
            raise Refused(Rejection.PARENT_MISSING, "state")
    return author


def _states(held: Held | None, new: dict[str, Any]) -> tuple[Values, ...]:
    """The record before and after a create: over one that stands, key and routes stay its own."""
    if held is None:
        return (new,)
    if held.deleted:
        return (held.fields, new)
    return (held.fields, {**held.fields, **{name: new[name] for name in new if name not in held.type.fixed}})


def _check_new(edit: Edit, type_: RecordType, there: Held | None, new: dict[str, Any]) -> None:
    validate.check_grade(edit.draft, type_, new)
    if there is None:
        validate.check_place(edit.draft, type_, new)
        if not edit.actor.is_server:
            validate.check_routes(edit.draft, type_, new)
    if not edit.actor.is_server:
        validate.check_period(edit.draft, type_, new if there is None else there.fields)


def _check_period(edit: Edit, held: Held) -> None:
    if not edit.actor.is_server:
        validate.check_period(edit.draft, held.type, held.fields)


def _resolve(edit: Edit, op: Create | Patch | Delete, *, conflicted: bool) -> None:
    """Close the conflicts the op names, unless it met one itself."""
    if not op.resolves:
        return
    for conflict in conflicts.named(edit.draft, (op.type, op.id), op.resolves):
        after = None if conflicted else conflicts.closed(edit.draft, conflict, edit.actor.staff)
        if after is not None:
            was = version_of(conflict.fv, conflict.ver, "state")
            edit.happened(conflict.key, "state", was, (conflict.unit("state"), after.unit("state")), Outcome.APPLIED)
            edit.draft.put(after)


def _done(q: int, draft: Draft) -> Decided:
    how = gravest(draft.marks, changed=bool(draft.records))
    return Decided(q, draft.world.seq, how, None, tuple(draft.marks), draft.records, draft.past)


def _failed(q: int, how: Outcome, marks: tuple[Mark, ...], code: Rejection | None) -> Decided:
    return Decided(q, 0, how, code, marks, {}, {})
