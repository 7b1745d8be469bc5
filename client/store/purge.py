"""What has ended on this device: records left in no granted scope go, with everything here that repeats what they said.

Hidden at once, in the transaction that learns of it; then no byte of them is left in the file or its log; then the
server is told. Each of the three is on the disk before the next begins, so that a killed program goes on.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

import orjson

from client.store.overlay import Key, held, settle
from client.store.schema import quoted, table
from client.store.writing import Writing, former, ops_of
from sync.engine.rebase import Ground, Op
from sync.protocol.digest import canonical
from sync.protocol.messages import GroupOutcome
from sync.records.conflict import WHOLE_RECORD
from sync.records.registry import TYPES, scopes_of

UNCLEAN: Final = "unclean"
"""Set in `meta` while bytes of purged rows may be left."""
_BEYOND: Final = "beyond"
"""The key in `meta` of the numbers of accepted groups that may be about what is not granted any more."""
_AMONG: Final = "q IN (SELECT value FROM json_each(?))"
_LOST: Final = "scope_set IN (SELECT value FROM json_each(?))"


def purge(writing: Writing, partition: str, *, for_good: bool) -> None:
    """Take away every record of a partition that is left in no granted scope; what waits stays to be sent.

    for_good: their scopes have ended. Else they are about to be loaded anew, and what was said of them here stays.
    """
    sets = "SELECT n FROM scope_set WHERE partition IN (?, ?)"
    numbers = [n for (n,) in writing.run(sets, partition, former(partition))]
    lost = orjson.dumps([number for number in numbers if not writing.holds(number)]).decode()
    types = [name for (name,) in writing.run("SELECT name FROM sqlite_master WHERE type = 'table'") if table(name)]
    laid = {(type_, id_): Ground() for type_, id_ in writing.run(f"SELECT type, id FROM underlay WHERE {_LOST}", lost)}  # noqa: S608
    own = [(type_, id_) for type_ in types for (id_,) in writing.run(_own(type_), lost, type_)]
    if for_good:
        writing.run("DELETE FROM draft")  # nobody can tell what it is about; what is on screen is kept again at a key
        said = {q for type_ in types for (q,) in writing.run(_said(type_), type_, lost)}
        _forget(writing, said | _rowless(writing, partition), {*laid, *own})
    settle(writing, {key: each.ground for key, each in held(writing, own).items()} | laid)
    for type_ in types:
        keep = "id NOT IN (SELECT id FROM underlay WHERE type = ?)"
        sql = f"DELETE FROM {quoted(type_)} WHERE {_LOST} AND {keep}"  # noqa: S608  names from the registry
        if writing.connection.execute(sql, (lost, type_)).rowcount:
            writing.change([type_])
    writing.run(f"DELETE FROM unknown_record WHERE {_LOST}", lost)  # noqa: S608  fixed text


def _rowless(writing: Writing, partition: str) -> set[int]:
    """Numbers of the groups about records that have no row here, deleted ones above all, and that were in no scope
    granted now, or nobody can tell in which.
    """
    granted = {name for (name,) in writing.run("SELECT name FROM scope WHERE partition = ?", partition)}
    groups: dict[Key, set[int]] = defaultdict(set)
    for type_ in (name for (name,) in writing.run("SELECT DISTINCT type FROM edited") if table(name)):
        sql = f"SELECT id, q FROM edited WHERE type = ? AND id NOT IN (SELECT id FROM {quoted(type_)})"  # noqa: S608
        for id_, q in writing.run(sql, type_):
            groups[type_, id_].add(q)
    scopes: dict[Key, set[str]] = defaultdict(set)
    among = orjson.dumps(sorted({q for numbers in groups.values() for q in numbers})).decode()
    for place in ("accepted", "not_accepted", "outbox"):
        for item, before in writing.run(f"SELECT item, before FROM {place} WHERE {_AMONG}", among):  # noqa: S608
            for op, was in zip(ops_of(item), orjson.loads(before), strict=True):
                with suppress(KeyError):
                    fields: dict[str, Any] = was[WHOLE_RECORD] if was and WHOLE_RECORD in was else op.get("set", {})
                    scopes[op["type"], op["id"]].update(scopes_of(TYPES[op["type"]], fields))
    return {q for key, numbers in groups.items() if granted.isdisjoint(scopes[key]) for q in numbers}


def _said(type_: str) -> str:
    """Numbers of the groups that touched rows of a type that are lost."""
    lost = f"SELECT id FROM {quoted(type_)} WHERE {_LOST}"  # noqa: S608  a name from the registry
    return f"SELECT DISTINCT q FROM edited WHERE type = ? AND id IN ({lost})"  # noqa: S608  as above


def _own(type_: str) -> str:
    """Ids of the lost rows under which edits wait, those among them that nobody but the teacher knows of."""
    return f"SELECT id FROM {quoted(type_)} WHERE {_LOST} AND id IN (SELECT id FROM underlay WHERE type = ?)"  # noqa: S608


def forget_said(writing: Writing, keys: Collection[Key]) -> None:
    """Records have gone out of sight: forget what is still here of what was said of them."""
    sql = "SELECT q FROM edited WHERE type = ? AND id = ?"
    _forget(writing, {q for key in keys for (q,) in writing.run(sql, *key)}, keys)


def dealt_with(writing: Writing, q: int) -> None:
    """A teacher has put away a refused group: of one refused for want of a right, nothing has to stay here."""
    late = "outcome = 'quarantined' OR code = 'forbidden'"
    if writing.run(f"SELECT 1 FROM not_accepted WHERE q = ? AND dealt_with AND ({late})", q):  # noqa: S608  fixed text
        _forget(writing, {q}, ())


def answered(writing: Writing, outcomes: Mapping[int, GroupOutcome]) -> None:
    """Groups that waited have their outcomes: remember which of those the school took are about records that have gone,
    or are in no scope granted here. What became of their duties the next pull tells; then they are looked at again.
    """
    among = orjson.dumps(sorted(outcomes)).decode()
    fresh = _of_gone(writing, among) | _met_elsewhere(writing, outcomes, among)
    if writing.run("SELECT 1 FROM ended WHERE partition = ? LIMIT 1", writing.school):
        fresh |= _made_beyond(writing, among)
    if fresh:
        _keep(writing, fresh.union(_beyond(writing)))


def granted(writing: Writing) -> None:
    """The grants are known, and all of their scopes are here: forget what was said of records that are not among them.

    Earlier it would be forgotten of a duty just granted anew as well, and a restored server could not be told it again.
    """
    numbers = _beyond(writing)
    loading = "SELECT 1 FROM scope WHERE partition = ? AND state <> 'live' LIMIT 1"
    if not numbers or writing.run(loading, writing.school):
        return
    among = orjson.dumps(sorted(numbers)).decode()
    over = _of_gone(writing, among) | _made_beyond(writing, among) | _made_elsewhere(writing, among)
    _keep(writing, ())
    if over:
        _forget(writing, over, ())


def renumbered(writing: Writing, by: int) -> None:
    """The groups that were answered have got numbers lower by so much."""
    _keep(writing, {q - by for q in _beyond(writing)})


def _beyond(writing: Writing) -> set[int]:
    """Numbers of the groups that are to be looked at when the grants are known."""
    return {q for text in writing.run("SELECT value FROM meta WHERE key = ?", _BEYOND) for q in orjson.loads(text[0])}


def _keep(writing: Writing, numbers: Collection[int]) -> None:
    writing.run("DELETE FROM meta WHERE key = ?", _BEYOND)
    if numbers:
        writing.run("INSERT INTO meta VALUES (?, ?)", _BEYOND, orjson.dumps(sorted(numbers)).decode())


def _of_gone(writing: Writing, among: str) -> set[int]:
    """Numbers of those of the accepted groups that changed a record which went while they waited, and is not here."""
    sql = (
        f"SELECT q, item, before FROM accepted WHERE {_AMONG} "  # noqa: S608  fixed text
        "AND EXISTS (SELECT 1 FROM json_each(before) WHERE type = 'null')"
    )
    return {
        q
        for q, item, before in writing.run(sql, among)
        for op, was in zip(ops_of(item), orjson.loads(before), strict=True)
        if was is None and not _is_here(writing, op)
    }


def _made_beyond(writing: Writing, among: str) -> set[int]:
    """Numbers of those of the accepted groups that make a record in scopes none of which is granted."""
    held = {name for (name,) in writing.run("SELECT name FROM scope WHERE partition = ?", writing.school)}
    return {
        q
        for q, item in writing.run(f"SELECT q, item FROM accepted WHERE {_AMONG}", among)  # noqa: S608  fixed text
        for op in ops_of(item)
        if op["do"] == "create" and _is_beyond(writing, op, held)
    }


def _met_elsewhere(writing: Writing, outcomes: Mapping[int, GroupOutcome], among: str) -> set[int]:
    """Numbers of those of the accepted groups that make a record which the school had already, and which is not here:
    it may lie in other scopes than the group says.
    """
    return {
        q
        for q, item in writing.run(f"SELECT q, item FROM accepted WHERE {_AMONG}", among)  # noqa: S608
        for at, op in enumerate(ops_of(item))
        if op["do"] == "create" and any(mark[0] == at for mark in outcomes[q].ops) and not _is_here(writing, op)
    }


def _made_elsewhere(writing: Writing, among: str) -> set[int]:
    """Numbers of those of the accepted groups that make a record which is not here."""
    return {
        q
        for q, item in writing.run(f"SELECT q, item FROM accepted WHERE {_AMONG}", among)  # noqa: S608
        if any(op["do"] == "create" and not _is_here(writing, op) for op in ops_of(item))
    }


def _is_beyond(writing: Writing, op: Op, held: Collection[str]) -> bool:
    """Whether a record is in none of these scopes; where its op does not say in which it is, whether it has no row."""
    try:
        return not any(name in held for name in scopes_of(TYPES[op["type"]], op["set"]))
    except KeyError:
        return not _is_here(writing, op)


def _is_here(writing: Writing, op: Op) -> bool:
    """Whether the record of an op has a row."""
    if not table(op["type"]):
        return False
    return bool(writing.run(f"SELECT 1 FROM {quoted(op['type'])} WHERE id = ?", op["id"]))  # noqa: S608  from the registry


def _forget(writing: Writing, groups: Collection[int], keys: Collection[Key]) -> None:
    """Empty answered groups, which keep their number and hash, and forget what waiting ones had replaced: null stands
    there, and tells that the record has gone.

    What waits, and what was refused and nobody has dealt with, is the teacher's own. keys: the records that go.
    """
    writing.run("INSERT OR REPLACE INTO meta VALUES (?, '1')", UNCLEAN)
    numbers = orjson.dumps(sorted(groups)).decode()
    for place, which in (("accepted", _AMONG), ("not_accepted", f"{_AMONG} AND dealt_with")):
        for q, item, hash_ in writing.run(f"SELECT q, item, hash FROM {place} WHERE {which}", numbers):  # noqa: S608
            writing.run(
                f"UPDATE {place} SET item = ?, before = '[]' WHERE q = ?",  # noqa: S608  fixed text
                *(emptied(item, hash_), q),
            )
            writing.run("DELETE FROM edited WHERE q = ?", q)
            writing.run("DELETE FROM merged WHERE q = ?", q)
            writing.reopened(q)
    gone = set(keys)
    for q, item, before in writing.run(f"SELECT q, item, before FROM outbox WHERE {_AMONG}", numbers):  # noqa: S608
        pairs = zip(ops_of(item), orjson.loads(before), strict=True)
        kept: list[Any] = [None if (op["type"], op["id"]) in gone else was for op, was in pairs]
        writing.run("UPDATE outbox SET before = ? WHERE q = ?", orjson.dumps(kept).decode(), q)
    for q, item in writing.run(f"SELECT q, item FROM not_accepted WHERE {_AMONG}", numbers):  # noqa: S608
        nothing = orjson.dumps([None for _ in ops_of(item)]).decode()
        writing.run("UPDATE not_accepted SET before = ? WHERE q = ?", nothing, q)
    writing.run(f"DELETE FROM undo WHERE again IS NOT NULL OR {_AMONG}", numbers)  # noqa: S608  fixed text


def emptied(item: str, hash_: str) -> str:
    """A group without its content, as it is sent where it has to be sent again."""
    was = orjson.loads(item)
    return canonical({**was, "group": {**was["group"], "ops": []}, "gone": hash_}).decode()


def end(writing: Writing, partition: str, names: Iterable[str]) -> None:
    """Scopes have ended: their records go now, and all that is left of them soon."""
    sql = "INSERT OR REPLACE INTO ended VALUES (?, ?, 'gone')"
    writing.connection.executemany(sql, [(partition, name) for name in names])
    purge(writing, partition, for_good=True)


def complete(writing: Writing, partition: str) -> None:
    """Scopes that were loaded anew are live: let go of what the load did not bring again (`client.store.former`)."""
    aside = former(partition)
    if not writing.run("SELECT 1 FROM scope WHERE partition = ? LIMIT 1", aside):
        return
    live = "SELECT name FROM scope WHERE partition = ? AND state = 'live'"
    writing.run(f"DELETE FROM scope WHERE partition = ? AND name IN ({live})", aside, partition)  # noqa: S608  fixed text
    writing.regranted()
    purge(writing, partition, for_good=False)
    if not writing.granted(aside):
        writing.run("DELETE FROM scope_set WHERE partition = ?", aside)
        writing.renumbered()


def back(writing: Writing, partition: str, names: Iterable[str]) -> None:
    """Scopes are granted, anew perhaps."""
    sql = "DELETE FROM ended WHERE partition = ? AND name = ?"
    writing.connection.executemany(sql, [(partition, name) for name in names])


def clean(writing: Writing) -> None:
    """Leave no byte of what was purged, outside of any transaction; while somebody reads, it remains to be done.

    Deleting overwrites, but a page that is built anew keeps what lay in its gaps: only a new file is free of it. The
    commit at the end waits for the disk, and the shortened log with it.
    """
    writing.run("VACUUM")
    if not writing.empty_log():
        return
    writing.begin(lasting=True)
    writing.run("DELETE FROM meta WHERE key = ?", UNCLEAN)
    writing.run("UPDATE ended SET step = 'clean' WHERE step = 'gone'")
    writing.run("COMMIT")


def told(writing: Writing, partition: str, names: Iterable[str]) -> None:
    """The server knows that nothing is left of these scopes."""
    sql = "UPDATE ended SET step = 'told' WHERE partition = ? AND name = ? AND step = 'clean'"
    writing.connection.executemany(sql, [(partition, name) for name in names])


def tell_again(writing: Writing, partition: str | None = None) -> None:
    """The server may not know any more, or knows it of another device. partition: None for all."""
    sql = "UPDATE ended SET step = 'clean' WHERE step = 'told' AND partition = coalesce(?, partition)"
    writing.run(sql, partition)
