"""What was merged without asking: units in which changes of others met this device's, as they are shown."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import orjson

from client.store.database import Connection
from client.store.facts import Row
from client.store.overlay import Key, mapping
from client.store.readers import Readers
from client.store.schema import read_sql, table
from client.store.writer import Writer
from client.store.writing import OUTBOX, Writing, ops_of
from sync.engine.rebase import Op, units_of
from sync.records.conflict import WHOLE_RECORD
from sync.records.versions import version_of

_MOST: Final = 300
"""So many rows are read at most, the newest."""
_AMONG: Final = "id IN (SELECT value FROM json_each(?))"
_UNSEEN: Final = """
SELECT merged.q, type, id, unit, by, device, merged.at, item, before, seq, answered_at
FROM merged JOIN accepted USING (q) WHERE NOT seen ORDER BY answered_at DESC, q DESC, type, id, unit, n LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class MergedWith:
    """Somebody whose change met this device's. by: staff id, None = the server; at: the server's stamp."""

    by: str | None
    device: str
    at: str


@dataclass(frozen=True, slots=True)
class Merged:
    """One unit that was merged. given: {unit: fields} of what the group gave the record; before: the fields of `unit`
    that were shown then, None where nobody knows; now: those that are shown now; later: whether it was changed again.

    with_: who is known to have changed it, newest first. at: this device's stamp of the answer.
    """

    q: int
    type: str
    id: str
    unit: str
    given: Mapping[str, Mapping[str, Any]]
    before: Mapping[str, Any] | None
    now: Mapping[str, Any]
    later: bool
    with_: tuple[MergedWith, ...]
    at: str

    @property
    def joined(self) -> bool:
        """Whether both sides changed the unit; else others alone did, beside what this device gave the record."""
        return self.unit in self.given


class MergedUnits:
    """What was merged, of one open store. Every method may be called from any thread."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer, self._readers = writer, readers

    def unseen(self) -> list[Merged]:
        """What nobody here has looked at yet, newest first; of records that are in sight."""
        return self._readers.ask(_unseen)

    def seen(self, keys: Iterable[tuple[int, str, str, str]]) -> None:
        """Somebody has looked at these: (q, type, id, unit)."""
        rows = list(keys)
        self._writer.edit(lambda writing: _seen(writing, rows)).result()


def _seen(writing: Writing, keys: Iterable[tuple[int, str, str, str]]) -> None:
    sql = "UPDATE merged SET seen = 1 WHERE q = ? AND type = ? AND id = ? AND unit = ?"
    writing.connection.executemany(sql, keys)
    writing.change([OUTBOX])


def _unseen(connection: Connection) -> list[Merged]:
    rows: list[Row] = connection.execute(_UNSEEN, (_MOST,)).fetchall()
    shown = _shown(connection, {(row["type"], row["id"]) for row in rows})
    return [
        _merged(group[0], shown[key[1:3]], [(row["by"], row["device"], row["at"]) for row in group])
        for key, found in groupby(rows, key=lambda row: tuple(row)[:4])
        for group in [list(found)]
        if key[1:3] in shown
    ]


def _shown(connection: Connection, keys: Collection[Key]) -> dict[Key, Row]:
    """The rows of these records, as far as they are in sight."""
    found: dict[Key, Row] = {}
    for type_ in {type_ for type_, _ in keys if table(type_)}:
        among = orjson.dumps([id_ for kind, id_ in keys if kind == type_]).decode()
        found |= {(type_, row["id"]): row for row in connection.execute(read_sql(type_, _AMONG), (among,)).fetchall()}
    return found


def _merged(row: Row, record: Row, people: Iterable[tuple[str | None, str | None, str | None]]) -> Merged:
    known = table(row["type"])
    assert known is not None
    fields, units = known.read(record), known.type.units
    op, before = _told(row)
    given = {unit: _unit(units[unit], op["set"]) for unit in units_of(known.type, op) if unit in units} if op else {}
    return Merged(
        q=row["q"],
        type=row["type"],
        id=row["id"],
        unit=row["unit"],
        given=given,
        before=_before(before, row["unit"], units[row["unit"]]),
        now=_unit(units[row["unit"]], fields),
        later=version_of(mapping(record["fv"]), record["ver"], row["unit"]) > row["seq"],
        with_=tuple(MergedWith(by, device or "", at) for by, device, at in people if at is not None),
        at=row["answered_at"],
    )


def _told(row: Row) -> tuple[Op | None, Any]:
    """What the group did to the record, and what had been shown of it before."""
    for op, before in zip(ops_of(row["item"]), orjson.loads(row["before"]), strict=True):
        if (op["type"], op["id"]) == (row["type"], row["id"]):
            return op, before
    return None, None


def _before(shown: Any, unit: str, names: Collection[str]) -> Mapping[str, Any] | None:
    if shown is None:
        return None
    return _unit(names, shown[WHOLE_RECORD] or {}) if WHOLE_RECORD in shown else shown.get(unit)


def _unit(names: Iterable[str], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a unit, nulls left out."""
    return {name: fields[name] for name in names if fields.get(name) is not None}
