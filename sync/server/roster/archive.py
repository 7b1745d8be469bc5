"""Opens a package's ZIP with bounds: nothing is written to disk, and nothing a header claims is believed."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sync.server.roster.layout import KNOWN_FILES, UNREAD
from sync.server.roster.problem import Kind, Problem

PACKED_LIMIT: Final = 32 * 1024 * 1024
"""Bytes of the ZIP itself; the packages of a board with 20,000 pupils stay under a tenth of it."""
TOTAL_LIMIT: Final = 128 * 1024 * 1024
"""Bytes of all files together, inflated."""
RATIO_LIMIT: Final = 100
"""Inflated by packed bytes of one file; real tables reach 20."""
RATIO_FREE: Final = 1024 * 1024
"""Bytes below which no ratio is looked at."""
COUNT_LIMIT: Final = 64
"""Entries of the archive; OneRoster knows 22 files."""

_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCATOR_64 = b"PK\x06\x07"
_LOCATOR_64_SIZE = 20
_COMMENT_LIMIT = 65_535
_DIRECTORY_LIMIT = COUNT_LIMIT * 1024
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Archive:
    """The CSV files of a package by name without `.csv`, or why it was refused; never both."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def read_archive(data: bytes, name: str) -> Archive:
    """Open a package and inflate its CSV files.

    data: the ZIP. name: what the package is called in problems. Never raises: a damaged, encrypted, oversized or
    otherwise hostile archive comes back without files and with the reason.
    """
    try:
        problems = tuple(_envelope(data, name))
        if problems:
            return Archive({}, problems)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            problems = tuple(_directory(entries, name))
            if problems:
                return Archive({}, problems)
            return Archive(MappingProxyType(_inflate(archive, entries)), ())
    except _UNREADABLE:
        return Archive({}, (Problem(Kind.ARCHIVE_UNREADABLE, name),))


def _envelope(data: bytes, name: str) -> Iterator[Problem]:
    """Look at the size and the end record before the directory is parsed, whose entries cost memory."""
    if len(data) > PACKED_LIMIT:
        yield Problem(Kind.ARCHIVE_TOO_LARGE, name, hint=_mib(PACKED_LIMIT))
        return
    end = data.rfind(_END, max(0, len(data) - _COMMENT_LIMIT - _END_SIZE))
    if data[:2] != b"PK" or end < 0 or len(data) < end + _END_SIZE:
        yield Problem(Kind.ARCHIVE_UNREADABLE, name)
        return
    count, directory_size = struct.unpack_from("<HI", data, end + 10)
    wide = data[max(0, end - _LOCATOR_64_SIZE) : end].startswith(_LOCATOR_64)
    if wide or count > COUNT_LIMIT or directory_size > _DIRECTORY_LIMIT:
        yield Problem(Kind.ARCHIVE_TOO_LARGE, name, hint=str(COUNT_LIMIT))


def _directory(entries: list[zipfile.ZipInfo], name: str) -> Iterator[Problem]:
    if len(entries) > COUNT_LIMIT:
        yield Problem(Kind.ARCHIVE_TOO_LARGE, name, hint=str(COUNT_LIMIT))
        return
    seen: set[str] = set()
    for entry in entries:
        shown = entry.orig_filename
        kind = _entry_kind(entry)
        if kind is None and shown.casefold() in seen:
            kind = Kind.ENTRY_TWICE
        seen.add(shown.casefold())
        if kind is not None:
            yield Problem(kind, name, value=shown)
    if sum(entry.file_size for entry in entries) > TOTAL_LIMIT:
        yield Problem(Kind.ARCHIVE_TOO_LARGE, name, hint=_mib(TOTAL_LIMIT))


def _entry_kind(entry: zipfile.ZipInfo) -> Kind | None:
    name = entry.orig_filename
    mode = entry.external_attr >> 16
    if "/" in name or "\\" in name or ":" in name or "\0" in name or name in {"", ".", ".."}:
        return Kind.ENTRY_PATH
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        return Kind.ENTRY_LINK
    if entry.flag_bits & _ENCRYPTED:
        return Kind.ENTRY_ENCRYPTED
    if not name.endswith(".csv") or name.removesuffix(".csv") not in KNOWN_FILES:
        return Kind.ENTRY_UNKNOWN
    if entry.compress_type not in _METHODS:
        return Kind.ARCHIVE_UNREADABLE
    return Kind.ARCHIVE_TOO_LARGE if _swollen(entry.file_size, entry.compress_size) else None


def _inflate(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    names = [(entry.filename.removesuffix(".csv"), entry) for entry in entries]
    return {name: b"" if name in UNREAD else _read(archive, entry) for name, entry in names}


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Inflate one entry in pieces, so that no more than its declared size, which was looked at, ever comes out.

    Reading it whole would inflate all there is first and cut it afterwards. The checksum is verified at the end.
    """
    content = bytearray()
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            content += piece
    if len(content) != entry.file_size:
        raise zipfile.BadZipFile(entry.filename)
    return bytes(content)


def _swollen(size: int, packed: int) -> bool:
    return size > RATIO_FREE and size > packed * RATIO_LIMIT


def _mib(size: int) -> str:
    return f"{size // (1024 * 1024)} MiB"
