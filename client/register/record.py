"""One line of a class list, as screens show it."""

from dataclasses import dataclass


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
        return f"{self.family} {self.given}"

    @property
    def gone(self) -> bool:
        """Whether the pupil has left the class."""
        return self.left_on is not None
