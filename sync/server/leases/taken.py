"""A device that is out: with which permit, how much that lets out, and what its lease says of it."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from sync.records.scopes import valid_on
from sync.server.caller import Caller
from sync.server.clock import day
from sync.server.leases.ledger import may_happen, state_of
from sync.server.leases.permits import Case
from sync.server.storage import partitions, permits
from sync.server.storage.permits import EventRow, PermitRow
from sync.server.storage.store import Storage

TAKEOUT: Final = "takeout"


def case_of(connection: Connection, caller: Caller, at: int) -> Case | None:
    """The permit the caller's device is out with. One that has ended is written down as such, and over for the device.

    at: Unix s.
    """
    id_ = permits.on_device(connection, caller.device)
    row = None if id_ is None else permits.find(connection, caller.school, id_, lock=True)
    if row is None:
        return None
    case = Case(row, permits.events(connection, caller.school, [row.id])[row.id])
    if state_of(case.said, row.until, at) == "active":
        return case
    if may_happen(case.said, "expired", row.until, at):
        permits.write(connection, caller.school, row.id, EventRow(len(case.events) + 1, at, "expired"))
    permits.take_out(connection, caller.device, None)
    return None


def terms(case: Case, scopes: frozenset[str], at: int) -> dict[str, Any]:
    """What a lease says of a permit; nothing anybody wrote. scopes: the user's today. at: Unix s."""
    row = case.row
    approved = next(event for event in case.events if event.event == "approved")
    return {
        "kind": TAKEOUT,
        "nbf": at,
        "exp": row.until,
        "win": [[at, row.until]],
        "scopes": sorted(scope for scope in scopes if row.lets_out(scope)),
        "purpose": row.purpose,
        "permit": row.id,
        "approver": approved.user,
        "approved_at": approved.at,
    }


def note(connection: Connection, caller: Caller, case: Case, claims: dict[str, Any]) -> None:
    """Write down that a device that is out was given another lease; the first is in the line of the start."""
    if all(event.lease != claims["jti"] for event in case.events):
        line = EventRow(len(case.events) + 1, claims["iat"], "renewed", None, None, caller.device, claims["jti"])
        permits.write(connection, caller.school, case.row.id, line)


def counts(storage: Storage, connection: Connection, caller: Caller, row: PermitRow, now: datetime) -> dict[str, int]:
    """How many records of each type a permit lets out to the caller now."""
    partition = partitions.read(connection, caller.school)
    if partition is None:
        return {}
    names = storage.names.read(connection, partition)
    opened = storage.grants.read(connection, partition, caller.user).all
    scopes = {each.scope for each in opened if valid_on(each, day(now)) and row.lets_out(each.scope)}
    numbers = {names.scope_numbers[scope] for scope in scopes if scope in names.scope_numbers}
    return permits.counted(connection, caller.school, names.sets_with(numbers))
