"""A take-out begins and is returned: each a line of the ledger, and the device's next lease, in one transaction."""

from typing import Any

from sqlalchemy import Connection

from sync.protocol.errors import PermitRefused
from sync.server.leases.ledger import state_of
from sync.server.leases.lend import Lending, Wish, given
from sync.server.leases.permits import Case, Office, own_case, told, written
from sync.server.leases.taken import case_of, counts
from sync.server.storage import leases, permits


def start(office: Office, lending: Lending, id_: str, wish: Wish) -> dict[str, Any]:
    """Let the caller's device go out with an approved permit; the permit, and a `takeout` lease.

    A repeat by the same device gives another lease. Raises PermitRefused, Forbidden, ServerBusy.
    """
    caller, at = wish.caller, int(wish.now.timestamp())
    with office.storage.database.writing() as connection:
        leases.lock(connection, caller.device)
        case = own_case(connection, caller, id_)
        out = case_of(connection, caller, at)
        if out is not None and out.row.id != id_:
            raise PermitRefused(reason="out")
        if out is None:
            _begin(office, connection, case, wish)
        lease = given(office.storage, connection, lending, wish)
        case = own_case(connection, caller, id_)
    return {"permit": told(case, caller, office.rules, at), "lease": lease}


def give_back(office: Office, lending: Lending, id_: str, wish: Wish) -> dict[str, Any]:
    """Take note that what was out is back; the permit, and a `desk` lease. Whatever the caller may read comes again.

    A repeat gives another lease. Raises PermitRefused, Forbidden, ServerBusy.
    """
    caller, at = wish.caller, int(wish.now.timestamp())
    with office.storage.database.writing() as connection:
        leases.lock(connection, caller.device)
        case = own_case(connection, caller, id_)
        if permits.on_device(connection, caller.device) == id_:
            case_of(connection, caller, at)  # one that is over is written down as such first
            case = own_case(connection, caller, id_)
            permits.take_out(connection, caller.device, None)
        elif state_of(case.said, case.row.until, at) == "active":
            raise PermitRefused(reason="elsewhere")
        case = written(connection, caller, case, case.line("returned", caller, at))
        lease = given(office.storage, connection, lending, wish)
    return {"permit": told(case, caller, office.rules, at), "lease": lease}


def _begin(office: Office, connection: Connection, case: Case, wish: Wish) -> None:
    """Write down the start. Raises PermitRefused."""
    caller, at = wish.caller, int(wish.now.timestamp())
    if at < case.row.since:
        raise PermitRefused(reason="early")
    if "active" in case.said:
        raise PermitRefused(reason="elsewhere" if "returned" not in case.said else "state")
    line = case.line("active", caller, at)
    held = counts(office.storage, connection, caller, case.row, wish.now)
    written(connection, caller, case, line._replace(lease=wish.id, counts=held))
    permits.take_out(connection, caller.device, case.row.id)
