"""Reads what waits and what was refused, and says of each what it is about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from client.syncing.about import Unit, about
from client.syncing.past import Key, may_restore, parts, pasts, restore
from client.syncing.record import Answered, Changed, HistoryOffice, Met, Person, Refused, Subject, Waiting
from client.syncing.rules import opens, theirs
from client.workspace import Comparison, MarkKind, Merged, Saved, ScopeState, Workspace
from sync.errors import KeyakiError
from sync.protocol.past import PastAnswer
from sync.records.late_edit import SCOPE, LateEdit
from sync.records.registry import TYPES
from sync.records.scopes import RW

_STAFF = "SELECT id, name FROM staff"
_CLASSES = """
SELECT year || ':' || "key" AS code, label FROM "class" UNION SELECT year || ':' || "key", name FROM "group"
"""
_ANSWERS = """
SELECT q, state, reason, decided_by, decided_at, outcome FROM late_edit WHERE device = ? AND state <> 'open'
"""
_TO_DECIDE = "SELECT count(*) FROM late_edit WHERE state = 'open'"


Came = Callable[[PastAnswer], None]
Failed = Callable[[KeyakiError], None]
Beside = Callable[[Callable[[], PastAnswer], Came, Failed], None]


class Situation:
    """All that the pages of sync ask of the store. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def me(self) -> str | None:
        """The signed-in member of staff."""
        return self._workspace.enrolment.staff

    def staff(self) -> dict[str, str]:
        """{staff id: name}."""
        return {row.id: row.name for row in self._workspace.rows(_STAFF)}

    def classes(self) -> dict[str, str]:
        """{code of a class or group, as scopes name it: what it is called}."""
        return {row.code: row.label for row in self._workspace.rows(_CLASSES)}

    def subjects(
        self, units: Iterable[Unit], kept: Mapping[tuple[str, str], Mapping[str, Any]] | None = None
    ) -> dict[Unit, Subject]:
        """What each unit is about. kept: {(type, id): fields} of records that may not be here."""
        return about(self._workspace, units, kept)

    def waiting(self) -> list[Waiting]:
        """What waits to be sent, counted by place and kind."""
        units = {
            (mark.type, mark.id, mark.unit): mark.kind is MarkKind.AHEAD
            for mark in self._workspace.marks(*TYPES)
            if mark.kind in (MarkKind.WAITING, MarkKind.AHEAD, MarkKind.UNCOPIED)
        }
        told = about(self._workspace, units)
        counted: dict[tuple[str, str], list[Unit]] = {}
        for unit in units:
            counted.setdefault((told[unit].place, unit[0]), []).append(unit)
        return [
            Waiting(place, type_, len(held), sum(units[unit] for unit in held), (type_, held[0][1]))
            for (place, type_), held in sorted(counted.items())
        ]

    def refused(self) -> list[Refused]:
        """Groups the school did not take, oldest first."""
        groups = self._workspace.not_accepted()
        edits = [edit for group in groups for edit in group.edits]
        kept = {(type_, id_): fields for type_, id_, fields in edits if fields is not None}
        told = about(self._workspace, ((type_, id_, _first(type_, fields)) for type_, id_, fields in edits), kept)
        answers = self._answers()
        return [
            Refused(
                group.q,
                group.at,
                group.outcome,
                group.code,
                tuple((told[type_, id_, _first(type_, fields)], fields) for type_, id_, fields in group.edits),
                answers.get(group.q) if group.outcome == "quarantined" else None,
                group.kind,
            )
            for group in groups
        ]

    def _answers(self) -> dict[int, Answered]:
        """What the school decided about late edits of this device, by their numbers."""
        rows = self._workspace.rows(_ANSWERS, (self._workspace.enrolment.device,))
        return {
            row.q: Answered(row.state, row.reason or "", row.decided_by, row.decided_at, row.outcome or "")
            for row in rows
        }

    def merged(self) -> list[Met]:
        """What was merged without asking and nobody here has looked at, newest first."""
        found = self._workspace.merged.unseen()
        units = {(each.type, each.id, unit) for each in found for unit in (each.unit, *each.given)}
        told = about(self._workspace, units)
        return [_met(each, told) for each in found]

    def seen(self, met: Iterable[Met]) -> None:
        """Somebody has looked at these."""
        self._workspace.merged.seen(each.key for each in met)

    def late_to_decide(self) -> int:
        """How many late edits wait for this person's decision."""
        return late_to_decide(self._workspace)

    def comparison(self) -> Comparison:
        """When all records here were held against the school's last, and what came of it."""
        return self._workspace.comparison()

    def doubt(self) -> None:
        """Have the next round hold all records here against the school's."""
        self._workspace.doubt()

    def resend(self, q: int) -> Saved:
        """Save the values of a refused group again, based on what is visible now."""
        return self._workspace.resend(q)

    def withdraw(self, q: int) -> None:
        """Forget a refused group."""
        self._workspace.withdraw(q)


class Histories:
    """The past of records, and values of it put back. office: the school's side; beside: waits for an answer of it and
    calls one of both with what came. Every method may raise StoreError.
    """

    def __init__(self, workspace: Workspace, office: HistoryOffice, beside: Beside) -> None:
        self._workspace, self._office, self._beside = workspace, office, beside

    def ask(self, keys: Sequence[Key], came: Came, failed: Failed) -> None:
        """Ask the school for what it says of these records, by (type, id), beside the window.

        came, failed: methods of QObjects, called in the window's thread; an object that is gone is not called.
        """
        self._beside(lambda: self._asked(keys), came, failed)

    def _asked(self, keys: Sequence[Key]) -> PastAnswer:
        answers = [self._office.past(part) for part in parts(keys)]
        changes = sorted((each for answer in answers for each in answer.changes), key=lambda each: -each.seq)
        return PastAnswer(changes=tuple(changes), more=any(answer.more for answer in answers))

    def pasts(self, keys: Sequence[Key], told: PastAnswer | None) -> list[Changed]:
        """All that is known of their past, newest first. told: what the school says; None: what this PC knows alone."""
        return pasts(self._workspace, keys, told)

    def may_restore(self, changed: Changed, today: str) -> bool:
        """Whether whoever works here may put the value after this change back, and it is another one than now."""
        return may_restore(self._workspace, changed, today)

    def restore(self, changed: Changed, screen: str) -> Saved:
        """Put the value after a change back, as a new change. Raises InvalidEdit, DiskFull; nothing is written then."""
        return restore(self._workspace, changed, screen)


def late_to_decide(workspace: Workspace) -> int:
    """How many late edits wait for a decision of whoever works here; none where that is somebody else's."""
    waiting: int = workspace.rows(_TO_DECIDE)[0][0]
    return waiting if waiting and decides_late(workspace) else 0


def decides_late(workspace: Workspace) -> bool:
    """Whether whoever works here decides late edits, and all of them are here."""
    roles = {grant.role for grant in workspace.grants() if grant.scope == SCOPE and grant.rights == RW}
    return not roles.isdisjoint(LateEdit.WRITERS) and workspace.scopes().get(SCOPE) is ScopeState.LIVE


def _met(merged: Merged, told: Mapping[Unit, Subject]) -> Met:
    subject = told[merged.type, merged.id, merged.unit]
    mine = merged.given.get(merged.unit)
    return Met(
        key=(merged.q, merged.type, merged.id, merged.unit),
        about=subject,
        joined=merged.joined,
        mine=mine,
        theirs=theirs(subject, merged.before, mine, merged.now) if mine is not None and not merged.later else None,
        before=merged.before,
        now=merged.now,
        given=tuple((told[merged.type, merged.id, unit], value) for unit, value in merged.given.items()),
        with_=tuple(Person(each.by, each.device, each.at) for each in merged.with_),
        later=merged.later,
        at=merged.at,
        opens=opens(merged.type),
    )


def _first(type_: str, fields: Mapping[str, Any] | None) -> str:
    """The first unit among the fields of an edit; empty for a removal."""
    if fields is None or type_ not in TYPES:
        return ""
    return next((unit for unit in TYPES[type_].units if unit in fields), "")
