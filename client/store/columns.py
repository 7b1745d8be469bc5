"""Frames turned into the rows of statements: column by column, then row by row."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

from client.store.overlay import text
from client.store.schema import table
from client.store.writer import Steps
from client.store.writing import Writing
from sync.protocol.errors import BadBody
from sync.protocol.frames import Frame

_ID_LENGTH: Final = 36

_BETWEEN: Final = 500
"""Rows between two chances for an edit to come first."""

Columns = tuple[str, tuple[str, ...]]
"""A type, and names of columns of its table."""
Prepared = tuple[Any, ...]
"""Parameters of one row, id and ver first."""


def by_columns(writing: Writing, partition: str, frames: Sequence[Frame]) -> Steps[Mapping[Columns, list[Prepared]]]:
    """All rows by type and columns, so that few statements write them. Frames out of sight are left out.

    They are in the order of their ids, as the tables are: what lies in one leaf of the store is written once.
    Raises BadBody for a row without a sound id and version.
    """
    found: dict[Columns, list[Prepared]] = defaultdict(list)
    writing.meet(partition, (frame.scopes for frame in frames))
    count = 0
    for frame in frames:
        if count >= _BETWEEN:
            count = 0
            yield False
        count += len(frame.rows)
        number = writing.scope_set(partition, frame.scopes)
        if frame.rows and writing.holds(number):
            _check(frame.rows)
            names, rows = _as_they_are(frame, number) or _column_by_column(frame, number)
            found[frame.type, names] += rows
    for rows in found.values():
        rows.sort(key=itemgetter(0))
    return found


def _check(rows: Sequence[Sequence[Any]]) -> None:
    ids = [row[0] for row in rows]
    if set(map(type, ids)) != {str} or set(map(len, ids)) != {_ID_LENGTH} or {type(row[1]) for row in rows} != {int}:
        raise BadBody(reason="row")


def _as_they_are(frame: Frame, number: int) -> tuple[tuple[str, ...], list[Prepared]] | None:
    """Rows the table takes as they came, as nearly all are; None where a value has to be looked at."""
    known, names = table(frame.type), frame.columns[2:]
    if known is None or frame.fv or not known.type.fields.keys() >= set(names) or not known.json.isdisjoint(names):
        return None
    return (*frame.columns, "scope_set"), [(*row, number) for row in frame.rows]


def _column_by_column(frame: Frame, number: int) -> tuple[tuple[str, ...], list[Prepared]]:
    """Rows as the table holds them: lists as texts, fields that are unknown here and versions of units beside them."""
    ids, versions, *values = zip(*frame.rows, strict=True)
    found: dict[str, Sequence[Any]] = {"id": ids, "ver": versions}
    known, count = table(frame.type), len(ids)
    extras: list[dict[str, Any]] = [{} for _ in ids] if known is None else []
    for name, column in zip(frame.columns[2:], values, strict=True):
        if known is not None and name in known.type.fields:
            found[name] = [known.held(name, value) for value in column] if name in known.json else column
        else:
            extras = extras or [{} for _ in ids]
            for extra, value in zip(extras, column, strict=True):
                if value is not None:
                    extra[name] = value
    found["scope_set"] = [number] * count
    if extras:
        found["extra"] = [text(extra) for extra in extras]
    if frame.fv:
        found["fv"] = [text(frame.fv.get(str(index))) for index in range(count)]
    return tuple(found), list(zip(*found.values(), strict=True))
