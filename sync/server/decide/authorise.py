"""Who may write what: a valid grant with `rw`, a scope the record is in, a role among the type's writers."""

from collections.abc import Iterable, Mapping

from sync.protocol.messages import Rejection
from sync.records.record import RecordType
from sync.records.registry import opens
from sync.records.roles import TwoEditors
from sync.records.scopes import RW, Opened, valid_on
from sync.server.decide.world import Actor, Refused, Rights, Values


def rights_on(grants: Iterable[Opened], day: str) -> Rights:
    """A user's rights on that day (Asia/Tokyo). A grant that has not begun yet is neither valid nor has been."""
    now: dict[str, set[str]] = {}
    once: dict[str, set[str]] = {}
    for opened in grants:
        if opened.rights == RW and opened.since <= day:
            (now if valid_on(opened, day) else once).setdefault(opened.scope, set()).add(opened.role)
    return Rights(_frozen(now), _frozen(once))


def authorise(actor: Actor, type_: RecordType, states: Iterable[Values]) -> bool:
    """Whether the op may stand: True by a valid grant or the school's word, False by one that has ended (late).

    states: the record's fields before and after the op, whichever there are. Raises Refused(forbidden) otherwise. What
    is appended its author alone writes (domain.md 15.1 rule 9), also where the school lets a late edit in.
    """
    if actor.rights is None:
        return True
    if type_.two_editors is TwoEditors.SERVER:
        raise Refused(Rejection.FORBIDDEN)
    states = tuple(states)
    if type_.author and any(fields[type_.author] != actor.staff for fields in states):
        raise Refused(Rejection.FORBIDDEN)
    if actor.rights.let_in:
        return True
    in_time = True
    for fields in states:
        if not opens(actor.rights.now, type_, fields):
            in_time = False
            if not opens(actor.rights.once, type_, fields):
                raise Refused(Rejection.FORBIDDEN)
    return in_time


def _frozen(sets: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {scope: frozenset(roles) for scope, roles in sets.items()}
