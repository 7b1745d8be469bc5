"""Checks of persons: who somebody is decides which names are needed."""

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import Final

from sync.server.roster.cells import at
from sync.server.roster.manifest import Mode
from sync.server.roster.problem import Kind, Problem
from sync.server.roster.sent import Sent
from sync.server.roster.table import Row, Table

_PREFERRED: Final = ("preferredFamilyName", "preferredGivenName")
_OFFICIAL: Final = ("familyName", "givenName")
_KANA: Final = ("metadata.jp.kanaFamilyName", "metadata.jp.kanaGivenName")
_KANA_PREFERRED: Final = ("metadata.jp.kanaPreferredFamilyName", "metadata.jp.kanaPreferredGivenName")


class Person(Enum):
    """What a user is to a school."""

    PUPIL = auto()
    STAFF = auto()
    GUARDIAN = auto()


_PERSONS: Final[Mapping[str, Person]] = {
    "student": Person.PUPIL,
    "guardian": Person.GUARDIAN,
    "parent": Person.GUARDIAN,
    "relative": Person.GUARDIAN,
}


def person_of_role(role: str) -> Person:
    """Return what a primary role makes of a user; every role that is no pupil's or guardian's is staff's."""
    return _PERSONS.get(role, Person.STAFF)


def persons(sent: Sent) -> Mapping[str, Person]:
    """Return what the users are by their primary roles, by sourcedId."""
    return {
        row.get("userSourcedId").lower(): person_of_role(row.get("role"))
        for _, row in sent.rows("roles")
        if row.get("roleType") == "primary"
    }


def check_people(sent: Sent) -> Iterator[Problem]:
    """Check that every user has a role and the names our records of such a person cannot do without (check 3)."""
    known = persons(sent)
    roles_readable = "roles" in sent.tables or sent.manifest.mode("roles") is Mode.ABSENT
    for table, row in sent.rows("users"):
        person = known.get(row.id)
        if person is None and roles_readable and row.id not in sent.earlier.get("users", frozenset()):
            yield at(table, row, "sourcedId", Kind.USER_ROLELESS)
        if person is not Person.GUARDIAN:
            yield from _names(table, row, is_staff=person is Person.STAFF)


def _names(table: Table, row: Row, *, is_staff: bool) -> Iterator[Problem]:
    for pair in (_PREFERRED, _KANA, _KANA_PREFERRED):
        empty = [column for column in pair if not row.get(column)]
        if len(empty) == 1:
            yield at(table, row, empty[0], Kind.NAME_HALF)
    if not any(map(row.get, _KANA)):
        yield at(table, row, _KANA[0], Kind.VALUE_WANTED if is_staff else Kind.VALUE_MISSING)
    elif is_staff:
        return
    if not any(map(row.get, _PREFERRED)):
        yield at(table, row, _PREFERRED[0], Kind.VALUE_WANTED)
    elif _differs(row) and not any(map(row.get, _KANA_PREFERRED)):
        yield at(table, row, _KANA_PREFERRED[0], Kind.READING_ASSUMED)


def _differs(row: Row) -> bool:
    return any(row.get(shown) != row.get(official) for shown, official in zip(_PREFERRED, _OFFICIAL, strict=True))
