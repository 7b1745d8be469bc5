"""The server's own tokens: opaque, stored as hashes, refreshed with rotation and a short window for lost answers."""

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection

from sync.protocol.errors import DeviceSuspended, DeviceWiped, SignInNeeded
from sync.protocol.version import Schema
from sync.server.caller import Caller
from sync.server.clock import unix_ms
from sync.server.settings import TokenTimes
from sync.server.storage import enrolled, identity
from sync.server.storage.identity import ACCESS, ACTIVE, REFRESH, RefreshRow, SessionRow
from sync.server.storage.store import Storage

_LOG: Final = logging.getLogger(__name__)
_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Pair:
    """An access token and the refresh token that follows it; `expires_in` seconds from now."""

    access: str
    refresh: str
    expires_in: int


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a session is for. auth_time: milliseconds since 1970; amr: how they proved it."""

    user: str
    staff: str
    device: str
    school: str
    auth_time: int
    amr: str


def issue(storage: Storage, who: SignedIn, times: TokenTimes, now: datetime) -> Pair:
    """Begin a session in a transaction of its own."""
    with storage.database.writing() as connection:
        return begin(connection, who, times, now)


def begin(connection: Connection, who: SignedIn, times: TokenTimes, now: datetime) -> Pair:
    """Begin a session."""
    ms = unix_ms(now)
    session = str(uuid4())
    identity.sweep_sessions(connection, who.device, ms)
    row = SessionRow(session, *_fields(who), ends=ms + times.absolute_s * 1000)
    identity.add_session(connection, row)
    pair = Pair(_fresh(), _fresh(), times.access_s)
    identity.add_token(connection, _hash(pair.access), session, ACCESS, ms + times.access_s * 1000)
    identity.add_token(connection, _hash(pair.refresh), session, REFRESH, ms + times.refresh_s * 1000)
    return pair


def refresh(storage: Storage, token: str, times: TokenTimes, now: datetime) -> Pair:
    """Swap a refresh token for its successor.

    For `retry_s` after its first use the old token gives the same successor again, because answers get lost; any later
    use ends the session. Raises SignInNeeded, DeviceSuspended, DeviceWiped.
    """
    ms = unix_ms(now)
    reused = False
    pair = None
    with storage.database.writing() as connection:
        row = identity.refresh(connection, _hash(token))
        if row is None:
            raise SignInNeeded
        check_status(row.status)  # first: a blocked device has no live session, and is to know why
        if row.revoked is not None or ms >= min(row.until, row.ends):
            raise SignInNeeded
        if row.used is not None and ms - row.used > times.retry_s * 1000:
            identity.revoke_session(connection, row.session, ms)
            reused = True
        else:
            enrolled.seen(connection, row.session, ms)
            successor = _successor(row, token)
            pair = Pair(_fresh(), successor, times.access_s)
            identity.add_token(connection, _hash(pair.access), row.session, ACCESS, ms + times.access_s * 1000)
            if row.used is None:
                identity.use_refresh(connection, _hash(token), ms, _sealed(successor, token))
                until = min(row.ends, ms + times.refresh_s * 1000)
                identity.add_token(connection, _hash(successor), row.session, REFRESH, until)
                identity.sweep_tokens(connection, row.session, ms)
    if reused or pair is None:
        _LOG.warning("token_reuse: a refresh token came back long after its use; its session has ended")
        raise SignInNeeded
    return pair


def caller(storage: Storage, token: str, schema: Schema, now: datetime) -> Caller:
    """Who calls with this access token. Raises SignInNeeded, DeviceSuspended, DeviceWiped."""
    with storage.database.looking() as connection:
        row = identity.caller(connection, _hash(token))
    if row is None:
        raise SignInNeeded
    check_status(row.status)
    if row.revoked is not None or unix_ms(now) >= row.until:
        raise SignInNeeded
    return Caller(row.user, row.staff, row.device, row.device_name, row.school, schema, row.auth_time, row.permit)


def check_status(status: str) -> None:
    """Let only an active device go on. Raises DeviceSuspended, DeviceWiped."""
    if status in ("wiping", "wiped"):
        raise DeviceWiped
    if status != ACTIVE:
        raise DeviceSuspended


def _fields(who: SignedIn) -> tuple[str, str, str, str, int, str]:
    return (who.user, who.staff, who.device, who.school, who.auth_time, who.amr)


def _fresh() -> str:
    return secrets.token_urlsafe(_BYTES)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _successor(row: RefreshRow, token: str) -> str:
    """A new token, or the one already given for this one."""
    if row.sealed is None:
        return _fresh()
    return _xor(bytes.fromhex(row.sealed), _pad(token, len(row.sealed) // 2)).decode()


def _sealed(successor: str, token: str) -> str:
    """The successor under a one-time pad only the old token can make: nothing in the database opens it."""
    return _xor(successor.encode(), _pad(token, len(successor))).hex()


def _pad(token: str, length: int) -> bytes:
    return hashlib.shake_256(b"keyaki refresh retry\0" + token.encode()).digest(length)


def _xor(a: bytes, b: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(a, b, strict=True))
