"""Loading scopes from their start; what was complete of them stays in sight until it is so again.

Its rows become those of another partition, the former one, whose scopes stay live: whoever looks finds them as before.
A row the load brings goes over to the partition itself; when a scope is complete, what is left of it goes.
"""

from collections.abc import Collection
from typing import Final

import orjson

from client.store.partitions import UNSURE, forget_pages, without_live
from client.store.purge import purge
from client.store.schema import quoted, table
from client.store.writing import Writing, former
from sync.records.registry import TYPES

_NAMES: Final = "SELECT name FROM scope WHERE partition = ?"


def start_over(writing: Writing, partition: str, *, live: bool, doubted: bool) -> None:
    """Forget where a load or a live pull goes on, and load its scopes from their start; with `live`, every scope.

    doubted: as in `load_again`.
    """
    writing.run("UPDATE partition SET loading = NULL, load_next = NULL WHERE id = ?", partition)
    forget_pages(writing, partition)
    names = _NAMES if live else f"{_NAMES} AND state = 'loading'"
    load_again(writing, partition, [name for (name,) in writing.run(names, partition)], doubted=doubted)
    if live:
        writing.run("UPDATE partition SET checked = ? WHERE id = ?", UNSURE, partition)
        writing.run("DELETE FROM tombstone")  # a wrong one would keep its record away for ever
        writing.forget_graves()


def load_again(writing: Writing, partition: str, scopes: Collection[str], *, doubted: bool) -> None:
    """Load these scopes from their start. What was complete of them stays in sight until it is so again.

    doubted: what is here of them may be wrong, and goes first.
    """
    shown = [] if doubted else [name for (name,) in writing.run(f"{_NAMES} AND state = 'live'", partition)]
    for name in scopes:
        writing.run("DELETE FROM scope WHERE partition = ? AND name = ?", partition, name)
        if doubted:
            writing.run("DELETE FROM scope WHERE partition = ? AND name = ?", former(partition), name)
    writing.regranted()
    if not doubted:
        _set_aside(writing, partition, [name for name in shown if name in scopes])
    purge(writing, partition, for_good=False)
    for name in scopes:
        writing.run("INSERT INTO scope VALUES (?, ?, 'none', NULL)", partition, name)
    writing.regranted()
    without_live(writing, partition)


def _set_aside(writing: Writing, partition: str, shown: Collection[str]) -> None:
    """Keep in sight the rows that no scope of the partition holds any more. shown: scopes that were complete."""
    aside = former(partition)
    sql = "INSERT OR IGNORE INTO scope VALUES (?, ?, 'live', NULL)"
    writing.connection.executemany(sql, [(aside, name) for name in shown])
    writing.regranted()
    kept = writing.granted(aside)
    moved: list[tuple[int, int]] = []
    for n, text in writing.run("SELECT n, names FROM scope_set WHERE partition = ?", partition):
        if writing.holds(n) or kept.isdisjoint(orjson.loads(text)):
            continue
        there = writing.run("SELECT n FROM scope_set WHERE partition = ? AND names = ?", aside, text)
        if there:
            moved.append((there[0][0], n))
        else:
            writing.run("UPDATE scope_set SET partition = ? WHERE n = ?", aside, n)
    for name in (*(quoted(type_) for type_ in TYPES if table(type_)), "underlay", "unknown_record"):
        sql = f"UPDATE {name} SET scope_set = ? WHERE scope_set = ?"  # noqa: S608  names from the registry
        writing.connection.executemany(sql, moved)
    writing.renumbered()
