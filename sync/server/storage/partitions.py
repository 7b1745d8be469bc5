"""Partitions: a school, a board or a prefecture, each with its own order of changes."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from sync.records.registry import NUMBER
from sync.server.storage.tables import member, partition

SCHOOL: Final = "school"
"""The name of every school's partition; a shared one is called `board:052010` or `pref:05`."""

_READ: Final = select(partition).where(partition.c.school == bindparam("school"))
_LOCK: Final = _READ.with_for_update(key_share=True)
_SEQ: Final = select(partition.c.epoch, partition.c.seq).where(partition.c.school == bindparam("school"))
_ADVANCE: Final = (
    update(partition)
    .where(partition.c.school == bindparam("key"))
    .values(
        seq=bindparam("seq"),
        granted=bindparam("granted"),
        scope_n=bindparam("scope_n"),
        set_n=bindparam("set_n"),
        layout_n=bindparam("layout_n"),
    )
)


class Partition(NamedTuple):
    """A partition's row, column by column."""

    school: str
    name: str
    board: str | None
    pref: str | None
    epoch: str
    cut: int
    seq: int
    granted: int
    tomb_floor: int
    schema: str
    scope_n: int
    set_n: int
    layout_n: int

    @property
    def is_school(self) -> bool:
        """Whether clients push here; the shared partitions are read only for them."""
        return self.name == SCHOOL


def empty(school: str, name: str, above: tuple[str | None, str | None], epoch: str) -> Partition:
    """A partition to be made. above: ids of its board's and its prefecture's partitions. epoch: a fresh UUID."""
    return Partition(school, name, *above, epoch, 0, 0, 0, 0, str(NUMBER), 0, 0, 0)


def create(connection: Connection, school: str, name: str, above: tuple[str | None, str | None], epoch: str) -> None:
    """Make an empty partition; arguments as of `empty`."""
    connection.execute(insert(partition), empty(school, name, above, epoch)._asdict())


def read(connection: Connection, school: str) -> Partition | None:
    """The partition as this transaction sees it."""
    return _partition(connection.execute(_READ, {"school": school}).first())


def lock(connection: Connection, school: str) -> Partition | None:
    """The partition, locked until the end of the transaction: whoever comes next waits, so no seq is ever skipped."""
    return _partition(connection.execute(_LOCK, {"school": school}).first())


def seq(connection: Connection, school: str) -> tuple[str, int] | None:
    """Epoch and seq of a partition."""
    row = connection.execute(_SEQ, {"school": school}).first()
    return None if row is None else (row[0], row[1])


def advance(connection: Connection, now: Partition) -> None:
    """Store the counters of a locked partition."""
    connection.execute(
        _ADVANCE,
        {
            "key": now.school,
            "seq": now.seq,
            "granted": now.granted,
            "scope_n": now.scope_n,
            "set_n": now.set_n,
            "layout_n": now.layout_n,
        },
    )


def replace(connection: Connection, now: Partition) -> None:
    """Store the whole row of a locked partition."""
    connection.execute(update(partition).where(partition.c.school == now.school).values(now._asdict()))


def every(connection: Connection) -> Sequence[str]:
    """Ids of all partitions, in one order; for commands, never for a request of a client."""
    return connection.execute(select(partition.c.school).order_by(partition.c.school)).scalars().all()


def all_schools(connection: Connection) -> Sequence[str]:
    """Ids of all school partitions; for commands and the demo, never for a request of a client."""
    return connection.execute(select(partition.c.school).where(partition.c.name == SCHOOL)).scalars().all()


def workplaces(connection: Connection, user: str) -> Sequence[tuple[str, str]]:
    """Where a user works: ids of school and staff record."""
    rows = connection.execute(select(member.c.school, member.c.staff).where(member.c.user == user))
    return [(row[0], row[1]) for row in rows]


def staff_of(connection: Connection, school: str) -> dict[str, str]:
    """The staff record of every user who works at a school."""
    rows = connection.execute(select(member.c.user, member.c.staff).where(member.c.school == school))
    return {row[0]: row[1] for row in rows}


def _partition(row: Row[tuple[object, ...]] | None) -> Partition | None:
    return None if row is None else Partition(*row)  # pyright: ignore[reportArgumentType]  the table's own columns
