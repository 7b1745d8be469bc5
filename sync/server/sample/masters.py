"""Masters of the sample: the usual ones of every school, and the school itself."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from sync.server.masters import usual
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
        school_code=school_code(plan.prefecture),
        board_code=plan.board,
        address="けやき市見本町一丁目2番3号",
        opened="1984-04-01",
    )
    of_board = chain(usual.subjects(), usual.viewpoint_sets(), usual.code_items(), usual.symbols())
    rules = (usual.grading_rule(premise.year, stage) for stage in usual.STAGES)
    yield from _keyed(premise, chain(of_board, rules))
    yield from _keyed(premise, [usual.school_year(premise.year, plan.term_count, plan.symbol_set)])
    yield from _keyed(premise, usual.terms(premise.year, plan.term_count))


def viewpoint_set(premise: Premise) -> SampleRecord:
    """The viewpoints of today."""
    return list(_keyed(premise, usual.viewpoint_sets()))[-1]


def grading_rule(premise: Premise, stage: str) -> SampleRecord:
    """The board's rule for every subject of a stage."""
    (rule,) = _keyed(premise, [usual.grading_rule(premise.year, stage)])
    return rule


def school_code(prefecture: str) -> str:
    """An invented 学校コード: elementary, public, with a check digit of the usual modulus."""
    body = f"B1{prefecture}29999902"
    digits = f"02{body[1:]}"
    total = sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(digits))
    return f"{body}{-total % 10}"


def _keyed(premise: Premise, made: Iterable[usual.Master]) -> Iterator[SampleRecord]:
    return (premise.keyed_on_wire(type_, fields) for type_, fields in made)
