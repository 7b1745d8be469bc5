"""After the school's server was restored, and after this store was copied: what was saved is said again, none twice.

Groups keep their place in the outbox by `q`. Those of a former device get numbers below 1, so that they stay what they
are, behind everything this device says from now on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from client.store import file_upkeep
from client.store.chain import chain_before, forgotten, mark, newest, reopened
from client.store.facts import Row
from client.store.outbox import VOID, touched
from client.store.overlay import Key, held, settle
from client.store.partitions import UNSURE
from client.store.purge import renumbered, tell_again
from client.store.schema import quoted
from client.store.writing import OUTBOX, Writing, former, ops_of
from sync.engine.rebase import Op
from sync.engine.retell import Retelling, names_later, young
from sync.protocol.digest import CHAIN_START, canonical, chain_next, group_hash
from sync.records.registry import TYPES

_FORMER: Final = 1 << 40
"""By so much the numbers of a former device are moved down."""
_GROUP: Final = "q, rev, at, kind, item, hash, chain, before"
_ITS_HASH: Final = f"q, rev, at, '{VOID}', json_set(item, '$.group.ops', json('[]'), '$.gone', hash), hash, chain, '[]'"
_PUT_AWAY: Final = "(dealt_with AND outcome <> 'quarantined')"
"""Not what came late: the school has that to decide, and is told of it by nobody else."""


def restored(writing: Writing, partition: str, epoch: str, cut: int) -> None:
    """The server's history was cut at this seq and goes on in another epoch.

    Rows it may not know any more yield to whatever comes, and all are to be compared. What it had accepted since is in
    the outbox again, for it may not know that either (I14).
    """
    writing.forget()
    writing.run(
        "UPDATE partition SET epoch = ?, cursor = min(cursor, ?), loading = NULL, load_next = NULL, next = NULL, "
        "ready = 0, checked = ?, differed = 0 WHERE id = ?",
        *(epoch, cut, UNSURE, partition),
    )
    writing.run("DELETE FROM stage WHERE partition = ?", partition)
    writing.run("UPDATE scope SET state = 'none', cursor = NULL WHERE partition = ? AND state = 'loading'", partition)
    if partition == writing.school:
        _tell_again(writing, cut)
        file_upkeep.told_again(writing)
        writing.set_back = True
    _yield(writing, partition, cut)
    tell_again(writing, partition)
    writing.change([*TYPES, OUTBOX])


def _yield(writing: Writing, partition: str, cut: int) -> None:
    """Let every row of a later version be replaced by whatever the server sends."""
    within = "ver > ? AND (scope_set = 0 OR scope_set IN (SELECT n FROM scope_set WHERE partition IN (?, ?)))"
    for name in (*map(quoted, TYPES), "underlay", "unknown_record"):  # under an edit nothing may lie, in no scope
        hashed = "" if name in ("underlay", "unknown_record") else ", h = NULL"
        writing.run(f"UPDATE {name} SET ver = 0, fv = NULL{hashed} WHERE {within}", cut, partition, former(partition))  # noqa: S608  names from the registry
    writing.run("DELETE FROM tombstone WHERE ver > ?", cut)


@dataclass(frozen=True, slots=True)
class _Told:
    """A group to be told. q: its number from now on; formerly: the one it has here; seq: what it had made, or None.

    frozen: the server may know it as it is, so that it must not change.
    """

    q: int
    formerly: int
    row: Row
    seq: int | None
    frozen: bool


def _tell_again(writing: Writing, cut: int) -> None:
    """Put every group behind the last that the server surely knows into the outbox: those it had taken, those it had
    refused, what waits, and at the end what a former device of this store had told it. Of what it had refused and the
    teacher has put away only the hash is told, which keeps the number: nobody is to decide that once more.

    What made no change tells no seq; the server has its outcome, or decides it anew.
    """
    ((known,),) = writing.run("SELECT coalesce(max(q), 0) FROM accepted WHERE q > 0 AND seq <= ?", cut)
    again = reopened(writing, known)
    groups = list(_behind(writing, (known if again else max(known, forgotten(writing)[0])) + 1, cut))
    if not groups:
        return
    first = groups[0].q
    chain = chain_before(writing, first)
    if not again:
        mark(writing, "acked", first - 1, chain)
    telling = Retelling(cut, _young(writing, groups, cut))
    numbers = {each.formerly: each.q for each in groups}
    _clear(writing, groups)
    for each in groups:
        item = orjson.loads(each.row["item"])
        former = item["q"] - each.formerly
        ops = item["group"]["ops"] if not former else _renamed(writing, item, former, numbers)
        if each.frozen:
            telling.kept(each.q, ops)
        else:
            ops = telling.told(each.q, ops, each.seq)
        rev = item["rev"] + (ops != item["group"]["ops"])
        item = {**item, "q": each.q, "rev": rev, "group": {**item["group"], "ops": ops}}
        hash_ = group_hash(item)
        chain = chain_next(chain, hash_)
        head = (each.q, rev, each.row["at"], each.row["kind"], canonical(item).decode(), hash_, chain)
        writing.run(
            "INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(*head, each.row["before"], len(ops), int(each.row["in_flight"])),
        )
        writing.regrouped[each.q] = (each.row["kind"], head[4])
    writing.newest = None
    _wait_again(writing, groups)


def _behind(writing: Writing, first: int, cut: int) -> Iterator[_Told]:
    """All groups to be told, in their order."""
    own = writing.run(
        f"SELECT {_GROUP}, seq, 1 AS in_flight FROM accepted WHERE q >= ? "  # noqa: S608  fixed text
        f"UNION ALL SELECT {_GROUP}, NULL, 1 FROM not_accepted WHERE q >= ? AND NOT {_PUT_AWAY} "
        f"UNION ALL SELECT {_ITS_HASH}, NULL, 1 FROM not_accepted WHERE q >= ? AND {_PUT_AWAY} "
        f"UNION ALL SELECT {_GROUP}, NULL, in_flight FROM outbox ORDER BY q",
        *(first, first, first),
    )
    frozen = True
    for row in own:
        frozen = frozen and bool(row["in_flight"]) and not _is_later(row, cut)
        yield _Told(row["q"], row["q"], row, row["seq"], frozen)
    lost = f"SELECT {_GROUP}, seq, 0 AS in_flight FROM accepted WHERE q < 1 AND seq > ? ORDER BY q"  # noqa: S608
    last = own[-1]["q"] if own else newest(writing)[0]
    for place, row in enumerate(writing.run(lost, cut), start=1):
        yield _Told(last + place, row["q"], row, row["seq"], frozen=False)


def _is_later(row: Row, cut: int) -> bool:
    """Whether a group came to the server after the cut for certain."""
    return names_later(ops_of(row["item"]), cut) if row["seq"] is None else row["seq"] > cut


def _young(writing: Writing, groups: Iterable[_Told], cut: int) -> dict[Key, Mapping[str, Any]]:
    """What is needed to make the records anew that came after the cut."""
    keys = {(op["type"], op["id"]): None for each in groups for op in ops_of(each.row["item"])}
    found = {key: young(TYPES[key[0]], each.ground, cut) for key, each in held(writing, keys).items()}
    return {key: fields for key, fields in found.items() if fields is not None}


def _clear(writing: Writing, groups: Sequence[_Told]) -> None:
    """Take groups from where they lie."""
    for table in ("outbox", "accepted", "not_accepted", "merged"):
        writing.connection.executemany(
            f"DELETE FROM {table} WHERE q = ?",  # noqa: S608  fixed text
            [(each.formerly,) for each in groups],
        )
    for each in groups:
        writing.reopened(each.formerly)


def _renamed(writing: Writing, item: Mapping[str, Any], former: int, numbers: Mapping[int, int]) -> list[Op]:
    """The ops of a group of a former device, whose own groups have other numbers now. former: how far they moved."""
    made = dict(map(tuple, writing.run("SELECT q, seq FROM accepted WHERE q < 1")))
    own = {q + former: number for q, number in numbers.items()}
    return _rebased(item, own, {q + former: seq for q, seq in made.items()}, 2**53)


def _wait_again(writing: Writing, groups: Iterable[_Told]) -> None:
    """Show that these groups wait."""
    units: list[tuple[Any, ...]] = []
    keys: dict[Key, None] = {}
    for each in groups:
        if each.row["kind"] == VOID:
            writing.run("DELETE FROM edited WHERE q = ?", each.formerly)
        elif each.q != each.formerly:
            writing.run("DELETE FROM edited WHERE q = ?", each.formerly)
            writing.run("UPDATE undo SET q = ? WHERE q = ?", each.q, each.formerly)
        for op in ops_of(each.row["item"]):
            units += [(*unit, each.q) for unit in touched(op)]
            keys[op["type"], op["id"]] = None
    again = "ON CONFLICT DO UPDATE SET state = 'waiting', ver = NULL"
    writing.connection.executemany(f"INSERT INTO edited (type, id, unit, q) VALUES (?, ?, ?, ?) {again}", units)  # noqa: S608
    settle(writing, {key: each.ground for key, each in held(writing, keys).items()})


def forked(writing: Writing, device: str) -> None:
    """This store is a copy of another: it goes on as a device of its own. device: a new id (I13).

    What waits is numbered anew; a base that names a group of the former device becomes the version that group made, or
    0, which keeps both values. The tokens were the former device's: the teacher signs in again.

    Versions above the cursor are known from outcomes alone, and those may speak of what the other copy has done: an
    edit based on them would cover what nobody here has seen, so they are not believed.
    """
    ((seen,),) = writing.run("SELECT coalesce(max(cursor), 0) FROM partition WHERE id = ?", writing.school)
    former = dict(map(tuple, writing.run("SELECT q, seq FROM accepted WHERE outcome IN ('applied', 'same')")))
    waiting = writing.run("SELECT q, rev, at, kind, item, before, ops FROM outbox ORDER BY q")
    numbers = {row["q"]: number for number, row in enumerate(waiting, start=1)}
    for table in ("accepted", "not_accepted", "edited", "undo", "merged"):
        writing.run(f"UPDATE {table} SET q = q - {_FORMER} WHERE q NOT IN (SELECT q FROM outbox)")  # noqa: S608  fixed text
    renumbered(writing, _FORMER)
    writing.run("DELETE FROM outbox")
    chain = CHAIN_START
    for row in waiting:
        item = orjson.loads(row["item"])
        item = {
            **item,
            "q": numbers[row["q"]],
            "group": {**item["group"], "ops": _rebased(item, numbers, former, seen)},
        }
        hash_ = group_hash(item)
        chain = chain_next(chain, hash_)
        head = (numbers[row["q"]], row["rev"], row["at"], row["kind"], canonical(item).decode(), hash_, chain)
        writing.run("INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)", *head, row["before"], row["ops"])
        for table in ("edited", "undo"):  # ascending, and never above the old number: none is met twice
            writing.run(f"UPDATE {table} SET q = ? WHERE q = ?", numbers[row["q"]], row["q"])  # noqa: S608  fixed text
    writing.run("UPDATE partition SET next = NULL, ready = 0, checked = ?, differed = 0", UNSURE)
    writing.run("DELETE FROM stage")  # pages that wait may tell outcomes of the former device
    marks = "'acked', 'acked_chain', 'forgotten', 'forgotten_chain', 'recovered', 'merged', 'tokens'"
    writing.run(f"DELETE FROM meta WHERE key IN ({marks})")  # noqa: S608  fixed text
    writing.run("INSERT OR REPLACE INTO meta SELECT 'former', value FROM meta WHERE key = 'device'")
    writing.run("INSERT OR REPLACE INTO meta VALUES ('device', ?)", device)
    tell_again(writing)
    writing.forget()
    writing.became = True
    _yield(writing, writing.school, seen)
    keys = {(op["type"], op["id"]): None for row in waiting for op in ops_of(row["item"])}
    settle(writing, {key: each.ground for key, each in held(writing, keys).items()})
    writing.change([*TYPES, OUTBOX])


def _rebased(
    item: Mapping[str, Any], numbers: Mapping[int, int], former: Mapping[int, int | None], seen: int
) -> list[Op]:
    """The ops of a group whose device's own groups are now `numbers`, or had made the versions in `former`.

    seen: no base is above this.
    """

    def base(held: int | str) -> int | str:
        if isinstance(held, str):
            q = int(held[1:])
            if q in numbers:
                return f"q{numbers[q]}"
            held = former.get(q) or 0
        return min(held, seen)

    def op_on(op: Op) -> Op:
        if op["do"] == "patch":
            return {**op, "base": {unit: base(each) for unit, each in op["base"].items()}}
        return {**op, "base": base(op["base"])} if op["do"] == "delete" else op

    return [op_on(op) for op in item["group"]["ops"]]
