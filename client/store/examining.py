"""Looks through every page of the file for damage, once a day, beside the work (security.md 2.2).

It reads the file as it was when the log had just been emptied into it: as long as somebody does, SQLite carries nothing
over into the file, so what is looked at stands still and is whole, and edits go on into the log.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Final

from sqlcipher3 import dbapi2

from client.store.ambient import Clock
from client.store.database import Connection, connect
from client.store.errors import DiskFull, StoreDamaged, WriteFailed
from client.store.writing import Writing
from client.vault.errors import DiskRefused
from client.vault.files import write

DAMAGED: Final = "damage"
"""Stands among the changed types when damage was found."""
EVERY: Final = timedelta(days=1)
_KEY: Final = "examined"
"""In `meta`: when the file was found whole last."""
_log = logging.getLogger("keyaki.store")


Done = Callable[[bool | None], object]
"""Is told whether the file is whole, None where that is not known; in any thread."""


def mark_of(path: Path) -> Path:
    """What lies beside a store's file in which damage was found; it goes where the file goes."""
    return path.with_name(f"{path.name}-damaged")


class Examiner:
    """Examines one store. path, key: of its file; clock: now. busy: whether it is looking at the moment."""

    def __init__(self, path: Path, key: bytes, clock: Clock) -> None:
        self._path, self._key, self._clock = path, key, clock
        self._due: datetime | None = None
        self._thread: Thread | None = None
        self.busy = False

    def begin(self, writing: Writing, done: Done) -> None:
        """Begin, where it is due. To be called in the writer thread, with an empty log. done: called at the end."""
        if self.busy or not self._is_due(writing) or writing.log_pages():
            return
        try:
            connection = connect(self._path, self._key, writing=False)
        except StoreDamaged as error:
            if error.facts["reason"] == dbapi2.DatabaseError.__name__:
                self._found(["the first page"])
                done(False)
            return
        except (DiskFull, WriteFailed):
            return
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        self.busy = True
        self._thread = Thread(target=self._examine, args=(connection, done), name="keyaki-examiner", daemon=True)
        self._thread.start()

    def note(self, writing: Writing) -> None:
        """Keep that the file was found whole now."""
        writing.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", _KEY, self._clock().isoformat())

    def close(self) -> None:
        """Wait for the end of what is being looked at."""
        if self._thread is not None:
            self._thread.join()

    def _is_due(self, writing: Writing) -> bool:
        """Whether a day has passed since it was last looked at; a clock that was set back is no reason to wait."""
        now = self._clock()
        if self._due is None:
            rows = writing.run("SELECT value FROM meta WHERE key = ?", _KEY)
            self._due = datetime.fromisoformat(rows[0][0]) + EVERY if rows else now
        if self._due - EVERY <= now < self._due:
            return False
        self._due = now + EVERY
        return True

    def _examine(self, connection: Connection, done: Done) -> None:
        whole: bool | None = None
        try:
            found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()]
            connection.close()
            whole = not found
            if found:
                self._found(found)
        except dbapi2.Error as error:
            _log.info("the store could not be looked through: %s", error)
        self.busy = False
        done(whole)

    def _found(self, places: list[str]) -> None:
        """Keep it for the next opening, even where nothing can be written into the file any more."""
        _log.warning("the store is damaged in %d places, first: %s", len(places), places[0])
        try:
            write(mark_of(self._path), b"")
        except DiskRefused as error:
            _log.warning("the damage cannot be kept for the next start: %s", error)
