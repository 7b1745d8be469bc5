"""Frames turned into the rows of statements: cut into portions, then column by column, then row by row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from client.store.overlay import text
from client.store.schema import table
from client.store.writing import Writing
from sync.protocol.errors import BadBody
from sync.protocol.frames import Frame

_ID_LENGTH: Final = 36

Prepared = tuple[Any, ...]
"""Parameters of one row, id and ver first."""


def portions(frames: Iterable[Frame], most: int) -> Iterator[list[Frame]]:
    """The same rows in their order, in portions of at most `most` rows; a frame is cut where one ends."""
    portion: list[Frame] = []
    room = most
    for frame in frames:
        start, count = 0, len(frame.rows)
        while start < count:
            part = _cut(frame, start, min(count, start + room))
            portion.append(part)
            start += len(part.rows)
            room -= len(part.rows)
            if not room:
                yield portion
                portion, room = [], most
    if portion:
        yield portion


def _cut(frame: Frame, start: int, stop: int) -> Frame:
    if (start, stop) == (0, len(frame.rows)):
        return frame
    held = ((str(index), frame.fv.get(str(start + index))) for index in range(stop - start)) if frame.fv else ()
    versions = {index: units for index, units in held if units is not None}
    return frame.model_copy(update={"rows": frame.rows[start:stop], "fv": versions})


def by_columns(
    writing: Writing, partition: str, frames: Sequence[Frame]
) -> dict[tuple[str, tuple[str, ...]], list[Prepared]]:
    """All rows by type and columns, so that few statements write them. Frames out of sight are left out.

    Raises BadBody for a row without a sound id and version.
    """
    found: dict[tuple[str, tuple[str, ...]], list[Prepared]] = defaultdict(list)
    writing.meet(partition, (frame.scopes for frame in frames))
    for frame in frames:
        number = writing.scope_set(partition, frame.scopes)
        if frame.rows and writing.holds(number):
            _check(frame.rows)
            names, rows = _as_they_are(frame, number) or _column_by_column(frame, number)
            found[frame.type, names] += rows
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
