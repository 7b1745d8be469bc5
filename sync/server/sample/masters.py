"""Masters of the sample: the usual ones of every school, and the school itself."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from sync.records.registry import TYPES
from sync.server.csv_tables import has_table, read_table
from sync.server.masters import usual
from sync.server.sample.plan import SchoolPlan
from sync.server.sample.premise import Premise, SampleRecord

STAGE: Final = "P"
"""It is an elementary school."""


def masters(premise: Premise) -> Iterator[SampleRecord]:
    """The records of all three partitions that everybody reads."""
    plan = premise.plan
    yield premise.made(
        "school",
        premise.school,
        name=plan.name,
        official_name=plan.name,
        kind="elementary",
        school_code=school_code(plan),
        board_code=plan.board,
        address=plan.address,
        opened="1984-04-01",
    )
    of_board = chain(usual.subjects(), usual.viewpoint_sets(), usual.code_items(plan.ways), usual.symbols(plan.ways))
    rules = (usual.grading_rule(premise.year, stage, plan.ways) for stage in usual.STAGES)
    yield from _keyed(premise, chain(of_board, rules))
    yield from _keyed(premise, [usual.school_year(premise.year, plan.term_count, plan.symbol_set)])
    yield from _keyed(premise, usual.terms(premise.year, plan.term_count, plan.ways))
    yield from _of_school(premise)


def viewpoint_set(premise: Premise) -> SampleRecord:
    """The viewpoints of today."""
    return list(_keyed(premise, usual.viewpoint_sets()))[-1]


def grading_rule(premise: Premise, stage: str) -> SampleRecord:
    """The board's rule for every subject of a stage."""
    (rule,) = _keyed(premise, [usual.grading_rule(premise.year, stage, premise.plan.ways)])
    return rule


def school_code(plan: SchoolPlan) -> str:
    """An invented 学校コード: elementary, public, with a check digit of the usual modulus."""
    body = f"B1{plan.prefecture}2{plan.number}"
    digits = f"02{body[1:]}"
    total = sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(digits))
    return f"{body}{-total % 10}"


def _of_school(premise: Premise) -> Iterator[SampleRecord]:
    """What the school itself writes otherwise than its board: in its own partition, where it comes before the board's.

    Only where it has ways of its own; a school of the usual ones has none.
    """
    own = f"{premise.plan.ways}/school"
    symbols = usual.symbols(own) if has_table(own, "symbols") else ()
    for type_, fields in chain(_renamed(premise, own), symbols):
        id_ = TYPES[type_].id_for(premise.school, fields)
        assert id_ is not None
        yield SampleRecord(premise.school, type_, id_, fields)


def _renamed(premise: Premise, own: str) -> Iterator[usual.Master]:
    """Codes of the board that the school calls otherwise."""
    rows = {(row["set"], row["code"]): row for row in (read_table(own, "codes") if has_table(own, "codes") else ())}
    for type_, fields in usual.code_items(premise.plan.ways):
        row = rows.get((fields["set"], fields["code"]))
        if row is not None:
            yield type_, fields | {"name": row["name"], "short": row["short"]}


def _keyed(premise: Premise, made: Iterable[usual.Master]) -> Iterator[SampleRecord]:
    return (premise.keyed_on_wire(type_, fields) for type_, fields in made)
