"""Rows of the leases that were given: they stay as a record; their shares go when no device needs them any more."""

from collections.abc import Collection
from typing import Final, NamedTuple

from sqlalchemy import Column, Connection, PrimaryKeyConstraint, String, Table, Text, insert, select, update

from sync.server.storage.identity import device
from sync.server.storage.tables import METADATA, Big, Uid

DESK: Final = "desk"

lease: Final = Table(
    "lease",
    METADATA,
    Column("device", Uid),
    Column("n", Big),
    Column("lease", Uid, nullable=False),
    Column("user", Uid, nullable=False),
    Column("school", Uid, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("scopes", Text, nullable=False),
    Column("issued", Big, nullable=False),
    Column("ends", Big, nullable=False),
    Column("share", String(64)),
    PrimaryKeyConstraint("device", "n"),
    sqlite_with_rowid=False,
)
"""issued, ends: Unix seconds. scopes: JSON. share: hex; null once it is destroyed."""


class LeaseRow(NamedTuple):
    """One lease as it was given."""

    device: str
    n: int
    lease: str
    user: str
    school: str
    kind: str
    scopes: str
    issued: int
    ends: int
    share: str | None


class Kept(NamedTuple):
    """What is still needed of an earlier lease."""

    n: int
    lease: str
    share: str | None


def lock(connection: Connection, device_: str) -> None:
    """Leave a device's leases to this transaction until it ends."""
    connection.execute(select(device.c.status).where(device.c.device == device_).with_for_update())


def newest(connection: Connection, device_: str) -> Kept | None:
    """The last lease a device was given."""
    statement = select(lease.c.n, lease.c.lease, lease.c.share).where(lease.c.device == device_)
    row = connection.execute(statement.order_by(lease.c.n.desc()).limit(1)).first()
    return None if row is None else Kept(*row)


def named(connection: Connection, device_: str, ids: Collection[str]) -> list[Kept]:
    """These leases, as far as they were given to this device, in order."""
    statement = select(lease.c.n, lease.c.lease, lease.c.share).where(lease.c.device == device_)
    rows = connection.execute(statement.where(lease.c.lease.in_(sorted(ids))).order_by(lease.c.n))
    return [Kept(*row) for row in rows]


def add(connection: Connection, row: LeaseRow) -> None:
    """Keep a lease that is about to be given."""
    connection.execute(insert(lease), row._asdict())


def destroy_before(connection: Connection, device_: str, n: int) -> None:
    """Destroy the shares of a device's leases before this number."""
    connection.execute(update(lease).where(lease.c.device == device_, lease.c.n < n).values(share=None))
