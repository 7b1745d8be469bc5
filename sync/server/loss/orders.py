"""What heads and teachers order about devices, how a device hears of it, and how it says that it has done it.

Each deed is a line that stays. Blocking destroys what the school keeps of the device's keys at once, whether or not the
device is ever heard of again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson
from sqlalchemy import Connection

from sync.protocol.device import Deed, DeedRequest, Erased, Order, Proof, order_of, proof_of
from sync.protocol.errors import Forbidden, SignInTooOld
from sync.protocol.messages import read
from sync.protocol.signed import Forged, PublicKey, keys_of, root_of
from sync.records.registry import NUMBER
from sync.server.caller import Caller
from sync.server.clock import day, unix_ms
from sync.server.leases.lend import Lending
from sync.server.leases.permits import FRESH_MS, Office, roles
from sync.server.loss.states import AFTER, Asked, last_asked, may_happen, standing
from sync.server.storage import device_events, identity
from sync.server.storage.device_events import DeedRow
from sync.server.storage.store import Storage


@dataclass(frozen=True, slots=True)
class Wanted:
    """A deed that is asked for. at: the moment; by: who asks, None for the server's own command."""

    device: str
    deed: Asked
    at: datetime
    by: Caller | None = None
    reason: str = ""


def looks_after(connection: Connection, office: Office, caller: Caller, now: datetime) -> bool:
    """Whether the caller sees every device of the school and may order about it."""
    return not roles(connection, caller.school, caller.user, day(now)).isdisjoint(office.rules.keepers)


def ask(office: Office, wanted: Wanted, request: DeedRequest) -> None:
    """Do what is ordered about a device of the school by who looks after it, or by a teacher whose own one is lost.

    Raises SignInTooOld, and Forbidden for what is not theirs, or cannot be done about a device in its state, or would
    block the device it is asked from.
    """
    caller = wanted.by
    assert caller is not None
    if unix_ms(wanted.at) - caller.auth_time > FRESH_MS:
        raise SignInTooOld
    with office.storage.database.writing() as connection:
        row = device_events.whole(connection, wanted.device)
        if row is None or row["school"] != caller.school or wanted.device == caller.device:
            raise Forbidden(reason="device")
        own = row["user"] == caller.user and wanted.deed == "lost"
        if not own and not looks_after(connection, office, caller, wanted.at):
            raise Forbidden(reason="device")
        done(connection, row, Wanted(wanted.device, wanted.deed, wanted.at, caller, request.reason.strip()))


def done(connection: Connection, row: dict[str, Any], wanted: Wanted) -> None:
    """Write a deed down and let it count from now on. row: of the device, locked. A repeat changes nothing.

    Raises Forbidden where it cannot be done about a device in this state.
    """
    lines = device_events.events(connection, row["school"], wanted.device)
    if last_asked(lines) == wanted.deed and row["status"] == AFTER[wanted.deed]:
        return
    if not may_happen(row["status"], wanted.deed):
        raise Forbidden(reason="state", state=row["status"])
    user, staff = (None, None) if wanted.by is None else (wanted.by.user, wanted.by.staff)
    order = None if wanted.deed == "reinstated" else str(uuid4())
    at = int(wanted.at.timestamp())
    line = DeedRow(len(lines) + 1, at, wanted.deed, user, staff, order, wanted.reason)
    device_events.write(connection, row["school"], wanted.device, line)
    identity.set_device_status(connection, wanted.device, AFTER[wanted.deed])
    if wanted.deed != "reinstated":
        device_events.destroy_shares(connection, wanted.device)
        device_events.end_sessions(connection, wanted.device, unix_ms(wanted.at))


def hello(storage: Storage, lending: Lending | None, device: str, lease: str, now: datetime) -> dict[str, Any]:
    """What a device that may be locked has to do. Nothing is told of a device that names no lease of its own.

    An order to erase that was handed out stands for good; that one is here at all is kept.
    """
    with storage.database.looking() as connection:  # nearly every call is of a device that is as it should be
        held = identity.find_device(connection, device)
    if held is None or lending is None or held.status not in ("suspended", "wiping"):
        return {}
    at = int(now.timestamp())
    with storage.database.writing() as connection:
        row = device_events.whole(connection, device)
        assert row is not None
        lines = device_events.events(connection, row["school"], device)
        order = standing(lines)
        if order is None or not device_events.was_lent(connection, device, lease):
            return {}
        kind, id_ = order
        identity.saw_device(connection, device, unix_ms(now))
        deed: Deed = "heard" if kind == "lock" else "ordered"
        if may_happen(row["status"], deed) and not any((line.event, line.order) == (deed, id_) for line in lines):
            line = DeedRow(len(lines) + 1, at, deed, order=id_)
            device_events.write(connection, row["school"], device, line)
            identity.set_device_status(connection, device, AFTER[deed])
    claims = {"iss": lending.issuer, "aud": device, "jti": id_, "iat": at, "kind": kind}
    return {"order": lending.keys.order(claims), "keys": lending.keys.document(lending.issuer, at)}


def bearer(storage: Storage, lending: Lending | None, device: str, token: str) -> Caller:
    """For whom a device acts that carries an order out; it has no session any more.

    Raises Forbidden where the order is not one of this server's to this device, or does not stand.
    """
    order = _order(lending, token)
    with storage.database.looking() as connection:
        row = identity.find_device(connection, device)
        lines = [] if row is None else device_events.events(connection, row.school, device)
    if row is None or order.aud != device or standing(lines) != (order.kind, order.jti) or not order.erases:
        raise Forbidden(reason="order")
    return Caller(row.user, "", device, "", row.school, NUMBER)


def erased(storage: Storage, lending: Lending | None, who: Caller, request: Erased, now: datetime) -> dict[str, Any]:
    """Keep, for good, that a device has erased everything: proved, where its own key has signed it, and else claimed.

    Only what is proved ends it, and a certificate of the school's says so. A repeat changes nothing. Raises Forbidden
    for a proof that is another key's, another order's, or says something else.
    """
    at = int(now.timestamp())
    with storage.database.writing() as connection:
        row = device_events.whole(connection, who.device)
        assert row is not None
        lines = device_events.events(connection, who.school, who.device)
        order = standing(lines)
        assert order is not None
        deed: Deed = "wiped" if _is_proved(row["public_key"], who.device, order[1], request) else "claimed"
        known = any((line.event, line.order) == (deed, order[1]) for line in lines)
        if may_happen(row["status"], deed) and not known:
            said = f"kept={request.kept} brought={'yes' if request.brought else 'no'}"
            line = DeedRow(len(lines) + 1, at, deed, order=order[1], reason=said)
            if deed == "wiped" and lending is not None:
                line = line._replace(certificate=lending.keys.certificate(_certified(lending, row, line, request)))
            device_events.write(connection, who.school, who.device, line)
            identity.set_device_status(connection, who.device, AFTER[deed])
        row = device_events.whole(connection, who.device)
    assert row is not None
    return {"state": row["status"]}


def _is_proved(key: str | None, device: str, order: str, request: Erased) -> bool:
    """Whether the device has signed this. key: its own, as JSON. Raises Forbidden."""
    if not request.proof:
        return False
    if key is None:
        raise Forbidden(reason="no_key")
    try:
        said = proof_of(request.proof, read(PublicKey, orjson.loads(key)))
    except Forged as error:
        raise Forbidden(reason="proof") from error
    if said != Proof(iss=device, jti=order, kept=request.kept, brought=request.brought):
        raise Forbidden(reason="proof")
    return True


def _certified(lending: Lending, row: dict[str, Any], line: DeedRow, request: Erased) -> dict[str, Any]:
    """What a certificate of erasure says. row: the device."""
    whose = {"sub": row["device"], "user": row["user"], "school": row["school"]}
    what = {"method": "crypto-erase", "kept": request.kept, "brought": request.brought, "proof": request.proof}
    return {"iss": lending.issuer, "jti": line.order, "iat": line.at, **whose, **what}


def _order(lending: Lending | None, token: str) -> Order:
    """An order that this server has signed. Raises Forbidden."""
    if lending is None:
        raise Forbidden(reason="no_keys")
    document = lending.keys.document(lending.issuer, 0)
    try:
        return order_of(token, keys_of(document, root_of(document).thumbprint()))
    except Forged as error:
        raise Forbidden(reason="order") from error
