"""The people a demo may sign in as: all staff of the sample's schools, with their duties."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from sync.server.storage import partitions, records
from sync.server.storage.names import Names
from sync.server.storage.store import Storage
from sync.server.storage.tables import record

_RECORDS: Final = select(record.c.id, record.c.layout, record.c.data).where(
    record.c.school == bindparam("school"), record.c.type == bindparam("type"), record.c.deleted.is_(False)
)
_FIRST: Final = ("homeroom", "special", "subject", "academic")
"""Whom the page shows first: those the demo is for."""


@dataclass(frozen=True, slots=True)
class Teacher:
    """One member of staff. duties: (role, target) in the order they are told."""

    user: str
    name: str
    kana: str
    school_name: str
    duties: tuple[tuple[str, str], ...]


def teachers(storage: Storage, day: str) -> list[Teacher]:
    """All active staff of all schools with their duties of that day; class teachers first."""
    with storage.database.reading() as connection:
        found = [
            teacher
            for school in sorted(partitions.all_schools(connection))
            for teacher in _of_school(storage, connection, school, day)
        ]
    return sorted(found, key=lambda teacher: (teacher.school_name, _rank(teacher), teacher.duties, teacher.kana))


def _of_school(storage: Storage, connection: Connection, school: str, day: str) -> list[Teacher]:
    own = partitions.read(connection, school)
    assert own is not None
    names = storage.names.read(connection, own)
    duties: dict[str, list[tuple[str, str]]] = {}
    for _, duty in _all(connection, names, school, "duty"):
        if duty["from"] <= day <= duty.get("to", day):
            target = duty["target"] if duty["target_kind"] in ("class", "group", "course") else ""
            duties.setdefault(duty["staff"], []).append((duty["role"], target.partition(":")[2]))
    name = _school_name(storage, connection, own)
    return [
        Teacher(
            staff["user"], staff["name"], staff.get("kana", ""), name, tuple(sorted(duties.get(id_, []), key=_order))
        )
        for id_, staff in _all(connection, names, school, "staff")
        if staff.get("active", True)
    ]


def _all(connection: Connection, names: Names, school: str, type_: str) -> list[tuple[str, dict[str, Any]]]:
    rows = connection.execute(_RECORDS, {"school": school, "type": type_})
    return [(id_, names.unpack(layout, data)) for id_, layout, data in rows]


def _school_name(storage: Storage, connection: Connection, own: partitions.Partition) -> str:
    above = None if own.pref is None else partitions.read(connection, own.pref)
    if above is None:
        return own.name
    key = ("school", own.school)
    names = storage.names.read(connection, above)
    found = records.read(storage.database, connection, names, above.school, [key])
    return found[key].held.fields["name"] if key in found else own.name


def _rank(teacher: Teacher) -> int:
    return min((_order(duty)[0] for duty in teacher.duties), default=len(_FIRST))


def _order(duty: tuple[str, str]) -> tuple[int, str, str]:
    role, target = duty
    return (_FIRST.index(role) if role in _FIRST else len(_FIRST), role, target)
