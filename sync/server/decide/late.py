"""Late edits: a quarantined group becomes a record, and the school's decision about it lets the group in, or does not.

An accepted group is decided as any other is, with the values, device and number of its author, who needs no grant then;
what has changed since is kept beside it as a conflict. It takes effect with the decision or not at all, and once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from sync.protocol.form import Base
from sync.protocol.messages import Create, Delete, Group, Outcome, Patch, Rejection
from sync.protocol.ops import op_wire, read_op
from sync.records.field import CODED
from sync.records.late_edit import ACCEPTED, DECLINED, OPEN
from sync.records.record import RecordType
from sync.records.registry import TYPES
from sync.records.roles import Partition
from sync.records.versions import rise
from sync.server.decide.authorise import authorise
from sync.server.decide.fields import Edit, absent
from sync.server.decide.validate import Op, patched_fields
from sync.server.decide.world import (
    CREATED,
    Actor,
    Decided,
    Draft,
    Ended,
    Held,
    Key,
    Mark,
    Past,
    Refused,
    Rights,
    Values,
    World,
    gravest,
)

LATE_EDIT: Final = TYPES["late_edit"]
LATE_TARGET: Final = TYPES["late_target"]
_PEOPLE: Final = frozenset({"pupil", "staff"})
"""Types of which whoever decides holds all records."""


class Kept(NamedTuple):
    """A late group as it was pushed. made: the device's stamp; author: staff id."""

    device: str
    q: int
    made: str
    author: str
    device_name: str
    ops: tuple[Op, ...]


class Said(NamedTuple):
    """A decision. unit: the late edit's `state` unit as it is to be; kept: the group it lets in, None for none."""

    held: Held
    unit: dict[str, Any]
    kept: Kept | None


# -- keeping ----------------------------------------------------------------------------------------------------------


def kept(world: World, actor: Actor, q: int, group: Group, failed: Decided) -> Decided:
    """The quarantined group with what it leaves: itself for the school to decide, and what it is about."""
    number = {"device": actor.device, "q": q}
    itself: dict[str, Any] = {
        "author": actor.staff,
        "kind": group.kind,
        "made": group.at,
        "arrived": actor.at,
        "ops": [op_wire(op) for op in group.ops],
        "state": OPEN,
    }
    if actor.device_name:
        itself["device_name"] = actor.device_name
    keys = dict.fromkeys([*((op.type, op.id) for op in group.ops), *referred(world, group)])
    there = [held for key in keys if (held := world.records.get(key)) is not None and not held.deleted]
    about = [{"type": held.type.name, "id": held.id, "fields": dict(held.fields)} for held in there]
    made = [_new(world, LATE_EDIT, number | itself), _new(world, LATE_TARGET, number | {"records": about})]
    came = Past(
        CREATED, world.seq, 0, None, None, actor.staff, actor.device, actor.at, group.at, Outcome.QUARANTINED, q
    )
    return failed._replace(
        seq=world.seq, records={held.key: held for held in made}, past={held.key: [came] for held in made}
    )


def referred(world: World, group: Group) -> Iterator[Key]:
    """Keys of the records a group's records refer to, one by the other, as far as `world` knows them; people apart."""
    waiting = [(op.type, _fields(world, op)) for op in group.ops if op.type in TYPES]
    while waiting:
        type_, fields = waiting.pop()
        for name in _references(TYPES[type_]):
            if fields.get(name) is not None:
                key = (TYPES[type_].fields[name].kind.target, fields[name])
                yield key
                if key in world.records:
                    waiting.append((key[0], world.records[key].fields))


def follows(edit: Edit, op: Op) -> bool:
    """Whether an op is about a record that only a late edit of the same device would make: it is as late as that."""
    ended = [edit.draft.world.groups.get(q) for q in named([op])]
    marks = [mark for one in ended if one is not None and one.outcome is Outcome.QUARANTINED for mark in one.marks]
    return (op.type, op.id) in {(mark.type, mark.id) for mark in marks}


def key_of(partition: str, device: str, q: int) -> Key:
    """The key of the late edit that keeps a device's group."""
    id_ = LATE_EDIT.id_for(partition, {"device": device, "q": q})
    assert id_ is not None
    return (LATE_EDIT.name, id_)


# -- deciding ---------------------------------------------------------------------------------------------------------


def accepted(ops: Iterable[Op], look: Callable[[Key], Held | None]) -> list[Kept]:
    """The groups that these ops would let in. look: a record by its key."""
    found: list[Kept] = []
    for op in ops:
        if isinstance(op, Patch) and op.type == LATE_EDIT.name and op.set.get("state") == ACCEPTED:
            held = look((op.type, op.id))
            if held is not None and held.fields["state"] == OPEN:
                found.append(_read(held.fields))
    return found


def named(ops: Iterable[Op]) -> set[int]:
    """Numbers of the device's earlier groups that these ops are based on."""
    return {int(base[1:]) for op in ops for base in _bases(op) if isinstance(base, str)}


def decision(edit: Edit, held: Held | None, op: Op) -> Said | None:
    """What is decided about a late edit; None where that was decided before, in the same way.

    Raises Refused: forbidden, also for a decision that comes late itself; period_closed where it was decided otherwise.
    """
    if held is None:
        raise absent(edit, _bases(op))
    if not isinstance(op, Patch) or not authorise(edit.actor, held.type, (held.fields,)):
        raise Refused(Rejection.FORBIDDEN)
    patched_fields(held, op)
    state = op.set.get("state")
    if op.base.keys() != {"state"} or op.resolves or state not in (ACCEPTED, DECLINED):
        raise Refused(Rejection.INVALID, "state")
    if held.fields["state"] != OPEN:
        if held.fields["state"] != state:
            raise Refused(Rejection.PERIOD_CLOSED, "state")
        edit.mark(held.key, "state", Outcome.SAME)
        return None
    unit = {"state": state, "decided_by": edit.actor.staff, "decided_at": edit.actor.at}
    if op.set.get("reason"):
        unit["reason"] = op.set["reason"]
    return Said(held, unit, _read(held.fields) if state == ACCEPTED else None)


def within(edit: Edit, group: Kept) -> Edit:
    """An accepted group's edit: by its author's hand, over all that the deciding group has done so far."""
    outer = edit.draft
    before = {key: [*outer.past_of(key)] for key in outer.past}
    world = replace(outer.world, past=outer.world.past | before, groups=_ended(edit, group))
    author = Actor(None, group.author, group.device, group.device_name, Rights(let_in=True), edit.actor.at)
    return Edit(Draft(world, outer.records), author, group.q, group.made, 0)


def close(edit: Edit, said: Said, let_in: Edit | None) -> None:
    """Note the decision on the late edit. let_in: what became of its group, None where it was declined."""
    held = said.held
    units: dict[str, dict[str, Any]] = {"state": said.unit}
    if let_in is not None:
        done = let_in.draft
        for key, past in done.past.items():
            edit.draft.past.setdefault(key, []).extend(past)
        units["outcome"] = {"outcome": gravest(done.marks, changed=bool(done.past)).value}
        if done.marks:
            units["outcome"] |= {"marks": [_plain(mark) for mark in done.marks]}
    fields: dict[str, Any] = dict(held.fields)
    for unit, values in units.items():
        edit.happened(held.key, unit, held.version(unit), (held.unit(unit), values), Outcome.APPLIED)
        fields.update(values)
    fv = rise(held.fv, held.ver, edit.seq, units, held.type.units)
    edit.draft.put(Held(held.type, held.id, fields, fv, edit.seq))


def _ended(edit: Edit, group: Kept) -> dict[int, Ended]:
    """How the author's earlier groups ended that this one is based on; those let in since count as what they became."""
    world = edit.draft.world
    found = dict(world.others.get(group.device, {}))
    for q in named(group.ops):
        earlier = edit.draft.get(key_of(world.partition, group.device, q))
        if earlier is not None and "outcome" in earlier.fields:
            marks = tuple(_mark(mark) for mark in earlier.fields.get("marks", ()))
            found[q] = Ended(Outcome(earlier.fields["outcome"]), earlier.version("outcome"), marks)
    return found


def _mark(plain: Sequence[Any]) -> Mark:
    op, type_, id_, unit, outcome, conflict = plain
    return Mark(op, type_, id_, unit, Outcome(outcome), conflict)


def _plain(mark: Mark) -> list[Any]:
    return [mark.op, mark.type, mark.id, mark.unit, mark.outcome.value, mark.conflict]


def _read(fields: Values) -> Kept:
    ops = tuple(read_op(op) for op in fields["ops"])
    name = fields.get("device_name", "")
    return Kept(fields["device"], fields["q"], fields["made"], fields["author"], name, ops)


def _new(world: World, type_: RecordType, fields: dict[str, Any]) -> Held:
    id_ = type_.id_for(world.partition, fields)
    assert id_ is not None
    return Held(type_, id_, fields, {}, world.seq)


def _fields(world: World, op: Op) -> Values:
    held = world.records.get((op.type, op.id))
    return held.fields if held is not None else op.set if isinstance(op, Create) else {}


def _references(type_: RecordType) -> Iterator[str]:
    """Fields of a type that refer to one record of the same school by its id."""
    for name, field in type_.fields.items():
        target = TYPES.get(field.kind.target) if field.kind.name == "ref" else None
        if target is not None and target.partition is Partition.SCHOOL and target.name not in CODED | _PEOPLE:
            yield name


def _bases(op: Op) -> Iterable[Base]:
    if isinstance(op, Patch):
        return op.base.values()
    return (op.base,) if isinstance(op, Delete) else ()
