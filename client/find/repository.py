"""Reads what can be found in the store: pupils of the classes that are here, the classes, and one's own courses."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from client.find.record import Found, Kind
from client.find.rules import SHOWN
from client.grades.repository import GradeBook
from client.workspace import Workspace
from sync.records.search import finds

_PUPILS: Final = """
SELECT pupil.id, pupil.family, pupil.given, pupil.kana_family, pupil.kana_given, member.number,
       member."class" AS class_, "class".label
FROM membership AS member JOIN pupil ON pupil.id = member.pupil
JOIN "class" ON "class".year || ':' || "class"."key" = member."class"
WHERE member."from" <= :day AND (member."to" IS NULL OR member."to" >= :day)
ORDER BY member."class", member.number IS NULL, member.number
"""
_CLASSES: Final = """
SELECT year || ':' || "key" AS code, label FROM "class" AS held
WHERE EXISTS (SELECT 1 FROM membership WHERE membership."class" = held.year || ':' || held."key") ORDER BY code
"""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil as they may be looked for."""

    id: str
    name: tuple[str, str]
    reading: tuple[str, str]
    number: int | None
    class_: str
    label: str


class Findable:
    """What is here, read when somebody begins to look. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._book = workspace, GradeBook(workspace)

    def pupils(self, day: date) -> list[Pupil]:
        """Everybody in a class that is here, by class and number."""
        return [
            Pupil(row.id, (row.family, row.given), (row.kana_family, row.kana_given), row.number, row.class_, row.label)
            for row in self._workspace.rows(_PUPILS, {"day": day.isoformat()})
        ]

    def classes(self) -> list[Found]:
        """The classes whose lists are here."""
        rows = self._workspace.rows(_CLASSES)
        return [Found(f"class {row.code}", Kind.CLASS, row.label, "", "register", (row.code, "")) for row in rows]

    def courses(self, day: date) -> list[Found]:
        """The courses this person holds."""
        return [
            Found(f"course {each.code}", Kind.COURSE, f"{each.class_label} {each.subject_name}", "", "grades", door)
            for each in self._book.lessons(day)
            if (door := (each.code, "", ""))
        ]


def found_pupils(query: str, pupils: list[Pupil]) -> list[Found]:
    """Those a query means, as many as are shown."""
    told: list[Found] = []
    for pupil in pupils:
        if query.strip() and finds(query, pupil.name, pupil.reading, pupil.number):
            number = "" if pupil.number is None else str(pupil.number)
            hint = " ".join(part for part in (pupil.label, number, " ".join(pupil.reading)) if part)
            door = (pupil.class_, pupil.id)
            told.append(Found(f"pupil {pupil.id}", Kind.PUPIL, " ".join(pupil.name), hint, "register", door))
            if len(told) == SHOWN:
                break
    return told
