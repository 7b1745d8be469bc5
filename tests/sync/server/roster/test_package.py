"""Packages of every profile become the same typed rows, whatever their bytes look like."""

from dataclasses import fields
from datetime import date

import pytest

from sync.server.roster.package import Name, Package
from sync.server.roster.people import Person
from sync.server.roster.problem import Kind
from tests.sync.server.roster.builder import (
    PACKAGES,
    STAMP,
    as_delta,
    changed,
    drop_column,
    encoded,
    ids,
    only,
    only_rows,
    package,
    put,
    read,
    rename,
    sample,
    zipped,
)

COUNTS = {
    "academicSessions": 1,
    "orgs": 2,
    "courses": 6,
    "classes": 6,
    "users": 68,
    "roles": 69,
    "enrollments": 66,
}
FILES = tuple(COUNTS)
PUPIL = 10


def taken(data: bytes) -> Package:
    reading = read(data)
    assert reading.package is not None, reading.problems.all()
    return reading.package


def rows(of: Package) -> dict[str, object]:
    return {field.name: getattr(of, field.name) for field in fields(of) if field.name != "manifest"}


def stored(name: str) -> bytes:
    return (PACKAGES / name).read_bytes()


@pytest.mark.parametrize("name", ["RO_20260401_B105299999010.zip", "RO_20260402_B105299999010.zip"])
def test_a_valid_sample_is_read_whole_and_without_a_warning(name: str) -> None:
    reading = read(stored(name))
    assert dict(reading.counts) == COUNTS
    assert reading.problems.all() == ()
    assert reading.package is not None
    people = [user.person for user in reading.package.users.values()]
    assert (people.count(Person.PUPIL), people.count(Person.STAFF)) == (60, 8)
    roles = reading.package.roles.values()
    assert [role.role for role in roles if not role.is_primary] == ["principal"]
    assert sum(row.role == "student" for row in reading.package.enrolments.values()) == 60


def test_both_profiles_give_the_same_rows() -> None:
    older, newer = taken(stored("RO_20260401_B105299999010.zip")), taken(stored("RO_20260402_B105299999010.zip"))
    assert rows(older) == rows(newer)
    assert (older.manifest.version, newer.manifest.version) == ("1.2.1", "1.2_JP")


def test_the_sample_in_shift_jis_is_refused_by_that_name() -> None:
    reading = read(stored("RO_20260403_B105299999010.zip"))
    assert reading.package is None
    assert {p.kind for p in reading.problems.all()} == {Kind.SHIFT_JIS}
    assert {p.file for p in reading.problems.all()} == {
        "academicSessions.csv",
        "classes.csv",
        "courses.csv",
        "orgs.csv",
        "users.csv",
    }


def test_the_sample_with_a_lost_class_is_refused_at_its_line_and_column() -> None:
    reading = read(stored("RO_20260407_B105299999010.zip"))
    assert reading.package is None
    (problem,) = reading.problems.all()
    assert (problem.file, problem.row, problem.column) == ("enrollments.csv", 13, "classSourcedId")
    assert problem.kind.number == 6


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_form_of_the_bytes_changes_nothing(quoted: bool, end: str, mark: bytes) -> None:
    files = {f"{name}.csv": mark + encoded(lines, quoted=quoted, end=end) for name, lines in sample().items()}
    assert rows(taken(zipped(files))) == rows(taken(package(sample())))


def test_the_layout_comes_from_the_header_and_not_from_the_version() -> None:
    older = drop_column(
        "users",
        "metadata.jp.kanaPreferredFamilyName",
        "metadata.jp.kanaPreferredGivenName",
        "metadata.jp.kanaPreferredMiddleName",
    )
    users = taken(changed(older)).users
    assert len(users) == 68
    assert taken(changed()).manifest.version == "1.2.1"


def test_a_mix_of_both_spellings_is_read() -> None:
    mixed = changed(rename("enrollments", "metadata.jp.ShussekiNo", "metadata.jp.shussekiNo"))
    assert rows(taken(mixed)) == rows(taken(changed()))


def test_display_and_official_names_stay_apart() -> None:
    users = taken(changed()).users
    pupil = users["370c85cc-ece7-4d9e-808f-e3b00cad0b9d"]
    assert (pupil.shown, pupil.shown_kana) == (Name("木下", "美鈴"), Name("キノシタ", "ミスズ"))
    assert (pupil.official, pupil.official_kana) == (Name("李", "美琳"), "リ メイリン")
    foreign = users["a02083f8-78e5-4c34-ae89-37a58405ad60"]
    assert (foreign.shown, foreign.shown_kana) == (Name("シルバ", "マリア"), Name("シルバ", "マリア"))
    assert (foreign.official, foreign.official_kana) == (Name("SILVA", "MARIA FERNANDA"), "シルバ マリア フェルナンダ")
    glyph = users["7f324a85-1d98-42ae-91b5-901416b1629b"]
    assert (glyph.shown.family, glyph.official.family) == ("山崎", "山﨑")


@pytest.mark.parametrize("name", ["神", "福", "塚", "髙橋", "𠮷田", "葛\U000e0100城", "か\u3099"])
def test_a_name_is_kept_code_point_by_code_point(name: str) -> None:
    data = changed(*(put("users", PUPIL, column, name) for column in ("familyName", "preferredFamilyName")))
    user = next(u for u in taken(data).users.values() if u.origin.line == PUPIL)
    assert (user.official.family, user.shown.family) == (name, name)


def test_a_missing_display_name_is_the_official_one_whole() -> None:
    gone = ("preferredGivenName", "preferredFamilyName")
    user = next(
        u for u in taken(changed(*(put("users", 33, c, "") for c in gone))).users.values() if u.origin.line == 33
    )
    assert user.shown == Name("李", "美琳")


def test_a_deletion_at_half_past_three_in_the_afternoon_utc_is_of_the_next_day_in_japan() -> None:
    gone = (as_delta, only("users"), only_rows("users", PUPIL), put("users", 2, "status", "tobedeleted"))
    for stamp in (STAMP, STAMP.replace(".000", "")):
        reading = read(changed(*gone, put("users", 2, "dateLastModified", stamp)), ids(*FILES))
        assert reading.package is not None
        assert [u.origin.deleted for u in reading.package.users.values()] == [date(2026, 5, 2)]


def test_ids_are_compared_without_regard_to_case() -> None:
    tables = sample()
    for row in tables["users"][1:]:
        row[0] = row[0].upper()
    assert rows(taken(package(tables))) == rows(taken(changed()))
