"""Keeps where changes of others met this device's: units that were joined, and fields others changed beside its own.

A unit that both sides changed holds both changes, and the outcome says whose they are. What only others changed, beside
what this device changed meanwhile, shows in the versions of the record, which do not tell by whom.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

import orjson

from client.store.overlay import Key, mapping, visible
from client.store.schema import quoted
from client.store.writing import OUTBOX, Writing, ops_of
from sync.engine.outbox import verdicts
from sync.engine.rebase import Op, units_of
from sync.protocol.messages import GroupOutcome, Outcome
from sync.records.conflict import WHOLE_RECORD
from sync.records.registry import TYPES
from sync.records.versions import version_of

LOOKED_THROUGH: Final = "merged"
"""In `meta`, the last group of which it has been looked whether others changed other fields of its records."""
_Made = tuple[int, int, Op]
"""Number of a group, the version it made, and what it did to a record."""
_Person = tuple[str | None, str | None, str | None]
"""Staff id, device and the server's stamp."""
_NOBODY: Final[_Person] = (None, None, None)


def joined(writing: Writing, outcomes: Iterable[GroupOutcome]) -> None:
    """Keep which units were joined and with whom, once the outcomes and their rows are stored.

    Nothing is kept of a record that is not in sight. An outcome that is told once more changes nothing.
    """
    told = {each.q: each for each in outcomes if each.outcome in (Outcome.MERGED, Outcome.CONFLICT_KEPT)}
    if not told:
        return
    among = orjson.dumps(sorted(told)).decode()
    groups = writing.run("SELECT q, item FROM accepted WHERE q IN (SELECT value FROM json_each(?))", among)
    for q, item in groups:
        ops = ops_of(item)
        for index, unit in _joined(told[q], ops):
            people = [each for each in told[q].merged if (each.op, each.unit) == (index, unit)]
            named: list[_Person] = [(each.by, each.device, each.at) for each in people]
            _keep(writing, q, (ops[index]["type"], ops[index]["id"]), {unit: named or [_NOBODY]})


def _joined(outcome: GroupOutcome, ops: list[Op]) -> Iterator[tuple[int, str]]:
    """Places of the ops and their units that were merged; none of a group whose content is gone."""
    for index, verdict in enumerate(verdicts(outcome, ops) if ops else ()):
        for unit, how in verdict.units.items():
            if how == Outcome.MERGED and unit in TYPES[ops[index]["type"]].units:
                yield index, unit


def beside(writing: Writing) -> None:
    """Keep what others changed in records beside what this device changed meanwhile; after a pull has brought all.

    That is what the school has of a record between the version its edit started from and the one the edit made, and no
    group of this device has made.
    """
    ((last,),) = writing.run("SELECT coalesce(max(cast(value AS INTEGER)), 0) FROM meta WHERE key = ?", LOOKED_THROUGH)
    groups = writing.run("SELECT q, item, seq FROM accepted WHERE q > ? ORDER BY q", last)
    if not groups:
        return
    made: dict[Key, list[_Made]] = defaultdict(list)
    for q, item, seq in groups:
        if seq is None:
            continue
        for op in ops_of(item):
            if op["do"] != "delete":
                made[op["type"], op["id"]].append((q, seq, op))
    for key, versions in _versions(writing, made):
        met = {unit: each[0] for each in made[key] for unit in _beside(writing, key, each, versions)}
        for unit, q in met.items():  # of several groups that waited together the last one
            _keep(writing, q, key, {unit: [_NOBODY]})
    writing.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", LOOKED_THROUGH, str(groups[-1]["q"]))


def _versions(writing: Writing, keys: Collection[Key]) -> Iterator[tuple[Key, Mapping[str, int]]]:
    """The versions of all units, of those of the records that are in sight."""
    for type_ in {type_ for type_, _ in keys}:
        among = orjson.dumps([id_ for kind, id_ in keys if kind == type_]).decode()
        sql = f"SELECT id, ver, fv FROM {quoted(type_)} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
        for id_, ver, fv in writing.run(sql, among):
            own = mapping(fv)
            yield (type_, id_), {unit: version_of(own, ver, unit) for unit in TYPES[type_].units}


def _beside(writing: Writing, key: Key, made: _Made, versions: Mapping[str, int]) -> list[str]:
    """Units of a record that others changed beside what a group made of it. versions: of all of them."""
    (q, seq, op), known = made, TYPES[key[0]]
    ((ver,),) = writing.run("SELECT max(ver) FROM edited WHERE type = ? AND id = ? AND q = ?", *key, q)
    others = sorted(versions.keys() - {*units_of(known, op)})
    met = [unit for unit in others if ver is not None and ver < versions[unit] < seq]
    if met and ver == 0:  # a record this device did not know: what nobody has filled in nobody has changed
        shown = visible(writing, *key)
        met = [unit for unit in met if shown is not None and any(shown.values(known.units[unit]).values())]
    own = "SELECT seq FROM edited JOIN accepted USING (q) WHERE type = ? AND id = ? AND unit IN (?, ?)"
    return [unit for unit in met if (versions[unit],) not in map(tuple, writing.run(own, *key, unit, WHOLE_RECORD))]


def _keep(writing: Writing, q: int, key: Key, units: Mapping[str, list[_Person]]) -> None:
    if not units or not writing.run(f"SELECT 1 FROM {quoted(key[0])} WHERE id = ?", key[1]):  # noqa: S608  a known type
        return
    writing.connection.executemany(
        "INSERT OR IGNORE INTO merged (q, type, id, unit, n, by, device, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(q, *key, unit, n, *person) for unit, people in units.items() for n, person in enumerate(people)],
    )
    writing.change([OUTBOX])


def forget(writing: Writing, groups: Iterable[int]) -> None:
    """Nothing of these groups is to be shown any more."""
    writing.connection.executemany("DELETE FROM merged WHERE q = ?", [(q,) for q in groups])
