"""The sample school as a whole: sound records, the sizes that were asked for, the same bytes every time."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sync.records.registry import TYPES, scopes_of
from sync.records.roles import Partition
from sync.server.sample.load import COUNTED, PLAN, make_load
from sync.server.sample.plan import QUICK_PLAN, SchoolPlan
from sync.server.sample.premise import premise
from sync.server.sample.school import make_school
from tests.sync.server.sample.made import SMALL, TODAY, Made, small, unsound, usual

DAYS = [date(2026, 4, 1), date(2026, 4, 8), date(2026, 7, 23), date(2026, 8, 10), date(2026, 12, 28), date(2027, 3, 31)]

NEEDED = (
    "school school_year term subject viewpoint_set symbol grading_rule code_item class group course staff duty pupil "
    "pupil_official enrolment membership attendance_day attendance attendance_note closure school_day evidence "
    "evidence_part score viewpoint_grade course_grade remark"
)


def digest(made: Made) -> str:
    lines = (json.dumps([each.partition, each.type, each.id, dict(each.fields)]) for each in made.records)
    return sha256("\n".join(lines).encode()).hexdigest()


def test_every_record_is_sound_and_refers_only_to_what_came_before_it() -> None:
    assert unsound(usual()) == []


def test_no_id_comes_twice() -> None:
    assert [each for each, times in Counter(record.id for record in usual().records).items() if times > 1] == []


def test_the_school_has_the_size_that_was_asked_for() -> None:
    counts = Counter(record.type for record in usual().records)
    assert (counts["pupil"], counts["class"], counts["staff"]) == (600, 24, 30)
    homes = Counter(each["class"] for each in usual().of("membership") if each["kind"] == "home")
    assert sum(homes.values()) == 600
    assert len({size for code, size in homes.items() if code != "2026:sp-1"}) > 2
    assert all(20 <= size <= 35 for code, size in homes.items() if code != "2026:sp-1")


def test_every_type_a_screen_needs_is_in_the_school() -> None:
    assert {record.type for record in usual().records} >= set(NEEDED.split())


def test_records_lie_in_the_partition_their_type_names() -> None:
    ground = premise(1, TODAY, SchoolPlan())
    homes = {Partition.PREFECTURE: ground.prefecture, Partition.SCHOOL: ground.school}
    for record in usual().records:
        assert record.partition == homes.get(TYPES[record.type].partition, ground.board)
    assert usual().ids("school") == [ground.school]


def test_masters_come_first() -> None:
    order = list(dict.fromkeys(record.type for record in usual().records))
    assert order[:2] == ["school", "subject"]
    assert order.index("membership") < order.index("attendance_day") < order.index("evidence") < order.index("remark")


def test_the_same_seed_and_day_give_the_same_bytes() -> None:
    assert digest(Made(tuple(make_school(3, TODAY, SMALL)))) == digest(small(TODAY))


def test_another_seed_gives_other_people() -> None:
    names = [{each["family"] + each["given"] for each in small(TODAY, seed).of("pupil")} for seed in (3, 4)]
    assert len(names[0] & names[1]) < 10


@pytest.mark.parametrize(("today", "term_count"), [*((day, 3) for day in DAYS), *((day, 2) for day in DAYS[3:])])
def test_a_school_can_be_made_on_any_day_of_the_year(today: date, term_count: int) -> None:
    made = small(today, term_count=term_count)
    assert unsound(made) == []
    assert len(made.of("pupil")) == SMALL.pupils
    assert sum(each["no"] > 0 for each in made.of("term")) == term_count


@settings(max_examples=5, phases=[Phase.explicit, Phase.generate])
@given(seed=st.integers(0, 2**31), today=st.dates(date(2024, 4, 1), date(2035, 3, 31)))
def test_any_seed_and_day_make_a_sound_school(seed: int, today: date) -> None:
    made = Made(tuple(make_school(seed, today, replace(SMALL, scored={"3-1"}))))
    assert unsound(made) == []
    assert len({record.id for record in made.records}) == len(made.records)


def test_scores_can_be_left_to_some_classes_while_letters_stay() -> None:
    made = Made(tuple(make_school(3, TODAY, replace(SMALL, scored=QUICK_PLAN.scored))))
    assert {each["@lesson"].rpartition(":")[0] for each in made.of("score")} == {"2026:3-1"}
    assert made.of("viewpoint_grade") == small(TODAY).of("viewpoint_grade")


def test_the_school_of_the_measurements_has_exactly_the_records_it_names() -> None:
    records = [record for record in make_load(1, 2026, every_day=True) if record.type in COUNTED]
    assert len(records) == len({record.id for record in records}) == 156_600
    assert sum(record.type != "attendance" for record in records) == 36_600
    assert set(Counter(record.fields["pupil"] for record in records).values()) == {261}


def test_marks_of_the_measurements_can_be_left_out() -> None:
    light = Counter(record.type for record in make_load(1, 2026, every_day=False, plan=replace(PLAN, pupils=120)))
    assert light["attendance"] == 0
    assert sum(light[each] for each in COUNTED) == 120 * 61


def test_a_pupil_of_the_special_support_class_is_routed_to_both_classes() -> None:
    guests = [each for each in usual().of("attendance") if "2026:sp-1" in each["@classes"]]
    assert guests
    assert all(len(scopes_of(TYPES["attendance"], each)) == 2 for each in guests)


def test_every_code_in_use_is_offered_by_its_set() -> None:
    offered = {(each["set"], each["code"]) for each in usual().of("code_item")}
    for record in usual().records:
        for name, value in record.fields.items():
            kind = TYPES[record.type].fields[name].kind
            assert kind.name != "code" or not kind.target or (kind.target, value) in offered
