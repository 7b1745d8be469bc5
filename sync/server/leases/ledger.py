"""What stands in the ledger of take-outs, read: in which state one is, and what may happen to it next. Pure.

Nothing in the ledger is ever changed: a state is only what its lines say.
"""

from collections.abc import Iterable
from typing import Final

from sync.protocol.permit import Happened, State

NEXT: Final[dict[State | None, frozenset[Happened]]] = {
    None: frozenset({"requested"}),
    "requested": frozenset({"approved", "refused", "withdrawn", "expired"}),
    "approved": frozenset({"active", "withdrawn", "revoked", "expired"}),
    "active": frozenset({"renewed", "returned", "revoked", "expired"}),
    "expired": frozenset({"returned"}),
    "revoked": frozenset({"returned"}),
    "refused": frozenset(),
    "withdrawn": frozenset(),
    "returned": frozenset(),
}
"""What may happen in each state; `returned` only to what was begun."""


def state_of(events: Iterable[Happened], until: int, now: int) -> State | None:
    """The state after these lines, oldest first; None before the first. until, now: Unix seconds."""
    state: State | None = None
    for event in events:
        state = "active" if event == "renewed" else event
    if state in ("requested", "approved", "active") and now >= until:
        return "expired"
    return state


def may_happen(events: Iterable[Happened], event: Happened, until: int, now: int) -> bool:
    """Whether this may be the next line."""
    said = tuple(events)
    if event == "expired":  # the moment has come; whether the line stands already is asked
        return now >= until and state_of(said, until, until - 1) in ("requested", "approved", "active")
    if event == "returned" and "active" not in said:
        return False
    return event in NEXT[state_of(said, until, now)]


def is_out(events: Iterable[Happened]) -> bool:
    """Whether something was taken out and was not brought back."""
    said = tuple(events)
    return "active" in said and "returned" not in said
