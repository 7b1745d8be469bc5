"""Which scopes a duty opens, to whom, and how (domain.md 14.1, 14.2). Holding a scope means reading all of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sync.records.roles import Role

R: Final = "r"
RW: Final = "rw"


@dataclass(frozen=True, slots=True, order=True)
class Opened:
    """One scope opened to somebody. Days of Asia/Tokyo, both included; no `until` = open."""

    scope: str
    role: str
    rights: str
    since: str
    until: str | None = None


@dataclass(frozen=True, slots=True)
class ClassKey:
    """A class or group as scopes name it: its code `2026:3-2` and its grades (empty for a group)."""

    code: str
    grades: tuple[int, ...]


_TEAM: Final = {"roster": R, "class": RW, "homeroom": RW, "notes": RW, "grades": R, "yoroku": RW}
_CARE: Final = {"past": R, "care": RW, "contact": R, "guidance": RW}
_MANAGER: Final = {"roster": R, "class": R, "homeroom": R, "notes": R, "grades": R, "yoroku": R, "past": R}

OF_CLASS: Final[Mapping[Role, Mapping[str, str]]] = MappingProxyType(
    {
        Role.HOMEROOM: _TEAM | _CARE,
        Role.SPECIAL: _TEAM | _CARE,
        Role.DEPUTY: {
            "roster": R,
            "class": RW,
            "homeroom": RW,
            "notes": RW,
            "grades": R,
            "care": R,
            "contact": R,
            "guidance": R,
        },
        Role.GRADE_LEAD: {"roster": R, "class": R, "homeroom": R, "notes": R, "grades": R, "yoroku": R, "care": R}
        | {"guidance": R},
        Role.ACADEMIC: _MANAGER | {"guidance": R},
        Role.VICE: _MANAGER | {"class": RW, "care": R, "contact": R, "guidance": RW},
        Role.PRINCIPAL: _MANAGER | {"care": R, "contact": R, "guidance": R},
        Role.NURSE: {"roster": R, "class": RW, "care": RW, "contact": R, "guidance": R},
        Role.NUTRITION: {"roster": R, "care": RW},
        Role.CLERK: {"roster": R, "contact": RW},
        Role.ASSISTANT: {"roster": R, "notes": RW, "care": R},
        Role.COUNSELLOR: {"roster": R, "notes": RW},
        Role.SUBJECT: {"roster": R, "notes": RW, "care": R},
        Role.RESOURCE: {"roster": R, "notes": RW, "care": R},
    }
)
"""What a role opens for each class its duty reaches: {scope: rights}."""

OF_SCHOOL: Final[Mapping[Role, Mapping[str, str]]] = MappingProxyType(
    {
        Role.PRINCIPAL: {"office": RW, "register": R, "health": R},
        Role.VICE: {"all": RW, "office": RW, "late": RW, "register": RW, "health": R},
        Role.ACADEMIC: {"all": RW, "register": RW},
        Role.CLERK: {"office": RW, "register": RW},
        Role.ICT: {"office": RW},
        Role.NURSE: {"health": RW},
        Role.FORM_OWNER: {"all": RW},
    }
)
"""What a role opens besides, once for the school."""

OF_GRADE: Final = frozenset(
    {Role.HOMEROOM, Role.SPECIAL, Role.DEPUTY, Role.SUBJECT, Role.RESOURCE, Role.ACADEMIC, Role.VICE, Role.PRINCIPAL}
)
"""Roles that read and write what is posted for the grade of a class they reach."""

OF_LESSON: Final = frozenset({Role.SUBJECT, Role.RESOURCE})
"""Roles whose duty for a course writes there: all that belongs to the lesson, or its texts alone (通級指導)."""

OWN: Final[Mapping[str, str]] = MappingProxyType({"staff": RW, "inbox": RW})
"""What every member of staff has of their own; `plan` is per year."""


def of_staff(staff: str, since: str, until: str | None) -> Iterator[Opened]:
    """What belongs to every member of staff by working at the school. In `all` they write what they post to others."""
    yield Opened("all", Role.STAFF, RW, since, until)
    for scope, rights in OWN.items():
        yield Opened(f"{scope}:{staff}", Role.STAFF, rights, since, until)


def of_duty(duty: Mapping[str, Any], classes: Iterable[ClassKey]) -> Iterator[Opened]:
    """What one duty opens, given all classes and groups of the school. duty: fields of a `duty` record."""
    role = Role(duty["role"])
    span = (duty["from"], duty.get("to"))
    for scope, rights in OF_SCHOOL.get(role, {}).items():
        yield Opened(scope, role, rights, *span)
    known = {key.code: key for key in classes}
    reached = [*_reached(duty["target_kind"], duty["target"], known.values())]
    for code in reached:
        for scope, rights in OF_CLASS.get(role, {}).items():
            yield Opened(f"{scope}:{code}", role, rights, *span)
    if role in OF_GRADE:
        grades = {f"{code[:4]}:{grade}" for code in reached if code in known for grade in known[code].grades}
        for grade in sorted(grades):
            yield Opened(f"grade:{grade}", role, RW, *span)
    if duty["target_kind"] == "course":
        yield Opened(f"lesson:{duty['target']}", role, RW if role in OF_LESSON else R, *span)
    if duty["target_kind"] == "grade":
        yield Opened(f"grade:{duty['target']}", role, RW, *span)


def valid_on(opened: Opened, day: str) -> bool:
    """Whether the scope is open on that day."""
    return opened.since <= day and (opened.until is None or day <= opened.until)


def _reached(kind: str, target: str, classes: Iterable[ClassKey]) -> Iterator[str]:
    """Codes of the classes a duty's target reaches: all of the school, those of a grade, one, or a course's."""
    if kind == "school":
        yield from (key.code for key in classes)
    elif kind == "grade":
        year, grade = target.split(":")
        yield from (key.code for key in classes if key.code.startswith(f"{year}:") and int(grade) in key.grades)
    elif kind in ("class", "group"):
        yield target
    elif kind == "course":
        yield target.rpartition(":")[0]
