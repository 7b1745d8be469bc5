"""Epochs: what numbers of a partition may be compared. A restore ends one, because it cuts history off."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from sync.protocol.errors import EpochChanged
from sync.records.ids import IdMaker
from sync.server.storage.partitions import Partition, every, lock
from sync.server.storage.tables import partition, past_epoch

LEAP: Final = 1 << 32
"""By so much `seq` rises with a new epoch, at least, so that no number is used twice."""

_DAWN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_A_SECOND: Final = 1 << 20
"""More changes than a partition ever takes in a second; 2^53 is reached in 270 years."""

_OF_SCHOOL: Final = past_epoch.c.school == bindparam("key")
_CUT: Final = select(past_epoch.c.cut).where(
    past_epoch.c.school == bindparam("school"), past_epoch.c.epoch == bindparam("epoch")
)
_CUTS: Final = select(past_epoch.c.epoch, past_epoch.c.cut).where(_OF_SCHOOL)
_BEGIN: Final = (
    update(partition)
    .where(partition.c.school == bindparam("key"))
    .values(epoch=bindparam("new"), cut=bindparam("at"), seq=bindparam("next"))
)


def begin(connection: Connection, held: Partition, fresh: str, least: int = 0) -> None:
    """End the epoch of a locked partition where its seq stands, and begin another.

    fresh: a new UUID. least: the new seq is not below this (`number_at`).
    """
    ended = {"school": held.school, "epoch": held.epoch, "cut": held.seq}
    connection.execute(insert(past_epoch), ended)
    _go_on(connection, held, fresh, held.seq, max(held.seq + LEAP, least))


def begin_all(connection: Connection, new_id: IdMaker, leasts: Mapping[str, int], least: int) -> int:
    """Begin a new epoch in every partition, and return how many there are. leasts: for some, more than `least`."""
    schools = every(connection)
    for school in schools:
        held = lock(connection, school)
        assert held is not None
        begin(connection, held, new_id(), max(leasts.get(school, 0), least))
    return len(schools)


def number_at(moment: datetime) -> int:
    """From where numbers are free at a moment: what was given before lies below, even by a restore nothing is left of.

    One backup may be restored twice. The second time nothing in it tells of the numbers given after the first.
    """
    return max(0, int((moment - _DAWN).total_seconds())) * _A_SECOND


def cuts(connection: Connection, held: Partition) -> dict[str, int]:
    """Up to which seq the history of each epoch is also that of this partition as it is now, its own epoch included."""
    return {row[0]: row[1] for row in connection.execute(_CUTS, {"key": held.school})} | {held.epoch: held.seq}


def join(
    connection: Connection, held: Partition, known: tuple[Mapping[str, int], Mapping[str, int]], fresh: str, least: int
) -> None:
    """Begin an epoch in a locked partition whose rows have just been replaced by a backup's.

    known: `cuts` of the backup's partition, and of the one that was replaced. Of an epoch the backup does not know only
    what both had in common is left.
    """
    theirs, ours = known
    common = max((min(cut, ours[epoch]) for epoch, cut in theirs.items() if epoch in ours), default=0)
    merged = {epoch: min(cut, common) for epoch, cut in ours.items()} | dict(theirs)
    connection.execute(delete(past_epoch).where(_OF_SCHOOL), {"key": held.school})
    rows = [{"school": held.school, "epoch": epoch, "cut": cut} for epoch, cut in sorted(merged.items())]
    connection.execute(insert(past_epoch), rows)
    _go_on(connection, held, fresh, common, least)


def changed(connection: Connection, held: Partition, epoch: str) -> EpochChanged:
    """What to tell a client of another epoch: up to which seq its history is also ours.

    An epoch that is not known here began after the one whose restored copy this is, so it shares no more than that.
    """
    cut = connection.execute(_CUT, {"school": held.school, "epoch": epoch}).scalar_one_or_none()
    return EpochChanged(epoch=held.epoch, seq=held.cut if cut is None else cut)


def _go_on(connection: Connection, held: Partition, fresh: str, cut: int, seq: int) -> None:
    connection.execute(_BEGIN, {"key": held.school, "new": fresh, "at": cut, "next": seq})
