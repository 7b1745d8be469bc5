"""The way out of the network a PC is in: straight, or through a proxy."""

from dataclasses import dataclass
from typing import Protocol


class Route(Protocol):
    """The way out of the network this PC is in; asked anew for each call, since a PC moves."""

    def proxy(self, url: str) -> str | None:
        """The proxy that leads to this address, None where none is needed."""
        ...

    def script(self) -> bool:
        """Whether a script says which proxy to take, and nothing else does: a way that cannot be known."""
        ...


@dataclass(frozen=True, slots=True)
class Straight:
    """The same way everywhere. through: a proxy, None = no proxy."""

    through: str | None = None

    def proxy(self, url: str) -> str | None:
        """As in the port."""
        return self.through

    def script(self) -> bool:
        """As in the port."""
        return False
