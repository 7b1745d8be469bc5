"""Years, classes, groups and courses: where pupils belong and what is taught there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sync.records.configured import rule_for
from sync.records.text import fits
from sync.records.year import class_code, course_code, school_year
from sync.server.masters import usual
from sync.server.roster.edits import Edits
from sync.server.roster.package import ClassRow, Package
from sync.server.roster.problem import Kind, Problem

LABEL_LIMIT: Final = 20
GROUP_LIMIT: Final = 60

_CODE = re.compile(r"0?([1-9])([0-9]{2})")
_TITLE = re.compile(r"([1-9１-９])年([0-9０-９]{1,2})組")
_SPECIAL = re.compile(r"sp-([0-9]+)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row of classes.csv leads: a class, a group, or lessons of a class that has a row of its own.

    code: `2026:3-2`. courses: codes of what is taught by this row. start, end: of its school year.
    """

    code: str
    start: date
    end: date
    is_special: bool
    is_group: bool
    is_lesson: bool
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Year:
    number: int
    start: date
    end: date


def map_places(edits: Edits, package: Package, school: str, today: date) -> Mapping[str, Place]:
    """Want the years, classes, groups and courses of one school, and tell where each class row leads, by sourcedId.

    school: the school's sourcedId in the package. today: the day in Japan. Rows of earlier packages are among the
    places too.
    """
    years = {**_earlier_years(edits), **_years(edits, package)}
    current = _year(school_year(today))
    taught = _taught(edits, package)
    keys = _Keys(edits)
    places = dict(_earlier_places(edits))
    rows = [row for row in package.classes.values() if row.school == school and row.origin.deleted is None]
    for row in sorted(rows, key=lambda row: not row.is_homeroom):
        subjects = tuple(dict.fromkeys((*row.subjects, *taught.get(row.course, ()))))
        places[row.origin.id] = _place(edits, keys, row, years.get(row.session, current), subjects)
    return places


def _earlier_years(edits: Edits) -> Mapping[str, _Year]:
    found = {
        source.sourced_id: edits.get("school_year", id_)
        for source, id_ in edits.known.sources.items()
        if source.type == "school_year"
    }
    return {sourced_id: _year(fields["year"]) for sourced_id, fields in found.items() if fields is not None}


def _years(edits: Edits, package: Package) -> Mapping[str, _Year]:
    found: dict[str, _Year] = {}
    for session in package.sessions.values():
        if session.origin.deleted is not None:
            edits.forget("academicSessions", session.origin.id)
            continue
        id_ = edits.key("school_year", session.year)
        if edits.get("school_year", id_) is None:
            edits.want("school_year", id_, {"year": session.year, "sealed": False, **_habits(edits)})
        edits.remember("academicSessions", session.origin.id, "school_year", id_)
        found[session.origin.id] = _Year(session.year, session.start, session.end)
    return found


def _habits(edits: Edits) -> Mapping[str, Any]:
    """Number of terms and symbols as in the school's last year, else as usual for its kind."""
    years = {fields["year"]: fields for _, fields in edits.all("school_year")}
    last: Mapping[str, Any] = years[max(years)] if years else {}
    _, term_count, symbol_set = usual.habits(edits.known.kind)
    return {"term_count": last.get("term_count") or term_count, "symbol_set": last.get("symbol_set") or symbol_set}


def _year(number: int) -> _Year:
    return _Year(number, date(number, 4, 1), date(number + 1, 3, 31))


def _taught(edits: Edits, package: Package) -> Mapping[str, tuple[str, ...]]:
    """Subjects by course row; a row without any makes no course of its own and is only remembered."""
    taught: dict[str, tuple[str, ...]] = {}
    for source in edits.known.sources:
        kind, _, subject = source.kind.partition("/")
        if kind == "courses" and subject:
            taught[source.sourced_id] = (*taught.get(source.sourced_id, ()), subject)
    for course in package.courses.values():
        if course.origin.deleted is not None:
            edits.forget("courses", course.origin.id)
            continue
        if taught.get(course.origin.id, course.subjects) != course.subjects:
            edits.forget("courses", course.origin.id)
        taught[course.origin.id] = course.subjects
        for kind in ("courses", *(f"courses/{subject}" for subject in course.subjects)):
            edits.remember(kind, course.origin.id)
    return taught


def _earlier_places(edits: Edits) -> Iterator[tuple[str, Place]]:
    for source, id_ in edits.known.sources.items():
        if source.kind != "classes" or source.type not in {"class", "group", "course"}:
            continue
        fields = edits.get(source.type, id_)
        if fields is not None:
            yield source.sourced_id, _as_place(edits, source.type, fields)


def _as_place(edits: Edits, type_: str, fields: Mapping[str, Any]) -> Place:
    year = _year(fields["year"])
    code = fields["class"] if type_ == "course" else class_code(fields["year"], fields["key"])
    taught = sorted(course["@lesson"] for _, course in edits.all("course") if course["class"] == code)
    courses = {"course": (fields.get("@lesson"),), "group": taught}.get(type_, ())
    special = fields.get("kind") == "special_support"
    return Place(code, year.start, year.end, special, type_ == "group", type_ == "course", tuple(courses))


def _place(edits: Edits, keys: "_Keys", row: ClassRow, year: _Year, subjects: tuple[str, ...]) -> Place:
    if row.is_homeroom:
        key = keys.of_class(row, year.number)
        _want_class(edits, row, year.number, key)
        code, lesson = class_code(year.number, key), False
    else:
        code = class_code(year.number, natural_key(row) or "")
        lesson = bool(subjects) and edits.get("class", edits.key("class", *code.split(":"))) is not None
        if not lesson:
            key = keys.of_group(row, year.number)
            _want_group(edits, row, year.number, key)
            code = class_code(year.number, key)
    courses = tuple(_want_courses(edits, row, code, subjects))
    if lesson and courses:
        edits.remember("classes", row.origin.id, "course", edits.key("course", year.number, code, subjects[0]))
    elif lesson:
        edits.remember("classes", row.origin.id)
    return Place(code, year.start, year.end, row.is_special, not row.is_homeroom and not lesson, lesson, courses)


def natural_key(row: ClassRow) -> str | None:
    """Return the key a class has by its code `GGCC` or else its title `n年m組`: `3-2`; None if neither tells."""
    found = _CODE.fullmatch(row.code) or _TITLE.match(row.title)
    return f"{int(found[1])}-{int(found[2])}" if found and int(found[2]) else None


class _Keys:
    """Gives keys to classes and groups; a key once given to a row stays, and none is given twice."""

    def __init__(self, edits: Edits) -> None:
        self._edits = edits
        self._owner = {
            (source.type, id_): source.sourced_id
            for source, id_ in edits.known.sources.items()
            if source.kind == "classes" and source.type in {"class", "group"}
        }

    def of_class(self, row: ClassRow, year: int) -> str:
        kept = self._kept(row, year, "class")
        if kept:
            return kept
        if row.is_special:
            return self._take(row, year, "class", self._special(row, year))
        key = natural_key(row)
        if key and self._is_free(row, year, "class", key):
            return self._take(row, year, "class", key)
        return self._take(row, year, "class", f"c-{row.origin.id[:6]}")

    def of_group(self, row: ClassRow, year: int) -> str:
        return self._kept(row, year, "group") or self._take(row, year, "group", f"g-{row.origin.id[:6]}")

    def _kept(self, row: ClassRow, year: int, type_: str) -> str | None:
        id_ = self._edits.known.find("classes", row.origin.id, type_)
        fields = self._edits.known.records.get((type_, id_ or ""))
        return fields.fields["key"] if fields is not None and fields.fields["year"] == year else None

    def _is_free(self, row: ClassRow, year: int, type_: str, key: str) -> bool:
        """A class made by hand or by another sender is taken over; one of another row of this sender is not."""
        return self._owner.get((type_, self._edits.key(type_, year, key)), row.origin.id) == row.origin.id

    def _special(self, row: ClassRow, year: int) -> str:
        """The key of the special-support class of that title nobody owns yet, else the next number."""
        classes = [fields for _, fields in self._edits.all("class") if fields["year"] == year]
        numbers = {int(found[1]): c for c in classes if (found := _SPECIAL.fullmatch(c["key"]))}
        for fields in numbers.values():
            if fields["label"] == row.title and self._is_free(row, year, "class", fields["key"]):
                return fields["key"]
        return f"sp-{next(n for n in range(1, len(numbers) + 2) if n not in numbers)}"

    def _take(self, row: ClassRow, year: int, type_: str, key: str) -> str:
        self._owner[type_, self._edits.key(type_, year, key)] = row.origin.id
        return key


def _want_class(edits: Edits, row: ClassRow, year: int, key: str) -> None:
    id_ = edits.key("class", year, key)
    grades = list(row.grades) or _grades_of_key(edits, key)
    kind = "special_support" if row.is_special else "multi_grade" if len(grades) > 1 else "regular"
    label = _fitted(edits, row, LABEL_LIMIT)
    edits.want("class", id_, {"year": year, "key": key, "label": label, "kind": kind, "grades": grades})
    edits.remember("classes", row.origin.id, "class", id_)


def _grades_of_key(edits: Edits, key: str) -> list[int]:
    """The grade in a key; at a junior high school 1 is grade 7 (R10)."""
    first = key.partition("-")[0]
    return (
        [int(first) + (6 if edits.known.kind == "junior_high" and int(first) <= 3 else 0)] if first.isdecimal() else []
    )


def _want_group(edits: Edits, row: ClassRow, year: int, key: str) -> None:
    id_ = edits.key("group", year, key)
    edits.want("group", id_, {"year": year, "key": key, "name": _fitted(edits, row, GROUP_LIMIT)})
    edits.remember("classes", row.origin.id, "group", id_)


def _fitted(edits: Edits, row: ClassRow, limit: int) -> str:
    if fits(row.title, limit):
        return row.title
    cut = next(row.title[:n] for n in range(len(row.title), 0, -1) if fits(row.title[:n], limit))
    edits.problems.append(Problem(Kind.LABEL_SHORTENED, "classes.csv", row.origin.line, "title", row.title, cut))
    return cut


def _want_courses(edits: Edits, row: ClassRow, code: str, subjects: tuple[str, ...]) -> Iterator[str]:
    """Want a course for each subject that has none yet; one that is there may have been set up and is left alone."""
    year = int(code.partition(":")[0])
    stage = "J" if min(row.grades, default=1) > 6 else "P"
    for subject in subjects:
        id_, course = edits.key("course", year, code, subject), course_code(code, subject)
        rule = rule_for(edits.known.rules, year, stage, subject)
        if edits.get("course", id_) is None:
            if rule is None or edits.known.viewpoint_set is None:
                edits.problems.append(
                    Problem(Kind.COURSE_UNREADY, "classes.csv", row.origin.line, "subjectCodes", course)
                )
                continue
            fields = {"year": year, "class": code, "subject": subject, "@lesson": course, "text_only": False}
            edits.want("course", id_, {**fields, "viewpoint_set": edits.known.viewpoint_set, "rule": rule})
        yield course
