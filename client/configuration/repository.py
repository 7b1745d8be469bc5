"""Reads what board and school have set, as it holds here: what every screen asks that shows a symbol or a code."""

import json
from collections.abc import Mapping
from typing import Any

from client.workspace import Row, Workspace
from sync.records.configured import Stated, holding, level_of
from sync.records.registry import TYPES

_ROWS = """
SELECT held.*, partition.name AS level FROM {table} AS held
JOIN scope_set ON scope_set.n = held.scope_set JOIN partition ON partition.id = scope_set.partition
ORDER BY held.id
"""
_SYMBOL_SET = "SELECT symbol_set FROM school_year WHERE year = ?"
_RULE_KEY = "SELECT year, stage, subject FROM grading_rule WHERE id = ?"


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
