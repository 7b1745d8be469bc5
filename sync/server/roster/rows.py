"""Checks of rows as wholes and of rows against each other, within one package."""

from collections.abc import Callable, Iterator
from typing import Final

from sync.server.roster import codes
from sync.server.roster.cells import at, parse_date, parse_stamp
from sync.server.roster.codes import BOARD_CODE, SCHOOL_CODE, SCHOOL_KINDS
from sync.server.roster.layout import LAYOUTS
from sync.server.roster.manifest import Mode
from sync.server.roster.problem import Kind, Problem
from sync.server.roster.sent import Sent

_SPANS: Final = {
    "academicSessions": ("startDate", "endDate"),
    "enrollments": ("beginDate", "endDate"),
    "roles": ("beginDate", "endDate"),
}


def check_rows(sent: Sent) -> Iterator[Problem]:
    """Run every check of this module over the package."""
    for check in CHECKS:
        yield from check(sent)


def stamps(sent: Sent) -> Iterator[Problem]:
    """4: status and dateLastModified are empty in a bulk file, and both filled in a delta."""
    for name in LAYOUTS:
        mode = sent.manifest.mode(name)
        for table, row in sent.all_rows(name):
            status, stamp = row.get("status"), row.get("dateLastModified")
            if mode is Mode.DELTA:
                if status not in {"active", "tobedeleted"}:
                    yield at(table, row, "status", Kind.DELTA_UNSTAMPED, "active / tobedeleted")
                if parse_stamp(stamp) is None:
                    yield at(table, row, "dateLastModified", Kind.DELTA_UNSTAMPED, "2026-04-01T00:00:00.000Z")
                continue
            for column, value in (("status", status), ("dateLastModified", stamp)):
                if value:
                    yield at(table, row, column, Kind.BULK_STAMPED)


def row_twice(sent: Sent) -> Iterator[Problem]:
    """A sourcedId names one row of its file."""
    for name in LAYOUTS:
        seen: set[str] = set()
        for table, row in sent.all_rows(name):
            if row.id and row.id in seen:
                yield at(table, row, "sourcedId", Kind.ROW_TWICE)
            seen.add(row.id)


def student_primary(sent: Sent) -> Iterator[Problem]:
    """11: only a teacher can be the primary one of a class."""
    for table, row in sent.rows("enrollments"):
        if row.get("role") == "student" and row.get("primary") == "true":
            yield at(table, row, "primary", Kind.STUDENT_PRIMARY)


def master_twice(sent: Sent) -> Iterator[Problem]:
    """12: a userMasterIdentifier belongs to one person."""
    seen: set[str] = set()
    for table, row in sent.rows("users"):
        master = row.get("userMasterIdentifier").lower()
        if master and master in seen:
            yield at(table, row, "userMasterIdentifier", Kind.MASTER_TWICE)
        seen.add(master)


def parents(sent: Sent) -> Iterator[Problem]:
    """13: a board has no parent, a school has its board."""
    for table, row in sent.rows("orgs"):
        if row.get("type") == "district" and row.get("parentSourcedId"):
            yield at(table, row, "parentSourcedId", Kind.DISTRICT_PARENT)
        if row.get("type") == "school" and not row.get("parentSourcedId"):
            yield at(table, row, "parentSourcedId", Kind.SCHOOL_ORPHAN)


def identifiers(sent: Sent) -> Iterator[Problem]:
    """14: a board has its 教育委員会コード, a school its 学校コード, of a kind of school that is served here."""
    for table, row in sent.rows("orgs"):
        value, type_ = row.get("identifier"), row.get("type")
        form = {"district": BOARD_CODE, "school": SCHOOL_CODE}.get(type_)
        if form is not None and not form.fullmatch(value):
            yield at(table, row, "identifier", Kind.ORG_IDENTIFIER)
        elif type_ == "school" and value[:2] not in SCHOOL_KINDS:
            yield at(table, row, "identifier", Kind.SCHOOL_KIND)


def secondary_alone(sent: Sent) -> Iterator[Problem]:
    """15: a secondary role stands beside a primary one of the same person, here or from an earlier package."""
    primary = {row.get("userSourcedId").lower() for _, row in sent.rows("roles") if row.get("roleType") == "primary"}
    primary |= sent.earlier.get("users", frozenset()) if sent.manifest.mode("roles") is not Mode.BULK else frozenset()
    for table, row in sent.rows("roles"):
        if row.get("roleType") == "secondary" and row.get("userSourcedId").lower() not in primary:
            yield at(table, row, "roleType", Kind.ROLE_SECONDARY_ALONE)


def subject_lengths(sent: Sent) -> Iterator[Problem]:
    """23: as many subjects as subject codes."""
    for name in ("courses", "classes"):
        for table, row in sent.rows(name):
            if len(codes.split(row.get("subjects"))) != len(codes.split(row.get("subjectCodes"))):
                yield at(table, row, "subjectCodes", Kind.SUBJECTS_LENGTH)


def spans(sent: Sent) -> Iterator[Problem]:
    """What begins does not end before that."""
    for name, (first, last) in _SPANS.items():
        for table, row in sent.rows(name):
            begin, end = parse_date(row.get(first)), parse_date(row.get(last))
            if begin and end and end < begin:
                yield at(table, row, last, Kind.DATES_REVERSED)


def years(sent: Sent) -> Iterator[Problem]:
    """A school year is named after the year in which it begins: title, schoolYear and startDate agree."""
    for table, row in sent.rows("academicSessions"):
        named = {row.get(column)[:4] for column in ("schoolYear", "title", "startDate")}
        if all(map(str.isdecimal, named)) and len(named) > 1:
            yield at(table, row, "schoolYear", Kind.YEAR_MISMATCH)


def schools_of_classes(sent: Sent) -> Iterator[Problem]:
    """An enrolment names the school of its class."""
    schools = {row.id: row.get("schoolSourcedId").lower() for _, row in sent.rows("classes")}
    for table, row in sent.rows("enrollments"):
        school = row.get("schoolSourcedId").lower()
        if schools.get(row.get("classSourcedId").lower(), school) != school:
            yield at(table, row, "schoolSourcedId", Kind.SCHOOL_DIFFERS)


def boards(sent: Sent) -> Iterator[Problem]:
    """One founder per package."""
    for table, row in [pair for pair in sent.rows("orgs") if pair[1].get("type") == "district"][1:]:
        yield at(table, row, "identifier", Kind.SEVERAL_BOARDS)


CHECKS: Final[tuple[Callable[[Sent], Iterator[Problem]], ...]] = (
    stamps,
    row_twice,
    student_primary,
    master_twice,
    parents,
    identifiers,
    secondary_alone,
    subject_lengths,
    spans,
    years,
    schools_of_classes,
    boards,
)
