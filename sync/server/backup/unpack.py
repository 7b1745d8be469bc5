"""A backup made usable again: a copy of it that has been checked and knows this program's tables."""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from sync.server.backup.files import copy_private, fault, sha256
from sync.server.backup.make import rows_of
from sync.server.backup.manifest import Manifest, read_manifest
from sync.server.migrate import knows, migrate
from sync.server.settings import Refusal
from sync.server.storage.engines import FILE, Database, open_database


@contextmanager
def unpacked(backup: Path, folder: Path) -> Generator[tuple[Manifest, Database]]:
    """The database of a backup, copied into an empty folder, checked and brought up to date; closed at the end.

    Raises Refusal where it is not as its manifest says, or of a newer program.
    """
    manifest = read_manifest(backup)
    if not knows(manifest.revision):
        raise Refusal(f"{backup.name} is of Keyaki {manifest.program}, which is newer than this one")
    path = folder / FILE
    try:
        copy_private(backup / FILE, path)
    except OSError as error:
        raise Refusal(f"{backup.name}: {FILE} could not be copied: {error.strerror}") from error
    if path.stat().st_size != manifest.bytes or sha256(path) != manifest.sha256:
        raise Refusal(f"{backup.name}: {FILE} is not the file that was backed up")
    wrong = fault(path)
    if wrong is not None:
        raise Refusal(f"{backup.name} is not sound: {wrong}")
    with closing(sqlite3.connect(path)) as connection:
        if rows_of(connection) != manifest.rows:
            raise Refusal(f"{backup.name} has other rows than its manifest says")
    database = open_database(folder)
    try:
        migrate(database)
        yield manifest, database
    finally:
        database.close()
