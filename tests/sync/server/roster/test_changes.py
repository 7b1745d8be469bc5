"""What happens over time: a change of class, a departure, a return, the next year."""

from collections import Counter
from uuid import NAMESPACE_OID, uuid5

import pytest

from sync.protocol.messages import Delete
from sync.server.roster.problem import Kind
from tests.sync.server.roster.builder import (
    OTHER_ID,
    Tables,
    changed,
    copy_row,
    drop_row,
    only,
    only_rows,
    put,
)
from tests.sync.server.roster.school import School
from tests.sync.server.roster.wakakusa import BULK, CLASS_2, EXCHANGE, PUPIL, PUPIL_ID, SEAT, delta


def moved(stamp: str, begin: str) -> bytes:
    """A delta in which the first pupil changes from 1-1 to 2-1."""
    new = copy_row(
        "enrollments", SEAT, sourcedId=EXCHANGE, classSourcedId=CLASS_2, beginDate=begin, metadata__jp__ShussekiNo="11"
    )
    gone = put("enrollments", SEAT, "status", "tobedeleted")
    at = put("enrollments", SEAT, "dateLastModified", stamp)
    return delta(new, gone, at, only("enrollments"), only_rows("enrollments", SEAT, 68))


@pytest.mark.parametrize("stamp", ["2026-06-01T03:00:00.000Z", "2026-05-31T15:30:00Z"])
def test_a_change_of_class_ends_the_old_place_and_moves_the_pupils_records(school: School, stamp: str) -> None:
    school.take(moved(stamp, "2026-06-01"))
    id_ = school.pupil(PUPIL_ID)
    seats = {m["class"]: (m["from"], m["to"], m["kind"]) for m in school.some("membership", pupil=id_)}
    assert seats == {
        "2026:1-1": ("2026-04-01", "2026-05-31", "home"),
        "2026:2-1": ("2026-06-01", "2027-03-31", "home"),
    }
    for type_ in ("pupil", "pupil_official", "enrolment"):
        (record,) = [r for r in school.all(type_) if id_ in {r.get("pupil"), _id(school, type_, r)}]
        assert record["@classes"] == ["2026:2-1"]


def _id(school: School, type_: str, record: dict[str, object]) -> str | None:
    return next((i for (t, i), held in school.records.items() if t == type_ and dict(held.fields) == record), None)


def test_a_records_other_fields_survive_its_move_to_another_class(school: School) -> None:
    before = dict(school.records["pupil", school.pupil(PUPIL_ID)].fields)
    school.take(moved("2026-06-01T03:00:00.000Z", "2026-06-01"))
    after = dict(school.records["pupil", school.pupil(PUPIL_ID)].fields)
    assert after == before | {"@classes": ["2026:2-1"]}


def test_a_place_that_never_began_goes(school: School) -> None:
    mapped = school.take(moved("2026-03-20T03:00:00.000Z", "2026-04-01"))
    assert [op.type for op in mapped.ops if isinstance(op, Delete)][-1] == "membership"
    assert [m["class"] for m in school.some("membership", pupil=school.pupil(PUPIL_ID))] == ["2026:2-1"]


def leave(stamp: str = "2026-06-30T15:30:00.000Z") -> bytes:
    gone = [("users", PUPIL), ("roles", 11), ("enrollments", SEAT)]
    changes = [put(file, line, "status", "tobedeleted") for file, line in gone]
    stamps = [put(file, line, "dateLastModified", stamp) for file, line in gone]
    rows = [only_rows(file, line) for file, line in gone]
    return delta(*changes, *stamps, only("users", "roles", "enrollments"), *rows)


def test_a_deleted_pupil_leaves_on_that_day_in_japan_and_keeps_every_record(school: School) -> None:
    school.take(leave())
    id_ = school.pupil_gone(PUPIL_ID)
    assert school.one("enrolment", pupil=id_)["to"] == "2026-07-01"
    assert school.one("membership", pupil=id_)["to"] == "2026-07-01"
    assert school.records["pupil", id_].fields["@classes"] == ["2026:1-1"]
    assert school.take(leave()).ops == ()


def test_a_pupil_deleted_by_mistake_comes_back_as_before(school: School) -> None:
    before = {key: dict(held.fields) for key, held in school.records.items()}
    school.take(leave())
    school.take(BULK)
    assert {key: dict(held.fields) for key, held in school.records.items()} == before
    assert school.take(BULK).ops == ()


def test_a_pupil_a_person_has_struck_off_does_not_come_back_with_an_old_package(school: School) -> None:
    id_ = school.pupil(PUPIL_ID)
    key = next(k for k, held in school.records.items() if k[0] == "enrolment" and held.fields["pupil"] == id_)
    held = school.records[key]
    fields = {**held.fields, "to": "2026-06-30", "leave": "transferred"}
    school.records[key] = type(held)(held.type, held.id, fields, {}, 9)
    assert school.take(BULK).ops == ()


def test_a_corrected_name_enrols_nobody_who_has_left(school: School) -> None:
    id_ = school.pupil(PUPIL_ID)
    key = next(k for k, held in school.records.items() if k[0] == "enrolment" and held.fields["pupil"] == id_)
    held = school.records[key]
    fields = {**held.fields, "to": "2026-04-30", "leave": "transferred"}
    school.records[key] = type(held)(held.type, held.id, fields, {}, 9)
    rename = put("users", PUPIL, "preferredFamilyName", "佐藤")
    assert [op.type for op in school.take(delta(rename, only("users"), only_rows("users", PUPIL))).ops] == ["pupil"]


def test_somebody_who_returns_later_is_enrolled_anew(school: School) -> None:
    school.take(leave())
    later = [put("enrollments", SEAT, "beginDate", "2026-09-01"), put("enrollments", SEAT, "sourcedId", OTHER_ID)]
    school.take(changed(*later))
    spans = {(e["from"], e.get("to"), e["entry"]) for e in school.some("enrolment", pupil=school.pupil(PUPIL_ID))}
    assert spans == {("2026-04-01", "2026-07-01", "first"), ("2026-09-01", None, "transfer_in")}


def test_a_pupil_who_vanished_is_told_and_not_deleted(school: School) -> None:
    before = {key: dict(held.fields) for key, held in school.records.items()}
    mapped = school.take(changed(drop_row("users", PUPIL), drop_row("roles", 11), drop_row("enrollments", SEAT)))
    assert mapped.ops == ()
    assert {key: dict(held.fields) for key, held in school.records.items()} == before
    (problem,) = mapped.problems
    assert (problem.kind, problem.file, problem.value) == (Kind.ROW_VANISHED, "users.csv", PUPIL_ID)
    assert problem.hint == "2026:1-1 1"


def test_a_row_missing_from_a_delta_has_not_vanished(school: School) -> None:
    school.take(delta(drop_row("users", PUPIL), drop_row("roles", 11), drop_row("enrollments", SEAT)))
    assert school.problems == []


def next_year(tables: Tables, again: tuple[str, ...] = ()) -> None:
    """The roster of 2027: every pupil a grade higher, the sixth gone, no first. again: files that keep their ids."""
    renewed = {"academicSessions", "classes", "enrollments"} - {*again}
    made = {row[0]: str(uuid5(NAMESPACE_OID, row[0])) for name in renewed for row in tables[name][1:]}
    for name, rows in tables.items():
        for row in rows[1:] if name != "manifest" else []:
            row[:] = [made.get(value, value) for value in row]
            row[:] = [v.replace("2027-03-31", "2028-03-31").replace("2026-04-01", "2027-04-01") for v in row]
            row[:] = [v.replace("2026年度", "2027年度").replace("2026", "2027") if v[:4] == "2026" else v for v in row]
    grade = {row[0]: row[tables["classes"][0].index("grades")] for row in tables["classes"][1:]}
    up = {
        row[0]: next((c for c, g in grade.items() if g == f"P{int(grade[row[0]][1]) + 1}"), None)
        for row in tables["classes"][1:]
    }
    seats = tables["enrollments"]
    at, who, role = (seats[0].index(column) for column in ("classSourcedId", "userSourcedId", "role"))
    leaving = {row[who] for row in seats[1:] if row[role] == "student" and up[row[at]] is None}
    for row in seats[1:]:
        if row[role] == "student" and row[who] not in leaving:
            row[at] = up[row[at]] or ""
    tables["enrollments"] = [row for row in seats if row[who] not in leaving]
    tables["users"] = [row for row in tables["users"] if row[0] not in leaving]
    tables["roles"] = [row for row in tables["roles"] if row[3] not in leaving]
    home = tables["users"][0].index("metadata.jp.homeClass")
    for row in tables["users"][1:]:
        place = next((s[at] for s in tables["enrollments"] if s[who] == row[0]), "")
        row[home] = place


def test_the_next_years_roster_keeps_ids_and_adds_places(school: School) -> None:
    before = school.pupil(PUPIL_ID)
    mapped = school.take(changed(next_year))
    assert school.pupil(PUPIL_ID) == before
    assert sorted(m["class"] for m in school.some("membership", pupil=before)) == ["2026:1-1", "2027:2-1"]
    assert school.records["pupil", before].fields["@classes"] == ["2026:1-1", "2027:2-1"]
    assert len(school.some("enrolment", pupil=before)) == 1
    assert len(school.all("school_year")) == 2
    assert Counter(p.kind for p in mapped.problems) == {Kind.ROW_VANISHED: 10}
    assert {p.file for p in mapped.problems} == {"users.csv"}
    assert school.take(changed(next_year)).ops == ()
    assert school.take(BULK).ops == ()


@pytest.mark.parametrize("again", [("enrollments",), ("classes", "enrollments")])
def test_a_sender_may_use_its_ids_again_for_the_next_year(school: School, again: tuple[str, ...]) -> None:
    before = {key: dict(h.fields) for key, h in school.records.items() if key[0] in {"class", "membership", "duty"}}
    school.take(changed(lambda tables: next_year(tables, again)))
    after = {key: dict(h.fields) for key, h in school.records.items() if not h.deleted}
    assert all(after[key] == fields for key, fields in before.items())
    assert sorted(c["key"] for c in school.some("class", year=2027)) == ["1-1", "2-1", "3-1", "4-1", "5-1", "6-1"]
    assert len(school.some("duty", from_="2027-04-01")) == 6
    assert school.take(BULK).ops == ()


def test_a_new_year_starts_with_the_schools_own_habits(school: School) -> None:
    key = next(key for key in school.records if key[0] == "school_year")
    held = school.records[key]
    school.records[key] = type(held)(held.type, held.id, {**held.fields, "term_count": 2, "symbol_set": "mark"}, {}, 9)
    school.take(changed(next_year))
    assert school.one("school_year", year=2027) | {"sealed": False} == {
        "year": 2027,
        "term_count": 2,
        "symbol_set": "mark",
        "sealed": False,
    }


def test_a_row_that_names_another_class_from_a_later_day_moves_the_pupil(school: School) -> None:
    row = copy_row("enrollments", SEAT, classSourcedId=CLASS_2, beginDate="2026-09-01")
    school.take(delta(row, only("enrollments"), only_rows("enrollments", 68)))
    seats = {m["class"]: (m["from"], m["to"]) for m in school.some("membership", pupil=school.pupil(PUPIL_ID))}
    assert seats == {"2026:1-1": ("2026-04-01", "2026-08-31"), "2026:2-1": ("2026-09-01", "2027-03-31")}


def test_a_last_day_the_sender_gives_counts_before_the_day_of_deletion(school: School) -> None:
    gone = [put("enrollments", SEAT, "status", "tobedeleted"), put("enrollments", SEAT, "endDate", "2026-04-20")]
    school.take(delta(*gone, only("enrollments"), only_rows("enrollments", SEAT)))
    assert school.one("membership", pupil=school.pupil(PUPIL_ID))["to"] == "2026-04-20"


def test_an_enrolment_that_never_began_goes(school: School) -> None:
    school.take(leave("2026-03-20T00:00:00Z"))
    assert school.some("enrolment", pupil=school.pupil_gone(PUPIL_ID)) == []


def test_a_pupil_who_is_known_to_have_left_has_not_vanished(school: School) -> None:
    id_ = school.pupil(PUPIL_ID)
    key = next(k for k, held in school.records.items() if k[0] == "enrolment" and held.fields["pupil"] == id_)
    held = school.records[key]
    fields = {**held.fields, "to": "2026-04-30", "leave": "transferred"}
    school.records[key] = type(held)(held.type, held.id, fields, {}, 9)
    school.take(changed(drop_row("users", PUPIL), drop_row("roles", 11), drop_row("enrollments", SEAT)))
    assert school.problems == []


def test_a_year_that_was_set_up_is_left_alone(school: School) -> None:
    key = next(key for key in school.records if key[0] == "school_year")
    held = school.records[key]
    school.records[key] = type(held)(held.type, held.id, {**held.fields, "term_count": 2, "sealed": True}, {}, 9)
    assert school.take(BULK).ops == ()
