"""Holding the rows of this store against the school's: their hashes, their sums, and putting right what differs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

import orjson

from client.store.database import Connection, snapshot
from client.store.overlay import Key, settle
from client.store.pages import put_at_once
from client.store.schema import quoted, read_sql, table
from client.store.writer import Steps
from client.store.writing import Writing
from sync.engine.compare import Part, Parts, total
from sync.engine.rebase import Ground
from sync.protocol.digest import SUM_MODULUS, bucket_of, row_hash
from sync.protocol.frames import Frame, unpack
from sync.records.registry import TYPES

_PORTION: Final = 200
"""Rows between two chances for an edit to come first."""
_SIGN: Final = 1 << 63
_WITHIN: Final = "scope_set IN (SELECT value FROM json_each(?))"
_PLAIN: Final = f"own IS NULL AND {_WITHIN}"
"""A row that is just what the server said."""
_SAID: Final = f"fields IS NOT NULL AND {_WITHIN}"
"""What it said of a record that shows edits, or of a type that is not known; without fields it said: deleted."""


def hash_rows(writing: Writing, partition: str) -> Steps[int]:
    """Compute the hashes that are missing of a partition's rows. Rows with edits on top are left out: what the server
    says of them lies in `underlay`.
    """
    among = orjson.dumps(sorted(_sets(writing.connection, partition))).decode()
    where = f"id > ? AND h IS NULL AND {_PLAIN} ORDER BY id LIMIT {_PORTION}"
    count = 0
    for type_ in TYPES:
        known = table(type_)
        assert known is not None
        last = ""
        while rows := writing.run(read_sql(type_, where), last, among):
            hashes = [(_signed(row_hash(type_, row["id"], row["ver"], known.read(row))), row["id"]) for row in rows]
            writing.connection.executemany(f"UPDATE {known.name} SET h = ? WHERE id = ?", hashes)  # noqa: S608  a name from the registry
            count += len(rows)
            last = rows[-1]["id"]
            yield True
    return count


def sums(connection: Connection, partition: str) -> dict[str, Part]:
    """{scope: (sum, count)} of what the server said, over all scopes of a partition that have rows here."""
    found: dict[str, list[Part]] = defaultdict(list)
    with snapshot(connection):
        sets = _sets(connection, partition)
        for number, _, part in _sums(connection, list(sets), "''"):
            for scope in sets[number]:
                found[scope].append(part)
    return {scope: total(parts) for scope, parts in found.items()}


def parts(connection: Connection, partition: str, scope: str) -> Parts:
    """{bucket: (sum, count)} of one scope."""
    found: dict[int, list[Part]] = defaultdict(list)
    with snapshot(connection):
        within = [number for number, names in _sets(connection, partition).items() if scope in names]
        for _, tail, part in _sums(connection, within, "substr(id, -2)"):
            found[bucket_of(tail)].append(part)
    return {bucket: total(parts) for bucket, parts in found.items()}


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


def _sums(connection: Connection, sets: list[int], by: str) -> Iterator[tuple[int, str, Part]]:
    """Scope set, group and part of every row the server said is there; a row may come as a part of its own.

    by: what makes a group, in SQL over `id`.
    """
    among = orjson.dumps(sets).decode()
    for type_ in TYPES:
        known = table(type_)
        assert known is not None
        for number, group, high, low, count in connection.execute(
            # In two halves: the sum of many signed numbers of 64 bits is more than such a number holds.
            f"SELECT scope_set, {by}, sum(h >> 32), sum(h & 4294967295), count(*) "  # noqa: S608  as above
            f"FROM {known.name} WHERE h IS NOT NULL AND {_PLAIN} GROUP BY 1, 2",
            (among,),
        ):
            yield number, group, ((high << 32) + low, count)
        for row in connection.execute(read_sql(type_, f"h IS NULL AND {_PLAIN}"), (among,)):
            yield row["scope_set"], row["id"], (row_hash(type_, row["id"], row["ver"], known.read(row)), 1)
    for table_ in ("underlay", "unknown_record"):
        sql = f"SELECT type, id, ver, fields, scope_set FROM {table_} WHERE {_SAID}"  # noqa: S608
        for type_, id_, ver, fields, number in connection.execute(sql, (among,)):
            yield number, id_, (row_hash(type_, id_, ver, orjson.loads(fields)), 1)


def _held(writing: Writing, sets: list[int], buckets: frozenset[int]) -> Iterator[Key]:
    """Type and id of the rows the server said are there, in these scope sets and parts."""
    among = orjson.dumps(sets).decode()
    for type_ in TYPES:
        for (id_,) in writing.run(f"SELECT id FROM {quoted(type_)} WHERE {_PLAIN}", among):  # noqa: S608
            if bucket_of(id_) in buckets:
                yield type_, id_
    for table_ in ("underlay", "unknown_record"):
        for type_, id_ in writing.run(f"SELECT type, id FROM {table_} WHERE {_SAID}", among):  # noqa: S608
            if bucket_of(id_) in buckets:
                yield type_, id_


def _forget_unknown(writing: Writing, keys: Iterable[Key]) -> None:
    writing.connection.executemany("DELETE FROM unknown_record WHERE type = ? AND id = ?", keys)


def _signed(unsigned: int) -> int:
    """A hash as a column holds it."""
    return unsigned - SUM_MODULUS if unsigned >= _SIGN else unsigned
