"""`keyaki-server devices`: every device as those see it who look after them."""

import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection

from sync.server.clock import TOKYO
from sync.server.schools import find_school, schools
from sync.server.storage import partitions, sources
from sync.server.storage.enrolled import EnrolledRow, enrolled
from sync.server.storage.store import Storage


def devices_command(storage: Storage, school: str | None, *, as_json: bool) -> int:
    """Write every device to standard output, in the order in which they came.

    school: a school's code or id; None = every school. Returns the exit code 0. Raises Refusal, ServerBusy.
    """
    wanted = None if school is None else find_school(storage, school).id
    codes = {found.id: found.code for found in schools(storage)}
    with storage.database.reading() as connection:
        rows = [row for row in enrolled(connection) if wanted in (None, row.school)]
        people = _people(storage, connection, {row.school for row in rows})
    told = [_told(row, codes.get(row.school, row.school), people.get((row.school, row.user))) for row in rows]
    if as_json:
        sys.stdout.write(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        sys.stdout.writelines(_lines(each) for each in told)
    return 0


def _people(storage: Storage, connection: Connection, of: Iterable[str]) -> Mapping[tuple[str, str], str]:
    """What the users of these schools are called there."""
    called: dict[tuple[str, str], str] = {}
    for school in of:
        own = partitions.read(connection, school)
        if own is not None:
            names = storage.names.read(connection, own)
            for held in sources.records(connection, names, school, ("staff",)).values():
                called[school, held.fields.get("user", "")] = held.fields.get("name", "")
    return called


def _told(row: EnrolledRow, code: str, person: str | None) -> dict[str, Any]:
    """What is said of a device; what is not known is left out."""
    said = {
        "device": row.device,
        "state": row.status,
        "first_seen": _moment(row.enrolled),
        "last_seen": None if row.seen is None else _moment(row.seen),
        "name": row.name,
        "os": row.os,
        "school": code,
        "person": person,
        "user": row.user,
        "goes_on_from": row.former,
        "why": row.why,
    }
    return {key: value for key, value in said.items() if value is not None}


def _lines(told: Mapping[str, Any]) -> str:
    """A device for people: three lines, or two where it goes on from no other."""
    head = f"{told['device']}  {told['state']}  first {told['first_seen']}  last {told.get('last_seen', '-')}\n"
    whose = f"    {told['name']} ({told['os']}), {told.get('person', '-')} at {told['school']}, user {told['user']}\n"
    former = f"    goes on from {told['goes_on_from']}: {told['why']}\n" if "goes_on_from" in told else ""
    return head + whose + former


def _moment(ms: int) -> str:
    """Milliseconds since 1970 as a time of Japan, to the second."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(TOKYO).isoformat(timespec="seconds")
