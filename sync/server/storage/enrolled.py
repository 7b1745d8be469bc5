"""Devices as those see them who look after them: when one was here last, and which one it goes on from."""

from typing import Final, NamedTuple

from sqlalchemy import Connection, func, select, update

from sync.server.storage.identity import device, session

_COLUMNS: Final = (
    device.c.device,
    device.c.user,
    device.c.school,
    device.c.name,
    device.c.os,
    device.c.status,
    device.c.enrolled,
    device.c.seen,
    device.c.former,
    device.c.why,
)


class EnrolledRow(NamedTuple):
    """A device. enrolled, seen: milliseconds since 1970; seen is None until it comes for the first time since the
    server keeps that. former: the device it goes on from; why: forked or lost.
    """

    device: str
    user: str
    school: str
    name: str
    os: str
    status: str
    enrolled: int
    seen: int | None
    former: str | None
    why: str | None


def enrolled(connection: Connection) -> list[EnrolledRow]:
    """Every device, in the order in which they came."""
    rows = connection.execute(select(*_COLUMNS).order_by(device.c.enrolled, device.c.device))
    return [EnrolledRow(*row) for row in rows]


def of_school(connection: Connection, school: str) -> list[EnrolledRow]:
    """The devices of a school, the last seen first."""
    statement = select(*_COLUMNS).where(device.c.school == school)
    rows = connection.execute(statement.order_by(func.coalesce(device.c.seen, 0).desc(), device.c.device))
    return [EnrolledRow(*row) for row in rows]


def seen(connection: Connection, session_: str, at: int) -> None:
    """Keep when the device of this session was here last."""
    whose = select(session.c.device).where(session.c.id == session_).scalar_subquery()
    connection.execute(update(device).where(device.c.device == whose).values(seen=at))


def goes_on_from(connection: Connection, id_: str, former: str, why: str) -> bool:
    """Keep which device this one goes on from. What was told first stays; whether this was that."""
    unsaid = update(device).where(device.c.device == id_, device.c.former.is_(None))
    return connection.execute(unsaid.values(former=former, why=why)).rowcount > 0
