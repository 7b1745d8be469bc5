"""Segments of journals on the server: brought by their author in pieces, kept sealed as they came, for thirty days."""

from datetime import datetime, timedelta
from typing import Final

from sync.server.clock import stamp
from sync.server.storage import partitions, recovery
from sync.server.storage.store import Storage

KEPT: Final = timedelta(days=30)


def sweep(storage: Storage, now: datetime) -> int:
    """Forget what was brought long ago, of every school; how many segments there were. Raises ServerBusy."""
    with storage.database.reading() as connection:
        schools = partitions.all_schools(connection)
    total = 0
    for school in schools:
        with storage.database.writing() as connection:
            total += recovery.sweep(connection, school, stamp(now - KEPT))
    return total
