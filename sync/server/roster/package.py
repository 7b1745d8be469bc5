"""Reads a package: from the bytes of the ZIP to typed rows, or to the list of what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from sync.server.roster import codes
from sync.server.roster.archive import read_archive
from sync.server.roster.cells import check_cells, parse_date, parse_stamp
from sync.server.roster.layout import LAYOUTS
from sync.server.roster.links import check_links
from sync.server.roster.manifest import Manifest, Mode, read_manifest
from sync.server.roster.people import Person, check_people, persons
from sync.server.roster.problem import Problems
from sync.server.roster.rows import check_rows
from sync.server.roster.sent import NONE_EARLIER, Earlier, Sent
from sync.server.roster.table import Row, Table, read_table

_JAPAN: Final = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row stands: sourcedId in lower case, line, and the day in Japan on which it was deleted, if it was."""

    id: str
    line: int
    deleted: date | None


@dataclass(frozen=True, slots=True)
class Session:
    """A school year: its number (年度) and its first and last day."""

    origin: Origin
    year: int
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Org:
    """A board or a school with its official code."""

    origin: Origin
    name: str
    is_school: bool
    code: str
    parent: str


@dataclass(frozen=True, slots=True)
class CourseRow:
    """What a class is taught: our subject codes, none for a whole grade."""

    origin: Origin
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A homeroom class or a scheduled lesson group. grades: 1-9. session: the school year it runs in."""

    origin: Origin
    title: str
    code: str
    grades: tuple[int, ...]
    course: str
    school: str
    session: str
    subjects: tuple[str, ...]
    is_homeroom: bool
    is_special: bool


@dataclass(frozen=True, slots=True)
class Name:
    """One of a person's names: family and given, as sent."""

    family: str
    given: str


@dataclass(frozen=True, slots=True)
class User:
    """A person. shown and shown_kana: the name of daily lists; official and official_kana: the register's.

    person is None where the package does not repeat the roles of somebody it sent before. The two sets never mix: a set
    that is missing is taken over whole.
    """

    origin: Origin
    person: Person | None
    shown: Name
    shown_kana: Name
    official: Name
    official_kana: str
    master_id: str
    school: str
    home_class: str
    is_enabled: bool


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role of a person at a school or board; may be an extension nobody draws rights from."""

    origin: Origin
    user: str
    role: str
    is_primary: bool
    org: str
    begin: date | None


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A person's place in a class. number: 出席番号."""

    origin: Origin
    class_: str
    school: str
    user: str
    role: str
    is_primary: bool
    begin: date | None
    end: date | None
    number: int | None


@dataclass(frozen=True, slots=True)
class Package:
    """A package without errors, its rows by sourcedId in the order sent. Demographics and log-ins are not kept."""

    manifest: Manifest
    sessions: Mapping[str, Session]
    orgs: Mapping[str, Org]
    courses: Mapping[str, CourseRow]
    classes: Mapping[str, ClassRow]
    users: Mapping[str, User]
    roles: Mapping[str, RoleRow]
    enrolments: Mapping[str, EnrolmentRow]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading: the package, or None if it is refused; rows read by file; everything found."""

    package: Package | None
    counts: Mapping[str, int]
    problems: Problems


def open_package(data: bytes, name: str) -> tuple[Sent | None, Problems]:
    """Open the ZIP and read its tables, without looking into values.

    data: the ZIP. name: what the package is called in problems. Never raises; None when there is nothing to look into.
    """
    problems = Problems()
    archive = read_archive(data, name)
    problems.extend(archive.problems)
    if problems.refused:
        return None, problems
    manifest, found = read_manifest(archive.files, name)
    problems.extend(found)
    if manifest is None:
        return None, problems
    tables: dict[str, Table] = {}
    for key, layout in LAYOUTS.items():
        if manifest.mode(key) is not Mode.ABSENT and key in archive.files:
            table = read_table(layout, archive.files[key])
            problems.extend(table.problems)
            if table.header.columns:
                tables[key] = table
    return Sent(manifest, MappingProxyType(tables), NONE_EARLIER), problems


def read_package(sent: Sent, problems: Problems, earlier: Earlier = NONE_EARLIER) -> Reading:
    """Run every check over an opened package and turn its rows into typed ones.

    earlier: what may be referred to without being in the package. Adds to `problems`; the package is None if any of
    them is an error.
    """
    sent = replace(sent, earlier=earlier)
    for table in sent.tables.values():
        problems.extend(check_cells(table))
    for check in (check_rows, check_people, check_links):
        problems.extend(check(sent))
    counts = {name: len(table.rows) + len(table.dropped) for name, table in sent.tables.items()}
    return Reading(None if problems.refused else _typed(sent), MappingProxyType(counts), problems)


def _typed(sent: Sent) -> Package:
    known = persons(sent)
    return Package(
        manifest=sent.manifest,
        sessions={r.id: _session(r) for _, r in sent.all_rows("academicSessions")},
        orgs={r.id: _org(r) for _, r in sent.all_rows("orgs")},
        courses={r.id: CourseRow(_origin(r), _subjects(r)) for _, r in sent.all_rows("courses")},
        classes={r.id: _class(r) for _, r in sent.all_rows("classes")},
        users={r.id: _user(r, known.get(r.id)) for _, r in sent.all_rows("users")},
        roles={r.id: _role(r) for _, r in sent.all_rows("roles")},
        enrolments={r.id: _enrolment(r) for _, r in sent.all_rows("enrollments")},
    )


def _origin(row: Row) -> Origin:
    stamp = parse_stamp(row.get("dateLastModified")) if row.is_deletion else None
    return Origin(row.id, row.line, (stamp + _JAPAN).date() if stamp else None)


def _session(row: Row) -> Session:
    start, end = parse_date(row.get("startDate")), parse_date(row.get("endDate"))
    return Session(_origin(row), int(row.get("schoolYear") or 0), start or date.min, end or date.max)


def _org(row: Row) -> Org:
    is_school = row.get("type") == "school"
    return Org(_origin(row), row.get("name"), is_school, row.get("identifier"), row.get("parentSourcedId").lower())


def _subjects(row: Row) -> tuple[str, ...]:
    return tuple(codes.subjects()[code] for code in codes.split(row.get("subjectCodes")))


def _class(row: Row) -> ClassRow:
    return ClassRow(
        origin=_origin(row),
        title=row.get("title"),
        code=row.get("classCode"),
        grades=tuple(sorted({codes.GRADES[grade] for grade in codes.split(row.get("grades"))})),
        course=row.get("courseSourcedId").lower(),
        school=row.get("schoolSourcedId").lower(),
        session=next(iter(codes.split(row.get("termSourcedIds").lower())), ""),
        subjects=_subjects(row),
        is_homeroom=row.get("classType") == "homeroom",
        is_special=row.get("metadata.jp.specialNeeds") == "true",
    )


def _user(row: Row, person: Person | None) -> User:
    official = Name(row.get("familyName"), _joined(row.get("givenName"), row.get("middleName")))
    shown = _pair(row, "preferredFamilyName", "preferredGivenName", "preferredMiddleName")
    kana = _pair(row, "metadata.jp.kanaFamilyName", "metadata.jp.kanaGivenName", "metadata.jp.kanaMiddleName")
    preferred = ("metadata.jp.kanaPreferred" + part for part in ("FamilyName", "GivenName", "MiddleName"))
    return User(
        origin=_origin(row),
        person=person,
        shown=shown or official,
        shown_kana=_pair(row, *preferred) or kana or Name("", ""),
        official=official,
        official_kana=_joined(kana.family, kana.given) if kana else "",
        master_id=row.get("userMasterIdentifier").lower(),
        school=row.get("primaryOrgSourcedId").lower(),
        home_class=row.get("metadata.jp.homeClass").lower(),
        is_enabled=row.get("enabledUser") != "false",
    )


def _pair(row: Row, family: str, given: str, middle: str) -> Name | None:
    """One set of names, or None when it is empty: sets are taken whole or not at all."""
    if not row.get(family):
        return None
    return Name(row.get(family), _joined(row.get(given), row.get(middle)))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _role(row: Row) -> RoleRow:
    return RoleRow(
        origin=_origin(row),
        user=row.get("userSourcedId").lower(),
        role=row.get("role"),
        is_primary=row.get("roleType") == "primary",
        org=row.get("orgSourcedId").lower(),
        begin=parse_date(row.get("beginDate")),
    )


def _enrolment(row: Row) -> EnrolmentRow:
    number = row.get("metadata.jp.shussekiNo")
    return EnrolmentRow(
        origin=_origin(row),
        class_=row.get("classSourcedId").lower(),
        school=row.get("schoolSourcedId").lower(),
        user=row.get("userSourcedId").lower(),
        role=row.get("role"),
        is_primary=row.get("primary") == "true",
        begin=parse_date(row.get("beginDate")),
        end=parse_date(row.get("endDate")),
        number=int(number) if number else None,
    )
