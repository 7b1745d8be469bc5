"""Frames turned into the rows of statements: cut into portions, then column by column, then row by row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from types import NoneType
from typing import Any, Final, cast

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
    writing: Writing, partition: str, frames: Iterable[Frame]
) -> dict[tuple[str, tuple[str, ...]], list[Prepared]]:
    """All rows by type and columns, so that few statements write them. Frames out of sight are left out.

    Raises BadBody for a row without a sound id and version.
    """
    found: dict[tuple[str, tuple[str, ...]], list[Prepared]] = defaultdict(list)
    for frame in frames:
        number = writing.scope_set(partition, frame.scopes)
        if frame.rows and writing.holds(number):
            columns = _columns(frame, number)
            for names, rows in _without_nulls(columns):
                found[frame.type, names] += rows
    return found


def _columns(frame: Frame, number: int) -> dict[str, Sequence[Any]]:
    """A frame column by column, as the table holds them: thousands of values are looked at in one stroke each."""
    ids, versions, *values = zip(*frame.rows, strict=True)
    if set(map(type, ids)) != {str} or set(map(len, ids)) != {_ID_LENGTH} or set(map(type, versions)) != {int}:
        raise BadBody(reason="row")
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
    return found


def _without_nulls(columns: dict[str, Sequence[Any]]) -> Iterator[tuple[tuple[str, ...], list[Prepared]]]:
    """Rows, put together by what they have: to bind a null costs more than to bind all the rest of a row."""
    kinds = {name: set(map(type, column)) for name, column in columns.items()}
    used = [name for name in columns if kinds[name] != {NoneType}]
    rows: list[Prepared] = list(zip(*(columns[name] for name in used), strict=True))
    holes = [place for place, name in enumerate(used) if NoneType in kinds[name]]
    if not holes:
        yield tuple(used), rows
        return
    alike: dict[tuple[bool, ...], list[Prepared]] = defaultdict(list)
    for row in rows:
        alike[tuple([row[place] is None for place in holes])].append(row)
    for pattern, some in alike.items():
        empty = {place for place, missing in zip(holes, pattern, strict=True) if missing}
        kept = [place for place in range(len(used)) if place not in empty]
        pick = cast("Callable[[Prepared], Prepared]", itemgetter(*kept))
        yield tuple(used[place] for place in kept), [pick(row) for row in some]
