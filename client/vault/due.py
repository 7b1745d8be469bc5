"""When a store has to be closed, by clocks that somebody may have set (security.md 4.2); every function is pure.

Two clocks are read together. What the time is taken for is never earlier than anything seen before, and a wall clock
that was set forward while we looked is not believed any more.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from sync.protocol.lease import Lease

SET_MOST_S: Final = 300
"""A wall clock that has moved further than this against the other one was set by somebody."""
SOON_S: Final = 600
"""So long before the end it is told."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both clocks at one moment, in seconds. wall: Unix time, which anybody may set. boot: since this PC was started,
    sleep included; nobody sets it.
    """

    wall: int
    boot: int


@dataclass(frozen=True, slots=True)
class Floors:
    """What later looks at the clocks are held against. Unix seconds.

    time: what was believed when both clocks were `then`. seen: the latest time ever taken. heeded: whether the wall
    clock counts in this process.
    """

    time: int
    then: Clocks
    seen: int
    heeded: bool = True


class Verdict(Enum):
    """What a lease says of a moment."""

    HOLDS = "holds"
    SOON = "soon"
    OVER = "over"
    SET_BACK = "set back"
    """The wall clock was set back; it is not asked what the lease says."""


@dataclass(frozen=True, slots=True)
class Due:
    """A verdict, the moment it is about (Unix seconds), and for how many seconds the lease holds from then on."""

    verdict: Verdict
    moment: int
    left_s: int = 0


def opened(now: Clocks, floor: int) -> Floors:
    """The floors of a store that has just been opened without the server. floor: the latest time its header has seen.

    A wall clock that is a little behind the header's time was let pass; the header's time counts.
    """
    time = max(now.wall, floor)
    return Floors(time, now, time)


def entered(now: Clocks, lease: Lease | None) -> Floors:
    """The floors of a store that has just been opened with this lease.

    A wall clock from before the lease was let pass only because the lease has come in this moment.
    """
    if lease is not None and now.wall < lease.iat - SET_MOST_S:
        return sworn(now, lease.iat)
    return opened(now, 0 if lease is None else lease.iat)


def sworn(now: Clocks, time: int) -> Floors:
    """The floors after the server's word, the only one that may set a time seen too high back. time: what it said.

    A wall clock that differs from it is wrong, and does not count.
    """
    return Floors(time, now, time, heeded=abs(now.wall - time) <= SET_MOST_S)


def looked(now: Clocks, floors: Floors) -> Floors:
    """The floors after another look at the clocks."""
    heeded = floors.heeded and _moved(now, floors) <= SET_MOST_S
    return replace(floors, heeded=heeded, seen=_moment(now, replace(floors, heeded=heeded)))


def due(now: Clocks, lease: Lease | None, floors: Floors) -> Due:
    """What is to be done now. lease: None where none is believed."""
    moment = _moment(now, floors)
    if _moved(now, floors) < -SET_MOST_S:
        return Due(Verdict.SET_BACK, moment)
    left = 0 if lease is None else _left(lease, moment)
    if left <= 0:
        return Due(Verdict.OVER, moment)
    return Due(Verdict.SOON if left <= SOON_S else Verdict.HOLDS, moment, left)


def _moved(now: Clocks, floors: Floors) -> int:
    """How far the wall clock was set since then: forward is positive. Sleep moves both clocks alike."""
    return (now.wall - floors.then.wall) - (now.boot - floors.then.boot)


def _moment(now: Clocks, floors: Floors) -> int:
    """What the time is taken for: the latest that anything trustworthy says."""
    heeded = floors.heeded and _moved(now, floors) <= SET_MOST_S
    passed = max(0, now.boot - floors.then.boot)
    return max(floors.seen, floors.time + passed, now.wall if heeded else 0)


def _left(lease: Lease, moment: int) -> int:
    """For how many seconds from this moment on a lease holds; windows that touch are one."""
    until = moment if lease.nbf <= moment else 0
    for since, end in lease.win:
        if since <= until < end:
            until = end
    return min(until, lease.exp) - moment
