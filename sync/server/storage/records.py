"""Records as rows: reading many by key, writing many at once with their scopes and sums."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import Connection, Select, bindparam, select

from sync.protocol.digest import SUM_MODULUS, row_hash
from sync.records.registry import TYPES, data_class_of, scopes_of
from sync.server.decide.world import Held, Key
from sync.server.storage.engines import Database
from sync.server.storage.intset import members
from sync.server.storage.many import KeyTable
from sync.server.storage.names import Names
from sync.server.storage.standing import Sums
from sync.server.storage.tables import rec_scope, record, scope_sum

_SIGN: Final = 1 << 63


class Stored(NamedTuple):
    """A record as read: what it is, and what its row says of scopes, class and hash."""

    held: Held
    place: int
    scopes: str
    data_class: str
    h: int


@dataclass(slots=True)
class Rows:
    """What one push writes, gathered for one statement a table. changed: records that stay where they lie; moved: what
    the sums of scopes rise by; sums: as they are after it.
    """

    changed: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])
    records: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])
    scopes: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])
    moved: dict[tuple[int, str], list[int]] = field(default_factory=dict[tuple[int, str], list[int]])
    sums: Sums = field(default_factory=dict[tuple[int, str], tuple[int, int]])

    def count(self, scopes: str, data_class: str, h: int, *, sign: int) -> None:
        """Add a row to, or take it out of, the sums of its scopes."""
        for number in members(scopes):
            total = self.moved.setdefault((number, data_class), [0, 0])
            total[0] += sign * h
            total[1] += sign


@lru_cache(maxsize=8)
def _read_statement(by: KeyTable) -> Select[*tuple[Any, ...]]:
    columns = (
        record.c.type,
        record.c.id,
        record.c.place,
        record.c.layout,
        record.c.data,
        record.c.fv,
        record.c.ver,
        record.c.deleted,
        record.c["class"],
        record.c.h,
        record.c.scopes,
    )
    return select(*columns).select_from(by.joined(record))


def read(
    database: Database, connection: Connection, names: Names, school: str, keys: Iterable[Key]
) -> dict[Key, Stored]:
    """The records with these keys that are there; of types this server knows."""
    wanted = sorted(keys)
    if not wanted:
        return {}
    values = {"school": school, **database.keys.params(wanted)}
    rows = connection.execute(_read_statement(database.keys), values).all()  # one by one costs more than the reading
    return {
        (type_, id_): Stored(
            Held(TYPES[type_], id_, names.unpack(layout, data), orjson.loads(fv) if fv else {}, ver, deleted),
            place,
            scopes,
            data_class,
            h,
        )
        for type_, id_, place, layout, data, fv, ver, deleted, data_class, h, scopes in rows
        if type_ in TYPES  # not for a key without a record, nor for a type of a newer server
    }


_YEARS: Final = select(record.c.layout, record.c.data).where(
    record.c.school == bindparam("school"), record.c.type == "school_year", record.c.deleted.is_(False)
)


def sealed_years(connection: Connection, names: Names, school: str) -> frozenset[str]:
    """The sealed school years of a school, `2025`."""
    years = [names.unpack(layout, data) for layout, data in connection.execute(_YEARS, {"school": school})]
    return frozenset(str(year["year"]) for year in years if year.get("sealed"))


def rows_of(
    connection: Connection,
    names: Names,
    school: str,
    changes: Iterable[tuple[Held, Stored | None]],
    known: Sums,
) -> Rows:
    """The rows of records as they are to be, and the sums of their scopes.

    changes: each with the row it had before. New names are added to `names`. known: sums that need not be read.
    """
    rows = Rows()
    for held, before in changes:
        _row(rows, names, school, held, before)
    rows.sums = _sums(connection, school, rows.moved, known)
    return rows


def write(database: Database, connection: Connection, school: str, rows: Rows) -> None:
    """Store records."""
    if rows.changed:
        database.change(connection, record, rows.changed)
    if rows.records:
        database.store(connection, record, rows.records, replace=True)
    if rows.scopes:
        database.store(connection, rec_scope, rows.scopes, replace=True)
    if rows.sums:  # none where a record was made and removed in one push
        sums = [(school, *key, f"{total:016x}", count) for key, (total, count) in rows.sums.items()]
        database.store(connection, scope_sum, sums, replace=True)


def _row(rows: Rows, names: Names, school: str, held: Held, before: Stored | None) -> None:
    """One record's rows, in the order of the tables' columns."""
    type_, id_, ver = held.type.name, held.id, held.ver
    layout, data = names.pack(held.type, held.fields)
    number = names.set_number(scopes_of(held.type, held.fields))
    scopes = names.sets[number - 1]
    data_class = data_class_of(held.type, held.fields).value
    h = signed(row_hash(type_, id_, ver, held.fields))
    fv = orjson.dumps(held.fv).decode() if held.fv else None
    place = 0 if held.deleted or data_class == "I" else number
    row = (school, place, type_, id_, ver, layout, fv, data, held.deleted, data_class, h, scopes)
    (rows.changed if before is not None and before.place == place else rows.records).append(row)
    inside = members(scopes)
    rows.scopes += [(school, type_, id_, number, True, ver) for number in inside]
    if before is not None:
        left = set(members(before.scopes)).difference(inside)
        rows.scopes += [(school, type_, id_, number, False, ver) for number in sorted(left)]
        if not before.held.deleted:
            rows.count(before.scopes, before.data_class, before.h, sign=-1)
    if not held.deleted:
        rows.count(scopes, data_class, h, sign=1)


def signed(unsigned: int) -> int:
    """A 64-bit number as the databases' own signed integer."""
    return unsigned - SUM_MODULUS if unsigned >= _SIGN else unsigned


_SUMS: Final = select(scope_sum.c.n, scope_sum.c["class"], scope_sum.c.sum, scope_sum.c.count).where(
    scope_sum.c.school == bindparam("school"), scope_sum.c.n.in_(bindparam("numbers", expanding=True))
)


def _sums(connection: Connection, school: str, moved: Mapping[tuple[int, str], list[int]], known: Sums) -> Sums:
    """Sums as they are after these changes. known: before them, of some of the scopes."""
    numbers = sorted({number for number, data_class in moved if (number, data_class) not in known})
    held = dict(known)
    if numbers:
        found = connection.execute(_SUMS, {"school": school, "numbers": numbers})
        held |= {(n, class_): (int(total, 16), count) for n, class_, total, count in found}
    risen: dict[tuple[int, str], tuple[int, int]] = {}
    for key, (change, count) in moved.items():
        total, rows = held.get(key, (0, 0))
        risen[key] = ((total + change) % SUM_MODULUS, rows + count)
    return risen
