"""Segments of journals on the server: brought by their author in pieces, kept sealed as they came, for thirty days."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from sync.protocol.backend import FilePart
from sync.protocol.errors import BadRequest, FileDamaged, TooLarge
from sync.protocol.recovery import KEPT_MAX, SEGMENT_MAX
from sync.server.caller import Caller
from sync.server.clock import Clock, stamp
from sync.server.storage import partitions, recovery
from sync.server.storage.recovery import Whose
from sync.server.storage.store import Storage

KEPT: Final = timedelta(days=30)


def take(storage: Storage, caller: Caller, part: FilePart, clock: Clock) -> int:
    """Keep bytes of a segment and return how many are here; all of them only when their hash is right.

    Bytes that do not lie right behind those that are here change nothing. Raises TooLarge, FileDamaged, ServerBusy, and
    BadRequest where another size was said before.
    """
    if part.size > SEGMENT_MAX:
        raise TooLarge(size_bytes=part.size, most_bytes=SEGMENT_MAX)
    whose = Whose(caller.school, caller.user, part.sha256)
    right = True
    with storage.database.writing() as connection:
        if recovery.kept(connection, *whose) + part.size > KEPT_MAX:
            raise TooLarge(size_bytes=part.size, most_bytes=KEPT_MAX)
        held = recovery.begun(storage.database, connection, whose, part.size, stamp(clock()))
        if held.size != part.size and held.got == held.size:
            raise BadRequest(header="Content-Range")
        if held.size != part.size:  # one of the two sizes is wrong
            recovery.drop(connection, whose)
            held = recovery.begun(storage.database, connection, whose, part.size, stamp(clock()))
        if held.got + len(part.data) > held.size and part.start == held.got:
            raise BadRequest(header="Content-Range")
        if part.data and part.start == held.got:
            recovery.add(connection, whose, held, part.data)
            held = held._replace(got=held.got + len(part.data))
            if held.got == held.size:
                right = hashlib.sha256(recovery.content(connection, whose)).hexdigest() == whose.sha256
                if not right:
                    recovery.drop(connection, whose)
    if not right:
        raise FileDamaged
    return held.got


def sweep(storage: Storage, now: datetime) -> int:
    """Forget what was brought long ago, of every school; how many segments there were. Raises ServerBusy."""
    with storage.database.reading() as connection:
        schools = partitions.all_schools(connection)
    total = 0
    for school in schools:
        with storage.database.writing() as connection:
            total += recovery.sweep(connection, school, stamp(now - KEPT))
    return total
