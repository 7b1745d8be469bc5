"""The journal of a store as whoever opens it sees it: how it is begun, and what the school has to read of it."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from client.store import chain
from client.store.copyist import Copyist, Hands
from client.store.facts import SyncStatus
from client.store.writer import Writer
from client.store.writing import OUTBOX, Writing
from client.vault import quarantine
from client.vault.quarantine import Unread
from client.vault.segments import segments


class Copies:
    """Each saved group once more, in a journal beside the store that the school alone can read."""

    def __init__(self, writer: Writer, copyist: Copyist, folder: Path) -> None:
        self._writer, self._copyist, self._folder = writer, copyist, folder

    @property
    def kept(self) -> bool:
        """Whether there is a journal; there is none before the school has given a key to seal to."""
        return self._copyist.keeping

    def keep(self, hands: Hands) -> None:
        """Write a journal from now on; what waits and is not in it is in it when this returns, if the disk lets it.

        To be called when the store has been opened, before the first edit, and whenever the school gives another key.
        hands: whose hand writes for a device of this store. Raises DiskFull, WriteFailed, StoreDamaged, StoreClosed.
        """
        self._writer.edit(lambda writing: self._copyist.begin(writing, hands)).result()

    def counted(self, status: SyncStatus) -> SyncStatus:
        """The state of things, with the groups whose copy is missing."""
        return replace(status, uncopied=len(self._copyist.missing))

    def segments(self) -> list[Path]:
        """The files of the store's own journal: all that was saved here and lost is in them. Raises DiskRefused."""
        return segments(self._folder)

    def unread(self) -> list[Unread]:
        """Journals of stores that were here before, which the school has not read yet. Raises DiskRefused."""
        return quarantine.unread(self._folder)

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
