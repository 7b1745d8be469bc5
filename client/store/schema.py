"""One typed table per record type, made from the registry, so that screens read records with plain SQL.

Columns: id, ver, fv (JSON of the units whose version differs, or null), own (JSON {unit: group} of edits that wait), h
(row hash, null until needed), scope_set, extra (JSON of fields this program does not know), then the fields by their
wire names. Strict tables: a value of the wrong kind is refused by the database itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import orjson

from client.store.database import Connection
from client.store.errors import StoreTooNew
from client.store.facts import Row
from sync.protocol.version import read_schema
from sync.records.record import RecordType
from sync.records.registry import NUMBER, TYPES

FIXED: Final = ("id", "ver", "fv", "own", "h", "scope_set", "extra")

INDEXES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "conflict": ("target",),
        "course_grade": ("course", "@class"),
        "evidence": ("@lesson",),
        "evidence_part": ("evidence",),
        "membership": ("class",),
        "remark": ("@class",),
        "score": ("@lesson",),
        "viewpoint_grade": ("course", "@class"),
    }
)
"""What a screen looks rows up by, where there are many whose ids it cannot compute from keys. Each index may double
the pages that a load of scattered rows writes, and so the time that an edit waits for it.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A type's table: its fields by wire name, those held as JSON text, those held as 0 and 1."""

    type: RecordType
    fields: tuple[str, ...]
    json: frozenset[str]
    flags: frozenset[str]

    @property
    def name(self) -> str:
        """The table's name, quoted."""
        return quoted(self.type.name)

    def held(self, field: str, value: Any) -> Any:
        """A field's value as its column holds it."""
        return orjson.dumps(value).decode() if value is not None and field in self.json else value

    def read(self, row: Row) -> dict[str, Any]:
        """The record's fields, unknown ones too, without nulls. row: with the columns of `read_sql`."""
        found: dict[str, Any] = {}
        for field in self.fields:
            value = row[field]
            if value is not None:
                found[field] = (
                    orjson.loads(value) if field in self.json else bool(value) if field in self.flags else value
                )
        return found | (orjson.loads(row["extra"]) if row["extra"] else {})


@cache
def table(type_: str) -> Table | None:
    """The table of a type; None for one this program does not know."""
    found = TYPES.get(type_)
    if found is None:
        return None
    kinds = {name: field.kind for name, field in found.fields.items()}
    return Table(
        found,
        tuple(kinds),
        frozenset(name for name, kind in kinds.items() if kind.json),
        frozenset(name for name, kind in kinds.items() if kind.name == "bool"),
    )


def quoted(name: str) -> str:
    """A table or column name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


@cache
def read_sql(type_: str, where: str) -> str:
    """SELECT of whole rows of a known type."""
    known = table(type_)
    assert known is not None
    columns = ", ".join(map(quoted, (*FIXED, *known.fields)))
    return f"SELECT {columns} FROM {known.name} WHERE {where}"  # noqa: S608  names from the registry


@cache
def put_sql(type_: str, names: tuple[str, ...], count: int = 1) -> str:
    """INSERT of `count` rows as the server holds them: parameters are the columns named, id and ver among them.

    A row that is there is replaced as a whole unless it is newer (promise 10 of the design).
    """
    known = table(type_)
    assert known is not None
    marks = ", ".join([f"({', '.join('?' * len(names))})"] * count)
    update = ", ".join(f"{quoted(c)} = excluded.{quoted(c)}" for c in (*FIXED, *known.fields) if c not in ("id", "own"))
    return (
        f"INSERT INTO {known.name} ({', '.join(map(quoted, names))}) VALUES {marks} "  # noqa: S608  as above
        f"ON CONFLICT (id) DO UPDATE SET {update} WHERE excluded.ver >= {known.name}.ver"
    )


def bring_up(connection: Connection) -> None:
    """Make the tables this registry needs and take over what older programs held as unknown, in the open transaction.

    Raises StoreTooNew when the store was written by a registry of a higher major.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = 'registry'").fetchone()
    if row is not None and row[0] == str(NUMBER):
        return
    if row is not None and read_schema(row[0]).major > NUMBER.major:
        raise StoreTooNew(found=row[0], known=str(NUMBER))
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for type_ in TYPES:
        if type_ in there:
            _add_columns(connection, type_)
        else:
            connection.execute(_ddl(type_))
            _adopt(connection, type_)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('registry', ?)", (str(NUMBER),))


def unindexed(connection: Connection) -> list[str]:
    """Statements that make the indexes that are not there yet; none before all that is granted is here.

    To make them after a first load costs half of what keeping them up during it would.
    """
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    wanted = [(f"{type_} by {column}", type_, column) for type_, columns in INDEXES.items() for column in columns]
    missing = [
        f"CREATE INDEX {quoted(name)} ON {quoted(type_)} ({quoted(column)})"
        for name, type_, column in wanted
        if name not in there
    ]
    whole = missing and not connection.execute("SELECT 1 FROM scope WHERE state <> 'live'").fetchone()
    return missing if whole else []


def _ddl(type_: str) -> str:
    known = table(type_)
    assert known is not None
    columns = [
        "id TEXT PRIMARY KEY NOT NULL",
        "ver INTEGER NOT NULL",
        "fv TEXT",
        "own TEXT",
        "h INTEGER",
        "scope_set INTEGER NOT NULL",
        "extra TEXT",
        *(_column(known.type, field) for field in known.fields),
    ]
    return f"CREATE TABLE {known.name} ({', '.join(columns)}) STRICT"


def _column(type_: RecordType, field: str) -> str:
    return f"{quoted(field)} {type_.fields[field].kind.sql}"


def _add_columns(connection: Connection, type_: str) -> None:
    """Give fields that are new in the registry their column, and move their values out of `extra`.

    Of these a program that did not know them has held what came with a pull, whatever version its own pushes have given
    the record since: a base of theirs must not say that more has been seen.
    """
    known = table(type_)
    assert known is not None
    have = {row["name"] for row in connection.execute(f"PRAGMA table_info({known.name})")}
    for field in known.fields:
        if field not in have:
            connection.execute(f"ALTER TABLE {known.name} ADD COLUMN {_column(known.type, field)}")
            _move(connection, known, field)
            if field in known.type.unit_names:
                _not_above(connection, known, known.type.unit_of(field))


def _move(connection: Connection, known: Table, field: str) -> None:
    rows = connection.execute(f"SELECT id, extra FROM {known.name} WHERE extra IS NOT NULL").fetchall()  # noqa: S608
    for id_, text in rows:
        extra = orjson.loads(text)
        if field in extra:
            value = known.held(field, extra.pop(field))
            connection.execute(
                f"UPDATE {known.name} SET {quoted(field)} = ?, extra = ? WHERE id = ?",  # noqa: S608  as above
                (value, orjson.dumps(extra).decode() if extra else None, id_),
            )


def _not_above(connection: Connection, known: Table, unit: str) -> None:
    """Let the version of a unit be at most the cursor its record was last pulled at."""
    place = "$." + quoted(unit)
    for name, which in ((known.name, "1"), ("underlay", "type = ?2")):
        seen = f"SELECT cursor FROM partition JOIN scope_set ON partition = partition.id WHERE n = {name}.scope_set"  # noqa: S608
        connection.execute(
            f"UPDATE {name} SET fv = json_set(coalesce(fv, '{{}}'), ?1, "  # noqa: S608  names from the registry
            f"min(coalesce(json_extract(fv, ?1), ver), ({seen}))) WHERE ver > ({seen}) AND {which}",
            (place,) if which == "1" else (place, known.type.name),
        )


def _adopt(connection: Connection, type_: str) -> None:
    """Take over records of a type that was unknown until now."""
    rows = connection.execute(
        "SELECT id, ver, fv, scope_set, fields FROM unknown_record WHERE type = ?", (type_,)
    ).fetchall()
    for id_, ver, fv, scope_set, text in rows:
        fields = orjson.loads(text)
        put(connection, type_, fields, [(id_, ver, fields, fv, scope_set)])
    connection.execute("DELETE FROM unknown_record WHERE type = ?", (type_,))


def put(
    connection: Connection,
    type_: str,
    names: Iterable[str],
    rows: Iterable[tuple[str, int, Mapping[str, Any], str | None, int]],
) -> None:
    """Write whole rows of a known type. names: all fields that occur; rows: id, ver, fields, fv, scope_set."""
    known = table(type_)
    assert known is not None
    fields = tuple(name for name in known.fields if name in set(names))
    sql = put_sql(type_, ("id", "ver", *fields, "fv", "scope_set", "extra"))
    connection.executemany(sql, _parameters(known, fields, rows))


def _parameters(
    known: Table, fields: tuple[str, ...], rows: Iterable[tuple[str, int, Mapping[str, Any], str | None, int]]
) -> Iterator[tuple[Any, ...]]:
    for id_, ver, values, fv, scope_set in rows:
        extra = {name: value for name, value in values.items() if name not in known.type.fields and value is not None}
        held = (known.held(field, values.get(field)) for field in fields)
        yield (id_, ver, *held, fv, scope_set, orjson.dumps(extra).decode() if extra else None)
