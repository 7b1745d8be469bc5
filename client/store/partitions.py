"""How far each partition is: epoch, grants, scopes, the load and the live pull under way."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import orjson

from client.store import carrying, file_upkeep
from client.store.database import Connection, snapshot
from client.store.facts import Enrolment
from client.store.outbox import stamp
from client.store.purge import UNCLEAN, back, complete, end
from client.store.sync_log import log
from client.store.writing import Writing, former
from sync.engine.plan import tier
from sync.engine.store import Load, PartitionState, Scope, ScopeState, StoreState
from sync.protocol.errors import RowsDiffer
from sync.protocol.messages import GrantSet
from sync.records.registry import TYPES

SCHOOL: Final = "school"
_SHARED_EVERY: Final = timedelta(minutes=30)
"""So often the shared partitions above the school are asked."""
_COMPARED_EVERY: Final = timedelta(hours=24)
"""So often all rows are held against the server's."""
UNSURE: Final = ""
"""Stands where the time of the last comparison would, when one is due at once."""
COMPARED: Final = "compared"
"""The key in `meta` of {partition: [when its rows were compared last, how many of them were put right]}."""
_REPAIRS: Final = 3
_STATES: Final = {state.value: state for state in ScopeState}
_SCOPES: Final = "SELECT partition, state, cursor, json_group_array(name) FROM scope GROUP BY partition, state, cursor"
"""Hundreds of scopes, nearly all of them live: read several times a round, and in very few rows."""

_TO_SEND: Final = """
SELECT count(*), min(q), max(q) FROM outbox
WHERE q > coalesce((SELECT cast(value AS INTEGER) FROM meta WHERE key = 'forgotten'), 0)
AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'recovering')
"""
"""What waits and may be sent: neither while groups are lost here, nor once the school has an outcome to tell."""


def state(connection: Connection, school: str, now: datetime) -> StoreState:
    """All partitions, the shared ones first, read in one snapshot."""
    scopes: dict[str, dict[str, Scope]] = {}
    with snapshot(connection):
        for partition, state_, cursor, names in connection.execute(_SCOPES):
            each = dict.fromkeys(orjson.loads(names), Scope(_STATES[state_], cursor))
            scopes.setdefault(partition, {}).update(each)
        ended, away = _named(connection, "ended WHERE step = 'clean'"), _named(connection, "away")
        rows = connection.execute("SELECT * FROM partition ORDER BY name = 'school', name DESC").fetchall()
        waiting, oldest, newest = connection.execute(_TO_SEND).fetchone()
        held = _meta(connection)
        files = carrying.waiting(connection)
    since = (stamp(now - _SHARED_EVERY), stamp(now - _COMPARED_EVERY))
    partitions = tuple(
        replace(
            _state(row, scopes.get(row["id"], {}), since),
            ended=ended.get(row["id"], ()),
            away=frozenset(away.get(row["id"], ())),
            renewing=former(row["id"]) in scopes,
        )
        for row in rows
    )
    acked = (int(held["acked"]), held["acked_chain"]) if "acked" in held else None
    return StoreState(school, partitions, waiting, acked, oldest or 0, newest or 0, files, UNCLEAN in held)


def _state(row: Any, scopes: Mapping[str, Scope], since: tuple[str, str]) -> PartitionState:
    """since: before when a partition must have been asked, and compared, to be due again."""
    asked, compared = since
    load = None if row["loading"] is None else Load(orjson.loads(row["loading"]), row["load_next"])
    unfinished = load is not None or any(scope.state is not ScopeState.LIVE for scope in scopes.values())
    stale = row["pulled_at"] is None or row["pulled_at"] < asked
    unsure = row["checked"] is not None and row["checked"] < compared
    return PartitionState(
        id=row["id"],
        name=row["name"],
        epoch=row["epoch"],
        cursor=row["cursor"],
        grants=row["grants"],
        scopes=scopes,
        load=load,
        next=row["next"],
        ready=bool(row["ready"]),
        due=row["name"] == SCHOOL or unfinished or stale or row["checked"] == UNSURE,
        unsure=unsure,
        differed=row["differed"],
    )


def _named(connection: Connection, which: str) -> dict[str, tuple[str, ...]]:
    rows = connection.execute(f"SELECT partition, json_group_array(name) FROM {which} GROUP BY 1")  # noqa: S608  ours
    return {partition: tuple(orjson.loads(names)) for partition, names in rows}


def _meta(connection: Connection) -> dict[str, str]:
    return dict(map(tuple, connection.execute("SELECT key, value FROM meta")))


def enrol(connection: Connection, enrolment: Enrolment) -> None:
    """Say whose store this is, in a store that is being made."""
    said = {
        "device": enrolment.device,
        "user": enrolment.user,
        "staff": enrolment.staff,
        "school": enrolment.school,
        "device_name": enrolment.device_name,
    }
    if enrolment.numbers is not None:
        q, chain = enrolment.numbers
        said |= {"acked": str(q), "acked_chain": chain}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", said.items())
    connection.executemany("INSERT INTO partition (id, name) VALUES (?, ?)", enrolment.partitions.items())


def enrolled(connection: Connection) -> Enrolment | None:
    """Whose store this is; None in one that was never finished."""
    said = _meta(connection)
    if "device" not in said:
        return None
    partitions = {row["id"]: row["name"] for row in connection.execute("SELECT id, name FROM partition")}
    return Enrolment(
        device=said["device"],
        user=said["user"],
        staff=said["staff"],
        school=said["school"],
        partitions=partitions,
        device_name=said["device_name"],
        former=said.get("former"),
    )


def owner(connection: Connection) -> Enrolment:
    """Whose store this is."""
    found = enrolled(connection)
    assert found is not None
    return found


def take_grants(writing: Writing, partition: str, epoch: str, grants: GrantSet) -> None:
    """Hold exactly this set. New scopes wait to be loaded, what was put away does not; records left in no granted scope
    are purged.

    A live pull of several pages begins anew; a load under way goes on while one of its scopes is granted (I20).
    """
    wanted = {grant.scope for grant in grants.rows}
    away = {name for (name,) in writing.run("SELECT name FROM away WHERE partition = ?", partition)}
    held = {name for (name,) in writing.run("SELECT name FROM scope WHERE partition = ?", partition)} | away
    writing.run(
        "UPDATE partition SET epoch = ?, grants = ?, next = NULL, ready = 0 WHERE id = ?",
        *(epoch, grants.hash, partition),
    )
    load = load_under_way(writing, partition)
    if load is not None and wanted.isdisjoint(load.names):
        writing.run("UPDATE partition SET loading = NULL, load_next = NULL WHERE id = ?", partition)
    writing.run("DELETE FROM stage WHERE partition = ?", partition)
    writing.run("DELETE FROM granted WHERE partition = ?", partition)
    writing.connection.executemany(
        "INSERT INTO granted VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (partition, n, grant.scope, grant.role, grant.rights, grant.since, grant.until)
            for n, grant in enumerate(grants.rows)
        ],
    )
    fresh = [(partition, name) for name in wanted - held]
    writing.connection.executemany("INSERT INTO scope VALUES (?, ?, 'none', NULL)", fresh)
    for name in held - wanted:
        writing.run("DELETE FROM scope WHERE partition IN (?, ?) AND name = ?", partition, former(partition), name)
        writing.run("DELETE FROM away WHERE partition = ? AND name = ?", partition, name)
    writing.regranted()
    back(writing, partition, wanted)
    if held - wanted:
        files = file_upkeep.before_purge(writing)
        end(writing, partition, held - wanted)
        file_upkeep.purge(writing, files)
        # A row of a scope being loaded that had come with one that has ended may have left before the load began.
        writing.run(
            "UPDATE partition SET checked = ? WHERE id = ? AND EXISTS "
            "(SELECT 1 FROM scope WHERE partition = partition.id AND state = 'loading')",
            *(UNSURE, partition),
        )
    without_live(writing, partition)
    writing.change(["grant"])


def begin_load(writing: Writing, partition: str, load: Load) -> Load | None:
    """Remember a load, so that a killed one goes on; None where not all its scopes wait to be loaded."""
    names = orjson.dumps(load.names).decode()
    waiting = "partition = ? AND state = 'none' AND name IN (SELECT value FROM json_each(?))"
    ((count,),) = writing.run(f"SELECT count(*) FROM scope WHERE {waiting}", partition, names)  # noqa: S608  our text
    if count < len(load.names):
        return None
    writing.run(f"UPDATE scope SET state = 'loading' WHERE {waiting}", partition, names)  # noqa: S608  as above
    text = orjson.dumps(dict(load.loading)).decode()
    writing.run("UPDATE partition SET loading = ?, load_next = NULL WHERE id = ?", text, partition)
    writing.regranted()
    return load


def load_under_way(writing: Writing, partition: str) -> Load | None:
    """The load a partition is in."""
    ((loading, next_),) = writing.run("SELECT loading, load_next FROM partition WHERE id = ?", partition)
    return None if loading is None else Load(orjson.loads(loading), next_)


def loaded(writing: Writing, partition: str, load: Load, cursor: int, now: datetime) -> bool:
    """A load has come to its end at `cursor`. Its scopes are live at once when nothing else is to be caught up with.

    One of them that ended and came back meanwhile has lost its rows and is loaded again.
    """
    ((live,),) = writing.run("SELECT cursor FROM partition WHERE id = ?", partition)
    at_once = live in (None, cursor)
    state, where = (ScopeState.LIVE, None) if at_once else (ScopeState.LOADING, cursor)
    writing.connection.executemany(
        "UPDATE scope SET state = ?, cursor = ? WHERE partition = ? AND name = ? AND state = 'loading'",
        [(state, where, partition, name) for name in load.names],
    )
    writing.run("UPDATE partition SET loading = NULL, load_next = NULL WHERE id = ?", partition)
    if at_once:
        reached(writing, partition, cursor, now)
        writing.change(TYPES)
    return at_once


def reached(writing: Writing, partition: str, cursor: int, now: datetime) -> None:
    """A live pull has come to its end at `cursor`: scopes whose load ended before it are live now."""
    writing.run(
        "UPDATE partition SET cursor = ?, next = NULL, ready = 0, pulled_at = ?, checked = coalesce(checked, ?) "
        "WHERE id = ?",
        *(cursor, stamp(now), stamp(now), partition),
    )
    writing.run("DELETE FROM stage WHERE partition = ?", partition)
    joined = writing.connection.execute(
        "UPDATE scope SET state = 'live', cursor = NULL WHERE partition = ? AND state = 'loading' AND cursor <= ?",
        (partition, cursor),
    ).rowcount
    if joined:
        writing.change(TYPES)
    complete(writing, partition)


def stands_at(writing: Writing, partition: str, cursor: int | None, grants: str) -> bool:
    """Whether all of a partition is here as it was at `cursor`, with nothing under way; `grants`: hash of the set."""
    return bool(
        writing.run(
            "SELECT 1 FROM partition p WHERE id = ? AND cursor = ? AND grants = ? AND next IS NULL AND NOT ready AND "
            "loading IS NULL AND NOT EXISTS (SELECT 1 FROM scope WHERE partition = p.id AND state <> 'live')",
            *(partition, cursor, grants),
        )
    )


def forget_pages(writing: Writing, partition: str) -> None:
    """Forget the pages of the live pull under way; the next one begins at the cursor."""
    writing.run("UPDATE partition SET next = NULL, ready = 0 WHERE id = ?", partition)
    writing.run("DELETE FROM stage WHERE partition = ?", partition)


def doubt(writing: Writing) -> None:
    """Have everything compared in the next round."""
    writing.run("UPDATE partition SET checked = ?, differed = 0", UNSURE)


def compared(writing: Writing, partition: str, found: Mapping[str, int], now: datetime) -> None:
    """Remember a comparison. found: {scope: rows put right}; while rows differ the next one is due at once, but not
    for ever: what three steps of repair do not mend is looked at again a day later.
    """
    ((differed,),) = writing.run("SELECT differed FROM partition WHERE id = ?", partition)
    again = bool(found) and differed < _REPAIRS
    _remember(writing, partition, sum(found.values()), now, goes_on=differed > 0)
    writing.run(
        "UPDATE partition SET checked = ?, differed = ? WHERE id = ?",
        *(UNSURE if again else stamp(now), differed + 1 if again else 0, partition),
    )
    for scope, rows in found.items():
        log(writing, f"E-{RowsDiffer.NUMBER}", {"scope": scope, "rows": rows, "step": differed + 1}, now)


def _remember(writing: Writing, partition: str, rows: int, now: datetime, *, goes_on: bool) -> None:
    """Keep when a partition was compared last, and how many rows were put right, over all steps of one repair."""
    told: dict[str, list[Any]] = orjson.loads(_meta(writing.connection).get(COMPARED, "{}"))
    before: int = told[partition][1] if goes_on and partition in told else 0
    told[partition] = [stamp(now), before + rows]
    writing.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", COMPARED, orjson.dumps(told).decode())


def without_live(writing: Writing, partition: str) -> None:
    """A partition without a live scope has no cursor."""
    if not writing.run("SELECT 1 FROM scope WHERE partition = ? AND state = 'live' LIMIT 1", partition):
        writing.run("UPDATE partition SET cursor = NULL WHERE id = ?", partition)


def in_use(writing: Writing) -> bool:
    """Whether a teacher works in this store already: more than names is live."""
    names = writing.run("SELECT name FROM scope WHERE state = 'live'")
    return any(tier(name) > 0 for (name,) in names)
