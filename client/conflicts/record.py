"""A difference, and the case that is decided on one screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

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

    @property
    def given(self) -> OpenConflict | None:
        """The first of its conflicts that somebody has been asked to settle."""
        return next((item.conflict for item in self.differences if item.conflict.assignee is not None), None)

    def is_given_to(self, staff: str | None) -> bool:
        """Whether a member of staff has been asked to settle it, or part of it."""
        return staff is not None and any(item.conflict.assignee == staff for item in self.differences)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff who may settle a case. id: staff id; name: in full."""

    id: str
    name: str


class People(NamedTuple):
    """Who is who. staff: {staff id: name}; me: who sits here."""

    staff: Mapping[str, str]
    me: str | None


class Choice(Enum):
    """The three columns of a decision, in their order on screen."""

    BASE = 0
    INCOMING = 1
    CURRENT = 2
