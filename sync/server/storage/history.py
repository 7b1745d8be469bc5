"""History: every change of every unit, the audit trail, the base of merges and of undo."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, insert, select

from sync.protocol.messages import Outcome
from sync.server.decide.world import Actor, Key, Past
from sync.server.storage.engines import Database
from sync.server.storage.tables import device, history


def read(database: Database, connection: Connection, school: str, keys: Iterable[Key]) -> dict[Key, list[Past]]:
    """What happened to these records, oldest first."""
    wanted = sorted(keys)
    if not wanted:
        return {}
    by = database.keys
    statement = (
        select(
            history.c.type,
            history.c.id,
            history.c.field,
            history.c.seq,
            history.c.was,
            history.c.old,
            history.c.new,
            history.c.staff,
            history.c.device,
            history.c.at,
            history.c.made,
            history.c.outcome,
        )
        .where(history.c.school == bindparam("school"), by.among(history.c.type, history.c.id))
        .order_by(history.c.seq, history.c.n)
    )
    found: dict[Key, list[Past]] = {}
    for type_, id_, *rest in connection.execute(statement, {"school": school, **by.params(wanted)}):
        unit, seq, was, old, new, staff, device_, at, made, outcome = rest
        past = Past(unit, seq, was, _load(old), _load(new), staff, device_, at, made, Outcome(outcome))
        found.setdefault((type_, id_), []).append(past)
    return found


def device_names(connection: Connection, devices: Iterable[str]) -> dict[str, str]:
    """What people call these devices."""
    wanted = sorted(set(devices))
    if not wanted:
        return {}
    statement = select(device.c.device, device.c.name).where(device.c.device.in_(bindparam("ids", expanding=True)))
    return {row[0]: row[1] for row in connection.execute(statement, {"ids": wanted})}


def write(
    connection: Connection, school: str, actor: Actor, changes: Iterable[tuple[int, Mapping[Key, list[Past]]]]
) -> None:
    """Store what one push changed. changes: number of the group and what it did, in order."""
    rows: list[dict[str, Any]] = []
    for q, changed in changes:
        for (type_, id_), pasts in changed.items():
            for past in pasts:
                rows.append(
                    {
                        "school": school,
                        "seq": past.seq,
                        "n": len(rows),
                        "type": type_,
                        "id": id_,
                        "field": past.unit,
                        "was": past.was,
                        "old": _dump(past.old),
                        "new": _dump(past.new),
                        "user": actor.user,
                        "staff": past.staff,
                        "device": past.device,
                        "dseq": q,
                        "outcome": past.outcome.value,
                        "at": past.at,
                        "made": past.made,
                    }
                )
    if rows:
        connection.execute(insert(history), rows)


def _dump(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else orjson.dumps(values).decode()


def _load(text: str | None) -> dict[str, Any] | None:
    return None if text is None else orjson.loads(text)
