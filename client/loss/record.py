"""What the page of devices shows, and whom it asks."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, Protocol

from sync.protocol.device import Deed, DevicesAnswer, LossReport

Wanted = Literal["lost", "suspend", "wipe", "reinstate"]
"""What can be ordered about a device."""


class Stage(IntEnum):
    """How far an order has come."""

    ORDERED = 1
    HEARD = 2
    CLAIMED = 3
    """The device says that everything is erased, and has not proved that it is the device which says so."""
    PROVED = 4


@dataclass(frozen=True, slots=True)
class Progress:
    """What stands about a device. deed: suspended, lost or wipe. Times in Unix seconds, 0 before it is so far.

    kept: files the device could not take away; brought: whether all that had not been sent has come to the school.
    """

    deed: Deed
    stage: Stage
    ordered: int
    heard: int = 0
    ended: int = 0
    kept: int = 0
    brought: bool = True
    certificate: str = ""


class Office(Protocol):
    """The school's place where devices are looked after. Every call waits for the network and may raise SyncError,
    AccessError.
    """

    def lists(self) -> DevicesAnswer:
        """The own ones; those of the school for who looks after them."""
        ...

    def report(self, id_: str) -> LossReport:
        """What was on a device."""
        ...

    def order(self, id_: str, deed: str, reason: str = "") -> LossReport:
        """Have something done about a device. deed: one of `Wanted`."""
        ...
