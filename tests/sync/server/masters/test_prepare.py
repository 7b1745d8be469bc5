"""A prepared school can grade; what a board or school has made of its masters stays as it is."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from sync.protocol.messages import Create, Delete, Patch
from sync.records.ids import partition_id
from sync.records.registry import TYPES
from sync.server.edits import server_edit
from sync.server.masters.prepare import Year, prepare
from sync.server.roster.importer import Importer
from sync.server.settings import Refusal
from sync.server.storage import partitions, sources
from sync.server.storage.store import Storage
from sync.server.storage.tables import METADATA, grant
from tests.kit.ids import CountedIds
from tests.sync.server.roster.wakakusa import BULK

NOW = datetime(2026, 5, 6, 15, 30, tzinfo=UTC)
YEAR = Year(2026)
PREFECTURE, BOARD = partition_id("pref:05"), partition_id("board:059901")


@pytest.fixture
def school(storage: Storage) -> str:
    """A school after its roster was taken, and nothing else."""
    assert Importer(storage, lambda: NOW, CountedIds(1)).take(BULK, "bulk.zip").taken
    with storage.database.reading() as connection:
        (found,) = partitions.all_schools(connection)
    return found


def prepared(storage: Storage, school: str, year: Year = YEAR) -> dict[str, int]:
    return dict(prepare(storage, school, year, NOW, CountedIds(2)))


def records(storage: Storage, partition: str, type_: str) -> dict[str, dict[str, Any]]:
    with storage.database.reading() as connection:
        own = partitions.read(connection, partition)
        assert own is not None
        found = sources.records(connection, storage.names.read(connection, own), partition, [type_])
    return {id_: dict(held.fields) for (_, id_), held in found.items() if not held.deleted}


def edit(storage: Storage, partition: str, op: Create | Patch | Delete) -> None:
    (outcome,) = server_edit(storage, partition, [[op]], NOW)
    assert outcome.outcome == "applied"


def everything(storage: Storage) -> dict[str, list[tuple[Any, ...]]]:
    with storage.database.reading() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=str)
            for name, table in METADATA.tables.items()
        }


def test_a_school_with_nothing_but_a_roster_gets_all_it_needs_and_a_repeat_changes_nothing(
    storage: Storage, school: str
) -> None:
    made = prepared(storage, school)
    wanted = {"subject", "viewpoint_set", "code_item", "symbol", "grading_rule", "term", "school_day", "course"}
    wanted |= {"duty"}
    assert set(made) == wanted  # the roster itself made the year
    assert made["term"] == 4
    assert made["school_day"] == 365
    assert made["grading_rule"] == 2
    names = [item["name"] for each in records(storage, PREFECTURE, "viewpoint_set").values() for item in each["items"]]
    assert names == ["知識・技能", "思考・判断・表現", "主体的に学習に取り組む態度"]
    before = everything(storage)
    assert prepared(storage, school) == {}
    assert everything(storage) == before


def test_every_class_has_the_courses_of_its_grade_and_its_teacher_may_write_in_them(
    storage: Storage, school: str
) -> None:
    prepared(storage, school)
    courses = records(storage, school, "course")
    taught = Counter(course["class"] for course in courses.values())
    assert set(taught) == {f"2026:{grade}-1" for grade in range(1, 7)}
    of_third = {course["subject"]: course["text_only"] for course in courses.values() if course["class"] == "2026:3-1"}
    assert "life" not in of_third  # R09
    assert (of_third["moral"], of_third["math"]) == (True, False)
    rules, sets = records(storage, BOARD, "grading_rule"), records(storage, PREFECTURE, "viewpoint_set")
    assert {rules[course["rule"]]["stage"] for course in courses.values()} == {"P"}
    assert {course["viewpoint_set"] for course in courses.values()} == set(sets)
    with storage.database.reading() as connection:
        wanted = grant.c.scope == "lesson:2026:1-1:math"
        rows = connection.execute(select(grant.c.user, grant.c.role, grant.c.rights).where(wanted)).all()
    assert [tuple(row) for row in rows] == [("f31abcdf-29e2-4948-b4ac-c94533b8e21e", "subject", "rw")]


def test_what_a_board_has_changed_or_taken_away_stays_so(storage: Storage, school: str) -> None:
    prepared(storage, school)
    rule = str(TYPES["grading_rule"].id_for(BOARD, {"year": 2026, "stage": "P", "subject": "*"}))
    edit(storage, BOARD, Patch(type="grading_rule", id=rule, set={"cut_a": 7500}, base={"cut_a": 1}))
    gone = str(TYPES["code_item"].id_for(BOARD, {"set": "evidence", "code": "reflection"}))
    edit(storage, BOARD, Delete(type="code_item", id=gone, base=1))
    taken = next(id_ for id_, duty in records(storage, school, "duty").items() if duty["role"] == "subject")
    with storage.database.reading() as connection:
        own = partitions.read(connection, school)
    assert own is not None
    edit(storage, school, Delete(type="duty", id=taken, base=own.seq))
    before = everything(storage)
    assert prepared(storage, school) == {}
    assert everything(storage) == before


def test_a_list_that_a_board_has_begun_itself_is_left_to_it(storage: Storage, school: str) -> None:
    own = {"set": "evidence", "code": "report", "name": "レポート"}
    edit(storage, BOARD, Create(type="code_item", id=str(TYPES["code_item"].id_for(BOARD, own)), set=own))
    prepared(storage, school)
    sets = Counter(fields["set"] for fields in records(storage, BOARD, "code_item").values())
    assert sets["evidence"] == 1
    assert sets["viewpoint"] == 3


def test_the_rules_of_a_new_year_are_those_of_the_boards_last(storage: Storage, school: str) -> None:
    prepared(storage, school)
    rule = str(TYPES["grading_rule"].id_for(BOARD, {"year": 2026, "stage": "P", "subject": "*"}))
    edit(storage, BOARD, Patch(type="grading_rule", id=rule, set={"cut_a": 7500}, base={"cut_a": 1}))
    assert prepared(storage, school, Year(2027)) == {"school_year": 1, "term": 4, "school_day": 366, "grading_rule": 2}
    cuts = {(r["year"], r["stage"]): r["cut_a"] for r in records(storage, BOARD, "grading_rule").values()}
    assert cuts == {(2026, "P"): 7500, (2026, "J"): 8000, (2027, "P"): 7500, (2027, "J"): 8000}


def test_a_year_without_terms_takes_the_number_asked_for_and_one_with_terms_keeps_its_own(
    storage: Storage, school: str
) -> None:
    prepared(storage, school, Year(2026, 2))
    assert sorted(term["name"] for term in records(storage, school, "term").values()) == ["1年間", "前期", "後期"]
    assert [year["term_count"] for year in records(storage, school, "school_year").values()] == [2]
    before = everything(storage)
    assert prepared(storage, school, Year(2026, 2)) == {}
    with pytest.raises(Refusal, match="2 terms"):
        prepared(storage, school, Year(2026, 3))
    assert everything(storage) == before


def test_junior_high_classes_get_their_courses_but_nobody_is_taken_for_their_teacher(
    storage: Storage, school: str
) -> None:
    seventh = {"year": 2026, "key": "7-1", "label": "7年1組", "kind": "regular", "grades": [7]}
    special = {"year": 2026, "key": "sp-1", "label": "なかよし", "kind": "special_support", "grades": [1, 2]}
    for fields in (seventh, special):
        edit(storage, school, Create(type="class", id=str(TYPES["class"].id_for(school, fields)), set=fields))
    staff = next(iter(records(storage, school, "staff")))
    charge = {"staff": staff, "role": "homeroom", "target_kind": "class", "target": "2026:7-1", "from": "2026-04-01"}
    edit(storage, school, Create(type="duty", id=CountedIds(3)(), set=charge))
    prepared(storage, school)
    rules = records(storage, BOARD, "grading_rule")
    own = [course for course in records(storage, school, "course").values() if course["class"] == "2026:7-1"]
    assert {"tech", "eng"} <= {course["subject"] for course in own}
    assert {rules[course["rule"]]["stage"] for course in own} == {"J"}
    assert not [c for c in records(storage, school, "course").values() if c["class"] == "2026:sp-1"]
    targets = {duty["target"] for duty in records(storage, school, "duty").values() if duty["role"] == "subject"}
    assert "2026:6-1:math" in targets
    assert not any(target.startswith("2026:7-1") for target in targets)


def test_a_course_that_somebody_teaches_or_has_taught_gets_no_second_teacher(storage: Storage, school: str) -> None:
    staff = max(records(storage, school, "staff"))
    taught = {"staff": staff, "role": "subject", "target_kind": "course", "target": "2026:3-1:mus"}
    span = {"from": "2026-04-01", "to": "2026-04-30"}
    edit(storage, school, Create(type="duty", id=CountedIds(3)(), set=taught | span))
    prepared(storage, school)
    duties = [d for d in records(storage, school, "duty").values() if d["target"] == "2026:3-1:mus"]
    assert duties == [taught | span]
