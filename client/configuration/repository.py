"""Reads what board and school have set, as it holds here: what every screen asks that shows a symbol or a code."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from client.configuration.record import Area, Entry
from client.workspace import Row, Workspace
from sync.records.configured import Stated, holding, level_of
from sync.records.derive.grading import rule_of
from sync.records.masters import STATUSES
from sync.records.registry import TYPES
from sync.records.roles import Partition

_ROWS = """
SELECT held.*, partition.name AS level FROM {table} AS held
JOIN scope_set ON scope_set.n = held.scope_set JOIN partition ON partition.id = scope_set.partition
ORDER BY held.id
"""
_SYMBOL_SET = "SELECT symbol_set FROM school_year WHERE year = ?"
_RULE_KEY = "SELECT year, stage, subject FROM grading_rule WHERE id = ?"

LETTER_SET: Final = "letter"
REASON_SET: Final = "attendance_reason"


def masters(workspace: Workspace, type_: str, day: str | None = None) -> list[Row]:
    """The rows of a type of masters that hold, on an ISO day or on any; `level` is the name of the partition.

    Raises KeyError for an unknown type, StoreError.
    """
    described = TYPES[type_]
    rows = {row["id"]: row for row in workspace.rows(_ROWS.format(table=described.name))}
    stated = (Stated(level_of(row["level"]), id_, _fields(row)) for id_, row in rows.items())
    return [rows[each.id] for each in holding(described, stated, day).values()]


def codes(workspace: Workspace, *sets: str, day: str | None = None) -> list[Row]:
    """The codes of these sets that hold, each set in its order."""
    held = (row for row in masters(workspace, "code_item", day) if row["set"] in sets)
    return sorted(held, key=lambda row: (sets.index(row["set"]), row["order"] or 0, row["code"]))


def symbols(workspace: Workspace, year: int) -> dict[str, Row]:
    """The attendance symbols of a school year, by status; none where the year has no set."""
    chosen = {row["symbol_set"] for row in workspace.rows(_SYMBOL_SET, (year,))}
    return {row["status"]: row for row in masters(workspace, "symbol") if row["symbol_set"] in chosen}


def rule(workspace: Workspace, id_: str | None) -> Mapping[str, Any] | None:
    """The fields of the grading rule that holds in place of the one a course was given; None where there is none."""
    keys = [tuple(row) for row in workspace.rows(_RULE_KEY, (id_,))]
    for row in masters(workspace, "grading_rule") if keys else ():
        if (row["year"], row["stage"], row["subject"]) == keys[0]:
            return {**_fields(row), "table": json.loads(row["table"] or "[]")}
    return None


def _fields(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in row.keys()}  # noqa: SIM118  a row is no mapping


class Ways:
    """What holds at the school of a store, kind by kind. Everything may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def entries(self, area: Area, year: int, day: str) -> list[Entry]:
        """All of one kind in a school year, on an ISO day."""
        match area:
            case Area.TERMS:
                return list(self._terms(year))
            case Area.SYMBOLS:
                return list(self._symbols(year))
            case Area.LETTERS:
                return list(self._codes(LETTER_SET, day))
            case Area.REASONS:
                return list(self._codes(REASON_SET, day))
            case Area.RULES:
                return list(self._rules(year))

    def marks(self, day: str) -> dict[str, str]:
        """How each letter is written."""
        return {row.code: row.short or row.name for row in codes(self._workspace, LETTER_SET, day=day)}

    def names(self, year: int) -> dict[str, str]:
        """What the statuses of attendance are called."""
        return {status: row.name for status, row in symbols(self._workspace, year).items()}

    def _terms(self, year: int) -> Iterator[Entry]:
        rows = [row for row in masters(self._workspace, "term") if row.year == year and row.no]
        for row in sorted(rows, key=lambda row: row.no):
            yield Entry(row.id, str(row.no), str(row.no), row.name, _level(row), first=row.start, last=row["end"])

    def _symbols(self, year: int) -> Iterator[Entry]:
        held = symbols(self._workspace, year)
        for status in (status for status in STATUSES if status in held):
            row = held[status]
            counts = tuple(json.loads(row.counts or "[]"))
            yield Entry(row.id, status, row.symbol, row.name, _level(row), row["keys"] or "", counts)

    def _codes(self, set_: str, day: str) -> Iterator[Entry]:
        for row in codes(self._workspace, set_, day=day):
            counts = tuple(json.loads(row.attrs or "[]"))
            days = row.valid_from, row.valid_to
            yield Entry(row.id, row.code, row.short or row.name, row.name, _level(row), "", counts, *days)

    def _rules(self, year: int) -> Iterator[Entry]:
        subjects = {row.code: row.name for row in masters(self._workspace, "subject")}
        rows = (row for row in masters(self._workspace, "grading_rule") if row.year == year)
        for row in sorted(rows, key=lambda row: (row.stage != "P", row.subject)):
            rule_ = rule_of({**_fields(row), "table": json.loads(row["table"] or "[]")})
            name = subjects.get(row.subject, "")
            yield Entry(row.id, row.subject, row.stage, name, _level(row), rule=rule_, stage=row.stage)


def _level(row: Row) -> Partition:
    return level_of(row["level"])
