"""The second sample school has other ways wherever a board may choose, and the first one is not changed by it."""

from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sync.records.configured import Stated, holding
from sync.records.derive.grading import rule_of
from sync.records.masters import STATUSES
from sync.records.registry import TYPES, faults_of_new
from sync.records.roles import Partition
from sync.server.migrate import migrate
from sync.server.sample.plan import SECOND_PLAN, SchoolPlan
from sync.server.sample.school import make_school
from sync.server.sample_school import make_demo
from sync.server.storage.store import open_storage
from tests.kit.ids import CountedIds
from tests.sync.server.sample.made import TODAY, Made, usual

FIRST = SchoolPlan(pupils=24, classes_per_grade=1, special_class=False, transfers=0, long_absent=0, scored=frozenset())
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@cache
def second() -> Made:
    return Made(tuple(make_school(2, TODAY, SECOND_PLAN)))


def stated(made: Made, type_: str) -> list[Stated]:
    """What board and school say."""
    (school,) = made.ids("school")
    return [
        Stated(Partition.SCHOOL if each.partition == school else Partition.BOARD, each.id, each.fields)
        for each in made.records
        if each.type == type_
    ]


def symbols(made: Made) -> dict[str, str]:
    (year,) = made.of("school_year")
    held = holding(TYPES["symbol"], stated(made, "symbol"))
    return {status: each.fields["symbol"] for (set_, status), each in held.items() if set_ == year["symbol_set"]}


def test_every_record_of_it_is_sound() -> None:
    assert [each for each in second().records if faults_of_new(TYPES[each.type], each.fields)] == []


def test_no_symbol_that_is_written_is_one_of_the_first_schools() -> None:
    one, other = symbols(usual()), symbols(second())
    assert set(one) == set(other) == set(STATUSES)
    assert not {symbol for symbol in one.values() if symbol} & {symbol for symbol in other.values() if symbol}


def test_the_school_writes_one_symbol_and_one_letter_otherwise_than_its_board() -> None:
    late = holding(TYPES["symbol"], stated(second(), "symbol"))["kana", "LATE"]
    codes = holding(TYPES["code_item"], stated(second(), "code_item"))
    assert (late.level, late.fields["symbol"]) == (Partition.SCHOOL, "ち")
    assert [codes["letter", code].fields["short"] for code in "ABC"] == ["◎", "○", "▲"]
    assert [codes["letter", code].fields["order"] for code in "ABC"] == [1, 2, 3]


def test_it_has_two_terms_with_names_and_an_end_of_their_own() -> None:
    assert [(each["no"], each["name"], each["end"]) for each in second().of("term")] == [
        (0, "年間", "2027-03-31"),
        (1, "上半期", "2026-09-30"),
        (2, "下半期", "2027-03-31"),
    ]


def test_its_rule_cuts_counts_and_rates_otherwise() -> None:
    one, other = (rule_of(made.of("grading_rule")[0]) for made in (usual(), second()))
    assert (other.cut_a, other.cut_b, other.zero) == (85_00, 60_00, True)
    assert other.cut_a != one.cut_a
    assert not one.zero
    told = [
        [entry.default if entry else None for entry in (rule.entry("AAB"), rule.entry("ACC"))] for rule in (one, other)
    ]
    assert told == [[3, 2], [2, 1]]


def test_its_letters_and_ratings_come_of_its_own_rule() -> None:
    rule, letters = rule_of(second().of("grading_rule")[0]), dict[tuple[str, str, str], list[str]]()
    for each in second().of("viewpoint_grade"):
        letters.setdefault((each["pupil"], each["course"], each["term"]), []).append(each.get("value"))
    rated = [each for each in second().of("course_grade") if each.get("proposed") is not None]
    assert len(rated) > 100
    for each in rated:
        entry = rule.entry(letters[each["pupil"], each["course"], each["term"]])
        assert entry is not None
        assert each["proposed"] == entry.default
        assert each["value"] in entry.allowed


def test_both_schools_in_one_database_leave_the_first_as_it_is_alone(tmp_path: Path) -> None:
    told = []
    for name, plans in (("alone", [FIRST]), ("both", [FIRST, SECOND_PLAN])):
        storage = open_storage(tmp_path / name)
        migrate(storage.database)
        done: Counter[str] = Counter()
        last = 0
        for partition, count in make_demo(storage, 1, plans, NOW, CountedIds()):
            done[partition] += count - last
            last = count
        told.append(done)
        storage.close()
    alone, both = told
    (prefecture,) = [partition for partition in alone if both[partition] != alone[partition]]
    assert both[prefecture] == alone[prefecture] + 1, "the second school itself; subjects and viewpoints come once"
    assert len(both) == len(alone) + 2
