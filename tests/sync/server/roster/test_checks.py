"""Each numbered check finds what it is for, at the right place, and nothing else refuses the package."""

from dataclasses import dataclass

import pytest

from sync.server.roster.layout import LAYOUTS
from sync.server.roster.problem import Kind, Severity
from tests.sync.server.roster.builder import (
    OTHER_ID,
    STAMP,
    Change,
    Tables,
    add_column,
    as_delta,
    changed,
    copy_row,
    drop_column,
    drop_row,
    encoded,
    ids,
    manifest,
    move_column,
    only,
    only_rows,
    put,
    read,
    rename,
    sample,
    zipped,
)

FILES = ("academicSessions", "orgs", "courses", "classes", "users", "roles", "enrollments")
PUPIL = 10  # the first pupil's line in users.csv; line 2 is the principal
STUDENT = 8  # the first pupil's line in enrollments.csv
SCHOOL = 3


@dataclass(frozen=True, slots=True)
class Case:
    kind: Kind
    file: str
    row: int | None
    column: str | None
    changes: tuple[Change, ...]


def case(kind: Kind, place: tuple[str, int | None, str | None], *changes: Change) -> Case:
    return Case(kind, *place, changes)


def remove(file: str) -> Change:
    return lambda tables: tables.pop(file)


def clear(file: str, *columns: str, line: int = PUPIL) -> tuple[Change, ...]:
    return tuple(put(file, line, column, "") for column in columns)


def birthday_of(user: str) -> Change:
    """Add the optional file of demographics, with one row."""

    def change(tables: Tables) -> None:
        header = [column.name for column in LAYOUTS["demographics"].columns]
        tables["demographics"] = [header, [user, "", "", "2019-05-01", "female", *[""] * (len(header) - 5)]]
        manifest("file.demographics", "bulk")(tables)

    return change


CASES = [
    case(Kind.MANIFEST_MISSING, ("RO_20260401_B105299999010.zip", None, None), remove("manifest")),
    case(Kind.MANIFEST_VERSION, ("manifest.csv", 3, "oneroster.version"), manifest("oneroster.version", "1.1")),
    case(Kind.MANIFEST_VERSION, ("manifest.csv", 2, "manifest.version"), manifest("manifest.version", "2.0")),
    case(Kind.FILE_LISTED_ABSENT, ("manifest.csv", 20, "file.roles"), remove("roles")),
    case(Kind.FILE_UNLISTED, ("manifest.csv", 20, "file.roles"), as_delta, manifest("file.roles", "absent")),
    case(Kind.FILE_MODE, ("manifest.csv", 20, "file.roles"), manifest("file.roles", "full")),
    case(Kind.FILE_NEEDED, ("manifest.csv", 20, "file.roles"), manifest("file.roles", "absent"), remove("roles")),
    case(Kind.HEADER_MISSING, ("users.csv", 1, "pronouns"), drop_column("users", "pronouns")),
    case(Kind.HEADER_UNKNOWN, ("users.csv", 1, "shoeSize"), rename("users", "pronouns", "shoeSize")),
    case(Kind.HEADER_ORDER, ("users.csv", 1, "givenName"), move_column("users", "givenName", 9)),
    case(Kind.HEADER_TWICE, ("users.csv", 1, "identifier"), rename("users", "sms", "identifier")),
    case(Kind.VALUE_MISSING, ("users.csv", PUPIL, "familyName"), *clear("users", "familyName")),
    case(Kind.VALUE_MISSING, ("classes.csv", 2, "title"), put("classes", 2, "title", "")),
    case(
        Kind.VALUE_MISSING,
        ("users.csv", PUPIL, "metadata.jp.kanaFamilyName"),
        *clear("users", "metadata.jp.kanaFamilyName", "metadata.jp.kanaGivenName"),
        *clear("users", "metadata.jp.kanaPreferredFamilyName", "metadata.jp.kanaPreferredGivenName"),
    ),
    case(Kind.NAME_HALF, ("users.csv", PUPIL, "preferredGivenName"), *clear("users", "preferredGivenName")),
    case(Kind.BULK_STAMPED, ("users.csv", PUPIL, "status"), put("users", PUPIL, "status", "active")),
    case(Kind.BULK_STAMPED, ("users.csv", PUPIL, "dateLastModified"), put("users", PUPIL, "dateLastModified", STAMP)),
    case(Kind.DELTA_UNSTAMPED, ("users.csv", PUPIL, "status"), as_delta, put("users", PUPIL, "status", "")),
    case(
        Kind.DELTA_UNSTAMPED,
        ("users.csv", PUPIL, "dateLastModified"),
        as_delta,
        put("users", PUPIL, "dateLastModified", "2026-05-01"),
    ),
    case(Kind.NOT_UUID, ("roles.csv", 2, "sourcedId"), put("roles", 2, "sourcedId", "R001")),
    case(Kind.NOT_UUID, ("classes.csv", 2, "courseSourcedId"), put("classes", 2, "courseSourcedId", "1")),
    case(Kind.NOT_UUID, ("classes.csv", 2, "termSourcedIds"), put("classes", 2, "termSourcedIds", "2026")),
    case(
        Kind.NOT_UUID4,
        ("users.csv", PUPIL, "userMasterIdentifier"),
        put("users", PUPIL, "userMasterIdentifier", "018f0000-0000-7000-8000-000000000001"),
    ),
    case(Kind.REFERENCE, ("enrollments.csv", 13, "classSourcedId"), put("enrollments", 13, "classSourcedId", OTHER_ID)),
    case(Kind.REFERENCE, ("classes.csv", 2, "schoolSourcedId"), put("classes", 2, "schoolSourcedId", OTHER_ID)),
    case(Kind.REFERENCE, ("classes.csv", 2, "termSourcedIds"), put("classes", 2, "termSourcedIds", OTHER_ID)),
    case(Kind.REFERENCE, ("roles.csv", 3, "userSourcedId"), put("roles", 3, "userSourcedId", OTHER_ID)),
    case(
        Kind.REFERENCE,
        ("users.csv", PUPIL, "metadata.jp.homeClass"),
        put("users", PUPIL, "metadata.jp.homeClass", OTHER_ID),
    ),
    case(Kind.REFERENCE, ("demographics.csv", 2, "sourcedId"), birthday_of(OTHER_ID)),
    case(Kind.HALF_WIDTH_KANA, ("classes.csv", 2, "title"), put("classes", 2, "title", "ﾋﾏﾜﾘ組")),
    case(
        Kind.HALF_WIDTH_KANA,
        ("users.csv", PUPIL, "metadata.jp.kanaGivenName"),
        put("users", PUPIL, "metadata.jp.kanaGivenName", "ﾊﾙﾄ"),
    ),
    case(Kind.TITLE_YEAR, ("courses.csv", 2, "title"), put("courses", 2, "title", "1年")),
    case(Kind.TITLE_YEAR, ("academicSessions.csv", 2, "title"), put("academicSessions", 2, "title", "令和8年度")),
    case(Kind.GRADE_UNKNOWN, ("classes.csv", 2, "grades"), put("classes", 2, "grades", "P7")),
    case(
        Kind.SUBJECT_UNKNOWN,
        ("courses.csv", 2, "subjectCodes"),
        put("courses", 2, "subjectCodes", "P999"),
        put("courses", 2, "subjects", "占い"),
    ),
    case(Kind.COURSE_CODE, ("courses.csv", 2, "courseCode"), put("courses", 2, "courseCode", "JPN1")),
    case(Kind.STUDENT_PRIMARY, ("enrollments.csv", STUDENT, "primary"), put("enrollments", STUDENT, "primary", "true")),
    case(
        Kind.MASTER_TWICE,
        ("users.csv", PUPIL, "userMasterIdentifier"),
        put("users", PUPIL, "userMasterIdentifier", "d265564c-0636-49f1-b6ef-b10aadcf7975"),
    ),
    case(
        Kind.DISTRICT_PARENT,
        ("orgs.csv", 2, "parentSourcedId"),
        put("orgs", 2, "parentSourcedId", "b6dbf581-9b26-4ef0-a1e0-59cd423bd767"),
    ),
    case(Kind.SCHOOL_ORPHAN, ("orgs.csv", SCHOOL, "parentSourcedId"), put("orgs", SCHOOL, "parentSourcedId", "")),
    case(Kind.ORG_IDENTIFIER, ("orgs.csv", SCHOOL, "identifier"), put("orgs", SCHOOL, "identifier", "B10529999901")),
    case(Kind.ORG_IDENTIFIER, ("orgs.csv", SCHOOL, "identifier"), put("orgs", SCHOOL, "identifier", "")),
    case(Kind.ORG_IDENTIFIER, ("orgs.csv", 2, "identifier"), put("orgs", 2, "identifier", "05990")),
    case(Kind.ROLE_SECONDARY_ALONE, ("roles.csv", 2, "roleType"), put("roles", 2, "roleType", "secondary")),
    case(Kind.CHARACTER_INVALID, ("users.csv", PUPIL, "familyName"), put("users", PUPIL, "familyName", "越\ue123谷")),
    case(Kind.CHARACTER_INVALID, ("users.csv", PUPIL, "username"), put("users", PUPIL, "username", "a\tb")),
    case(Kind.CHARACTER_INVALID, ("users.csv", PUPIL, "givenName"), put("users", PUPIL, "givenName", "悠\u202e人")),
    case(
        Kind.ENROLMENT_USER, ("enrollments.csv", 9, "userSourcedId"), put("enrollments", 9, "userSourcedId", OTHER_ID)
    ),
    case(Kind.LINE_BREAK, ("classes.csv", 3, "location"), put("classes", 3, "location", "本館\r\n1階")),
    case(
        Kind.HEADER_MISSPELT,
        ("users.csv", 1, "userMasterIdenfitier"),
        rename("users", "userMasterIdentifier", "userMasterIdenfitier"),
    ),
    case(
        Kind.HEADER_MISSPELT,
        ("enrollments.csv", 1, "metadata.jp.shussekino"),
        rename("enrollments", "metadata.jp.ShussekiNo", "metadata.jp.shussekino"),
    ),
    case(Kind.GRADES_ONE_STRING, ("classes.csv", 2, "grades"), put("classes", 2, "grades", "P1 P2")),
    case(Kind.GRADES_ONE_STRING, ("classes.csv", 2, "grades"), put("classes", 2, "grades", "P1P2")),
    case(Kind.GRADES_ONE_STRING, ("classes.csv", 2, "grades"), put("classes", 2, "grades", "P1、P2")),
    case(Kind.SUBJECTS_LENGTH, ("courses.csv", 2, "subjectCodes"), put("courses", 2, "subjectCodes", "P010")),
    case(
        Kind.SUBJECTS_LENGTH,
        ("classes.csv", 2, "subjectCodes"),
        put("classes", 2, "subjectCodes", "P010"),
        put("classes", 2, "subjects", "国語,社会"),
    ),
    case(Kind.NULL_LITERAL, ("users.csv", PUPIL, "middleName"), put("users", PUPIL, "middleName", "NULL")),
    case(Kind.ROW_TWICE, ("enrollments.csv", 68, "sourcedId"), copy_row("enrollments", STUDENT)),
    case(Kind.VALUE_UNKNOWN, ("classes.csv", 2, "classType"), put("classes", 2, "classType", "club")),
    case(Kind.VALUE_UNKNOWN, ("users.csv", PUPIL, "enabledUser"), put("users", PUPIL, "enabledUser", "1")),
    case(
        Kind.VALUE_UNKNOWN,
        ("enrollments.csv", STUDENT, "metadata.jp.ShussekiNo"),
        put("enrollments", STUDENT, "metadata.jp.ShussekiNo", "一"),
    ),
    case(
        Kind.DATE_INVALID,
        ("enrollments.csv", STUDENT, "beginDate"),
        put("enrollments", STUDENT, "beginDate", "2026-02-30"),
    ),
    case(
        Kind.DATE_INVALID,
        ("academicSessions.csv", 2, "schoolYear"),
        put("academicSessions", 2, "schoolYear", "R8"),
    ),
    case(
        Kind.DATES_REVERSED,
        ("enrollments.csv", STUDENT, "endDate"),
        put("enrollments", STUDENT, "endDate", "2026-03-31"),
    ),
    case(
        Kind.YEAR_MISMATCH,
        ("academicSessions.csv", 2, "schoolYear"),
        put("academicSessions", 2, "schoolYear", "2027"),
    ),
    case(
        Kind.SEVERAL_BOARDS,
        ("orgs.csv", 4, "identifier"),
        copy_row("orgs", 2, sourcedId=OTHER_ID, identifier="059902"),
    ),
    case(Kind.TOO_LONG, ("users.csv", PUPIL, "familyName"), put("users", PUPIL, "familyName", "寿" * 61)),
    case(
        Kind.USER_ROLELESS,
        ("users.csv", 70, "sourcedId"),
        copy_row("users", PUPIL, sourcedId=OTHER_ID, userMasterIdentifier="752fcf65-5eb5-4a57-b684-8d566d5fd4cf"),
    ),
    case(Kind.SCHOOL_KIND, ("orgs.csv", SCHOOL, "identifier"), put("orgs", SCHOOL, "identifier", "D105299999010")),
    case(
        Kind.SCHOOL_DIFFERS,
        ("enrollments.csv", STUDENT, "schoolSourcedId"),
        put("enrollments", STUDENT, "schoolSourcedId", "c05754de-13a1-4dc0-9eb3-47a947e055b7"),
    ),
    case(Kind.HEADER_EXTENSION, ("users.csv", 1, "metadata.acme.bus"), add_column("users", "metadata.acme.bus")),
    case(Kind.VALUE_WANTED, ("users.csv", PUPIL, "userMasterIdentifier"), *clear("users", "userMasterIdentifier")),
    case(
        Kind.VALUE_WANTED,
        ("users.csv", 2, "metadata.jp.kanaFamilyName"),
        *clear("users", "metadata.jp.kanaFamilyName", "metadata.jp.kanaGivenName", line=2),
    ),
    case(
        Kind.VALUE_WANTED,
        ("users.csv", PUPIL, "preferredFamilyName"),
        *clear("users", "preferredFamilyName", "preferredGivenName"),
    ),
    case(
        Kind.READING_ASSUMED,
        ("users.csv", 33, "metadata.jp.kanaPreferredFamilyName"),
        drop_column(
            "users",
            "metadata.jp.kanaPreferredFamilyName",
            "metadata.jp.kanaPreferredGivenName",
            "metadata.jp.kanaPreferredMiddleName",
        ),
    ),
    case(Kind.CHARACTER_RARE, ("users.csv", PUPIL, "familyName"), put("users", PUPIL, "familyName", "髙橋")),
    case(Kind.CHARACTER_RARE, ("users.csv", PUPIL, "familyName"), put("users", PUPIL, "familyName", "𠮷田")),
    case(Kind.CHARACTER_RARE, ("users.csv", PUPIL, "familyName"), put("users", PUPIL, "familyName", "葛\U000e0100城")),
]
BYTES = {Kind.HEADER_NONE, Kind.NOT_UTF8, Kind.SHIFT_JIS, Kind.BOM, Kind.ROW_WIDTH, Kind.CSV_BROKEN}
ARCHIVE = {kind for kind in Kind if 31 <= kind.number <= 37}
MAPPED = {
    Kind.ROW_VANISHED,
    Kind.OTHER_BOARD,
    Kind.LABEL_SHORTENED,
    Kind.PERSON_UNCERTAIN,
    Kind.COURSE_UNREADY,
    Kind.SCHOOL_CODE_CHANGED,
}


def named(tried: Case) -> str:
    return f"{tried.kind.number}-{tried.kind.key}-{tried.column}"


@pytest.mark.parametrize("tried", CASES, ids=named)
def test_a_check_finds_what_it_is_for(tried: Case) -> None:
    reading = read(changed(*tried.changes))
    places = [(p.file, p.row, p.column) for p in reading.problems.all() if p.kind is tried.kind]
    assert (tried.file, tried.row, tried.column) in places
    assert (reading.package is None) == (tried.kind.severity is Severity.ERROR)


def test_every_kind_of_problem_is_tried_somewhere() -> None:
    assert {tried.kind for tried in CASES} | BYTES | ARCHIVE | MAPPED == set(Kind)


def test_every_number_of_the_profile_has_a_check() -> None:
    assert {kind.number for kind in Kind if kind.number < 31} == set(range(1, 26))


def test_optional_files_are_read_and_checked_too() -> None:
    reading = read(changed(birthday_of("9b78236e-f828-46e9-9d3d-fe285480b5ff")))
    assert reading.problems.all() == ()
    assert reading.counts["demographics"] == 1


def test_the_valid_sample_has_no_problem_at_all() -> None:
    assert read(changed()).problems.all() == ()


def replaced(file: str, content: bytes) -> bytes:
    return zipped({f"{name}.csv": content if name == file else encoded(rows) for name, rows in sample().items()})


USERS = encoded(sample()["users"])


@pytest.mark.parametrize(
    ("kind", "row", "content"),
    [
        (Kind.HEADER_NONE, 1, b""),
        (Kind.HEADER_NONE, 1, b"\r\n\r\n"),
        (Kind.NOT_UTF8, 10, USERS.replace("越後谷".encode(), b"\xff\xfe\xff")),
        (Kind.NOT_UTF8, 2, USERS.decode().encode("euc_jp", "replace")),
        (Kind.SHIFT_JIS, 2, USERS.decode().encode("cp932", "replace")),
        (Kind.ROW_WIDTH, 10, USERS.replace("越後谷".encode(), "越,谷".encode(), 1)),
        (Kind.CSV_BROKEN, 69, USERS.rstrip(b"\n") + b'"cut off'),
        (Kind.CSV_BROKEN, 69, USERS[: USERS.rindex(b"{koumu")] + b'"{koumu'),
    ],
)
def test_unreadable_bytes_are_named_with_their_line(kind: Kind, row: int, content: bytes) -> None:
    reading = read(replaced("users", content))
    problem = next(p for p in reading.problems.all() if p.kind is kind)
    assert (problem.file, problem.row, reading.package) == ("users.csv", row, None)


def test_a_file_in_shift_jis_causes_no_further_complaints_about_what_refers_to_it() -> None:
    reading = read(replaced("users", USERS.decode().encode("cp932", "replace")))
    assert [p.kind for p in reading.problems.all()] == [Kind.SHIFT_JIS]


def test_a_row_of_the_wrong_width_causes_no_further_complaints_about_what_refers_to_it() -> None:
    reading = read(replaced("classes", encoded(sample()["classes"]).replace(b"P1", b"P1,P2", 1)))
    assert [p.kind for p in reading.problems.all()] == [Kind.ROW_WIDTH]


def test_a_byte_order_mark_is_a_warning() -> None:
    reading = read(replaced("users", b"\xef\xbb\xbf" + USERS))
    assert [(p.kind, p.file) for p in reading.problems.all()] == [(Kind.BOM, "users.csv")]
    assert reading.package is not None


@pytest.mark.parametrize("other", [name for name in FILES if name != "users"])
def test_a_delta_may_leave_out_files_without_changes(other: str) -> None:
    data = changed(as_delta, only(other))
    assert read(data, ids(*FILES)).problems.all() == ()
    if other not in {"academicSessions", "orgs"}:
        assert {p.kind for p in read(data).problems.errors} <= {Kind.REFERENCE, Kind.ENROLMENT_USER}
        assert read(data).package is None


def test_a_delta_cannot_refer_to_what_it_deletes() -> None:
    gone = (as_delta, put("users", PUPIL, "status", "tobedeleted"))
    reading = read(changed(*gone), ids(*FILES))
    kinds = {(p.kind, p.file, p.row) for p in reading.problems.all()}
    assert kinds == {(Kind.ENROLMENT_USER, "enrollments.csv", STUDENT), (Kind.REFERENCE, "roles.csv", 11)}


def test_a_deleted_row_needs_no_more_than_its_id() -> None:
    gone = [("status", "tobedeleted"), ("givenName", ""), ("familyName", ""), ("username", ""), ("enabledUser", "")]
    changes = [put("users", PUPIL, column, value) for column, value in gone]
    reading = read(changed(as_delta, only("users"), *changes, only_rows("users", PUPIL)), ids(*FILES))
    assert reading.problems.errors == []


def test_a_full_package_does_not_stand_on_earlier_ones() -> None:
    data = changed(drop_row("classes", 2))
    assert {p.kind for p in read(data, ids(*FILES)).problems.errors} == {Kind.REFERENCE}


def test_a_secondary_role_may_follow_a_primary_one_of_an_earlier_package() -> None:
    data = changed(as_delta, only("roles"), only_rows("roles", 3))
    assert read(data, ids(*FILES)).problems.all() == ()
    assert Kind.ROLE_SECONDARY_ALONE in {p.kind for p in read(data).problems.errors}
