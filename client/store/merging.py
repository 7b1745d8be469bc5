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
from sync.records.roles import TwoEditors
from sync.records.versions import version_of

LOOKED_THROUGH: Final = "merged"
"""In `meta`, the last group of which it has been looked whether others changed other fields of its records."""
_Span = tuple[int, int, int]
"""Number of a group, the version of a record it started from, and the one it made."""
_Person = tuple[str | None, str | None, str | None]
"""Staff id, device and the server's stamp."""
_MOVED: Final = """
SELECT DISTINCT edited.q, edited.ver AS seen, accepted.seq, held.id, held.ver, held.fv
FROM edited JOIN accepted ON accepted.q = edited.q JOIN {table} AS held ON held.id = edited.id
WHERE edited.type = ? AND edited.id IN (SELECT value FROM json_each(?)) AND edited.q > ? AND (
  (held.ver > edited.ver AND held.ver < accepted.seq)
  OR EXISTS (SELECT 1 FROM json_each(held.fv) WHERE value > edited.ver AND value < accepted.seq))
ORDER BY edited.q
"""
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
        people: dict[tuple[int, str], list[_Person]] = defaultdict(list)
        for each in told[q].merged:
            people[each.op, each.unit].append((each.by, each.device, each.at))
        for index, unit in _joined(told[q], ops):
            _keep(writing, q, (ops[index]["type"], ops[index]["id"]), {unit: people[index, unit] or [_NOBODY]})


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
    made: dict[Key, dict[int, Op]] = defaultdict(dict)
    for q, item, seq in groups:
        if seq is not None:
            for op in ops_of(item):
                if op["do"] != "delete" and TYPES[op["type"]].two_editors is not TwoEditors.SERVER:
                    made[op["type"], op["id"]][q] = op
    met: dict[tuple[Key, str], int] = {}
    for key, each, versions in _moved(writing, made, last):
        q, seen, seq = each
        if q in made[key]:
            for unit in _beside(writing, key, made[key][q], (seen, seq), versions):
                met[key, unit] = q  # of several groups that waited together the last one
    for (key, unit), q in met.items():
        _keep(writing, q, key, {unit: [_NOBODY]})
    writing.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", LOOKED_THROUGH, str(groups[-1]["q"]))


def _moved(writing: Writing, keys: Collection[Key], last: int) -> Iterator[tuple[Key, _Span, Mapping[str, int]]]:
    """The records in sight of which some unit rose to a version between what a group behind `last` had started from and
    what it made, with the versions of all units; ordered by group.
    """
    for type_ in {type_ for type_, _ in keys}:
        among = orjson.dumps([id_ for kind, id_ in keys if kind == type_]).decode()
        for q, seen, seq, id_, ver, fv in writing.run(_MOVED.format(table=quoted(type_)), type_, among, last):
            own = mapping(fv)
            yield (type_, id_), (q, seen, seq), {unit: version_of(own, ver, unit) for unit in TYPES[type_].units}


def _beside(writing: Writing, key: Key, op: Op, between: tuple[int, int], versions: Mapping[str, int]) -> Iterator[str]:
    """Units of a record that others changed between two versions, beside what an op made of it."""
    known, (seen, seq) = TYPES[key[0]], between
    own = "SELECT 1 FROM edited JOIN accepted USING (q) WHERE type = ? AND id = ? AND unit IN (?, ?) AND seq = ?"
    for unit in versions.keys() - {*units_of(known, op)}:
        if seen < versions[unit] < seq and not writing.run(own, *key, unit, WHOLE_RECORD, versions[unit]):
            shown = visible(writing, *key) if seen == 0 else None
            if shown is None or any(shown.values(known.units[unit]).values()):
                yield unit  # of a record this device did not know, what nobody has filled in nobody has changed


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
