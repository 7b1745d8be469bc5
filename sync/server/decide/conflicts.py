"""Conflict records: made when two values meet, closed by the edit that names them."""

from typing import Any, Final, NamedTuple

from sync.protocol.messages import Rejection
from sync.records.conflict import WHOLE_RECORD
from sync.records.registry import TYPES
from sync.records.versions import rise
from sync.server.decide.world import CREATED, DELETED, Draft, Held, Key, Refused, World

CONFLICT: Final = TYPES["conflict"]
OPEN: Final = "open"
RESOLVED: Final = "resolved"


class Side(NamedTuple):
    """Who gave a value. at: the server's stamp, made: the device's."""

    by: str | None
    device: str
    at: str
    made: str


def side(who: Side | None, value: Any) -> dict[str, Any]:
    """One of a conflict's two values with its author, as the record holds it."""
    known = {} if who is None else {name: said for name, said in who._asdict().items() if said}
    return {"value": value} | known


def maker(draft: Draft, held: Held, unit: str) -> Side | None:
    """Who gave a record's unit its present value, from history; None where history does not know."""
    version = held.ver if unit == WHOLE_RECORD else held.version(unit)
    found = None
    for past in draft.past_of(held.key):
        if past.seq == version and (past.unit in (unit, CREATED, DELETED) or unit == WHOLE_RECORD):
            name = draft.world.devices.get(past.device, "")
            found = Side(past.staff, name, past.at, past.made)
    return found


def kept(
    world: World, held: Held, key: tuple[str, str, int], base: dict[str, Any] | None, sides: tuple[Any, Any]
) -> Held:
    """The open conflict about one unit of a record. key: unit, incoming device, number of its group."""
    unit, device, q = key
    fields: dict[str, Any] = {
        "target_type": held.type.name,
        "target": held.id,
        "unit": unit,
        "device": device,
        "q": q,
        **held.type.route(held.fields),
        "current": sides[0],
        "incoming": sides[1],
        "state": OPEN,
    }
    if base is not None:
        fields["base"] = base
    id_ = CONFLICT.id_for(world.partition, fields)
    assert id_ is not None
    return Held(CONFLICT, id_, fields, {}, world.seq)


def named(draft: Draft, target: tuple[str, str], ids: tuple[str, ...]) -> list[Held]:
    """The conflicts an op says it resolves. Raises Refused(invalid) when one is not about the op's record."""
    found = [draft.get(("conflict", id_)) for id_ in ids]
    about = [held for held in found if held is not None and target_of(held) == target]
    if len(about) < len(ids):
        raise Refused(Rejection.INVALID, "resolves")
    return about


def closed(draft: Draft, conflict: Held, staff: str | None) -> Held | None:
    """The conflict as closed by what its record is now; None when it was closed before."""
    if conflict.fields["state"] != OPEN:
        return None
    unit = conflict.fields["unit"]
    held = draft.get(target_of(conflict))
    assert held is not None
    fields = dict(conflict.fields) | {"state": RESOLVED, "choice": _choice(conflict, held, unit)}
    if staff is not None:
        fields["resolved_by"] = staff
    fv = rise(conflict.fv, conflict.ver, draft.world.seq, ("state",), CONFLICT.units)
    return Held(CONFLICT, conflict.id, fields, fv, draft.world.seq)


def _choice(conflict: Held, held: Held, unit: str) -> str:
    current, incoming = conflict.fields["current"]["value"], conflict.fields["incoming"]["value"]
    if unit == WHOLE_RECORD:
        wanted_gone = incoming is None
        if held.deleted:
            return "incoming" if wanted_gone else "current"
        return "current" if wanted_gone else "incoming" if incoming.items() <= held.fields.items() else "other"
    value = held.unit(unit)
    return "current" if value == current else "incoming" if value == incoming else "other"


def target_of(conflict: Held) -> Key:
    """The record a conflict is about."""
    return (conflict.fields["target_type"], conflict.fields["target"])
