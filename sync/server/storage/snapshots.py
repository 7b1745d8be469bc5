"""Snapshots: all rows of one scope set at one seq, packed once into chunks that everybody who loads the set is given.

A chunk never changes and is true for ever: what it holds was the state at its seq. Whether it may still be given is
asked anew each time.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Select,
    String,
    Table,
    bindparam,
    delete,
    exists,
    func,
    select,
    tuple_,
)

from sync.server.storage.engines import Database
from sync.server.storage.many import Stand
from sync.server.storage.pages import PlaceKey, Row, behind, behind_values
from sync.server.storage.tables import METADATA, Big, Uid, rec_scope, record

snapshot: Final = Table(
    "snapshot",
    METADATA,
    Column("school", Uid),
    Column("place", Integer),
    Column("seq", Big),
    Column("part", Integer),
    Column("class", String(3)),
    Column("epoch", Uid, nullable=False),
    Column("id", String(32), nullable=False),
    Column("last_type", String(64), nullable=False),
    Column("last_id", Uid, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("text", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("made", Big, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("school", "place", "seq", "part", "class"),
    Index("snapshot_by_id", "school", "id"),
)
"""One row a chunk. A set is cut, in the order of its rows, into parts that end with `last_type`, `last_id`; a part has
one chunk for each data class. `id`: of its bytes; `text`: bytes before compression, `size`: after; `made`: milliseconds
since 1970.
"""


@dataclass(frozen=True, slots=True)
class Chunking:
    """How sets are packed. least: rows of a set that are worth it; rows, text: at most so many rows, and bytes before
    compression, in a chunk; spared: a chunk is given while it spares so many times the rows it makes the merge bring
    again; apart_s: a set is not packed twice within that time; kept_s: how long a chunk stays when there is a newer
    one, for those who are still fetching it.
    """

    least: int = 100
    rows: int = 2_000
    text: int = 900_000
    spared: int = 4
    apart_s: int = 60
    kept_s: int = 3_600


_ANCIENT_MS: Final = 90 * 86_400_000
"""What nobody's load has had built anew for so long is not kept any longer."""


class Kept(NamedTuple):
    """A chunk as it is kept, without its bytes; columns of the table."""

    place: int
    seq: int
    part: int
    class_: str
    id: str
    last_type: str
    last_id: str
    rows: int
    text: int
    size: int


class Body(NamedTuple):
    """The bytes of a chunk, and what they are a part of."""

    id: str
    place: int
    seq: int
    epoch: str
    body: bytes


class Snapshots:
    """The statements of snapshots for one kind of database, built once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        own = rec_scope.c.school == bindparam("school")
        stands = database.stands
        since = (own, rec_scope.c.scope == stands.scope, rec_scope.c.touched > stands.seq)
        first = select(func.min(rec_scope.c.touched)).where(*since).correlate(stands.source).scalar_subquery()
        self._stands = stands
        self._first = select(stands.place, first).select_from(stands.source)
        lost = (
            (rec_scope.c.school == record.c.school)
            & (rec_scope.c.type == record.c.type)
            & (rec_scope.c.id == record.c.id)
            & (rec_scope.c.inside.is_(False) | (record.c.place == 0))
        )
        gone = select(1).select_from(rec_scope.join(record, lost)).where(*since).correlate(stands.source)
        self._gone = select(stands.place).select_from(stands.source).where(exists(gone))
        self._rows = _rows()

    def kept(
        self, connection: Connection, school: str, state: tuple[str, int], places: Sequence[int], most: int
    ) -> Sequence[Kept]:
        """Chunks of these sets, at most so many, of each set the newest snapshot first.

        state: their epoch, and the least seq of a snapshot.
        """
        epoch, least = state
        values = {"school": school, "epoch": epoch, "least": least, "places": places, "most": most}
        return [Kept._make(row) for row in connection.execute(_KEPT, values)]

    def first_touched(self, connection: Connection, school: str, stands: Collection[Stand]) -> dict[int, list[int]]:
        """{set: for each scope given of it the first seq after the snapshot's at which a row of it was touched}."""
        found: dict[int, list[int]] = {place: [] for place, _, _ in stands}
        for place, touched in connection.execute(self._first, {"school": school, **self._stands.params(stands)}):
            if touched is not None:
                found[place].append(touched)
        return found

    def gone(self, connection: Connection, school: str, stands: Collection[Stand]) -> set[int]:
        """The sets that have a scope which a row has left, or in which one was deleted, since the snapshot's seq."""
        rows = connection.execute(self._gone, {"school": school, **self._stands.params(stands)})
        return {row[0] for row in rows}

    def touched(self, connection: Connection, school: str, scopes: Collection[int], above: int, most: int) -> int:
        """How many rows of these scopes were touched above a seq; counted up to `most`."""
        values = {"school": school, "scopes": list(scopes), "above": above, "most": most}
        return connection.execute(_TOUCHED, values).scalar_one()

    def bodies(self, connection: Connection, school: str, ids: Collection[str]) -> Sequence[Body]:
        """The chunks with these ids, the newest first; one may be there for several snapshots."""
        return [Body._make(row) for row in connection.execute(_BODIES, {"school": school, "ids": list(ids)})]

    def made(self, connection: Connection, school: str, epoch: str, places: Collection[int]) -> dict[int, int]:
        """{set: when its newest snapshot was made} of the sets that have one of that epoch."""
        rows = connection.execute(_MADE, {"school": school, "epoch": epoch, "places": list(places)})
        return {row[0]: row[1] for row in rows}

    def rows(self, connection: Connection, school: str, after: PlaceKey, most: int) -> Sequence[tuple[str, str, Row]]:
        """Rows of the set `after` names, behind it in the order in which they lie; each with its type and class."""
        values = {"school": school, "most": most} | behind_values(after)
        return [(row[0], row[1], tuple(row[2:])) for row in connection.execute(self._rows, values)]

    def store(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Keep chunks, given in the order of the table's columns; the same one may be there already."""
        self._database.store(connection, snapshot, rows, replace=True)

    def forget(self, connection: Connection, school: str, epoch: str, built: Collection[int], old: int) -> None:
        """Forget chunks of other epochs, those of just built sets that are old, and all that are ancient.

        old: milliseconds since 1970, made before that.
        """
        values = {"key": school, "epoch": epoch, "places": list(built), "old": old, "ancient": old - _ANCIENT_MS}
        connection.execute(_FORGET, values)


_KEPT: Final = (
    select(*(snapshot.c["class" if name == "class_" else name] for name in Kept._fields))
    .where(
        snapshot.c.school == bindparam("school"),
        snapshot.c.place.in_(bindparam("places", expanding=True)),
        snapshot.c.epoch == bindparam("epoch"),
        snapshot.c.seq >= bindparam("least"),
    )
    .order_by(snapshot.c.place, snapshot.c.seq.desc(), snapshot.c.part, snapshot.c["class"])
    .limit(bindparam("most"))
)
_BODIES: Final = (
    select(snapshot.c.id, snapshot.c.place, snapshot.c.seq, snapshot.c.epoch, snapshot.c.body)
    .where(snapshot.c.school == bindparam("school"), snapshot.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(snapshot.c.seq.desc())
)
_MADE: Final = (
    select(snapshot.c.place, func.max(snapshot.c.made))
    .where(
        snapshot.c.school == bindparam("school"),
        snapshot.c.epoch == bindparam("epoch"),
        snapshot.c.place.in_(bindparam("places", expanding=True)),
    )
    .group_by(snapshot.c.place)
)
_SOME_TOUCHED: Final = (
    select(1)
    .where(
        rec_scope.c.school == bindparam("school"),
        rec_scope.c.scope.in_(bindparam("scopes", expanding=True)),
        rec_scope.c.touched > bindparam("above"),
    )
    .limit(bindparam("most"))
    .subquery()
)
_TOUCHED: Final = select(func.count()).select_from(_SOME_TOUCHED)
_FORGET: Final = delete(snapshot).where(
    snapshot.c.school == bindparam("key"),
    (snapshot.c.epoch != bindparam("epoch"))
    | (snapshot.c.made < bindparam("ancient"))
    | (snapshot.c.place.in_(bindparam("places", expanding=True)) & (snapshot.c.made < bindparam("old"))),
)


def _rows() -> Select[*tuple[Any, ...]]:
    lying = (record.c.place, record.c.type, record.c.id)
    row = (record.c.place, record.c.layout, record.c.id, record.c.ver, record.c.data, record.c.fv)
    return (
        select(record.c.type, record.c["class"], *row)
        .where(record.c.school == bindparam("school"), record.c.place == bindparam("number"), tuple_(*lying) > behind())
        .order_by(*lying)
        .limit(bindparam("most"))
    )
