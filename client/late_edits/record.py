"""A late edit as it is decided: who made it, what it would change, and what has been said about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from client.syncing.record import Subject
from client.workspace import Base


@dataclass(frozen=True, slots=True)
class Change:
    """One field a late edit would change. school: as the school has it; late: as it came; None = no record."""

    about: Subject
    school: Mapping[str, Any] | None
    late: Mapping[str, Any] | None

    @property
    def id(self) -> tuple[str, str, str]:
        """What makes it the same line."""
        return self.about.type, self.about.id, self.about.unit


@dataclass(frozen=True, slots=True)
class Decision:
    """What stands about a late edit. state: open, accepted or declined; by: staff id; at: the school's stamp.

    outcome: how an accepted one ended at the school, empty before it has. refused: why the school did not take the
    decision of this PC, empty where it did. base: what the next decision is based on.
    """

    state: str
    reason: str
    by: str | None
    at: str | None
    outcome: str
    refused: str
    base: Base


@dataclass(frozen=True, slots=True)
class Late:
    """A late edit. author: staff id; device: what people call it; made, arrived: device's and school's stamp."""

    id: str
    author: str
    device: str
    made: str
    arrived: str
    changes: tuple[Change, ...]
    decision: Decision

    @property
    def open(self) -> bool:
        """Whether it waits for a decision."""
        return self.decision.state == "open"
