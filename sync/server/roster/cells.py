"""Checks of single values: required, well-formed, one problem at most per cell."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Final

from sync.records.text import fits
from sync.server.roster import characters, codes
from sync.server.roster.layout import Column, Holds, Need
from sync.server.roster.problem import Kind, Problem
from sync.server.roster.table import Row, Table

Checked = tuple[Kind, str | None] | None
"""Nothing, or what is wrong with a value and what was expected."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")
_YEAR = re.compile(r"[0-9]{4}")
_YEAR_TITLE = re.compile(r"[0-9]{4}年度")
_NUMBER = re.compile(r"[0-9]{1,3}")
_NULL = frozenset({"NULL", "null"})


def check_cells(table: Table) -> Iterator[Problem]:
    """Check every value of a table by what its column holds (checks 3, 5, 7-10, 16, 20, 22, 24 and dates).

    Of a row that is to be deleted only the id has to be there.
    """
    columns = [c for c in table.header.columns if c is not None]
    for row in table.rows:
        for column in columns:
            value = row.values[column.name]
            checked = _check(column, value) if value else _empty(column, row)
            if checked is not None:
                yield at(table, row, column.name, *checked)


def at(table: Table, row: Row, column: str, kind: Kind, hint: str | None = None) -> Problem:
    """Return a problem at one cell, its column spelt as in the file."""
    written = table.header.written.get(column, column)
    return Problem(kind, table.layout.file, row.line, written, row.get(column), hint)


def is_uuid(value: str) -> bool:
    """Tell whether a value is a UUID in its usual form, in either case."""
    return _UUID.fullmatch(value.lower()) is not None


def parse_date(value: str) -> date | None:
    """Return the day of `yyyy-mm-dd`, or None if there is no such day."""
    try:
        return date.fromisoformat(value) if _DATE.fullmatch(value) else None
    except ValueError:
        return None


def parse_stamp(value: str) -> datetime | None:
    """Return the UTC time of `yyyy-MM-ddTHH:mm:ss[.fff]Z`, or None if it is not one."""
    try:
        return datetime.fromisoformat(value) if _STAMP.fullmatch(value) else None
    except ValueError:
        return None


def _empty(column: Column, row: Row) -> Checked:
    if column.need is Need.NONE or (row.is_deletion and column.holds is not Holds.ID):
        return None
    return Kind.VALUE_MISSING if column.need is Need.CORE else Kind.VALUE_WANTED, None


def _check(column: Column, value: str) -> Checked:
    if value in _NULL:
        return Kind.NULL_LITERAL, None
    if characters.has_line_break(value):
        return Kind.LINE_BREAK, None
    if characters.has_forbidden(value):
        return Kind.CHARACTER_INVALID, None
    if column.limit and not fits(value, column.limit):
        return Kind.TOO_LONG, str(column.limit)
    check = _CHECKS.get(column.holds)
    return check(column, value) if check else None


def _id(_: Column, value: str) -> Checked:
    return None if is_uuid(value) else (Kind.NOT_UUID, None)


def _master_id(_: Column, value: str) -> Checked:
    return None if _UUID4.fullmatch(value.lower()) else (Kind.NOT_UUID4, None)


def _ids(_: Column, value: str) -> Checked:
    return None if all(is_uuid(part) for part in codes.split(value)) else (Kind.NOT_UUID, None)


def _title(_: Column, value: str) -> Checked:
    return (Kind.HALF_WIDTH_KANA, None) if characters.has_half_width_kana(value) else None


def _year_title(column: Column, value: str) -> Checked:
    return _title(column, value) if _YEAR_TITLE.match(value) else (Kind.TITLE_YEAR, None)


def _name(column: Column, value: str) -> Checked:
    return _title(column, value) or ((Kind.CHARACTER_RARE, None) if characters.is_rare(value) else None)


def _bool(_: Column, value: str) -> Checked:
    return None if value in {"true", "false"} else (Kind.VALUE_UNKNOWN, "true / false")


def _date(_: Column, value: str) -> Checked:
    return None if parse_date(value) else (Kind.DATE_INVALID, "2026-04-01")


def _year(_: Column, value: str) -> Checked:
    return None if _YEAR.fullmatch(value) else (Kind.DATE_INVALID, "2026")


def _number(_: Column, value: str) -> Checked:
    return None if _NUMBER.fullmatch(value) else (Kind.VALUE_UNKNOWN, "1")


def _grades(_: Column, value: str) -> Checked:
    if codes.is_joined_wrongly(value):
        return Kind.GRADES_ONE_STRING, "P1,P2"
    return None if all(part in codes.GRADES for part in codes.split(value)) else (Kind.GRADE_UNKNOWN, None)


def _subject_codes(_: Column, value: str) -> Checked:
    return None if all(part in codes.subjects() for part in codes.split(value)) else (Kind.SUBJECT_UNKNOWN, None)


def _code(column: Column, value: str) -> Checked:
    if value in column.codes or (column.extensible and value.startswith("ext:")):
        return None
    return Kind.VALUE_UNKNOWN, " / ".join(sorted(column.codes))


def _must_be_empty(_: Column, __: str) -> Checked:
    return Kind.COURSE_CODE, None


_CHECKS: Final[Mapping[Holds, Callable[[Column, str], Checked]]] = {
    Holds.ID: _id,
    Holds.MASTER_ID: _master_id,
    Holds.REFERENCE: _id,
    Holds.REFERENCES: _ids,
    Holds.TITLE: _title,
    Holds.YEAR_TITLE: _year_title,
    Holds.NAME: _name,
    Holds.BOOL: _bool,
    Holds.DATE: _date,
    Holds.YEAR: _year,
    Holds.NUMBER: _number,
    Holds.GRADES: _grades,
    Holds.SUBJECT_CODES: _subject_codes,
    Holds.CODE: _code,
    Holds.EMPTY: _must_be_empty,
}
