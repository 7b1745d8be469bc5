"""Epochs: what numbers of a partition may be compared. A restore ends one, because it cuts history off."""

from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, update

from sync.protocol.errors import EpochChanged
from sync.server.storage.partitions import Partition
from sync.server.storage.tables import partition, past_epoch

LEAP: Final = 1 << 32
"""By so much `seq` rises with a new epoch, so that no number is used twice."""

_CUT: Final = select(past_epoch.c.cut).where(
    past_epoch.c.school == bindparam("school"), past_epoch.c.epoch == bindparam("epoch")
)
_BEGIN: Final = (
    update(partition)
    .where(partition.c.school == bindparam("key"))
    .values(epoch=bindparam("new"), cut=bindparam("at"), seq=bindparam("next"))
)


def begin(connection: Connection, held: Partition, fresh: str) -> None:
    """End the epoch of a locked partition where its seq stands, and begin another. fresh: a new UUID."""
    ended = {"school": held.school, "epoch": held.epoch, "cut": held.seq}
    connection.execute(insert(past_epoch), ended)
    connection.execute(_BEGIN, {"key": held.school, "new": fresh, "at": held.seq, "next": held.seq + LEAP})


def changed(connection: Connection, held: Partition, epoch: str) -> EpochChanged:
    """What to tell a client of another epoch: up to which seq its history is also ours.

    An epoch that is not known here began after the one whose restored copy this is, so it shares no more than that.
    """
    cut = connection.execute(_CUT, {"school": held.school, "epoch": epoch}).scalar_one_or_none()
    return EpochChanged(epoch=held.epoch, seq=held.cut if cut is None else cut)
