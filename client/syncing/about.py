"""What a unit of a record is about, told from the records around it: whose, in which course, of which work."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from client.syncing.record import FieldKind, Subject
from client.syncing.rules import short_date
from client.workspace import Workspace
from sync.records.derive.subject_name import subject_name

_SCORES = """
SELECT id, pupil, "@lesson" AS lesson, evidence_part FROM score WHERE id IN (SELECT value FROM json_each(?))
"""
_LETTERS = """
SELECT viewpoint_grade.id, pupil, course AS lesson, term, coalesce(word.short, word.name, viewpoint) AS title
FROM viewpoint_grade
LEFT JOIN code_item AS word ON word."set" = 'viewpoint' AND word.code = viewpoint
WHERE viewpoint_grade.id IN (SELECT value FROM json_each(?))
"""
_GRADES = """
SELECT id, pupil, course AS lesson, term FROM course_grade WHERE id IN (SELECT value FROM json_each(?))
"""
_REMARKS = """
SELECT remark.id, pupil, "@class" AS class, "@lesson" AS lesson, term, word.name AS title
FROM remark
LEFT JOIN code_item AS word ON word."set" = 'box' AND word.code = box
WHERE remark.id IN (SELECT value FROM json_each(?))
"""
_OF_DAY = """
SELECT id, pupil, date, json_extract("@classes", '$[0]') AS class FROM {type}
WHERE id IN (SELECT value FROM json_each(?))
"""
_TAKEN = 'SELECT id, date, "class" FROM attendance_day WHERE id IN (SELECT value FROM json_each(?))'
_SEATS = 'SELECT id, pupil, "class" FROM seat WHERE id IN (SELECT value FROM json_each(?))'
_NOTES = """
SELECT id, json_extract(pupils, '$[0]') AS pupil, date, json_extract("@classes", '$[0]') AS class FROM daily_note
WHERE id IN (SELECT value FROM json_each(?))
"""
_CODED = """
SELECT 'mark' AS field, status AS code, name FROM symbol
UNION ALL SELECT 'reason', code, name FROM code_item WHERE "set" = 'attendance_reason'
UNION ALL SELECT 'tags', code, name FROM code_item WHERE "set" = 'note_tag'
"""
"""What the school calls the values of these fields."""
_PUPILS = """
SELECT pupil.id, family, given, "@classes" AS classes, max(membership.number) AS number
FROM pupil LEFT JOIN membership ON membership.pupil = pupil.id AND membership.kind = 'home'
WHERE pupil.id IN (SELECT value FROM json_each(?)) GROUP BY pupil.id
"""
_CLASSES = """
SELECT year || ':' || "key" AS code, label, grades FROM "class"
UNION ALL SELECT year || ':' || "key", name, NULL FROM "group"
"""
_SUBJECTS = "SELECT code, name, grades FROM subject"
_TERMS = "SELECT year || '-' || no AS code, name FROM term"
_PARTS = """
SELECT evidence_part.id, evidence.title, evidence.unit_name, evidence.date, evidence_part.max, kind.attrs,
       iif(evidence.id IN (SELECT evidence FROM evidence_part GROUP BY 1 HAVING count(*) > 1),
           coalesce(word.short, word.name), NULL) AS viewpoint
FROM evidence_part
JOIN evidence ON evidence.id = evidence_part.evidence
LEFT JOIN code_item AS kind ON kind."set" = 'evidence' AND kind.code = evidence.kind
LEFT JOIN code_item AS word ON word."set" = 'viewpoint' AND word.code = evidence_part.viewpoint
WHERE evidence_part.id IN (SELECT value FROM json_each(?))
"""
"""The viewpoint tells the parts of a work apart where it has several."""

_KINDS = """SELECT code, attrs FROM code_item WHERE "set" = 'evidence'"""
_WORDS = """
SELECT 'viewpoint' AS field, code, coalesce(short, name) AS name FROM code_item WHERE "set" = 'viewpoint'
UNION ALL SELECT 'box', code, name FROM code_item WHERE "set" = 'box'
"""

OF_A_DAY: Final = frozenset({"attendance", "attendance_note", "attendance_day", "daily_note"})
_QUERIES: Final = {
    "score": _SCORES,
    "viewpoint_grade": _LETTERS,
    "course_grade": _GRADES,
    "remark": _REMARKS,
    "attendance": _OF_DAY.format(type="attendance"),
    "attendance_note": _OF_DAY.format(type="attendance_note"),
    "attendance_day": _TAKEN,
    "seat": _SEATS,
    "daily_note": _NOTES,
}
_CODED_TYPES: Final = frozenset({"attendance", "attendance_note", "daily_note"})
Unit = tuple[str, str, str]
"""(type, record id, unit)."""


Key = tuple[str, str]
"""(type, record id)."""
Fields = Mapping[str, Any]


def about(workspace: Workspace, units: Iterable[Unit], kept: Mapping[Key, Fields] | None = None) -> dict[Unit, Subject]:
    """What each unit is about; one query a type, whatever their number. Raises StoreError.

    kept: {(type, id): fields} of records that may not be here (any more), as an edit would have made them.
    """
    wanted = set(units)
    told: dict[Key, Fields] = _told_by_edits(workspace, kept or {})
    for type_, sql in _QUERIES.items():
        ids = sorted({id_ for kind, id_, _ in wanted if kind == type_})
        if ids:
            told |= {(type_, row.id): dict(row) for row in workspace.rows(sql, (json.dumps(ids),))}
    works = _works(workspace, {str(each["evidence_part"]) for each in told.values() if "evidence_part" in each})
    told = {key: {**works.get(str(each.get("evidence_part")), {}), **each} for key, each in told.items()}
    coded = any(type_ in _CODED_TYPES for type_, _, _ in wanted)
    names = _Names(workspace, {str(each.get("pupil")) for each in told.values()}, coded=coded)
    return {unit: names.subject(unit, told.get((unit[0], unit[1]))) for unit in wanted}


def _told_by_edits(workspace: Workspace, kept: Mapping[Key, Fields]) -> dict[Key, Fields]:
    """What edits themselves tell of their records."""
    about_pupils = {key: fields for key, fields in kept.items() if "pupil" in fields}
    if not about_pupils:
        return {}
    works = _kept_works(workspace, kept)
    words = {(row.field, row.code): row.name for row in workspace.rows(_WORDS)}
    told: dict[Key, Fields] = {}
    for key, fields in about_pupils.items():
        named = ((part, fields.get(part)) for part in ("viewpoint", "box"))
        title = next((words[each] for each in named if each in words), "")
        work = works.get(str(fields.get("evidence_part")), {"date": fields.get("date")})
        class_ = fields.get("@class") or next(iter(fields.get("@classes", ())), None)
        place = {"lesson": fields.get("@lesson") or fields.get("course"), "class": class_, "term": fields.get("term")}
        told[key] = {"title": title, **work, "pupil": fields["pupil"], **place}
    return told


def _kept_works(workspace: Workspace, kept: Mapping[Key, Fields]) -> dict[str, Fields]:
    """{evidence_part: what it is called and how it is scored}, told by the store and by the records kept."""
    parts = {str(fields["evidence_part"]) for fields in kept.values() if "evidence_part" in fields}
    if not parts:
        return {}
    kinds = {row.code: row.attrs for row in workspace.rows(_KINDS)}
    found: dict[str, Fields] = {}
    for id_ in parts:
        part = kept.get(("evidence_part", id_), {})
        work = kept.get(("evidence", str(part.get("evidence"))))
        if work is not None:
            named = {name: work.get(name) for name in ("title", "unit_name", "date")}
            found[id_] = named | {"max": part.get("max"), "attrs": kinds.get(work.get("kind"))}
    return found | _works(workspace, parts)


def _works(workspace: Workspace, parts: Iterable[str]) -> dict[str, Fields]:
    """{evidence_part: what it is called and how it is scored} of those that are here."""
    ids = sorted(parts)
    return {row.id: dict(row) for row in workspace.rows(_PARTS, (json.dumps(ids),))} if ids else {}


class _Names:
    """What pupils, classes, subjects and terms are called."""

    def __init__(self, workspace: Workspace, pupils: Iterable[str], *, coded: bool) -> None:
        self._coded: dict[str, str] = {row.code: row.name for row in workspace.rows(_CODED)} if coded else {}
        ids = json.dumps(sorted(pupils))
        self._pupils = {row.id: row for row in workspace.rows(_PUPILS, (ids,))}
        self._classes = {row.code: row for row in workspace.rows(_CLASSES)}
        self._subjects = {row.code: row for row in workspace.rows(_SUBJECTS)}
        self._terms = {row.code: row.name for row in workspace.rows(_TERMS)}

    def subject(self, unit: Unit, told: Fields | None) -> Subject:
        type_, id_, field = unit
        if told is None:
            return Subject(type_, id_, field, _kind(type_, field, {}), place="")
        pupil = self._pupils.get(str(told.get("pupil")))
        return Subject(
            type=type_,
            id=id_,
            unit=field,
            kind=_kind(type_, field, told),
            place=self._place(told),
            group=told.get("unit_name") or self._terms.get(str(told.get("term")), "") or _day(type_, told),
            field=_field(told),
            pupil="" if pupil is None else f"{pupil.family} {pupil.given}",
            pupil_id=told.get("pupil") or "",
            pupil_number=None if pupil is None else pupil.number,
            limit=told.get("max"),
            day=None if type_ in OF_A_DAY else told.get("date"),
            words=self._coded if type_ in _CODED_TYPES else {},
        )

    def _place(self, told: Mapping[str, Any]) -> str:
        lesson: str | None = told.get("lesson")
        class_ = told.get("class") or (lesson or "").rpartition(":")[0]
        held = self._classes.get(class_)
        label = class_ if held is None else held.label
        subject = self._subjects.get((lesson or "").rpartition(":")[2])
        if subject is None:
            return label
        taught: list[int] = json.loads(subject.grades)
        grades: list[int] = json.loads(held.grades) if held is not None and held.grades else taught
        return f"{label} {subject_name(subject.name, taught, grades)}"


def _day(type_: str, told: Fields) -> str:
    """The day under which what belongs to a day stands."""
    return short_date(told["date"]) if type_ in OF_A_DAY and told.get("date") else ""


def _field(told: Fields) -> str:
    """What the field is called: the work's title, with the viewpoint where it is scored in several."""
    title, viewpoint = told.get("title") or "", told.get("viewpoint")
    return f"{title}({viewpoint})" if title and viewpoint else title


def _kind(type_: str, field: str, told: Mapping[str, Any]) -> FieldKind:
    match type_, field:
        case "score", "state":
            attrs: list[str] = json.loads(told["attrs"]) if told.get("attrs") else []
            return FieldKind.LEVELS if "abc" in attrs and told.get("max") == 300 else FieldKind.POINTS
        case "viewpoint_grade", _:
            return FieldKind.LETTER
        case "course_grade", _:
            return FieldKind.GRADE
        case ("score", "note") | ("remark", "text") | ("daily_note", "text"):
            return FieldKind.TEXT
        case _:
            return FieldKind.OTHER
