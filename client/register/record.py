"""One line of a class list, as screens show it."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A pupil's line in a class on a day. `left_on` = the last day there; such a line is struck through (R15).

    family, given: the display name, as typed (R22). official: whether the register writes the name another way.
    leave: why the pupil left the school (a value of `enrolment.leave`), None where only the class was left.
    """

    pupil: str
    number: int | None
    family: str
    given: str
    kana: str
    guest: bool
    left_on: str | None = None
    leave: str | None = None
    official: bool = False

    @property
    def id(self) -> str:
        """What makes the line the same line: the pupil."""
        return self.pupil

    @property
    def name(self) -> str:
        """The display name in one line."""
        return " ".join(part for part in (self.family, self.given) if part)

    @property
    def gone(self) -> bool:
        """Whether the pupil has left the class."""
        return self.left_on is not None


class Order(Enum):
    """How a class list is sorted."""

    NUMBER = "number"
    KANA = "kana"


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A line of the roster page: the pupil's line of the class, and what of coming and going is known.

    official, common: names of the register (class II), empty where they are not held or not another. came_on: the first
    day of who joined during the year; came: how (a value of `enrolment.entry`), None where only the class was changed.
    comes_on: the first day of who is announced; leaves_on: the last day of who is about to leave, and leaves_for why.
    """

    who: RosterRow
    official: str = ""
    common: str = ""
    came_on: str | None = None
    came: str | None = None
    comes_on: str | None = None
    leaves_on: str | None = None
    leaves_for: str | None = None

    @property
    def id(self) -> str:
        """The pupil."""
        return self.who.pupil

    @property
    def readings(self) -> tuple[str, str]:
        """Family and given name as they sound."""
        family, _, given = self.who.kana.partition(" ")
        return family, given


@dataclass(frozen=True, slots=True)
class HeldClass:
    """A class or group whose roster is granted to who works here. live: all of it is on this PC.

    own: this person's own class. names: whether names of the register are granted too; names_live: they are here.
    """

    code: str
    label: str
    live: bool
    own: bool
    names: bool
    names_live: bool
