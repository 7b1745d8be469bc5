"""Prepares a school year: adds the masters, courses and duties a school lacks before anybody can grade."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from sync.errors import Defect
from sync.protocol.form import Base
from sync.protocol.messages import Create, Outcome, Patch
from sync.records.ids import IdMaker
from sync.records.registry import TYPES
from sync.server.edits import server_edit
from sync.server.masters import usual
from sync.server.masters.courses import courses, duties
from sync.server.masters.school import Books, books
from sync.server.masters.usual import Master
from sync.server.settings import Refusal
from sync.server.storage import partitions
from sync.server.storage.partitions import Partition
from sync.server.storage.store import Storage

KIND: Final = "masters.prepare"
"""What history calls the edit groups of a preparation."""

Op = Create | Patch


@dataclass(frozen=True, slots=True)
class Year:
    """What is to be prepared. term_count: None = as the school has it, or as usual for its kind."""

    number: int
    term_count: int | None = None


def prepare(storage: Storage, school: str, year: Year, at: datetime, new_id: IdMaker) -> Mapping[str, int]:
    """Add to a school, its board and its prefecture what they lack in a school year; returns how many by type.

    Whatever is there stays as it is, so a repeat changes nothing. at: the moment now; new_id: makes UUIDv7. Raises
    Refusal where the school has terms of another number, ServerBusy.
    """
    own = _partition(storage, school)
    steps: tuple[tuple[str | None, Callable[[Connection], Iterable[Op]]], ...] = (
        (school, lambda connection: _terms(storage, connection, own, year)),  # first, for it may refuse
        (school, lambda connection: _school_days(storage, connection, own, year.number)),
        (own.pref, lambda connection: _of_prefecture(storage, connection, own)),
        (own.board, lambda connection: _of_board(storage, connection, own, year.number)),
        (school, lambda connection: courses(storage, connection, own, year.number)),
        (school, lambda connection: duties(storage, connection, own, (year.number, at), new_id)),
    )
    made = Counter[str]()
    for partition, ops in steps:
        if partition is not None:
            made.update(_edit(storage, partition, ops, at))
    return made


def _edit(
    storage: Storage, partition: str, ops: Callable[[Connection], Iterable[Op]], at: datetime
) -> Mapping[str, int]:
    """Write one group. It is made only once the partition is locked, so nobody makes the same record in between."""
    written: list[Op] = []

    def group() -> Iterator[Sequence[Op]]:
        with storage.database.reading() as connection:
            written.extend(ops(connection))
        if written:
            yield written

    for outcome in server_edit(storage, partition, group(), at, KIND):
        if outcome.outcome not in (Outcome.APPLIED, Outcome.SAME):
            raise Defect(assumed="usual masters are sound", code=outcome.code, refused=outcome.ops)
    return Counter(op.type for op in written)


def _partition(storage: Storage, school: str) -> Partition:
    with storage.database.reading() as connection:
        partition = partitions.read(connection, school)
    if partition is None:
        raise Refusal("there is no such school in this database")
    return partition


def _of_prefecture(storage: Storage, connection: Connection, own: Partition) -> Iterator[Create]:
    held = books(storage, connection, str(own.pref), "subject", "viewpoint_set")
    for type_, made in (("subject", usual.subjects()), ("viewpoint_set", usual.viewpoint_sets())):
        if not held.any(type_):
            yield from _creations(held, made)


def _of_board(storage: Storage, connection: Connection, own: Partition, year: int) -> Iterator[Create]:
    held = books(storage, connection, str(own.board), "code_item", "symbol", "grading_rule")
    codes, symbols = usual.code_items(), usual.symbols()
    yield from _creations(held, (each for each in codes if not held.any("code_item", set=each[1]["set"])))
    wanted = (each for each in symbols if not held.any("symbol", symbol_set=each[1]["symbol_set"]))
    yield from _creations(held, wanted)
    for stage in usual.STAGES:
        if not held.any("grading_rule", year=year, stage=stage):
            yield from _creations(held, _rules(held, year, stage))


def _rules(board: Books, year: int, stage: str) -> Iterator[Master]:
    """Rules of a stage as in the board's last year before this one, else the usual one."""
    earlier = [fields for _, fields in board.all("grading_rule") if fields["stage"] == stage and fields["year"] < year]
    if not earlier:
        yield usual.grading_rule(year, stage)
    last = max((fields["year"] for fields in earlier), default=0)
    yield from (("grading_rule", {**fields, "year": year}) for fields in earlier if fields["year"] == last)


def _terms(storage: Storage, connection: Connection, own: Partition, year: Year) -> Iterator[Op]:
    """The year and its terms. The number of terms of a year without any is only a guess, and may be put right."""
    held = books(storage, connection, own.school, "school_year", "term")
    _, usual_count, symbol_set = usual.habits(_kind(storage, connection, own))
    id_ = TYPES["school_year"].id_for(own.school, {"year": year.number})
    there = held.live("school_year", str(id_))
    count = int(there.fields["term_count"]) if there is not None else usual_count
    wanted = year.term_count or count
    if held.any("term", year=year.number):
        if wanted != count:
            raise Refusal(f"{year.number} has {count} terms already; change them in the school's calendar")
        return
    if there is None:
        yield from _creations(held, [usual.school_year(year.number, wanted, symbol_set)])
    elif wanted != count:
        base: dict[str, Base] = {"term_count": there.version("term_count")}
        yield Patch(type="school_year", id=there.id, set={"term_count": wanted}, base=base)
    yield from _creations(held, usual.terms(year.number, wanted))


def _school_days(storage: Storage, connection: Connection, own: Partition, year: int) -> Iterator[Op]:
    """The calendar of a year of which it says nothing yet."""
    held, first, last = books(storage, connection, own.school, "school_day"), f"{year}-04-01", f"{year + 1}-03-31"
    if not any(first <= fields["date"] <= last for _, fields in held.all("school_day")):
        yield from _creations(held, usual.school_days(year))


def _kind(storage: Storage, connection: Connection, own: Partition) -> str:
    held = books(storage, connection, str(own.pref), "school").live("school", own.school)
    if held is None:
        raise Refusal("the school itself is not known here; take its roster first")
    return held.fields["kind"]


def _creations(into: Books, made: Iterable[Master]) -> Iterator[Create]:
    """Creates of keyed records, but for those that are or were there."""
    for type_, fields in made:
        id_ = TYPES[type_].id_for(into.partition, fields)
        if id_ is None:
            raise Defect(assumed="masters are known by their keys", type=type_)
        if (type_, id_) not in into.records:
            yield Create(type=type_, id=id_, set=fields)
