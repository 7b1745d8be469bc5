"""A device is lent a share: the lease is kept, signed and given, and what it no longer needs is destroyed."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

import orjson
from sqlalchemy import Connection

from sync.protocol.errors import Forbidden
from sync.protocol.lease import SHARE_BYTES, LeaseRequest, Stream, share_hash
from sync.protocol.signed import base64url
from sync.records.scopes import valid_on
from sync.server.caller import Caller
from sync.server.clock import day, stamp, unix_ms
from sync.server.leases.hours import desk_end, desk_windows
from sync.server.leases.permits import Case
from sync.server.leases.signing import LeaseKeys
from sync.server.leases.taken import case_of, note, terms
from sync.server.settings import DeskHours
from sync.server.storage import grants, identity, leases, streams
from sync.server.storage.leases import DESK, Kept, LeaseRow
from sync.server.storage.store import Storage
from sync.server.storage.streams import StreamRow

FRESH_MS: Final = 600_000
"""So long after a sign-in a device is told the shares of its earlier leases."""
_VERSION: Final = 1
_CONTINUITY: Final = "continuity"
_CLASS: Final = "II"


@dataclass(frozen=True, slots=True)
class Lending:
    """What one server lends with. issuer: its own address."""

    keys: LeaseKeys
    issuer: str
    hours: DeskHours


@dataclass(frozen=True, slots=True)
class Wish:
    """A device wants a lease now. id: the lease's."""

    caller: Caller
    request: LeaseRequest
    now: datetime
    id: str = field(default_factory=lambda: str(uuid4()))


def lend(storage: Storage, lending: Lending, caller: Caller, request: LeaseRequest, now: datetime) -> dict[str, Any]:
    """Give the caller's device a new lease, of a `takeout` while it is out and else of the `desk`; in wire form.

    The shares of leases it names are told again right after a sign-in, so that neither a lost answer nor a burned lease
    costs a store; those given before the named ones are destroyed. A repeat gives another lease. Raises ServerBusy, and
    Forbidden for a journal that is another user's or has another key.
    """
    with storage.database.writing() as connection:
        leases.lock(connection, caller.device)
        return given(storage, connection, lending, Wish(caller, request, now))


def given(storage: Storage, connection: Connection, lending: Lending, wish: Wish) -> dict[str, Any]:
    """As `lend`, within a transaction the device's leases were left to."""
    caller, request, now = wish.caller, wish.request, wish.now
    share = secrets.token_bytes(SHARE_BYTES)
    fresh = unix_ms(now) - caller.auth_time <= FRESH_MS
    if request.stream is not None:
        _register(storage, connection, caller, request.stream, stamp(now))
    if request.key is not None:
        identity.know_key(connection, caller.device, request.key.model_dump_json(exclude={"kid"}))
    named = leases.named(connection, caller.device, request.held)
    case = case_of(connection, caller, int(now.timestamp()))
    claims = _claims(connection, lending, wish, case)
    leases.add(connection, _row(caller, claims, share))
    if case is not None:
        note(connection, caller, case, claims)
    if named:
        leases.destroy_before(connection, caller.device, named[0].n)
    return {
        "lease": lending.keys.lease(claims | {"lsh": share_hash(share)}),
        "share": base64url(share),
        "keys": lending.keys.document(lending.issuer, claims["iat"]),
        "held": [_told(kept) for kept in named if kept.share is not None] if fresh else [],
        "server_time": stamp(now),
    }


def _register(storage: Storage, connection: Connection, caller: Caller, stream: Stream, at: str) -> None:
    """Know the journal of the caller's store."""
    row = StreamRow(stream.id, caller.device, caller.user, caller.school, stream.key, at)
    if not streams.register(storage.database, connection, row):
        raise Forbidden(reason="stream")


def _row(caller: Caller, claims: dict[str, Any], share: bytes) -> LeaseRow:
    return LeaseRow(
        caller.device,
        claims["n"],
        claims["jti"],
        caller.user,
        caller.school,
        claims["kind"],
        orjson.dumps(claims["scopes"]).decode(),
        claims["iat"],
        claims["exp"],
        share.hex(),
    )


def _following(before: Kept | None, request: LeaseRequest) -> dict[str, Any]:
    """The lease's number, above all this server or the device remembers, and the lease before it."""
    number = {"n": max(request.newest, before.n if before else 0) + 1}
    return number | {"prev": before.lease} if before else number


def _claims(connection: Connection, lending: Lending, wish: Wish, case: Case | None) -> dict[str, Any]:
    """What the lease says. case: the permit the device is out with."""
    caller, now = wish.caller, wish.now
    at = int(now.timestamp())
    opened = grants.of_user(connection, caller.school, caller.user)
    scopes = frozenset(each.scope for each in opened if valid_on(each, day(now)))
    before = leases.newest(connection, caller.device)
    return {
        "iss": lending.issuer,
        "aud": caller.device,
        "sub": caller.user,
        "jti": wish.id,
        "iat": at,
        "ver": _VERSION,
        "school": caller.school,
        "max_class": _CLASS,
        **(_desk(lending.hours, scopes, now) if case is None else terms(case, scopes, at)),
        **_following(before, wish.request),
    }


def _desk(hours: DeskHours, scopes: frozenset[str], now: datetime) -> dict[str, Any]:
    """What a `desk` lease says of its time and reach."""
    end = desk_end(now, hours)
    return {
        "kind": DESK,
        "nbf": int(now.timestamp()),
        "exp": int(end.timestamp()),
        "win": [list(window) for window in desk_windows(now, end, hours)],
        "scopes": sorted(scopes),
        "purpose": _CONTINUITY,
    }


def _told(kept: Kept) -> dict[str, str]:
    return {"lease": kept.lease, "share": base64url(bytes.fromhex(kept.share or ""))}
