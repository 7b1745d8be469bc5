"""What the first page knows of a day: one's own classes, works that are not filled, how far a term's work has come."""

from dataclasses import dataclass

from client.grades.record import Lesson


@dataclass(frozen=True, slots=True)
class OwnClass:
    """A class or group a person works with. homeroom: who takes its attendance; pupils: on the list today."""

    code: str
    label: str
    pupils: int
    homeroom: bool
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """How far the scores of one work have come. part: the `evidence_part`; begun: somebody has entered one."""

    lesson: str
    part: str
    title: str
    unit: str
    date: str | None
    pupils: int
    filled: int

    @property
    def begun(self) -> bool:
        """Whether anything was entered."""
        return self.filled > 0

    @property
    def missing(self) -> int:
        """How many pupils have nothing yet."""
        return self.pupils - self.filled


@dataclass(frozen=True, slots=True)
class Results:
    """How far the viewpoints' letters of a course have come in a term."""

    lesson: str
    done: int
    total: int
