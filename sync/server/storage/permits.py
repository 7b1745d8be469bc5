"""Take-out permits as they were asked for, and the ledger of what happened to them; no row is ever changed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
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

from sync.protocol.permit import Happened
from sync.server.storage.identity import device
from sync.server.storage.tables import METADATA, Big, Uid, record

permit: Final = Table(
    "permit",
    METADATA,
    Column("school", Uid),
    Column("permit", Uid),
    Column("user", Uid, nullable=False),
    Column("staff", Uid, nullable=False),
    Column("classes", Text, nullable=False),
    Column("of_class", Text, nullable=False),
    Column("also", Text, nullable=False),
    Column("common", Text, nullable=False),
    Column("purpose", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("since", Big, nullable=False),
    Column("until", Big, nullable=False),
    PrimaryKeyConstraint("school", "permit"),
    sqlite_with_rowid=False,
)
"""classes, of_class, also, common: JSON; the kinds of scope are those of the rules of the day it was asked for."""

permit_event: Final = Table(
    "permit_event",
    METADATA,
    Column("school", Uid),
    Column("permit", Uid),
    Column("n", Big),
    Column("at", Big, nullable=False),
    Column("event", String(20), nullable=False),
    Column("user", Uid),
    Column("staff", Uid),
    Column("device", Uid),
    Column("lease", Uid),
    Column("reason", Text, nullable=False),
    Column("counts", Text, nullable=False),
    PrimaryKeyConstraint("school", "permit", "n"),
    sqlite_with_rowid=False,
)
"""user, staff: who did it; null for the server. counts: JSON, records by type."""


class PermitRow(NamedTuple):
    """A permit as it was asked for. Times in Unix seconds."""

    id: str
    user: str
    staff: str
    classes: tuple[str, ...]
    of_class: tuple[str, ...]
    also: tuple[str, ...]
    common: tuple[str, ...]
    purpose: str
    text: str
    since: int
    until: int

    def names_class_of(self, scope: str) -> bool:
        """Whether a scope belongs to a class that is named, and is of a kind that may go."""
        kind, _, rest = scope.partition(":")
        return kind in (*self.of_class, *self.also) and ":".join(rest.split(":")[:2]) in self.classes

    def lets_out(self, scope: str) -> bool:
        """Whether a scope may be on a device that is out with this permit."""
        return scope.partition(":")[0] in self.common or self.names_class_of(scope)


class EventRow(NamedTuple):
    """A line of the ledger."""

    n: int
    at: int
    event: Happened
    user: str | None = None
    staff: str | None = None
    device: str | None = None
    lease: str | None = None
    reason: str = ""
    counts: Mapping[str, int] = MappingProxyType({})


_LISTS: Final = ("classes", "of_class", "also", "common")
_COLUMNS: Final = [permit.c.permit, *(permit.c[name] for name in PermitRow._fields[1:])]
_EVENT_COLUMNS: Final = [permit_event.c.permit, *(permit_event.c[name] for name in EventRow._fields)]


def add(connection: Connection, school: str, row: PermitRow) -> None:
    """Keep what was asked for."""
    said: dict[str, Any] = row._asdict()
    said["permit"] = said.pop("id")
    connection.execute(
        insert(permit), {"school": school, **said, **{name: orjson.dumps(said[name]).decode() for name in _LISTS}}
    )


def write(connection: Connection, school: str, id_: str, event: EventRow) -> None:
    """Add a line to the ledger."""
    said: dict[str, Any] = event._asdict() | {"counts": orjson.dumps(dict(event.counts)).decode()}
    connection.execute(insert(permit_event), {"school": school, "permit": id_, **said})


def find(connection: Connection, school: str, id_: str, *, lock: bool = False) -> PermitRow | None:
    """A permit of a school; left to this transaction until it ends where that is asked."""
    statement = select(*_COLUMNS).where(permit.c.school == school, permit.c.permit == id_)
    row = connection.execute(statement.with_for_update() if lock else statement).first()
    return None if row is None else _permit(row)


def of_school(connection: Connection, school: str, since: int, user: str | None = None) -> list[PermitRow]:
    """The permits of a school, or of one user there, that end after a moment, newest first."""
    statement = select(*_COLUMNS).where(permit.c.school == school, permit.c.until >= since)
    if user is not None:
        statement = statement.where(permit.c.user == user)
    rows = connection.execute(statement.order_by(permit.c.since.desc(), permit.c.permit))
    return [_permit(row) for row in rows]


def events(connection: Connection, school: str, ids: Iterable[str]) -> dict[str, list[EventRow]]:
    """The lines of these permits, each in order."""
    wanted = sorted(set(ids))
    statement = select(*_EVENT_COLUMNS).where(permit_event.c.school == school, permit_event.c.permit.in_(wanted))
    found: dict[str, list[EventRow]] = {id_: [] for id_ in wanted}
    for id_, *rest in connection.execute(statement.order_by(permit_event.c.permit, permit_event.c.n)):
        *said, counts = rest
        found[id_].append(EventRow._make([*said, orjson.loads(counts)]))
    return found


def on_device(connection: Connection, device_: str) -> str | None:
    """The permit a device is out with."""
    return connection.execute(select(device.c.permit).where(device.c.device == device_)).scalar()


def devices_out(connection: Connection, id_: str) -> Sequence[str]:
    """The devices that are out with a permit."""
    return connection.execute(select(device.c.device).where(device.c.permit == id_)).scalars().all()


def take_out(connection: Connection, device_: str, id_: str | None) -> None:
    """Remember with which permit a device is out; None: with none."""
    connection.execute(update(device).where(device.c.device == device_).values(permit=id_))


def counted(connection: Connection, school: str, sets: Collection[int]) -> dict[str, int]:
    """How many records of each type lie in these scope sets of a school."""
    statement = select(record.c.type, func.count()).where(record.c.school == school, record.c.place.in_(sorted(sets)))
    return {row[0]: row[1] for row in connection.execute(statement.group_by(record.c.type))}


def _permit(row: Any) -> PermitRow:
    said = PermitRow(*row)
    return said._replace(**{name: tuple(orjson.loads(getattr(said, name))) for name in _LISTS})
