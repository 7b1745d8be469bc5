"""Holding the rows of this store against the school's: their hashes, their sums, and putting right what differs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from client.store.database import Connection, snapshot
from client.store.overlay import Key, settle
from client.store.pages import put_at_once
from client.store.schema import quoted, read_sql, table
from client.store.writer import Steps
from client.store.writing import Writing
from sync.engine.compare import Part, Parts
from sync.engine.rebase import Ground
from sync.protocol.digest import SUM_MODULUS, bucket_of, row_hash
from sync.protocol.frames import Frame, unpack
from sync.records.registry import TYPES

_PORTION: Final = 200
"""Rows between two chances for an edit to come first."""
_SIGN: Final = 1 << 63


def hash_rows(writing: Writing, partition: str) -> Steps[int]:
    """Compute the hashes that are missing of a partition's rows. Rows with edits on top are left out: what the server
    says of them lies in `underlay`.
    """
    sets = _sets(writing.connection, partition)
    among = orjson.dumps(sorted(sets)).decode()
    where = f"h IS NULL AND own IS NULL AND scope_set IN (SELECT value FROM json_each(?)) LIMIT {_PORTION}"  # noqa: S608  fixed text
    count = 0
    for type_ in TYPES:
        known = table(type_)
        assert known is not None
        while rows := writing.run(read_sql(type_, where), among):
            hashes = [(_signed(row_hash(type_, row["id"], row["ver"], known.read(row))), row["id"]) for row in rows]
            writing.connection.executemany(f"UPDATE {known.name} SET h = ? WHERE id = ?", hashes)  # noqa: S608  a name from the registry
            count += len(rows)
            yield True
    return count


def parts(connection: Connection, partition: str) -> dict[str, Parts]:
    """{scope: {bucket: (sum, count)}} of what the server said, over all scopes of a partition that have rows here."""
    found: dict[str, dict[int, list[int]]] = {}
    with snapshot(connection):
        sets = _sets(connection, partition)
        for id_, h, number in _hashes(connection, sets):
            for scope in sets[number]:
                part = found.setdefault(scope, {}).setdefault(bucket_of(id_), [0, 0])
                part[0] += h
                part[1] += 1
    return {scope: {bucket: _part(each) for bucket, each in parts.items()} for scope, parts in found.items()}


def repair(writing: Writing, partition: str, scope: str, whole: Iterable[int], frames: Iterable[Frame]) -> Steps[int]:
    """Make the rows of some parts of a scope exactly those the server sent. Waiting edits stay on top."""
    sets = _sets(writing.connection, partition)
    wanted, unknown = dict[Key, Ground](), list[Frame]()
    for frame in frames:
        if table(frame.type) is None:
            unknown.append(frame)
            continue
        number = writing.scope_set(partition, frame.scopes)
        for row in unpack(frame):
            wanted[row.type, row.id] = Ground(row.ver, row.fv, row.fields, None, number)
    within = [number for number, names in sets.items() if scope in names]
    held = list(_held(writing, within, frozenset(whole)))
    gone = {key: Ground() for key in held if key not in wanted and table(key[0]) is not None}
    _forget_unknown(writing, (key for key in held if table(key[0]) is None))
    put_at_once(writing, partition, unknown)
    changes = list({**gone, **wanted}.items())
    for start in range(0, len(changes), _PORTION):
        settle(writing, dict(changes[start : start + _PORTION]))
        yield True
    return len(changes)


def _sets(connection: Connection, partition: str) -> dict[int, tuple[str, ...]]:
    """{number: scopes} of a partition's scope sets."""
    rows = connection.execute("SELECT n, names FROM scope_set WHERE partition = ?", (partition,))
    return {n: tuple(orjson.loads(names)) for n, names in rows}


def _hashes(connection: Connection, sets: Mapping[int, Any]) -> Iterator[tuple[str, int, int]]:
    """Id, hash and scope set of every row the server said is there."""
    among = orjson.dumps(sorted(sets)).decode()
    within = "scope_set IN (SELECT value FROM json_each(?))"
    for type_ in TYPES:
        known = table(type_)
        assert known is not None
        yield from map(
            tuple,
            connection.execute(
                f"SELECT id, h, scope_set FROM {known.name} WHERE {within} AND own IS NULL AND h IS NOT NULL",  # noqa: S608
                (among,),
            ),
        )
        for row in connection.execute(read_sql(type_, f"{within} AND own IS NULL AND h IS NULL"), (among,)):
            yield row["id"], row_hash(type_, row["id"], row["ver"], known.read(row)), row["scope_set"]
    for table_ in ("underlay", "unknown_record"):
        sql = f"SELECT type, id, ver, fields, scope_set FROM {table_} WHERE {within} AND fields IS NOT NULL"  # noqa: S608
        for type_, id_, ver, fields, number in connection.execute(sql, (among,)):
            yield id_, row_hash(type_, id_, ver, orjson.loads(fields)), number


def _held(writing: Writing, sets: list[int], buckets: frozenset[int]) -> Iterator[Key]:
    """Type and id of the rows in these scope sets and parts."""
    among = orjson.dumps(sets).decode()
    within = "scope_set IN (SELECT value FROM json_each(?))"
    for type_ in TYPES:
        for (id_,) in writing.run(f"SELECT id FROM {quoted(type_)} WHERE {within}", among):  # noqa: S608
            if bucket_of(id_) in buckets:
                yield type_, id_
    for table_ in ("underlay", "unknown_record"):
        for type_, id_ in writing.run(f"SELECT type, id FROM {table_} WHERE {within}", among):  # noqa: S608
            if bucket_of(id_) in buckets:
                yield type_, id_


def _forget_unknown(writing: Writing, keys: Iterable[Key]) -> None:
    writing.connection.executemany("DELETE FROM unknown_record WHERE type = ? AND id = ?", keys)


def _part(sums: list[int]) -> Part:
    return sums[0] % SUM_MODULUS, sums[1]


def _signed(unsigned: int) -> int:
    """A hash as a column holds it."""
    return unsigned - SUM_MODULUS if unsigned >= _SIGN else unsigned
