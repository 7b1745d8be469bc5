"""Which devices there are, and what was on one: as far as the school can tell without hearing from it."""

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection

from sync.protocol.errors import Forbidden
from sync.records.scopes import valid_on
from sync.server.caller import Caller
from sync.server.clock import day, stamp
from sync.server.leases.permits import Office
from sync.server.loss.orders import looks_after
from sync.server.storage import device_events, enrolled, grants, partitions, permits, purges
from sync.server.storage.device_events import DeedRow, LeaseTold
from sync.server.storage.enrolled import EnrolledRow
from sync.server.storage.store import Storage


def lists(office: Office, caller: Caller, now: datetime) -> dict[str, Any]:
    """The devices of the school for who looks after them, the own ones for everybody else; the last seen first."""
    with office.storage.database.reading() as connection:
        heads = looks_after(connection, office, caller, now)
        staff = partitions.staff_of(connection, caller.school)
        rows = enrolled.of_school(connection, caller.school)
        lines = [_line(row, staff, caller) for row in rows if heads or row.user == caller.user]
        return {"devices": lines, "heads": heads}


def report(office: Office, caller: Caller, device: str, now: datetime) -> dict[str, Any]:
    """What was on a device of the caller's, or of the school's for who looks after them. Raises Forbidden."""
    with office.storage.database.reading() as connection:
        row = next((row for row in enrolled.of_school(connection, caller.school) if row.device == device), None)
        if row is None or (row.user != caller.user and not looks_after(connection, office, caller, now)):
            raise Forbidden(reason="device")
        staff = partitions.staff_of(connection, caller.school)
        return {"device": _line(row, staff, caller), **told(office.storage, connection, row, now)}


def told(storage: Storage, connection: Connection, row: EnrolledRow, now: datetime) -> dict[str, Any]:
    """A report without the device's own line, in wire form."""
    lease = device_events.last_lease(connection, row.device)
    scopes = _scopes(connection, row, lease, now)
    out = permits.on_device(connection, row.device)
    permit = None if out is None else permits.find(connection, row.school, out)
    return {
        "lease_kind": lease.kind if lease else "",
        "lease_issued": lease.issued if lease else 0,
        "lease_ends": lease.ends if lease else 0,
        "protection": "vault" if lease else "key_store",
        "shares": device_events.shares(connection, row.device),
        "scopes": scopes,
        "counts": _counts(storage, connection, row.school, scopes),
        "takeout": permit.id if permit else "",
        "takeout_until": permit.until if permit else 0,
        "events": [_event(each) for each in device_events.events(connection, row.school, row.device)],
    }


def _scopes(connection: Connection, row: EnrolledRow, lease: LeaseTold | None, now: datetime) -> list[str]:
    """What its last lease let it hold, and what an earlier one did and the device has not told to be gone since; for
    one that never had any, what its user's duties of today open.
    """
    if lease is not None:
        gone = purges.of_device(connection, row.school, row.device)
        lent = device_events.lent_scopes(connection, row.device)
        since = {scope: stamp(datetime.fromtimestamp(issued, UTC)) for scope, issued in lent.items()}
        left = {scope for scope, at in since.items() if gone.get(scope, "") < at}
        return sorted({*orjson.loads(lease.scopes), *left})
    opened = grants.of_user(connection, row.school, row.user)
    return sorted({each.scope for each in opened if valid_on(each, day(now))})


def _counts(storage: Storage, connection: Connection, school: str, scopes: list[str]) -> dict[str, int]:
    """How many records of each type of the school lie in these scopes now."""
    own = partitions.read(connection, school)
    if own is None:
        return {}
    names = storage.names.read(connection, own)
    numbers = {names.scope_numbers[scope] for scope in scopes if scope in names.scope_numbers}
    return permits.counted(connection, school, names.sets_with(numbers))


def _line(row: EnrolledRow, staff: dict[str, str], caller: Caller) -> dict[str, Any]:
    return {
        "id": row.device,
        "name": row.name,
        "os": row.os,
        "staff": staff.get(row.user, ""),
        "state": row.status,
        "enrolled": row.enrolled // 1000,
        "seen": (row.seen or 0) // 1000,
        "mine": row.user == caller.user,
        "here": row.device == caller.device,
    }


def _event(row: DeedRow) -> dict[str, Any]:
    told = {
        "n": row.n,
        "at": row.at,
        "event": row.event,
        "actor": row.staff or "",
        "certificate": row.certificate or "",
    }
    if row.event not in ("claimed", "wiped"):
        return {**told, "reason": row.reason}
    kept, brought = (part.partition("=")[2] for part in row.reason.split())
    return {**told, "kept": int(kept), "brought": brought == "yes"}
