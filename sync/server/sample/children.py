"""Who sits in which class: the children of the sample school and the classes they belong to (R13-R15, R23)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sync.server.sample.names import Name


@dataclass(frozen=True, slots=True)
class Room:
    """A class. `code` is how records refer to it, `2026:3-2`; `grade` 0 is the special-support class of all grades."""

    code: str
    label: str
    grade: int

    @property
    def key(self) -> str:
        """The code without its year."""
        return self.code.partition(":")[2]

    @property
    def special(self) -> bool:
        """Whether it is the special-support class."""
        return self.grade == 0


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil of the year. `guest` is the code of the class a special-support pupil visits (交流学級), else empty.

    entered: first day at this school; came: first day in this year's class; left: last day at this school.
    habit: `late`, `away_now`, `long_absent` or empty. group: code of the study group, or empty.
    """

    id: str
    name: Name
    grade: int
    home: str
    number: int
    entered: date
    came: date
    entry: str = "first"
    left: date | None = None
    guest: str = ""
    guest_number: int = 0
    group: str = ""
    habit: str = ""

    @property
    def classes(self) -> list[str]:
        """Codes of all classes, sorted, as routing fields want them."""
        return sorted({self.home, self.guest} - {""})

    @property
    def lists(self) -> list[str]:
        """Codes of all classes and groups that list the pupil, sorted."""
        return sorted({self.home, self.guest, self.group} - {""})

    def here(self, day: date) -> bool:
        """Whether the pupil is enrolled in the class on a day of the year (R06)."""
        return self.came <= day and (self.left is None or day <= self.left)


@dataclass(frozen=True)
class Roster:
    """All classes and all children, classes in order, children by class and number."""

    rooms: tuple[Room, ...]
    children: tuple[Child, ...]

    @cached_property
    def by_class(self) -> Mapping[str, tuple[Child, ...]]:
        """Children at home in each class, by number."""
        return {room.code: tuple(child for child in self.children if child.home == room.code) for room in self.rooms}
