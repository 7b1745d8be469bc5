"""Setting a server back to a backup, or to whatever an engine's own tools have brought back."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from sync.records.ids import IdMaker
from sync.server.backup.files import PRIVATE_FOLDER, give_to_owner_of, make_single, to_disk
from sync.server.backup.manifest import Manifest
from sync.server.backup.replaced import Replaced, keep_aside, look
from sync.server.backup.unpack import unpacked
from sync.server.occupied import alone
from sync.server.settings import Refusal
from sync.server.storage import epochs, partitions
from sync.server.storage.engines import FILE, Database
from sync.server.storage.whole import end_sessions, take_people

_FRESH: Final = "restoring"


@dataclass(frozen=True, slots=True)
class Anew:
    """What was done to a database of the past. partitions: that began a new epoch; sessions: that ended."""

    partitions: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A finished restore. aside: where the data that was here is kept; people: whether it told of them and devices."""

    manifest: Manifest
    anew: Anew
    aside: Path | None
    people: bool


def restore(data: Path, backup: Path, now: datetime, new_id: IdMaker) -> Restored:
    """Put a backup in the place of the database in the folder `data`, which no server may be serving.

    Everything is made ready beside it; then the name goes over in one step. new_id: makes a random UUID. Raises
    Refusal; the database is as it was then.
    """
    with alone(data):
        fresh = data / _FRESH
        try:
            shutil.rmtree(fresh, ignore_errors=True)  # of a restore that was killed
            fresh.mkdir(PRIVATE_FOLDER)
            before = look(data)
            with unpacked(backup, fresh) as (manifest, database):
                anew, people = _made_ready(database, before, now, new_id)
            make_single(fresh / FILE)
            give_to_owner_of(data, fresh / FILE)
            to_disk(fresh / FILE)
            aside = keep_aside(data, now)
            (fresh / FILE).replace(data / FILE)
            to_disk(data)
        except OSError as error:
            raise Refusal(f"the backup could not be restored: {error.strerror}") from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return Restored(manifest, anew, aside, people)


def begin_anew(connection: Connection, now: datetime, new_id: IdMaker, leasts: Mapping[str, int] | None = None) -> Anew:
    """Do to a database that was set back what every restore asks for. leasts: as in `epochs.begin_all`."""
    count = epochs.begin_all(connection, new_id, leasts or {}, epochs.number_at(now))
    return Anew(count, end_sessions(connection))


def _made_ready(database: Database, before: Replaced | None, now: datetime, new_id: IdMaker) -> tuple[Anew, bool]:
    """Begin anew, and know of people and devices what was known last."""
    with database.writing() as connection:
        seqs = before.seqs if before is not None else {}
        anew = begin_anew(connection, now, new_id, {school: seq + epochs.LEAP for school, seq in seqs.items()})
        if before is None or seqs.keys().isdisjoint(partitions.every(connection)):
            return anew, False
        take_people(database, connection, before.people)
        return anew, True
