"""What a recovery has found, as its author decides about it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from client.late_edits.record import Change
from sync.protocol.recovery import RecoveryAnswer, Told

KEY: Final = "recovery"
"""Of the page that shows it."""

Id = tuple[str, int]
"""Device and number of a group."""


@dataclass(frozen=True, slots=True)
class Line:
    """One group. made: by the device's clock. state: unsent, other or refused, as the school says; code: why."""

    device: str
    q: int
    made: str
    changes: tuple[Change, ...]
    state: str
    code: str = ""

    @property
    def id(self) -> Id:
        """What makes it the same line."""
        return self.device, self.q

    @property
    def open(self) -> bool:
        """Whether its author decides about it."""
        return self.state == "unsent"


@dataclass(frozen=True, slots=True)
class Place:
    """A place that cannot be read. count: groups; after, before: when those beside it were made, or empty."""

    count: int
    after: str
    before: str


@dataclass(frozen=True, slots=True)
class Found:
    """All of it. sent: groups the school has had; lost: numbers nobody knows; foreign: records the school cannot read.

    devices: whose numbers are to be gone through, each with the last of them that is meant, None for all.
    brought: streams that need not be brought again once this is decided; answer: as it came.
    """

    lines: tuple[Line, ...]
    places: tuple[Place, ...]
    sent: int
    lost: int
    foreign: int
    devices: tuple[tuple[Told, int | None], ...]
    brought: tuple[UUID, ...]
    answer: RecoveryAnswer

    @property
    def open(self) -> tuple[Line, ...]:
        """What is to be decided."""
        return tuple(line for line in self.lines if line.open)


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a decision, in groups. kept: both values are kept until somebody decides; late: the school looks at
    them; refused: the school did not take them; declined: their author did not want them.
    """

    restored: int
    kept: int = 0
    late: int = 0
    refused: int = 0
    declined: int = 0
