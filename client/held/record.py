"""What the page of this PC shows."""

from dataclasses import dataclass
from enum import Enum


class Where(Enum):
    """Where the records of a class are."""

    HERE = "here"
    COMING = "coming"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class HeldClass:
    """A class or group as it lies here. code: `2026:3-2`, empty for what belongs to none. kinds: of its scopes.

    count: records that lie here, those that lie here for another class as well among them.
    """

    code: str
    label: str
    kinds: tuple[str, ...]
    scopes: tuple[str, ...]
    count: int
    where: Where

    @property
    def id(self) -> str:
        """What makes it the same line."""
        return self.code

    @property
    def clearable(self) -> bool:
        """Whether it can be put away: what belongs to no class is needed by every page."""
        return bool(self.code) and self.where is Where.HERE


@dataclass(frozen=True, slots=True)
class Holding:
    """All that lies here. size: bytes of the encrypted files; waiting: changes to be sent; last: stamp of the last
    round that went through.
    """

    classes: tuple[HeldClass, ...]
    size: int
    records: int
    waiting: int
    last: str | None
