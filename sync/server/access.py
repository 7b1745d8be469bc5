"""Which partitions a caller may read: the own school, and the board and prefecture above it."""

from sqlalchemy import Connection

from sync.protocol.errors import Forbidden
from sync.server.caller import Caller
from sync.server.storage import partitions
from sync.server.storage.partitions import Partition


def readable(connection: Connection, caller: Caller, partition: str) -> Partition:
    """The partition, if the caller may read of it. Raises Forbidden, also where there is none."""
    found = partitions.read(connection, partition)
    if found is not None and partition != caller.school:
        own = partitions.read(connection, caller.school)
        if own is None or partition not in (own.board, own.pref):
            found = None
    if found is None:
        raise Forbidden
    return found
