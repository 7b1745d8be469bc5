"""Packages for tests: the valid sample as tables one can change, and the ZIP made of them."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from sync.server.roster.package import Reading, open_package, read_package
from sync.server.roster.problem import Kind, Problem
from sync.server.roster.sent import NONE_EARLIER, Earlier

PACKAGES = Path(__file__).parent / "packages"
NAME = "RO_20260401_B105299999010.zip"
STAMP = "2026-05-01T15:30:00.000Z"
OTHER_ID = "00000000-0000-4000-8000-00000000beef"

Tables = dict[str, list[list[str]]]
Change = Callable[[Tables], object]


def sample() -> Tables:
    """The valid 1.2.1 package: lines of every file, the header first."""
    with zipfile.ZipFile(PACKAGES / NAME) as archive:
        return {
            entry.removesuffix(".csv"): list(csv.reader(io.StringIO(archive.read(entry).decode(), newline="")))
            for entry in archive.namelist()
        }


def encoded(rows: list[list[str]], *, quoted: bool = False, end: str = "\n") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(rows)
    return text.getvalue().encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def package(tables: Tables) -> bytes:
    """The ZIP of these tables."""
    return zipped({f"{name}.csv": encoded(rows) for name, rows in tables.items()})


def changed(*changes: Change) -> bytes:
    """The sample with changes applied."""
    tables = sample()
    for change in changes:
        change(tables)
    return package(tables)


def put(file: str, line: int, column: str, value: str) -> Change:
    """Set one value; lines as an editor counts them, the header being line 1."""

    def change(tables: Tables) -> None:
        header = tables[file][0]
        tables[file][line - 1][header.index(column)] = value

    return change


def rename(file: str, column: str, name: str) -> Change:
    def change(tables: Tables) -> None:
        header = tables[file][0]
        header[header.index(column)] = name

    return change


def add_column(file: str, name: str) -> Change:
    def change(tables: Tables) -> None:
        for row in tables[file]:
            row.append("")
        tables[file][0][-1] = name

    return change


def drop_column(file: str, *columns: str) -> Change:
    def change(tables: Tables) -> None:
        kept = [i for i, name in enumerate(tables[file][0]) if name not in columns]
        tables[file] = [[row[i] for i in kept] for row in tables[file]]

    return change


def move_column(file: str, column: str, to: int) -> Change:
    def change(tables: Tables) -> None:
        at = tables[file][0].index(column)
        for row in tables[file]:
            row.insert(to, row.pop(at))

    return change


def drop_row(file: str, line: int) -> Change:
    def change(tables: Tables) -> None:
        del tables[file][line - 1]

    return change


def copy_row(file: str, line: int, **values: str) -> Change:
    """Append a copy of a row with other values; `__` stands for `.` in column names."""

    def change(tables: Tables) -> None:
        header = tables[file][0]
        row = list(tables[file][line - 1])
        for column, value in values.items():
            row[header.index(column.replace("__", "."))] = value
        tables[file].append(row)

    return change


def manifest(key: str, value: str) -> Change:
    def change(tables: Tables) -> None:
        next(row for row in tables["manifest"] if row[0] == key)[1] = value

    return change


def as_delta(tables: Tables) -> None:
    """Turn a bulk package into a delta in which every row is active."""
    for row in tables["manifest"]:
        if row[1] == "bulk":
            row[1] = "delta"
    for name, rows in tables.items():
        if name != "manifest":
            for row in rows[1:]:
                row[1:3] = ["active", STAMP]


def of_year(year: int) -> Change:
    """Let the package, which is of 2026, be of another school year."""

    def moved(value: str) -> str:
        if not re.match(r"202[67](-\d\d-\d\d)?($|年度)", value):
            return value
        return f"{year + int(value[:4]) - 2026}{value[4:]}"

    def change(tables: Tables) -> None:
        for name, rows in tables.items():
            if name != "manifest":
                rows[1:] = [[moved(value) for value in row] for row in rows[1:]]

    return change


def only(*files: str) -> Change:
    """Leave all other files out of the package."""

    def change(tables: Tables) -> None:
        for name in [name for name in tables if name not in {*files, "manifest"}]:
            del tables[name]
            manifest(f"file.{name}", "absent")(tables)

    return change


def only_rows(file: str, *lines: int) -> Change:
    def change(tables: Tables) -> None:
        tables[file] = [tables[file][0], *(tables[file][line - 1] for line in lines)]

    return change


def read(data: bytes, earlier: Earlier = NONE_EARLIER) -> Reading:
    sent, problems = open_package(data, NAME)
    if sent is None:
        return Reading(None, {}, problems)
    return read_package(sent, problems, earlier)


def ids(*files: str) -> Earlier:
    """What an earlier import of the sample leaves behind, for the files named."""
    tables = sample()
    return {name: frozenset(row[0] for row in tables[name][1:]) for name in files}


def found(data: bytes, kind: Kind, earlier: Earlier = NONE_EARLIER) -> list[Problem]:
    return [problem for problem in read(data, earlier).problems.all() if problem.kind is kind]
