"""The journal of a store as whoever opens it sees it: how it is begun, and what the school has to read of it."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from client.store import chain
from client.store.copyist import KNOWN, Copyist, Hands
from client.store.errors import DiskFull, WriteFailed
from client.store.facts import Mark, MarkKind, SyncStatus
from client.store.readers import Readers
from client.store.writer import Writer
from client.store.writing import OUTBOX, Writing
from client.vault import quarantine
from client.vault.anchor import Reach
from client.vault.quarantine import Unread
from client.vault.segments import content, segments

_log = logging.getLogger("keyaki.store")


class Copies:
    """Each saved group once more, in a journal beside the store that the school alone can read."""

    def __init__(self, writer: Writer, readers: Readers, copyist: Copyist, folder: Path) -> None:
        self._writer, self._readers, self._copyist, self._folder = writer, readers, copyist, folder

    @property
    def kept(self) -> bool:
        """Whether there is a journal; there is none before the school has given a key to seal to."""
        return self._copyist.keeping

    def keep(self, hands: Hands) -> None:
        """Write a journal from now on; what waits and is not in it is in it when this returns, if the disk lets it.

        To be called when the store has been opened, before the first edit, and whenever the school gives another key.
        hands: whose hand writes for a device of it. What the disk refuses keeps nobody from working, and is tried again
        at the next save. Raises StoreDamaged, StoreClosed.
        """
        try:
            self._writer.edit(lambda writing: self._copyist.begin(writing, hands)).result()
        except (DiskFull, WriteFailed) as error:
            _log.warning("the journal is not begun: %s", error)

    @property
    def found(self) -> Reach | None:
        """How far the store had come when it was opened, as its files say; None where no journal could be read."""
        return self._copyist.found

    @property
    def reached(self) -> tuple[str, Reach] | None:
        """How far the store has come, all of it on the disk, and as which device; None without a journal."""
        return self._copyist.reached

    def known_stream(self) -> str | None:
        """The stream the school was told of last, by its id; None before the first."""
        return self._meta(KNOWN)

    def make_known(self, stream: str) -> None:
        """Remember that the school knows this stream. Raises DiskFull, WriteFailed, StoreDamaged, StoreClosed."""
        sql = "INSERT OR REPLACE INTO meta VALUES (?, ?)"
        self._writer.edit(lambda writing: writing.run(sql, KNOWN, stream)).result()

    def lost_until(self) -> int | None:
        """The highest number among the groups that the journal knows of and the store may have lost; None where nothing
        was lost. What has a higher number was saved since, and is here.
        """
        known = self._meta(chain.RECOVERING)
        return None if known is None else int(known)

    def counted(self, status: SyncStatus) -> SyncStatus:
        """The state of things, with the groups whose copy is missing."""
        return replace(status, uncopied=len(self._copyist.missing))

    def marked(self, marks: list[Mark]) -> list[Mark]:
        """These marks, with those that wait and whose copy is missing told apart."""
        missing = {str(q) for q in self._copyist.missing}
        if not missing:
            return marks
        return [
            replace(mark, kind=MarkKind.UNCOPIED) if mark.kind is MarkKind.WAITING and mark.ref in missing else mark
            for mark in marks
        ]

    def segments(self) -> list[Path]:
        """The files of the store's own journal: all that was saved here and lost is in them. Raises DiskRefused."""
        return segments(self._folder)

    def unread(self) -> list[Unread]:
        """Journals of stores that were here before, which the school has not read yet. Raises DiskRefused."""
        return quarantine.unread(self._folder)

    def contents(self, unread: Iterable[Unread], *, own: bool) -> Iterator[bytes]:
        """The bytes of these journals, file by file; of the store's own, too, with `own`. Raises DiskRefused."""
        for path in (*(path for each in unread for path in each.segments), *(self.segments() if own else ())):
            yield content(path)

    def mark_read(self, stream: UUID) -> None:
        """The school has read one of those. Raises DiskRefused; a repeat is safe."""
        quarantine.mark_read(self._folder, stream)

    def closed(self, q: int, hash_chain: str) -> bool:
        """The school has an outcome for every group of this device up to this number; from here on sending goes on.

        hash_chain: the chain there. False where the journal knows of more. Raises DiskFull, WriteFailed, StoreDamaged.
        """

        def job(writing: Writing) -> bool:
            writing.change([OUTBOX])
            return chain.closed(writing, q, hash_chain)

        return self._writer.edit(job).result()

    def _meta(self, key: str) -> str | None:
        sql = "SELECT value FROM meta WHERE key = ?"
        rows = self._readers.ask(lambda connection: connection.execute(sql, (key,)).fetchall())
        return rows[0][0] if rows else None
