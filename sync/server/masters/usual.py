"""The usual masters as records, from the tables of `resources/masters`: nothing here is a rule of the program.

Where a board has ways of its own, its tables lie in another folder (`ways`), and the usual ones stand for those it has
not.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import Any, Final

from sync.server.csv_tables import Row, has_table, numbers, read_table
from sync.server.holidays import SATURDAY, national_holidays

Master = tuple[str, dict[str, Any]]
"""A record to be: its type and its fields as on the wire, without nulls."""

USUAL: Final = "masters"
"""The folder of the usual tables."""
STAGES: Final = {"P": range(1, 7), "J": range(7, 10)}
"""Grades of elementary and of junior high (R10); a table calls them P1 to P6 and J1 to J3."""
_DAY: Final = timedelta(days=1)


def table(name: str, ways: str = USUAL) -> tuple[Row, ...]:
    """The rows of one table of masters. Raises FileNotFoundError for an unknown name."""
    return read_table(ways if has_table(ways, name) else USUAL, name)


def habits(kind: str) -> tuple[tuple[str, ...], int, str]:
    """What a kind of school usually has: its stages, how many terms, which set of attendance symbols."""
    row = next(row for row in table("kinds") if row["kind"] == kind)
    return tuple(row["stages"].split()), int(row["terms"]), row["symbol_set"]


def subjects() -> Iterator[Master]:
    """教科等 in the order of report cards, with the standard units of each grade."""
    for order, row in enumerate(table("subjects"), 1):
        taught = [(grade, int(row[column])) for column, grade in _grade_columns() if row[column]]
        yield (
            "subject",
            {
                "code": row["code"],
                "name": row["name"],
                "short": row["short"],
                "recorded": row["recorded"],
                "order": order,
                "grades": [grade for grade, _ in taught],
                "yearly_units": [{"grade": grade, "units": units} for grade, units in taught],
            },
        )


def subjects_of(grade: int) -> tuple[Row, ...]:
    """Rows of the subjects taught in a grade 1-9 (R09), in the order of report cards."""
    column = next(column for column, number in _grade_columns() if number == grade)
    return tuple(row for row in table("subjects") if row[column])


def viewpoint_sets() -> Iterator[Master]:
    """観点の組, oldest first."""
    names = {row["code"]: row["name"] for row in table("codes") if row["set"] == "viewpoint"}
    for row in table("viewpoint_sets"):
        codes = enumerate(row["viewpoints"].split(), 1)
        items = [{"code": code, "name": names[code], "order": order} for order, code in codes]
        yield "viewpoint_set", {"code": row["code"], "valid_from": row["valid_from"], "items": items}


def code_items(ways: str = USUAL) -> Iterator[Master]:
    """コード of every set: the usual ones, with what `ways` call otherwise or add."""
    own = {(row["set"], row["code"]): row for row in table("codes", ways)} if ways != USUAL else {}
    usual = [own.pop((row["set"], row["code"]), row) for row in table("codes")]
    every = (*usual, *own.values())
    sets = list(dict.fromkeys(row["set"] for row in every))
    for set_, rows in groupby(sorted(every, key=lambda row: sets.index(row["set"])), key=lambda row: row["set"]):
        for order, row in enumerate(rows, 1):
            item: dict[str, Any] = {"set": set_, "code": row["code"], "name": row["name"], "order": order}
            item |= {"short": row["short"]} if row["short"] else {}
            yield "code_item", item | ({"attrs": row["attrs"].split()} if row["attrs"] else {})


def symbols(ways: str = USUAL) -> Iterator[Master]:
    """出欠記号 of every set."""
    for row in table("symbols", ways):
        fields = {"symbol_set": row["set"], "status": row["status"], "symbol": row["symbol"], "name": row["name"]}
        yield "symbol", fields | {"keys": row["keys"], "counts": row["counts"].split()}


def cut_offs(stage: str, ways: str = USUAL) -> tuple[int, int]:
    """The least percentages for A and for B, scaled by 100. stage: P or J."""
    row = _rule(stage, ways)
    return _hundredths(row["cut_a"]), _hundredths(row["cut_b"])


@cache
def ratings(stage: str, ways: str = USUAL) -> Mapping[str, tuple[int, tuple[int, ...]]]:
    """評定 by the letters in alphabetical order: the usual one, and those allowed (R10). stage: P or J."""
    rows = (row for row in table("ratings", ways) if row["stage"] == stage)
    return {row["pattern"]: (int(row["default"]), numbers(row["allowed"])) for row in rows}


def rule_version(stage: str, ways: str = USUAL) -> int:
    """The version of the grading rule. stage: P or J."""
    return int(_rule(stage, ways)["version"])


def grading_rule(year: int, stage: str, ways: str = USUAL) -> Master:
    """評価規則 for every subject of a stage, P or J."""
    cut_a, cut_b = cut_offs(stage, ways)
    entries = [
        {"pattern": pattern, "default": usual, "allowed": list(allowed)}
        for pattern, (usual, allowed) in ratings(stage, ways).items()
    ]
    fields = {"year": year, "stage": stage, "subject": "*", "cut_a": cut_a, "cut_b": cut_b}
    fields |= {"not_submitted": _rule(stage, ways)["not_submitted"], "table": entries}
    fields |= {"version": rule_version(stage, ways)}
    return "grading_rule", fields


def school_year(year: int, term_count: int, symbol_set: str) -> Master:
    """年度."""
    return "school_year", {"year": year, "term_count": term_count, "symbol_set": symbol_set, "sealed": False}


def terms(year: int, term_count: int, ways: str = USUAL) -> Iterator[Master]:
    """学期 with the whole year as number 0; they follow each other without a gap (R24). Nothing for other counts."""
    first = date(year, 4, 1)
    start = first
    for row in table("terms", ways):
        if int(row["count"]) == term_count:
            no, end = int(row["no"]), _end(year, row["ends"])
            begins = start if no else first
            fields = {"year": year, "no": no, "name": row["name"], "start": begins.isoformat(), "end": end.isoformat()}
            yield "term", fields
            start = end + _DAY if no else first


def school_days(year: int) -> Iterator[Master]:
    """授業日 of every date of a school year: the days of a usual week but for national holidays and usual breaks.

    What a school does otherwise it changes in its calendar (R25).
    """
    national = national_holidays(year) | national_holidays(year + 1)
    breaks = [(_in_year(year, row["from"]), _in_year(year, row["to"]), row["title"]) for row in table("breaks")]
    day, last = date(year, 4, 1), date(year + 1, 3, 31)
    while day <= last:
        named = next((title for first, end, title in breaks if first <= day <= end), "")
        title = "祝日" if day in national else named
        fields = {"date": day.isoformat(), "kind": "holiday" if title or day.weekday() >= SATURDAY else "school_day"}
        yield "school_day", fields | ({"title": title} if title else {})
        day += _DAY


def _grade_columns() -> Iterator[tuple[str, int]]:
    for stage, grades in STAGES.items():
        yield from ((f"{stage}{place}", grade) for place, grade in enumerate(grades, 1))


def _rule(stage: str, ways: str) -> Row:
    return next(row for row in table("cut_offs", ways) if row["stage"] == stage)


def _hundredths(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def _in_year(year: int, text: str) -> date:
    """A day of the school year: `07-31`."""
    month, day = map(int, text.split("-"))
    return date(year if month >= 4 else year + 1, month, day)


def _end(year: int, text: str) -> date:
    """A day of the school year: `07-31`, or `10-mon2` for the second Monday of October."""
    month, _, day = text.partition("-")
    if not day.startswith("mon"):
        return _in_year(year, text)
    in_year = year if int(month) >= 4 else year + 1
    first = date(in_year, int(month), 1)
    return first + timedelta(days=-first.weekday() % 7 + 7 * (int(day.removeprefix("mon")) - 1))
