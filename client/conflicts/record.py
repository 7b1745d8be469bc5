"""A difference, and the case that is decided on one screen."""

from dataclasses import dataclass
from enum import Enum

from client.syncing.record import Subject
from client.workspace import OpenConflict


@dataclass(frozen=True, slots=True)
class Difference:
    """One open conflict and what it is about. here: whether this device made the incoming edit."""

    conflict: OpenConflict
    about: Subject
    here: bool


@dataclass(frozen=True, slots=True)
class Case:
    """Differences that were made by one act on one pupil: decided on one screen."""

    key: tuple[str, str, str]
    differences: tuple[Difference, ...]

    @property
    def id(self) -> tuple[str, str, str]:
        """What makes it the same case after a reload."""
        return self.key

    @property
    def about(self) -> Subject:
        """What its first field is about."""
        return self.differences[0].about


class Choice(Enum):
    """The three columns of a decision, in their order on screen."""

    BASE = 0
    INCOMING = 1
    CURRENT = 2
