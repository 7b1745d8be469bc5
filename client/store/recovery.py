"""After the school's server was restored, and after this store was copied: what was saved is said again, none twice.

Groups keep their place in the outbox by `q`. Those of a former device get numbers below 1, so that they stay what they
are, behind everything this device says from now on.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson

from client.store.outbox import acked, chain_before, forgotten, mark, newest, touched
from client.store.overlay import held, settle
from client.store.partitions import UNSURE
from client.store.schema import quoted
from client.store.writing import OUTBOX, Writing, ops_of
from sync.engine.rebase import Op
from sync.protocol.digest import CHAIN_START, canonical, chain_next, group_hash
from sync.records.registry import TYPES

_FORMER: Final = 1 << 40
"""By so much the numbers of a former device are moved down."""
_GROUP: Final = "q, rev, at, kind, item, hash, chain, before"


def restored(writing: Writing, partition: str, epoch: str, cut: int) -> None:
    """The server's history was cut at this seq and goes on in another epoch.

    Rows it may not know any more yield to whatever comes, and all are to be compared. What it had accepted since is in
    the outbox again, under the same numbers, for it may not know that either (I14).
    """
    writing.forget()
    writing.run(
        "UPDATE partition SET epoch = ?, cursor = min(cursor, ?), loading = NULL, load_next = NULL, next = NULL, "
        "ready = 0, checked = ?, differed = 0 WHERE id = ?",
        *(epoch, cut, UNSURE, partition),
    )
    writing.run("DELETE FROM stage WHERE partition = ?", partition)
    writing.run("UPDATE scope SET state = 'none', cursor = NULL WHERE partition = ? AND state = 'loading'", partition)
    _yield(writing, partition, cut)
    if partition == writing.school:
        _say_again(writing, cut)
        _say_as_own(writing, cut)
    writing.change(TYPES)


def _yield(writing: Writing, partition: str, cut: int) -> None:
    """Let every row of a later version be replaced by whatever the server sends."""
    within = "ver > ? AND scope_set IN (SELECT n FROM scope_set WHERE partition = ?)"
    for name in (*map(quoted, TYPES), "underlay", "unknown_record"):
        hashed = "" if name in ("underlay", "unknown_record") else ", h = NULL"
        writing.run(f"UPDATE {name} SET ver = 0, fv = NULL{hashed} WHERE {within}", cut, partition)  # noqa: S608  names from the registry
    writing.run("DELETE FROM tombstone WHERE ver > ?", cut)


def _say_again(writing: Writing, cut: int) -> None:
    """Put every group behind the last that the server still knows back into the outbox, as it was sent.

    Whatever made no change there tells no seq, so it is said again too; the server has its outcome, or decides it anew.
    """
    ((known,),) = writing.run("SELECT coalesce(max(q), 0) FROM accepted WHERE seq <= ?", cut)
    first = max(known, forgotten(writing)[0]) + 1
    if first > acked(writing)[0]:
        return
    chain = chain_before(writing, first)
    for table in ("accepted", "not_accepted"):
        rows = writing.run(f"SELECT {_GROUP} FROM {table} WHERE q >= ?", first)  # noqa: S608  fixed text
        for row in rows:
            count = len(ops_of(row["item"]))
            writing.run("INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)", *row, count)
        writing.run(f"DELETE FROM {table} WHERE q >= ?", first)  # noqa: S608  fixed text
        _wait_again(writing, {row["q"]: ops_of(row["item"]) for row in rows})
    mark(writing, "acked", first - 1, chain)
    writing.newest = None
    writing.change([OUTBOX])


def _say_as_own(writing: Writing, cut: int) -> None:
    """What a former device of this store had said, and the server has lost, is said by this one."""
    lost = writing.run(f"SELECT {_GROUP} FROM accepted WHERE q < 1 AND seq > ? ORDER BY q", cut)  # noqa: S608  fixed text
    last, chain = newest(writing)
    numbers = {row["q"]: last + place for place, row in enumerate(lost, start=1)}
    seqs = dict(map(tuple, writing.run("SELECT q, seq FROM accepted WHERE q < 1 AND seq <= ?", cut)))
    for row in lost:
        item = orjson.loads(row["item"])
        shift = item["q"] - row["q"]
        own = {q + shift: number for q, number in numbers.items()}
        item = _renumbered(item, own, {q + shift: seq for q, seq in seqs.items()})
        hash_ = group_hash(item)
        chain = chain_next(chain, hash_)
        head = (item["q"], row["rev"], row["at"], row["kind"], canonical(item).decode(), hash_, chain, row["before"])
        writing.run("INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)", *head, len(item["group"]["ops"]))
        writing.run("DELETE FROM accepted WHERE q = ?", row["q"])
        writing.run("DELETE FROM edited WHERE q = ?", row["q"])
        writing.run("UPDATE undo SET q = ? WHERE q = ?", item["q"], row["q"])
        _wait_again(writing, {item["q"]: item["group"]["ops"]})
    writing.newest = None


def _wait_again(writing: Writing, groups: Mapping[int, Iterable[Op]]) -> None:
    units = [(*unit, q) for q, ops in groups.items() for op in ops for unit in touched(op)]
    writing.connection.executemany(
        "INSERT INTO edited (type, id, unit, q) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = 'waiting'", units
    )
    keys = {(op["type"], op["id"]): None for ops in groups.values() for op in ops}
    settle(writing, {key: each.ground for key, each in held(writing, keys).items()})


def forked(writing: Writing, device: str) -> None:
    """This store is a copy of another: it goes on as a device of its own. device: a new id (I13).

    What waits is numbered anew; a base that names a group of the former device becomes the version that group made, or
    0, which keeps both values. The tokens were the former device's: the teacher signs in again.
    """
    former = dict(map(tuple, writing.run("SELECT q, seq FROM accepted WHERE outcome IN ('applied', 'same')")))
    waiting = writing.run("SELECT q, rev, at, kind, item, before, ops FROM outbox ORDER BY q")
    numbers = {row["q"]: number for number, row in enumerate(waiting, start=1)}
    for table in ("accepted", "not_accepted", "edited", "undo"):
        writing.run(f"UPDATE {table} SET q = q - {_FORMER} WHERE q NOT IN (SELECT q FROM outbox)")  # noqa: S608  fixed text
    writing.run("DELETE FROM outbox")
    chain = CHAIN_START
    for row in waiting:
        item = _renumbered(orjson.loads(row["item"]), numbers, former)
        hash_ = group_hash(item)
        chain = chain_next(chain, hash_)
        head = (numbers[row["q"]], row["rev"], row["at"], row["kind"], canonical(item).decode(), hash_, chain)
        writing.run("INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)", *head, row["before"], row["ops"])
        for table in ("edited", "undo"):  # ascending, and never above the old number: none is met twice
            writing.run(f"UPDATE {table} SET q = ? WHERE q = ?", numbers[row["q"]], row["q"])  # noqa: S608  fixed text
    writing.run("DELETE FROM meta WHERE key IN ('acked', 'acked_chain', 'forgotten', 'forgotten_chain', 'tokens')")
    writing.run("INSERT OR REPLACE INTO meta VALUES ('device', ?)", device)
    writing.forget()
    keys = {(op["type"], op["id"]): None for row in waiting for op in ops_of(row["item"])}
    settle(writing, {key: each.ground for key, each in held(writing, keys).items()})
    writing.change([*TYPES, OUTBOX])


def _renumbered(item: dict[str, Any], numbers: Mapping[int, int], former: Mapping[int, int | None]) -> dict[str, Any]:
    """A waiting group under its new number."""

    def base(held: int | str) -> int | str:
        if isinstance(held, int):
            return held
        q = int(held[1:])
        return f"q{numbers[q]}" if q in numbers else former.get(q) or 0

    for op in item["group"]["ops"]:
        if op["do"] == "patch":
            op["base"] = {unit: base(each) for unit, each in op["base"].items()}
        elif op["do"] == "delete":
            op["base"] = base(op["base"])
    return item | {"q": numbers[item["q"]]}
