"""Rows as a teacher sees them: what the server says, with the edits on top that wait (promise 8 of the design).

A record without waiting edits is simply its row. While edits wait, the row shows them, and what the server says lies
beside it in `underlay`; a pull changes the underlay, and the row is made anew from both. Everything is read and written
for many records at a time: a paste of 1,200 cells and an answer to 300 edits must not be felt.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from client.store.facts import Row
from client.store.schema import FIXED, Table, quoted, read_sql, table
from client.store.writing import Writing
from sync.engine.rebase import Ground, Op, Visible, Waiting, overtaken, project
from sync.records.registry import scopes_of

Key = tuple[str, str]
"""Type and id of a record."""


@dataclass(frozen=True, slots=True)
class Held:
    """A record as the store holds it. laid: whether edits wait for it, so that the ground lies in `underlay`."""

    visible: Visible | None
    ground: Ground
    laid: bool


def text(value: Mapping[str, Any] | None) -> str | None:
    """JSON text of a mapping; null for nothing."""
    return orjson.dumps(value).decode() if value else None


def mapping(held: str | None) -> dict[str, Any]:
    """The mapping a JSON text holds."""
    return orjson.loads(held) if held else {}


def visible(writing: Writing, type_: str, id_: str) -> Visible | None:
    """A record as it is shown now."""
    known = table(type_)
    rows = [] if known is None else writing.run(read_sql(type_, "id = ?"), id_)
    return _visible(_known(type_), rows[0]) if rows else None


def held(writing: Writing, keys: Iterable[Key]) -> dict[Key, Held]:
    """Records of known types as they are shown, and what the server says of them."""
    found: dict[Key, Held] = {}
    for type_, ids in _by_type(keys).items():
        known, among = _known(type_), orjson.dumps(ids).decode()
        rows = {row["id"]: row for row in writing.run(read_sql(type_, _AMONG), among)}
        laid = {row["id"]: row for row in writing.run(_LAID, type_, among)} if writing.waits() else {}
        gone = [id_ for id_ in ids if id_ not in rows and id_ not in laid] if writing.buried(type_) else []
        stones = dict(map(tuple, writing.run(_STONES, type_, orjson.dumps(gone).decode()))) if gone else {}
        for id_ in ids:
            seen = _visible(known, rows[id_]) if id_ in rows else None
            if id_ in laid:
                below = _laid(laid[id_])
            elif seen is not None:
                below = Ground(seen.ver, seen.fv, seen.fields, None, rows[id_]["scope_set"])
            else:
                below = Ground(stones.get(id_, 0))
            found[type_, id_] = Held(seen, below, id_ in laid)
    return found


def grounds_of(writing: Writing, keys: Iterable[Key]) -> dict[Key, Ground]:
    """What the server says of records of known types; where edits wait for one, its row is not read."""
    wanted = dict.fromkeys(keys)
    found: dict[Key, Ground] = {}
    for type_, ids in _by_type(wanted).items() if writing.waits() else ():
        rows = writing.run(_LAID, type_, orjson.dumps(ids).decode())
        found |= {(type_, row["id"]): _laid(row) for row in rows}
    rest = held(writing, (key for key in wanted if key not in found))
    return found | {key: each.ground for key, each in rest.items()}


def settle(writing: Writing, grounds: Mapping[Key, Ground], known: Mapping[Key, list[Waiting]] | None = None) -> None:
    """Make rows from what the server says and the edits that wait, and keep what the server says.

    known: the edits that wait, of records of which the caller knows them already; of all others they are looked up.
    """
    told = known or {}
    waiting = {**_waiting(writing, {key: below for key, below in grounds.items() if key not in told}), **told}
    sheet = _Sheet(writing)
    for key, below in grounds.items():
        sheet.add(key, below, waiting.get(key, []))
    sheet.write()
    writing.change({type_ for type_, _ in grounds})


class _Sheet:
    """What is to be written of many records, put together so that few statements do it."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._laid: list[tuple[Any, ...]] = []
        self._bare: list[Key] = []
        self._graves: list[tuple[str, str, int]] = []
        self._living: list[Key] = []
        self._hidden: dict[str, list[tuple[str]]] = defaultdict(list)
        self._shown: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)

    def add(self, key: Key, below: Ground, waiting: list[Waiting]) -> None:
        """One record."""
        known = _known(key[0])
        if waiting:
            seen = project(known.type, below, waiting)
            fields = None if below.fields is None else orjson.dumps(dict(below.fields)).decode()
            self._laid.append((*key, below.ver, text(below.fv), fields, text(below.last), below.scopes))
        else:
            seen = None if below.fields is None else Visible(below.fields, below.ver, below.fv, {})
            self._bare.append(key)
        if below.fields is not None:
            self._living.append(key)
        elif below.ver:
            self._graves.append((*key, below.ver))
        self._show(known, key[1], below, seen)

    def _show(self, known: Table, id_: str, below: Ground, seen: Visible | None) -> None:
        """The row, or none: nothing is shown of a record none of whose scopes is granted."""
        scopes = below.scopes
        if seen is not None and not scopes:
            scopes = self._writing.home(_scopes(known, seen.fields))
        if seen is None or not self._writing.holds(scopes):
            self._hidden[known.type.name].append((id_,))
            return
        row: dict[str, Any] = {"id": id_, "ver": seen.ver, "scope_set": scopes}
        row |= {name: value for name, value in (("fv", text(seen.fv)), ("own", text(seen.own))) if value}
        row |= {name: known.held(name, value) for name, value in seen.fields.items() if name in known.type.fields}
        extra = {name: value for name, value in seen.fields.items() if name not in known.type.fields}
        row |= {"extra": text(extra)} if extra else {}
        self._shown[known.type.name, tuple(row)].append(tuple(row.values()))

    def write(self) -> None:
        """All of it."""
        run = self._writing.connection.executemany
        run("INSERT OR REPLACE INTO underlay VALUES (?, ?, ?, ?, ?, ?, ?)", self._laid)
        if self._writing.waits():
            run("DELETE FROM underlay WHERE type = ? AND id = ?", self._bare)
        for type_ in {type_ for type_, _ in self._living}:
            if self._writing.buried(type_):
                run("DELETE FROM tombstone WHERE type = ? AND id = ?", (key for key in self._living if key[0] == type_))
        run("INSERT OR REPLACE INTO tombstone VALUES (?, ?, ?)", self._graves)
        self._writing.bury({type_ for type_, _, _ in self._graves})
        for type_, ids in self._hidden.items():
            run(f"DELETE FROM {quoted(type_)} WHERE id = ?", ids)  # noqa: S608  a name from the registry
        for (type_, names), rows in self._shown.items():
            run(_show_sql(type_, names), rows)
        if self._laid:
            self._writing.lay()


_AMONG = "id IN (SELECT value FROM json_each(?))"
_LAID = f"SELECT id, ver, fv, fields, last, scope_set FROM underlay WHERE type = ? AND {_AMONG}"  # noqa: S608  fixed text
_STONES = f"SELECT id, ver FROM tombstone WHERE type = ? AND {_AMONG}"  # noqa: S608  fixed text
_EDITED = (
    "SELECT id, unit, q, ahead FROM edited WHERE type = ? "  # noqa: S608  fixed text
    f"AND {_AMONG} AND state = 'waiting' ORDER BY q"
)


def _by_type(keys: Iterable[Key]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for type_, id_ in keys:
        found[type_].append(id_)
    return found


def _known(type_: str) -> Table:
    known = table(type_)
    assert known is not None
    return known


def _visible(known: Table, row: Row) -> Visible:
    return Visible(known.read(row), row["ver"], mapping(row["fv"]), mapping(row["own"]))


def _laid(row: Row) -> Ground:
    fields = None if row["fields"] is None else orjson.loads(row["fields"])
    last = None if row["last"] is None else orjson.loads(row["last"])
    return Ground(row["ver"], mapping(row["fv"]), fields, last, row["scope_set"])


def _waiting(writing: Writing, grounds: Mapping[Key, Ground]) -> dict[Key, list[Waiting]]:
    """The ops that wait for these records, oldest first, each unit told apart that somebody else has moved on."""
    found: dict[Key, dict[int, Op]] = defaultdict(dict)
    turned: list[tuple[Any, ...]] = []
    for type_, ids in _by_type(grounds).items():
        for id_, unit, q, ahead in writing.run(_EDITED, type_, orjson.dumps(ids).decode()):
            key = (type_, id_)
            op = found[key].get(q) or writing.op(q, key)
            if op is None:
                continue
            found[key][q] = op
            if (unit in overtaken(_known(type_).type, grounds[key], op)) != bool(ahead):
                turned.append((1 - ahead, type_, id_, unit, q))
    sql = "UPDATE edited SET ahead = ? WHERE type = ? AND id = ? AND unit = ? AND q = ?"
    writing.connection.executemany(sql, turned)
    return {key: [Waiting(q, op) for q, op in ops.items()] for key, ops in found.items()}


def _scopes(known: Table, fields: Mapping[str, Any]) -> Iterable[str]:
    """Scopes of a record only this store knows yet."""
    try:
        return scopes_of(known.type, fields)
    except KeyError:
        return ()


@cache
def _show_sql(type_: str, names: tuple[str, ...]) -> str:
    """A row as it is to be shown, whatever was there; columns that are not named become null."""
    known = _known(type_)
    update = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in (*FIXED, *known.fields) if name != "id")
    return (
        f"INSERT INTO {known.name} ({', '.join(map(quoted, names))}) "  # noqa: S608  names from the registry
        f"VALUES ({', '.join('?' * len(names))}) ON CONFLICT (id) DO UPDATE SET {update}"
    )
