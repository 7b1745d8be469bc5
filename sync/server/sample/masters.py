"""Masters of the sample: school, codes, subjects, viewpoints, symbols, grading rules, year and terms."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from sync.server.sample.premise import Premise, SampleRecord
from sync.server.sample.words import Row, table

VIEWPOINTS: Final = ("know", "think", "attitude")
VIEWPOINT_SET: Final = "v2020"
CUT_A: Final = 80_00
CUT_B: Final = 50_00
RULE_VERSION: Final = 1

PATTERNS: Final[Mapping[str, tuple[int, tuple[int, ...], int, tuple[int, ...]]]] = {
    "AAA": (5, (5, 4), 3, (3,)),
    "AAB": (4, (5, 4), 3, (3, 2)),
    "AAC": (3, (4, 3), 2, (3, 2)),
    "ABB": (3, (4, 3), 2, (3, 2)),
    "ABC": (3, (3,), 2, (2,)),
    "BBB": (3, (3,), 2, (2,)),
    "ACC": (3, (3, 2), 2, (2, 1)),
    "BBC": (3, (3, 2), 2, (2, 1)),
    "BCC": (2, (3, 2), 1, (2, 1)),
    "CCC": (1, (2, 1), 1, (1,)),
}
"""Letters in any order -> default and allowed of junior high, default and allowed of elementary (domain.md 6)."""
KINDS: Final = tuple(f"P{grade}" for grade in range(1, 7)) + tuple(f"J{grade}" for grade in range(1, 4))


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
    yield from _subjects(premise)
    items = [row for row in table("codes") if row["set"] == "viewpoint"]
    yield premise.keyed(
        "viewpoint_set",
        code=VIEWPOINT_SET,
        valid_from="2020-04-01",
        items=[{"code": row["code"], "name": row["name"], "order": order} for order, row in enumerate(items, 1)],
    )
    yield from _codes(premise)
    for row in table("symbols"):
        yield premise.keyed(
            "symbol", symbol_set=row["set"], status=row["status"], symbol=row["symbol"], name=row["name"]
        )
    yield from (grading_rule(premise, "P"), grading_rule(premise, "J"))
    yield from _year(premise)


def subjects(grade: int) -> tuple[Row, ...]:
    """Subjects of an elementary grade (R09), in the order of report cards."""
    return tuple(row for row in table("subjects") if row[f"P{grade}"])


def grading_rule(premise: Premise, stage: str) -> SampleRecord:
    """The board's rule for every subject of a stage: cut-offs in percent and the table from letters to 評定."""
    entries = [
        {"pattern": pattern, "default": default, "allowed": list(allowed)}
        for pattern, (high, allowed_high, low, allowed_low) in PATTERNS.items()
        for default, allowed in [(low, allowed_low) if stage == "P" else (high, allowed_high)]
    ]
    return premise.keyed(
        "grading_rule",
        year=premise.year,
        stage=stage,
        subject="*",
        cut_a=CUT_A,
        cut_b=CUT_B,
        not_submitted="exclude",
        table=entries,
        version=RULE_VERSION,
    )


def school_code(prefecture: str) -> str:
    """An invented 学校コード: elementary, public, with a check digit of the usual modulus."""
    body = f"B1{prefecture}29999902"
    digits = f"02{body[1:]}"
    total = sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(digits))
    return f"{body}{-total % 10}"


def _subjects(premise: Premise) -> Iterator[SampleRecord]:
    for order, row in enumerate(table("subjects"), 1):
        taught = [(number, int(row[kind])) for number, kind in enumerate(KINDS, 1) if row[kind]]
        yield premise.keyed(
            "subject",
            code=row["code"],
            name=row["name"],
            short=row["short"],
            recorded=row["recorded"],
            order=order,
            grades=[number for number, _ in taught],
            yearly_units=[{"grade": number, "units": units} for number, units in taught],
        )


def _codes(premise: Premise) -> Iterator[SampleRecord]:
    for set_, rows in groupby(table("codes"), key=lambda row: row["set"]):
        for order, row in enumerate(rows, 1):
            yield premise.keyed(
                "code_item",
                set_=set_,
                code=row["code"],
                name=row["name"],
                short=row["short"] or None,
                order=order,
                attrs=row["attrs"].split() or None,
            )


def _year(premise: Premise) -> Iterator[SampleRecord]:
    plan = premise.plan
    yield premise.keyed(
        "school_year", year=premise.year, term_count=plan.term_count, symbol_set=plan.symbol_set, sealed=False
    )
    yield premise.keyed("term", year=premise.year, no=0, name="1年間", start=premise.first_day, end=premise.last_day)
    for term in premise.calendar.terms:
        yield premise.keyed(
            "term",
            year=premise.year,
            no=term.no,
            name=term.name,
            start=term.start.isoformat(),
            end=term.end.isoformat(),
        )
