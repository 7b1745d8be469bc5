"""What may be done about a device in which state (security.md 9.5), and which order its lines leave. Pure.

A device that is to be erased is suspended until it has been handed the order: until then whoever finds it can have it
back; from then on there is no way back.
"""

from collections.abc import Iterable
from typing import Final, Literal, get_args

from sync.protocol.device import Deed, OrderKind
from sync.server.storage.device_events import DeedRow

Asked = Literal["suspended", "lost", "wipe", "reinstated"]
"""What a person can order."""

AFTER: Final[dict[Deed, str]] = {
    "suspended": "suspended",
    "lost": "suspended",
    "wipe": "suspended",
    "reinstated": "active",
    "heard": "suspended",
    "ordered": "wiping",
    "claimed": "wiping",
    "wiped": "wiped",
}
"""What a device is after each."""
_MAY: Final[dict[str, frozenset[Deed]]] = {
    "active": frozenset({"suspended", "lost", "wipe"}),
    "forked": frozenset({"suspended", "lost", "wipe"}),
    "suspended": frozenset({"lost", "wipe", "reinstated", "heard", "ordered"}),
    "wiping": frozenset({"claimed", "wiped"}),
}
_ORDERS: Final[dict[Deed, OrderKind]] = {"suspended": "lock", "lost": "lost_wipe", "wipe": "rescue_wipe"}


def may_happen(state: str, event: Deed) -> bool:
    """Whether this may be done about a device that is in a state."""
    return event in _MAY.get(state, frozenset())


def last_asked(events: Iterable[DeedRow]) -> Deed | None:
    """What a person ordered last; None where nobody has ordered anything."""
    return next((row.event for row in reversed([*events]) if row.event in get_args(Asked)), None)


def standing(events: Iterable[DeedRow]) -> tuple[OrderKind, str] | None:
    """The order that stands after these lines, oldest first, with its id; None where there is none."""
    found: tuple[OrderKind, str] | None = None
    for row in events:
        if row.event == "reinstated":
            found = None
        elif row.event in _ORDERS and row.order is not None:
            found = _ORDERS[row.event], row.order
    return found
