"""The attached files of a store: kept, read, and fetched when somebody wants to look at them."""

from collections.abc import Iterable
from pathlib import Path

from client.store import attachments, file_bytes
from client.store.ambient import Clock
from client.store.attachments import AttachmentRefused, Away, Why
from client.store.readers import Readers
from client.store.writer import Writer
from sync.records.blobs import Blob
from sync.records.media import FILE_MAX, media_of


class Files:
    """The files of one open store. Every method may be called from any thread."""

    def __init__(self, writer: Writer, readers: Readers, clock: Clock) -> None:
        self._writer, self._readers, self._clock = writer, readers, clock

    def attach(self, content: bytes | Path, media: str | None = None) -> Blob:
        """Keep a file on the disk, for an edit to refer to (`file_set`); it goes to the school after that edit.

        content: its bytes, with their media type, or a file, whose ending tells it. Edits go on meanwhile. Raises
        AttachmentRefused, DiskFull, WriteFailed, StoreDamaged.
        """
        data = content if isinstance(content, bytes) else _read(content)
        blob = attachments.checked(data, media or (None if isinstance(content, bytes) else media_of(content.name)))
        now = self._clock()
        self._writer.batch(lambda writing: attachments.keep(writing, blob, data, now)).result()
        self._writer.edit(lambda writing: attachments.finish(writing, blob, now)).result()
        return blob

    def read(self, blob: Blob) -> bytes | Away:
        """The bytes of a file, or why they are not here; then the next rounds fetch them, and whoever has subscribed
        to the workspace hears of `blob` when they have come.
        """
        data = self._readers.ask(lambda connection: file_bytes.read(connection, blob.sha256))
        now = self._clock()
        if data is not None:
            self._writer.later(lambda writing: attachments.touch(writing, blob.sha256, now), lasting=False)
            return data
        found = self._readers.ask(lambda connection: attachments.away(connection, blob, now))
        if found is None or found.why is Why.STOPPED:
            self._writer.edit(lambda writing: attachments.want(writing, [blob], now)).result()
        return found or Away(Why.WANTED, 0, blob.size)

    def want(self, blobs: Iterable[Blob]) -> None:
        """Have files fetched with the next rounds, because they are about to be looked at."""
        wanted, now = list(blobs), self._clock()
        self._writer.edit(lambda writing: attachments.want(writing, wanted, now)).result()


def _read(path: Path) -> bytes:
    """A file that is to be attached. Raises AttachmentRefused; what is too large is not read at all."""
    try:
        with path.open("rb") as file:
            return file.read(FILE_MAX + 1)
    except OSError as error:
        raise AttachmentRefused(rule="unreadable", most=FILE_MAX >> 20) from error
