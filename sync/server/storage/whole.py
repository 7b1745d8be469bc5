"""Whole tables carried from one database to another: all that belongs to one school, all that belongs to people."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, select

from sync.server.storage.blobs import blob_piece
from sync.server.storage.device_events import device_event
from sync.server.storage.engines import Database
from sync.server.storage.identity import device, nonce, session, token, user_link
from sync.server.storage.leases import lease
from sync.server.storage.permits import permit, permit_event
from sync.server.storage.recovery import recovery_piece, recovery_segment
from sync.server.storage.snapshots import snapshot
from sync.server.storage.streams import stream
from sync.server.storage.tables import METADATA, partition, past_epoch

LEDGERS: Final = (permit, permit_event, device_event)
"""Of take-outs, and of what was ordered about devices."""
OF_SCHOOL: Final = tuple(
    table
    for table in METADATA.sorted_tables
    if next(iter(table.primary_key)).name == "school"
    and table not in (partition, past_epoch, snapshot, recovery_segment, recovery_piece, *LEDGERS)
)
"""Every table of a school but the two that say where its history stands, what is made anew from the others, what
devices have brought to be recovered, and the ledgers, of which no line is ever taken back.
"""
OF_PEOPLE: Final = (user_link, device, nonce, lease, stream, *LEDGERS)
"""What is known of people and their devices and of what they have taken out, without their sessions."""
_STERNER: Final = ("active", "suspended", "wiping", "wiped")
"""What a device may be, each sterner than the one before."""
_ROWS: Final = 5_000
"""So many rows are in memory at a time."""
_PIECES: Final = 40
"""So many of those that hold bytes of files."""


def replace_school(source: Connection, database: Database, connection: Connection, school: str) -> int:
    """Put the rows another database holds of a school in the place of all that are here; how many there are now.

    To be called with the school's partition locked, which is left as it is.
    """
    total = 0
    connection.execute(delete(snapshot).where(snapshot.c.school == school))
    for table in OF_SCHOOL:
        own = table.c.school == school
        connection.execute(delete(table).where(own))
        for rows in _read(source, select(table).where(own), _PIECES if table is blob_piece else _ROWS):
            database.store(connection, table, rows, replace=False)
            total += len(rows)
    return total


def people(connection: Connection) -> list[tuple[Table, list[tuple[Any, ...]]]]:
    """All that is known of people and devices."""
    return [(table, [tuple(row) for row in connection.execute(select(table))]) for table in OF_PEOPLE]


def take_people(
    database: Database, connection: Connection, known: Iterable[tuple[Table, Sequence[tuple[Any, ...]]]]
) -> None:
    """Know of people and devices what another database knows. Where both know something what it says counts, but a
    device that either knows as blocked stays blocked: which of the two is the newer is not known for certain.
    """
    held: dict[str, str] = {row[0]: row[1] for row in connection.execute(select(device.c.device, device.c.status))}
    for table, rows in known:
        if rows:
            told = [_sterner(row, held) for row in rows] if table is device else rows
            database.store(connection, table, told, replace=True)


def end_sessions(connection: Connection) -> int:
    """Forget every session and its tokens; how many sessions there were."""
    connection.execute(delete(token))
    return connection.execute(delete(session)).rowcount


def _sterner(row: tuple[Any, ...], held: dict[str, str]) -> tuple[Any, ...]:
    """A device's row, with the sterner of its status and the one that is held."""
    fields = dict(zip(device.c.keys(), row, strict=True))
    both = (fields["status"], held.get(fields["device"], fields["status"]))
    return tuple((fields | {"status": max(both, key=_STERNER.index)}).values())


def _read(connection: Connection, statement: Any, most: int) -> Iterator[list[tuple[Any, ...]]]:
    with connection.execute(statement, execution_options={"yield_per": most}) as result:
        for part in result.partitions():
            yield [tuple(row) for row in part]
