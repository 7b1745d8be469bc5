"""Grants: derived from the staff, duties, classes and groups of a school whenever one of these changes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update

from sync.records.scopes import ClassKey, Opened, of_duty, of_staff
from sync.server.storage.names import Names
from sync.server.storage.tables import grant, member, record

SOURCES: Final = frozenset({"staff", "duty", "class", "group"})
"""Types whose records grants are derived from."""
ALWAYS: Final = "1900-01-01"
"""The day what belongs to a member of staff as such began: a staff record says no day."""

_SOURCES: Final = select(record.c.type, record.c.id, record.c.layout, record.c.data).where(
    record.c.school == bindparam("school"), record.c.type.in_(sorted(SOURCES)), record.c.deleted.is_(False)
)
_ALL: Final = select(
    grant.c.user, grant.c.scope, grant.c.role, grant.c.rights, grant.c.valid_from, grant.c.valid_until
).where(grant.c.school == bindparam("school"))
_OF_USER: Final = select(grant.c.scope, grant.c.role, grant.c.rights, grant.c.valid_from, grant.c.valid_until).where(
    grant.c.school == bindparam("school"), grant.c.user == bindparam("user")
)
_OF_MEMBERS: Final = (
    select(member.c.staff, grant.c.scope, grant.c.role, grant.c.rights, grant.c.valid_from, grant.c.valid_until)
    .join(member, and_(member.c.school == grant.c.school, member.c.user == grant.c.user))
    .where(grant.c.school == bindparam("school"), member.c.staff.in_(bindparam("staff", expanding=True)))
)
_ONE: Final = and_(
    grant.c.school == bindparam("k_school"),
    grant.c.user == bindparam("k_user"),
    grant.c.scope == bindparam("k_scope"),
    grant.c.role == bindparam("k_role"),
    grant.c.rights == bindparam("k_rights"),
    grant.c.valid_from == bindparam("k_from"),
)

_Key = tuple[str, str, str, str, str]
"""user, scope, role, rights, from."""


def of_user(connection: Connection, school: str, user: str) -> tuple[Opened, ...]:
    """All of a user's grants at a school, ended ones included."""
    return tuple(Opened(*row) for row in connection.execute(_OF_USER, {"school": school, "user": user}))


def of_members(connection: Connection, school: str, staff: Collection[str]) -> dict[str, list[Opened]]:
    """The grants of these members of staff, ended ones included; nobody who does not work there (any more)."""
    found: dict[str, list[Opened]] = {}
    for id_, *row in connection.execute(_OF_MEMBERS, {"school": school, "staff": sorted(staff)}):
        found.setdefault(id_, []).append(Opened(*row))
    return found


def derive(connection: Connection, names: Names, school: str, day: str) -> None:
    """Bring the grants and members of a school in line with its records. day: today in Japan.

    A grant whose duty has gone ends yesterday; one that never was valid is forgotten.
    """
    records = _records(connection, names, school)
    wanted = _wanted(records)
    held: dict[_Key, str | None] = {
        (row[0], row[1], row[2], row[3], row[4]): row[5] for row in connection.execute(_ALL, {"school": school})
    }
    ended = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    for key, until in held.items():
        if key not in wanted and (until is None or until > ended):
            _end(connection, school, key, ended)
    new = [_row(school, key, until) for key, until in wanted.items() if key not in held]
    if new:
        connection.execute(insert(grant), new)
    moved = [_key(school, key) | {"until": until} for key, until in wanted.items() if held.get(key, until) != until]
    if moved:
        connection.execute(update(grant).where(_ONE).values(valid_until=bindparam("until")), moved)
    _derive_members(connection, school, records["staff"])


def _records(connection: Connection, names: Names, school: str) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {type_: {} for type_ in SOURCES}
    for type_, id_, layout, data in connection.execute(_SOURCES, {"school": school}):
        found[type_][id_] = names.unpack(layout, data)
    return found


def _wanted(records: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[_Key, str | None]:
    """What the records open now and have opened before, each grant with its last day."""
    classes = [
        ClassKey(f"{fields['year']}:{fields['key']}", tuple(fields.get("grades", ())))
        for type_ in ("class", "group")
        for fields in records[type_].values()
    ]
    wanted: dict[_Key, str | None] = {}
    for user, opened in _opened(records, classes):
        key = (user, opened.scope, str(opened.role), opened.rights, opened.since)
        until = opened.until
        if key in wanted and until is not None:
            before = wanted[key]
            until = None if before is None else max(before, until)
        wanted[key] = until
    return wanted


def _opened(
    records: Mapping[str, Mapping[str, Mapping[str, Any]]], classes: list[ClassKey]
) -> Iterator[tuple[str, Opened]]:
    working = {id_: fields for id_, fields in records["staff"].items() if fields.get("active", True)}
    for id_, fields in working.items():
        for opened in of_staff(id_, ALWAYS, None):
            yield fields["user"], opened
    for duty in records["duty"].values():
        staff = working.get(duty["staff"])
        if staff is not None:
            for opened in of_duty(duty, classes):
                yield staff["user"], opened


def _derive_members(connection: Connection, school: str, staff: Mapping[str, Mapping[str, Any]]) -> None:
    wanted = {fields["user"]: id_ for id_, fields in sorted(staff.items()) if fields.get("active", True)}
    rows = connection.execute(select(member.c.user, member.c.staff).where(member.c.school == school))
    held: dict[str, str] = {row[0]: row[1] for row in rows}
    gone = [user for user, id_ in held.items() if wanted.get(user) != id_]
    if gone:
        connection.execute(
            delete(member).where(member.c.school == bindparam("k_school"), member.c.user == bindparam("k_user")),
            [{"k_school": school, "k_user": user} for user in gone],
        )
    new = [{"school": school, "user": user, "staff": id_} for user, id_ in wanted.items() if held.get(user) != id_]
    if new:
        connection.execute(insert(member), new)


def _end(connection: Connection, school: str, key: _Key, ended: str) -> None:
    if key[4] > ended:
        connection.execute(delete(grant).where(_ONE), _key(school, key))
    else:
        connection.execute(
            update(grant).where(_ONE).values(valid_until=bindparam("until")), _key(school, key) | {"until": ended}
        )


def _key(school: str, key: _Key) -> dict[str, str | None]:
    user, scope, role, rights, since = key
    return {
        "k_school": school,
        "k_user": user,
        "k_scope": scope,
        "k_role": role,
        "k_rights": rights,
        "k_from": since,
    }


def _row(school: str, key: _Key, until: str | None) -> dict[str, str | None]:
    user, scope, role, rights, since = key
    return {
        "school": school,
        "user": user,
        "scope": scope,
        "role": role,
        "rights": rights,
        "valid_from": since,
        "valid_until": until,
    }


def sorted_rows(grants: Iterable[Opened]) -> list[dict[str, str]]:
    """Grants in wire form, sorted by scope and role; no `until` where they are open."""
    rows: list[dict[str, str]] = []
    for opened in sorted(grants, key=lambda one: (one.scope, one.role, one.rights, one.since)):
        row = {"scope": opened.scope, "role": str(opened.role), "rights": opened.rights, "from": opened.since}
        rows.append(row if opened.until is None else row | {"until": opened.until})
    return rows
