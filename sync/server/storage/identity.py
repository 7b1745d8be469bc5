"""Rows of people, devices, sessions and tokens: they belong to no single school."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Row,
    String,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from sync.server.storage.engines import Database
from sync.server.storage.tables import METADATA, Big, Uid, setting

T = TypeVar("T")

ACCESS: Final = "access"
REFRESH: Final = "refresh"
ACTIVE: Final = "active"
DEMO: Final = "demo"

user_link: Final = Table(
    "user_link",
    METADATA,
    Column("iss", String(200)),
    Column("sub", String(200)),
    Column("user", Uid, nullable=False),
    PrimaryKeyConstraint("iss", "sub"),
    sqlite_with_rowid=False,
)

device: Final = Table(
    "device",
    METADATA,
    Column("device", Uid, primary_key=True),
    Column("user", Uid, nullable=False),
    Column("school", Uid, nullable=False),
    Column("name", String(100), nullable=False),
    Column("os", String(40), nullable=False),
    Column("public_key", Text),
    Column("status", String(20), nullable=False),
    Column("enrolled", Big, nullable=False),
    Column("seen", Big),
    Column("former", Uid),
    Column("why", String(10)),
    Column("permit", Uid),
)
"""A store on a PC. enrolled, seen: when it signed in first, and when it signed in or renewed its tokens last,
milliseconds since 1970; former: the device it goes on from, and why; permit: what it is out with.
"""

session: Final = Table(
    "session",
    METADATA,
    Column("id", Uid, primary_key=True),
    Column("user", Uid, nullable=False),
    Column("staff", Uid, nullable=False),
    Column("device", Uid, nullable=False),
    Column("school", Uid, nullable=False),
    Column("auth_time", Big, nullable=False),
    Column("amr", String(100), nullable=False),
    Column("ends", Big, nullable=False),
    Column("revoked", Big),
    Index("session_device", "device"),
)
"""One sign-in and the family of tokens that came from it. Times in milliseconds since 1970."""

token: Final = Table(
    "token",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("session", Uid, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("until", Big, nullable=False),
    Column("used", Big),
    Column("sealed", String(100)),
    ForeignKeyConstraint(["session"], ["session.id"]),
    Index("token_session", "session"),
)
"""SHA-256 of every live token. `sealed`: a used refresh token's successor, readable only with the used one."""

nonce: Final = Table(
    "nonce",
    METADATA,
    Column("nonce", String(64), primary_key=True),
    Column("until", Big, nullable=False),
)
"""Nonces of ID tokens already used, until the tokens have expired anyway."""

_CALLER: Final = (
    select(
        token.c.until,
        session.c.user,
        session.c.staff,
        session.c.device,
        session.c.school,
        session.c.revoked,
        session.c.auth_time,
        device.c.name,
        device.c.status,
        device.c.permit,
    )
    .join_from(token, session, token.c.session == session.c.id)
    .join(device, device.c.device == session.c.device)
    .where(token.c.hash == bindparam("hash"), token.c.kind == ACCESS)
)
_REFRESH: Final = (
    select(
        token.c.until, token.c.used, token.c.sealed, session.c.id, session.c.ends, session.c.revoked, device.c.status
    )
    .join_from(token, session, token.c.session == session.c.id)
    .join(device, device.c.device == session.c.device)
    .where(token.c.hash == bindparam("hash"), token.c.kind == REFRESH)
    .with_for_update(of=session)
)


class CallerRow(NamedTuple):
    """What an access token stands for. until, revoked: milliseconds since 1970."""

    until: int
    user: str
    staff: str
    device: str
    school: str
    revoked: int | None
    auth_time: int
    device_name: str
    status: str
    permit: str | None


class RefreshRow(NamedTuple):
    """What a refresh token stands for. until, used, ends, revoked: milliseconds since 1970."""

    until: int
    used: int | None
    sealed: str | None
    session: str
    ends: int
    revoked: int | None
    status: str


class DeviceRow(NamedTuple):
    """A device as enrolled."""

    user: str
    school: str
    status: str


class SessionRow(NamedTuple):
    """A new session. auth_time, ends: milliseconds since 1970."""

    id: str
    user: str
    staff: str
    device: str
    school: str
    auth_time: int
    amr: str
    ends: int


def caller(connection: Connection, hash_: str) -> CallerRow | None:
    """Who holds an access token of this hash."""
    return _made(CallerRow, connection.execute(_CALLER, {"hash": hash_}).first())


def refresh(connection: Connection, hash_: str) -> RefreshRow | None:
    """The session of a refresh token, locked until the end of the transaction."""
    return _made(RefreshRow, connection.execute(_REFRESH, {"hash": hash_}).first())


def add_token(connection: Connection, hash_: str, session_: str, kind: str, until: int) -> None:
    """Store a new token's hash."""
    connection.execute(insert(token), {"hash": hash_, "session": session_, "kind": kind, "until": until})


def use_refresh(connection: Connection, hash_: str, used: int, sealed: str) -> None:
    """Mark a refresh token as used, with its successor sealed by it."""
    connection.execute(update(token).where(token.c.hash == hash_).values(used=used, sealed=sealed))


def sweep_tokens(connection: Connection, session_: str, now: int) -> None:
    """Forget a session's tokens that have run out."""
    connection.execute(delete(token).where(token.c.session == session_, token.c.until < now))


def sweep_sessions(connection: Connection, device_: str, now: int) -> None:
    """Forget a device's sessions that have ended, with their tokens."""
    ended = select(session.c.id).where(
        session.c.device == device_, or_(session.c.ends < now, session.c.revoked.is_not(None))
    )
    ids = connection.execute(ended).scalars().all()
    if ids:
        connection.execute(delete(token).where(token.c.session.in_(ids)))
        connection.execute(delete(session).where(session.c.id.in_(ids)))


def add_session(connection: Connection, row: SessionRow) -> None:
    """Store a new session."""
    connection.execute(insert(session), row._asdict())


def revoke_session(connection: Connection, id_: str, at: int) -> None:
    """End a session: none of its tokens is taken any more."""
    connection.execute(update(session).where(session.c.id == id_, session.c.revoked.is_(None)).values(revoked=at))


def find_device(connection: Connection, id_: str) -> DeviceRow | None:
    """A device by its id."""
    columns = (device.c.user, device.c.school, device.c.status)
    return _made(DeviceRow, connection.execute(select(*columns).where(device.c.device == id_)).first())


def enrol_device(
    connection: Connection, id_: str, owner: DeviceRow, info: tuple[str, str, str | None], at: int
) -> None:
    """Store a new device. info: what people call it, its system, its public key."""
    name, os, key = info
    row = {"device": id_, **owner._asdict(), "name": name, "os": os, "public_key": key, "enrolled": at, "seen": at}
    connection.execute(insert(device), row)


def meet_device(connection: Connection, id_: str, name: str, os: str, at: int) -> None:
    """Keep what a device that signs in again is called now, and when that was."""
    connection.execute(update(device).where(device.c.device == id_).values(name=name, os=os, seen=at))


def know_key(connection: Connection, id_: str, key: str) -> None:
    """Know what a device signs with, as JSON. The first one stays: whoever has its session cannot put another there."""
    unknown = (device.c.device == id_, device.c.public_key.is_(None))
    connection.execute(update(device).where(*unknown).values(public_key=key))


def saw_device(connection: Connection, id_: str, at: int) -> None:
    """Keep when a device that has no session was here. at: milliseconds since 1970."""
    connection.execute(update(device).where(device.c.device == id_).values(seen=at))


def set_device_status(connection: Connection, id_: str, status: str) -> None:
    """Let a device be active, suspended, wiping or wiped from its next request on."""
    connection.execute(update(device).where(device.c.device == id_).values(status=status))


def linked_user(connection: Connection, link: str, subject: str) -> str | None:
    """The user a provider's subject is linked to."""
    statement = select(user_link.c.user).where(user_link.c.iss == link, user_link.c.sub == subject)
    return connection.execute(statement).scalar()


def link_user(database: Database, connection: Connection, link: str, subject: str, user: str) -> None:
    """Link a provider's subject to a user; a repeat changes nothing."""
    statement = database.insert(user_link).on_conflict_do_nothing()
    connection.execute(statement, {"iss": link, "sub": subject, "user": user})


def use_nonce(database: Database, connection: Connection, value: str, until: int, now: int) -> bool:
    """Mark a nonce as used. False when it was used before."""
    connection.execute(delete(nonce).where(nonce.c.until < now))
    statement = database.insert(nonce).on_conflict_do_nothing().returning(nonce.c.nonce)
    return connection.execute(statement, {"nonce": value, "until": until}).first() is not None


def is_demo(connection: Connection) -> bool:
    """Whether the database was made for the demo and holds nobody real."""
    return connection.execute(select(setting.c.value).where(setting.c.key == DEMO)).scalar() is not None


def mark_demo(database: Database, connection: Connection) -> None:
    """Say, for good, that this database is a demo's."""
    connection.execute(database.insert(setting).on_conflict_do_nothing(), {"key": DEMO, "value": "1"})


def _made(kind: Callable[..., T], row: Row[*tuple[Any, ...]] | None) -> T | None:
    return None if row is None else kind(*row)
