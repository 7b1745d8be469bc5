"""The sealed journal of one store: each saved group once more, in a file that needs neither the store nor its keys.

Written after the store's own commit: the store can say again what is missing here, but nobody at this PC can read what
is sealed here.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from client.vault import segments
from client.vault.errors import JournalForeign
from sync.protocol.journal import NO_DIGEST, Entry, Head, Kind, Seal, Sign, Signed, entries, record

SEGMENT_BYTES: Final = 4 << 20
SEGMENT_AGE: Final = timedelta(days=7)
"""So long a segment is written to, and so long it is kept when all in it has come back from the school."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, and for whom. stream: 16 bytes. kid: the school's key that `seal` seals to."""

    stream: bytes
    kid: int
    seal: Seal
    sign: Sign
    signed: Signed


@dataclass(frozen=True, slots=True)
class Note:
    """What one record is to say. body: canonical JSON."""

    kind: Kind
    q: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a journal goes. jseq: of its last record, -1 before the first. digest: of that record. q: the highest."""

    jseq: int = -1
    digest: bytes = NO_DIGEST
    q: int = 0


class Journal:
    """The journal in a store's folder; one thread at a time uses it. Opening it finds where it ends.

    since: when the stream was begun; now: the wall clock, for the age of segments. Raises JournalForeign where the
    folder holds another stream's records, and DiskRefused. What a power cut left of a last record is set aside.
    """

    def __init__(self, folder: Path, hand: Hand, since: datetime, now: Callable[[], datetime]) -> None:
        self._folder, self._hand, self._since, self._now = folder, hand, since, now
        self._path: Path | None = None
        self._size = 0
        self._begun: tuple[Path | None, datetime] | None = None
        self.reached = self._find()

    def append(self, notes: Sequence[Note]) -> Reached:
        """Keep these records for good, all of them in one segment and with one wait for the disk.

        Raises TooLarge and DiskRefused: none was kept then, and the next try, at once or later, is a clean one.
        """
        reached, first = self.reached, self.reached.jseq + 1
        data = bytearray()
        for note in notes if first else [Note(Kind.START, 0, b"{}"), *notes]:
            head = Head(note.kind, self._hand.kid, self._hand.stream, reached.jseq + 1, note.q, reached.digest)
            made = record(head, note.body, self._hand.seal, self._hand.sign)
            reached = Reached(head.jseq, hashlib.sha256(made).digest(), max(reached.q, note.q))
            data += made
        path, at = self._place(len(data), first)
        segments.append(path, at, bytes(data))
        self._path, self._size, self.reached = path, at + len(data), reached
        return reached

    def heads(self, after: int) -> list[Head]:
        """What is legible of the records behind the one of this number, in their order. Raises DiskRefused."""
        found: list[list[Head]] = []
        for path in reversed(segments.segments(self._folder)):
            heads = [entry.head for entry in _framed(path)]
            found.append([head for head in heads if head.jseq > after])
            if heads and heads[0].jseq <= after + 1:
                break
        return [head for heads in reversed(found) for head in heads]

    def shed(self, done: Callable[[int], bool]) -> int:
        """Take away old segments nobody needs; how many. done: whether a group has come back from the school.

        The newest stays: it says where the stream ends. Raises DiskRefused.
        """
        gone = 0
        for path in segments.segments(self._folder)[:-1]:
            old = self._now() - segments.written_at(path) >= SEGMENT_AGE
            if old and all(done(entry.head.q) for entry in _framed(path) if entry.head.kind is not Kind.START):
                segments.drop(path)
                gone += 1
        return gone

    def _place(self, size: int, jseq: int) -> tuple[Path, int]:
        """The segment the next record goes to, and its end."""
        if self._path is None or self._size + size > SEGMENT_BYTES or self._old():
            return segments.segment(self._folder, jseq), 0
        return self._path, self._size

    def _old(self) -> bool:
        """Whether the newest segment was begun long ago: when the one before it was written to for the last time."""
        if self._begun is None or self._begun[0] != self._path:  # the folder is not looked through for every record
            known = segments.segments(self._folder)
            self._begun = self._path, segments.written_at(known[-2]) if len(known) > 1 else self._since
        return self._now() - self._begun[1] >= SEGMENT_AGE

    def _find(self) -> Reached:
        known = segments.segments(self._folder)
        for path in reversed(known[-2:]):  # the newest may have been begun in vain
            whole = self._whole(path)
            if whole:
                last = whole[-1]
                self._path, self._size = path, last.end
                if len(segments.content(path)) > last.end:
                    segments.set_aside(path, last.end)
                return Reached(last.head.jseq, last.digest, max(entry.head.q for entry in whole))
        if any(_framed(path) for path in known):
            raise JournalForeign
        for path in known:
            segments.set_aside(path, 0)
        return Reached()

    def _whole(self, path: Path) -> list[Entry]:
        """The records of a segment up to the last one this hand signed; those before it are taken as they look."""
        found = _framed(path)
        while found and not self._own(found[-1]):
            found.pop()
        return found

    def _own(self, entry: Entry) -> bool:
        return entry.head.stream == self._hand.stream and any(entries(entry.data, self._hand.signed))


def _framed(path: Path) -> list[Entry]:
    """What looks like whole records in a segment; signatures, which take long, are not looked at."""
    return list(entries(segments.content(path), _taken_as_signed))


def _taken_as_signed(_head: Head, _digest: bytes, _signature: bytes) -> bool:
    return True
