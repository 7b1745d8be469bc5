"""Journals that no store here goes on with: kept until the school has read them, and for a while after that.

Each stream has a folder of its own in `quarantine`; one that has been read, and one from which nothing is missing, are
marked by their names. Nothing here is ever opened: only the school can.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from client.vault.files import free, keep_names, make_folder, move, told
from client.vault.segments import QUARANTINE, content, segments
from sync.protocol.journal import Head, entries

KEPT: Final = timedelta(days=30)
"""So long what has been read is kept."""
_READ, _SPARE = "read-", "spare-"


@dataclass(frozen=True, slots=True)
class Unread:
    """A journal the school has not read yet. segments: its files, oldest first."""

    stream: UUID
    segments: tuple[Path, ...]


def put(folder: Path, *, spare: bool = False) -> None:
    """Take every segment of a store's folder out of its way. spare: nobody has to read it. Raises DiskRefused.

    A repeat goes on where it was ended. A segment of which nothing is legible lies with those of the stream before it.
    """
    stream = UUID(int=0)
    for path in segments(folder):
        stream = next((UUID(bytes=entry.head.stream) for entry in entries(content(path), _any)), stream)
        aside = folder / QUARANTINE / f"{_SPARE if spare else ''}{stream}"
        make_folder(aside.parent)
        make_folder(aside)
        move(path, aside)


def unread(folder: Path) -> list[Unread]:
    """The journals to be read by the school. Raises DiskRefused."""
    return [Unread(stream, tuple(segments(path))) for path, stream in _streams(folder, "")]


def mark_read(folder: Path, stream: UUID) -> None:
    """The school has read a journal. Raises DiskRefused; a repeat is safe."""
    aside = folder / QUARANTINE / str(stream)
    with told():
        if aside.exists():
            os.utime(aside)
            aside.rename(free(aside.with_name(f"{_READ}{stream}")))
            keep_names(aside.parent)


def reopen(folder: Path) -> None:
    """The school may have lost what it had read: all that was read is to be read again. Raises DiskRefused."""
    with told():
        for path, stream in [*_streams(folder, _READ)]:
            path.rename(free(path.with_name(str(stream))))
            keep_names(path.parent)


def shed(folder: Path, now: datetime) -> int:
    """Take away what was read, or spare, long ago; how many journals. Raises DiskRefused."""
    gone = 0
    with told():
        for path, _ in (*_streams(folder, _READ), *_streams(folder, _SPARE)):
            if now - datetime.fromtimestamp(path.stat().st_mtime, UTC) >= KEPT:
                for each in path.iterdir():
                    each.unlink()
                path.rmdir()
                gone += 1
    return gone


def _streams(folder: Path, prefix: str) -> Iterator[tuple[Path, UUID]]:
    """The folders of streams whose names begin so, and are nothing but that and the stream."""
    with told():
        found = sorted(path for path in (folder / QUARANTINE).glob(f"{prefix}*") if path.is_dir())
    for path in found:
        try:
            yield path, UUID(path.name.removeprefix(prefix)[:36])
        except ValueError:
            continue


def _any(_head: Head, _digest: bytes, _signature: bytes) -> bool:
    return True
