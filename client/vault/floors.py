"""Below these nothing is opened, whoever asks for it: a server, a policy or a file can be stricter, never laxer.

Numbers of security.md 3.1. Tests hand a cheaper `Work` to a constructor, together with the floor it is held against;
nothing that is read from anywhere can.
"""

from dataclasses import dataclass
from typing import Final

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
LEASE_MOST_S: Final = 14 * 86_400
PIN_LEAST: Final = 8
PIN_MOST: Final = 64
LANES_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Work:
    """What one guess of a PIN costs: memory in KiB, passes over it, lanes beside each other (RFC 9106)."""

    kib: int
    passes: int
    lanes: int

    def reaches(self, floor: "Work") -> bool:
        """Whether it is no cheaper than `floor`."""
        return self.kib >= floor.kib and self.passes >= floor.passes and 1 <= self.lanes <= LANES_MOST


WORK: Final = Work(65_536, 3, 4)
