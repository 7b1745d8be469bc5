"""What can be found, and what somebody may do with it."""

from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    """What was found; the lower comes first where two fit equally well."""

    PAGE = 0
    COURSE = 1
    CLASS = 2
    PUPIL = 3
    ACT = 4


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the list. key: what makes it the same line. words: what people read; hint: beside it, in small type.

    page, argument: the page that opens and what it is handed; empty for an act, whose `key` the window knows.
    """

    key: str
    kind: Kind
    words: str
    hint: str = ""
    page: str = ""
    argument: object = None

    @property
    def id(self) -> str:
        """As key."""
        return self.key
