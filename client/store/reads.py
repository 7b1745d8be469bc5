"""What the store answers about itself; each question is one look at the tables on a reading connection."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from client.store.database import Connection
from client.store.facts import Comparison, Mark, MarkKind, NotAccepted, Past, Row, SyncStatus
from client.store.partitions import COMPARED, UNSURE
from client.store.schema import table
from client.store.writing import former, ops_of
from sync.engine.conflict import OpenConflict, read_conflict
from sync.engine.rebase import Op
from sync.engine.store import ScopeState
from sync.protocol.messages import Grant
from sync.records.conflict import WHOLE_RECORD

_OPEN = """conflict.state = 'open' AND NOT EXISTS (
  SELECT 1 FROM edited WHERE edited.type = 'conflict' AND edited.id = conflict.id AND edited.unit = 'state'
  AND edited.state = 'waiting')"""
"""Conflicts that nobody has settled, here neither."""
_MARKS = f"""
WITH wanted (name) AS (SELECT value FROM json_each(?))
SELECT type, id, unit, iif(ahead, 'ahead', 'waiting') AS kind, q AS ref FROM edited
WHERE state = 'waiting' AND type IN wanted
UNION ALL
SELECT target_type, target, unit, 'conflict', id FROM conflict
WHERE target_type IN wanted AND {_OPEN}
UNION ALL
SELECT edited.type, edited.id, unit, 'not_accepted', q FROM not_accepted JOIN edited USING (q)
WHERE NOT dealt_with AND edited.state = 'refused' AND edited.type IN wanted
"""  # noqa: S608  a piece of our own
_STATUS = f"""
SELECT
  (SELECT coalesce(sum(ops), 0) FROM outbox) AS waiting,
  (SELECT coalesce(sum(ops), 0) FROM outbox WHERE in_flight) AS in_flight,
  (SELECT count(*) FROM outbox) AS groups,
  (SELECT min(at) FROM outbox) AS oldest_waiting,
  (SELECT count(*) FROM conflict WHERE {_OPEN}) AS conflicts,
  (SELECT count(*) FROM not_accepted WHERE NOT dealt_with AND outcome <> 'quarantined') AS not_accepted,
  (SELECT count(*) FROM not_accepted WHERE NOT dealt_with AND outcome = 'quarantined') AS late,
  (SELECT count(*) FROM scope WHERE state <> 'live') AS loading,
  (SELECT value FROM meta WHERE key = 'last_success') AS last_success,
  (SELECT value FROM meta WHERE key = 'last_error') AS last_error,
  EXISTS (SELECT 1 FROM meta WHERE key = 'recovering') AS recovering,
  (SELECT coalesce(max(cursor), 0) FROM partition WHERE name = 'school') AS cursor
"""  # noqa: S608  as above
_CONFLICTS = f"""
SELECT * FROM conflict WHERE {_OPEN}
ORDER BY ver DESC, id
"""  # noqa: S608  as above


def marks(connection: Connection, types: Iterable[str]) -> list[Mark]:
    """Every unit of records of these types that waits, differs or was refused."""
    rows = connection.execute(_MARKS, (orjson.dumps(sorted(types)).decode(),))
    return [Mark(type_, id_, unit, MarkKind(kind), str(ref)) for type_, id_, unit, kind, ref in rows]


def status(connection: Connection) -> SyncStatus:
    """How things stand."""
    row = connection.execute(_STATUS).fetchone()
    error = row["last_error"]
    return SyncStatus(
        waiting=row["waiting"],
        in_flight=row["in_flight"],
        groups=row["groups"],
        conflicts=row["conflicts"],
        not_accepted=row["not_accepted"],
        late=row["late"],
        loading=row["loading"],
        oldest_waiting=row["oldest_waiting"],
        last_success=row["last_success"],
        sign_in_needed=error in ("SignInNeeded", "MfaRequired"),
        device_stopped=error in ("DeviceSuspended", "DeviceWiped"),
        client_too_old=error == "ClientTooOld",
        cursor=row["cursor"],
        recovering=bool(row["recovering"]),
    )


def comparison(connection: Connection) -> Comparison:
    """When the rows of every partition were held against the school's, and whether that is about to be done."""
    held = connection.execute("SELECT id, checked FROM partition WHERE cursor IS NOT NULL").fetchall()
    kept = connection.execute("SELECT value FROM meta WHERE key = ?", (COMPARED,)).fetchone()
    told: dict[str, tuple[str, int]] = {} if kept is None else orjson.loads(kept[0])
    found = [told[id_] for id_, _ in held if id_ in told]
    return Comparison(
        at=min(at for at, _ in found) if found and len(found) == len(held) else None,
        rows=sum(rows for _, rows in found),
        due=any(checked == UNSURE for _, checked in held),
    )


def scopes(connection: Connection, partition: str) -> dict[str, ScopeState]:
    """State of each scope granted in a partition; one that is loaded anew stays live meanwhile."""
    here, before = (
        connection.execute("SELECT name, state FROM scope WHERE partition = ? ORDER BY name", (which,)).fetchall()
        for which in (partition, former(partition))
    )
    return {name: ScopeState(state) for name, state in here} | {name: ScopeState(state) for name, state in before}


def grants(connection: Connection, partition: str) -> list[Grant]:
    """The grants held in a partition."""
    rows = connection.execute(
        "SELECT scope, role, rights, since, until FROM granted WHERE partition = ? ORDER BY n", (partition,)
    )
    names = ("scope", "role", "rights", "from", "until")
    return [Grant.model_validate(dict(zip(names, row, strict=True))) for row in rows]


def conflicts(connection: Connection) -> list[OpenConflict]:
    """Open conflicts nobody here has settled yet, newest first."""
    known = table("conflict")
    assert known is not None
    rows = connection.execute(_CONFLICTS).fetchall()
    fields = {row["id"]: known.read(row) for row in rows}
    return [read_conflict(id_, each, _seen(connection, each)) for id_, each in fields.items()]


def _seen(connection: Connection, fields: Mapping[str, Any]) -> int | str:
    """What an edit of a conflict's unit is based on here and now."""
    known = table(fields["target_type"])
    if known is None:
        return 0
    sql = f"SELECT ver, fv, own FROM {known.name} WHERE id = ?"  # noqa: S608  a name from the registry
    row: Row | None = connection.execute(sql, (fields["target"],)).fetchone()
    if row is None:
        return 0
    unit = fields["unit"]
    own: dict[str, int] = orjson.loads(row["own"]) if row["own"] else {}
    q = own.get(unit) or own.get(WHOLE_RECORD)
    versions: dict[str, int] = orjson.loads(row["fv"]) if row["fv"] else {}
    version: int = row["ver"]
    return f"q{q}" if q else versions.get(unit, version)


def not_accepted(connection: Connection) -> list[NotAccepted]:
    """Groups the server did not take and nobody has dealt with, oldest first."""
    rows = connection.execute(
        "SELECT q, kind, at, outcome, code, item FROM not_accepted WHERE NOT dealt_with ORDER BY q"
    ).fetchall()
    return [
        NotAccepted(q, kind, at, outcome, code, tuple((op["type"], op["id"], op.get("set")) for op in ops_of(item)))
        for q, kind, at, outcome, code, item in rows
    ]


_HISTORY = """
SELECT q, kind, at, item, before, NULL AS outcome FROM outbox WHERE q IN (SELECT value FROM json_each(:numbers))
UNION ALL SELECT q, kind, at, item, before, outcome FROM accepted WHERE q IN (SELECT value FROM json_each(:numbers))
UNION ALL SELECT q, kind, at, item, before, outcome FROM not_accepted WHERE q IN (SELECT value FROM json_each(:numbers))
ORDER BY q DESC
"""


def history(connection: Connection, type_: str, id_: str, unit: str) -> list[Past]:
    """What this device did to a unit, newest first."""
    found = connection.execute(
        "SELECT DISTINCT q FROM edited WHERE type = ? AND id = ? AND unit IN (?, ?)", (type_, id_, unit, WHOLE_RECORD)
    )
    numbers = orjson.dumps([q for (q,) in found]).decode()
    past: list[Past] = []
    for q, kind, at, item, before, outcome in connection.execute(_HISTORY, {"numbers": numbers}).fetchall():
        for op, shown in zip(ops_of(item), orjson.loads(before), strict=True):
            if (op["type"], op["id"]) == (type_, id_):
                past.append(Past(q, kind, at, _before(type_, shown, unit), _after(type_, op, unit), outcome))
    return past


def _before(type_: str, shown: Mapping[str, Mapping[str, Any]] | None, unit: str) -> Mapping[str, Any] | None:
    if shown is None:  # the record has gone out of sight since
        return None
    if WHOLE_RECORD in shown:
        return _unit(type_, shown[WHOLE_RECORD], unit)
    return shown.get(unit)


def _after(type_: str, op: Op, unit: str) -> Mapping[str, Any] | None:
    return None if op["do"] == "delete" else _unit(type_, op["set"], unit)


def _unit(type_: str, fields: Mapping[str, Any], unit: str) -> dict[str, Any]:
    known = table(type_)
    assert known is not None
    return {name: fields.get(name) for name in known.type.units.get(unit, ())}
