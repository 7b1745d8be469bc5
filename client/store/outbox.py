"""Edit groups on their way: numbered without holes, in flight, answered; and taking them back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import orjson

from client.store import merging, purge
from client.store.chain import acked, chain_before, forgotten, mark, newest, recovering
from client.store.facts import Saved
from client.store.overlay import Held, Key, grounds_of, held, settle
from client.store.writing import OUTBOX, Writing, ops_of
from sync.engine.edit import Compiled, Desk, Edit, addressed, compile_group
from sync.engine.outbox import TAKEN, Batch, Size, verdicts
from sync.engine.rebase import Ground, Op, Visible, Waiting, landed, overtaken, units_of
from sync.errors import Defect
from sync.protocol.digest import canonical, chain_next, group_hash
from sync.protocol.errors import BadBody, DeviceForked, SeqGap
from sync.protocol.messages import GroupOutcome, Item, PullAnswer, read
from sync.protocol.ops import item_wire
from sync.records.ids import IdMaker
from sync.records.registry import TYPES

KEPT_DAYS: Final = 30
"""So long accepted groups are kept, to be sent again after the server was restored."""
VOID: Final = "void"
_GROUP: Final = "q, rev, at, kind, item, hash, chain, before"
_RESOLVED_UNIT: Final = "state"
"""The unit of a conflict record that an edit settles."""


@dataclass(frozen=True, slots=True)
class Act:
    """One action of a teacher: its kind, the device's clock, the screen whose undo it joins, None for none."""

    kind: str
    at: datetime
    screen: str | None


def stamp(at: datetime) -> str:
    """A moment as it travels: UTC, milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")[:23] + "Z"


def save(writing: Writing, act: Act, edits: Iterable[Edit], ids: IdMaker) -> Saved:
    """Put one edit group into the outbox and its values on the rows. Raises InvalidEdit."""
    seen: dict[Key, Held] = {}

    def look(type_: str, id_: str) -> Visible | None:
        if (type_, id_) not in seen:
            seen.update(held(writing, [(type_, id_)]))
        return seen[type_, id_].visible

    desk = Desk(look, writing.school, ids)
    wanted = addressed(edits, desk)
    seen.update(held(writing, wanted))
    compiled = compile_group(wanted, desk)
    records = tuple((each.op["type"], each.op["id"]) for each in compiled)
    if not compiled:
        return Saved(None, act.kind, ())
    last, chain = newest(writing)
    q = last + 1
    _insert(writing, item_wire(q, 0, stamp(act.at), act.kind, [each.op for each in compiled]), chain, compiled)
    grounds = {key: seen[key].ground for key in records}
    known = {
        key: [Waiting(q, each.op)] if units_of(TYPES[key[0]], each.op) else []  # it may only settle a conflict
        for key, each in zip(records, compiled, strict=True)
        if not seen[key].laid
    }
    _touch(writing, q, [each.op for each in compiled], grounds)
    settle(writing, grounds, known)
    writing.change([OUTBOX])
    return Saved(q, act.kind, records)


def _insert(writing: Writing, item: dict[str, Any], chain: str, compiled: Sequence[Compiled]) -> None:
    """Keep a group exactly as it will be hashed and sent. Raises Defect for one that no server could read."""
    try:
        read(Item, item)
    except BadBody as error:
        raise Defect(assumed="an edit group has the form of the protocol", **error.facts) from error
    q, exact = item["q"], canonical(item)
    hash_ = sha256(exact).hexdigest()
    after = chain_next(chain, hash_)
    writing.run(
        "INSERT INTO outbox (q, rev, at, kind, item, hash, chain, before, ops) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(q, item["rev"], item["group"]["at"], item["group"]["kind"], exact.decode(), hash_, after),
        *(orjson.dumps([each.before for each in compiled]).decode(), len(compiled)),
    )
    writing.newest = (q, after)
    writing.regrouped[q] = (item["group"]["kind"], exact.decode())
    writing.remember(q, item["group"]["ops"])


def _touch(writing: Writing, q: int, ops: Iterable[Op], grounds: Mapping[Key, Ground]) -> None:
    """Note which units wait, and which of them somebody else has moved on already."""
    rows: list[tuple[Any, ...]] = []
    for op in ops:
        ahead = overtaken(TYPES[op["type"]], grounds[op["type"], op["id"]], op)
        ver = grounds[op["type"], op["id"]].ver
        rows += [(*unit, q, int(unit[2] in ahead), ver) for unit in touched(op)]
    sql = "INSERT INTO edited (type, id, unit, q, ahead, ver) VALUES (?, ?, ?, ?, ?, ?)"
    writing.connection.executemany(sql, rows)


def touched(op: Op) -> list[tuple[str, str, str]]:
    """The units an op touches, those of the conflicts it settles too."""
    units = [(op["type"], op["id"], unit) for unit in units_of(TYPES[op["type"]], op)]
    return units + [("conflict", conflict, _RESOLVED_UNIT) for conflict in op.get("resolves", ())]


# -- pushing ---------------------------------------------------------------------------------------------------------


def take(writing: Writing, size: Size, first: int | None) -> Batch | None:
    """The first groups that travel together, marked as in flight. first: an answered group to start at instead.

    Raises SeqGap when what comes before the outbox is not here any more.
    """
    ((epoch,),) = writing.run("SELECT epoch FROM partition WHERE id = ?", writing.school)
    items: list[dict[str, Any]] = []
    ends: dict[int, str] = {}
    ops = size_bytes = 0
    for q, item, chain, count in _from(writing, first):
        size_bytes += len(item)
        ops += count
        if items and not size.fits(len(items) + 1, ops, size_bytes):
            break
        items.append(orjson.loads(item))
        ends[q] = chain
    if not items or epoch is None:
        return None
    writing.run("UPDATE outbox SET in_flight = 1 WHERE q <= ? AND in_flight = 0", items[-1]["q"])
    writing.change([OUTBOX])
    return Batch(epoch, chain_before(writing, items[0]["q"]), tuple(items), ends)


def _from(writing: Writing, first: int | None) -> Iterable[tuple[int, str, str, int]]:
    """Groups in order: number, item, chain after it, ops."""
    if first is not None:
        answered = writing.run(
            "SELECT q, item, chain FROM accepted WHERE q >= ? UNION SELECT q, item, chain FROM not_accepted "
            "WHERE q >= ? ORDER BY q",
            *(first, first),
        )
        if not answered or answered[0][0] != first or answered[-1][0] - first + 1 != len(answered):
            raise SeqGap(expected=first)
        for q, item, chain in answered:
            yield q, item, chain, len(ops_of(item))
    closed, _ = forgotten(writing)  # what lies below it has its outcome, which the next pull tells
    yield from map(tuple, writing.run("SELECT q, item, chain, ops FROM outbox WHERE q > ? ORDER BY q", closed))


def answered(writing: Writing, outcomes: Iterable[GroupOutcome], at: datetime) -> None:
    """Store final outcomes. An outcome of a group that has one changes nothing.

    What was applied is now what the server says; what was not waits for the rows that come with the answer.
    """
    told = {outcome.q: outcome for outcome in outcomes}
    numbers = orjson.dumps(sorted(told)).decode()
    rows = writing.run("SELECT q, item FROM outbox WHERE q IN (SELECT value FROM json_each(?)) ORDER BY q", numbers)
    groups = [(told[q], ops_of(item)) for q, item in rows]
    if not groups:
        return
    _move(writing, [outcome for outcome, _ in groups], stamp(at))
    writing.connection.executemany(
        "UPDATE edited SET state = ?, ahead = 0 WHERE type = ? AND id = ? AND unit = ? AND q = ?",
        [
            ("accepted" if outcome.outcome in TAKEN else "refused", *unit, outcome.q)
            for outcome, ops in groups
            for op in ops
            for unit in touched(op)
        ],
    )
    settle(writing, _landed(writing, groups))
    purge.answered(writing, told)
    _advance(writing)
    writing.change([OUTBOX])


def told(writing: Writing, answer: PullAnswer, at: datetime) -> None:
    """Store the outcomes that came with a pull, of groups whose own answer was lost.

    Raises DeviceForked when they are of groups this store has not said: another has its number. Not while it may have
    lost groups it had said: those it knows get their outcomes.
    """
    if not answer.outcomes:
        return
    last = answer.outcomes[-1].q
    mine = writing.run(
        "SELECT chain FROM outbox WHERE q = ? UNION ALL SELECT chain FROM accepted WHERE q = ? UNION ALL "
        "SELECT chain FROM not_accepted WHERE q = ?",
        *(last, last, last),
    )
    known = answer.chain in (None, *(chain for (chain,) in mine)) or forgotten(writing) == (last, answer.chain)
    if not known and not recovering(writing):
        raise DeviceForked
    answered(writing, answer.outcomes, at)
    merging.joined(writing, answer.outcomes)


def _move(writing: Writing, outcomes: Iterable[GroupOutcome], at: str) -> None:
    """Take groups out of the outbox, to where their outcome puts them.

    A void is refused only where it had been put away before the server was restored: that is nobody's news.
    """
    taken = [(each.outcome.value, each.seq, at, each.q) for each in outcomes if each.outcome in TAKEN]
    refused = [(each.outcome.value, each.code, at, each.q) for each in outcomes if each.outcome not in TAKEN]
    run = writing.connection.executemany
    run(f"INSERT INTO accepted SELECT {_GROUP}, ?, ?, ? FROM outbox WHERE q = ?", taken)  # noqa: S608  fixed text
    old = f"{_GROUP}, ?, ?, ?, kind = '{VOID}'"
    run(f"INSERT INTO not_accepted SELECT {old} FROM outbox WHERE q = ?", refused)  # noqa: S608  as above
    run("DELETE FROM outbox WHERE q = ?", [(row[-1],) for row in taken + refused])
    run("DELETE FROM undo WHERE q = ?", [(row[-1],) for row in refused])
    for row in taken + refused:
        writing.reopened(row[-1])


def _landed(writing: Writing, groups: Iterable[tuple[GroupOutcome, Sequence[Op]]]) -> dict[Key, Ground]:
    """What the server says of every record of these groups, after what it applied."""
    found = grounds_of(writing, ((op["type"], op["id"]) for _, ops in groups for op in ops))
    for outcome, ops in groups:
        if not ops:  # a void, or its content is gone: it says nothing here any more, whatever became of it
            continue
        for op, verdict in zip(ops, verdicts(outcome, ops), strict=True):
            key = (op["type"], op["id"])
            if verdict.whole and outcome.seq is not None:
                found[key] = landed(TYPES[op["type"]], found[key], op, outcome.seq)
    return found


def _advance(writing: Writing) -> None:
    """Move the mark behind which every group has an outcome."""
    rows = writing.run("SELECT min(q) FROM outbox")
    last, _ = acked(writing)
    known = writing.run(
        "SELECT q, chain FROM (SELECT q, chain FROM accepted UNION ALL SELECT q, chain FROM not_accepted) "
        "WHERE q > ? AND q < ? ORDER BY q DESC LIMIT 1",
        *(last, rows[0][0] if rows[0][0] is not None else 2**53),
    )
    if known:
        mark(writing, "acked", *known[0])


def empty(writing: Writing, q: int) -> None:
    """Make an unsent group a void, so that its number has no hole, and take its values off the rows."""
    ((rev, at, item),) = writing.run("SELECT rev, at, item FROM outbox WHERE q = ? AND in_flight = 0", q)
    ops = ops_of(item)
    void = item_wire(q, rev + 1, at, VOID, [])
    exact = canonical(void).decode()
    writing.run(
        "UPDATE outbox SET rev = ?, kind = ?, item = ?, hash = ?, before = '[]', ops = 0 WHERE q = ?",
        *(rev + 1, VOID, exact, group_hash(void), q),
    )
    writing.regrouped[q] = (VOID, exact)
    writing.reopened(q)
    chain = chain_before(writing, q)
    for number, hash_ in writing.run("SELECT q, hash FROM outbox WHERE q >= ? ORDER BY q", q):
        chain = chain_next(chain, hash_)
        writing.run("UPDATE outbox SET chain = ? WHERE q = ?", chain, number)
    writing.newest = None
    grounds = grounds_of(writing, ((op["type"], op["id"]) for op in ops))
    units = [(*unit, q) for op in ops for unit in touched(op)]
    writing.connection.executemany("DELETE FROM edited WHERE type = ? AND id = ? AND unit = ? AND q = ?", units)
    settle(writing, grounds)
    writing.change([OUTBOX])


def forget_old(writing: Writing, at: datetime) -> None:
    """Drop what was accepted more than 30 days ago, or dealt with, and what was remembered of it."""
    before = stamp(at - timedelta(days=KEPT_DAYS))
    old = writing.run(
        "SELECT q, item, chain FROM accepted WHERE answered_at < ? UNION ALL "
        "SELECT q, item, chain FROM not_accepted WHERE answered_at < ? AND dealt_with ORDER BY q",
        *(before, before),
    )
    for q, item, _ in old:
        keys = [(*unit, q) for op in ops_of(item) for unit in touched(op)]
        writing.connection.executemany("DELETE FROM edited WHERE type = ? AND id = ? AND unit = ? AND q = ?", keys)
        writing.run("DELETE FROM undo WHERE q = ?", q)
    merging.forget(writing, (q for q, _, _ in old))
    if old and old[-1]["q"] > forgotten(writing)[0]:
        mark(writing, "forgotten", old[-1]["q"], old[-1]["chain"])
    writing.run("DELETE FROM accepted WHERE answered_at < ?", before)
    writing.run("DELETE FROM not_accepted WHERE answered_at < ? AND dealt_with", before)
