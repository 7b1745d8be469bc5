"""Roster imports: which row of which sender became which record, and what an import looks at before it maps."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import orjson
from sqlalchemy import Connection, bindparam, delete, select, update

from sync.records.registry import TYPES
from sync.server.decide.world import Held, Key
from sync.server.storage.engines import Database
from sync.server.storage.names import Names
from sync.server.storage.tables import partition, record, setting, source_id

Row = tuple[str, str, str]
"""A row of a sender: kind, sourcedId, type of the record it became."""

_BATCH: Final = 500
"""Values of one IN: far below what any engine takes."""

_OF_SENDER: Final = select(source_id.c.kind, source_id.c.sourced_id, source_id.c.type, source_id.c.id).where(
    source_id.c.school == bindparam("school"), source_id.c.source == bindparam("source")
)
_RECORDS: Final = select(
    record.c.type, record.c.id, record.c.layout, record.c.data, record.c.fv, record.c.ver, record.c.deleted
).where(record.c.school == bindparam("school"), record.c.type.in_(bindparam("types", expanding=True)))
_SHARED: Final = select(partition.c.school, partition.c.name)
_KEY: Final = "roster.taken"
_TAKEN: Final = select(setting.c.value).where(setting.c.key == _KEY)


def read(connection: Connection, school: str, source: str) -> dict[Row, str]:
    """All rows a school remembers of a sender, with their record's id."""
    rows = connection.execute(_OF_SENDER, {"school": school, "source": source})
    return {(kind, sourced_id, type_): id_ for kind, sourced_id, type_, id_ in rows}


def find(connection: Connection, school: str, source: str, sourced_ids: Iterable[str]) -> Iterator[tuple[Row, str]]:
    """The rows of a sender with these sourcedIds."""
    wanted = sorted(set(sourced_ids))
    statement = _OF_SENDER.where(source_id.c.sourced_id.in_(bindparam("ids", expanding=True)))
    for start in range(0, len(wanted), _BATCH):
        values = {"school": school, "source": source, "ids": wanted[start : start + _BATCH]}
        for kind, sourced_id, type_, id_ in connection.execute(statement, values):
            yield (kind, sourced_id, type_), id_


def write(
    database: Database,
    connection: Connection,
    place: tuple[str, str],
    added: Iterable[tuple[Row, str]],
    forgotten: Iterable[Row],
) -> None:
    """Remember rows, and forget others. place: school and sender."""
    school, source = place
    own = (source_id.c.school == bindparam("k_school")) & (source_id.c.source == bindparam("k_source"))
    key = (
        (source_id.c.kind == bindparam("k_kind"))
        & (source_id.c.sourced_id == bindparam("k_id"))
        & (source_id.c.type == bindparam("k_type"))
    )
    gone = [
        {"k_school": school, "k_source": source, "k_kind": kind, "k_id": sourced_id, "k_type": type_}
        for kind, sourced_id, type_ in forgotten
    ]
    if gone:
        connection.execute(delete(source_id).where(own & key), gone)
    rows = [
        {"school": school, "source": source, "kind": kind, "sourced_id": sourced_id, "type": type_, "id": id_}
        for (kind, sourced_id, type_), id_ in added
    ]
    if rows:
        connection.execute(database.upsert(source_id), rows)


def records(connection: Connection, names: Names, school: str, types: Iterable[str]) -> dict[Key, Held]:
    """All records of these types, deleted ones included."""
    rows = connection.execute(_RECORDS, {"school": school, "types": sorted(types)})
    return {(type_, id_): _held(names, type_, id_, *rest) for type_, id_, *rest in rows}


def shared(connection: Connection) -> dict[str, str]:
    """Ids of the partitions of boards and prefectures by name, `board:052010` or `pref:05`; for commands only."""
    return {name: school for school, name in connection.execute(_SHARED) if ":" in name}


def taken(connection: Connection) -> int:
    """How many packages this database has taken that changed anything."""
    return int(connection.execute(_TAKEN).scalar() or 0)


def count_taken(database: Database, connection: Connection) -> int:
    """Count one package more, and keep other imports waiting until the end of the transaction.

    Returns how many there were before: whoever has looked at what only imports change sees whether it still holds.
    """
    connection.execute(database.insert(setting).on_conflict_do_nothing(), {"key": _KEY, "value": "0"})
    before = int(connection.execute(_TAKEN.with_for_update()).scalar_one())
    connection.execute(update(setting).where(setting.c.key == _KEY).values(value=str(before + 1)))
    return before


def _held(names: Names, type_: str, id_: str, *row: Any) -> Held:
    layout, data, fv, ver, deleted = row
    return Held(TYPES[type_], id_, names.unpack(layout, data), orjson.loads(fv) if fv else {}, ver, deleted)
