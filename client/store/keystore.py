"""Where the device keeps its secret: three states, an allow-list of places, one interface."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Absent:
    """There is none: the place answered and has no such entry."""


@dataclass(frozen=True, slots=True)
class Present:
    """32 bytes."""

    secret: bytes


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The place did not answer, is locked, or holds something of the wrong form. reason: for the log."""

    reason: str


class DeviceSecretStore(Protocol):
    """Holds the 32 secret bytes of one store of this device. No call raises for what the place does."""

    def load(self) -> Absent | Present | Unreadable:
        """What is there."""
        ...

    def store(self, secret: bytes) -> bool:
        """Keep the secret; True when it has been read back equal."""
        ...

    def delete(self) -> bool:
        """Forget the secret; True when it is gone."""
        ...
