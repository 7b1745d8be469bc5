"""Recovery: what a device's sealed journal tells, as its author is shown it, and what the author wants of it."""

from typing import Annotated, Final, Literal

from pydantic import Field

from sync.protocol.form import UUID, Answer, Chain, Code, Hash, Request, Stamp, Version
from sync.protocol.messages import GroupOutcome, Op, Rejection
from sync.protocol.version import BODY_MAX

SEGMENT_MAX: Final = 8 << 20
"""Bytes of one segment of a journal."""
PART_MAX: Final = BODY_MAX
"""Bytes of a segment in one request."""
KEPT_MAX: Final = 32 << 20
"""Bytes of segments the school keeps of one user."""
SHOWN_MAX: Final = 4 << 20
"""Bytes of groups in one answer."""
NAMED_MAX: Final = 100_000
"""Groups that are named in one decision."""

Q = Annotated[int, Field(strict=True, ge=1, le=2**53)]
Qs = Annotated[tuple[Q, ...], Field(max_length=NAMED_MAX, strict=False)]


class Recovered(Answer):
    """A group a journal holds. made: by the device's clock.

    unsent: the school has never had it. other: the school had something else under its number. refused: the school did
    not take it, or its author did not want it back; code says which.
    """

    device: UUID
    q: Version
    made: Stamp
    kind: Code
    ops: tuple[Op, ...]
    state: Literal["unsent", "other", "refused"]
    code: Rejection | None = None


class Unread(Answer):
    """Records of a journal that cannot be read. count: how many, 0 where only their order is broken.

    after, before: when the groups beside them were made; None where there is none on that side.
    """

    device: UUID
    count: Version
    after: Stamp | None = None
    before: Stamp | None = None


class Told(Answer):
    """How far one device's numbers have come at the school, and how far its journal goes. chain: at `last`.

    streams: of which this was read. sent: groups of the journal that the school has had. void: those taken back before
    they were sent. lost: numbers that no journal and no server knows.
    """

    device: UUID
    name: str = ""
    streams: tuple[UUID, ...] = ()
    last: Version
    chain: Chain
    highest: Version
    sent: Version = 0
    void: Version = 0
    lost: tuple[Version, ...] = ()


class RecoveryAnswer(Answer):
    """What the user's journals hold that the school does not. foreign: records of journals that are not the user's.

    segments: the hashes of the segments this was read from. more: there are more groups than fit into one answer; they
    are told once these have been decided.
    """

    devices: tuple[Told, ...] = ()
    groups: tuple[Recovered, ...] = ()
    unread: tuple[Unread, ...] = ()
    foreign: Version = 0
    segments: tuple[Hash, ...] = ()
    more: bool = False


class DeviceDecision(Request):
    """What is to become of one device's unsent groups, by their numbers.

    What was taken back, and what nobody knows any more, is closed with them. A group that is not named ends it: it and
    what comes after it stays as it is. until: the device knows of numbers up to here, and those above are left alone;
    without it that is as far as the journal goes.
    """

    device: UUID
    restore: Qs = ()
    decline: Qs = ()
    until: Q | None = None


class RecoveryRequest(Request):
    """The author's decision."""

    devices: tuple[DeviceDecision, ...] = Field(min_length=1, max_length=64, strict=False)


class Decision(Answer):
    """How far one device's numbers have come now, and how the groups ended that were decided."""

    device: UUID
    last: Version
    chain: Chain
    outcomes: tuple[GroupOutcome, ...] = ()


class DecisionAnswer(Answer):
    """One for each device that was named; those that are not the user's are left out."""

    devices: tuple[Decision, ...] = ()
