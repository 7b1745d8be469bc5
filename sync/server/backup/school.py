"""Setting one school back, in a database that goes on serving all the others."""

from datetime import datetime

from sync.records.ids import IdMaker
from sync.server.settings import Refusal
from sync.server.storage import epochs, partitions
from sync.server.storage.engines import Database
from sync.server.storage.whole import replace_school


def restore_school(source: Database, database: Database, school: str, now: datetime, new_id: IdMaker) -> int:
    """Put all that another database of this version holds of a school in the place of what this one does.

    One transaction. People, devices and their sessions stay as they are. Returns the number of rows. new_id: makes a
    random UUID. Raises Refusal where one of the two has no such school, ServerBusy; nothing was written then.
    """
    with source.reading() as there, database.writing() as here:
        theirs, ours = partitions.read(there, school), partitions.lock(here, school)
        if ours is None or not ours.is_school:
            raise Refusal(f"there is no school {school} here")
        if theirs is None:
            raise Refusal(f"the backup has no school {school}")
        known = (epochs.cuts(there, theirs), epochs.cuts(here, ours))
        rows = replace_school(there, database, here, school)
        back = theirs._replace(name=ours.name, board=ours.board, pref=ours.pref)
        partitions.replace(here, back)
        least = max(max(theirs.seq, ours.seq) + epochs.LEAP, epochs.number_at(now))
        epochs.join(here, back, known, new_id(), least)
    return rows
