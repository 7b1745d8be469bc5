"""Rows as a teacher sees them: what the server says, with the edits on top that wait (promise 8 of the design).

A record without waiting edits is simply its row. While edits wait, the row shows them, and what the server says lies
beside it in `underlay`; a pull changes the underlay, and the row is made anew from both.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

import orjson

from client.store.schema import FIXED, Table, quoted, read_sql, table
from client.store.writing import Writing
from sync.engine.rebase import Ground, Op, Visible, Waiting, overtaken, project
from sync.records.registry import scopes_of

WAITING: Final = "waiting"
Key = tuple[str, str]
"""Type and id of a record."""


def text(value: Mapping[str, Any] | None) -> str | None:
    """JSON text of a mapping; null for nothing."""
    return orjson.dumps(value).decode() if value else None


def mapping(held: str | None) -> dict[str, Any]:
    """The mapping a JSON text holds."""
    return orjson.loads(held) if held else {}


def visible(writing: Writing, type_: str, id_: str) -> Visible | None:
    """A record as it is shown now."""
    known = table(type_)
    if known is None:
        return None
    rows = writing.run(read_sql(type_, "id = ?"), id_)
    if not rows:
        return None
    row = rows[0]
    return Visible(known.read(row), row["ver"], mapping(row["fv"]), mapping(row["own"]))


def ground(writing: Writing, type_: str, id_: str) -> Ground:
    """What the server says of a record of a known type."""
    laid = writing.run("SELECT ver, fv, fields, last, scope_set FROM underlay WHERE type = ? AND id = ?", type_, id_)
    if laid:
        ver, fv, fields, last, scopes = laid[0]
        here = None if fields is None else orjson.loads(fields)
        return Ground(ver, mapping(fv), here, orjson.loads(last) if last else None, scopes)
    rows = writing.run(read_sql(type_, "id = ?"), id_)
    if rows:
        row = rows[0]
        return Ground(row["ver"], mapping(row["fv"]), _known(type_).read(row), None, row["scope_set"])
    stones = writing.run("SELECT ver FROM tombstone WHERE type = ? AND id = ?", type_, id_)
    return Ground(stones[0][0] if stones else 0)


def settle(writing: Writing, type_: str, id_: str, below: Ground) -> None:
    """Make a record's row from what the server says and the edits that wait, and keep what the server says."""
    known = _known(type_)
    waiting = _waiting(writing, known, type_, id_, below)
    _bury(writing, type_, id_, below)
    if waiting:
        seen = project(known.type, below, waiting)
        fields = None if below.fields is None else orjson.dumps(dict(below.fields)).decode()
        writing.run(
            "INSERT OR REPLACE INTO underlay VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(type_, id_, below.ver, text(below.fv), fields, text(below.last), below.scopes),
        )
    else:
        seen = None if below.fields is None else Visible(below.fields, below.ver, below.fv, {})
        writing.run("DELETE FROM underlay WHERE type = ? AND id = ?", type_, id_)
    _show(writing, known, id_, below, seen)
    writing.change([type_])


def _known(type_: str) -> Table:
    known = table(type_)
    assert known is not None
    return known


def _waiting(writing: Writing, known: Table, type_: str, id_: str, below: Ground) -> list[Waiting]:
    """The ops that wait for this record, oldest first, each unit told apart that somebody else has moved on."""
    rows = writing.run(
        "SELECT unit, q, ahead FROM edited WHERE type = ? AND id = ? AND state = 'waiting' ORDER BY q", type_, id_
    )
    found: dict[int, Op] = {}
    for unit, q, ahead in rows:
        op = found.get(q) or writing.op(q, (type_, id_))
        if op is None:
            continue
        found[q] = op
        if (unit in overtaken(known.type, below, op)) != bool(ahead):
            writing.run(
                "UPDATE edited SET ahead = ? WHERE type = ? AND id = ? AND unit = ? AND q = ?",
                *(1 - ahead, type_, id_, unit, q),
            )
    return [Waiting(q, op) for q, op in found.items()]


def _bury(writing: Writing, type_: str, id_: str, below: Ground) -> None:
    if below.fields is None and below.ver:
        writing.run("INSERT OR REPLACE INTO tombstone VALUES (?, ?, ?)", type_, id_, below.ver)
    elif below.fields is not None:
        writing.run("DELETE FROM tombstone WHERE type = ? AND id = ?", type_, id_)


def _show(writing: Writing, known: Table, id_: str, below: Ground, seen: Visible | None) -> None:
    """Write the row, or take it away. Nothing is shown of a record none of whose scopes is granted."""
    scopes = below.scopes
    if seen is not None and not scopes:
        scopes = writing.scope_set(writing.school, _scopes(known, seen.fields))
    if seen is None or not writing.holds(scopes):
        writing.run(f"DELETE FROM {known.name} WHERE id = ?", id_)  # noqa: S608  a name from the registry
        return
    extra = {name: value for name, value in seen.fields.items() if name not in known.type.fields}
    held = (known.held(field, seen.fields.get(field)) for field in known.fields)
    writing.run(
        _show_sql(known.type.name),
        *(id_, seen.ver, text(seen.fv), text(seen.own), None, scopes, text(extra), *held),
    )


def _scopes(known: Table, fields: Mapping[str, Any]) -> Iterable[str]:
    """Scopes of a record only this store knows yet."""
    try:
        return scopes_of(known.type, fields)
    except KeyError:
        return ()


@cache
def _show_sql(type_: str) -> str:
    known = _known(type_)
    columns = (*FIXED, *known.fields)
    update = ", ".join(f"{quoted(column)} = excluded.{quoted(column)}" for column in columns if column != "id")
    return (
        f"INSERT INTO {known.name} ({', '.join(map(quoted, columns))}) "  # noqa: S608  as above
        f"VALUES ({', '.join('?' * len(columns))}) ON CONFLICT (id) DO UPDATE SET {update}"
    )
