"""`keyaki-server backup`, `restore` and `restored`: what they are asked, and what they say."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy.exc import ArgumentError

from sync.server.backup.make import back_up
from sync.server.backup.restore import Anew, begin_anew, restore
from sync.server.backup.school import restore_school
from sync.server.backup.unpack import unpacked
from sync.server.clock import system_clock
from sync.server.migrate import is_current
from sync.server.schools import find_school
from sync.server.settings import Refusal
from sync.server.storage.engines import Database, open_database
from sync.server.storage.store import Storage


def backup_command(data: Path, to: Path) -> int:
    """Make a backup, and say what is in it. Returns the exit code 0. Raises Refusal, ServerBusy."""
    manifest = back_up(data, to, system_clock())
    size = f"{manifest.bytes:,} bytes, {sum(manifest.rows.values()):,} rows"
    _say(f"{to.name}: the state of {manifest.made_at}, {size}, checked")
    return 0


def restore_command(data: Path, backup: Path) -> int:
    """Set a whole server back, and say what that means. Returns the exit code 0. Raises Refusal."""
    done = restore(data, backup, system_clock(), _new_id)
    made_at = done.manifest.made_at
    _say(f"the server is what it was at {made_at}")
    if done.aside is not None:
        _say(f"the data that was here until now is kept in {done.aside.name}")
    if done.people:
        _say("accounts and devices, blocked ones included, are those known last")
    else:
        _say(f"accounts and devices are those of {made_at}: block again what was blocked since")
    _say_anew(done.anew)
    return 0


def restore_school_command(storage: Storage, backup: str, school: str, place: Path | None) -> int:
    """Set one school back, and say what that means. backup: its folder, or the URL of a restored database.

    place: a folder with room for a copy of the backup; None = the system's for what is temporary. Returns the exit
    code 0. Raises Refusal, ServerBusy.
    """
    found = find_school(storage, school)
    with _source(backup, place) as (when, source):
        rows = restore_school(source, storage.database, found.id, system_clock(), _new_id)
    _say(f"{found.name} is what it was {when}: {rows:,} rows; no other school was touched")
    _say("duties and rights there are those of then: look at whoever has come or left since")
    _say("every device tells again what it had said since, when it next meets the server")
    return 0


def restored_command(storage: Storage) -> int:
    """Do what must follow when the database's own tools have set it back, and say so. Returns the exit code 0."""
    with storage.database.writing() as connection:
        anew = begin_anew(connection, system_clock(), _new_id)
    _say("accounts and devices are those of the backup: block again what was blocked since")
    _say_anew(anew)
    return 0


@contextmanager
def _source(backup: str, place: Path | None) -> Generator[tuple[str, Database]]:
    """A backup's database, or a restored one, and of when or where it is, in words."""
    if "://" not in backup:
        with TemporaryDirectory(dir=place) as folder, unpacked(Path(backup), Path(folder)) as (manifest, database):
            yield f"at {manifest.made_at}", database
        return
    try:
        database = open_database(Path(), backup)
    except ArgumentError as error:
        raise Refusal(f"no database has the URL that begins with {backup.partition('://')[0]}://") from error
    try:
        with database.reading() as connection:
            if not is_current(connection):
                raise Refusal("bring the restored database up to date first: keyaki-server migrate")
        yield f"in {database.engine.url.database}", database
    finally:
        database.close()


def _say_anew(anew: Anew) -> None:
    _say("duties and rights are those of then: look at whoever has come or left since")
    _say(f"{anew.sessions:,} sessions have ended: everybody signs in again")
    _say(f"{anew.partitions:,} partitions go on in a new epoch: every device tells again what it had said since")


def _new_id() -> str:
    return str(uuid4())


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
