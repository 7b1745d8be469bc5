"""Reads what waits, what was refused and what differs, and says of each what it is about."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from client.syncing.record import Difference, FieldKind, Refused, Subject, Waiting
from client.workspace import MarkKind, Row, Saved, Settle, Workspace
from sync.records.derive.subject_name import subject_name
from sync.records.registry import TYPES

_SCORES = """
SELECT score.id, score.pupil, score."@lesson" AS lesson, evidence.title, evidence.unit_name, evidence.date,
       evidence_part.max, kind.attrs
FROM score
JOIN evidence_part ON evidence_part.id = score.evidence_part
JOIN evidence ON evidence.id = evidence_part.evidence
LEFT JOIN code_item AS kind ON kind."set" = 'evidence' AND kind.code = evidence.kind
WHERE score.id IN (SELECT value FROM json_each(?))
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
SELECT remark.id, pupil, "@class" AS class, "@lesson" AS lesson, term, box, coalesce(word.name, box) AS title
FROM remark
LEFT JOIN code_item AS word ON word."set" = 'box' AND word.code = box
WHERE remark.id IN (SELECT value FROM json_each(?))
"""
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
_STAFF = "SELECT id, name FROM staff"
_SETTLED = "SELECT resolved_by FROM conflict WHERE id = ? AND state = 'resolved'"

_QUERIES: Final = {"score": _SCORES, "viewpoint_grade": _LETTERS, "course_grade": _GRADES, "remark": _REMARKS}
Unit = tuple[str, str, str]
"""(type, record id, unit)."""


class Situation:
    """All that the pages of sync ask of the store. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def me(self) -> str | None:
        """The signed-in member of staff."""
        return self._workspace.enrolment.staff

    @property
    def device_name(self) -> str:
        """What people call this PC."""
        return self._workspace.enrolment.device_name

    def staff(self) -> dict[str, str]:
        """{staff id: name}."""
        return {row.id: row.name for row in self._workspace.rows(_STAFF)}

    def differences(self) -> list[Difference]:
        """Open conflicts with what they are about, newest first."""
        conflicts = self._workspace.conflicts()
        about = self.about((item.type, item.target, item.unit) for item in conflicts)
        device = self._workspace.enrolment.device
        return [
            Difference(item, about[item.type, item.target, item.unit], here=item.group[0] == device)
            for item in conflicts
        ]

    def settle(self, choices: Iterable[Settle]) -> Saved:
        """Settle several conflicts as one edit group. Raises InvalidEdit when one is not open any more."""
        return self._workspace.settle(choices)

    def settled_by(self, conflict: str) -> str | None:
        """Who settled a conflict (staff id); None where it is open, gone, or was settled by no person."""
        rows = self._workspace.rows(_SETTLED, (conflict,))
        return rows[0].resolved_by if rows else None

    def waiting(self) -> list[Waiting]:
        """What waits to be sent, counted by place and kind."""
        units = {
            (mark.type, mark.id, mark.unit): mark.kind is MarkKind.AHEAD
            for mark in self._workspace.marks(*TYPES)
            if mark.kind in (MarkKind.WAITING, MarkKind.AHEAD)
        }
        about = self.about(units)
        counted: dict[tuple[str, str], list[Unit]] = {}
        for unit in units:
            counted.setdefault((about[unit].place, unit[0]), []).append(unit)
        return [
            Waiting(place, type_, len(held), sum(units[unit] for unit in held), (type_, held[0][1]))
            for (place, type_), held in sorted(counted.items())
        ]

    def refused(self) -> list[Refused]:
        """Groups the school did not take, oldest first."""
        groups = self._workspace.not_accepted()
        about = self.about(
            (type_, id_, _first(type_, fields)) for group in groups for type_, id_, fields in group.edits
        )
        return [
            Refused(
                group.q,
                group.at,
                group.outcome,
                group.code,
                tuple((about[type_, id_, _first(type_, fields)], fields) for type_, id_, fields in group.edits),
            )
            for group in groups
        ]

    def resend(self, q: int) -> Saved:
        """Save the values of a refused group again, based on what is visible now."""
        return self._workspace.resend(q)

    def withdraw(self, q: int) -> None:
        """Forget a refused group."""
        self._workspace.withdraw(q)

    # -- what a unit is about -----------------------------------------------------------------------------------------

    def about(self, units: Iterable[Unit]) -> dict[Unit, Subject]:
        """What each unit is about; one query a type, whatever their number."""
        wanted = set(units)
        rows: dict[tuple[str, str], Row] = {}
        for type_, sql in _QUERIES.items():
            ids = sorted({id_ for kind, id_, _ in wanted if kind == type_})
            if ids:
                rows |= {(type_, row.id): row for row in self._workspace.rows(sql, (json.dumps(ids),))}
        names = _Names(self._workspace, {row.pupil for row in rows.values()})
        return {unit: names.subject(unit, rows.get((unit[0], unit[1]))) for unit in wanted}


class _Names:
    """What pupils, classes, subjects and terms are called."""

    def __init__(self, workspace: Workspace, pupils: Iterable[str]) -> None:
        ids = json.dumps(sorted(pupils))
        self._pupils = {row.id: row for row in workspace.rows(_PUPILS, (ids,))}
        self._classes = {row.code: row for row in workspace.rows(_CLASSES)}
        self._subjects = {row.code: row for row in workspace.rows(_SUBJECTS)}
        self._terms = {row.code: row.name for row in workspace.rows(_TERMS)}

    def subject(self, unit: Unit, row: Row | None) -> Subject:
        type_, id_, field = unit
        if row is None:
            return Subject(type_, id_, field, FieldKind.OTHER, place="")
        told = dict(row)
        pupil = self._pupils.get(told["pupil"])
        return Subject(
            type=type_,
            id=id_,
            unit=field,
            kind=_kind(type_, field, told),
            place=self._place(told),
            group=told.get("unit_name") or self._terms.get(told.get("term"), ""),
            field=told.get("title") or "",
            pupil="" if pupil is None else f"{pupil.family} {pupil.given}",
            pupil_id=told["pupil"],
            pupil_number=None if pupil is None else pupil.number,
            limit=told.get("max"),
            day=told.get("date"),
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


def _kind(type_: str, field: str, told: Mapping[str, Any]) -> FieldKind:
    match type_, field:
        case "score", "state":
            attrs: list[str] = json.loads(told["attrs"]) if told["attrs"] else []
            return FieldKind.LEVELS if "abc" in attrs and told["max"] == 300 else FieldKind.POINTS
        case "viewpoint_grade", _:
            return FieldKind.LETTER
        case "course_grade", _:
            return FieldKind.GRADE
        case ("score", "note") | ("remark", "text"):
            return FieldKind.TEXT
        case _:
            return FieldKind.OTHER


def _first(type_: str, fields: Mapping[str, Any] | None) -> str:
    """The first unit among the fields of an edit; empty for a removal."""
    if fields is None or type_ not in TYPES:
        return ""
    return next((unit for unit in TYPES[type_].units if unit in fields), "")
