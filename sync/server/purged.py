"""Purged: a device tells that rows whose scope has ended are erased from it; the school keeps since when.

Promised here: what is on record was said by this very device about itself. Saying it again changes nothing but the
time.
"""

from typing import Any

from sync.protocol.errors import Forbidden
from sync.protocol.messages import PurgedRequest
from sync.server.access import readable
from sync.server.caller import Caller
from sync.server.clock import Clock, stamp
from sync.server.storage import epochs, partitions, purges
from sync.server.storage.store import Storage


def purged(storage: Storage, caller: Caller, school: str, request: PurgedRequest, clock: Clock) -> dict[str, Any]:
    """Put on record that these scopes have ended on the calling device.

    Raises EpochChanged, Forbidden, ServerBusy; a repeat is safe.
    """
    with storage.database.writing() as connection:
        readable(connection, caller, school)
        partition = partitions.lock(connection, school)
        if partition is None:
            raise Forbidden
        if request.epoch != partition.epoch:
            raise epochs.changed(connection, partition, request.epoch)
        purges.write(storage.database, connection, partition.school, caller, request.scopes, stamp(clock()))
    return {"epoch": partition.epoch}
