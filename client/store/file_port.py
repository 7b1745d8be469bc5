"""The attached files of the store as the engine drives them: every write is a job of the writer thread."""

from collections.abc import Callable, Collection
from datetime import datetime

from client.store import carrying, file_bytes
from client.store.database import Connection
from client.store.writer import Writer
from sync.engine.files import FileStore, Transfer, Way
from sync.errors import KeyakiError


class FilePort(FileStore):
    """See `sync.engine.files.FileStore`. reader: gives the reading connection of the calling thread; clock: now."""

    def __init__(self, writer: Writer, reader: Callable[[], Connection], clock: Callable[[], datetime]) -> None:
        self._writer, self._reader, self._clock = writer, reader, clock

    def next_file(self, but: Collection[tuple[Way, str]]) -> Transfer | None:
        return carrying.following(self._reader(), but)

    def file_bytes(self, sha256: str, start: int, most: int) -> bytes:
        return file_bytes.read(self._reader(), sha256, start, most) or b""

    def file_sent(self, sha256: str) -> None:
        self._writer.later(lambda writing: carrying.sent(writing, sha256), lasting=False).result()

    def file_came(self, sha256: str, start: int, data: bytes) -> Callable[[], int]:
        now = self._clock()
        return self._writer.batch(lambda writing: carrying.came(writing, sha256, start, data, now)).result

    def file_stopped(self, transfer: Transfer, error: KeyakiError) -> None:
        now = self._clock()
        self._writer.later(lambda writing: carrying.stopped(writing, transfer, error, now), lasting=False).result()
