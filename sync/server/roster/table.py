"""Turns the bytes of one CSV file into rows, or says why they are not readable."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sync.server.roster.header import Header, match_header
from sync.server.roster.layout import FileLayout
from sync.server.roster.problem import Kind, Problem

_BOM: Final = b"\xef\xbb\xbf"
_HALF_KANA: Final = range(0xFF61, 0xFFA0)
_JAPANESE: Final = (range(0x3041, 0x30FF), range(0x4E00, 0xA000))


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file it begins on (the header is line 1) and its values by column name."""

    line: int
    values: Mapping[str, str]

    def get(self, column: str) -> str:
        """Return the value of a column; empty where the layout has no such column."""
        return self.values.get(column, "")

    @property
    def id(self) -> str:
        """The row's sourcedId in lower case."""
        return self.get("sourcedId").lower()

    @property
    def is_deletion(self) -> bool:
        """True when a delta says that the row is gone at the sender."""
        return self.get("status") == "tobedeleted"


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its header and its rows. `dropped`: ids of rows whose form was wrong and that are not in `rows`."""

    layout: FileLayout
    header: Header
    rows: tuple[Row, ...]
    dropped: frozenset[str]
    problems: tuple[Problem, ...]


def decode(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Decode UTF-8, with or without a byte order mark.

    Returns (text, problems); text is None when the bytes are not UTF-8, with Shift_JIS recognised by name and the first
    offending line given.
    """
    problems: list[Problem] = []
    if data.startswith(_BOM):
        problems.append(Problem(Kind.BOM, file))
        data = data.removeprefix(_BOM)
    try:
        return data.decode("utf-8"), problems
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        kind = Kind.SHIFT_JIS if _is_shift_jis(data) else Kind.NOT_UTF8
        problems.append(Problem(kind, file, line))
        return None, problems


def read_records(data: bytes, file: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Split one file into records, each with the line it begins on; empty lines are skipped.

    CRLF or LF, quoted or not. Stops at the first place that is not CSV and reports it.
    """
    text, problems = decode(data, file)
    records: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text or "", newline=""), strict=True)
    line = 1
    try:
        for fields in reader:
            if fields:
                records.append((line, fields))
            line = reader.line_num + 1
    except csv.Error:
        problems.append(Problem(Kind.CSV_BROKEN, file, line))
    if text is not None and not records:
        problems.append(Problem(Kind.HEADER_NONE, file, 1))
    return records, problems


def read_table(layout: FileLayout, data: bytes) -> Table:
    """Read one file. Never raises: what is wrong is in `problems` of the result."""
    records, problems = read_records(data, layout.file)
    if not records:
        return Table(layout, Header((), {}, ()), (), frozenset(), tuple(problems))
    header = match_header(layout, records[0][1])
    problems += header.problems
    rows: list[Row] = []
    dropped: set[str] = set()
    for line, fields in records[1:]:
        if len(fields) == len(header.columns):
            rows.append(Row(line, _named(header, fields)))
        else:
            hint = f"{len(header.columns)} / {len(fields)}"
            problems.append(Problem(Kind.ROW_WIDTH, layout.file, line, hint=hint))
            dropped.add(fields[0].lower())
    return Table(layout, header, tuple(rows), frozenset(dropped), tuple(problems))


def _named(header: Header, fields: list[str]) -> dict[str, str]:
    return {column.name: value for column, value in zip(header.columns, fields, strict=True) if column is not None}


def _is_shift_jis(data: bytes) -> bool:
    """Tell Shift_JIS from other encodings: read as such it is mostly real Japanese, not half-width kana by accident."""
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError:
        return False
    half = sum(ord(c) in _HALF_KANA for c in text)
    full = sum(any(ord(c) in block for block in _JAPANESE) for c in text)
    return full > half
