"""Devices at a school: how far each has counted, and the stored outcome of every group it ever pushed."""

from collections.abc import Container, Iterable, Sequence
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import Connection, bindparam, select

from sync.protocol.digest import CHAIN_START
from sync.protocol.messages import Outcome, Rejection
from sync.server.decide.world import Ended, Key, Mark, Other
from sync.server.storage.engines import Database
from sync.server.storage.tables import device_state, op_result

_STATE: Final = select(device_state.c.last_dseq, device_state.c.chain).where(
    device_state.c.school == bindparam("school"), device_state.c.device == bindparam("device")
)
_OWN: Final = (op_result.c.school == bindparam("school"), op_result.c.device == bindparam("device"))
_RESULT: Final = select(
    op_result.c.dseq,
    op_result.c.hash,
    op_result.c.chain,
    op_result.c.outcome,
    op_result.c.code,
    op_result.c.seq,
    op_result.c.marks,
).where(*_OWN)
_SOME: Final = _RESULT.where(op_result.c.dseq.in_(bindparam("numbers", expanding=True))).order_by(op_result.c.dseq)
_ABOVE: Final = _RESULT.where(op_result.c.dseq > bindparam("above")).order_by(op_result.c.dseq).limit(5_000)
_CHAIN: Final = select(op_result.c.chain).where(*_OWN, op_result.c.dseq == bindparam("dseq"))


_CHANGED: Final = (Outcome.APPLIED, Outcome.MERGED, Outcome.CONFLICT_KEPT)


class DeviceState(NamedTuple):
    """The highest group number a device had decided here, and the chain value at it."""

    last: int
    chain: str


class Result(NamedTuple):
    """One stored outcome. `seq`: the partition's number when it was decided."""

    q: int
    hash: str
    chain: str
    outcome: Outcome
    code: Rejection | None
    seq: int
    marks: tuple[Mark, ...]

    @property
    def ended(self) -> Ended:
        """What later bases need of it."""
        return Ended(self.outcome, self.seq, self.marks)

    @property
    def joined(self) -> set[Key]:
        """The records of which it is known whose changes met there."""
        return {mark.key for mark in self.marks if mark.others}

    def wire(self, readable: Container[Key]) -> dict[str, Any]:
        """As the device is told: the wire form of a `GroupOutcome`. Of records that are not `readable` it is told of
        nobody else.
        """
        told: dict[str, Any] = {"q": self.q, "outcome": self.outcome.value}
        if self.outcome in _CHANGED:
            told["seq"] = self.seq
        if self.code is not None:
            told["code"] = self.code.value
        if self.marks:
            told["ops"] = [mark.wire() for mark in self.marks]
        merged = [_joined(mark, other) for mark in self.marks if mark.key in readable for other in mark.others]
        return told | ({"merged": merged} if merged else {})


def state(connection: Connection, school: str, device: str) -> DeviceState:
    """How far a device has counted at a school."""
    row = connection.execute(_STATE, {"school": school, "device": device}).first()
    return DeviceState(0, CHAIN_START) if row is None else DeviceState(row[0], row[1])


def chain_at(connection: Connection, school: str, device: str, held: DeviceState, q: int) -> str | None:
    """The chain value after group `q`; None where it is no longer, or not yet, known."""
    if q == held.last:
        return held.chain
    if q == 0:
        return CHAIN_START
    return connection.execute(_CHAIN, {"school": school, "device": device, "dseq": q}).scalar()


def results(connection: Connection, school: str, device: str, numbers: Iterable[int]) -> dict[int, Result]:
    """The stored outcomes of these groups."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    rows = connection.execute(_SOME, {"school": school, "device": device, "numbers": wanted})
    return {row[0]: _result(row) for row in rows}


def results_above(connection: Connection, school: str, device: str, above: int) -> list[Result]:
    """The stored outcomes of the groups above a number, in order."""
    return [_result(row) for row in connection.execute(_ABOVE, {"school": school, "device": device, "above": above})]


def write(database: Database, connection: Connection, place: tuple[str, str], new: Sequence[Result], at: str) -> None:
    """Store outcomes and how far the device has counted now. place: school and device."""
    school, device = place
    rows = [_row(school, device, result, at) for result in new]
    database.store(connection, op_result, rows, replace=False)
    last = new[-1]
    database.store(connection, device_state, [(school, device, last.q, last.chain)], replace=True)


def _row(school: str, device: str, result: Result, at: str) -> tuple[Any, ...]:
    """One outcome, in the order of the table's columns."""
    code = None if result.code is None else result.code.value
    marks = orjson.dumps([_stored(mark) for mark in result.marks]).decode() if result.marks else None
    how = (result.outcome.value, code, result.seq, marks, at)
    return (school, device, result.q, result.hash, result.chain, *how)


def _result(row: Any) -> Result:
    q, hash_, chain, outcome, code, seq, marks = row
    return Result(
        q,
        hash_,
        chain,
        Outcome(outcome),
        None if code is None else Rejection(code),
        seq,
        tuple(_mark(stored) for stored in _load(marks)),
    )


def _stored(mark: Mark) -> list[Any]:
    """A mark as it is kept; what came last to its form stands at its end, and only where there is any of it."""
    *plain, others = mark
    return [*plain, [tuple(other) for other in others]] if others else plain


def _mark(stored: Sequence[Any]) -> Mark:
    op, type_, id_, unit, how, conflict, *more = stored
    others = more[0] if more else ()
    return Mark(op, type_, id_, unit, Outcome(how), conflict, tuple(Other(*other) for other in others))


def _joined(mark: Mark, other: Other) -> dict[str, Any]:
    """With whom a unit was joined, in wire form."""
    by = {} if other.by is None else {"by": other.by}
    return {"op": mark.op, "unit": mark.unit, **by, "device": other.device, "at": other.at}


def _load(marks: str | None) -> list[Any]:
    return [] if marks is None else orjson.loads(marks)
