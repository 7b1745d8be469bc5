"""History: every change of every unit, the audit trail, the base of merges and of undo."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Connection, Select, bindparam, select

from sync.protocol.messages import Outcome
from sync.server.decide.world import Actor, Key, Past
from sync.server.storage.engines import Database
from sync.server.storage.identity import device
from sync.server.storage.many import KeyTable
from sync.server.storage.tables import history


@lru_cache(maxsize=8)
def _read_statement(by: KeyTable) -> Select[*tuple[Any, ...]]:
    return (
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
        .select_from(by.joined(history))
        .order_by(history.c.seq, history.c.n)
    )


def read(database: Database, connection: Connection, school: str, keys: Iterable[Key]) -> dict[Key, list[Past]]:
    """What happened to these records, oldest first."""
    wanted = sorted(keys)
    if not wanted:
        return {}
    statement = _read_statement(database.keys)
    found: dict[Key, list[Past]] = {}
    values = {"school": school, **database.keys.params(wanted)}
    for type_, id_, *rest in connection.execute(statement, values).all():
        if type_ is None:
            continue  # a key without a past
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
    database: Database,
    connection: Connection,
    school: str,
    actor: Actor,
    changes: Iterable[Mapping[Key, list[Past]]],
) -> None:
    """Store what one push changed. actor: who pushed. changes: what each group did, in order.

    Of a late edit that was accepted, `user` is who accepted it; staff, device and number are the author's.
    """
    rows: list[tuple[Any, ...]] = []
    for changed in changes:
        for (type_, id_), pasts in changed.items():
            for past in pasts:
                change = (past.unit, past.was, _dump(past.old), _dump(past.new))
                who = (actor.user, past.staff, past.device, past.q)
                how = (past.outcome.value, past.at, past.made)
                rows.append((school, past.seq, len(rows), type_, id_, *change, *who, *how))
    if rows:
        database.store(connection, history, rows, replace=False)


def _dump(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else orjson.dumps(values).decode()


def _load(text: str | None) -> dict[str, Any] | None:
    return None if text is None else orjson.loads(text)
