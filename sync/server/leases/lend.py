"""A device is lent a share: the lease is kept, signed and given, and what it no longer needs is destroyed."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

import orjson
from sqlalchemy import Connection

from sync.protocol.errors import Forbidden
from sync.protocol.lease import SHARE_BYTES, LeaseRequest, Stream, share_hash
from sync.protocol.signed import base64url
from sync.server.caller import Caller
from sync.server.clock import day, stamp, unix_ms
from sync.server.leases.hours import desk_end, desk_windows
from sync.server.leases.signing import LeaseKeys
from sync.server.settings import DeskHours
from sync.server.storage import grants, leases, streams
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


def lend(storage: Storage, lending: Lending, caller: Caller, request: LeaseRequest, now: datetime) -> dict[str, Any]:
    """Give the caller's device a new `desk` lease; the answer in wire form.

    The shares of leases it names are told again right after a sign-in, so that neither a lost answer nor a burned lease
    costs a store; those given before the named ones are destroyed. A repeat gives another lease. Raises ServerBusy, and
    Forbidden for a journal that is another user's or has another key.
    """
    share = secrets.token_bytes(SHARE_BYTES)
    fresh = unix_ms(now) - caller.auth_time <= FRESH_MS
    with storage.database.writing() as connection:
        leases.lock(connection, caller.device)
        if request.stream is not None:
            _register(storage, connection, caller, request.stream, stamp(now))
        before = leases.newest(connection, caller.device)
        named = leases.named(connection, caller.device, request.held)
        claims = _claims(connection, lending, caller, _following(before, request), now)
        row = LeaseRow(
            caller.device,
            claims["n"],
            claims["jti"],
            caller.user,
            caller.school,
            DESK,
            orjson.dumps(claims["scopes"]).decode(),
            claims["iat"],
            claims["exp"],
            share.hex(),
        )
        leases.add(connection, row)
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


def _following(before: Kept | None, request: LeaseRequest) -> dict[str, Any]:
    """The lease's number, above all this server or the device remembers, and the lease before it."""
    number = {"n": max(request.newest, before.n if before else 0) + 1}
    return number | {"prev": before.lease} if before else number


def _claims(
    connection: Connection, lending: Lending, caller: Caller, following: dict[str, Any], now: datetime
) -> dict[str, Any]:
    end = desk_end(now, lending.hours)
    at, until, today = int(now.timestamp()), int(end.timestamp()), day(now)
    opened = grants.of_user(connection, caller.school, caller.user)
    scopes = {each.scope for each in opened if each.since <= today and (each.until is None or today <= each.until)}
    return {
        "iss": lending.issuer,
        "aud": caller.device,
        "sub": caller.user,
        "jti": str(uuid4()),
        "iat": at,
        "nbf": at,
        "exp": until,
        "win": [list(window) for window in desk_windows(now, end, lending.hours)],
        "ver": _VERSION,
        "kind": DESK,
        "school": caller.school,
        "scopes": sorted(scopes),
        "max_class": _CLASS,
        "purpose": _CONTINUITY,
        **following,
    }


def _told(kept: Kept) -> dict[str, str]:
    return {"lease": kept.lease, "share": base64url(bytes.fromhex(kept.share or ""))}
