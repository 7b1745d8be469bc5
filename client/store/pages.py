"""What the server sends, written into the tables: set by set, in the order out, deleted, rows.

A page may come twice and rows may come in any order: an older version never replaces a newer one (promise 10).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

import orjson
from sqlcipher3 import dbapi2

from client.store.columns import Prepared, by_columns
from client.store.overlay import Key, held, mapping, settle
from client.store.purge import forget_said
from client.store.schema import Table, put_sql, table
from client.store.writer import Steps
from client.store.writing import Writing
from sync.engine.rebase import Ground
from sync.protocol.errors import BadBody
from sync.protocol.frames import Frame
from sync.protocol.messages import PullAnswer

CHUNK: Final = 250
"""Rows written between two chances for an edit to come first."""
TOGETHER: Final = 125
"""Rows written by one statement."""


def take(writing: Writing, partition: str, answer: PullAnswer, most: int) -> Steps[int]:
    """Write a page in the order out, deleted, rows; `most` = records after which a commit is wanted.

    Returns how many rows there were. Telling whoever shows them is the caller's affair. Raises BadBody for a row whose
    values cannot be what they stand for; the open transaction is to be rolled back.
    """
    for start in range(0, len(answer.out), most):
        leave(writing, partition, answer.out[start : start + most])
        yield start + most <= len(answer.out)
    for start in range(0, len(answer.deleted), most):
        delete(writing, answer.deleted[start : start + most])
        yield start + most <= len(answer.deleted)
    return (yield from put(writing, partition, answer.frames, most))


def leave(writing: Writing, partition: str, out: Iterable[tuple[str, str, str]]) -> None:
    """Take records out of a scope; one that is left in no granted scope is purged."""
    known = [(scope, (type_, id_)) for scope, type_, id_ in out if table(type_) is not None]
    held_now = {key: each.ground for key, each in held(writing, dict.fromkeys(key for _, key in known)).items()}
    after: dict[Key, Ground] = {}
    for scope, key in known:
        below = after.get(key, held_now[key])
        rest = _without(writing, partition, scope, below.scopes)
        if rest is not None:
            after[key] = replace(below, scopes=rest) if rest else Ground()
    settle(writing, after)
    gone = [key for key, below in after.items() if below.fields is None]
    if gone:
        forget_said(writing, gone)
    for scope, type_, id_ in out:
        if table(type_) is None:
            _leave_unknown(writing, partition, scope, (type_, id_))


def _without(writing: Writing, partition: str, scope: str, number: int) -> int | None:
    """The scope set without that scope, 0 where none of the rest is granted; None where the scope is not in it."""
    home, names = writing.scopes(number) if number else ("", ())
    if home != partition or scope not in names:
        return None
    rest = writing.scope_set(partition, (name for name in names if name != scope))
    return rest if writing.holds(rest) else 0


def delete(writing: Writing, gone: Iterable[tuple[str, str, int]]) -> None:
    """Delete records, keeping id and version; under waiting edits what they were made on stays in sight."""
    versions = {(type_, id_): ver for type_, id_, ver in gone}
    unknown = [(*key, ver) for key, ver in versions.items() if table(key[0]) is None]
    writing.connection.executemany("DELETE FROM unknown_record WHERE type = ? AND id = ? AND ver <= ?", unknown)
    after: dict[Key, Ground] = {}
    for key, each in held(writing, (key for key in versions if table(key[0]) is not None)).items():
        below, ver = each.ground, versions[key]
        if ver > below.ver or (ver == below.ver and below.fields is not None):
            last = (below.fields or below.last) if each.laid else None
            after[key] = Ground(ver, {}, None, last, below.scopes if each.laid else 0)
    settle(writing, after)


def put(writing: Writing, partition: str, frames: Sequence[Frame], most: int) -> Steps[int]:
    """Write whole rows, a portion at a time. Returns how many there were. Raises BadBody as `take` does."""
    count, room = 0, most
    prepared = yield from by_columns(writing, partition, frames)
    for (type_, names), rows in prepared.items():
        start = 0
        while start < len(rows):
            if not room:
                room = most
                yield True
            portion = rows[start : start + min(CHUNK, room)]
            try:
                _put(writing, type_, names, portion)
            except (dbapi2.IntegrityError, dbapi2.InterfaceError, dbapi2.ProgrammingError, OverflowError) as error:
                raise BadBody(reason="value") from error
            start += len(portion)
            room -= len(portion)
            if len(portion) == CHUNK:
                yield False
        count += len(rows)
    return count


def put_at_once(writing: Writing, partition: str, frames: Sequence[Frame]) -> int:
    """As `put`, in the open transaction."""
    steps = put(writing, partition, frames, most=2**53)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def _put(writing: Writing, type_: str, names: tuple[str, ...], rows: list[Prepared]) -> None:
    known = table(type_)
    if known is None:
        _put_unknown(writing, type_, names, rows)
        return
    if writing.waits():
        below = {id_ for (id_,) in writing.connection.execute("SELECT id FROM underlay WHERE type = ?", (type_,))}
        _put_under(writing, known, names, [row for row in rows if row[0] in below])
        rows = [row for row in rows if row[0] not in below]
    if writing.buried(type_):
        stones = writing.connection.execute("SELECT id, ver FROM tombstone WHERE type = ?", (type_,)).fetchall()
        rows = _risen(writing, type_, dict(map(tuple, stones)), rows)
    _insert(writing, type_, names, rows)


def _insert(writing: Writing, type_: str, names: tuple[str, ...], rows: list[Prepared]) -> None:
    """Many rows in one statement cost less than as many statements, and let other threads work meanwhile."""
    many = len(rows) // TOGETHER * TOGETHER
    together = (tuple(chain.from_iterable(rows[start : start + TOGETHER])) for start in range(0, many, TOGETHER))
    writing.connection.executemany(put_sql(type_, names, TOGETHER), together)
    writing.connection.executemany(put_sql(type_, names), rows[many:])


def _put_under(writing: Writing, known: Table, names: tuple[str, ...], rows: Iterable[Prepared]) -> None:
    """Rows arrive under edits that wait: these stay in sight."""
    type_ = known.type.name
    arrived = {(type_, row[0]): dict(zip(names, row, strict=True)) for row in rows}
    after: dict[Key, Ground] = {}
    for key, each in held(writing, arrived).items():
        row = arrived[key]
        if row["ver"] >= each.ground.ver:
            values = {name: row[name] for name in known.type.fields if row.get(name) is not None}
            fields = {name: orjson.loads(value) if name in known.json else value for name, value in values.items()}
            extra = mapping(row.get("extra"))
            after[key] = Ground(row["ver"], mapping(row.get("fv")), fields | extra, None, row["scope_set"])
    settle(writing, after)


def _risen(writing: Writing, type_: str, stones: Mapping[str, int], rows: list[Prepared]) -> list[Prepared]:
    """Rows that are not older than the deletion known of them, if any; those records live again."""
    kept = [row for row in rows if row[1] >= stones.get(row[0], 0)]
    risen = [(type_, row[0]) for row in kept if row[0] in stones]
    if risen:
        writing.connection.executemany("DELETE FROM tombstone WHERE type = ? AND id = ?", risen)
    return kept


def _put_unknown(writing: Writing, type_: str, names: tuple[str, ...], rows: Iterable[Prepared]) -> None:
    held = (dict(zip(names, row, strict=True)) for row in rows)
    writing.connection.executemany(
        "INSERT INTO unknown_record (type, id, ver, fv, scope_set, fields) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (type, id) DO UPDATE SET ver = excluded.ver, fv = excluded.fv, scope_set = excluded.scope_set, "
        "fields = excluded.fields WHERE excluded.ver >= unknown_record.ver",
        ((type_, row["id"], row["ver"], row.get("fv"), row["scope_set"], row.get("extra", "{}")) for row in held),
    )


def _leave_unknown(writing: Writing, partition: str, scope: str, key: Key) -> None:
    for (number,) in writing.run("SELECT scope_set FROM unknown_record WHERE type = ? AND id = ?", *key):
        rest = _without(writing, partition, scope, number)
        if rest:
            writing.run("UPDATE unknown_record SET scope_set = ? WHERE type = ? AND id = ?", rest, *key)
        elif rest == 0:
            writing.run("DELETE FROM unknown_record WHERE type = ? AND id = ?", *key)
