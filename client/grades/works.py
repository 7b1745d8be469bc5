"""The works of a course: what they may be, and how one is made, changed, closed and removed, each as one edit group."""

import json
from collections.abc import Callable, Iterable
from typing import Final

from client.configuration import repository as configured
from client.grades.reading import COLUMN_CODES, viewpoints_of
from client.grades.record import Sheet
from client.grades.repository import screen_of
from client.grades.work import LETTER_MAXIMUM, Draft, HeldPart, Kind, Offer, Part, Work, dropped
from client.workspace import Edit, Put, Remove, Row, Saved, Workspace, base_of

MADE: Final = "grades.column_made"
CHANGED: Final = "grades.column_changed"
CLOSED: Final = "grades.column_closed"
REMOVED: Final = "grades.column_removed"

_OF_PART: Final = """
SELECT id, ver, fv, own, title, kind, date, unit_name, closed FROM evidence
WHERE id = (SELECT evidence FROM evidence_part WHERE id = ?)
"""
_PARTS: Final = "SELECT id, ver, fv, own, viewpoint, max, weight FROM evidence_part WHERE evidence = ?"
_SCORES: Final = """
SELECT id, evidence_part, state, value FROM score
WHERE evidence_part IN (SELECT id FROM evidence_part WHERE evidence = ?)
"""
_UNITS: Final = ("title", "kind", "date", "unit_name", "closed")


class WorkBook:
    """Reads and writes works. Every method may raise StoreError; those that write raise InvalidEdit and DiskFull too.

    ids: makes the id of a new work.
    """

    def __init__(self, workspace: Workspace, ids: Callable[[], str]) -> None:
        self._workspace, self._ids = workspace, ids

    def offer(self, sheet: Sheet) -> Offer:
        """What works of this course may be, and the units its sheet has."""
        codes = configured.codes(self._workspace, *COLUMN_CODES)
        named = {row.code: row.short or row.name for row in codes if row["set"] == "viewpoint"}
        items = viewpoints_of(self._workspace, sheet.lesson)
        units = dict.fromkeys(column.unit for column in sheet.columns if column.unit)
        return Offer(
            sheet.lesson.year,
            tuple(Kind(row.code, row.name, _letters(row.attrs)) for row in codes if row["set"] == "evidence"),
            tuple((item["code"], named.get(item["code"], item["name"])) for item in items),
            tuple(units),
        )

    def work(self, part: str) -> Work | None:
        """The work a column belongs to, with all its parts; None where it has gone."""
        rows = self._workspace.rows(_OF_PART, (part,))
        if not rows:
            return None
        row = rows[0]
        scores = self._workspace.rows(_SCORES, (row.id,))
        held = tuple(_held(each, scores) for each in self._workspace.rows(_PARTS, (row.id,)))
        letters = {code.code for code in configured.codes(self._workspace, *COLUMN_CODES) if _letters(code.attrs)}
        draft = Draft(row.title, row.kind, row.unit_name or "", row.date, tuple(part.part for part in held))
        return Work(
            id=row.id,
            draft=draft,
            closed=bool(row.closed),
            letters=row.kind in letters and all(part.part.maximum == LETTER_MAXIMUM for part in held),
            held=held,
            seen={unit: base_of(row, unit) for unit in _UNITS},
        )

    # -- writing ------------------------------------------------------------------------------------------------------

    def make(self, sheet: Sheet, draft: Draft) -> Saved:
        """Make a work with its columns."""
        id_, lesson = self._ids(), sheet.lesson.code
        fields = {"@lesson": lesson, "course": lesson, "term": sheet.term.code, **_fields(draft)}
        parts = [_part(id_, lesson, part) for part in draft.parts]
        return self._save(sheet, MADE, [Put("evidence", fields, id=id_), *parts])

    def change(self, sheet: Sheet, before: Work, draft: Draft) -> Saved:
        """Change a work; columns it does not have any more are removed with their scores."""
        now, then = _fields(draft), _fields(before.draft)
        changed = {name: value for name, value in now.items() if value != then[name]}
        edits: list[Edit] = []
        if changed:
            edits.append(Put("evidence", changed, id=before.id, seen={name: before.seen[name] for name in changed}))
        for part in draft.parts:
            held = before.part(part.viewpoint)
            if held is None:
                edits.append(_part(before.id, sheet.lesson.code, part))
            elif held.part != part:
                unit = {"max": part.maximum, "weight": part.weight}
                edits.append(Put("evidence_part", unit, id=held.id, seen={"max": held.seen}))
        edits += _removals(dropped(before, draft))
        return self._save(sheet, CHANGED, edits)

    def set_closed(self, sheet: Sheet, work: Work, *, closed: bool) -> Saved:
        """Close a work to changes, or open it again."""
        seen = {"closed": work.seen["closed"]}
        return self._save(sheet, CLOSED, [Put("evidence", {"closed": closed}, id=work.id, seen=seen)])

    def remove(self, sheet: Sheet, work: Work) -> Saved:
        """Remove a work with its columns and all scores in them."""
        return self._save(sheet, REMOVED, [*_removals(work.held), Remove("evidence", work.id)])

    def _save(self, sheet: Sheet, kind: str, edits: Iterable[Edit]) -> Saved:
        return self._workspace.edit(kind, edits, screen=screen_of(sheet))


def _letters(attrs: str | None) -> bool:
    return bool(attrs) and "abc" in json.loads(attrs or "[]")


def _fields(draft: Draft) -> dict[str, str | None]:
    return {"title": draft.title, "kind": draft.kind, "date": draft.date, "unit_name": draft.unit or None}


def _part(work: str, lesson: str, part: Part) -> Put:
    key = {"evidence": work, "viewpoint": part.viewpoint, "@lesson": lesson}
    return Put("evidence_part", key | {"max": part.maximum, "weight": part.weight}, seen={"max": 0})


def _held(row: Row, scores: Iterable[Row]) -> HeldPart:
    mine = [score for score in scores if score.evidence_part == row.id]
    points = [score.value for score in mine if score.value is not None]
    return HeldPart(
        id=row.id,
        part=Part(row.viewpoint, row.max, row.weight),
        scores=tuple(score.id for score in mine),
        values=sum(score.state is not None for score in mine),
        highest=max(points, default=None),
        seen=base_of(row, "max"),
    )


def _removals(parts: Iterable[HeldPart]) -> list[Edit]:
    """Scores before the part they belong to."""
    return [
        edit
        for part in parts
        for edit in (*(Remove("score", score) for score in part.scores), Remove("evidence_part", part.id))
    ]
