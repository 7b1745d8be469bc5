"""What was ordered about devices, by whom and why, and what became of it; no row is ever changed."""

from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import (
    Column,
    Connection,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)

from sync.protocol.device import Deed
from sync.server.storage.identity import device, session
from sync.server.storage.leases import lease
from sync.server.storage.tables import METADATA, Big, Uid

device_event: Final = Table(
    "device_event",
    METADATA,
    Column("school", Uid),
    Column("device", Uid),
    Column("n", Big),
    Column("at", Big, nullable=False),
    Column("event", String(20), nullable=False),
    Column("user", Uid),
    Column("staff", Uid),
    Column("order", Uid),
    Column("reason", Text, nullable=False),
    Column("certificate", Text),
    PrimaryKeyConstraint("school", "device", "n"),
    sqlite_with_rowid=False,
)
"""user, staff: who did it; null for the server, its command or the device. order: the one it began, or is about.
certificate: that the device has proved that it was carried out.
"""


class DeedRow(NamedTuple):
    """One line. at: Unix seconds."""

    n: int
    at: int
    event: Deed
    user: str | None = None
    staff: str | None = None
    order: str | None = None
    reason: str = ""
    certificate: str | None = None


class LeaseTold(NamedTuple):
    """The last lease of a device, for a report. Times in Unix seconds. scopes: JSON."""

    kind: str
    scopes: str
    issued: int
    ends: int


_COLUMNS: Final = [device_event.c[name] for name in DeedRow._fields]


def write(connection: Connection, school: str, device_: str, row: DeedRow) -> None:
    """Add a line."""
    connection.execute(insert(device_event), {"school": school, "device": device_, **row._asdict()})


def events(connection: Connection, school: str, device_: str) -> list[DeedRow]:
    """The lines of a device, in order."""
    own = (device_event.c.school == school, device_event.c.device == device_)
    return [DeedRow._make(row) for row in connection.execute(select(*_COLUMNS).where(*own).order_by(device_event.c.n))]


def destroy_shares(connection: Connection, device_: str) -> None:
    """Destroy every share a device was lent: no copy of its store is opened with what the school has any more."""
    connection.execute(update(lease).where(lease.c.device == device_).values(share=None))


def end_sessions(connection: Connection, device_: str, at: int) -> None:
    """End every session of a device. at: milliseconds since 1970."""
    live = update(session).where(session.c.device == device_, session.c.revoked.is_(None))
    connection.execute(live.values(revoked=at))


def was_lent(connection: Connection, device_: str, id_: str) -> bool:
    """Whether a device was given this lease."""
    statement = select(lease.c.n).where(lease.c.device == device_, lease.c.lease == id_)
    return connection.execute(statement).first() is not None


def shares(connection: Connection, device_: str) -> int:
    """How many shares of a device exist here."""
    statement = select(lease.c.n).where(lease.c.device == device_, lease.c.share.is_not(None))
    return len(connection.execute(statement).all())


def last_lease(connection: Connection, device_: str) -> LeaseTold | None:
    """The last lease a device was given."""
    columns = (lease.c.kind, lease.c.scopes, lease.c.issued, lease.c.ends)
    row = connection.execute(select(*columns).where(lease.c.device == device_).order_by(lease.c.n.desc()).limit(1))
    told: Any = row.first()
    return None if told is None else LeaseTold(*told)


def lent_scopes(connection: Connection, device_: str) -> dict[str, int]:
    """{scope: when the last lease with it was given to a device}, in Unix seconds."""
    columns = (lease.c.scopes, func.max(lease.c.issued))
    rows = connection.execute(select(*columns).where(lease.c.device == device_).group_by(lease.c.scopes))
    told: dict[str, int] = {}
    for scopes, issued in rows:
        for scope in orjson.loads(scopes):
            told[scope] = max(issued, told.get(scope, 0))
    return told


def whole(connection: Connection, device_: str) -> dict[str, Any] | None:
    """Every column of a device's row, left to this transaction until it ends."""
    row = connection.execute(select(device).where(device.c.device == device_).with_for_update()).mappings().first()
    return None if row is None else dict(row)
