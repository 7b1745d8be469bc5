"""The files a journal lies in: appended to and kept for good at each record, never written over.

A segment is named after the number of its first record, so that their order is that of their names.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from client.vault.files import keep_names, told

QUARANTINE: Final = "quarantine"
_GLOB: Final = "soj-*.kyj"


def segment(folder: Path, jseq: int) -> Path:
    """Where the segment lies that begins with this record."""
    return folder / f"soj-{jseq:012d}.kyj"


def segments(folder: Path) -> list[Path]:
    """All of them, oldest first. Raises DiskRefused."""
    with told():
        return sorted(folder.glob(_GLOB))


def content(path: Path) -> bytes:
    """All bytes of a segment. Raises DiskRefused."""
    with told():
        return path.read_bytes()


def written_at(path: Path) -> datetime:
    """When it was last appended to. Raises DiskRefused."""
    with told():
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def append(path: Path, at: int, data: bytes) -> None:
    """Keep `data` for good as what stands at byte `at`, the segment's end; what a failed try left there goes first.

    Raises DiskRefused: part of it may then be there, and the next try takes it away.
    """
    with told():
        handle = os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600)
        try:
            if os.fstat(handle).st_size != at:
                os.ftruncate(handle, at)
            os.lseek(handle, at, os.SEEK_SET)
            left = memoryview(data)
            while left:
                left = left[os.write(handle, left) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        if at == 0:
            keep_names(path.parent)


def set_aside(path: Path, at: int) -> None:
    """Copy what stands from byte `at` on into the quarantine, for whoever wants to know, and cut the segment there.

    Raises DiskRefused.
    """
    with told():
        tail = path.read_bytes()[at:]
        aside = path.parent / QUARANTINE
        aside.mkdir(mode=0o700, exist_ok=True)
        append(aside / f"{path.stem}-{at}.bin", 0, tail)
        with path.open("r+b") as file:
            file.truncate(at)
            os.fsync(file.fileno())


def drop(path: Path) -> None:
    """Take a segment away. Raises DiskRefused."""
    with told():
        path.unlink(missing_ok=True)
        keep_names(path.parent)
